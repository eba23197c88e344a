"""Whether a title is another one: dates, hours, review stamps and numbers of a revision are no news. Pure."""

import re
from functools import cache

from core.model import Revision
from core.paths import RESOURCES
from core.sameness import normalised

_LEVEL = re.compile(r"\b(level|stufe|niveau|nivel|livello)\s*\d\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?)(?:\s?\(?(?:UTC|GMT|[A-Z]{2,4}T)\)?)?"
    r"|\b\d{4}Z\b",
    re.IGNORECASE,
)
_FIGURES = (
    r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)"
    r"|(?:\d{4}年)?\d{1,2}月\d{1,2}日"
)


@cache
def _stamps() -> re.Pattern[str]:
    """What is taken out of a title before it is compared, whatever its language."""
    import tomllib  # 15 ms, and only where a title differs

    table = tomllib.loads((RESOURCES / "rules" / "titles.toml").read_text(encoding="utf-8"))
    months, days, numbered, stamps = (
        "|".join(words for language in table[name].values() for words in language)
        for name in ("months", "days", "numbered", "stamps")
    )
    day = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"
    return re.compile(
        rf"{_FIGURES}|(?<!\w)(?:(?:{days})\.?,?\s+)?(?:{day}\s+(?:de\s+)?(?:{months})\b\.?(?:,?\s+(?:de\s+|del\s+)?\d{{4}})?"
        rf"|(?:{months})\.?\s+{day}(?!\w)(?:,?\s+\d{{4}})?|(?:{months})\.?\s+\d{{4}})"
        rf"|(?<!\w)(?:{numbered})\W{{0,4}}\d+(?:\.\d+)*(?!\w)|(?<!\w)(?:{stamps})(?!\w)",
        re.IGNORECASE,
    )


def is_other_title(held: Revision, incoming: Revision) -> bool:
    """Whether the incoming state bears a title that says something else.

    The words of a level stand in many titles; those are told as the level.
    """
    if held.title == incoming.title:
        return False
    return _said(held) != _said(incoming)


def _said(state: Revision) -> str:
    title = state.title
    if state.level is not None:
        title = re.sub(re.escape(state.level.words), " ", title, flags=re.IGNORECASE)
    title = _LEVEL.sub(" ", title)
    return normalised(_CLOCK.sub(" ", _stamps().sub(" ", title)))

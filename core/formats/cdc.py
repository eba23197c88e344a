"""Travel health notices of the United States' Centers for Disease Control and Prevention: RSS, the level in the title.

Their levels, 1 to 3, rank outbreaks and not the safety of a country: the words are kept and there is no common level.
A notice's address holds its level, so it is named by the address without that part.
"""

import re
from dataclasses import replace
from datetime import datetime

from core import places
from core.drafts import Draft
from core.formats import rss
from core.model import Kind, Level, Message

_SCALE = "CDC 1-3"
_WORD = r"(?:warning|alert|watch)"
_ADVICE = (
    r"(?:practi[cs]e usual precautions|practi[cs]e enhanced precautions"
    r"|reconsider non-?essential travel|avoid (?:all )?non-?essential travel|avoid all travel)"
)
_LEVEL = re.compile(
    rf"(?:\b{_WORD}\s*[-–:,]?\s*)?\blevel\s*[1-4]\b(?:\s*[,:–-]\s*{_ADVICE})?(?:\s*\({_WORD}\))?", re.IGNORECASE
)
_LEVEL_PART = re.compile(r"/notices/(?:level-?\d|warning|alert|watch)/", re.IGNORECASE)
_HEAD_END = re.compile(rb"<item[\s>]")


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of the notices: by its channel, not by what it links."""
    head = _HEAD_END.split(start, maxsplit=1)[0]
    return rss.looks_like_feed(start) and (b"cdc.gov/travel" in head or b"cdc travel notices" in head)


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of every notice, with its level and the countries of its title."""
    plain, rejected = rss.read(data, now, kind)
    drafts: dict[str, Draft] = {}
    for draft in plain:
        identity = _LEVEL_PART.sub("/notices/", draft.identity)
        if identity in drafts:
            identity = draft.identity
        drafts[identity] = _with_level(replace(draft, identity=identity))
    return list(drafts.values()), rejected


def _with_level(draft: Draft) -> Draft:
    title = " ".join(draft.title.split())[:1000]
    found = _LEVEL.search(title)
    if found is None:
        return replace(draft, level=None)
    rest = title[: found.start()] + " " + title[found.end() :]
    return replace(draft, level=Level(None, found[0], _SCALE), countries=places.from_title(rest))

"""How often something is to be done, where its words say so: "every 6 hours", "twice a day". Pure.

The ways of saying it are in `resources/rules/often.toml`. Nothing is guessed: where no row fits, it is done once.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache

from core.paths import RESOURCES

LEAST, MOST = timedelta(minutes=15), timedelta(days=14)
_JUDGED = 2_000  # characters of a wording; a note may be a page


@dataclass(frozen=True, slots=True)
class Row:
    """One way of saying it, with its example and what the example means in minutes."""

    pattern: re.Pattern[str]
    minutes: int
    shares: bool
    example: str
    means: int


@cache
def _table() -> tuple[tuple[Row, ...], dict[str, int]]:
    import tomllib  # 15 ms, and nobody needs it before the first paint

    table = tomllib.loads((RESOURCES / "rules" / "often.toml").read_text(encoding="utf-8"))
    counts = {word: int(number) for number, words in table["counts"].items() for word in words}
    count = r"(?P<count>\d{1,3}|" + "|".join(sorted(map(re.escape, counts), key=len, reverse=True)) + ")"
    made = []
    for row in table["often"]:
        words = row["pattern"].replace("COUNT", count)
        pattern = re.compile(rf"(?<!\w)(?:{words})(?![a-z])", re.IGNORECASE)
        made.append(Row(pattern, row["minutes"], row.get("shares", False), row["example"], row["means"]))
    return tuple(made), counts


def rows() -> tuple[Row, ...]:
    """Every way of saying it."""
    return _table()[0]


@lru_cache(maxsize=256)
def how_often(words: str) -> timedelta | None:
    """How long from one time to the next, from 15 minutes to two weeks; None: the words do not say."""
    for row in rows():
        found = row.pattern.search(words, 0, _JUDGED)
        if found is None:
            continue
        said = (found.groupdict().get("count") or "1").casefold()
        count = int(said) if said.isdecimal() else _table()[1][said]
        if count == 0:
            continue
        length = timedelta(minutes=row.minutes / count if row.shares else row.minutes * count)
        if LEAST <= length <= MOST:
            return length
    return None

"""The map of the world: where each country lies, and how bad the worst is that is kept of it. Pure but for one file.

The shapes are `resources/world.json`, made by `packaging/world.py` from Natural Earth. They decide nothing: which
country a text is about was decided when it was read, and a country of which no common level is kept has none here.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import NamedTuple

from core.paths import RESOURCES
from core.store.overview import Summary

_FILE = RESOURCES / "world.json"
_NEVER = datetime.min.replace(tzinfo=UTC)
# How a text ends: what ended so does not say how things are now.
_ENDS = {"withdrawn", "superseded", "test", "expired"}

Line = tuple[int, ...]
"""x, y, x, y, ... from left to right and from top to bottom."""


class Spot(NamedTuple):
    """Where a country's mark stands; `room`: the radius of a circle there within its shape, 0 where it has no shape."""

    x: int
    y: int
    room: int


class World(NamedTuple):
    """The whole map, all in one unit. Every country has a spot; most have a shape, which is several rings."""

    width: int
    height: int
    shapes: Mapping[str, tuple[Line, ...]]
    spots: Mapping[str, Spot]


class Stated(NamedTuple):
    """The worst common level kept of a country: the advisory that gives it, and whether that was verified lately."""

    by: Summary
    is_sure: bool


@cache
def world() -> World:
    """The map; read once, when first asked."""
    held = json.loads(_FILE.read_bytes())
    arcs = [_walked(steps) for steps in held["arcs"]]
    backwards = [_turned(arc) for arc in arcs]
    shapes = {
        code: tuple(tuple(chain.from_iterable(arcs[n] if n >= 0 else backwards[~n] for n in ring)) for ring in rings)
        for code, rings in held["countries"].items()
    }
    width, height = held["size"]
    return World(width, height, shapes, {code: Spot(*spot) for code, spot in held["spots"].items()})


def _walked(steps: list[int]) -> Line:
    """The points of a line that is kept as its first point and the steps from there."""
    x, y = steps[:2]
    made = [x, y]
    for across, down in zip(steps[2::2], steps[3::2], strict=True):
        x, y = x + across, y + down
        made += (x, y)
    return tuple(made)


def _turned(line: Line) -> Line:
    return tuple(chain.from_iterable(zip(line[-2::-2], line[::-2], strict=True)))


def worst_of_each(found: Iterable[Summary], verified: Collection[str]) -> dict[str, Stated]:
    """The worst common level of each country that `found` gives one of, in any order.

    Of several that give the same, one that is sure counts, then the newest. `verified`: the sources that are followed
    and whose last check succeeded lately.
    """
    made: dict[str, Stated] = {}
    for one in found:
        if one.level_value is None:
            continue
        is_over = one.missing_since is not None or not _ENDS.isdisjoint(one.status)
        stated = Stated(one, one.source in verified and not is_over)
        for code in one.countries:
            if code not in made or _gravity(stated) > _gravity(made[code]):
                made[code] = stated
    return made


def _gravity(stated: Stated) -> tuple[int, bool, datetime]:
    return stated.by.level_value or 0, stated.is_sure, stated.by.issued or stated.by.fetched or _NEVER


def next_to(spots: Mapping[str, Spot], code: str, across: int, down: int) -> str:
    """The country that is nearest to another's spot in a direction; the same one where none lies there.

    `across`, `down`: -1, 0 or 1. It lies in a direction when it lies no more aside than ahead.
    """
    here, best, nearest = spots[code], code, 0
    for name, spot in spots.items():
        x, y = spot.x - here.x, spot.y - here.y
        ahead, aside = x * across + y * down, abs(x * down) + abs(y * across)
        far = ahead + 2 * aside
        if ahead > 0 and aside <= ahead and (best == code or far < nearest):
            best, nearest = name, far
    return best

"""Every page and state, gone through once: what meets can be told apart, focus is seen, and everything has a name."""

import importlib
import os
import pkgutil
import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

import ui.pages
from tests.ui.pictures import LOOKS
from tests.ui.test_theme import MARK, TEXT, contrast
from tests.ui.walking import MARKED, NAMES, Pair, Walk, walk
from ui import theme
from ui.theme import DARK, LIGHT, Tokens, Wish

GROUNDS = {
    *("background", "side", "surface", "chosen", "line", "mark"),
    *("changed_ground", "level_3_ground", "level_4_ground"),
    *("map_land", "map_1", "map_2", "map_3", "map_4"),
}
# No words: the ring on its track, the dash of a tick on what is gone, the dot of the foot.
MARKS: dict[Pair, float] = {("accent", "line"): MARK, ("muted", "on_accent"): MARK}
# A label of the sheet may stand on any page, card or column.
ANYWHERE = ("background", "side", "surface")
WALKED = LOOKS if os.environ.get("SAFECONDUCT_FULL") else LOOKS[:1]


@pytest.fixture(scope="module", params=WALKED, ids=lambda look: look.name)
def seen(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Walk]:
    """What one look at everything brings, in the marked colours."""
    with pytest.MonkeyPatch.context() as patch:
        face, direction = qapp.font(), qapp.layoutDirection()
        qapp.setStyle("Fusion")
        for name in ("LIGHT", "DARK"):
            patch.setattr(theme, name, MARKED)
        yield walk(qapp, request.param)
        qapp.setFont(face)
        qapp.setLayoutDirection(direction)
    theme.wish(Wish.LIGHT)
    theme.apply(qapp)


def wanted(pair: Pair) -> float | None:
    """The least contrast of two tokens that meet; None where nothing is told apart by them.

    A ground beside a ground: an edge that the words or the box on it say too. An ink beside an ink: both stand on one
    ground, which each meets as well.
    """
    if pair in MARKS:
        return MARKS[pair]
    inks = [name for name in pair if name not in GROUNDS]
    if "on_accent" in inks:
        return TEXT if "accent" in inks or {"map_3", "map_4"} & set(pair) else None  # elsewhere it never stands
    return TEXT if len(inks) == 1 else None


def stated() -> set[Pair]:
    """The pairs that the style sheet states, of hovered, chosen and disabled things too, in any place."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LIGHT", "DARK"):
            patch.setattr(theme, name, MARKED)
        sheet = theme.sheet()
    named = {getattr(MARKED, name): name for name in NAMES}
    held: dict[str, dict[str, str]] = {}
    found: set[Pair] = set()
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        rules = dict(re.findall(r"([a-z-]+):\s*([^;]+)", body))
        for selector in (one.strip() for one in selectors.split(",")):
            # of what it is without a state, as far as the state says nothing else
            plain = held.get(re.split(r":(?!:)", selector.replace("::", "@@"))[0].replace("@@", "::"), {})
            mine = held[selector] = plain | rules
            ink, ground = named.get(mine.get("color", MARKED.ink)), named.get(mine.get("background", ""))
            edge = next((named[value] for value in re.findall("#[0-9a-f]{6}", mine.get("border", ""))), None)
            grounds = (ground,) if ground else ANYWHERE if selector.startswith("QLabel") else ()
            inks = (ink, edge) if ground not in {"accent", edge} else (ink,)
            found |= {(min(a, b), max(a, b)) for a in inks if a for b in grounds if a != b}
    return found


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_whatever_meets_can_be_told_apart(seen: Walk, tokens: Tokens) -> None:
    faint = []
    for pair, where in (dict.fromkeys(stated(), "the style sheet") | seen.pairs).items():
        least, ratio = wanted(pair), contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1]))
        if least is not None and ratio < least:
            faint.append(f"{pair[0]} and {pair[1]} ({where}): {ratio:.2f}, wanted {least}")
    assert faint == []


def test_the_walk_sees_what_is_drawn(seen: Walk) -> None:
    """What is known to meet is found: words on a page, a card and a column, a chip, the ring, a mark in the text."""
    assert {
        *{("background", "ink"), ("ink", "surface"), ("muted", "side"), ("changed", "changed_ground")},
        *{("accent", "line"), ("ink", "mark"), ("accent", "on_accent"), ("level_4", "level_4_ground")},
        *{("ink", "map_1"), ("ink", "map_2"), ("map_3", "on_accent"), ("map_4", "on_accent"), ("accent", "surface")},
    } <= set(seen.pairs)
    assert {("ink", "line"), ("line", "muted"), ("accent", "chosen"), ("level_3", "side")} <= stated()


def test_every_page_is_gone_through(seen: Walk) -> None:
    """A page that nobody leads to is in no picture either: it wants a line in `tests.ui.pictures.STORY`."""
    pages = {
        name
        for module in pkgutil.iter_modules(ui.pages.__path__, "ui.pages.")
        for name, held in vars(importlib.import_module(module.name)).items()
        if isinstance(held, type) and issubclass(held, QWidget) and held.__module__ == module.name and name[0] != "_"
    }
    assert len(pages) >= 11
    assert pages - seen.classes == set()
    assert len(set(seen.pictures)) == len(seen.pictures)


def test_everything_that_takes_keys_has_a_name(seen: Walk) -> None:
    assert seen.nameless == set()


def test_what_is_drawn_is_read_as_what_it_is(seen: Walk) -> None:
    """What we draw ourselves and name has a role that is read; a button that is one of several says so."""
    assert seen.unread == set()


def test_focus_is_seen_on_everything_that_takes_it(seen: Walk) -> None:
    assert seen.unseen_focus == {}

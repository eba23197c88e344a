"""The page of advisories, which is the page of finds too: a field, rows, and what choosing one asks for."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from core.finding import Hit
from core.store.choosing import NO_LEVEL, Order, Wanted
from core.store.overview import Summary
from tests.ui.drawing import click_row, colours, shown
from ui import theme
from ui.as_lines import hit_line, summary_line
from ui.models.lines import PAGE, Line
from ui.pages.advisories import AdvisoriesPage
from ui.widgets.filters import Option

LINES = [
    Line("a", "Iraq – Level 4: Do Not Travel", "Office of the Tests · 3 Mar 2026", ("Level 4", 4), True),
    Line("b", "Security alert: ordered departure", "Embassy of the Tests · 7 actions", None, False),
    Line("c", "تنبيه أمني: أمر بالمغادرة", "سفارة", ("Level 3", 3), False),
]


@pytest.fixture
def page(qtbot: QtBot) -> AdvisoriesPage:
    made = AdvisoriesPage()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    _show(made, LINES)
    return made


def _show(page: AdvisoriesPage, lines: Sequence[Line], note: str = "") -> None:
    held = {line.id: line for line in lines}
    page.show_names(list(held), lambda names: [held[name] for name in names], note)


def _said(page: AdvisoriesPage) -> list[str]:
    model = page.list.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]


def test_a_row_is_one_sentence(page: AdvisoriesPage) -> None:
    assert _said(page) == [
        "Unread. Iraq – Level 4: Do Not Travel. Level 4. Office of the Tests · 3 Mar 2026",
        "Security alert: ordered departure. Embassy of the Tests · 7 actions",
        "تنبيه أمني: أمر بالمغادرة. Level 3. سفارة",
    ]


def test_words_are_looked_for_once_the_typing_pauses(qtbot: QtBot, page: AdvisoriesPage) -> None:
    spy = QSignalSpy(page.asked)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "airport")
    assert spy.count() == 0
    qtbot.waitUntil(lambda: spy.count() > 0)
    qtbot.wait(200)
    assert spy.count() == 1
    assert page.wanted(frozenset()).words == "airport"


def test_enter_goes_from_the_field_into_the_rows(qtbot: QtBot, page: AdvisoriesPage) -> None:
    page.field.setFocus()
    with qtbot.waitSignal(page.chosen) as chosen:
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert chosen.args == ["a"]
    assert page.list.hasFocus()
    with qtbot.waitSignal(page.chosen) as chosen:
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert chosen.args == ["b"]
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert opened.args == ["b"]


def test_a_click_chooses(qtbot: QtBot, page: AdvisoriesPage) -> None:
    with qtbot.waitSignal(page.chosen) as chosen:
        click_row(qtbot, page.list, 2)
    assert chosen.args == ["c"]


def test_what_was_current_stays_so(qtbot: QtBot, page: AdvisoriesPage) -> None:
    click_row(qtbot, page.list, 1)
    _show(page, [LINES[2], LINES[1]])
    assert page.list.currentIndex().row() == 1
    _show(page, [LINES[0]], "1 find")
    assert page.note.isVisible()
    assert page.note.text() == "1 find"


def test_a_level_is_words_and_a_colour(page: AdvisoriesPage) -> None:
    drawn = colours(shown(page.list))
    assert drawn[theme.tokens().level_4_ground] > 200
    assert drawn[theme.tokens().level_3_ground] > 200
    _show(page, [LINES[1]])
    assert colours(shown(page.list))[theme.tokens().level_4_ground] == 0


def test_rows_wrap_where_it_is_narrow(page: AdvisoriesPage) -> None:
    def heights() -> list[int]:
        model = page.list.model()
        return [page.list.visualRect(model.index(n, 0)).height() for n in range(model.rowCount())]

    wide = heights()
    page.resize(200, 500)
    page.list.doItemsLayout()
    narrow = heights()
    assert all(a > b for a, b in zip(narrow[:2], wide[:2], strict=True))


def _summary(**others: object) -> Summary:
    values: dict[str, object] = {
        "id": "a", "source": "embassy", "title": "Ordered departure", "issuer": "Embassy of the Tests", "kind": "alert",
        "countries": ("IQ",), "level_value": None, "level_words": None, "actions": 7, "revision": 1,
        "issued": datetime(2026, 3, 3, 5, 10, tzinfo=UTC),
        "fetched": datetime.now(UTC), "missing_since": None, "seen": False,
        "issued_is_date": False, "status": (),
    }  # fmt: skip
    return Summary(**(values | others))  # type: ignore[arg-type]  # the values above, of the types they have


def test_a_summarys_line() -> None:
    line = summary_line(_summary())
    assert (line.id, line.title, line.badge, line.fresh) == ("a", "Ordered departure", None, True)
    assert line.about == "Embassy of the Tests · 3 Mar 2026 · 7 actions"
    gone = summary_line(_summary(missing_since=datetime(2026, 3, 5, 12, tzinfo=UTC), actions=1, seen=True))
    assert gone.about.endswith("1 action · not in the source since 5 Mar")
    assert not gone.fresh
    left = summary_line(_summary(status=("ordered-departure", "expired")))
    assert left.about.endswith("7 actions · Departure of staff ordered, its time is over")
    arabic = summary_line(_summary(issuer="وزارة الخارجية"))
    assert arabic.about == "\u200e\u2068وزارة الخارجية\u2069 · \u20683 Mar 2026\u2069 · \u20687 actions\u2069"
    assert summary_line(_summary(level_value=4, level_words="Level 4")).badge == ("Level 4", 4)


def test_a_finds_line_says_which_revision_and_marks_its_words(page: AdvisoriesPage) -> None:
    line = hit_line(Hit("a", 1, "Ordered departure", "near the airport road", ((9, 16),), 3))
    assert line == Line(
        "a", "Ordered departure", "Revision 1 of 3, an earlier one", None, False, "near the airport road", ((9, 16),)
    )
    assert hit_line(Hit("a", 3, "x", "y", (), 3)).about == "Revision 3, the newest"
    _show(page, [line])
    assert colours(shown(page.list))[theme.tokens().mark] > 200
    assert _said(page) == ["Ordered departure. near the airport road Revision 1 of 3, an earlier one"]


def test_what_was_not_opened_has_a_dot(page: AdvisoriesPage) -> None:
    assert colours(shown(page.list))[theme.tokens().accent] > 20
    _show(page, [LINES[1]])
    assert colours(shown(page.list))[theme.tokens().accent] == 0


def test_rows_are_read_as_one_scrolls_to_them(qtbot: QtBot, page: AdvisoriesPage) -> None:
    asked: list[int] = []

    def read(names: Sequence[str]) -> list[Line]:
        asked.append(len(names))
        return [Line(name, f"Advisory {name}", "Office", None, False) for name in names]

    names = [str(number) for number in range(1000)]
    page.show_names(names, read, "")
    qtbot.wait(50)
    assert sum(asked) <= 2 * PAGE
    for _ in range(6):
        page.list.scrollToBottom()
        qtbot.wait(20)
    assert 3 * PAGE <= page.rows.rowCount() < 1000
    page.list.setCurrentIndex(page.rows.index(2 * PAGE))
    page.show_names(["new", *names], read, "")
    assert page.current() == str(2 * PAGE)
    page.point_at("700")  # whoever is asked answers in a later turn, or first with what was asked before
    page.show_names(names[:10], read, "")
    assert page.current() != "700"
    page.show_names(["new", *names], read, "")
    assert page.current() == "700"
    before = len(asked)
    page.rows.show_again(str(2 * PAGE))
    page.rows.show_again("900")
    assert asked[before:] == [1]


def test_filters_say_what_is_asked_for(qtbot: QtBot, page: AdvisoriesPage) -> None:
    visited = frozenset({"IQ", "JO"})
    assert page.wanted(visited)._replace(reading="") == Wanted()
    page.show_choices([Option("Iraq", "IQ")], [Option("Office", "Office")], trips=True)
    spy = QSignalSpy(page.asked)
    page.filters.choose("place", "trip")
    page.filters.choose("level", str(NO_LEVEL))
    page.filters.choose("issuer", "Office")
    page.filters.choose("since", "3")
    page.filters.choose("order", Order.LEVEL)
    qtbot.mouseClick(page.filters.boxes["unread"], Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert spy.count() == 6
    wanted = page.wanted(visited)
    assert (wanted.countries, wanted.level, wanted.issuer, wanted.unread) == (visited, NO_LEVEL, "Office", True)
    assert wanted.since is not None
    assert page.order() is Order.LEVEL
    assert page.filters.narrowing() == 5
    page.filters.choose("place", "IQ")
    assert page.wanted(visited).countries == {"IQ"}
    page.show_choices([], [Option("Office", "Office")], trips=True)  # nothing of Iraq is kept any more
    assert page.wanted(visited).countries == frozenset()
    qtbot.mouseClick(page.filters.all, Qt.MouseButton.LeftButton)
    assert page.wanted(visited)._replace(reading="") == Wanted()
    assert page.order() is Order.LEVEL


def test_filters_fold_where_it_is_narrow(qtbot: QtBot, page: AdvisoriesPage) -> None:
    place = page.filters.choices["place"]
    assert place.isVisible()
    assert not page.filters.fold.isVisible()
    page.resize(340, 500)
    assert not place.isVisible()
    page.filters.enter()
    assert place.isVisible()
    qtbot.waitUntil(place.hasFocus)
    assert page.filters.fold.accessibleName() == "Filters, unfolded"
    qtbot.mouseClick(page.filters.fold, Qt.MouseButton.LeftButton)
    assert not place.isVisible()

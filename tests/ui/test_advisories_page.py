"""The page of advisories, which is the page of finds too: a field, rows, and what choosing one asks for."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from core.model import Hit
from core.store.overview import Summary
from tests.ui.drawing import click_row, colours, shown
from ui import theme
from ui.models.lines import Line
from ui.pages.advisories import AdvisoriesPage, hit_line, summary_line

LINES = [
    Line("a", "Iraq – Level 4: Do Not Travel", "Office of the Tests · 3 Mar 2026", ("Level 4", 4), True),
    Line("b", "Security alert: ordered departure", "Embassy of the Tests · 7 actions", None, False),
    Line("c", "تنبيه أمني: أمر بالمغادرة", "سفارة", ("Level 3", 3), False),
]


@pytest.fixture
def page(qtbot: QtBot) -> AdvisoriesPage:
    made = AdvisoriesPage("Advisories", "Filter by words")
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    made.show_lines(LINES, "")
    return made


def _said(page: AdvisoriesPage) -> list[str]:
    model = page.list.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]


def test_a_row_is_one_sentence(page: AdvisoriesPage) -> None:
    assert _said(page) == [
        "Iraq – Level 4: Do Not Travel. Level 4. Office of the Tests · 3 Mar 2026",
        "Security alert: ordered departure. Embassy of the Tests · 7 actions",
        "تنبيه أمني: أمر بالمغادرة. Level 3. سفارة",
    ]


def test_words_are_looked_for_once_the_typing_pauses(qtbot: QtBot, page: AdvisoriesPage) -> None:
    spy = QSignalSpy(page.searched)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "airport")
    assert spy.count() == 0
    qtbot.waitUntil(lambda: spy.count() > 0)
    qtbot.wait(200)
    assert [spy.at(n) for n in range(spy.count())] == [["airport"]]


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
    page.show_lines([LINES[2], LINES[1]], "")
    assert page.list.currentIndex().row() == 1
    page.show_lines([LINES[0]], "1 find")
    assert page.note.isVisible()
    assert page.note.text() == "1 find"


def test_a_level_is_words_and_a_colour(page: AdvisoriesPage) -> None:
    drawn = colours(shown(page.list))
    assert drawn[theme.tokens().level_4_ground] > 200
    assert drawn[theme.tokens().level_3_ground] > 200
    page.show_lines([LINES[1]], "")
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
    }  # fmt: skip
    return Summary(**(values | others))  # type: ignore[arg-type]  # the values above, of the types they have


def test_a_summarys_line() -> None:
    line = summary_line(_summary())
    assert (line.id, line.title, line.badge, line.fresh) == ("a", "Ordered departure", None, True)
    assert line.about == "Embassy of the Tests · 3 Mar 2026 · 7 actions"
    gone = summary_line(_summary(missing_since=datetime(2026, 3, 5, 12, tzinfo=UTC), actions=1, seen=True))
    assert gone.about.endswith("1 action · not in the source since 5 Mar")
    assert not gone.fresh
    assert not summary_line(_summary(fetched=datetime.now(UTC) - timedelta(days=8))).fresh
    assert summary_line(_summary(level_value=4, level_words="Level 4")).badge == ("Level 4", 4)


def test_a_finds_line_has_its_words_in_brackets() -> None:
    line = hit_line(Hit("a", 1, "Ordered departure", "near the \x02airport\x03\n  road"))
    assert line == Line("a", "Ordered departure", "near the [airport] road", None, False)

"""The tabs beside a text: what changed, with its words, and every revision that was, over the real store."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import saving
from core.model import Level
from core.store import advisories, checklists, reviewing
from tests.profiles import Made, publish
from tests.texts import ADDED, ALERT_1, ALERT_2, DROPPED
from tests.ui.conftest import Bench
from tests.ui.drawing import Heartbeat, click_row, colours, eventually, shown
from ui import theme
from ui.models.revisions import RevisionsModel
from ui.pages.reading import CHANGES, HISTORY, TEXT
from ui.widgets.course import Course, Step
from ui.widgets.differences import Differences
from ui.workbench import Workbench

LEVELS = {value: Level(value, words, "ours") for value, words in ((2, "Be careful"), (4, "Do not travel"))}


def marked(text: Differences) -> list[str]:
    """The text, a block a line: «what came», ‹what went›."""
    lines = []
    block = text.document().begin()
    while block.isValid():
        line = ""
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            look: QTextCharFormat = piece.charFormat()
            opening, closing = "‹›" if look.fontStrikeOut() else "«»" if look.fontUnderline() else ("", "")
            line += f"{opening}{piece.text()}{closing}"
            pieces += 1
        lines.append(line)
        block = block.next()
    return lines


def save_again(made: Made, level: Level, issued: datetime) -> None:
    """Another revision of the alert, of another level."""
    with made.store() as store:
        (held,) = advisories.kept(store)
        other = held.newest._replace(level=level, issued=issued)
        assert saving.save_revision(store, other, (), datetime.now(UTC), first_look=False)


def on_tab(qtbot: QtBot, workbench: Workbench, tab: int) -> None:
    """A real click on a tab."""
    tabs = workbench.reading.tabs
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(tab).center())


def changes_shown(qtbot: QtBot, workbench: Workbench) -> Differences:
    """The tab of changes, once it has compared."""
    eventually(qtbot, lambda: workbench.reading.changes and workbench.reading.changes.text.isVisible())
    assert workbench.reading.changes is not None
    return workbench.reading.changes.text


def test_what_came_is_marked_and_what_went_is_struck_out(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    on_tab(qtbot, workbench, CHANGES)
    text = changes_shown(qtbot, workbench)
    lines = marked(text)
    assert f"«{ADDED}»" in lines
    assert f"‹{DROPPED}›" in lines
    reworded = next(line for line in lines if "‹24› «12»" in line)
    assert "within ‹24› «12» hours" in reworded
    assert workbench.reading.changes is not None
    assert "1 new, 1 reworded (1 important), 1 no longer listed." in workbench.reading.changes.lines.text()
    assert f"Came: {ADDED}" in text.accessibleDescription()
    assert f"Went: {DROPPED}" in text.accessibleDescription()
    assert colours(shown(text))[theme.tokens().mark]
    on_tab(qtbot, workbench, TEXT)
    assert workbench.reading.reader.isVisible()


def test_the_tabs_keep_their_place_and_a_bullet_its_colour(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    assert workbench.reading.status.isVisible()  # it takes room that the other tabs do not need
    places = set()
    for tab in (TEXT, CHANGES, HISTORY, TEXT):
        on_tab(qtbot, workbench, tab)
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        places.add(workbench.reading.tabs.mapTo(workbench, QPoint()).y())
    assert len(places) == 1
    on_tab(qtbot, workbench, CHANGES)
    text = changes_shown(qtbot, workbench)
    inks, block = set(), text.document().begin()
    while block.isValid():
        if block.textList() is not None:
            inks.add(block.charFormat().foreground().color().name())
        block = block.next()
    assert inks == {theme.colour(theme.tokens().ink).name()}


def test_changes_are_those_since_it_was_last_read(qtbot: QtBot, made: Made, bench: Bench) -> None:
    now = datetime.now(UTC)
    save_again(made, LEVELS[2], now)
    save_again(made, LEVELS[4], now)
    workbench = bench()
    on_tab(qtbot, workbench, CHANGES)
    tab = workbench.reading.changes
    assert tab is not None
    eventually(qtbot, lambda: "revision 1" in tab.head.text())  # the list was last looked at then
    assert "to revision 3" in tab.head.text()
    assert "The level is now “Do not travel”." in tab.lines.text()
    qtbot.keyClick(workbench, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    workbench._led().look_at_all()
    save_again(made, LEVELS[2], now)
    workbench.refresh()
    eventually(qtbot, lambda: "From revision 3" in tab.head.text() and "to revision 4" in tab.head.text())
    assert tab.lines.text() == "The level is now “Be careful”; it was “Do not travel”."
    assert not tab.text.isVisible()


def test_the_first_revision_has_nothing_before_it(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    on_tab(qtbot, workbench, CHANGES)
    assert workbench.reading.changes is not None
    assert "is the first that is kept" in workbench.reading.changes.head.text()
    on_tab(qtbot, workbench, HISTORY)
    assert workbench.reading.history is not None
    assert not workbench.reading.history.compare.isVisible()
    assert not workbench.reading.history.course.isVisible()


def rows(model: RevisionsModel) -> list[str]:
    """Each row as a screen reader has it."""
    return [str(model.data(model.index(n), Qt.ItemDataRole.AccessibleTextRole)) for n in range(model.rowCount())]


def test_history_has_every_revision_and_any_two_are_compared_by_keyboard(
    qtbot: QtBot, made: Made, bench: Bench
) -> None:
    publish(made, ALERT_2)
    publish(made, ALERT_1._replace(html=ALERT_1.html + "<p>The market is shut.</p>"))
    workbench = bench()
    on_tab(qtbot, workbench, HISTORY)
    history = workbench.reading.history
    assert history is not None
    said = rows(history.model)
    assert [line.split(".")[0] for line in said] == ["Revision 3", "Revision 2", "Revision 1"]
    assert "came here today" in said[1]
    assert "1 new, 1 reworded (1 important), 1 no longer listed." in said[1]
    assert "New, with 7 actions to take." in said[2]
    assert not history.compare.isEnabled()
    qtbot.waitUntil(lambda: 0 <= history.hint.y() - history.list.geometry().bottom() < 24)  # right below the rows
    last = history.list.visualRect(history.model.index(2))
    assert 0 < last.bottom() <= history.list.viewport().height()
    workbench.reading.tabs.setFocus()
    qtbot.keyClick(workbench.reading.tabs, Qt.Key.Key_Tab)
    qtbot.waitUntil(history.list.hasFocus)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(history.list, key)
    assert history.model.pair() == (1, 2)  # of three, the two that were marked last
    qtbot.keyClick(history.list, Qt.Key.Key_Up)
    qtbot.keyClick(history.list, Qt.Key.Key_Space)
    qtbot.keyClick(history.list, Qt.Key.Key_Up)
    qtbot.keyClick(history.list, Qt.Key.Key_Space)
    assert history.model.pair() == (1, 3)
    qtbot.keyClick(history.compare, Qt.Key.Key_Space)
    text = changes_shown(qtbot, workbench)
    assert [line for line in marked(text) if "«" in line or "‹" in line] == ["«The market is shut.»"]
    on_tab(qtbot, workbench, HISTORY)
    qtbot.keyClick(history.list, Qt.Key.Key_Down)
    qtbot.keyClick(history.list, Qt.Key.Key_Return)
    eventually(qtbot, lambda: f"«{ADDED}»" in marked(text))
    assert workbench.reading.tabs.currentIndex() == CHANGES


def test_a_revision_tells_all_that_it_changed(qtbot: QtBot, made: Made, bench: Bench) -> None:
    title = "Security alert: leave by road"
    publish(made, ALERT_2)  # an action goes that comes back with the next
    with made.store() as store:
        (held,) = advisories.kept(store)
    other = ALERT_1._replace(title=title, html=ALERT_1.html + "<p>The market is shut.</p>")
    publish(made, other)
    with made.store() as store:
        (now,) = advisories.kept(store)
        assert (held.newest.title, now.newest.title) != (title, held.newest.title)
    workbench = bench()
    on_tab(qtbot, workbench, HISTORY)
    history = workbench.reading.history
    assert history is not None
    newest = rows(history.model)[0]
    assert "1 listed again, 1 reworded (1 important), 1 no longer listed." in newest
    assert f"The title is now “{title}”." in newest
    assert "Its text has changed." in newest
    qtbot.keyClick(history.list, Qt.Key.Key_Return)
    changes_shown(qtbot, workbench)
    assert workbench.reading.changes is not None
    assert workbench.reading.changes.lines.text() == newest.partition("came here today ")[2].partition(". ")[2]


def test_the_names_of_levels_take_two_lines_at_most(qtbot: QtBot) -> None:
    course = Course()
    qtbot.addWidget(course)
    long = "Level 2: Exercise increased caution because of crime and kidnapping"
    days = [datetime(2026, 5, day, tzinfo=UTC) for day in (3, 15)]
    levels = [Step(days[0], 2, long), Step(days[1], 4, "Do not travel")]
    course.show_levels(levels, days[1])
    course.resize(900, 200)
    assert course._side()[1] == [["Level 4 · Do not travel"], [long]]
    low = course.sizeHint().height()
    course.resize(420, 200)
    (_, second) = course._side()[1]
    assert second[0].startswith("Level 2: Exercise increased")
    assert len(second) == 2
    assert course.sizeHint().height() > low


def test_a_click_marks_a_revision(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    on_tab(qtbot, workbench, HISTORY)
    history = workbench.reading.history
    assert history is not None
    click_row(qtbot, history.list, 0)
    click_row(qtbot, history.list, 1)
    assert history.model.pair() == (1, 2)
    click_row(qtbot, history.list, 1)
    assert history.model.pair() is None


def test_the_course_of_the_level_is_drawn_and_told_where_it_changed(qtbot: QtBot, made: Made, bench: Bench) -> None:
    now = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)
    save_again(made, LEVELS[2], now - timedelta(days=12))
    save_again(made, LEVELS[4], now)
    workbench = bench()
    on_tab(qtbot, workbench, HISTORY)
    history = workbench.reading.history
    assert history is not None
    assert history.course.isVisible()
    said = "Level 2 · Be careful, from 3 May 2026; Level 4 · Do not travel, from 15 May 2026"
    plain = history.course.accessibleDescription().replace(" 2026", "")
    assert plain == said.replace(" 2026", "")
    assert history.course_words.text() == "Level 4 since 15 May 2026; changed once since 3 May 2026"
    assert history.course_words.accessibleName() == history.course.accessibleDescription()
    assert colours(shown(history.course))[theme.tokens().accent] > 100


def test_another_advisory_brings_its_own_past(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    publish(made, ALERT_2, ALERT_1._replace(link="https://example.org/2", title="Another alert"))
    workbench = bench()
    on_tab(qtbot, workbench, CHANGES)
    changes_shown(qtbot, workbench)
    workbench.go("advisories")
    model = workbench.looking.advisories.list.model()
    row = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == "Another alert")
    click_row(qtbot, workbench.looking.advisories.list, row)
    assert workbench.reading.title.text() == "Another alert"
    assert workbench.reading.changes is not None
    assert "is the first that is kept" in workbench.reading.changes.head.text()
    assert workbench.reading.tabs.tabText(HISTORY) == "History (1)"


def test_no_word_of_a_text_is_read_as_markup(qtbot: QtBot) -> None:
    text = Differences()
    qtbot.addWidget(text)
    from core.differences import text_changes
    from core.model import Block, BlockKind, Text

    hostile = "<img src='file:///etc/passwd'> <b>now</b>"
    text.show_passages(text_changes(Text(""), Text(hostile, (Block(BlockKind.PARAGRAPH, 0, len(hostile)),))))
    assert text.toPlainText() == hostile
    cursor = QTextCursor(text.document())
    assert not cursor.charFormat().isImageFormat()


def test_forty_pages_do_not_hold_the_window(
    qtbot: QtBot, made: Made, bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """Printed, never failed on time; asserted is that the work was done."""
    pages = "".join(f"<p>{number} {'and so it goes on in this place ' * 3}</p>" for number in range(800))
    publish(made, ALERT_1._replace(html=ALERT_1.html + pages))
    with made.store() as store:
        (held,) = checklists.all_lists(store)
        reviewing.look(store, held.id)
    publish(made, ALERT_1._replace(html=ALERT_1.html + pages.replace("7 and so", "7 but so")))
    workbench = bench()
    since, used = time.perf_counter(), time.process_time()
    with Heartbeat() as heart:
        on_tab(qtbot, workbench, CHANGES)
        text = changes_shown(qtbot, workbench)
        taken, used = (time.perf_counter() - since) * 1000, (time.process_time() - used) * 1000
        qtbot.waitUntil(text.is_whole)
        qtbot.wait(50)
    with capsys.disabled():
        print(
            f"\n  the changes of forty pages: shown after {taken:.0f} ms ({used:.0f} of them computed), "
            f"the window computed {heart.own_ms:.0f} ms at most at once",
            end="",
        )
    assert sum("‹and› «but»" in line for line in marked(text)) == 80

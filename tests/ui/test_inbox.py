"""The inbox: everything that was told, what became of it, its count in the side column, and where a press leads."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.model import Message
from core.notices import Waiting
from core.store import checklists, sources
from core.store import inbox as store_inbox
from core.store.inbox import Fate
from tests.profiles import Made
from tests.texts import ALERT_1
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.pages.inbox import InboxPage
from ui.workbench import Workbench


def inbox(workbench: Workbench) -> InboxPage:
    workbench.go("inbox")
    page = workbench.middle.currentWidget()
    assert isinstance(page, InboxPage)
    return page


def rows(page: InboxPage) -> list[str]:
    model = page.list.model()
    return [str(model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(model.rowCount())]


def test_what_no_desktop_took_is_in_the_inbox_and_a_press_opens_it(
    qtbot: QtBot, made: Made, desk: Desk, bench: Bench
) -> None:
    """No session bus is there: the real library says no."""
    with made.store() as store:
        checklists.set_due(store, made.items[3], datetime.now(UTC) + timedelta(minutes=20))
    workbench = bench()
    qtbot.waitUntil(lambda: workbench.side.places["inbox"].accessibleName() == "Inbox, 2")
    page = inbox(workbench)
    held = rows(page)
    assert held[0].startswith("Unread. To do: ")
    assert "This is due soon · today" in held[0]
    assert ALERT_1.title in held[1]
    assert "New, with 7 actions to take · today" in held[1]
    qtbot.waitUntil(lambda: all("not shown yet" in row for row in rows(page)))
    page.list.setCurrentIndex(page.list.model().index(1, 0))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert workbench.checklist.title.text() == ALERT_1.title
    assert workbench.middle.currentWidget() is workbench.checklist
    assert workbench.side.places["inbox"].accessibleName() == "Inbox, 1"
    page = inbox(workbench)
    assert "kept here only" in rows(page)[1]
    assert page.read.isVisible()
    qtbot.mouseClick(page.read, Qt.MouseButton.LeftButton)
    assert not page.read.isVisible()
    assert workbench.side.places["inbox"].accessibleName() in {"Inbox", ""}


def test_an_empty_inbox_says_what_it_is_for(qtbot: QtBot, made: Made, bench: Bench) -> None:
    with made.store() as store:
        sources.set_setting(store, "notices", "no")
        with store.transaction():
            store.write("DELETE FROM change")
    page = inbox(bench())
    assert rows(page) == []
    assert page.note.text() == "Nothing was told yet. What changes or falls due is kept here."


def test_a_hostile_title_is_plain_words(qtbot: QtBot, made: Made, desk: Desk, bench: Bench) -> None:
    with made.store() as store, store.transaction():
        store.write("UPDATE revision SET title = '<img src=\"file:///etc/passwd\"><b>x</b>'")
    workbench = bench()
    page = inbox(workbench)
    assert '<img src="file:///etc/passwd"><b>x</b>' in rows(page)[0]


def _tell(made: Made, name: str, count: int) -> None:
    with made.store() as store, store.transaction():
        for number in range(count):
            title = Message(
                "notice-open-title",
                {
                    "title": f"{name} {number}",
                    "issuer": "Embassy",
                },
            )
            waiting = Waiting(0, title, Message("notice-new"), False, (1,), f"{name}:{number}")
            store_inbox.add(store, waiting, f"{name}:{number}", None, Fate.SHOWN, datetime.now(UTC))


def test_whoever_comes_back_sees_the_news(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    _tell(made, "old", 60)
    page = inbox(workbench)
    page.list.setCurrentIndex(page.list.model().index(50, 0))
    workbench.go("advisories")
    assert inbox(workbench).list.currentIndex().row() == 50
    workbench.go("advisories")
    _tell(made, "new", 60)
    page = inbox(workbench)
    assert page.list.currentIndex().row() <= 0
    assert page.list.verticalScrollBar().value() == 0

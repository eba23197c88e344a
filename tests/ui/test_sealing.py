"""An encrypted copy from one window to another: asked, written by another process, opened, kept."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core import sealed
from core.lists import read_own
from core.model import State
from core.store import checklists, incoming, trips
from core.store.trips import Plan
from tests.profiles import Made
from tests.ui.asking import answer
from tests.ui.conftest import Bench
from tests.ui.drawing import NOON, lines
from ui.desk import Desk
from ui.pages.found import FoundPage
from ui.widgets.new_passphrase import NewPassphrase
from ui.workbench import Workbench

PHRASE = "told by telephone"
WAIT_MS = 20_000


def question_of(qtbot: QtBot, workbench: Workbench) -> NewPassphrase:
    """The question for a passphrase, asked by its key."""
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_E, keys)
    sealing = workbench._giving.sealing
    assert sealing is not None
    assert sealing.question is not None
    return sealing.question


def sealed_by(qtbot: QtBot, workbench: Workbench, file: Path, name: str = "") -> None:
    question = question_of(qtbot, workbench)
    qtbot.keyClicks(question.your_name, name)
    qtbot.keyClicks(question.passphrase, PHRASE)
    qtbot.keyClicks(question.again, PHRASE)
    qtbot.keyClick(question.again, Qt.Key.Key_Return)
    answer(qtbot, workbench, file)


def drop(workbench: Workbench, file: Path) -> FoundPage:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    where = workbench.rect().center().toPointF()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    workbench.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, mime, buttons, keys))
    return workbench._pasting.page


def test_a_copy_is_written_and_a_colleague_opens_it(qtbot: QtBot, bench: Bench, desk: Desk, tmp_path: Path) -> None:
    workbench = bench()
    first, second, *_ = workbench.checklist.model.items()
    workbench.checklist.model.set_state(first.id, State.DONE)
    desk.set_note(second.id, "ask Ada")
    file = tmp_path / "out" / "copy.safeconduct"
    file.parent.mkdir()
    sealed_by(qtbot, workbench, tmp_path / "out" / "copy")
    qtbot.waitUntil(lambda: "by another way" in workbench.checklist.said.text(), timeout=WAIT_MS)
    assert "copy.safeconduct" in workbench.checklist.said.text()
    assert list(file.parent.iterdir()) == [file]  # nothing plain was ever beside it
    (held,) = read_own(sealed.opened(file.read_bytes(), PHRASE))
    assert [line.text for line in held.lines] == [one.text for one in desk.items(desk.lists()[0].id)]

    page = drop(workbench, file)
    qtbot.waitUntil(page.passphrase.isVisible, timeout=WAIT_MS)
    assert not page.keep.isVisible()
    assert page.passphrase.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(page.passphrase, "told by pigeon")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(page.fault.isVisible, timeout=WAIT_MS)
    assert "does not open" in page.fault.text()
    page.passphrase.clear()
    qtbot.keyClicks(page.passphrase, PHRASE)
    page.open.click()
    qtbot.waitUntil(page.keep.isVisible, timeout=WAIT_MS)
    assert not page.passphrase.isVisible()
    assert page.passphrase.text() == ""
    said = [one.text() for one in page.findChildren(QLabel)]
    assert f"☑  {first.text}" in said
    assert any("By the file's own word: From:" in one for one in said)
    before = desk.lists()
    page.keep.click()
    qtbot.waitUntil(lambda: len(desk.lists()) == len(before) + 1, timeout=WAIT_MS)
    (come,) = [one for one in desk.lists() if one not in before]
    qtbot.waitUntil(lambda: workbench._list == come.id)
    assert "does not follow its source" in workbench.checklist.about.text()
    assert "From:" in workbench.checklist.about.text()
    assert workbench.checklist.badge.accessibleName() == "Copy"
    kept, was = desk.items(come.id), desk.items(before[0].id)
    assert [(one.text, one.state, one.note) for one in kept] == [(one.text, one.state, one.note) for one in was]
    # The text came along: the words of an item are marked in it.
    workbench.checklist.list.select_row(0)
    workbench._item_chosen(kept[0])
    revision = desk.revision(kept[0].advisory_id or "")
    assert revision is not None
    marked = workbench.reading.reader.marked
    assert marked is not None
    assert revision.text.plain[marked[0] : marked[1]] == kept[0].text


def test_the_colleague_reads_who_has_done_an_item(
    qtbot: QtBot, bench: Bench, made: Made, desk: Desk, tmp_path: Path
) -> None:
    with made.store() as store:
        trip = trips.add(store, Plan("Baghdad", ("IQ",), None, None, ("Ana",)), NOON)
        checklists.set_people(store, made.items[0], {"": True}, NOON)
        checklists.set_state(store, [made.items[1]], State.DONE, NOON)
    workbench = bench()
    sealed_by(qtbot, workbench, tmp_path / "copy", "Mara")
    qtbot.waitUntil(lambda: "by another way" in workbench.checklist.said.text(), timeout=WAIT_MS)
    with made.store() as store:
        (come,) = incoming.keep(
            store, read_own(sealed.opened((tmp_path / "copy.safeconduct").read_bytes(), PHRASE)), NOON
        )
    workbench.open_list(come)
    model = workbench.checklist.model
    said = "\n".join(lines(model))
    assert "Mara done; You, Ana open" in said
    assert "Ana, Mara done; You open" in said
    aloud = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert sum("Mara" in words for words in aloud) == 2
    # Who travels alone reads it, too; and her own tick of another item says nothing of Mara.
    with made.store() as store:
        trips.archive(store, trip, NOON)
    workbench.refresh()
    said = "\n".join(lines(model))
    assert "You" not in said
    assert (said.count("Mara done"), said.count("Mara, Ana done")) == (1, 1)
    model.set_state(next(one.id for one in model.items() if not one.done_by), State.DONE)
    said = "\n".join(lines(model))
    assert (said.count("Mara"), said.count("Ana")) == (2, 1)
    assert "You" not in said


def test_a_passphrase_is_asked_twice_and_has_a_least_length(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    workbench = bench()
    question = question_of(qtbot, workbench)
    qtbot.waitUntil(question.isVisible)
    assert question.passphrase.hasFocus() or not question.isActiveWindow()
    qtbot.keyClicks(question.passphrase, "short")
    question.go_on.click()
    assert "8 characters" in question.fault.text()
    qtbot.keyClicks(question.passphrase, " no more")
    question.go_on.click()
    assert "differ" in question.fault.text()
    assert question.isVisible()
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    sealing = workbench._giving.sealing
    assert sealing is not None
    qtbot.waitUntil(lambda: sealing.question is None)


def test_a_folder_that_is_gone_is_said(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    workbench = bench()
    question_of(qtbot, workbench).reject()
    sealing = workbench._giving.sealing
    assert sealing is not None
    sealing._write(None, PHRASE, "", str(tmp_path / "gone" / "copy.safeconduct"))
    qtbot.waitUntil(workbench.checklist.refusal.isVisible, timeout=WAIT_MS)
    assert "could not be written" in workbench.checklist.refusal.text()
    assert not workbench.checklist.said.isVisible()


def test_a_damaged_copy_is_said_and_asks_for_nothing_more(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    workbench = bench()
    file = tmp_path / "copy.safeconduct"
    file.write_bytes(sealed.MAGIC + bytes(200))
    page = drop(workbench, file)
    qtbot.waitUntil(page.passphrase.isVisible, timeout=WAIT_MS)
    qtbot.keyClicks(page.passphrase, PHRASE)
    page.open.click()
    qtbot.waitUntil(lambda: "damaged or changed" in page.about.text(), timeout=WAIT_MS)
    assert not page.passphrase.isVisible()
    page.leave.click()
    assert workbench._pasting._copy == b""


@pytest.mark.parametrize("module", ["ui.sealing", "ui.pasting"])
def test_the_window_loads_no_cryptography_for_a_copy(module: str) -> None:
    code = f"import sys, {module}, core.sealed; assert core.sealed.is_sealed(core.sealed.MAGIC); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8", timeout=60)
    assert not {"cryptography", "_hashlib", "core.keys"} & set(done.stdout.split())

"""What is to do over all lists: sifted, put in order by hand, with files; in the real columns over a real store."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import private_copy
from core.model import State
from core.sieve import Wanted, What
from core.store import checklists, files, own_lists
from tests.profiles import Made
from tests.ui.asking import answer, dialog_of
from tests.ui.conftest import Bench
from tests.ui.drawing import lines
from ui.workbench import Workbench

ALT = Qt.KeyboardModifier.AltModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(workbench: Workbench) -> list[str]:
    return [item.text for item in workbench.checklist.model.items()]


def chips(workbench: Workbench) -> list[str]:
    return [chip.text() for chip in workbench._work.filtering.chips.values() if chip.isVisible()]


def select(workbench: Workbench, item_id: str) -> None:
    row = workbench.checklist.model.row_of(item_id)
    assert row is not None
    workbench.checklist.list.select_row(row)


@pytest.fixture
def mine(made: Made) -> str:
    """A list of her own beside the alert's, one of its items done."""
    with made.store() as store:
        name = own_lists.new_list(store, "Packing", datetime.now(UTC))
        (first, _) = own_lists.add_items(store, name, ["Water", "Torch"])
        checklists.set_state(store, [first.id, made.items[1]], State.DONE, datetime.now(UTC))
        checklists.set_state(store, [made.items[2]], State.NOT_APPLICABLE, datetime.now(UTC))
        return name


def test_chips_choose_what_is_shown_of_all_lists(qtbot: QtBot, bench: Bench, made: Made, mine: str) -> None:
    workbench = bench()
    assert workbench.checklist.title.text() == "To do"
    opened = shown(workbench)
    assert "Torch" in opened
    assert "Water" not in opened
    assert chips(workbench)[0] == f"Open {len(opened)}"
    assert chips(workbench)[-3:] == ["Done 2", "Not applicable 1", f"All {len(opened) + 3}"]
    filtering = workbench._work.filtering
    filtering.chips[What.DONE].click()
    assert "Water" in shown(workbench)
    assert len(shown(workbench)) == 2
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_T, CONTROL)
    assert QApplication.focusWidget() is filtering.chips[What.DONE]
    filtering.chips[What.ALL].click()
    assert len(shown(workbench)) == len(opened) + 3
    select(workbench, made.items[0])
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Space)
    assert filtering.chips[What.DONE].text() == "Done 3"
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Space)
    workbench.open_list(mine)
    assert not filtering.bar.isVisible()
    workbench.go("todo")
    assert filtering.bar.isVisible()
    assert filtering.wanted.what is What.ALL


def test_place_and_issuer_choose_too(qtbot: QtBot, bench: Bench, made: Made, mine: str) -> None:
    with made.store() as store, store.transaction():
        store.write("UPDATE revision SET countries = ?", '["IQ","JO"]')
    workbench = bench()
    filtering = workbench._work.filtering
    assert filtering.whose.text() == "Every place and issuer"
    filtering.ask_whose()
    assert filtering.menu is not None
    offered = {one.text(): one for one in filtering.menu.actions()}
    assert "Iraq" in offered
    offered["Iraq"].trigger()
    filtering.menu.close()
    assert filtering.wanted == Wanted(country="IQ")
    assert filtering.whose.text() == "Iraq"
    assert "Torch" not in shown(workbench)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_T, CONTROL | SHIFT)
    menu = filtering.menu
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()
    assert "Torch" in shown(workbench)


def test_what_is_shown_when_nothing_fits_is_said(qtbot: QtBot, bench: Bench, made: Made, mine: str) -> None:
    workbench = bench()
    workbench._work.filtering._choose(Wanted(What.DUE))
    assert "No item of your lists" in workbench.checklist.empty.text()
    assert not workbench.checklist.empty_act.isVisible()


def test_alt_and_arrows_move_an_item_within_its_group_and_ctrl_z_moves_it_back(
    qtbot: QtBot, bench: Bench, made: Made
) -> None:
    workbench = bench()
    view, model = workbench.checklist.list, workbench.checklist.model
    before = lines(model)
    group = max((model.group_of(name) for name in made.items), key=len)
    assert len(group) > 2
    select(workbench, group[2])
    qtbot.keyClick(view, Qt.Key.Key_Up, ALT)
    assert model.group_of(group[2]) == [group[0], group[2], group[1], *group[3:]]
    current = view.current_item()
    assert current is not None
    assert current.id == group[2]
    qtbot.keyClick(view, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(view, Qt.Key.Key_Up, ALT)  # it is the first already
    assert model.group_of(group[2])[:2] == [group[2], group[0]]
    with made.store() as store:
        kept = [item.id for item in checklists.items(store)]
    assert kept.index(group[2]) < kept.index(group[0])
    qtbot.keyClick(view, Qt.Key.Key_Down, ALT)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Z, CONTROL)
    assert lines(model) == before
    assert "moved" in workbench.checklist.said.text()


def test_an_item_is_dragged_within_its_group_and_not_out_of_it(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    view, model = workbench.checklist.list, workbench.checklist.model
    group = max((model.group_of(name) for name in made.items), key=len)
    select(workbench, group[0])
    before = lines(model)

    def drop(target: str, *, below: bool) -> None:
        mime = model.mimeData([view.currentIndex()])
        row = view.visualRect(model.index(model.row_of(target) or 0))
        at = QPoint(row.center().x(), row.bottom() if below else row.top() + 1)
        buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        move = Qt.DropAction.MoveAction
        for kind in (QDragEnterEvent, QDragMoveEvent):
            QApplication.sendEvent(view.viewport(), kind(at, move, mime, buttons, none))
        QApplication.sendEvent(view.viewport(), QDropEvent(at, move, mime, buttons, none))

    drop(group[-1], below=True)
    assert model.group_of(group[0])[-1] == group[0]
    assert len(model.items()) == len(made.items)
    qtbot.keyClick(view, Qt.Key.Key_Z, CONTROL)
    assert lines(model) == before
    select(workbench, group[0])
    other = next(name for name in made.items if name not in group and model.row_of(name) != 0)
    drop(other, below=False)
    assert lines(model) == before
    with made.store() as store:
        assert {item.state for item in checklists.items(store)} == {State.OPEN}


def test_a_file_is_attached_opened_exported_and_removed(
    qtbot: QtBot, bench: Bench, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    (tmp_path / "run").mkdir()
    file = tmp_path / "Visa & papers.pdf"
    file.write_bytes(b"of the tests")
    opened: list[Path] = []

    def show(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    workbench = bench()
    view, model = workbench.checklist.list, workbench.checklist.model
    first = made.items[0]
    select(workbench, first)
    qtbot.keyClick(view, Qt.Key.Key_A, SHIFT)
    assert "No file" in workbench.checklist.said.text()
    qtbot.keyClick(view, Qt.Key.Key_A)
    answer(qtbot, workbench, file)
    qtbot.waitUntil(lambda: any("1 file" in line for line in lines(model)))
    qtbot.keyClick(view, Qt.Key.Key_A, SHIFT)
    filing = workbench._work.filing
    menu = filing.menu
    assert menu is not None
    menu.close()
    offered = [one.text() for one in menu.actions()]
    assert offered == ["Open Visa && papers.pdf (1 kB)", "Export Visa && papers.pdf", "Remove Visa && papers.pdf"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].read_bytes() == b"of the tests"
    assert opened[0].name == file.name
    if os.name == "posix":
        assert stat.S_IMODE(opened[0].stat().st_mode) == 0o600
        assert stat.S_IMODE(opened[0].parent.stat().st_mode) == 0o700
    qtbot.waitUntil(lambda: filing._work is None)
    menu.actions()[1].trigger()
    assert [one for one in dialog_of(qtbot, workbench).selectedFiles() if Path(one).name == file.name]
    answer(qtbot, workbench, tmp_path / "out.pdf")
    qtbot.waitUntil(lambda: "not encrypted there" in workbench.checklist.said.text())
    assert (tmp_path / "out.pdf").read_bytes() == b"of the tests"
    menu.actions()[2].trigger()
    assert not any("1 file" in line for line in lines(model))
    workbench.activateWindow()  # offscreen a menu that was closed stays the active window
    qtbot.waitUntil(lambda: QApplication.activeWindow() is workbench)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Z, CONTROL)
    assert "file removed" in workbench.checklist.said.text()
    assert any("1 file" in line for line in lines(model))
    with made.store() as store:
        assert [one.name for one in files.attached(store, [first])] == [file.name]
    workbench.close_all()
    assert not opened[0].exists()
    assert list((tmp_path / "run").iterdir()) == []


def test_a_file_that_is_too_large_or_gone_is_said(qtbot: QtBot, bench: Bench, made: Made, tmp_path: Path) -> None:
    workbench = bench()
    item = workbench.checklist.model.items()[0]
    filing = workbench._work.filing
    filing.attach_file(item, str(tmp_path / "nothing"))
    qtbot.waitUntil(lambda: "Nothing was changed" in workbench.checklist.said.text())
    large = tmp_path / "film.mp4"
    large.write_bytes(bytes(files.MAX_BYTES + 1))
    filing.attach_file(item, str(large))
    qtbot.waitUntil(lambda: "larger than 10 MB" in workbench.checklist.said.text())
    assert filing.has(item) == 0


@pytest.mark.skipif(os.name != "posix", reason="process ids as POSIX has them")
def test_copies_that_a_killed_process_left_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    left, held = tmp_path / "safeconduct-open-4194399-x", tmp_path / f"safeconduct-open-{os.getppid()}-x"
    for folder in (left, held):
        folder.mkdir()
        (folder / "visa.pdf").write_bytes(b"x")
    mine = private_copy.lay_open("visa.pdf", b"x")
    private_copy.remove_all()
    assert not left.exists()
    assert not mine.parent.exists()
    assert held.exists()

"""Printing, writing and taking in files, from the real window over a real profile."""

import json
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.model import State
from tests.ui.asking import answer, dialog_of
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.paper.preview import TEXT, Preview
from ui.workbench import Workbench


def preview_of(qtbot: QtBot, workbench: Workbench) -> Preview:
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = workbench._giving.preview
    assert preview is not None
    qtbot.waitUntil(preview.isActiveWindow)
    assert preview.views
    return preview


def words_of(file: Path) -> str:
    done = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True)
    return " ".join(done.stdout.decode().split())


def test_the_open_items_become_a_pdf_of_one_page(qtbot: QtBot, bench: Bench, desk: Desk, tmp_path: Path) -> None:
    workbench = bench()
    first, second, *_ = workbench.checklist.model.items()
    workbench.checklist.model.set_state(first.id, State.DONE)
    desk.set_note(second.id, "ask Ada")
    preview = preview_of(qtbot, workbench)
    assert preview.tabs.count() == 2
    assert "not encrypted" in preview.told.text()
    qtbot.keyClick(preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    answer(qtbot, preview, tmp_path / "card")
    qtbot.waitUntil(lambda: "card.pdf" in workbench.checklist.said.text())
    words = words_of(tmp_path / "card.pdf")
    assert "ask Ada" in words
    assert "Embassy" in words
    assert first.text not in words
    assert (tmp_path / "card.pdf").stat().st_mode & 0o777 == 0o600
    qtbot.waitUntil(lambda: workbench._giving.preview is None)


def test_the_whole_text_is_shown_page_by_page_and_saved(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    workbench = bench()
    preview = preview_of(qtbot, workbench)
    preview.tabs.setCurrentIndex(TEXT)
    qtbot.waitUntil(lambda: preview.save.isEnabled())
    preview.save.click()
    answer(qtbot, preview, tmp_path / "text.pdf")
    qtbot.waitUntil((tmp_path / "text.pdf").exists)
    qtbot.waitUntil(lambda: workbench._giving.preview is None)
    held = workbench._desk.lists()[0].advisory_id
    assert held is not None
    revision = workbench._desk.revision(held)
    assert revision is not None
    assert revision.text.plain.split("\n")[0] in words_of(tmp_path / "text.pdf")


def test_a_pdf_that_cannot_be_written_says_so_and_stays_open(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    workbench = bench()
    preview = preview_of(qtbot, workbench)
    preview._save(str(tmp_path / "gone" / "card.pdf"))
    qtbot.waitUntil(preview.fault.isVisible)
    assert "could not be written" in preview.fault.text()
    assert preview.save.isEnabled()
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: workbench._giving.preview is None)


def test_the_preview_fits_a_narrow_window_and_says_what_it_shows(qtbot: QtBot, bench: Bench) -> None:
    preview = preview_of(qtbot, bench())
    preview.resize(360, 700)
    qtbot.waitUntil(lambda: preview.width() == 360)
    for one in (preview.save, preview.leave, *preview.views):
        assert one.mapTo(preview, QPoint(one.width(), 0)).x() <= 360
    assert preview.views[0].accessibleName() == "Page 1 of 1"
    preview.close()


def test_one_menu_has_every_act_of_a_list_and_names_its_keys(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    giving = [["Print or save as PDF…", "Ctrl+P"], ["Encrypted copy…", "Ctrl+Shift+E"], ["Write to a file…", "Ctrl+E"]]
    workbench.checklist.acts.click()
    menu = workbench._work.listing.menu
    assert menu is not None
    assert [one.text().split("\t") for one in menu.actions()] == [
        ["Rename", "Shift+F2"],
        ["Copy as a list of your own", "Ctrl+D"],
        ["Archive", "Ctrl+Shift+A"],
        [""],
        *giving,
    ]
    menu.close()
    workbench.go("todo")
    assert workbench.checklist.acts.text() == "All lists…"
    workbench.checklist.acts.click()
    menu = workbench._work.listing.menu
    assert menu is not None
    assert [one.text().split("\t") for one in menu.actions()] == giving
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: workbench._giving.preview is not None)


@pytest.mark.parametrize(("kind", "ending"), [(0, "md"), (1, "csv"), (2, "json"), (3, "ics")])
def test_a_list_goes_out_and_comes_in_by_a_drop_with_every_tick(
    qtbot: QtBot, bench: Bench, desk: Desk, tmp_path: Path, kind: int, ending: str
) -> None:
    workbench = bench()
    first, second, third, *_ = workbench.checklist.model.items()
    workbench.checklist.model.set_state(first.id, State.DONE)
    workbench.checklist.model.set_state(third.id, State.NOT_APPLICABLE)
    desk.set_note(second.id, "ask Ada\nor Bob")
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(qtbot, workbench)
    dialog.selectNameFilter(dialog.nameFilters()[kind])
    dialog.filterSelected.emit(dialog.nameFilters()[kind])
    file = tmp_path / f"list.{ending}"
    answer(qtbot, workbench, tmp_path / "list")
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: f"list.{ending}" in workbench.checklist.said.text())

    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    where = workbench.rect().center().toPointF()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    workbench.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, mime, buttons, keys))
    page = workbench._pasting.page
    qtbot.waitUntil(page.keep.isVisible, timeout=20_000)
    before = desk.lists()
    assert page.keep.text() == "Keep the checklist"
    assert "Nothing is kept yet" in page.about.text()
    said = [one.text() for one in page.findChildren(QLabel)]
    assert f"☑  {first.text}" in said
    assert any("ask Ada" in one for one in said)
    page.keep.click()
    qtbot.waitUntil(lambda: len(desk.lists()) == len(before) + 1, timeout=20_000)
    (come,) = [one for one in desk.lists() if one not in before]
    qtbot.waitUntil(lambda: workbench._list == come.id)
    kept, was = desk.items(come.id), desk.items(before[0].id)
    assert [(one.text, one.state, one.note) for one in kept] == [(one.text, one.state, one.note) for one in was]
    assert {one.state for one in kept} == set(State)


def test_all_lists_go_into_one_file_from_to_do(qtbot: QtBot, bench: Bench, desk: Desk, tmp_path: Path) -> None:
    workbench = bench()
    bundled = workbench._offered.lists[0]
    workbench._list_chosen(bundled.id)
    qtbot.waitUntil(lambda: len(desk.lists()) == 2)
    workbench.go("todo")
    workbench._giving.export()
    answer(qtbot, workbench, tmp_path / "all.json")
    qtbot.waitUntil((tmp_path / "all.json").exists)
    qtbot.waitUntil(lambda: bool(workbench.checklist.said.text()))
    held = json.loads((tmp_path / "all.json").read_bytes())
    assert [one["title"] for one in held["lists"]] == [one.title for one in desk.lists()]
    assert any(one["attribution"] for one in held["lists"])


def test_a_file_is_taken_in_from_the_menu(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    workbench = bench()
    file = tmp_path / "mine.md"
    file.write_text("# Mine\n- [ ] Buy water\n- [x] Charge the radio\n")
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    answer(qtbot, workbench, file)
    page = workbench._pasting.page
    qtbot.waitUntil(page.keep.isVisible, timeout=20_000)
    assert "2 items" in page.about.text()


def test_a_folder_that_is_gone_is_said(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    workbench = bench()
    workbench._giving._write(str(tmp_path / "gone" / "list.md"))
    qtbot.waitUntil(workbench.checklist.refusal.isVisible)
    assert "could not be written" in workbench.checklist.refusal.text()
    workbench._giving._write(str(tmp_path / "list.docx"))
    qtbot.waitUntil(lambda: "format" in workbench.checklist.refusal.text())

"""Lists in the window: a new one, its items edited in place, its name, a copy, the archive, and what items refer to."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.model import Checklist, ListKind, State
from core.store import checklists
from tests.profiles import Made, publish
from tests.texts import ALERT_1
from tests.ui.asking import answer
from tests.ui.conftest import Bench
from tests.ui.drawing import click_row, lines
from ui.widgets.row_editor import RowEditor
from ui.workbench import Workbench

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def kept(made: Made) -> list[Checklist]:
    """The lists as they are on the disk."""
    with made.store() as store:
        return checklists.all_lists(store)


def texts(made: Made, name: str) -> list[str]:
    with made.store() as store:
        return [item.text for item in checklists.items(store, name)]


def own(made: Made) -> Checklist:
    (found,) = [one for one in kept(made) if one.kind is ListKind.OWN]
    return found


def begin(qtbot: QtBot, workbench: Workbench, *items: str, name: str = "Packing") -> None:
    """An own list by keys: Ctrl+N, its name, its items."""
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_N, CONTROL)
    field = workbench._work.listing.name
    assert QApplication.focusWidget() is field
    qtbot.keyClicks(field, name)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    for item in items:
        assert QApplication.focusWidget() is workbench._work.listing.adding
        qtbot.keyClicks(workbench._work.listing.adding, item)
        qtbot.keyClick(workbench._work.listing.adding, Qt.Key.Key_Return)


def act(workbench: Workbench, words: str) -> None:
    """What the menu that is open offers under these words."""
    menu = workbench._work.listing.menu
    assert menu is not None
    (entry,) = [one for one in menu.actions() if one.text().split("\t")[0] == words]
    entry.trigger()
    menu.close()


def test_a_list_of_ones_own_is_made_and_edited_with_keys_alone(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    begin(qtbot, workbench, "Water", "Torch", "Cash")
    held = own(made)
    assert held.title == workbench.checklist.title.text() == "Packing"
    assert texts(made, held.id) == ["Water", "Torch", "Cash"]
    view = workbench.checklist.list
    qtbot.keyClick(workbench._work.listing.adding, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is view
    view.select_row(workbench.checklist.model.row_of(workbench.checklist.model.items()[1].id) or 0)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    (editor,) = [one for one in workbench.checklist.findChildren(RowEditor) if one.isVisible()]
    field = editor.focusProxy()
    qtbot.keyClicks(field, " and batteries")
    qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert texts(made, held.id) == ["Water", "Torch and batteries", "Cash"]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert texts(made, held.id) == ["Water", "Cash"]
    current = view.current_item()
    assert current is not None
    assert current.text == "Cash"
    qtbot.keyClick(view, Qt.Key.Key_Z, CONTROL)
    assert texts(made, held.id) == ["Water", "Torch and batteries", "Cash"]
    assert own(made).done == 1
    assert "removed" in workbench.checklist.said.text()
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Z, CONTROL)
    assert texts(made, held.id) == ["Water", "Torch", "Cash"]
    assert own(made).done == 0


def test_an_empty_list_that_is_taken_back_leads_to_what_is_to_do(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    begin(qtbot, workbench)
    for _ in range(2):  # its name, itself
        qtbot.keyClick(workbench.checklist, Qt.Key.Key_Z, CONTROL)
    assert len(kept(made)) == 1
    assert workbench.checklist.title.text() == "To do"
    assert "list made" in workbench.checklist.said.text()


def test_new_list_offers_every_beginning(qtbot: QtBot, bench: Bench, made: Made, tmp_path: Path) -> None:
    workbench = bench()
    qtbot.mouseClick(workbench.side.new_list, Qt.MouseButton.LeftButton)
    menu = workbench._work.listing.menu
    assert menu is not None
    offered = [one.text().split("\t")[0] for one in menu.actions()]
    assert offered[:3] == ["An empty list", "From an advisory", "From a file"]
    bundled = workbench._offered.lists[0]
    assert bundled.title in offered
    act(workbench, "From an advisory")
    assert workbench.middle.currentWidget() is workbench.looking.advisories
    workbench._work.listing.ask_new()
    act(workbench, bundled.title)
    qtbot.waitUntil(lambda: workbench.checklist.title.text() == bundled.title)
    file = tmp_path / "list.json"
    shape = {"kind": "safeconduct-checklist", "format": 1, "title": "Car", "items": [{"text": "Fuel", "state": "done"}]}
    file.write_text(json.dumps(shape), encoding="utf-8")
    workbench._work.listing.ask_new()
    act(workbench, "From a file")
    answer(qtbot, workbench, file)
    qtbot.waitUntil(workbench._pasting.page.keep.isVisible, timeout=30_000)
    assert len([one for one in kept(made) if one.kind is ListKind.OWN]) == 0  # looked at first
    workbench._pasting.page.keep.click()
    qtbot.waitUntil(lambda: workbench.checklist.title.text() == "Car", timeout=30_000)
    assert lines(workbench.checklist.model)[-1].startswith("☑ Fuel")


def test_every_list_is_renamed_copied_archived_and_shown_again(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    view = workbench.checklist.list
    title = workbench.checklist.title.text()
    workbench.checklist.acts.click()
    act(workbench, "Rename")
    field = workbench._work.listing.name
    assert field.text() == title
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert workbench.checklist.title.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_F2, SHIFT)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    with made.store() as store:
        assert store.row("SELECT named FROM checklist") == (None,)  # nothing was changed
    qtbot.keyClick(view, Qt.Key.Key_F2, SHIFT)
    qtbot.keyClicks(field, "Leaving")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert workbench.checklist.title.text() == kept(made)[0].title == "Leaving"
    qtbot.keyClick(view, Qt.Key.Key_Z, CONTROL)
    assert workbench.checklist.title.text() == title
    followed = kept(made)[0].id
    qtbot.keyClick(view, Qt.Key.Key_D, CONTROL)
    assert workbench.checklist.title.text() == f"Copy of {title}"
    assert texts(made, own(made).id) == texts(made, followed)
    qtbot.keyClick(view, Qt.Key.Key_A, CONTROL | SHIFT)
    assert [one.title for one in kept(made) if one.archived] == [f"Copy of {title}"]
    assert "Archived" in workbench.checklist.about.text()
    assert not workbench._work.listing.adding.isVisible()
    copy = own(made).id
    assert copy in workbench.side._lists  # as long as it is the one that is shown
    workbench.open_list(followed)
    assert copy not in workbench.side._lists
    assert workbench.side.archived.text() == "Show 1 archived list"
    qtbot.mouseClick(workbench.side.archived, Qt.MouseButton.LeftButton)
    workbench.side._lists[copy].click()
    workbench.checklist.acts.click()
    act(workbench, "Show among the lists again")
    assert not [one for one in kept(made) if one.archived]
    assert not workbench.side.archived.isVisible()


def test_an_issuers_words_stay_as_they_are(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    view = workbench.checklist.list
    before = texts(made, kept(made)[0].id)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
        qtbot.keyClick(view, key)
        assert workbench.checklist.refusal.isVisible()
        workbench.refresh()
    qtbot.keyClick(view, Qt.Key.Key_Insert)
    assert QApplication.focusWidget() is view
    assert texts(made, kept(made)[0].id) == before


def _refer(made: Made, *names: str) -> None:
    with made.store() as store, store.transaction():
        for item, name in zip(made.items, names, strict=False):
            store.write("UPDATE item SET refers_to = ? WHERE id = ?", name, item)


def test_an_item_offers_the_advisory_or_the_list_that_it_refers_to(qtbot: QtBot, bench: Bench, made: Made) -> None:
    other = ALERT_1._replace(title="Other advice", link="https://www.example.org/other/")
    publish(made, ALERT_1._replace(pub_date=other.pub_date), other)
    _refer(made, "safeconduct:personal-security-plan", "http://example.org/other#top", "https://example.org/unknown")
    workbench = bench()
    view, model = workbench.checklist.list, workbench.checklist.model
    qtbot.waitUntil(lambda: len(model._references) >= 2)
    words = [model._references.get(name, "") for name in made.items[:3]]
    assert words[0].startswith("Start the list “Personal security plan” (")
    assert words[1:] == ["Open “Other advice”", ""]
    row = model.row_of(made.items[1])
    assert row is not None
    view.select_row(row)
    qtbot.keyClick(view, Qt.Key.Key_O)
    assert workbench.reading.title.text() == "Other advice"
    assert workbench.checklist.isVisible()
    row = model.row_of(made.items[0])
    assert row is not None
    workbench.refresh()
    view.grab()
    place = view._painter._references[made.items[0]].translated(0, view.visualRect(model.index(row)).top()).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    qtbot.waitUntil(lambda: workbench.checklist.title.text() == "Personal security plan")
    with made.store() as store:
        assert checklists.items_by_id(store, [made.items[0]])[0].state is State.OPEN  # the click ticked nothing
    click_row(qtbot, view, 1)
    workbench.open_list(next(one.id for one in kept(made) if one.kind is ListKind.FOLLOWS))
    assert model._references[made.items[0]].startswith("List “Personal security plan”: 1 of ")
    assert "List “Personal security plan”" in str(
        model.data(model.index(model.row_of(made.items[0]) or 0), Qt.ItemDataRole.AccessibleTextRole)
    )


def test_a_list_of_ones_own_has_no_heading_where_one_would_stand_over_all(
    qtbot: QtBot, bench: Bench, made: Made
) -> None:
    workbench = bench()
    begin(qtbot, workbench, "Water", "Torch")
    assert lines(workbench.checklist.model) == ["☐ Water", "☐ Torch"]


def test_an_issuers_words_ask_for_a_list_that_came_with_the_program(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    model = workbench.checklist.model
    qtbot.waitUntil(lambda: bool(model._references))
    (name,) = model._references
    (item,) = [one for one in model.items() if one.id == name]
    assert "security plan" in item.text
    row = model.row_of(name)
    assert row is not None
    workbench.checklist.list.select_row(row)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: workbench.checklist.title.text() == "Personal security plan")
    assert "safeconduct:personal-security-plan" in [one.id for one in kept(made)]

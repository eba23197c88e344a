"""Going through what the source changed in a list, by keyboard and by mouse, and taking back what was done."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core import saving
from core.differences import Part
from core.model import Item, Level, Standing, State
from core.review import Moved, News
from core.store import advisories
from tests.profiles import Made, publish
from tests.texts import ADDED, ALERT_1, ALERT_1_ACTIONS, ALERT_2, DROPPED, REWORDED
from tests.ui.conftest import Bench
from tests.ui.drawing import colours, eventually, lines, shown
from ui import theme
from ui.pages.review import Parts, ReviewPage
from ui.reviewing import steps
from ui.workbench import Workbench

BEFORE, AFTER = REWORDED
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def review(qtbot: QtBot, workbench: Workbench) -> ReviewPage:
    """The review, as Ctrl+R opens it from a list."""
    qtbot.keyClick(workbench, Qt.Key.Key_R, CONTROL)
    page = workbench.middle.currentWidget()
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(page.isVisible)
    return page


def press(qtbot: QtBot, key: Qt.Key | str, *, control: bool = False, shift: bool = False) -> None:
    """A key where the focus is."""
    held = QApplication.focusWidget()
    assert held is not None
    modifier = (CONTROL if control else Qt.KeyboardModifier.NoModifier) | (
        SHIFT if shift else Qt.KeyboardModifier.NoModifier
    )
    qtbot.keyClick(held, key, modifier)


def in_view(page: ReviewPage) -> list[str]:
    """The change in view: its place, its chip, its question, both wordings with their marks, and its acts."""
    signs = {Part.SAME: "{}", Part.CAME: "«{}»", Part.WENT: "‹{}›"}
    said = [
        " ".join(signs[part].format(words.strip()) for part, words in side.words._parts)
        for side in (page.before, page.after)
        if not side.isHidden()
    ]
    acts = [one.text() for one in page.acts]
    return [page.about.text(), page.badge.accessibleName(), page.question.text(), *said, *acts]


def the_item(workbench: Workbench, text: str) -> Item:
    """An item of the list by its words."""
    return next(one for one in workbench._desk.items(None) if one.text == text)


def test_one_change_after_another_by_keyboard_to_the_end(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    assert workbench._reviewing is None  # made when it is first wanted
    workbench.checklist.model.set_state(the_item(workbench, BEFORE).id, State.DONE)
    publish(made, ALERT_2)
    workbench.refresh()
    page = review(qtbot, workbench)
    assert in_view(page) == [
        "1 of 4 · 4 left to look at.",
        "Reworded: important",
        "It now asks for something else. You did this before it was reworded. Is it still done?",
        "Leave Iraq by commercial transport within ‹24› hours if you can ‹do so› safely.",
        "Leave Iraq by commercial transport within «12» hours if you can «reach the airport» safely.",
        "Still done",
        "Do it again",
    ]
    assert page.line.text().startswith("Done today")
    assert workbench.reading.reader.marked_words() == AFTER
    assert page.acts[0].hasFocus()
    press(qtbot, "d")
    again = the_item(workbench, AFTER)
    assert (again.state, again.standing) == (State.OPEN, Standing.CURRENT)
    assert in_view(page)[:4] == ["2 of 4 · 3 left to look at.", "New", "This action is new.", f"«{ADDED}»"]
    press(qtbot, Qt.Key.Key_Return)
    assert the_item(workbench, ADDED).standing is Standing.CURRENT
    assert in_view(page)[1:] == [
        "No longer listed",
        "The source no longer lists this action.",
        f"‹{DROPPED}›",
        "Keep it below",
        "Hide it",
    ]
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)  # what has the focus is meant, not the first act
    assert all(one.text != DROPPED for one in workbench._desk.items(None))
    assert in_view(page)[1:3] == ["The advisory itself", "Its text has changed."]
    press(qtbot, "u")
    assert page.title.text() == "All looked at"
    assert page.about.text() == "To be done again (1) · Understood (2) · Hidden (1)"
    press(qtbot, Qt.Key.Key_Escape)
    assert workbench.middle.currentWidget() is workbench.checklist
    assert not workbench.checklist.banner.isVisible()
    assert not any("[" in line for line in lines(workbench.checklist.model))


@pytest.mark.parametrize("size", [(1280, 800), (360, 500)], ids=["wide", "narrow"])
def test_what_can_be_said_of_a_change_stands_right_below_it(
    qtbot: QtBot, made: Made, bench: Bench, size: tuple[int, int]
) -> None:
    publish(made, ALERT_2)
    workbench = bench(*size)
    workbench.open_list(workbench._desk.every_list()[0].id)
    page = review(qtbot, workbench)

    def gap() -> int:
        """From the end of what is shown of the change to its first button."""
        last = next(one for one in (page.line, page.after) if one.isVisible())
        end = last.mapTo(page, QPoint(0, last.height())).y()
        return page.acts[0].mapTo(page, QPoint(0, 0)).y() - end

    qtbot.waitUntil(lambda: gap() < 40)
    for button in (*page.acts, page.next):
        place = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
        assert page.rect().contains(place)


def test_words_that_stand_elsewhere_now_are_shown_there(made: Made, bench: Bench) -> None:
    workbench = bench()
    whole, part = "Keep water for three days and a radio at hand.", "Keep a radio at hand."
    held = workbench._desk.items(None)[0]
    gone = replace(held, id="gone", text=part, standing=Standing.WITHDRAWN)
    new = replace(held, id="new", text=part, standing=Standing.NEW)
    moved = {"gone": Moved(now_in=whole), "new": Moved(split_from=whole)}
    split, merged = steps(News((gone, new), moved=moved), datetime.now(UTC))
    assert (split.chip, said(split.before), said(split.after)) == ("Split off from an earlier action", whole, part)
    assert (merged.chip, said(merged.before), said(merged.after)) == ("Now part of another action", part, whole)
    assert [act.words for act in merged.acts] == ["Keep it below", "Hide it"]
    assert not any("no longer lists" in one.question or "is new" in one.question for one in (split, merged))


def said(parts: Parts) -> str:
    """A side without its marks."""
    return "".join(words for _, words in parts).rstrip()


def test_what_is_said_of_an_undo_moves_no_button(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    publish(made, ALERT_2)
    workbench.refresh()
    page = review(qtbot, workbench)
    qtbot.keyClick(page, Qt.Key.Key_N)
    step = page.step()
    assert step is not None
    workbench.resize(1280, 420)  # where the cards take what room there is

    def places() -> list[QPoint]:
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        return [one.mapTo(page, QPoint()) for one in (page.acts[0], page.previous, page.undo, page.keys)]

    quiet = places()
    page.say("Undone: change accepted (“Leave Iraq”).", step.key)
    assert page.said.isVisible()
    assert places() == quiet
    page.refuse("There is nothing to undo.")
    assert places() == quiet
    assert not page.said.isVisible()
    page.say("Undone: change accepted (“Leave Iraq”).", step.key)
    assert not page.refusal.isVisible()


def test_going_on_and_back_decides_nothing(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = review(qtbot, workbench)
    first = in_view(page)
    for _ in range(4):
        press(qtbot, "n")
    assert page.title.text() == "The end of the changes"
    assert page.about.text() == "4 left to look at."
    assert not page.next.isEnabled()
    for _ in range(4):
        press(qtbot, "p")
    assert in_view(page) == first
    assert not page.previous.isEnabled()
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.previous, Qt.MouseButton.LeftButton)
    assert in_view(page) == first
    qtbot.mouseClick(page.leave, Qt.MouseButton.LeftButton)
    assert workbench.checklist.banner.isVisible()


def test_what_was_decided_is_taken_back_where_it_was(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = review(qtbot, workbench)
    assert not page.undo.isEnabled()
    first = in_view(page)
    press(qtbot, "a")
    assert the_item(workbench, AFTER).standing is Standing.CURRENT
    qtbot.mouseClick(page.undo, Qt.MouseButton.LeftButton)
    assert in_view(page) == first
    assert page.said.text().startswith("Undone: change accepted (“Leave Iraq by")
    assert the_item(workbench, AFTER).was == BEFORE
    press(qtbot, Qt.Key.Key_Z, control=True, shift=True)
    assert the_item(workbench, AFTER).standing is Standing.CURRENT
    assert page.said.text().startswith("Done again: change accepted")
    press(qtbot, Qt.Key.Key_Z, control=True)
    workbench._led().look_at_all()
    assert page.title.text() == "All looked at"
    press(qtbot, Qt.Key.Key_Z, control=True)
    assert page.about.text().endswith("4 left to look at.")


def test_all_of_them_at_once(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = review(qtbot, workbench)
    qtbot.mouseClick(page.everything, Qt.MouseButton.LeftButton)
    assert page.title.text() == "All looked at"
    assert page.about.text() == "Looked at (4)"
    (button,) = page.acts
    assert button.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert not workbench.checklist.banner.isVisible()
    assert lines(workbench.checklist.model)[-1].startswith(f"☐ {DROPPED} [No longer listed]")


def test_level_and_status_come_first_side_by_side_and_lead_to_the_text(qtbot: QtBot, made: Made, bench: Bench) -> None:
    now = datetime.now(UTC)
    with made.store() as store:
        (held,) = advisories.kept(store)
        for value, words in ((3, "Reconsider travel"), (4, "Do not travel")):
            state = held.newest._replace(level=Level(value, words, "ours"), status=("borders-closed",))
            saving.save_revision(store, state, (), now, first_look=False)
    workbench = bench()
    assert "The level is now “Do not travel”." in workbench.checklist.banner_words.text()
    (checklist,) = workbench._desk.lists()
    assert workbench.side._rows.held[checklist.id].accessibleName().endswith("· 1 to look at")
    page = review(qtbot, workbench)
    assert in_view(page)[:2] == ["1 of 1 · 1 left to look at.", "The advisory itself"]
    assert "Now: borders closed" in page.question.text()
    assert in_view(page)[3:5] == ["‹No level› ‹Departure of staff ordered.›", "«Do not travel» «Borders closed.»"]
    assert workbench.reading.reader.marked_words() == ""
    press(qtbot, "t")
    eventually(qtbot, lambda: workbench.reading.changes and "revision 3" in workbench.reading.changes.head.text())
    press(qtbot, "u")
    assert page.title.text() == "All looked at"


def test_an_undo_of_several_says_how_many(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = review(qtbot, workbench)
    page.everything.click()
    press(qtbot, Qt.Key.Key_Z, control=True)
    assert page.said.text().startswith("Undone: looked at (“")
    assert page.said.text().endswith("” and 2 more).")


def test_news_that_come_meanwhile_join_the_review(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = review(qtbot, workbench)
    press(qtbot, "a")
    publish(made, ALERT_1)  # the issuer takes it all back
    with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
        press(qtbot, Qt.Key.Key_F5)
    assert page.isVisible()
    held = the_item(workbench, BEFORE)
    assert (held.standing, held.was) == (Standing.REWORDED, AFTER)
    keys = [one.key for one in page._steps if not one.outcome]
    assert held.id in keys
    assert all(one.key != held.id or not one.outcome for one in page._steps)
    assert workbench.reading.reader.toPlainText().count(BEFORE) == 1


def test_a_store_that_is_busy_refuses_with_a_sentence(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = review(qtbot, workbench)
    before = in_view(page)
    with made.store() as other, other.transaction():
        press(qtbot, "a")
        assert page.refusal.text().startswith("Something else is writing to the profile.")
        press(qtbot, Qt.Key.Key_Z, control=True)
        assert page.refusal.isVisible()
    assert in_view(page) == before
    press(qtbot, "a")
    assert in_view(page) != before


def test_both_sides_stand_one_above_the_other_where_it_is_narrow(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench(360, 720)
    page = review(qtbot, workbench)
    qtbot.waitUntil(lambda: page.after.y() > page.before.y())
    words = page.before.words
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    workbench.resize(1280, 800)
    qtbot.waitUntil(lambda: page.after.x() > page.before.x())
    assert colours(shown(page.after))[theme.tokens().mark]


def test_the_last_tick_is_undone_and_done_again_where_it_was(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    leave, papers = ALERT_1_ACTIONS[0], ALERT_1_ACTIONS[2]
    for text in (leave, papers):
        workbench.checklist.model.set_state(the_item(workbench, text).id, State.DONE)
    press(qtbot, Qt.Key.Key_Z, control=True)
    assert the_item(workbench, papers).state is State.OPEN
    assert workbench.checklist.said.text() == f"Undone: ticked (“{papers[:59].rstrip()}…”)."
    held = workbench.checklist.list.current_item()
    assert held is not None
    assert held.text == papers
    assert workbench.checklist.ring.accessibleName() == "1 of 7 done"
    workbench.go("advisories")
    press(qtbot, Qt.Key.Key_Z, control=True)  # from anywhere; it is shown where it happened
    assert workbench.checklist.title.text() == ALERT_1.title
    assert the_item(workbench, leave).state is State.OPEN
    press(qtbot, Qt.Key.Key_Z, control=True)
    assert workbench.checklist.refusal.text() == "There is nothing to undo."
    press(qtbot, Qt.Key.Key_Y, control=True)
    assert the_item(workbench, leave).state is State.DONE
    assert workbench.checklist.said.text().startswith("Done again: ticked")


def test_what_is_typed_is_undone_in_its_field(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    workbench.checklist.model.set_state(made.items[0], State.DONE)
    workbench.go("search")
    qtbot.keyClicks(workbench.looking.search.field, "cash")
    press(qtbot, Qt.Key.Key_Z, control=True)
    assert workbench.looking.search.field.text() == ""
    assert workbench._desk.items(None)[0].state is State.DONE


def test_every_act_has_a_name_and_its_key_is_told(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = review(qtbot, workbench)
    for _ in range(5):
        assert all(one.accessibleName() for one in page.findChildren(QPushButton) if one.isVisible())
        step = page.step()
        assert all(
            f"{act.key} {act.words[:1].lower()}{act.words[1:]}" in page.keys.text()
            for act in (step.acts if step else ())
        )
        press(qtbot, "n")


def test_what_is_hidden_can_be_brought_back(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = review(qtbot, workbench)
    assert not workbench.checklist.hidden.isVisible()
    for key in ("n", "n", "h"):
        press(qtbot, key)
    press(qtbot, Qt.Key.Key_Escape)
    assert not any(DROPPED in line for line in lines(workbench.checklist.model))
    assert page.step() is not None
    qtbot.waitUntil(workbench.checklist.hidden.isVisible)
    assert workbench.checklist.hidden.text() == "Show 1 hidden item"
    qtbot.mouseClick(workbench.checklist.hidden, Qt.MouseButton.LeftButton)
    assert lines(workbench.checklist.model)[-1].startswith(f"☐ {DROPPED} [No longer listed]")
    assert not workbench.checklist.hidden.isVisible()
    press(qtbot, Qt.Key.Key_Z, control=True)
    assert not any(DROPPED in line for line in lines(workbench.checklist.model))

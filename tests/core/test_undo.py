"""What the traveller did can be taken back and done again; what the source said meanwhile is never taken back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import intake, saving
from core.model import Change, ChangeKind, Item, Level, Standing, State
from core.review import Verdict, beside_items
from core.store import advisories, checklists, reviewing, undo
from core.store.open import Store
from core.store.undo import Act
from tests.profiles import EMBASSY, Made, scene
from tests.texts import ADDED, ALERT_1, ALERT_2, DROPPED, REWORDED, embassy_feed

NOW = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)
BEFORE, AFTER = REWORDED


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The alert with its list."""
    return scene(tmp_path / "profile")


def publish(store: Store, *posts: object) -> None:
    """What a checker does with what a feed has."""
    for revision in intake.take(embassy_feed(posts), EMBASSY, NOW).revisions:  # type: ignore[arg-type]  # alerts
        saving.save_revision(store, revision, (), NOW, first_look=False)


def by_text(store: Store, text: str) -> Item:
    """The item that says this, hidden or not."""
    (name,) = [str(row[0]) for row in store.rows("SELECT id FROM item WHERE text = ?", text)]
    return checklists.items_by_id(store, [name])[0]


def the_list(store: Store) -> str:
    """The only list."""
    (held,) = checklists.all_lists(store)
    return held.id


def test_ticks_notes_and_due_times_are_taken_back_in_turn_and_done_again(made: Made) -> None:
    first, second = made.items[:2]
    with made.store() as store:
        began = checklists.items_by_id(store, [first, second])
        checklists.set_state(store, [first, second], State.DONE, NOW)
        checklists.set_note(store, first, "seat 14C")
        checklists.set_due(store, first, NOW)
        done = checklists.items_by_id(store, [first, second])
    with made.store() as store:  # over a restart
        acts = [undo.undo(store) for _ in range(3)]
        assert [one.act for one in acts if one] == [Act.DUE, Act.NOTE, Act.TICK]
        assert acts[2] is not None
        assert set(acts[2].items) == {first, second}
        assert all(one.whole for one in acts if one)
        assert undo.undo(store) is None
        assert checklists.items_by_id(store, [first, second]) == began
        assert [one.act for one in [undo.redo(store) for _ in range(3)] if one] == [Act.TICK, Act.NOTE, Act.DUE]
        assert checklists.items_by_id(store, [first, second]) == done
        assert undo.redo(store) is None


def test_times_are_taken_back_together_but_for_what_was_changed_since(made: Made) -> None:
    first = made.items[0]
    with made.store() as store:
        began = checklists.items_by_id(store, [first])[0]
        (held,) = checklists.set_times(store, first, NOW, NOW - timedelta(hours=1), timedelta(days=2))
        assert (held.due, held.reminder, held.every) == (NOW, NOW - timedelta(hours=1), timedelta(days=2))
        undo.undo(store)
        assert checklists.items_by_id(store, [first]) == [began]
        undo.redo(store)
        with store.transaction():
            store.write("UPDATE item SET due = NULL WHERE id = ?", first)
        assert not undo.undo(store).whole  # type: ignore[union-attr]  # there is one
        left = checklists.items_by_id(store, [first])[0]
        assert (left.due, left.reminder, left.every) == (None, None, None)


def test_something_else_done_leaves_nothing_to_redo_and_nothing_done_takes_nothing_away(made: Made) -> None:
    first, second = made.items[:2]
    with made.store() as store:
        checklists.set_state(store, [first], State.DONE, NOW)
        undo.undo(store)
        checklists.set_state(store, [first], State.OPEN, NOW)  # it is open already
        assert undo.redo(store) is not None
        undo.undo(store)
        checklists.set_state(store, [second], State.DONE, NOW)
        assert undo.redo(store) is None
        assert checklists.items_by_id(store, [first])[0].state is State.OPEN


def test_the_last_fifty_are_kept(made: Made) -> None:
    with made.store() as store:
        for number in range(60):
            checklists.set_note(store, made.items[0], f"note {number}")
        count = 0
        while undo.undo(store):
            count += 1
        assert count == 50
        assert checklists.items_by_id(store, [made.items[0]])[0].note == "note 9"


def test_what_is_accepted_can_be_taken_back_with_the_words_that_it_had(made: Made) -> None:
    with made.store() as store:
        checklists.set_state(store, [by_text(store, BEFORE).id], State.DONE, NOW)
        publish(store, ALERT_2)
        reworded = by_text(store, AFTER)
        assert (reworded.standing, reworded.was, reworded.state) == (Standing.REWORDED, BEFORE, State.DONE)
        reviewing.decide(store, reworded, Verdict.AGAIN)
        again = by_text(store, AFTER)
        assert (again.standing, again.was, again.state, again.done_at) == (Standing.CURRENT, None, State.OPEN, None)
        taken = undo.undo(store)
        assert taken is not None
        assert taken.whole
        assert by_text(store, AFTER) == reworded
        reviewing.decide(store, reworded, Verdict.ACCEPT)
        still = by_text(store, AFTER)
        assert (still.standing, still.state, still.done_at) == (Standing.CURRENT, State.DONE, NOW)


def test_what_the_source_said_since_is_not_taken_back(made: Made) -> None:
    with made.store() as store:
        publish(store, ALERT_2)
        reviewing.decide(store, by_text(store, AFTER), Verdict.ACCEPT)
        publish(store, ALERT_1)
        back = by_text(store, BEFORE)
        assert (back.standing, back.was) == (Standing.REWORDED, AFTER)
        taken = undo.undo(store)
        assert taken is not None
        assert not taken.whole
        assert by_text(store, BEFORE) == back


def test_what_is_hidden_is_gone_from_the_list_and_comes_back_with_the_source_or_by_undo(made: Made) -> None:
    with made.store() as store:
        name = the_list(store)
        checklists.set_state(store, [by_text(store, DROPPED).id], State.DONE, NOW)
        publish(store, ALERT_2)
        gone = by_text(store, DROPPED)
        assert gone in reviewing.waiting(store, name)
        reviewing.decide(store, gone, Verdict.HIDE)
        assert gone.id not in {one.id for one in checklists.items(store, name)}
        undo.undo(store)
        assert gone in checklists.items(store, name)
        undo.redo(store)
        assert gone not in checklists.items(store, name)
        publish(store, ALERT_1)
        back = by_text(store, DROPPED)
        assert back in checklists.items(store, name)
        assert (back.id, back.standing, back.state) == (gone.id, Standing.CURRENT, State.DONE)
        publish(store, ALERT_2)
        assert by_text(store, DROPPED) in reviewing.waiting(store, name)


def test_a_list_is_looked_at_when_nothing_of_it_waits(made: Made) -> None:
    with made.store() as store:
        name = the_list(store)
        publish(store, ALERT_2)
        verdicts = {Standing.NEW: Verdict.ACCEPT, Standing.REWORDED: Verdict.ACCEPT, Standing.WITHDRAWN: Verdict.KEEP}
        waiting = reviewing.waiting(store, name)
        assert {one.text for one in waiting} == {ADDED, AFTER, DROPPED}
        for number, item in enumerate(waiting):
            assert advisories.not_looked_at(store, name), number
            reviewing.decide(store, item, verdicts[item.standing])
        assert not reviewing.waiting(store, name)
        news = reviewing.news(store, name)
        assert news.beside is not None  # its text has changed too
        assert advisories.not_looked_at(store, name)
        assert by_text(store, DROPPED) in checklists.items(store, name)
        reviewing.look_beside(store, name)
        assert not reviewing.news(store, name)
        assert not advisories.not_looked_at(store, name)


def test_everything_at_once_is_looked_at_and_taken_back(made: Made) -> None:
    with made.store() as store:
        name = the_list(store)
        publish(store, ALERT_2)
        waiting = reviewing.waiting(store, name)
        reviewing.look(store, name)
        assert not reviewing.waiting(store, name)
        assert not advisories.not_looked_at(store, name)
        undo.undo(store)
        assert reviewing.waiting(store, name) == waiting
        assert advisories.not_looked_at(store, name)


def test_an_act_on_what_was_changed_meanwhile_leaves_it_alone(made: Made) -> None:
    with made.store() as store:
        publish(store, ALERT_2)
        stale = by_text(store, AFTER)
        publish(store, ALERT_1)
        reviewing.decide(store, stale, Verdict.AGAIN)
        assert by_text(store, BEFORE).id == stale.id
        assert undo.undo(store) is None


def test_without_other_news_a_list_is_looked_at_with_its_last_item(made: Made) -> None:
    with made.store() as store:
        name = the_list(store)
        (held,) = advisories.kept(store)
        fewer = held.newest._replace(actions=held.newest.actions[:-1])
        saving.save_revision(store, fewer, (), NOW, first_look=False)
        (gone,) = reviewing.waiting(store, name)
        reviewing.decide(store, gone, Verdict.KEEP)
        assert not advisories.not_looked_at(store, name)
        undo.undo(store)
        assert advisories.not_looked_at(store, name)
        assert reviewing.waiting(store, name) == [gone]


def change(*kinds: ChangeKind, level: tuple[Level | None, Level | None] | None = None, added: str = "") -> Change:
    """One change of an advisory."""
    return Change("a", 1, 2, kinds, level=level, added=(added,) if added else ())


def test_what_changed_beside_the_items_is_told_from_end_to_end() -> None:
    low, high, top = (Level(value, str(value), "ours") for value in (2, 3, 4))
    actions = change(ChangeKind.ACTIONS, added="Go.")
    up, further, down = (
        change(ChangeKind.LEVEL, ChangeKind.ACTIONS, level=pair, added="Go.")
        for pair in ((low, high), (high, top), (high, low))
    )
    assert beside_items([]) is None
    assert beside_items([actions, change(ChangeKind.EDITORIAL)]) is None
    both = beside_items([up, actions, further])
    assert both is not None
    assert (both.level, both.kinds) == ((low, top), (ChangeKind.LEVEL,))
    assert beside_items([up, down]) is None
    weighed = beside_items([change(ChangeKind.ACTIONS), actions])
    assert weighed is not None
    assert weighed.kinds == (ChangeKind.ACTIONS,)

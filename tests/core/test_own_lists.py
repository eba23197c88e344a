"""Lists of the traveller's own: made, named, copied, archived, their items added, reworded, removed, all taken back."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import InputError
from core.model import Checklist, ListKind, State
from core.store import checklists, own_lists, undo
from core.store.open import Store
from core.store.undo import Act
from tests.profiles import ROOT, Made, publish, scene
from tests.texts import ALERT_2

NOW = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The alert with its list."""
    return scene(tmp_path / "profile")


def texts(store: Store, checklist: str) -> list[str]:
    return [item.text for item in checklists.items(store, checklist)]


def one(store: Store, checklist: str) -> Checklist:
    return next(held for held in checklists.all_lists(store) if held.id == checklist)


def test_a_list_is_made_filled_reworded_thinned_and_all_of_it_taken_back_and_done_again(made: Made) -> None:
    with made.store() as store:
        name = own_lists.new_list(store, "Packing", NOW)
        held = one(store, name)
        assert (held.kind, held.title, held.total) == (ListKind.OWN, "Packing", 0)
        (first,) = own_lists.add_items(store, name, ["Water"])
        own_lists.add_items(store, name, ["Torch", "Cash"])
        own_lists.reword(store, first.id, "Water for three days")
        checklists.set_state(store, [first.id], State.DONE, NOW)
        own_lists.remove(store, first.id)
        assert texts(store, name) == ["Torch", "Cash"]
    with made.store() as store:  # over a restart
        back = undo.undo(store)
        assert back is not None
        assert (back.act, back.words, back.checklist) == (Act.REMOVE, "Water for three days", name)
        assert texts(store, name) == ["Water for three days", "Torch", "Cash"]
        assert checklists.items_by_id(store, [first.id])[0].state is State.DONE
        assert [held.act for held in [undo.undo(store), undo.undo(store)] if held] == [Act.TICK, Act.REWORD]
        assert texts(store, name) == ["Water", "Torch", "Cash"]
        added = undo.undo(store)
        assert added is not None
        assert (added.act, added.words, len(added.items)) == (Act.ADD, "Torch", 2)
        assert texts(store, name) == ["Water"]
        undo.undo(store)
        gone = undo.undo(store)
        assert gone is not None
        assert (gone.act, gone.words, gone.whole) == (Act.NEW_LIST, "Packing", True)
        assert [held.id for held in checklists.all_lists(store)] != [name]
        assert len([held for held in range(9) if undo.redo(store)]) == 6
        assert texts(store, name) == ["Torch", "Cash"]
        assert undo.undo(store) is not None
        assert checklists.items_by_id(store, [first.id])[0].state is State.DONE


def test_a_list_that_was_filled_since_is_not_taken_away(made: Made) -> None:
    with made.store() as store:
        name = own_lists.new_list(store, "Packing", NOW)
        with store.transaction():
            store.write(
                "INSERT INTO item (id, checklist, position, text) VALUES ('x', ?, 0, 'Water')", name
            )  # an act that is remembered no more
        turned = undo.undo(store)
        assert turned is not None
        assert not turned.whole
        assert texts(store, name) == ["Water"]


def test_what_an_issuer_says_is_neither_reworded_nor_removed_nor_added_to(made: Made) -> None:
    with made.store() as store:
        (held,) = checklists.all_lists(store)
        before = checklists.items(store)
        for act in (
            lambda: own_lists.reword(store, made.items[0], "Stay"),
            lambda: own_lists.remove(store, made.items[0]),
            lambda: own_lists.add_items(store, held.id, ["Stay"]),
        ):
            with pytest.raises(InputError, match="not-your-words"):
                act()
        assert checklists.items(store) == before
        assert undo.undo(store) is None


def test_an_item_needs_words_and_a_list_has_an_end(made: Made) -> None:
    with made.store() as store:
        name = own_lists.new_list(store, "Packing", NOW)
        (item,) = own_lists.add_items(store, name, ["Water"])
        with pytest.raises(InputError, match="item-without-words"):
            own_lists.reword(store, item.id, "")
        with pytest.raises(InputError, match="list-full"):
            own_lists.add_items(store, name, ["more"] * own_lists.MAX_ITEMS)
        assert texts(store, name) == ["Water"]
        for act in (own_lists.bring_back, lambda s, n: own_lists.archive(s, n, NOW)):
            with pytest.raises(InputError, match="unknown-list"):
                act(store, "no such list")


def test_a_copy_is_all_open_and_of_ones_own(made: Made) -> None:
    with made.store() as store:
        (held,) = checklists.all_lists(store)
        checklists.set_state(store, made.items[:2], State.DONE, NOW)
        checklists.set_note(store, made.items[0], "seat 14C")
        checklists.set_times(store, made.items[0], NOW, NOW, timedelta(hours=6))
        name = own_lists.duplicate(store, held.id, "Our own", NOW)
        copy = checklists.items(store, name)
        assert [item.text for item in copy] == texts(store, held.id)
        assert {(item.state, item.advisory_id, item.due) for item in copy} == {(State.OPEN, None, None)}
        assert copy[0].note == "seat 14C"
        assert copy[0].every == timedelta(hours=6)
        own_lists.remove(store, copy[0].id)
        undo.undo(store)
        undo.undo(store)
        assert [one.id for one in checklists.all_lists(store)] == [held.id]
        assert len(checklists.items(store)) == len(made.items)


def test_a_name_of_hers_outlives_what_the_source_calls_it(made: Made) -> None:
    with made.store() as store:
        (held,) = checklists.all_lists(store)
        own_lists.rename(store, held.id, "Leaving")
        undo.undo(store)
        assert one(store, held.id).title == held.title
        undo.redo(store)
    publish(made, ALERT_2)
    with made.store() as store:
        assert one(store, held.id).title == "Leaving"
        own_lists.rename(store, held.id, "")
        assert one(store, held.id).title not in ("", "Leaving")


def test_an_archived_list_is_kept_counts_nothing_and_comes_back(made: Made) -> None:
    with made.store() as store:
        (held,) = checklists.all_lists(store)
        own_lists.archive(store, held.id, NOW)
        assert one(store, held.id).archived == NOW
        assert checklists.items(store) == []
        assert len(checklists.items(store, held.id)) == len(made.items)
        own_lists.bring_back(store, held.id)
        undo.undo(store)
        assert one(store, held.id).archived == NOW
        undo.undo(store)
        assert one(store, held.id).archived is None


_CHILD = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from core.store import checklists, own_lists, undo
from core.store.open import Store
with Store.open(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline())) as store:
    name = own_lists.new_list(store, "Packing", datetime.now(UTC))
    print("list", name, flush=True)
    for number in range(10_000):
        (item,) = own_lists.add_items(store, name, [f"Item {number}"])
        print("added", item.id, flush=True)
        own_lists.reword(store, item.id, f"Item {number}, reworded")
        print("reworded", item.id, flush=True)
        if number % 3 == 0:
            own_lists.remove(store, item.id)
            print("removed", item.id, flush=True)
        if number % 6 == 0:
            undo.undo(store)
            print("back", item.id, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="signals as Linux has them")
@pytest.mark.parametrize("acts", [1, 7, 40])
def test_what_was_said_to_be_kept_is_there_after_a_kill(made: Made, acts: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(made.profile.database)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=dict(os.environ),
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(made.key.hex() + "\n")
    child.stdin.flush()
    done = [child.stdout.readline().split() for _ in range(acts)]
    child.send_signal(signal.SIGKILL)
    done += [line.split() for line in child.stdout if len(line.split()) == 2]
    child.wait()
    child.stdin.close()
    child.stdout.close()
    name = done[0][1]
    with made.store() as store:
        held = {item.id: item.text for item in checklists.items(store, name)}
    last = done[-1][1]  # what was done to this one next may be there or not
    fates = {}
    for act, item in done[1:]:
        fates[item] = act
    for item, act in fates.items():
        if item == last:
            continue
        assert (item in held) == (act != "removed")
        assert act == "removed" or held[item].endswith("reworded")

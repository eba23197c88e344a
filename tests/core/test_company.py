"""Who of those who travel together has done an item: kept like any tick, through revisions, kills, files, renaming."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import intake, lists, saving
from core.errors import InputError
from core.lists import json_list
from core.lists.shape import Written
from core.model import Item, ListKind, Standing, State
from core.review import Verdict
from core.store import checklists, company, incoming, migrations, own_lists, reviewing, trips, undo
from core.store.open import Store
from core.store.trips import Plan
from core.store.undo import Act
from tests.core.test_store import bare
from tests.profiles import EMBASSY, ROOT, Made
from tests.texts import ALERT_1, ALERT_2, REWORDED, embassy_feed

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
LATER = datetime(2026, 5, 15, 13, tzinfo=UTC)
PLAN = Plan("Baghdad", ("IQ",), None, None, ("Ana", "Sam"))
_TICKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from core.store import checklists
from core.store.open import Store
with Store.open(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline())) as store:
    done = False
    while True:
        done = not done
        checklists.set_people(store, sys.argv[2], {"Ana": done}, datetime.now(UTC))
        print(int(done), flush=True)
"""


@pytest.fixture
def trip(store: Store) -> str:
    return trips.add(store, PLAN, NOW)


def _item(store: Store, name: str) -> Item:
    return checklists.items_by_id(store, [name])[0]


def test_an_item_is_done_when_all_have_done_it_and_open_again_when_one_has_not(
    store: Store, made: Made, trip: str
) -> None:
    name = made.items[0]
    (held,) = checklists.set_people(store, name, {"Ana": True, "": True}, NOW)
    assert (held.state, held.done_by, held.done_at) == (State.OPEN, ("", "Ana"), None)
    (held,) = checklists.set_people(store, name, {"Sam": True}, NOW)
    assert (held.state, held.done_by, held.done_at) == (State.DONE, ("", "Ana", "Sam"), NOW)
    (held,) = checklists.set_people(store, name, {"Ana": False}, LATER)
    assert (held.state, held.done_by, held.done_at) == (State.OPEN, ("", "Sam"), None)
    with pytest.raises(InputError, match="unknown-companion"):
        checklists.set_people(store, name, {"Zoe": True}, NOW)
    assert _item(store, name) == held


def test_a_tick_is_one_for_everybody_and_taking_it_away_too(store: Store, made: Made, trip: str) -> None:
    name = made.items[0]
    (held,) = checklists.set_state(store, [name], State.DONE, NOW)
    assert held.done_by == ("", "Ana", "Sam")
    (held,) = checklists.set_state(store, [name], State.OPEN, NOW)
    assert held.doers == ()
    checklists.set_people(store, name, {"Ana": True}, NOW)
    (aside,) = checklists.set_state(store, [name], State.NOT_APPLICABLE, NOW)
    assert aside.done_by == ("Ana",)
    (back,) = checklists.set_state(store, [name], State.OPEN, NOW)
    assert back.done_by == ("Ana",)


def test_whoever_travels_alone_ticks_as_ever(store: Store, made: Made) -> None:
    trips.add(store, PLAN._replace(companions=()), NOW)
    (held,) = checklists.set_state(store, [made.items[0]], State.DONE, NOW)
    assert (held.done_by, held.doers) == ((), ("",))
    assert company.companies(store, NOW) == {}


def test_a_list_is_done_together_unless_it_is_for_other_places_than_the_current_trip(store: Store, made: Made) -> None:
    follows = _item(store, made.items[0]).checklist
    own = checklists.start_own(store, ListKind.OWN, "Car", (), NOW)
    iraq, jordan = trips.add(store, PLAN, NOW), trips.add(store, Plan("Amman", ("JO",), companions=("Ben",)), NOW)
    company.choose_trip(store, iraq)
    assert company.companies(store, NOW) == {follows: ("", "Ana", "Sam"), own: ("", "Ana", "Sam")}
    company.choose_trip(store, jordan)
    assert company.companies(store, NOW) == {own: ("", "Ben")}
    with store.transaction():  # an advisory that names no place may be about this one
        store.write("UPDATE glance SET countries = '[]'")
    assert company.companies(store, NOW) == {follows: ("", "Ben"), own: ("", "Ben")}


def test_undo_takes_it_back_and_does_it_again_over_a_restart(made: Made) -> None:
    name = made.items[0]
    with made.store() as store:
        trips.add(store, PLAN, NOW)
        began = _item(store, name)
        checklists.set_people(store, name, {"": True, "Ana": True}, NOW)
        (done,) = checklists.set_people(store, name, {"Sam": True}, NOW)
    with made.store() as store:
        for _ in range(2):
            turned = undo.undo(store)
            assert turned is not None
            assert (turned.act, turned.whole) == (Act.PEOPLE, True)
        assert _item(store, name) == began
        undo.redo(store)
        undo.redo(store)
        assert _item(store, name) == done


def test_what_was_said_survives_what_the_source_says_anew(store: Store, trip: str) -> None:
    (listed,) = checklists.all_lists(store)
    (reworded,) = [one for one in checklists.items(store, listed.id) if one.text == REWORDED[0]]
    checklists.set_people(store, reworded.id, {"": True, "Sam": True}, NOW)
    for alert in (ALERT_2, ALERT_1, ALERT_2):
        for revision in intake.take(embassy_feed([alert]), EMBASSY, NOW).revisions:
            saving.save_revision(store, revision, (), NOW, first_look=False)
        held = _item(store, reworded.id)
        assert (held.state, held.done_by) == (State.OPEN, ("", "Sam"))
    assert held.standing is Standing.REWORDED
    reviewing.decide(store, held, Verdict.AGAIN)
    assert _item(store, reworded.id).done_by == ()
    undo.undo(store)
    assert _item(store, reworded.id) == held
    (looked,) = checklists.set_people(store, reworded.id, {"Ana": True}, NOW)
    assert looked.standing is Standing.CURRENT  # to act on it is to have looked at it


def test_what_a_companion_has_done_goes_along_with_another_name_and_is_undone(
    store: Store, made: Made, trip: str
) -> None:
    one, two = made.items[:2]
    checklists.set_people(store, one, {"Ana": True}, NOW)
    checklists.set_state(store, [two], State.DONE, NOW)
    renamed = PLAN._replace(companions=("Ana Maria", "Sam"))
    trips.change(store, trip, renamed, {"Ana": "Ana Maria"})
    assert _item(store, one).done_by == ("Ana Maria",)
    assert (_item(store, two).done_by, _item(store, two).state) == (("", "Ana Maria", "Sam"), State.DONE)
    turned = undo.undo(store)
    assert turned is not None
    assert (turned.act, turned.checklist, turned.words, turned.whole) == (Act.TRIP_CHANGED, "", "Baghdad", True)
    assert _item(store, one).done_by == ("Ana",)
    undo.redo(store)
    assert _item(store, one).done_by == ("Ana Maria",)


def test_who_comes_along_no_more_is_dropped_and_nothing_else_changes(store: Store, made: Made, trip: str) -> None:
    one, two = made.items[:2]
    checklists.set_people(store, one, {"": True, "Ana": True}, NOW)
    checklists.set_state(store, [two], State.DONE, NOW)
    before = checklists.items_by_id(store, [one, two])
    trips.change(store, trip, PLAN._replace(companions=("Sam", "Ben")))  # nobody said that Ben is Ana
    assert [held.done_by for held in checklists.items_by_id(store, [one, two])] == [("",), ("", "Sam")]
    assert [held.state for held in checklists.items_by_id(store, [one, two])] == [State.OPEN, State.DONE]
    undo.undo(store)
    assert checklists.items_by_id(store, [one, two]) == before


def test_a_name_that_another_trip_has_keeps_what_it_has_done(store: Store, made: Made, trip: str) -> None:
    trips.add(store, Plan("Amman", ("JO",), companions=("Ana",)), NOW)
    company.choose_trip(store, trip)
    checklists.set_people(store, made.items[0], {"Ana": True}, NOW)
    trips.change(store, trip, PLAN._replace(companions=("Ann", "Sam")), {"Ana": "Ann"})
    assert _item(store, made.items[0]).done_by == ("Ana", "Ann")
    trips.change(store, trip, PLAN._replace(companions=("Sam",)))
    assert _item(store, made.items[0]).done_by == ("Ana",)


def test_who_joins_later_opens_nothing_again_and_is_not_said_to_have_done_it(
    store: Store, made: Made, trip: str
) -> None:
    name = made.items[0]
    checklists.set_state(store, [name], State.DONE, NOW)
    trips.change(store, trip, PLAN._replace(companions=("Ana", "Sam", "Ben", "Cy")))
    assert (_item(store, name).state, _item(store, name).doers) == (State.DONE, ("", "Ana", "Sam"))
    (held,) = checklists.set_people(store, name, {"Ben": True}, LATER)
    assert (held.state, held.done_at, held.done_by) == (State.DONE, NOW, ("", "Ana", "Sam", "Ben"))
    (held,) = checklists.set_people(store, name, {"Ana": False}, LATER)
    assert held.state is State.OPEN


def test_a_copy_is_open_for_everybody(store: Store, made: Made, trip: str) -> None:
    checklists.set_people(store, made.items[0], {"Ana": True}, NOW)
    copy = own_lists.duplicate(store, _item(store, made.items[0]).checklist, "Mine", NOW)
    assert {held.done_by for held in checklists.items(store, copy)} == {()}


def test_it_travels_in_our_own_format(store: Store, made: Made, trip: str) -> None:
    checklists.set_people(store, made.items[0], {"": True, "Sam": True}, NOW)
    checklists.set_state(store, [made.items[1]], State.DONE, NOW)
    (listed,) = checklists.all_lists(store)
    data = lists.WRITERS["json"]([Written(listed, checklists.items(store, listed.id), "")])
    (taken,) = incoming.keep(store, lists.read(data), NOW)
    found = {held.text: held.done_by for held in checklists.items(store, taken)}
    assert found == {held.text: held.done_by for held in checklists.items(store, listed.id)}
    assert ("", "Sam") in found.values()
    (odd,) = lists.read(data.replace(b'"Sam"', b'"Sam", " Sam ", "' + b"x" * 5000 + b'"'))
    assert [name[:4] for name in odd.lines[0].done_by] == ["", "Sam", "xxxx"]
    assert max(len(name) for name in odd.lines[0].done_by) < 500


def test_in_a_copy_for_somebody_else_the_traveller_has_a_name(store: Store, made: Made, trip: str) -> None:
    checklists.set_people(store, made.items[0], {"": True, "Sam": True}, NOW)
    checklists.set_state(store, [made.items[1]], State.DONE, NOW)
    (listed,) = checklists.all_lists(store)
    written = [Written(listed, checklists.items(store, listed.id), "")]
    for said, name in ((" Ma\nra ", "Ma ra"), ("", "the sender"), (" \n", "the sender")):
        (come,) = lists.read(json_list.write_whole(written, said))
        told = {line.text: line.done_by for line in come.lines}
        done = {held.text: held.doers for held in written[0].items}
        assert told == {text: tuple(one or name for one in doers) for text, doers in done.items()}
        assert (name, "Sam") in told.values()
    (odd,) = lists.read(json_list.write_whole(written, "x" * 5000))
    assert max(len(one) for line in odd.lines for one in line.done_by) == 400
    (alone,) = checklists.all_lists(store)
    assert checklists.items(store, alone.id)[0].done_by == ("", "Sam")  # hers stay hers


def test_an_older_profile_keeps_its_ticks_and_nobody_else_is_said_to_have_done_them(tmp_path: Path) -> None:
    key = bytes(range(32))
    connection = bare(tmp_path / "old.db", key)
    step = next(n for n, one in enumerate(migrations.STEPS) if "done_by" in one)
    for number, one in enumerate(migrations.STEPS[:step], 1):
        connection.execute(f"BEGIN; {one}; PRAGMA user_version={number}; COMMIT")
    connection.execute("INSERT INTO checklist (id, title, kind) VALUES ('car', 'Car', 'own')")
    connection.execute(
        "INSERT INTO item (id, checklist, position, text, state) VALUES "
        "('fuel', 'car', 0, 'Fuel', 'done'), ('water', 'car', 1, 'Water', 'open')"
    )
    connection.close()
    with Store.open(tmp_path / "old.db", key) as store:
        held = [(one.text, one.state, one.doers) for one in checklists.items(store, "car")]
    assert held == [("Fuel", State.DONE, ("",)), ("Water", State.OPEN, ())]


def test_a_kill_loses_nothing_acknowledged(made: Made) -> None:
    name = made.items[0]
    with made.store() as store:
        trips.add(store, PLAN, NOW)
    for rounds in (1, 4, 9):
        with made.store() as store:
            checklists.set_people(store, name, {"Ana": False}, NOW)
            before = _acts(store)
        with subprocess.Popen(
            [sys.executable, "-c", _TICKER, str(made.profile.database), name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, encoding="utf-8",
        ) as ticker:  # fmt: skip
            assert ticker.stdin is not None
            assert ticker.stdout is not None
            ticker.stdin.write(made.key.hex() + "\n")
            ticker.stdin.flush()
            said = [int(ticker.stdout.readline()) for _ in range(rounds)]
            ticker.kill()
            said += [int(line) for line in ticker.stdout]
        with made.store() as store:
            saved = _acts(store) - before
            assert saved in (len(said), len(said) + 1)  # the last one may have been saved and not said yet
            assert ("Ana" in _item(store, name).done_by) is (saved % 2 == 1)


def _acts(store: Store) -> int:
    """How many acts were ever kept."""
    row = store.row("SELECT coalesce(max(id), 0) FROM act")
    assert row is not None
    assert isinstance(row[0], int)
    return row[0]

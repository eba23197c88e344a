"""Updates and cancels of alerts, through a real store: in any order, twice, too early, too late, and of others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import intake, saving
from core.model import Change, ChangeKind, Item, Revision, Source, Standing, State
from core.store import advisories, checklists
from core.store.open import Store

NINE = datetime(2026, 3, 3, 9, tzinfo=UTC)
NOW = NINE + timedelta(hours=12)
SENDER = "floods@example.org"
SOURCE = Source("floods", "Floods", "River Office of the Tests", "https://floods.example.org/", format="cap")


@dataclass(frozen=True)
class Said:
    """One message: its identifier, the hours after nine when it was sent, what it replaces and where it holds."""

    name: str
    hours: int
    replaces: str = ""
    kind: str = "Alert"
    areas: str = "Lower town"
    sender: str = SENDER
    of: str = SENDER
    status: str = "Actual"
    until: int | None = None

    def xml(self) -> str:
        sent = (NINE + timedelta(hours=self.hours)).isoformat()
        refers = " ".join(f"{self.of},{old},2026-03-03T09:00:00+00:00" for old in self.replaces.split())
        areas = "".join(f"<area><areaDesc>{escape(area)}</areaDesc></area>" for area in self.areas.split("; ") if area)
        expires = f"<expires>{(NINE + timedelta(hours=self.until)).isoformat()}</expires>" if self.until else ""
        return f"""<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{self.name}</identifier>
            <sender>{self.sender}</sender><sent>{sent}</sent><status>{self.status}</status>
            <msgType>{self.kind}</msgType><scope>Public</scope>
            {f"<references>{refers}</references>" if refers else ""}
            <info><language>en</language><category>Met</category><event>Flood</event><urgency>Expected</urgency>
            <severity>Severe</severity><certainty>Likely</certainty>{expires}<headline>Flood, {self.name}</headline>
            <description>Bulletin {self.name} of the river office.</description>
            <instruction>Move away from gauge {self.name}.</instruction>{areas}</info></alert>"""


A = Said("A", 0)
B = Said("B", 1, "A", "Update")
C = Said("C", 2, "B", "Update")
END = Said("END", 3, "C", "Cancel")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db", bytes(32)) as opened:
        yield opened


def deliver(store: Store, *messages: Said, now: datetime = NOW, first_look: bool = False) -> list[Change]:
    """One document with these messages comes and is kept."""
    data = f"<alerts>{''.join(message.xml() for message in messages)}</alerts>".encode()
    taken = intake.take(data, SOURCE, now)
    assert taken.rejected == ()
    changes = saving.save_document(store, taken.revisions, (), now, first_look=first_look).changes
    named = [change.advisory_id for change in changes]
    assert len(named) == len(set(named))  # one change an advisory a check
    return list(changes)


def told(changes: list[Change]) -> list[str]:
    return [str(change.kind) for change in changes if change.notice]


def kept(store: Store) -> list[Revision]:
    return [one.newest for one in advisories.kept(store)]


def states(store: Store) -> list[str]:
    """Each advisory as the title of its text and its status."""
    return sorted(" ".join((one.text.plain.split()[1], *one.status)) for one in kept(store))


def only(store: Store) -> Revision:
    (found,) = kept(store)
    return found


def tick_all(store: Store, advisory: Revision) -> list[Item]:
    name = checklists.start_following(store, advisory, NOW)
    return checklists.set_state(store, [item.id for item in checklists.items(store, name)], State.DONE, NOW)


def test_an_update_is_a_new_revision_of_what_it_names(store: Store) -> None:
    deliver(store, A)
    first = only(store)
    ticked = tick_all(store, first)
    (change,) = deliver(store, B)
    newest = only(store)
    assert (newest.advisory_id, newest.number) == (first.advisory_id, 2)
    assert (change.before, change.after, change.kind, change.notice) == (1, 2, ChangeKind.ACTIONS, True)
    assert [action.text for action in newest.actions] == ["Move away from gauge B."]
    assert {item.id for item in ticked} <= {item.id for item in checklists.items(store)}
    assert [one.text.plain.split()[1] for one in advisories.history(store, first.advisory_id)] == ["A", "B"]


def test_a_cancel_takes_back_and_deletes_nothing(store: Store) -> None:
    deliver(store, A)
    held = only(store)
    (item,) = tick_all(store, held)
    (change,) = deliver(store, A, Said("K", 1, "A", "Cancel"))
    gone = only(store)
    assert (gone.advisory_id, gone.status, gone.actions, gone.title) == (
        held.advisory_id, ("withdrawn",), (), held.title,
    )  # fmt: skip
    assert gone.text.plain.startswith(held.text.plain)
    assert "Bulletin K of the river office." in gone.text.plain
    assert (change.kind, change.notice) == (ChangeKind.WITHDRAWN, True)
    (after,) = checklists.items(store)
    assert (after.id, after.state, after.standing) == (item.id, State.DONE, Standing.WITHDRAWN)
    history = advisories.history(store, held.advisory_id)
    assert [len(one.actions) for one in history] == [1, 0]


@pytest.mark.parametrize("order", list(permutations((A, B, C))), ids=lambda order: "".join(one.name for one in order))
def test_a_chain_in_one_document_is_one_advisory_in_any_order(store: Store, order: tuple[Said, ...]) -> None:
    assert told(deliver(store, *order)) == ["new-advisory"]
    assert states(store) == ["C"]
    assert deliver(store, *reversed(order)) == []
    (change,) = deliver(store, *order, END)
    assert change.kind is ChangeKind.WITHDRAWN
    assert states(store) == ["C withdrawn"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.permutations([A, B, C, END]),
    st.lists(st.lists(st.sampled_from([A, B, C, END]), min_size=1, max_size=4, unique=True), max_size=4),
)
def test_whatever_the_order_of_delivery_the_newest_wins_and_stays(
    tmp_path_factory: pytest.TempPathFactory, order: list[Said], documents: list[list[Said]]
) -> None:
    """Each alone in any order, then some again: in force is nothing, for the last word was a Cancel."""
    with Store.open(tmp_path_factory.mktemp("any") / "store.db", bytes(32)) as opened:
        for message in order:
            deliver(opened, message)
        settled = states(opened)
        assert all("withdrawn" in state or "superseded" in state for state in settled)
        assert any(state == "C withdrawn" for state in settled)
        for document in documents:
            assert deliver(opened, *document) == []
        assert states(opened) == settled


def test_an_original_beside_its_update_does_not_flap(store: Store) -> None:
    deliver(store, A)
    deliver(store, A, B)
    for document in ((B, A), (A,), (A, B), (B,)):
        assert deliver(store, *document) == []
    assert states(store) == ["B"]
    assert only(store).number == 2


def test_an_update_before_its_original(store: Store) -> None:
    deliver(store, B)
    assert deliver(store, A) == []
    assert deliver(store, A, B) == []
    assert states(store) == ["B"]


def test_a_cancel_before_its_original_is_silent_and_the_original_never_news(store: Store) -> None:
    cancel = Said("K", 1, "A", "Cancel")
    assert deliver(store, cancel) == []
    assert kept(store) == []
    assert told(deliver(store, A)) == []
    assert states(store) == ["A withdrawn"]
    assert only(store).actions == ()
    assert deliver(store, A, cancel) == []
    assert deliver(store, A) == []


def test_what_is_issued_anew_after_a_cancel_is_told_as_such(store: Store) -> None:
    deliver(store, A)
    deliver(store, Said("K", 1, "A", "Cancel"))
    (change,) = deliver(store, Said("B", 2, "A", "Update"))
    assert (change.kind, change.notice) == (ChangeKind.RESTORED, True)
    assert states(store) == ["B"]


def test_an_update_of_several_goes_on_with_the_one_that_is_followed(store: Store) -> None:
    other = Said("O", 0, areas="Upper town")
    deliver(store, A, other)
    followed = next(one for one in kept(store) if "Bulletin O" in one.text.plain)
    tick_all(store, followed)
    both = Said("U", 1, "A O", "Update", areas="Lower town; Upper town")
    deliver(store, both)
    assert states(store) == ["A superseded", "U"]
    assert advisories.newest(store, followed.advisory_id) in kept(store)
    assert next(one for one in kept(store) if not one.status).advisory_id == followed.advisory_id
    for document in ((A, other, both), (A,), (both,)):
        assert deliver(store, *document) == []
    deliver(store, Said("K", 2, "A O U", "Cancel"))
    assert states(store) == ["A superseded", "U withdrawn"]


def test_a_cancel_of_several_takes_back_each(store: Store) -> None:
    deliver(store, A, Said("O", 0))
    deliver(store, Said("K", 1, "A O", "Cancel"))
    assert states(store) == ["A withdrawn", "O withdrawn"]


def test_two_updates_for_different_places_stand_side_by_side(store: Store) -> None:
    deliver(store, Said("A", 0, areas="Lower town; Upper town"))
    lower, upper = (Said(f"U{n}", n, "A", "Update", areas=f"{n}. town") for n in (1, 2))
    deliver(store, lower, upper)
    assert states(store) == ["U1", "U2"]
    for document in ((upper, lower), (lower,), (upper,)):
        assert deliver(store, *document) == []


def test_a_later_update_of_the_first_message_replaces_an_earlier_one_for_the_same_places(store: Store) -> None:
    deliver(store, A, B)
    deliver(store, A, B, Said("C", 2, "A", "Update", areas="Lower town; Upper town"))
    assert states(store) == ["C"]
    assert only(store).number == 2


def test_a_cancel_for_some_places_leaves_the_update_for_the_others(store: Store) -> None:
    deliver(store, A)
    deliver(store, B, Said("K", 1, "A", "Cancel", areas="Upper town"))
    assert states(store) == ["B"]


@pytest.mark.parametrize("kind", ["Update", "Cancel"])
def test_nobody_replaces_what_another_has_said(store: Store, kind: str) -> None:
    deliver(store, A)
    deliver(store, A, Said("X", 1, "A", kind, sender="mallory@example.net"))
    assert "A" in states(store)
    assert [one.number for one in kept(store) if "Bulletin A" in one.text.plain] == [1]


@pytest.mark.parametrize("kind", ["Update", "Cancel"])
@pytest.mark.parametrize("status", ["Test", "Exercise", "Draft"])
def test_a_test_replaces_nothing_and_is_never_told(store: Store, kind: str, status: str) -> None:
    deliver(store, A)
    assert told(deliver(store, A, Said("T", 1, "A", kind, status=status))) == []
    assert "A" in states(store)


def test_an_older_message_cannot_replace_a_newer_one(store: Store) -> None:
    deliver(store, B)
    deliver(store, B, Said("OLD", 0, "B", "Update"), Said("K", 0, "B", "Cancel"))
    assert "B" in states(store)


def test_messages_that_replace_each_other_leave_one(store: Store) -> None:
    one, other = Said("P", 1, "Q", "Update"), Said("Q", 1, "P", "Update")
    deliver(store, one, other)
    assert len(kept(store)) == 1
    assert deliver(store, other, one) == deliver(store, one, other) == []


def test_what_has_run_out_is_told_once(store: Store) -> None:
    short = Said("A", 0, until=4)
    deliver(store, short, now=NINE)
    assert saving.save_expired(store, (), NINE + timedelta(hours=3)) == []
    over = NINE + timedelta(hours=5)
    (change,) = saving.save_expired(store, (), over)
    assert (change.kinds, change.status, change.notice) == ((ChangeKind.STATUS,), ((), ("expired",)), True)
    assert saving.save_expired(store, (), over) == []
    assert deliver(store, short, now=over) == []
    assert len(only(store).actions) == 1
    (longer,) = deliver(store, short, Said("B", 6, "A", "Update", until=9), now=NINE + timedelta(hours=6))
    assert longer.status == (("expired",), ())
    deliver(store, Said("K", 7, "B", "Cancel"), now=NINE + timedelta(hours=7))
    assert saving.save_expired(store, (), NOW) == []
    assert only(store).status == ("withdrawn",)


def test_what_had_run_out_before_it_came_is_kept_so_and_not_told(store: Store) -> None:
    assert told(deliver(store, Said("A", 0, until=4))) == []
    assert only(store).status == ("expired",)

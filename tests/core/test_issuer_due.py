"""When the issuer's own due time moves: it is said beside the item's, which stays as it was."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from core.issuer_due import KEPT, Given, IssuerDue, came_nearer, differing, moved, with_given
from core.model import Item, Standing, State
from core.reminders import due_now, reminders
from core.revise import reconcile
from core.store import advisories, checklists, migrations
from core.store.open import Store
from core.wording import say
from tests.core.revisions import ISSUED, LIST, applied, items_of, revision_of
from tests.core.test_store import bare
from tests.profiles import publish, scene
from tests.texts import ALERT_1, ALERT_2

DAY = ISSUED + timedelta(hours=24)
HALF = ISSUED + timedelta(hours=12)
SLOW, SOON, NONE = (f"Leave Freedonia by commercial transport{words}." for words in (
    " within 24 hours", " within 12 hours", ""
))  # fmt: skip


def through(*versions: str, issued: datetime = ISSUED) -> Item:
    """The one item of a list after these versions of its action."""
    items = items_of(revision_of(versions[:1], issued=issued))
    for version in versions[1:]:
        items = applied(items, reconcile(items, revision_of([version], issued=issued), LIST))
    (one,) = items
    return one


def of(due: datetime | None, *given: datetime | None) -> Item:
    return replace(through(SLOW), due=due, given=given)


def test_a_time_that_comes_nearer_is_beside_the_items_own_which_stays() -> None:
    item = through(SLOW, SOON)
    assert (item.due, item.given) == (DAY, (DAY, HALF))
    assert moved(item) == IssuerDue(DAY, HALF, is_hers=False)
    assert (differing(item), came_nearer(item)) == (HALF, HALF)
    assert moved(item).earlier == HALF  # type: ignore[union-attr]  # it was just compared


def test_a_time_that_goes_further_off_is_said_and_nobody_is_reminded_of_it() -> None:
    item = through(SOON, SLOW)
    assert moved(item) == IssuerDue(HALF, DAY, is_hers=False)
    assert came_nearer(item) is None


def test_a_time_where_none_was_is_said() -> None:
    item = through(NONE, SOON)
    assert (item.due, item.given) == (None, (None, HALF))
    assert moved(item) == IssuerDue(None, HALF, is_hers=False)
    assert came_nearer(item) == HALF


@pytest.mark.parametrize("versions", [(SLOW,), (NONE,), (NONE, NONE), (SLOW, NONE), (SLOW, SOON, SLOW)])
def test_where_the_issuer_says_nothing_else_nothing_is_said(versions: tuple[str, ...]) -> None:
    item = through(*versions)
    assert (moved(item), differing(item), came_nearer(item)) == (None, None, None)


def test_it_is_the_present_time_that_counts_after_several() -> None:
    item = through(SLOW, SOON, "Leave Freedonia by commercial transport within 6 hours.")
    assert moved(item) == IssuerDue(DAY, ISSUED + timedelta(hours=6), is_hers=False)
    taken = replace(item, due=HALF)  # taken over when that was the present one
    assert moved(taken) == IssuerDue(HALF, ISSUED + timedelta(hours=6), is_hers=False)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("item", "said", "told"),
    [
        (of(DAY + HOUR, DAY), IssuerDue(DAY + HOUR, DAY, True), None),  # she chose to be later than it
        (of(DAY - HOUR, DAY), None, None),
        (of(DAY + HOUR, DAY, HALF), IssuerDue(DAY + HOUR, HALF, True), HALF),
        (of(HALF - HOUR, DAY, HALF), None, None),
        (of(DAY + 2 * HOUR, DAY, DAY + HOUR), IssuerDue(DAY + 2 * HOUR, DAY + HOUR, True), None),
        (of(None, DAY), None, None),  # she took away what she saw
        (of(None, DAY, HALF), IssuerDue(None, HALF, True), HALF),  # and not what came since
        (of(DAY + timedelta(seconds=20), DAY, DAY + timedelta(seconds=40)), None, None),
        (of(DAY), None, None),  # of a list that follows nothing
    ],
)
def test_of_a_time_of_her_own_only_what_it_would_miss_is_said(
    item: Item, said: IssuerDue | None, told: datetime | None
) -> None:
    assert (moved(item), came_nearer(item)) == (said, told)


def test_of_what_is_no_longer_listed_the_issuer_says_nothing() -> None:
    item = replace(through(SLOW, SOON), standing=Standing.WITHDRAWN)
    assert (moved(item), differing(item), came_nearer(item)) == (None, None, None)


@having(st.lists(st.sampled_from([None, *(ISSUED + timedelta(hours=hours) for hours in range(60))]), max_size=60))
def test_what_was_given_is_bounded_and_keeps_its_first_and_its_last(times: list[datetime | None]) -> None:
    held: Given = () if not times or times[0] is None else (times[0],)
    for one in times[1:]:
        held = with_given(held, one)
    assert len(held) <= KEPT
    if any(times):
        assert (held[0], held[-1]) == (times[0], times[-1])
    else:
        assert held == ()


# --- reminders


def told(item: Item, now: datetime, known: dict[str, datetime]) -> list[str]:
    """What is told of an item at a moment; it is known from then on."""
    found = due_now(list(reminders([item], {LIST: ISSUED}, known, None, now)), now)
    known |= {one.subject: now for one in found}
    return [say(one.line) for one in found]


def test_the_issuers_nearer_time_is_told_once_before_it_and_then_the_items_own() -> None:
    item, known = through(SLOW, SOON), dict[str, datetime]()
    assert told(item, HALF - timedelta(minutes=61), known) == []
    assert told(item, HALF - timedelta(minutes=59), known) == [
        "By the time that its issuer now gives, this is due soon."
    ]
    assert told(item, HALF, known) == []
    assert told(item, DAY - timedelta(minutes=59), known) == ["This is due soon."]


def test_taken_over_it_is_told_no_second_time() -> None:
    item, known = through(SLOW, SOON), dict[str, datetime]()
    assert len(told(item, HALF - timedelta(minutes=30), known)) == 1
    assert told(replace(item, due=HALF), HALF, known) == []


@pytest.mark.parametrize("state", [State.DONE, State.NOT_APPLICABLE])
def test_what_is_not_open_is_told_by_no_time(state: State) -> None:
    assert told(replace(through(SLOW, SOON), state=state), HALF, {}) == []


# --- kept


def test_it_is_kept_through_the_store(tmp_path: Path) -> None:
    made = scene(tmp_path / "profile")
    publish(made, ALERT_2)
    first, second = (datetime.strptime(one.pub_date, "%a, %d %b %Y %H:%M:%S %z") for one in (ALERT_1, ALERT_2))
    with made.store() as store:
        leave = checklists.items_by_id(store, made.items[:1])[0]
        assert leave.given == (first + timedelta(hours=24), second + timedelta(hours=12))
        assert leave.due == first + timedelta(hours=24)
        others = [one.given for one in checklists.items(store) if one.id != leave.id]
        assert not any(others)
    publish(made, ALERT_1)
    with made.store() as store:
        assert moved(checklists.items_by_id(store, made.items[:1])[0]) is None


def test_an_older_profile_knows_what_the_issuer_says_now(tmp_path: Path) -> None:
    """Its items are as they were; what moved before is said as beside a time of one's own."""
    made = scene(tmp_path / "profile")
    publish(made, ALERT_2)
    with made.store() as store:
        held = {one.id: one for one in checklists.items(store)}
        revision = advisories.newest(store, held[made.items[0]].advisory_id or "")
    assert revision is not None
    step = next(n for n, one in enumerate(migrations.STEPS) if "given TEXT" in one)
    connection = bare(made.profile.database, made.key)
    connection.execute("DROP INDEX item_ordered; DROP INDEX change_after; ALTER TABLE item DROP COLUMN given")
    connection.execute(f"PRAGMA user_version={step}")
    connection.close()
    with Store.open(made.profile.database, made.key) as store:
        found = {one.id: one for one in checklists.items(store)}
    due = revision.actions[0].due
    assert {one.id: one.given for one in found.values() if one.given} == {made.items[0]: (due,)}
    assert found == {name: replace(one, given=found[name].given) for name, one in held.items()}
    assert due is not None
    assert moved(found[made.items[0]]) == IssuerDue(held[made.items[0]].due, due, is_hers=True)

"""Who is told of what, and in how few words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import pytest

from core.model import Change, ChangeKind, Kind, Notice, Revision, Trip
from core.notices import (
    SUMMARY_FROM,
    Waiting,
    choose,
    is_escalation,
    is_told,
    is_urgent,
    line_for,
    subject_of,
    title_of,
    weight_of,
)
from core.revise import compare
from core.wording import say
from tests.core.revisions import ISSUED, LEVELS, revision_of

NOW = ISSUED + timedelta(hours=1)
TODAY = NOW.date()
ALERT = revision_of(["Avoid the bridge."])


def change_to(kind: ChangeKind, advisory: str = ALERT.advisory_id) -> Change:
    return Change(advisory, 1, 2, (kind,), added=("Avoid the bridge.",))


def told(
    revision: Revision = ALERT,
    kind: ChangeKind = ChangeKind.ACTIONS,
    trips: Sequence[Trip] = (),
    now: datetime = NOW,
    *,
    first_look: bool = False,
) -> bool:
    return is_told(change_to(kind), revision, trips, now, first_look=first_look)


def trip(*countries: str, end: date | None = None, start: date | None = None) -> Trip:
    return Trip("t", "A trip", countries, start, end)


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_all_but_what_is_editorial_is_told(kind: ChangeKind) -> None:
    assert told(kind=kind) == (kind is not ChangeKind.EDITORIAL)


def test_a_test_is_never_told() -> None:
    assert not told(ALERT._replace(status=("test",)), ChangeKind.NEW_ADVISORY)


def test_on_the_first_look_only_a_fresh_alert_is_news() -> None:
    new = ChangeKind.NEW_ADVISORY
    assert told(ALERT, new, first_look=True)
    assert not told(ALERT._replace(issued=NOW - timedelta(days=4)), new, first_look=True)
    assert not told(ALERT._replace(issued=None), new, first_look=True)
    assert not told(ALERT._replace(kind=Kind.COUNTRY), new, first_look=True)
    assert told(ALERT._replace(kind=Kind.COUNTRY), new)


def test_what_is_over_when_it_comes_is_no_news_but_its_changes_are() -> None:
    over = ALERT._replace(expires=NOW - timedelta(hours=1))
    assert not told(over, ChangeKind.NEW_ADVISORY)
    assert told(over, ChangeKind.LEVEL)
    assert told(ALERT._replace(expires=NOW + timedelta(hours=1)), ChangeKind.NEW_ADVISORY)


@pytest.mark.parametrize(
    ("trips", "is_news"),
    [
        ([], True),
        ([trip("IQ")], True),
        ([trip("FR")], False),
        ([trip("FR"), trip("IQ", "SY")], True),
        ([trip("IQ", end=TODAY - timedelta(days=9))], True),  # all trips are over: as without any
        ([trip("FR"), trip("IQ", end=TODAY - timedelta(days=9))], False),
        ([trip("FR"), trip("IQ", end=TODAY)], True),
        ([trip("FR"), trip("IQ", end=TODAY - timedelta(days=1))], True),  # somewhere it is still that day
        ([trip("FR"), trip("IQ", start=TODAY + timedelta(days=90))], True),
    ],
)
def test_with_trips_only_their_places_matter(trips: list[Trip], is_news: bool) -> None:
    assert told(trips=trips) == is_news


def test_what_names_no_place_always_matters() -> None:
    assert told(ALERT._replace(countries=()), trips=[trip("FR")])


def chosen(
    changes: Sequence[Change], newest: Mapping[str, Revision], *, discreet: bool, trips: Sequence[Trip] = ()
) -> list[Notice]:
    waiting = []
    for number, change in enumerate(changes):
        revision = newest.get(change.advisory_id)
        waiting.append(
            Waiting(
                number,
                title_of(revision),
                line_for(change),
                is_urgent(change, revision),
                weight_of(change, revision, trips, NOW),
                change.advisory_id,
            )
        )
    return choose(waiting, discreet=discreet)


def notices(*changes: Change, discreet: bool, revision: Revision = ALERT) -> list[Notice]:
    return chosen(changes, {change.advisory_id: revision for change in changes}, discreet=discreet)


def words(notice: Notice) -> str:
    return f"{say(notice.title)} | {say(notice.line)}"


@pytest.mark.parametrize("kind", [kind for kind in ChangeKind if kind is not ChangeKind.EDITORIAL])
def test_a_discreet_notice_names_neither_place_nor_issuer(kind: ChangeKind) -> None:
    level_change = compare(revision_of([], level=LEVELS[1]), revision_of([], level=LEVELS[4]))
    assert level_change is not None
    for change in (change_to(kind), level_change):
        (notice,) = notices(change, discreet=True)
        assert words(notice) == "Safe Conduct | Something you follow has changed."
        (notice,) = notices(change, discreet=False)
        assert words(notice).startswith("Embassy of the Tests: Ordered departure | ")
    many = [change_to(kind, f"a:{number}") for number in range(SUMMARY_FROM)]
    (notice,) = notices(*many, discreet=True)
    assert words(notice) == "Safe Conduct | 4 things you follow have changed."
    assert notice.advisory_ids == tuple(change.advisory_id for change in many)


def test_the_weightiest_comes_first_and_many_become_one() -> None:
    kinds = (ChangeKind.TEXT, ChangeKind.WITHDRAWN, ChangeKind.ACTIONS)
    changes = [change_to(kind, f"a:{kind}") for kind in kinds]
    assert [notice.advisory_ids for notice in notices(*changes, discreet=True)] == [
        ("a:withdrawn",),
        ("a:actions",),
        ("a:text",),
    ]
    assert len(notices(*changes, change_to(ChangeKind.LEVEL), discreet=False)) == 1
    assert notices(discreet=True) == []


def test_level_4_and_an_ordered_departure_are_urgent() -> None:
    change = change_to(ChangeKind.TEXT)
    assert not is_urgent(change, ALERT)
    assert not is_urgent(change, None)
    for revision in (ALERT._replace(level=LEVELS[4]), ALERT._replace(status=("ordered-departure",))):
        assert is_urgent(change, revision)
        assert [notice.urgent for notice in notices(change, discreet=True, revision=revision)] == [True]
    calm = [change_to(ChangeKind.TEXT, f"a:{number}") for number in range(4)]
    newest = {change.advisory_id: ALERT for change in calm}
    assert [notice.urgent for notice in chosen(calm, newest, discreet=True)] == [False]
    newest["a:2"] = ALERT._replace(level=LEVELS[4])
    assert [notice.urgent for notice in chosen(calm, newest, discreet=True)] == [True]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (compare(None, ALERT), "New, with 1 action to take."),
        (compare(None, revision_of([])), "New, with no list of actions."),
        (compare(None, revision_of(["Go.", "Run."])), "New, with 2 actions to take."),
        (compare(ALERT, revision_of([])), "1 no longer listed."),
        (compare(ALERT, revision_of(["Avoid the old bridge.", "Go."])), "1 new, 1 reworded."),
        (compare(ALERT, ALERT._replace(level=LEVELS[4])), "The level is now “Level 4”."),
        (compare(ALERT._replace(level=LEVELS[4]), ALERT), "It no longer has a level; it was “Level 4”."),
        (
            compare(ALERT._replace(level=LEVELS[3]), ALERT._replace(level=LEVELS[4])),
            "The level is now “Level 4”; it was “Level 3”.",
        ),
        (compare(ALERT, ALERT._replace(status=("ordered-departure",))), "Now: departure of staff ordered."),
        (compare(ALERT._replace(status=("airspace-closed",)), ALERT), "No longer: airspace closed."),
        (
            compare(ALERT._replace(status=("ordered-departure",)), ALERT._replace(status=("departure-lifted",))),
            "Now: order to depart lifted. No longer: departure of staff ordered.",
        ),
        (compare(ALERT, ALERT._replace(status=("withdrawn",))), "The issuer has withdrawn it."),
        (compare(ALERT._replace(status=("withdrawn",)), ALERT), "The issuer has published it again."),
        (compare(ALERT, revision_of(["Avoid the bridge."], event="Quiet.")), "Its text has changed."),
        (compare(ALERT, revision_of(["AVOID the bridge"])), "Its text has changed in form only."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_line_says_what_changed(change: Change | None, line: str) -> None:
    assert change is not None
    assert say(line_for(change)) == line


def test_what_was_ticked_and_now_asks_for_something_else_is_told_before_other_actions() -> None:
    added, reworded, other = (
        Change(name, 1, 2, (ChangeKind.ACTIONS,), added=came, reworded=("Carry cash.",))
        for name, came in (("added", ("Pay.",)), ("reworded", ()), ("other", ()))
    )
    important = other._replace(important=other.reworded)
    ticked = important._replace(advisory_id="ticked", overtaken=important.important)
    raised = reworded._replace(advisory_id="raised", kinds=(ChangeKind.LEVEL,))
    with_line = [chosen([one], {one.advisory_id: ALERT}, discreet=False)[0].line for one in (ticked, important)]
    assert [say(line) for line in with_line] == [
        "1 thing that you ticked now asks for something else. Look again.",
        "1 reworded (1 important).",
    ]
    for pair in ((raised, ticked), (ticked, added), (added, important), (important, reworded)):
        told = [notice.advisory_ids[0] for notice in chosen(pair[::-1], {}, discreet=True)]
        assert told == [change.advisory_id for change in pair]


def test_what_touches_a_trip_comes_first_and_then_the_higher_level() -> None:
    names = ("far", "near", "near and high")
    changes = [change_to(ChangeKind.TEXT, name) for name in names]
    near = ALERT._replace(countries=("IQ",))
    newest = {"far": ALERT._replace(countries=("FR",), level=LEVELS[4])}
    newest |= {"near": near._replace(level=LEVELS[2]), "near and high": near._replace(level=LEVELS[3])}
    told = [one.advisory_ids[0] for one in chosen(changes, newest, discreet=False, trips=[trip("IQ")])]
    assert told == ["near and high", "near", "far"]
    raised = change_to(ChangeKind.LEVEL, "far")
    assert chosen([*changes[1:], raised], newest, discreet=True, trips=[trip("IQ")])[0].advisory_ids == ("far",)


def test_two_changes_of_one_advisory_are_one_notice_of_the_weightier() -> None:
    (notice,) = notices(change_to(ChangeKind.TEXT, "a"), change_to(ChangeKind.WITHDRAWN, "a"), discreet=False)
    assert say(notice.line) == "The issuer has withdrawn it."
    assert sorted(notice.numbers) == [0, 1]


def test_only_what_makes_things_graver_is_an_escalation() -> None:
    calm, grave = ALERT._replace(level=LEVELS[3]), ALERT._replace(level=LEVELS[4])
    up, down = compare(calm, grave), compare(grave, calm)
    assert up is not None
    assert down is not None
    assert is_escalation(up)
    assert not is_escalation(down)
    assert subject_of(up) != subject_of(down)
    ordered = compare(ALERT, ALERT._replace(status=("ordered-departure",)))
    lifted = compare(ALERT._replace(status=("ordered-departure",)), ALERT)
    assert [is_escalation(one) for one in (ordered, lifted) if one] == [True, False]


def test_a_withdrawal_wakes_nobody() -> None:
    grave = ALERT._replace(level=LEVELS[4])
    assert not is_urgent(change_to(ChangeKind.WITHDRAWN), grave)

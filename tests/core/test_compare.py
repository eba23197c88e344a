"""What a new state of an advisory is said to have changed, and what makes none."""

from datetime import datetime, timedelta

import pytest

from core.grounds import Dispatch
from core.model import ChangeKind, Kind, Level, Link, Urgency
from core.notices import is_told, line_for
from core.revise import compare
from core.wording import say
from tests.core.revisions import ISSUED, LEVELS, revision_of
from tests.texts import ADDED, ALERT_1_ACTIONS, ALERT_2_ACTIONS, DROPPED, REWORDED

ONE, TWO = "Avoid the old bridge.", "Carry water for three days."
HELD = revision_of([ONE, TWO], level=LEVELS[2], status=("ordered-departure",))


def test_the_first_state_is_a_new_advisory() -> None:
    change = compare(None, HELD)
    assert change is not None
    assert (change.before, change.after, change.kinds) == (None, 1, (ChangeKind.NEW_ADVISORY,))
    assert change.added == (ONE, TWO)


def test_what_makes_no_revision() -> None:
    moved = (*HELD.text.links, Link(0, 5, "https://example.org/another"))
    for same in (
        HELD,
        HELD._replace(text=HELD.text._replace(links=moved)),
        HELD._replace(issued=ISSUED + timedelta(days=1), updated=ISSUED),
        HELD._replace(fetched=ISSUED, number=7),
        HELD._replace(actions=tuple(a._replace(links=("https://example.org/x",)) for a in HELD.actions)),
        HELD._replace(status=HELD.status[::-1]),
    ):
        assert compare(HELD, same) is None


def test_a_later_issue_alone_makes_none_though_a_due_time_counts_from_it() -> None:
    words = ["Leave within 24 hours."]
    before, after = revision_of(words), revision_of(words, issued=ISSUED + timedelta(hours=2))
    assert before.actions[0].due != after.actions[0].due
    assert compare(before, after) is None


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        ({"level": LEVELS[3]}, "level"),
        ({"level": None}, "level"),
        ({"status": ()}, "status"),
        ({"status": ("withdrawn", "ordered-departure")}, "withdrawn status"),
        ({"status": ("withdrawn",), "level": LEVELS[4]}, "withdrawn level status"),
        ({"actions": [TWO, ONE]}, "editorial"),
        ({"actions": [ONE]}, "actions"),
        ({"actions": [ONE, TWO, "Keep your phone charged."]}, "actions"),
        ({"actions": [ONE, "Carry water for five days."]}, "actions"),
        ({"actions": ["Avoid the OLD bridge!", TWO]}, "editorial"),
        ({"event": "Rockets fell on the airport."}, "text"),
        ({"event": "Rockets fell,  on the CITY"}, "editorial"),
        ({"event": "Quiet.", "actions": [ONE], "level": LEVELS[1]}, "level actions text"),
        ({"expires": ISSUED}, "text"),
        ({"level": Level(2, "Take a high degree of care", "another")}, "editorial"),
    ],
    ids=str,
)
def test_each_kind_of_change_the_weightiest_first(after: dict[str, object], kinds: str) -> None:
    wanted: dict[str, object] = {"actions": [ONE, TWO], "level": LEVELS[2], "status": ("ordered-departure",)} | after
    incoming = revision_of(**wanted)  # type: ignore[arg-type]  # the table above is of mixed values
    change = compare(HELD, incoming)
    assert change is not None
    assert [str(kind) for kind in change.kinds] == kinds.split()
    assert change.kind is change.kinds[0]
    assert list(change.kinds) == sorted(change.kinds, key=list(ChangeKind).index)
    assert (change.before, change.after) == (1, 2)
    assert (change.level is not None) == ("level" in kinds)
    assert (change.status is not None) == ("status" in kinds)
    assert is_told(change, incoming, [], ISSUED, first_look=False) == (kinds != "editorial")


def test_withdrawn_and_published_again() -> None:
    gone = HELD._replace(status=("withdrawn",))
    change = compare(gone, HELD)
    assert change is not None
    assert change.kind is ChangeKind.RESTORED
    assert change.status == (("withdrawn",), ("ordered-departure",))


def test_the_scene() -> None:
    change = compare(revision_of(ALERT_1_ACTIONS), revision_of(ALERT_2_ACTIONS))
    assert change is not None
    assert change.kinds == (ChangeKind.ACTIONS,)
    assert (change.added, change.reworded, change.withdrawn) == ((ADDED,), (REWORDED[1],), (DROPPED,))


@pytest.mark.parametrize(
    "altered", [{"urgency": Urgency.IMMEDIATE}, {"due": ISSUED}, {"response_type": "Evacuate"}], ids=str
)
def test_an_issuers_list_may_change_what_is_not_in_its_words(altered: dict[str, object]) -> None:
    held = HELD._replace(kind=Kind.LIST)
    first = held.actions[0]._replace(**altered)  # type: ignore[arg-type]  # one field of several
    change = compare(held, held._replace(actions=(first, *held.actions[1:])))
    assert change is not None
    assert change.kinds == (ChangeKind.ACTIONS,)
    assert is_told(change, held, [], ISSUED, first_look=False)


@pytest.mark.parametrize(
    ("before", "after", "is_change"),
    [
        (Level(1, "Exercise normal precautions", "c"), Level(1, "Take normal precautions", "c"), False),
        (Level(3, "oranje", "n"), Level(3, "Voor de grens geldt kleurcode oranje.", "n"), False),
        (Level(2, "Care", "c"), Level(3, "Care", "c"), True),
        (Level(None, "Orange", "GDACS"), Level(None, "orange ", "GDACS"), False),
        (Level(None, "Orange", "GDACS"), Level(None, "Red", "GDACS"), True),
        (Level(None, "Severe", "CAP severity"), Level(3, "Severe", "c"), True),
        (None, Level(None, "Severe", "CAP severity"), True),
    ],
    ids=str,
)
def test_the_common_value_of_a_level_counts_and_its_words_only_without_one(
    before: Level | None, after: Level, is_change: bool
) -> None:
    for held, incoming in ((before, after), (after, before)):
        change = compare(HELD._replace(level=held), HELD._replace(level=incoming))
        assert (change is not None and ChangeKind.LEVEL in change.kinds) == is_change
        assert (change is not None and change.level is not None) == is_change
        assert is_change or change is None or change.kinds == (ChangeKind.EDITORIAL,)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("held", "incoming", "line"),
    [
        ((ISSUED, ISSUED + HOUR), (ISSUED, ISSUED + 2 * HOUR), "It now holds for longer."),
        ((ISSUED, ISSUED + 2 * HOUR), (ISSUED, ISSUED + HOUR), "It now holds for less long."),
        ((ISSUED, None), (ISSUED, ISSUED + HOUR), "It now holds for less long."),
        ((ISSUED, ISSUED + HOUR), (ISSUED, None), "It no longer has an end."),
        ((None, ISSUED + HOUR), (None, ISSUED + 2 * HOUR), "It now holds for longer."),
        # Published anew every hour for the next hours: nothing was decided.
        ((ISSUED, ISSUED + 3 * HOUR), (ISSUED + HOUR, ISSUED + 4 * HOUR), "Its text has changed in form only."),
    ],
)
def test_that_it_holds_for_longer_or_for_less_long_is_told_as_such(
    held: tuple[datetime | None, datetime | None], incoming: tuple[datetime | None, datetime | None], line: str
) -> None:
    before, after = (HELD._replace(issued=issued, expires=expires) for issued, expires in (held, incoming))
    change = compare(before, after)
    assert change is not None
    assert say(line_for(change)) == line
    assert change.expires == (None if "form" in line else (held[1], incoming[1]))


def test_another_message_that_ends_later_is_told_though_it_is_as_long_as_the_first() -> None:
    before = HELD._replace(expires=ISSUED + HOUR, dispatch=Dispatch("embassy:1"))
    after = before._replace(issued=ISSUED + HOUR, expires=ISSUED + 2 * HOUR, dispatch=Dispatch("embassy:2"))
    change = compare(before, after)
    assert change is not None
    assert change.kinds == (ChangeKind.TEXT,)


def test_of_what_is_reworded_the_important_is_named() -> None:
    change = compare(HELD, revision_of(["Avoid the very old bridge.", "Carry water for five days."]))
    assert change is not None
    assert change.reworded == ("Avoid the very old bridge.", "Carry water for five days.")
    assert change.important == ("Carry water for five days.",)


def test_the_day_of_a_review_is_no_news_and_any_other_day_is() -> None:
    page = "Still current at: : {} Updated: 3 May 2026. The curfew ends on {}."
    before = revision_of([ONE], event=page.format("4 May 2026", "9 May 2026"))
    reviewed, longer = (
        compare(before, revision_of([ONE], event=page.format(*days)))
        for days in (("12 June 2026", "9 May 2026"), ("4 May 2026", "10 May 2026"))
    )
    assert reviewed is not None and longer is not None
    assert (reviewed.kinds, longer.kinds) == ((ChangeKind.EDITORIAL,), (ChangeKind.TEXT,))

"""Quiet hours, how often things are done by their words, and which items are reminded of when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from core.model import Item, Standing, State, Urgency
from core.often import how_often, rows
from core.quiet import QuietHours, read_hours
from core.reminders import Reminder, due_now, next_moment, reminders
from core.wording import say

NIGHT = QuietHours(time(22), time(7))
NOON = datetime(2026, 5, 15, 12).astimezone()
STARTED = {"list": NOON - timedelta(hours=1)}


def item(text: str = "Pack a bag.", /, **others: object) -> Item:
    held = Item(
        "i", "list", 0, None, "a", text, State.OPEN, Standing.CURRENT, None, None, None, Urgency.UNKNOWN, None, None,
        "", None, None,
    )  # fmt: skip
    return replace(held, **others)  # type: ignore[arg-type]  # fields of an item by name


def found(
    *items: Item,
    told: Mapping[str, datetime] | None = None,
    quiet: QuietHours | None = None,
    now: datetime = NOON + timedelta(days=2),
) -> list[Reminder]:
    return list(reminders(items, STARTED, told or {}, quiet, now))


@pytest.mark.parametrize(
    ("hour", "is_quiet"), [(21, False), (22, True), (23, True), (0, True), (6, True), (7, False), (12, False)]
)
def test_quiet_hours_run_over_midnight(hour: int, is_quiet: bool) -> None:
    assert NIGHT.covers(NOON.replace(hour=hour)) == is_quiet


def test_quiet_hours_end_in_the_morning_whichever_day_it_is() -> None:
    for hour, days in ((23, 1), (3, 0), (7, 1)):
        end = NIGHT.end_after(NOON.replace(hour=hour))
        assert end == NOON.replace(hour=7) + timedelta(days=days)
        assert not NIGHT.covers(end)
    assert QuietHours(time(13), time(14)).covers(NOON.replace(hour=13, minute=30))
    assert NIGHT.begin_before(NOON.replace(hour=3)) == NOON.replace(hour=22) - timedelta(days=1)


@pytest.mark.parametrize("texts", [("", ""), ("22:00", ""), ("22:00", "22:00"), ("25:00", "07:00"), ("x", "y")])
def test_what_is_no_time_is_no_quiet(texts: tuple[str, str]) -> None:
    assert read_hours(*texts) is None
    assert read_hours("22:00", "07:00") == NIGHT


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.example)
def test_every_way_of_saying_how_often_means_what_it_says(row: object) -> None:
    example, means = row.example, row.means  # type: ignore[attr-defined]  # a row
    assert how_often(example) == timedelta(minutes=means)


@pytest.mark.parametrize(
    "words",
    [
        "Leave within 24 hours.",
        "Read the daily newspaper before you go out.",
        "Take every second road north.",
        "Be ready at all hours.",
        "Everyone leaves in 6 hours.",
        "every 0 hours",
        "every 900 days",
    ],
)
def test_what_does_not_say_how_often_is_done_once(words: str) -> None:
    assert how_often(words) is None


def test_a_due_item_is_told_an_hour_before_and_once() -> None:
    due = NOON + timedelta(hours=3)
    (one,) = found(item(due=due))
    assert one.at == due - timedelta(hours=1)
    assert due_now([one], due - timedelta(hours=2)) == []
    assert due_now([one], due) == [one]
    assert found(item(due=due), told={one.subject: NOON}) == []
    assert found(item(due=due + timedelta(hours=1)), told={one.subject: NOON}) != []  # another time, another reminder
    assert due_now([one], due + timedelta(days=3)) == []


def test_a_day_is_told_in_its_morning_and_a_night_before_it_begins() -> None:
    (one,) = found(item(due=NOON.replace(hour=23, minute=59)))
    assert one.at == NOON.replace(hour=9)
    (one,) = found(item(due=NOON.replace(hour=5) + timedelta(days=1)), quiet=NIGHT)
    assert one.at == NOON.replace(hour=21, minute=45)
    (one,) = found(item(due=NOON.replace(hour=9) + timedelta(days=1)), quiet=NIGHT)
    assert one.at == NOON.replace(hour=8) + timedelta(days=1)


@pytest.mark.parametrize(
    "over",
    [
        {"state": State.DONE},
        {"state": State.NOT_APPLICABLE},
        {"standing": Standing.WITHDRAWN},
        {"checklist": "archived"},
    ],
)
def test_what_is_done_or_gone_is_not_told(over: dict[str, object]) -> None:
    assert found(item("Pack a bag.", due=NOON, **over)) == []


def test_what_is_done_again_and_again_is_told_so_from_its_last_time() -> None:
    often = item("Report to the warden every 6 hours.")
    (one,) = found(often)
    assert (one.at, say(one.line)) == (STARTED["list"] + timedelta(hours=6), "It is time for this again.")
    done = replace(often, state=State.DONE, done_at=NOON)
    (one,) = found(done)
    assert one.at == NOON + timedelta(hours=6)
    (one,) = found(done, told={one.subject: NOON + timedelta(hours=30)})  # a night and more asleep: told once
    assert one.at == NOON + timedelta(hours=36)
    assert next_moment([one], NOON) == one.at
    assert found(replace(often, state=State.NOT_APPLICABLE)) == []


def test_the_travellers_own_words_count_before_the_issuers() -> None:
    (one,) = found(item("Report every 6 hours.", note="warden says every 2 hours, by text"))
    assert one.at == STARTED["list"] + timedelta(hours=2)


def test_how_often_she_set_counts_before_every_word() -> None:
    said = item("Report every 6 hours.", note="every 12 hours", every=timedelta(hours=2))
    assert found(said)[0].often == timedelta(hours=2)


def test_a_reminder_of_her_own_is_told_when_she_said() -> None:
    (one,) = found(item(reminder=NOON.astimezone(UTC)))
    assert due_now([one], NOON) == [one]
    assert say(one.line) == "You wanted to be reminded of this."

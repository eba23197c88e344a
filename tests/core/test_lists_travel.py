"""What is exported and taken in again is the same list, in each format as far as it can carry it."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import lists
from core.errors import InputError
from core.lines import File, NewLine
from core.lists import json_list
from core.lists.shape import MAX_LINES, ListFile, Quote, Written
from core.markup import clean_note, fold
from core.model import Checklist, Item, ListKind, Standing, State, Urgency

NOW = datetime(2026, 5, 16, 18, 0, tzinfo=UTC)
FORMATS = sorted(lists.WRITERS)

_words = st.text(min_size=1, max_size=60).map(fold).filter(lambda words: any(map(str.isalnum, words)))
# Markdown has a condition in bold before the words, told by the sign that it ends with.
_conditions = st.none() | st.sampled_from(["You should not", "If it goes on", "إذا استمر"])
_moments = st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)
_every = st.none() | st.integers(15, 14 * 1440).map(lambda number: timedelta(minutes=number))
_names = st.lists(_words, max_size=3, unique=True)


@st.composite
def _items(draw: st.DrawFn) -> list[Item]:
    made = []
    heading = None
    for number in range(draw(st.integers(1, 4))):
        heading = draw(_words) if heading is None or draw(st.booleans()) else heading
        state = draw(st.sampled_from(State))
        mine = [""] if draw(st.booleans()) else []
        made.append(
            Item(
                id=f"i{number}",
                checklist="c1",
                position=number,
                action_id=None,
                advisory_id=None,
                text=draw(_words),
                state=state,
                standing=draw(st.sampled_from([Standing.CURRENT, Standing.WITHDRAWN])),
                was=None,
                heading=heading,
                condition=draw(_conditions),
                urgency=draw(st.sampled_from(Urgency)),
                response_type=draw(st.sampled_from([None, "Monitor"])),
                done_at=draw(_moments) if state is State.DONE else None,
                note=clean_note(draw(st.text(max_size=60))),
                due=draw(_moments),
                reminder=draw(_moments),
                detail=draw(st.just("") | _words),
                every=draw(_every),
                done_by=(*mine, *draw(_names)),
            )
        )
    return made


def written(items: Sequence[Item], attribution: str = "", quoted: Sequence[Quote] = (), name: str = "c1") -> Written:
    return Written(Checklist(name, "Leaving", ListKind.OWN, None, NOW, None, 0, len(items)), items, attribution, quoted)


# What a format has no place for.
_WITHOUT: dict[str, tuple[str, ...]] = {
    "json": (),
    "markdown": ("detail", "urgency", "response_type"),
    "csv": ("detail", "urgency", "response_type"),
    "ics": ("detail", "urgency", "response_type", "reminder"),
}


def line_of(item: Item, without: Sequence[str] = ()) -> NewLine:
    made = NewLine(
        item.text, item.state, item.note, item.due, item.heading, item.condition, item.detail, item.urgency,
        item.response_type, None, item.reminder, item.every, item.done_by, item.done_at, item.standing,
    )  # fmt: skip
    plain = NewLine("")
    return replace(made, **{name: getattr(plain, name) for name in without})


@pytest.mark.parametrize("name", FORMATS)
@given(items=_items())
def test_a_list_comes_back_as_it_was(name: str, items: list[Item]) -> None:
    (found,) = lists.read(lists.WRITERS[name]([written(items)]))
    assert found.title == "Leaving"
    said = [replace(line, condition=None) for line in found.lines]
    assert said == [replace(line_of(one, _WITHOUT[name]), condition=None) for one in items]
    # A condition that the words begin with themselves is not written twice.
    assert all(line.condition in (None, one.condition) for line, one in zip(found.lines, items, strict=True))


QUOTE = Quote(
    "Alert for Ruritania", "Embassy", "Embassy in Ruritania", "open licence", "https://embassy.example/a", "en",
    ("IQ",), "Level 4", NOW, NOW, None, NOW + timedelta(minutes=5), False, "Leave now\n\n- Go by road",
)  # fmt: skip
SAID = (
    "From: Embassy in Ruritania (open licence). “Alert for Ruritania”, https://embassy.example/a, "
    "issued 2026-05-16T18:00:00Z, fetched 2026-05-16T18:05:00Z."
)


def item(text: str = "Go by road") -> Item:
    return Item(
        id="i1", checklist="c1", position=0, action_id=None, advisory_id="a", text=text, state=State.OPEN,
        standing=Standing.CURRENT, was=None, heading=None, condition=None, urgency=Urgency.UNKNOWN,
        response_type=None, done_at=None, note="", due=None, reminder=None,
    )  # fmt: skip


def quoting() -> Written:
    held = written([item()], "From: Embassy in Ruritania (open licence).", [QUOTE])
    return held._replace(quotes={"i1": 0}, files={"i1": [File("ticket.pdf", 3, b"abc")]})


@pytest.mark.parametrize("name", FORMATS)
def test_issuer_link_licence_and_times_travel_and_are_read_back(name: str) -> None:
    (found,) = lists.read(lists.WRITERS[name]([quoting()]))
    assert found.attribution == SAID
    again = written([item()], found.attribution, found.quoted)
    (once_more,) = lists.read(lists.WRITERS[name]([again]))
    assert once_more.attribution == SAID  # and no longer from hand to hand


@pytest.mark.parametrize("name", FORMATS)
def test_each_of_several_lists_keeps_its_own_attribution(name: str) -> None:
    other = written([replace(item(), id="i2", checklist="c2")], "From: Somebody else.", name="c2")
    bare = written([replace(item(), id="i3", checklist="c3")], name="c3")
    found = lists.read(lists.WRITERS[name]([quoting(), bare, other]))
    assert [one.attribution for one in found] == [SAID, "", "From: Somebody else."]


def test_plain_json_names_texts_and_files_and_a_copy_carries_them() -> None:
    (named,) = lists.read(json_list.write([quoting()]))
    assert named.quoted == (QUOTE._replace(text=""),)
    assert named.lines[0].files == (File("ticket.pdf", 3),)
    (whole,) = lists.read(json_list.write_whole([quoting()]))
    assert whole.quoted == (QUOTE,)
    assert whole.lines[0].files == (File("ticket.pdf", 3, b"abc"),)
    assert whole.lines[0].quotes == 0


def test_attached_files_are_named_for_people() -> None:
    assert b"  - file: ticket.pdf" in lists.WRITERS["markdown"]([quoting()])
    assert b"ticket.pdf" in lists.WRITERS["csv"]([quoting()])


def test_a_calendar_shows_what_is_done_again_from_its_due_time() -> None:
    held = replace(item(), due=NOW, every=timedelta(hours=6))
    data = lists.WRITERS["ics"]([written([held])])
    assert b"DUE:20260516T180000Z" in data
    assert b"DTSTART:20260516T120000Z" in data
    assert b"RRULE:FREQ=HOURLY;INTERVAL=6" in data


def test_a_rule_of_somebody_elses_calendar_that_says_more_is_no_interval() -> None:
    rule = b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:Water\r\nRRULE:FREQ=%s\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    for words, hours in ((b"DAILY", 24), (b"HOURLY;INTERVAL=2", 2), (b"WEEKLY;BYDAY=MO", 0), (b"YEARLY", 0)):
        (found,) = lists.read(rule % words)
        assert found.lines[0].every == (timedelta(hours=hours) if hours else None), words


def test_a_due_time_that_cannot_be_costs_no_line() -> None:
    (found,) = lists.read(b"# Car\n- [ ] Fuel (due 2026-99-99T99:99:99Z)\n- [ ] Water (due 2028-01-31T08:00:00Z)\n")
    assert [(line.text, line.due) for line in found.lines] == [
        ("Fuel", None), ("Water", datetime(2028, 1, 31, 8, tzinfo=UTC)),
    ]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_more_than_is_taken_is_refused_instead_of_cut(name: str) -> None:
    many = [replace(item(), id=f"i{number}") for number in range(MAX_LINES + 1)]
    data = lists.WRITERS[name]([written(many)])
    with pytest.raises(InputError, match="lists-too-long"):
        lists.read(data)


@pytest.mark.parametrize("words", ["javascript:alert(1)", "file:///etc/passwd", "https://u:p@a.example/", "//a"])
def test_no_address_of_a_file_is_believed_that_could_not_be_opened(words: str) -> None:
    (found,) = lists.read(json_list.write([quoting()._replace(quoted=[QUOTE._replace(url=words)])]))
    assert found.quoted[0].url is None


def test_places_that_a_file_does_not_have_are_none() -> None:
    data = json_list.write([quoting()]).replace(b'"quotes": 0', b'"quotes": 7').replace(b'"IQ"', b'"<b>"')
    (found,) = lists.read(data)
    assert found.lines[0].quotes is None
    assert found.quoted[0].countries == ()


def test_a_list_of_an_older_format_is_read(tmp_path: Path) -> None:
    old = b'{"kind": "safeconduct-checklist", "format": 1, "title": "Car", "items": [{"text": "Fuel", "list": 0}]}'
    assert lists.read(old) == (ListFile("Car", (NewLine("Fuel"),)),)


_SIGNS = (
    b"\n", b"\r\n", b":", b";", b",", b'"', b"{", b"}", b"[", b"]", b"-", b"---\n", b"# ", b"\x00", b"\xff", b"null",
    b"99999999999999999999", b"1e999", b"BEGIN:VTODO\r\n", b"END:VTODO\r\n", b"BEGIN:VCALENDAR\r\n", b"TZID=Nowhere:",
    b"RRULE:FREQ=HOURLY;INTERVAL=-99999999999\r\n", b"DUE;VALUE=DATE:00010101\r\n", b"DUE:99991231T235959\r\n",
    b"COMPLETED;TZID=America/New_York:00010101T000000\r\n",
)  # fmt: skip


@pytest.mark.parametrize("name", [*FORMATS, "whole"])
def test_a_damaged_file_gives_lists_or_none_or_a_sentence(name: str) -> None:
    write = json_list.write_whole if name == "whole" else lists.WRITERS[name]
    full = replace(
        item(), state=State.DONE, standing=Standing.WITHDRAWN, heading="First", condition="If so", note="a\n\nb",
        due=NOW, reminder=NOW, done_at=NOW, every=timedelta(hours=6), done_by=("", "Ana"),
    )  # fmt: skip
    data, chance = write([quoting()._replace(items=[full])] * 2), random.Random(name)
    for _ in range(1500):
        held = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(held) + 1)
            what = chance.choice((chance.choice(_SIGNS), chance.randbytes(1), bytes(held[at : at + 60])))
            held[at : at + chance.choice((0, 0, 1, 40))] = what
        try:
            assert all(line.text for one in lists.read(bytes(held)) for line in one.lines)
        except InputError as error:
            assert error.message.id in {"lists-too-long", "file-too-large-to-attach"}

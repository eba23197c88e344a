"""Checklists out to files and back: nothing the traveller wrote is lost, nothing in a cell runs."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import lists
from core.lists.shape import Written
from core.markup import clean_note, fold
from core.model import Checklist, Item, ListKind, Standing, State, Urgency
from tests.core.in_process import Terminal

DUE = datetime(2026, 5, 16, 18, 0, tzinfo=UTC)
LIST = Checklist("c1", "Leaving <b>now</b> & later", ListKind.OWN, None, DUE, None, 1, 2)


def item(number: int, text: str, state: State = State.OPEN, note: str = "", due: datetime | None = None) -> Item:
    return Item(
        id=f"i{number}", checklist="c1", position=number, action_id=None, advisory_id=None, text=text, state=state,
        standing=Standing.CURRENT, was=None, heading="First", condition=None, urgency=Urgency.UNKNOWN,
        response_type=None, done_at=DUE if state is State.DONE else None, note=note, due=due, reminder=None,
    )  # fmt: skip


ITEMS = [
    item(1, "Leave [now] by *any* road, #1.", State.DONE, "bus at 17:40\nseat 14C"),
    item(2, "Take cash; \"two\" 'kinds', € and $", State.OPEN, "", DUE),
    item(3, "لا تقترب من المطار", State.NOT_APPLICABLE),
]


def test_reminders_and_how_often_travel_in_our_own_format() -> None:
    held = replace(ITEMS[0], reminder=DUE, every=timedelta(hours=6))
    data = lists.WRITERS["json"]([Written(LIST, [held], "")])
    (read,) = lists.read(data)
    assert (read.lines[0].reminder, read.lines[0].every) == (DUE, timedelta(hours=6))
    odd = lists.read(data.replace(b"360", b"36000000000000000000"))
    assert all(line.every is None for one in odd for line in one.lines)


def test_a_checklist_in_a_file_is_looked_at_as_it_would_be_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "car.md"
    file.write_text("# Car\n\n- [x] Fuel\n- [ ] Water\n", encoding="utf-8")
    terminal = Terminal(tmp_path, capsys, monkeypatch)
    seen = terminal.get("read", str(file))
    assert (seen["format"], seen["advisories"]) == ("checklist", [])
    (listed,) = seen["checklists"]
    assert listed["title"] == "Car"
    assert [(one["text"], one["state"]) for one in listed["items"]] == [("Fuel", "done"), ("Water", "open")]
    (kept,) = terminal.get("import", str(file))["checklists"]
    assert (kept["title"], kept["done"], kept["total"]) == ("Car", 1, 2)


@pytest.mark.parametrize("name", sorted(lists.WRITERS))
def test_what_is_written_is_read_again(name: str) -> None:
    (found,) = lists.read(lists.WRITERS[name]([Written(LIST, ITEMS, "")]))
    assert found.title == LIST.title
    assert [(line.text, line.state, line.note, line.due) for line in found.lines] == [
        (one.text, one.state, one.note, one.due) for one in ITEMS
    ]


@pytest.mark.parametrize("name", sorted(lists.WRITERS))
@given(text=st.text(min_size=1, max_size=80), note=st.text(max_size=60))
def test_any_words_come_back_as_they_were_or_cleaned(name: str, text: str, note: str) -> None:
    words, said = fold(text), clean_note(note)
    if not words or not any(c.isalnum() for c in words):
        return
    (found,) = lists.read(lists.WRITERS[name]([Written(LIST, [item(1, words, note=said)], "")]))
    assert found.lines[0].text == words


@pytest.mark.parametrize("name", sorted(lists.WRITERS))
def test_several_lists_keep_their_titles_and_come_back_as_several(name: str) -> None:
    other = LIST._replace(id="c2", title=LIST.title)  # two governments may give their pages one title
    third = LIST._replace(id="c3", title="Follow [up]")
    written = [Written(LIST, ITEMS[:2], ""), Written(other, ITEMS[2:], "From here."), Written(third, ITEMS[:1], "")]
    found = lists.read(lists.WRITERS[name](written))
    assert [(one.title, [line.text for line in one.lines]) for one in found] == [
        (held.checklist.title, [one.text for one in held.items]) for held in written
    ]


@pytest.mark.parametrize("name", sorted(lists.WRITERS))
def test_a_note_keeps_its_empty_lines(name: str) -> None:
    (found,) = lists.read(lists.WRITERS[name]([Written(LIST, [item(1, "Leave", note="one\n\ntwo")], "")]))
    assert found.lines[0].note == "one\n\ntwo"


def test_json_keeps_what_decides_the_group() -> None:
    held = replace(
        ITEMS[1], condition="if it goes on", urgency=Urgency.FUTURE, response_type="Monitor", detail="At a bank."
    )
    (found,) = lists.read(lists.WRITERS["json"]([Written(LIST, [held], "")]))
    (line,) = found.lines
    assert (line.condition, line.urgency, line.response_type, line.detail) == (
        "if it goes on", Urgency.FUTURE, "Monitor", "At a bank.",
    )  # fmt: skip


def test_no_cell_of_a_table_begins_with_what_a_spreadsheet_runs() -> None:
    evil = [item(n, sign + "cmd|' /C calc'!A0") for n, sign in enumerate("=+-@\t")]
    rows = list(csv.reader(io.StringIO(lists.WRITERS["csv"]([Written(LIST, evil, "=1+1")]).decode())))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_the_attribution_travels() -> None:
    for name, write in lists.WRITERS.items():
        written = write([Written(LIST, ITEMS, "From the embassy (public domain).")]).decode().replace("\r\n ", "")
        assert "From the embassy" in written, name


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[]", b'{"kind": "safeconduct-checklist"}', b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\nEND:VCALENDAR",
        b'{"kind": "safeconduct-checklist", "title": "\x96"}',
        b"a,b\n1,2\n", b"# only a title\n", b"\xff\xfe\x00", b"state,text\n" + b'"' * 5000,
        b'{"kind": "safeconduct-checklist", "title": "t", "items": ' + b"[" * 50_000,
        b"BEGIN:VCALENDAR\nBEGIN:VTODO\nDUE:never\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR",
    ],
)  # fmt: skip
def test_what_is_no_checklist_gives_none_or_words(data: bytes) -> None:
    assert all(line.text for one in lists.read(data) for line in one.lines)

"""Checklists as CSV (RFC 4180) with a heading row. A cell never begins with what a spreadsheet would run.

`done_by` holds the names of who of those who travel together has done an item, one a line; `done_by_me` is "yes" where
the traveller has.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from core.conditions import in_full, leading
from core.errors import FormatError
from core.formats.documents import decode
from core.lines import NewLine
from core.lists.attribution import in_full as in_full_attribution
from core.lists.shape import ListFile, Written, cleaned, every, grouped, minutes, moment
from core.model import Standing, State
from core.times import to_text

COLUMNS = (
    "state", "text", "note", "due", "heading", "standing", "done_at", "list", "attribution", "list_id", "condition",
    "reminder", "every_minutes", "done_by_me", "done_by", "files",
)  # fmt: skip
_RUNS = ("=", "+", "-", "@", "\t")


def write(lists: Sequence[Written]) -> bytes:
    """Checklists as CSV, a row an item."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for held in lists:
        attribution = in_full_attribution(held)
        for item in held.items:
            files = "\n".join(file.name for file in held.files.get(item.id, ()))
            every_minutes = minutes(item.every)
            cells = (
                item.state, in_full(item), item.note, to_text(item.due) or "", item.heading or "", item.standing,
                to_text(item.done_at) or "", held.checklist.title, attribution, held.checklist.id,
                item.condition or "", to_text(item.reminder) or "", "" if every_minutes is None else str(every_minutes),
                "yes" if "" in item.done_by else "", "\n".join(name for name in item.done_by if name), files,
            )  # fmt: skip
            writer.writerow([f"'{cell}" if cell.startswith(_RUNS) else cell for cell in cells])
    return out.getvalue().encode()


def read(data: bytes) -> tuple[ListFile, ...]:
    """Rows of a file that has at least the columns `state` and `text`; none where it is something else."""
    try:
        rows = csv.DictReader(io.StringIO(decode(data)))
        if not {"state", "text"} <= set(rows.fieldnames or ()):
            return ()
        lines = []
        said: dict[str, str] = {}
        for row in rows:
            held = {
                name: _unguarded(value)
                for name, value in row.items()
                if isinstance(name, str) and isinstance(value, str)
            }
            state = State(held["state"]) if held.get("state") in set(State) else State.OPEN
            condition = held.get("condition") or None
            line = NewLine(
                held.get("text", "").removeprefix(leading(condition)),
                state,
                held.get("note", ""),
                moment(held.get("due")),
                held.get("heading") or None,
                condition,
                reminder=moment(held.get("reminder")),
                every=every(_number(held.get("every_minutes", ""))),
                done_by=_people(held),
                done_at=moment(held.get("done_at")),
                standing=Standing.WITHDRAWN if held.get("standing") == Standing.WITHDRAWN else Standing.CURRENT,
            )
            title = held.get("list", "")
            name = held.get("list_id") or title
            said.setdefault(name, held.get("attribution", ""))
            lines.append((name, title, line))
    except (csv.Error, FormatError):
        return ()
    return cleaned(grouped(lines), list(said.values()))


def _people(held: Mapping[str, str]) -> tuple[str, ...]:
    """Who has done an item, the traveller first."""
    mine = [""] if held.get("done_by_me", "").strip().lower() == "yes" else []
    return (*mine, *filter(str.strip, held.get("done_by", "").split("\n")))


def _number(cell: str) -> int | None:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 10 else None


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUNS) else cell

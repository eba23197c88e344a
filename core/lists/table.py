"""Checklists as CSV (RFC 4180) with a heading row. A cell never begins with what a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from core.conditions import in_full, leading
from core.errors import FormatError
from core.formats.documents import decode
from core.lines import NewLine
from core.lists.shape import ListFile, Written, cleaned, grouped
from core.model import State
from core.times import stamp, to_text

COLUMNS = (
    "state", "text", "note", "due", "heading", "standing", "done_at", "list", "attribution", "list_id", "condition",
)  # fmt: skip
_RUNS = ("=", "+", "-", "@", "\t")


def write(lists: Sequence[Written]) -> bytes:
    """Checklists as CSV, a row an item."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for held in lists:
        for item in held.items:
            cells = (
                item.state, in_full(item), item.note, to_text(item.due) or "", item.heading or "", item.standing,
                to_text(item.done_at) or "", held.checklist.title, held.attribution, held.checklist.id,
                item.condition or "",
            )  # fmt: skip
            writer.writerow([f"'{cell}" if cell.startswith(_RUNS) else cell for cell in cells])
    return out.getvalue().encode()


def read(data: bytes) -> tuple[ListFile, ...]:
    """Rows of a file that has at least the columns `state` and `text`; none where it is something else."""
    try:
        rows = csv.DictReader(io.StringIO(decode(data)))
        if not {"state", "text"} <= set(rows.fieldnames or ()):
            return ()
        now = datetime.now(UTC)
        lines = []
        for row in rows:
            held = {
                name: _unguarded(value)
                for name, value in row.items()
                if isinstance(name, str) and isinstance(value, str)
            }
            due = stamp(held.get("due"), now)
            state = State(held["state"]) if held.get("state") in set(State) else State.OPEN
            condition = held.get("condition") or None
            line = NewLine(
                held.get("text", "").removeprefix(leading(condition)),
                state,
                held.get("note", ""),
                due.at if due else None,
                held.get("heading") or None,
                condition,
            )
            title = held.get("list", "")
            lines.append((held.get("list_id") or title, title, line))
    except (csv.Error, FormatError):
        return ()
    return cleaned(grouped(lines))


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUNS) else cell

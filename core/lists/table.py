"""A checklist as CSV (RFC 4180) with a heading row. A cell never begins with what a spreadsheet would run."""

import csv
import io
from datetime import UTC, datetime

from core.errors import FormatError
from core.formats.documents import decode
from core.lines import NewLine
from core.lists.shape import ListFile, cleaned
from core.model import Checklist, Item, State
from core.times import stamp, to_text

COLUMNS = ("state", "text", "note", "due", "heading", "standing", "done_at", "list", "attribution")
_RUNS = ("=", "+", "-", "@", "\t")


def write(checklist: Checklist, items: list[Item], attribution: str) -> bytes:
    """A checklist as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for item in items:
        cells = (
            item.state, item.text, item.note, to_text(item.due) or "", item.heading or "", item.standing,
            to_text(item.done_at) or "", checklist.title, attribution,
        )  # fmt: skip
        writer.writerow([f"'{cell}" if cell.startswith(_RUNS) else cell for cell in cells])
    return out.getvalue().encode()


def read(data: bytes) -> ListFile | None:
    """Rows of a file that has at least the columns `state` and `text`, or None."""
    try:
        rows = csv.DictReader(io.StringIO(decode(data)))
        if not {"state", "text"} <= set(rows.fieldnames or ()):
            return None
        now = datetime.now(UTC)
        lines, title = [], ""
        for row in rows:
            held = {
                name: _unguarded(value)
                for name, value in row.items()
                if isinstance(name, str) and isinstance(value, str)
            }
            due = stamp(held.get("due"), now)
            state = State(held["state"]) if held.get("state") in set(State) else State.OPEN
            title = title or held.get("list", "")
            lines.append(
                NewLine(
                    held.get("text", ""),
                    state,
                    held.get("note", ""),
                    due.at if due else None,
                    held.get("heading") or None,
                )
            )
    except (csv.Error, FormatError):
        return None
    return cleaned(title, lines)


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUNS) else cell

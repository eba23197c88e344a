"""A checklist as Markdown task items: `- [ ]`, `- [x]`, and `- [-]` for what does not apply."""

import re

from core.errors import FormatError
from core.formats.documents import decode
from core.lines import NewLine
from core.lists.shape import ListFile, cleaned
from core.model import Checklist, Item, State
from core.times import to_text

_BOX = {State.OPEN: " ", State.DONE: "x", State.NOT_APPLICABLE: "-"}
_TASK = re.compile(r"^\s*[-*+] \[([ xX-])\] (.+)$")
_DUE = re.compile(r" \(due (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\)$")


def write(checklist: Checklist, items: list[Item], attribution: str) -> bytes:
    """A checklist as Markdown."""
    lines = [f"# {_plain(checklist.title)}", ""]
    heading = None
    for item in items:
        if item.heading and item.heading != heading:
            heading = item.heading
            lines += ["", f"## {_plain(heading)}", ""]
        due = f" (due {to_text(item.due)})" if item.due else ""
        lines.append(f"- [{_BOX[item.state]}] {_plain(item.text)}{due}")
        lines += [f"  > {_plain(row)}" for row in item.note.split("\n") if row.strip()]
    if attribution:
        lines += ["", _plain(attribution)]
    return ("\n".join(lines) + "\n").encode()


def _plain(words: str) -> str:
    """Words in which nothing is markup."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", words)


def _unescaped(words: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>#|])", r"\1", words)


def read(data: bytes) -> ListFile | None:
    """Task items of a Markdown file, or None where there are none."""
    from core.times import from_text

    try:
        text = decode(data)
    except FormatError:
        return None
    title, heading = "", None
    lines: list[NewLine] = []
    for row in text.split("\n"):
        task = _TASK.match(row)
        if task:
            words = _unescaped(task[2])
            due = _DUE.search(words)
            state = {" ": State.OPEN, "-": State.NOT_APPLICABLE}.get(task[1], State.DONE)
            words = words[: due.start()] if due else words
            lines.append(NewLine(words, state, "", from_text(due[1]) if due else None, heading))
        elif row.startswith("# ") and not title:
            title = _unescaped(row[2:])
        elif row.startswith("## "):
            heading = _unescaped(row[3:])
        elif row.startswith("  > ") and lines:
            last = lines[-1]
            note = (last.note + "\n" if last.note else "") + _unescaped(row[4:])
            lines[-1] = NewLine(last.text, last.state, note, last.due, last.heading)
    return cleaned(title, lines) if lines else None

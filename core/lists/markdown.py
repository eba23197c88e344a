"""Checklists as Markdown task items: `- [ ]`, `- [x]`, and `- [-]` for what does not apply. A title begins a list.

The condition that an item stands under is in bold before its words: `- [ ] **You should not:** film the tower`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.conditions import ahead
from core.errors import FormatError
from core.formats.documents import decode
from core.lines import NewLine
from core.lists.shape import ListFile, Written, cleaned
from core.model import Item, State
from core.times import from_text, to_text

_BOX = {State.OPEN: " ", State.DONE: "x", State.NOT_APPLICABLE: "-"}
_TASK = re.compile(r"^\s*[-*+] \[([ xX-])\] (.+)$")
_CONDITION = re.compile(r"^\*\*((?:[^*\\]|\\.)+[:.!?…。！？؟])\*\* ")
_DUE = re.compile(r" \(due (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\)$")


def write(lists: Sequence[Written]) -> bytes:
    """Checklists as Markdown, one after the other."""
    return "\n\n".join(_one(held) for held in lists).encode()


def _one(held: Written) -> str:
    lines = [f"# {_plain(held.checklist.title)}", ""]
    heading = None
    for item in held.items:
        if item.heading and item.heading != heading:
            heading = item.heading
            lines += ["", f"## {_plain(heading)}", ""]
        due = f" (due {to_text(item.due)})" if item.due else ""
        lines.append(f"- [{_BOX[item.state]}] {_condition(item)}{_plain(item.text)}{due}")
        lines += [f"  > {_plain(row)}" for row in item.note.split("\n") if item.note]
    if held.attribution:
        lines += ["", _plain(held.attribution)]
    return "\n".join(lines) + "\n"


def _condition(item: Item) -> str:
    lead = ahead(item.text, item.condition).rstrip()
    return f"**{_plain(lead)}** " if lead else ""


def _plain(words: str) -> str:
    """Words in which nothing is markup."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", words)


def _unescaped(words: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>#|])", r"\1", words)


def read(data: bytes) -> tuple[ListFile, ...]:
    """Task items of a Markdown file, a list under each title; none where there are no such items."""
    try:
        text = decode(data)
    except FormatError:
        return ()
    heading = None
    lists: list[tuple[str, list[NewLine]]] = [("", [])]
    for row in text.split("\n"):
        task = _TASK.match(row)
        lines = lists[-1][1]
        if task:
            condition = _CONDITION.match(task[2])
            words = _unescaped(task[2][condition.end() if condition else 0 :])
            due = _DUE.search(words)
            state = {" ": State.OPEN, "-": State.NOT_APPLICABLE}.get(task[1], State.DONE)
            words = words[: due.start()] if due else words
            stands_under = _unescaped(condition[1]).rstrip(":") if condition else None
            lines.append(NewLine(words, state, "", from_text(due[1]) if due else None, heading, stands_under))
        elif row.startswith("# "):
            heading = None
            lists.append((_unescaped(row[2:]), []))
        elif row.startswith("## "):
            heading = _unescaped(row[3:])
        elif row.startswith("  >") and lines:
            note, more = lines[-1].note, _unescaped(row[3:].removeprefix(" "))
            lines[-1] = replace(lines[-1], note=f"{note}\n{more}" if note else more)
    return cleaned(lists)

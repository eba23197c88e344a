"""Checklists as Markdown task items: `- [ ]`, `- [x]`, and `- [-]` for what does not apply. A title begins a list.

The condition that an item stands under is in bold before its words: `- [ ] **You should not:** film the tower`. Under
an item its note is quoted, and what else is kept of it stands in lines of their own (`  - every: 6 h`). What is said of
where a list's words are from stands behind a rule at its end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from core.conditions import ahead
from core.errors import FormatError
from core.formats.documents import decode
from core.lines import File, NewLine
from core.lists.attribution import in_full
from core.lists.shape import ListFile, Written, cleaned, every, minutes, moment
from core.model import Item, Standing, State
from core.times import to_text

_BOX = {State.OPEN: " ", State.DONE: "x", State.NOT_APPLICABLE: "-"}
_TASK = re.compile(r"^\s*[-*+] \[([ xX-])\] (.+)$")
_CONDITION = re.compile(r"^\*\*((?:[^*\\]|\\.)+[:.!?…。！？؟])\*\* ")
_DUE = re.compile(r" \(due (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\)$")
_UNDER = re.compile(r"^  - (done by|done|reminder|every|file): (.+)$")
_BY_ME, _GONE = "  - done by you", "  - no longer listed"
_RULE = "---"
_UNITS = {"min": 1, "h": 60, "d": 1440}


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
        lines += _kept(item, held.files.get(item.id, ()))
    attribution = in_full(held)
    if attribution:
        lines += ["", _RULE, "", _plain(attribution)]
    return "\n".join(lines) + "\n"


def _kept(item: Item, files: Sequence[File]) -> Iterator[str]:
    """What is kept of an item beside its words, its note and its due time."""
    if item.standing is Standing.WITHDRAWN:
        yield _GONE
    if item.done_at:
        yield f"  - done: {to_text(item.done_at)}"
    for name in item.done_by:
        yield f"  - done by: {_plain(name)}" if name else _BY_ME
    if item.reminder:
        yield f"  - reminder: {to_text(item.reminder)}"
    if number := minutes(item.every):
        unit = next(unit for unit in ("d", "h", "min") if number % _UNITS[unit] == 0)
        yield f"  - every: {number // _UNITS[unit]} {unit}"
    for file in files:
        yield f"  - file: {_plain(file.name)}"


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
    ends = False
    lists: list[tuple[str, list[NewLine]]] = [("", [])]
    said: list[list[str]] = [[]]
    for row in text.split("\n"):
        task = _TASK.match(row)
        lines = lists[-1][1]
        if task:
            ends = False
            lines.append(_line(task[1], task[2], heading))
        elif row.startswith("# "):
            heading, ends = None, False
            lists.append((_unescaped(row[2:]), []))
            said.append([])
        elif row.startswith("## "):
            heading, ends = _unescaped(row[3:]), False
        elif row.rstrip() == _RULE and lines:
            ends = True
        elif ends:
            said[-1].append(_unescaped(row))
        elif row.startswith("  >") and lines:
            note, more = lines[-1].note, _unescaped(row[3:].removeprefix(" "))
            lines[-1] = replace(lines[-1], note=f"{note}\n{more}" if note else more)
        elif lines:
            lines[-1] = _with(lines[-1], row)
    return cleaned(lists, ["\n".join(rows[:50]) for rows in said])


def _line(box: str, words: str, heading: str | None) -> NewLine:
    condition = _CONDITION.match(words)
    words = _unescaped(words[condition.end() if condition else 0 :])
    due = _DUE.search(words)
    state = {" ": State.OPEN, "-": State.NOT_APPLICABLE}.get(box, State.DONE)
    return NewLine(
        words[: due.start()] if due else words,
        state,
        due=moment(due[1]) if due else None,
        heading=heading,
        condition=_unescaped(condition[1]).rstrip(":") if condition else None,
    )


def _with(line: NewLine, row: str) -> NewLine:
    """A line with what a row under it says; what is not of ours says nothing."""
    if row == _BY_ME:
        return replace(line, done_by=(*line.done_by, ""))
    if row == _GONE:
        return replace(line, standing=Standing.WITHDRAWN)
    under = _UNDER.match(row)
    if under is None:
        return line
    words = _unescaped(under[2])
    match under[1]:
        case "done by":
            return replace(line, done_by=(*line.done_by, words))
        case "done":
            return replace(line, done_at=moment(words))
        case "reminder":
            return replace(line, reminder=moment(words))
        case "every":
            return replace(line, every=_every(words))
    return line


def _every(words: str) -> timedelta | None:
    found = re.fullmatch(r"(\d{1,6}) (min|h|d)", words, re.ASCII)
    return every(int(found[1]) * _UNITS[found[2]]) if found else None

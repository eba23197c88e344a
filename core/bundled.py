"""The checklists that come with the program: there from the first start, without a network.

They are action lists of our own format in `resources/lists`, read by the very reader that reads anyone's.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from core.lines import NewLine
from core.model import Action, Checklist, Kind, ListKind, Source
from core.paths import RESOURCES


@dataclass(frozen=True, slots=True)
class Bundled:
    """One list: its id (`safeconduct:...`), its title, and its actions, each with a line that says how."""

    id: str
    title: str
    actions: tuple[Action, ...]
    details: tuple[str, ...]

    def lines(self) -> list[NewLine]:
        """Its actions as the lines of a new checklist."""
        return [
            NewLine(
                action.text,
                heading=action.heading,
                condition=action.condition,
                detail=detail,
                urgency=action.urgency,
                response_type=action.response_type,
                refers_to=action.refers_to,
            )
            for action, detail in zip(self.actions, self.details, strict=True)
        ]


@cache
def lists() -> dict[str, Bundled]:
    """Every bundled list, by id, in the order of their titles."""
    found = [_read(data) for data in _files()]
    return {one.id: one for one in sorted(found, key=lambda one: one.title)}


def one(name: str) -> Bundled:
    """The bundled list of this id."""
    return lists()[name]


def waiting() -> list[Checklist]:
    """Every bundled list as a checklist that was not started, in the order of their titles.

    The heads of files of our own are believed as they stand: reading their actions would bring every reader of texts
    into a window that may never need one.
    """
    heads = [json.loads(data) for data in _files()]
    found = [
        Checklist(
            head["id"], head["title"], ListKind.BUNDLED, None, None, None, 0,
            sum(len(section["actions"]) for section in head["sections"]),
        )
        for head in heads
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.title)


def answers() -> dict[str, str]:
    """The words by which an instruction asks for one of these lists, in lower case, and the list's id."""
    heads = [json.loads(data) for data in _files()]
    return {words: head["id"] for head in heads for words in head.get("answers", ())}


def _files() -> Iterator[bytes]:
    for path in sorted((RESOURCES / "lists").glob("*.json")):
        yield path.read_bytes()


def _read(data: bytes) -> Bundled:
    from core.formats import actions
    from core.intake import take

    draft = actions.read(data, datetime.now(UTC), Kind.LIST)[0][0]
    source = Source(id="safeconduct", name=draft.title, issuer="Safe Conduct", url="")
    revision = take(data, source, datetime.now(UTC), fetched=False).revisions[0]
    details = tuple(held.detail for section in draft.sections for held in section.actions)
    return Bundled(draft.identity, revision.title, revision.actions, details)

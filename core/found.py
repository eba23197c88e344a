"""An action before its id and times, and what it becomes with them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.headings import FORBIDDEN, Commanding
from core.instruction import said_by
from core.markup import links_within
from core.model import Action, Text
from core.rules import Rules


@dataclass
class Found:
    """An action before its id and times: where it stands and under what. `announces`: it ends with a colon.

    `of_things`: the items nested under it name things, even where a word of one may be a verb ("warm clothing").
    """

    start: int
    end: int
    text: str
    under: Commanding
    depth: int = 1
    announces: bool = False
    of_things: bool = False


def finished(text: Text, found: Found, rules: Rules, issued: datetime | None) -> Action:
    """The action of what was found, with what its words and its heading say; `issued` is what times due count from."""
    under = found.under
    said = said_by(found.text, rules, has_condition=under.condition is not None)
    is_forbidden = under.binds and under.response_type == FORBIDDEN
    links = tuple(dict.fromkeys([link.url for link in links_within(text, found.start, found.end)]))
    return Action(
        id=said.id,
        text=said.text,
        heading=under.heading or None,
        condition=said.condition if under.condition is None else under.condition,
        urgency=said.urgency,
        due=None if is_forbidden or issued is None or said.within is None else issued + said.within,
        audience=under.audience,
        response_type=under.response_type if under.binds else said.response_type,
        links=links,
        refers_to=links[0] if links and said.is_to_read else None,
        start=found.start,
        end=found.end,
    )


def numbered(actions: Iterator[Action]) -> Iterator[Action]:
    """Two actions of the same wording in one revision get ids of their own, in order."""
    seen: dict[str, int] = {}
    for action in actions:
        seen[action.id] = seen.get(action.id, 0) + 1
        yield action if seen[action.id] == 1 else action._replace(id=f"{action.id}-{seen[action.id]}")

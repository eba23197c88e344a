"""Revisions and items built from action texts alone, for tests of what is decided about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from core import extract, markup
from core.model import Item, Kind, Level, Revision, Standing, Verified
from core.revise import Reconciled, new_item

ADVISORY, LIST = "embassy:1", "list-1"
ISSUED = datetime(2026, 3, 3, 5, 10, tzinfo=UTC)
LEVELS = {value: Level(value, f"Level {value}", "1-4") for value in (1, 2, 3, 4)}


def revision_of(
    actions: Sequence[str],
    *,
    number: int = 1,
    event: str = "Rockets fell on the city.",
    level: Level | None = None,
    status: tuple[str, ...] = (),
    countries: tuple[str, ...] = ("IQ",),
    issued: datetime | None = ISSUED,
    expires: datetime | None = None,
    kind: Kind = Kind.ALERT,
) -> Revision:
    """A revision with these actions, read out of a page as they would be."""
    items = "".join(f"<li>{escape(words)}</li>" for words in actions)
    text = markup.from_html(f"<p>{escape(event)}</p><p><b>Actions to Take:</b></p><ul>{items}</ul>")
    found = extract.actions_in(text, kind=kind, issued=issued)
    assert [action.text for action in found] == list(actions)
    return Revision(
        ADVISORY, number, "embassy", "Embassy of the Tests", kind, "Ordered departure", None, countries, "en", level,
        status, issued, None, None, expires, None, Verified.UNSIGNED, text, found, (),
    )  # fmt: skip


def items_of(revision: Revision) -> list[Item]:
    """The items of a checklist that was just started from this revision."""
    return [
        replace(new_item(action, revision, LIST, position, Standing.CURRENT), id=f"i{position}")
        for position, action in enumerate(revision.actions)
    ]


def applied(items: Sequence[Item], result: Reconciled) -> list[Item]:
    """The items as storage would have them after this reconciling."""
    changed = {item.id: item for item in result.changed}
    assert set(changed) <= {item.id for item in items}
    kept = [changed.get(item.id, item) for item in items]
    return kept + [replace(item, id=f"n{len(items)}.{number}") for number, item in enumerate(result.added)]

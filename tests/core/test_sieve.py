"""Which items are shown over all lists."""

from datetime import UTC, datetime, timedelta

import pytest

from core.model import Item, Standing, State, Urgency
from core.sieve import About, Wanted, What, sift

NOW = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)
ABOUT = {"a": About("Embassy", ("IQ",)), "b": About("Ministry", ("IQ", "JO"))}


def item(name: str, state: State = State.OPEN, standing: Standing = Standing.CURRENT, **others: object) -> Item:
    values: dict[str, object] = {
        "id": name, "checklist": "list", "position": 0, "action_id": None, "advisory_id": "a", "text": name,
        "state": state, "standing": standing, "was": None, "heading": None, "condition": None,
        "urgency": Urgency.UNKNOWN, "response_type": None, "done_at": None, "note": "", "due": None, "reminder": None,
    }  # fmt: skip
    return Item(**(values | others))  # type: ignore[arg-type]  # the values above, of the types they have


ITEMS = (
    item("plain"),
    item("leave", response_type="Evacuate", advisory_id="b"),
    item("late", due=NOW + timedelta(days=3)),
    item("soon", due=NOW + timedelta(hours=3)),
    item("fresh", standing=Standing.NEW, advisory_id="b"),
    item("other", State.DONE, Standing.REWORDED),
    item("done", State.DONE, due=NOW),
    item("aside", State.NOT_APPLICABLE),
    item("gone", standing=Standing.WITHDRAWN),
    item("own", advisory_id=None),
)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (Wanted(), "plain leave late soon fresh own"),
        (Wanted(What.NOW), "leave soon"),
        (Wanted(What.DUE), "late soon"),
        (Wanted(What.NEW), "fresh"),
        (Wanted(What.REWORDED), "other"),
        (Wanted(What.DONE), "other done"),
        (Wanted(What.ASIDE), "aside"),
        (Wanted(What.ALL), "plain leave late soon fresh other done aside own"),
        (Wanted(country="JO"), "leave fresh"),
        (Wanted(country="IQ", issuer="Embassy"), "plain late soon"),
        (Wanted(What.NOW, issuer="Ministry"), "leave"),
        (Wanted(country="FR"), ""),
    ],
)
def test_what_is_wanted_is_shown_in_its_order(wanted: Wanted, shown: str) -> None:
    assert [one.id for one in sift(ITEMS, wanted, ABOUT, NOW)] == shown.split()

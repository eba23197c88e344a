"""When an item is for, and what the ring counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.groups import group_of, progress
from core.model import Item, Standing, State, Urgency
from tests.core.revisions import ISSUED, items_of, revision_of

NOW = ISSUED
ITEM = replace(items_of(revision_of(["Walk."]))[0], response_type=None)
SOON, LATER = NOW + timedelta(hours=24), NOW + timedelta(hours=24, seconds=1)


@pytest.mark.parametrize(
    ("urgency", "response", "due", "group"),
    [
        ("unknown", None, None, "before"),
        ("expected", "Prepare", None, "before"),
        ("unknown", "Assess", None, "before"),
        ("unknown", "Execute", None, "before"),
        ("future", "Evacuate", None, "later"),
        ("future", "Monitor", None, "later"),
        ("immediate", "Monitor", None, "keep"),
        ("unknown", "Monitor", None, "keep"),
        ("immediate", "Prepare", None, "now"),
        ("unknown", "Evacuate", None, "now"),
        ("expected", "Shelter", None, "now"),
        ("unknown", "Avoid", None, "now"),
        ("future", "Monitor", SOON, "now"),
        ("unknown", None, SOON, "now"),
        ("unknown", None, NOW - timedelta(days=9), "now"),
        ("unknown", None, LATER, "before"),
        ("future", None, LATER, "later"),
    ],
)
def test_the_group(urgency: str, response: str | None, due: object, group: str) -> None:
    item = replace(ITEM, urgency=Urgency(urgency), response_type=response, due=due)  # type: ignore[arg-type]  # a table
    assert group_of(item, NOW) == group


def test_the_ring_counts_what_is_listed_and_applies() -> None:
    def made(state: State, standing: Standing = Standing.CURRENT) -> Item:
        return replace(ITEM, state=state, standing=standing)

    assert progress([]) == (0, 0)
    items = [made(state, standing) for state in State for standing in Standing]
    assert progress(items) == (3, 6)
    assert progress([made(State.NOT_APPLICABLE)]) == (0, 0)
    assert progress([made(State.DONE, Standing.WITHDRAWN)]) == (0, 0)

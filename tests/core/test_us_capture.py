"""The whole American feed as it was on two days, against labels that were made without the program.

A label holds an item's slug, its level, its countries, and for each action a digest of its words (SHA-256, the
first 12 digits) with white space folded; the feed itself is read from beside the project and never kept in it.
`other_action_bullets` are lists of actions that are not addressed to the reader as such: they count as others.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any  # what a JSON file holds

import pytest

from core import intake
from core.model import Change, ChangeKind, Kind, Revision, Source
from core.revise import compare
from core.sameness import normalised

HERE = Path(__file__).resolve()
CAPTURES = HERE.parents[3] / "shared" / "data" / "us-rss"
LABELS = HERE.parents[1] / "data"
DAYS = {"20251007": "TAsTWs_20251007T210805Z.xml", "20251008": "TAsTWs_20251008T173606Z.xml"}
NOW = datetime(2025, 10, 9, tzinfo=UTC)
SOURCE = Source(
    id="us-advisories",
    name="United States: travel advisories",
    issuer="U.S. Department of State",
    url="https://travel.state.gov/_res/rss/TAsTWs.xml",
    kind=Kind.COUNTRY,
    format="rss",
)
LEAST_FOUND = 0.97
MOST_OTHERS = 0.03

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="no capture of the feed beside the project")


@dataclass(frozen=True)
class Figures:
    """How well a day was read: of the labelled actions those found, and of the found those not labelled."""

    labelled: int
    found: int
    right: int
    others: int

    @property
    def recall(self) -> float:
        return self.right / self.labelled

    @property
    def rest(self) -> float:
        return self.others / self.found


def slug(revision: Revision) -> str:
    assert revision.url is not None
    return revision.url.rsplit("/", 1)[-1].removesuffix(".html")


@cache
def taken(day: str) -> dict[str, Revision]:
    got = intake.take((CAPTURES / DAYS[day]).read_bytes(), SOURCE, NOW)
    assert got.rejected == ()
    by_slug = {slug(revision): revision for revision in got.revisions}
    assert len(by_slug) == len(got.revisions)
    return by_slug


@cache
def labels(day: str) -> dict[str, Any]:
    return {label["slug"]: label for label in json.loads((LABELS / f"us_rss_{day}.json").read_bytes())}


def digests(revision: Revision) -> list[str]:
    spans = [revision.text.plain[action.start : action.end] for action in revision.actions]
    return [hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:12] for words in spans]


def figures(day: str) -> Figures:
    labelled = found = right = others = 0
    for name, revision in taken(day).items():
        wanted, got = set(labels(day)[name]["bullet_digests"]), digests(revision)
        labelled += len(wanted)
        found += len(got)
        right += len(wanted.intersection(got))
        others += sum(digest not in wanted for digest in got)
    return Figures(labelled, found, right, others)


@pytest.mark.parametrize("day", DAYS)
def test_every_item_is_taken_with_its_level_and_its_countries(day: str) -> None:
    revisions = taken(day)
    assert len(revisions) == 211
    assert set(revisions) == set(labels(day))
    for name, revision in revisions.items():
        label = labels(day)[name]
        assert (name, revision.level.value if revision.level else None) == (name, label["level"])
        assert (name, sorted(revision.countries)) == (name, sorted(label["countries"]))
        assert revision.kind is Kind.COUNTRY
        assert revision.issued is not None


@pytest.mark.parametrize("day", DAYS)
def test_nearly_every_action_is_found_and_hardly_anything_else(day: str) -> None:
    got = figures(day)
    print(
        f"\n{day}: {got.right} of {got.labelled} labelled actions found ({got.recall:.3f}), "
        f"{got.others} others among {got.found} ({got.rest:.3f})"
    )
    assert got.recall >= LEAST_FOUND
    assert got.rest <= MOST_OTHERS


@pytest.mark.parametrize("day", DAYS)
def test_every_action_stands_in_its_text_and_has_an_id_of_its_own(day: str) -> None:
    for revision in taken(day).values():
        assert len({action.id for action in revision.actions}) == len(revision.actions)
        for action in revision.actions:
            there = normalised(revision.text.plain[action.start : action.end]).split()
            assert [word for word in there if word not in {"and", "or"}] == [
                word for word in normalised(action.text).split() if word not in {"and", "or"}
            ]
            assert action.due is None  # a date without a time: nothing may be counted from it


@pytest.mark.parametrize("day", DAYS)
def test_nothing_in_it_is_found_odd(day: str) -> None:
    assert [(name, revision.warnings) for name, revision in taken(day).items() if revision.warnings] == []


def test_from_one_day_to_the_next_one_level_changed_and_nothing_else() -> None:
    before, after = taken("20251007"), taken("20251008")
    assert set(before) == set(after)
    changes: dict[str, Change] = {}
    for name in before:
        assert before[name].advisory_id == after[name].advisory_id
        change = compare(before[name], after[name])
        if change is not None:
            changes[name] = change
    assert list(changes) == ["sao-tome-and-principe-travel-advisory"]
    (change,) = changes.values()
    assert change.kind is ChangeKind.LEVEL
    assert change.level is not None
    levels = [level.value if level else None for level in change.level]
    assert levels == [labels(day)["sao-tome-and-principe-travel-advisory"]["level"] for day in DAYS]
    assert levels[0] != levels[1]


def test_the_same_day_again_changes_nothing() -> None:
    again = intake.take((CAPTURES / DAYS["20251008"]).read_bytes(), SOURCE, NOW)
    for revision in again.revisions:
        assert compare(taken("20251008")[slug(revision)], revision) is None

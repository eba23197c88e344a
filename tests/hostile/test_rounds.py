"""Whatever all servers do at once: what was kept stays, nobody is called verified who was not, and it ends in time."""

import os
import sys
from pathlib import Path
from typing import Any  # what a program's JSON holds

import pytest

from tests.hostile.rounds import BEHAVIOURS, HARMLESS, Ground, ground

FULL = os.environ.get("SAFECONDUCT_FULL") == "1"
# What some of them are called: each by its own name, so that a traveller knows what to do.
NAMED = {
    "portal": "page instead of a feed; perhaps this network wants you to sign in",
    "portal-redirects": "page instead of a feed",
    "empty-feed": "empty list",
    "empty-object": "sent nothing",
    "empty-answer": "sent nothing",
    "cuts-short": "cut short",
    "cuts-short-unsaid": "cut short",
    "garbage": "no format that is known",
    "never-ends": "too large",
    "explodes": "too large",
    "stalls": "whole answer in time",
    "drips": "whole answer in time",
    "loops": "redirected too often",
    "points-inward": "redirected to where we do not follow",
    "unasked-304": "to a first question",
    "gone": "error 410",
}
MOST_BYTES = 300_000_000
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is weighed as Linux does")


def kept(on: Ground) -> list[dict[str, Any]]:
    return sorted(on.say("advisories", "--full")["advisories"], key=lambda one: str(one["id"]))


def one_round(on: Ground, number: int, deadline_s: float | None, most_s: float) -> float:
    """All misbehave, then all are well with something new. Gives the most memory that a check held, in MB."""
    before = kept(on)
    on.misbehave()
    bad = on.check(deadline_s)
    assert bad.status == 3
    assert bad.report["changes"] == []
    states = {one["id"]: one["state"] for one in bad.report["sources"]}
    assert {name for name, state in states.items() if state == "verified"} == set(HARMLESS)
    problems = {one["id"]: one["problem"] for one in bad.report["sources"]}
    assert all(problems[name] for name in BEHAVIOURS)
    if deadline_s is None:  # with a second only, what is too large may be too slow as well
        assert {name: problems[name] for name, words in NAMED.items() if words not in problems[name]} == {}
    assert bad.seconds < most_s
    # A time of fetching is the only thing that an answer without news may move.
    assert kept(on) == before
    on.publish(number + 1)
    good = on.check(deadline_s)
    assert good.status == 0
    assert {change["kind"] for change in good.report["changes"]} == {"actions"}
    assert len(good.report["changes"]) == len(on.feeds)
    peak = max(bad.peak_bytes, good.peak_bytes)
    assert peak <= MOST_BYTES
    return peak / 1e6


@LINUX
@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_twenty_five_behaviours_round_after_round(tmp_path: Path) -> None:
    """Fifty rounds by hand, two in the ordinary run; a request may take one second."""
    with ground(tmp_path) as on:
        on.publish(0)
        assert on.check(5.0).status == 0
        peaks = [one_round(on, number, 1.0, 30.0) for number in range(50 if FULL else 2)]
    print(f"{len(peaks)} rounds of {len(BEHAVIOURS)} behaviours, at most {max(peaks):.0f} MB")


@LINUX
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not FULL, reason="half a minute for each that is slow: by SAFECONDUCT_FULL=1")
def test_one_round_with_the_deadline_that_travellers_have(tmp_path: Path) -> None:
    with ground(tmp_path) as on:
        on.publish(0)
        assert on.check(None).status == 0
        peak = one_round(on, 0, None, 120.0)
    print(f"one round with the real deadline, at most {peak:.0f} MB")

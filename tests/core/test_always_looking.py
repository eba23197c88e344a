"""Always looking, on a virtual clock: seventy-two hours with sleeps, jumps and failures, and a thousand travellers.

Time is numbers here: `real` counts what passes, the wall clock is that plus whatever it was set to. Whoever looks is
asked as `watch` asks: at the latest every thirty seconds while the machine is awake.
"""

import heapq
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from core.schedule import (
    IN_DANGER,
    ON_A_TRIP,
    USUAL,
    after_failure,
    after_offline,
    after_success,
    is_due,
)

START = datetime(2026, 3, 27, 12, tzinfo=UTC)  # clocks of Europe change in the second night after
HOURS = 72
NAP_S = 30.0


def virtual(
    chance: random.Random, pause: timedelta, trouble: float = 0.0
) -> tuple[list[float], list[tuple[float, float]]]:
    """The moments of the looks in real seconds, and the sleeps (from, to), of 72 hours with 50 jumps and 100 sleeps.

    `trouble`: which share of the looks fails.
    """
    end = HOURS * 3600.0
    jumps = sorted((chance.uniform(0, end), chance.choice([-1, 1]) * 10 ** chance.uniform(0, 7.5)) for _ in range(50))
    sleeps = sorted((chance.uniform(0, end), 10 ** chance.uniform(1, 4)) for _ in range(100))
    looks: list[float] = []
    slept: list[tuple[float, float]] = []
    next_check: datetime | None = None
    last: datetime | None = None
    real, offset, looked_at, failures = 0.0, 0.0, 0.0, 0
    while real < end:
        while jumps and jumps[0][0] <= real:
            offset += jumps.pop(0)[1]
        wall = START + timedelta(seconds=real + offset)
        if is_due(next_check, last, wall, timedelta(seconds=real - looked_at) if looks else None):
            looks.append(real)
            looked_at, last = real, wall
            if chance.random() < trouble:
                next_check, failures = after_failure(wall, pause, failures, chance.random()), failures + 1
            else:
                next_check, failures = after_success(wall, pause, chance.random()), 0
        if sleeps and sleeps[0][0] <= real:
            length = sleeps.pop(0)[1]
            slept.append((real, real + length))
            real += length
        real += chance.uniform(1, NAP_S)
    return looks, slept


@pytest.mark.parametrize("pause", [IN_DANGER, ON_A_TRIP, USUAL])
@pytest.mark.parametrize("seed", range(5))
def test_no_jump_and_no_sleep_stops_the_looks_or_makes_a_burst(pause: timedelta, seed: int) -> None:
    looks, slept = virtual(random.Random(seed), pause)
    seconds = pause.total_seconds()
    for before, after in pairwise(looks):
        assert after - before >= 0.8 * seconds, "a burst"
        if after - before > seconds + NAP_S:
            woke = max(to for _, to in slept if to <= after)
            assert before < woke and after - woke <= NAP_S, "longer than an interval without a look"
    assert len(looks) > 0.5 * HOURS * 3600 / seconds - len(slept)


def test_failures_neither_stop_nor_hurry_it() -> None:
    looks, slept = virtual(random.Random(7), IN_DANGER, trouble=0.7)
    for before, after in pairwise(looks):
        assert after - before >= 96
        woke = max((to for _, to in slept if to <= after), default=0.0)
        assert min(after - before, after - woke) <= IN_DANGER.total_seconds() + NAP_S


def test_after_a_sleep_it_is_one_look_within_a_minute() -> None:
    """Whatever was missed meanwhile: what is due is due once."""
    planned = after_success(START, IN_DANGER, 0.5)
    woke = START + timedelta(hours=9)
    assert is_due(planned, START, woke, timedelta(hours=9))
    planned = after_success(woke, IN_DANGER, 0.5)
    assert not any(is_due(planned, woke, woke + timedelta(seconds=s), timedelta(seconds=s)) for s in range(0, 480, 30))


def test_time_zones_and_summer_time_decide_nothing() -> None:
    planned = after_success(START, USUAL, 1.0)
    for zone in (ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Kiritimati"), timezone(timedelta(hours=-12))):
        for minutes in range(0, 60 * 48, 7):
            now = START + timedelta(minutes=minutes)
            assert is_due(planned, START, now.astimezone(zone)) == is_due(planned, START, now) == (now >= planned)


def test_no_network_is_no_failure_and_is_asked_for_as_often_however_long_it_lasts() -> None:
    for jitter in (0.0, 1.0):
        assert timedelta(seconds=90) <= after_offline(START, jitter) - START <= timedelta(minutes=2)


def crowd(hours: int, following: Callable[[float, float], float]) -> Counter[int]:
    """How many of a thousand travellers come in each second, all having come in the first."""
    chance = random.Random(1)
    coming = [(0.0, number) for number in range(1000)]
    seconds: Counter[int] = Counter()
    while coming[0][0] < hours * 3600:
        moment, number = heapq.heappop(coming)
        seconds[int(moment)] += 1
        heapq.heappush(coming, (following(moment, chance.random()), number))
    return seconds


def _seconds(moment: datetime) -> float:
    return (moment - START).total_seconds()


def _at(second: float) -> datetime:
    return START + timedelta(seconds=second)


HERDS: dict[str, Callable[[float, float], float]] = {
    "good answers": lambda now, jitter: _seconds(after_success(_at(now), USUAL, jitter)),
    "good answers in danger": lambda now, jitter: _seconds(after_success(_at(now), IN_DANGER, jitter)),
    "an hour is allowed": lambda now, jitter: _seconds(after_success(_at(now), USUAL, jitter, USUAL)),
    "failures": lambda now, jitter: _seconds(after_failure(_at(now), USUAL, 0, jitter)),
    "asked to come at one moment": lambda now, jitter: _seconds(
        after_failure(_at(now), USUAL, 0, jitter, int(1800 - now) if now < 1800 else 1800)
    ),
    "no network": lambda now, jitter: _seconds(after_offline(_at(now), jitter)),
}


@pytest.mark.parametrize("name", HERDS)
def test_a_thousand_who_came_together_do_not_come_together_again(name: str) -> None:
    """No second holds more than a twentieth of its hour's requests, from the second time on."""
    seconds = crowd(4, HERDS[name])
    assert seconds.pop(0) == 1000
    for hour in range(4):
        mine = {second: count for second, count in seconds.items() if second // 3600 == hour}
        if mine:
            assert max(mine.values()) <= 0.05 * sum(mine.values())

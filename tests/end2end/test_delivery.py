"""The test notice, to a real service on a real bus: what is said is what really became of it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.desktop import Desktop, wait_until
from tests.profiles import ROOT

pytestmark = pytest.mark.end2end

ASKS = """
import asyncio
from core.delivery import try_delivery
print(asyncio.run(try_delivery(3.0)).id)
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Desktop]:
    folder = tmp_path / "desktop"
    folder.mkdir()
    with Desktop(folder, keyring=False, accessibility=False) as started:
        yield started


def _asked(desktop: Desktop) -> subprocess.Popen[bytes]:
    return desktop.start([sys.executable, "-c", ASKS], extra_env={"PYTHONPATH": str(ROOT)})


def _outcome(desktop: Desktop, program: subprocess.Popen[bytes]) -> str:
    assert program.wait(20) == 0, desktop.output(program)
    return desktop.output(program).strip()


def test_a_press_says_that_it_was_seen(bus: Desktop) -> None:
    program = _asked(bus)
    notice = bus.wait_notification()
    assert notice.body == "This is a test. Press the button if you see it."
    assert list(notice.actions.values()) == ["I see it"]
    bus.invoke(notice.id, "seen")
    assert _outcome(bus, program) == "delivery-seen"


@pytest.mark.parametrize(
    ("reason", "after_s", "outcome"),
    [
        (1, 1.2, "delivery-expired"),
        (2, 0.0, "delivery-seen"),
        (3, 1.2, "delivery-closed"),
        (1, 0.0, "delivery-dropped"),
        (4, 0.0, "delivery-dropped"),
    ],
)
def test_how_it_was_closed_is_understood(bus: Desktop, reason: int, after_s: float, outcome: str) -> None:
    program = _asked(bus)
    notice = bus.wait_notification()
    time.sleep(after_s)  # what ran out after a while was seen, what is gone at once was not
    bus.dismiss(notice.id, reason)
    assert _outcome(bus, program) == outcome


def test_what_stays_was_taken(bus: Desktop) -> None:
    assert _outcome(bus, _asked(bus)) == "delivery-taken"


def test_no_service_and_no_bus_are_said(bus: Desktop) -> None:
    bus.end_notifications()
    assert _outcome(bus, _asked(bus)) == "delivery-no-service"
    program = bus.start(
        [sys.executable, "-c", ASKS],
        extra_env={"PYTHONPATH": str(ROOT), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"},
    )
    assert _outcome(bus, program) == "delivery-no-service"
    wait_until(lambda: not bus.has_service("org.freedesktop.Notifications"), "nobody there")

"""The page of sources, on a real store and a real server: each source's truth, following, an address of one's own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.model import Message, Source
from core.store import sources
from core.store.own import own_sources
from tests.certificates import Tls, trusting
from tests.profiles import EMBASSY, Made
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, embassy_feed
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.pages.sources import SourcesPage
from ui.sourcing import _other
from ui.workbench import Workbench

WORLD = Source(
    "world", "World advice", "Office of the Tests", "https://example.org/w", countries=(), tried="shape only"
)
JORDAN = Source("jordan", "Embassy in Amman", "Embassy", "https://example.org/j", countries=("JO",))
FRANCE = Source("france", "Embassy in Paris", "Embassy", "https://example.org/f", countries=("FR",))


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackFeed]:
    """A server whose authority this machine has among its roots."""
    with LoopbackFeed(tls=Tls.VALID) as started:
        monkeypatch.setenv("PYTHONPATH", trusting(started.roots, tmp_path / "roots"))
        yield started


@pytest.fixture
def desk(made: Made) -> Iterator[Desk]:
    known = {one.id: one for one in (EMBASSY, WORLD, FRANCE, JORDAN)}
    opened = Desk(made.profile, made.key, known, None)
    yield opened
    opened.close()


def page_of(workbench: Workbench) -> SourcesPage:
    workbench.go("sources")
    page = workbench.middle.currentWidget()
    assert isinstance(page, SourcesPage)
    return page


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("", "every country"),
        ("shape only", "every country · not tried with a real answer yet"),
        ("capture of 2025-10-08", "every country · tried with a copy of 8 Oct 2025"),
        ("2026-03-01", "every country · tried on 1 Mar 2026"),
        ("twice", "every country · tried: twice"),
    ],
)
def test_how_a_source_was_tried_is_said_in_plain_words(qtbot: QtBot, how: str, said: str) -> None:
    line = _other(WORLD._replace(tried=how), "", of_trip=False)
    assert line.about == f"Office of the Tests · {said}"


def words(page: SourcesPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def others(page: SourcesPage) -> list[str]:
    model = page.list.model()
    return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


def press(qtbot: QtBot, page: SourcesPage, name: str) -> None:
    (button,) = [one for one in page.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def failed(made: Made, hours: float, problem: str = "too-slow") -> None:
    moment = datetime.now(UTC) - timedelta(hours=hours)
    with made.store() as store:
        sources.succeed(
            store, EMBASSY.id, moment,
            next_check=moment + timedelta(hours=1), etag=None, last_modified=None, address=EMBASSY.url,
        )  # fmt: skip
        if problem:
            at = datetime.now(UTC) + timedelta(minutes=20)
            sources.fail(store, EMBASSY.id, datetime.now(UTC), next_check=at, problem=Message(problem))


def test_each_source_says_how_it_is_and_what_asking_it_shows(qtbot: QtBot, made: Made, bench: Bench) -> None:
    failed(made, 5)
    page = page_of(bench())
    said = words(page)
    assert "Not verified for 5 h: no whole answer in time" in said
    assert "1 advisory kept offline" in said
    assert "next look today" in said
    qtbot.waitUntil(lambda: "127.0.0.1" in words(page))


@pytest.mark.parametrize(("hours", "look"), [(5, "muted"), (13, "marked"), (49, "loud")])
def test_what_was_not_verified_is_said_louder_with_time(
    qtbot: QtBot, made: Made, bench: Bench, hours: float, look: str
) -> None:
    failed(made, hours)
    workbench = bench()
    (fresh,) = [one for one in page_of(workbench).findChildren(QLabel) if one.text().startswith("Not verified for")]
    assert fresh.property("look") == look
    assert workbench.side.fresh.property("look") == look


def test_the_minutes_go_by_on_a_page_that_is_seen(qtbot: QtBot, made: Made, bench: Bench) -> None:
    """What was checked just now is not for ever; whoever stands on a button keeps standing there."""
    failed(made, 0, problem="")
    workbench = bench()
    page = page_of(workbench)
    qtbot.waitUntil(lambda: "127.0.0.1" in words(page))
    assert "Checked just now" in words(page)
    (button,) = [one for one in page.findChildren(QPushButton) if one.text() == "Unfollow"]
    button.setFocus()
    failed(made, 2, problem="")
    workbench.truth._freshen.timeout.emit()
    assert "Checked 2 h ago" in words(page)
    assert button.hasFocus()


def test_where_all_are_followed_no_words_are_blamed(qtbot: QtBot, made: Made, desk: Desk, bench: Bench) -> None:
    with made.store() as store, store.transaction():
        sources.follow(store, ["world", "jordan", "france"], [])
    page = page_of(bench())
    assert page.none.isVisible()
    assert page.none.text() == "Every source of the list is followed."
    page.field.setText("atlantis")
    assert page.none.text() == "No other source of the list fits these words."


def test_the_foot_leads_there(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    qtbot.mouseClick(workbench.side.fresh, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(workbench.middle.currentWidget(), SourcesPage))


def test_those_of_the_trip_come_first_and_are_found_as_one_types(qtbot: QtBot, made: Made, bench: Bench) -> None:
    with made.store() as store, store.transaction():
        sources.add_trip(store, "Amman", ["JO"], date.today(), None)
    workbench = bench()
    page = page_of(workbench)
    assert others(page)[0] == "Embassy in Amman"
    assert sorted(others(page)) == ["Embassy in Amman", "Embassy in Paris", "World advice"]
    page.field.setText("france emb")
    assert others(page) == ["Embassy in Paris"]


def test_a_source_is_followed_left_and_followed_again(qtbot: QtBot, made: Made, desk: Desk, bench: Bench) -> None:
    workbench = bench()
    page = page_of(workbench)
    page.list.setCurrentIndex(page.list.model().index(others(page).index("World advice"), 0))
    with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
        qtbot.mouseClick(page.follow, Qt.MouseButton.LeftButton)
    assert {one.source for one in desk.health()} == {"embassy", "world"}
    assert "World advice" not in others(page)
    press(qtbot, page, "Unfollow World advice")
    assert {one.source for one in desk.health()} == {"embassy"}
    assert "What was fetched from it is kept" in page.note.text()
    with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
        qtbot.mouseClick(page.again, Qt.MouseButton.LeftButton)
    assert {one.source for one in desk.health()} == {"embassy", "world"}


def test_one_source_is_checked_alone(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    workbench = bench()
    page = page_of(workbench)
    with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
        press(qtbot, page, "Check Embassy now")
        assert workbench._watcher._process is not None
        assert workbench._watcher._process.arguments()[-2:] == ["--source", "embassy"]
        assert not page.check.isEnabled()
    qtbot.waitUntil(page.check.isEnabled)


def test_an_address_is_read_by_a_child_shown_and_only_then_kept(
    qtbot: QtBot, made: Made, desk: Desk, bench: Bench, feed: LoopbackFeed
) -> None:
    feed.publish("/mine", embassy_feed([ALERT_1]))
    workbench = bench()
    page = page_of(workbench)
    page.address.setText(feed.url("/mine"))
    qtbot.mouseClick(page.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.keep.isVisible, timeout=15_000)
    assert "Format: rss" in page.preview.text()
    assert "1 advisory, 7 actions" in page.preview.text()
    assert ALERT_1.title in page.preview.text()
    with made.store() as store:
        assert own_sources(store) == {}
    page.name.setText("  My\nown  ")
    with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
        qtbot.mouseClick(page.keep, Qt.MouseButton.LeftButton)
    with made.store() as store:
        (own,) = own_sources(store).values()
    assert (own.url, own.format, own.name) == (feed.url("/mine"), "rss", "My own")
    assert {one.source for one in desk.health()} == {"embassy", own.id}
    assert "My own" in words(page)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://example.org/feed", "has to begin with https"),
        ("http://127.0.0.1:1/feed", "has to begin with https"),
        ("https://user:secret@example.org/", "no user name or password"),
        ("file:///etc/passwd", "has to begin with https"),
        ("127.0.0.1:1", "Nothing was taken: no connection"),
    ],
)
def test_what_cannot_be_followed_is_said_and_not_kept(
    qtbot: QtBot, made: Made, bench: Bench, address: str, sentence: str
) -> None:
    page = page_of(bench())
    page.address.setText(address)
    qtbot.keyClick(page.address, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sentence in page.preview.text(), timeout=15_000)
    assert not page.keep.isVisible()
    with made.store() as store:
        assert own_sources(store) == {}


def test_a_page_instead_of_a_feed_is_named(qtbot: QtBot, bench: Bench, feed: LoopbackFeed) -> None:
    feed.publish("/page", b"<html><body><h1>Sign in</h1><form></form></body></html>")
    page = page_of(bench())
    page.address.setText(feed.url("/page"))
    qtbot.mouseClick(page.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nothing was taken" in page.preview.text(), timeout=15_000)
    assert not page.keep.isVisible()

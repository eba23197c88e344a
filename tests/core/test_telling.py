"""What waits to be told, over a real store: once, held back by quiet hours, kept in the inbox whatever happens."""

import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import lock, tell, telling
from core.commands import checking
from core.model import Change, ChangeKind, Level, Notice
from core.store import advisories, checklists, inbox, sources
from core.store.inbox import Fate
from core.store.open import Store
from core.wording import say
from tests.profiles import Made, scene
from tests.texts import ALERT_1, embassy_feed

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return scene(tmp_path / "profile", embassy_feed([ALERT_1._replace(pub_date=f"{NOW:%d %b %Y %T} GMT")]))


@pytest.fixture
def store(made: Made) -> Iterator[Store]:
    with made.store() as opened:
        checklists.set_due(opened, made.items[0], None)  # "within 24 hours": reminded of, too
        yield opened


def change(store: Store, kind: ChangeKind, advisory: str = "", level: tuple[int, int] | None = None) -> None:
    pair = (Level(level[0], "", "x"), Level(level[1], "", "x")) if level else None
    advisory = advisory or _advisory(store)
    with store.transaction():
        advisories.add_change(store, Change(advisory, 1, 2, (kind,), level=pair, notice=True), NOW)


def _advisory(store: Store) -> str:
    return next(one.advisory_id for one in checklists.items(store) if one.advisory_id)


def lines(store: Store, now: datetime = NOW, *, taken: bool = True) -> list[str]:
    told = telling.choose(store, now).notices
    for notice in told:
        telling.shown(store, notice, now, taken=taken)
    return [f"{say(one.title)} | {say(one.line)}" for one in told]


def quiet_now(store: Store, now: datetime) -> None:
    here = now.astimezone()
    for name, moment in (("quiet-from", here - timedelta(hours=1)), ("quiet-to", here + timedelta(hours=2))):
        sources.set_setting(store, name, f"{moment:%H:%M}")


def test_a_change_is_told_once_and_stands_in_the_inbox_in_full_words(store: Store) -> None:
    assert lines(store) == ["Safe Conduct | Something you follow has changed."]
    assert lines(store) == []
    (entry,) = inbox.entries(store)
    assert (entry.fate, entry.is_read) == (Fate.SHOWN, False)
    assert say(entry.waiting.title).endswith(ALERT_1.title)
    assert say(entry.waiting.line) == "New, with 7 actions to take."


def test_what_no_desktop_took_waits_and_is_not_told_once_it_was_read(store: Store) -> None:
    assert len(lines(store, taken=False)) == len(lines(store, taken=False)) == 1
    (entry,) = inbox.entries(store)
    assert entry.fate is Fate.WAITS
    inbox.read(store, [entry.waiting.number], NOW)
    assert lines(store) == []
    assert advisories.untold(store) == []
    assert [one.fate for one in inbox.entries(store)] == [Fate.KEPT]


def test_quiet_hours_hold_back_all_but_the_gravest_until_they_end(store: Store) -> None:
    advisory = _advisory(store)
    revision = advisories.newest(store, advisory)
    assert revision is not None
    grave = "ordered-departure" in revision.status
    quiet_now(store, NOW)
    chosen = telling.choose(store, NOW)
    assert bool(chosen.notices) == grave
    if not grave:
        assert chosen.next_moment is not None
        assert timedelta(0) < chosen.next_moment - NOW <= timedelta(hours=2)
        assert len(lines(store, chosen.next_moment)) == 1


def test_the_same_within_a_day_is_told_again_only_where_it_got_worse(store: Store) -> None:
    assert len(lines(store)) == 1
    change(store, ChangeKind.TEXT)
    assert len(lines(store)) == 1
    for _ in range(20):  # a source that gives one state and then the other
        change(store, ChangeKind.TEXT)
        assert lines(store) == []
    for level, count in (((3, 4), 1), ((4, 3), 1), ((3, 4), 1), ((4, 3), 0), ((3, 4), 1)):
        change(store, ChangeKind.LEVEL, level=level)
        assert len(lines(store)) == count, level
    change(store, ChangeKind.TEXT)
    assert len(lines(store, NOW + timedelta(hours=25))) == 1
    assert advisories.untold(store) == []


def test_many_at_once_are_one_and_every_one_is_in_the_inbox(store: Store) -> None:
    for number in range(4):
        change(store, ChangeKind.TEXT, f"other:{number}")
    assert lines(store) == ["Safe Conduct | 5 things you follow have changed."]
    assert len(inbox.entries(store)) == 5
    assert lines(store) == []


def test_where_the_desktop_is_told_nothing_all_is_in_the_inbox(store: Store) -> None:
    sources.set_setting(store, "notices", "no")
    assert lines(store) == []
    assert [one.fate for one in inbox.entries(store)] == [Fate.KEPT]
    sources.set_setting(store, "notices", "yes")
    assert lines(store) == []


def test_later_is_told_once_more_unless_it_was_read(store: Store) -> None:
    (notice,) = telling.choose(store, NOW).notices
    telling.shown(store, notice, NOW, taken=True)
    later = NOW + telling.LATER
    inbox.tell_again(store, notice.numbers, later)
    assert telling.choose(store, NOW).next_moment == later
    assert len(lines(store, later)) == 1
    assert lines(store, later + telling.LATER) == []
    inbox.tell_again(store, notice.numbers, later)
    inbox.read_about(store, _advisory(store), NOW)
    assert lines(store, later) == []
    assert inbox.unread(store) == 0


def test_a_due_item_is_told_discreetly_once_and_the_next_one_is_planned(made: Made, store: Store) -> None:
    lines(store)
    due = NOW + timedelta(hours=3)
    checklists.set_due(store, made.items[2], due)
    chosen = telling.choose(store, NOW)
    assert (chosen.notices, chosen.next_moment) == ((), due - timedelta(hours=1))
    assert lines(store, due - timedelta(minutes=59)) == ["Safe Conduct | Something you wanted to do is due."]
    assert lines(store, due) == []
    assert say(inbox.entries(store)[0].waiting.line) == "This is due soon."


def test_what_is_done_every_six_hours_is_told_every_six_hours(made: Made, store: Store) -> None:
    begun = datetime.now(UTC)  # and not when this file was loaded: the list was started since
    lines(store, begun)
    checklists.set_note(store, made.items[5], "every 6 hours")
    count = sum(len(lines(store, begun + timedelta(minutes=10 * step))) for step in range(6 * 24))
    assert count == 3  # at 6, 12 and 18 hours and a little, from when the list was started


def test_a_clock_that_was_years_ahead_silences_nothing_once_it_is_right(made: Made, store: Store) -> None:
    """What was told, put off and reminded of under the wrong time: each is told again, once, and then as ever."""
    ahead = NOW + timedelta(days=700)
    checklists.set_note(store, made.items[2], "every 6 hours")
    (told, again) = telling.choose(store, ahead).notices
    for notice in (told, again):
        telling.shown(store, notice, ahead, taken=True)
    inbox.tell_again(store, told.numbers, ahead + telling.LATER)
    right = NOW + timedelta(hours=7)
    assert len(lines(store, right)) == 2
    assert lines(store, right + timedelta(minutes=1)) == []
    assert len(lines(store, right + timedelta(hours=6))) == 1
    for moment, count in ((ahead, 1), (right, 1), (right - timedelta(seconds=20), 0)):
        change(store, ChangeKind.TEXT)
        assert len(lines(store, moment)) >= count
        assert lines(store, moment) == []


def test_a_clock_put_right_by_seconds_reminds_of_nothing_twice(made: Made, store: Store) -> None:
    lines(store)
    checklists.set_note(store, made.items[2], "every 6 hours")
    assert len(lines(store, NOW + timedelta(hours=7))) == 1
    assert lines(store, NOW + timedelta(hours=7) - timedelta(seconds=20)) == []


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Notice]:
    """What a command tells the desktop, which takes everything."""
    shown: list[Notice] = []

    def tell_once(notices: Sequence[Notice]) -> list[bool]:
        shown.extend(notices)
        return [True for _ in notices]

    monkeypatch.setattr(tell, "tell_once", tell_once)
    return shown


def test_whoever_tells_meanwhile_is_waited_for_and_nothing_is_told_twice(
    made: Made, store: Store, told: list[Notice]
) -> None:
    """The window is telling when a scheduler's check ends: both saw the same wait."""

    def tell_too() -> None:
        with made.store() as other:
            checking.tell_untold(made.profile, other)

    second = threading.Thread(target=tell_too)
    with lock.held(made.profile.tell_lock, 0.0):
        (notice,) = telling.choose(store, NOW).notices
        second.start()
        second.join(0.3)
        assert second.is_alive()
        telling.shown(store, notice, NOW, taken=True)
    second.join(10)
    assert told == []


def test_one_that_never_ends_its_telling_keeps_nobody_silent(
    made: Made, store: Store, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "TURN_S", 0.1)
    with lock.held(made.profile.tell_lock, 0.0):
        checking.tell_untold(made.profile, store)
    assert len(told) == 1


def test_a_command_says_when_there_is_next_something_to_tell(made: Made, store: Store, told: list[Notice]) -> None:
    """So that `watch` reminds in time although no source is due."""
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)
    checklists.set_due(store, made.items[2], due)
    assert checking.tell_untold(made.profile, store) == due - timedelta(hours=1)
    assert len(told) == 1

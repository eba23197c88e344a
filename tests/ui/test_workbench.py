"""The three columns at work on a real store: search, starting a list, To do, news, the trip, the foot."""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core import intake, saving
from core.loudness import Loudness
from core.model import Health, HealthState, Item, Message, State
from core.store import advisories, checklists, sources
from core.wording import say
from tests.profiles import EMBASSY, Made
from tests.texts import ADDED, ALERT_1, ALERT_1_ACTIONS, ALERT_2, DROPPED, REWORDED, embassy_feed
from tests.ui.conftest import Bench
from tests.ui.drawing import Heartbeat, checker, click_row, lines
from ui import where
from ui.desk import Desk
from ui.workbench import Workbench

LEAVE, AWAY, PAPERS, MONEY, PLAN, CROWDS, NEWS = ALERT_1_ACTIONS
NOW = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)


def _publish(made: Made, *posts: object) -> None:
    """What a checker does with what a feed has: kept, compared, the lists reconciled."""
    now = datetime.now(UTC)
    with made.store() as store:
        for revision in intake.take(embassy_feed(posts), EMBASSY, now).revisions:  # type: ignore[arg-type]  # alerts
            saving.save_revision(store, revision, sources.trips(store), now, first_look=False)


def _verify(made: Made, *, ago: timedelta = timedelta(0), problem: Message | None = None) -> None:
    moment = datetime.now(UTC) - ago
    with made.store() as store:
        sources.succeed(
            store,
            EMBASSY.id,
            moment,
            next_check=moment + timedelta(hours=1),
            etag=None,
            last_modified=None,
            address=EMBASSY.url,
        )
        if problem is not None:
            sources.fail(store, EMBASSY.id, datetime.now(UTC), next_check=datetime.now(UTC), problem=problem)


def _named(workbench: Workbench, words: str) -> str:
    shelf = workbench._desk.library
    return next(one.id for one in shelf.summaries(shelf.fitting()) if words in one.title)


def _rows(view: object) -> list[str]:
    model = view.model()  # type: ignore[attr-defined]  # a list view
    return [model.index(n, 0).data() for n in range(model.rowCount())]


def test_the_one_list_is_opened_with_its_text_and_mark(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    assert workbench.checklist.title.text() == ALERT_1.title
    qtbot.waitUntil(lambda: workbench.reading.reader.marked_words() == LEAVE)
    for words in (AWAY, CROWDS, PAPERS):
        qtbot.keyClick(workbench.checklist.list, "j")
        assert workbench.reading.reader.marked_words() == words
    assert workbench.reading.issuer.text() == "EMBASSY OF THE TESTS"
    assert not workbench.reading.act.isVisible()


def test_a_tick_is_counted_everywhere(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    click_row(qtbot, workbench.checklist.list, 2)
    assert workbench.checklist.ring.accessibleName() == "1 of 7 done"
    assert workbench.side.places["todo"].accessibleName() == "To do, 6"
    (button,) = [one for one in workbench.side._lists.values() if one.checklist.advisory_id]
    assert button.accessibleName().endswith(", 1/7")
    assert workbench.reading.reader.marked_words() == AWAY


def test_search_as_one_types(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    qtbot.keyClick(workbench, "/")
    qtbot.waitUntil(workbench.looking.search.field.hasFocus)
    qtbot.keyClicks(workbench.looking.search.field, "pass")
    qtbot.waitUntil(lambda: workbench.looking.search.note.text() == "1 text found")
    assert _rows(workbench.looking.search.list) == [ALERT_1.title]
    qtbot.keyClicks(workbench.looking.search.field, "age")
    qtbot.waitUntil(lambda: workbench.looking.search.note.text() == "Nothing kept fits these words.")
    for _ in range(3):
        qtbot.keyClick(workbench.looking.search.field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(workbench.looking.search.field, "port VALID")
    qtbot.waitUntil(lambda: workbench.looking.search.note.text() == "1 text found")
    qtbot.keyClick(workbench.looking.search.field, Qt.Key.Key_Return)
    assert workbench.reading.title.text() == ALERT_1.title
    for hostile in ('"', "AND (", "a* OR NEAR/2", "'; DROP TABLE item; --", "%_\\"):
        workbench.looking.search.field.setText(hostile)
        qtbot.waitUntil(lambda: not workbench.looking.search._typing.isActive())
        assert workbench.looking.search.note.text()


def test_a_letter_in_a_field_is_a_letter(qtbot: QtBot, bench: Bench) -> None:
    """The keys of the list and of the window do not reach into what is typed."""
    workbench = bench()
    workbench.go("search")
    qtbot.keyClicks(workbench.looking.search.field, "jknx /")
    assert workbench.looking.search.field.text() == "jknx /"
    assert workbench.middle.currentWidget() is workbench.looking.search


def test_a_list_is_started_from_its_advisory(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _publish(made, ALERT_1._replace(link="https://example.org/2", title="Another alert"))
    workbench = bench()
    qtbot.keyClick(workbench, "2", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(workbench.looking.advisories.list.isVisible)
    row = _rows(workbench.looking.advisories.list).index("Another alert")
    click_row(qtbot, workbench.looking.advisories.list, row)
    assert workbench.reading.act.text() == "Start a checklist of 7 actions"
    qtbot.mouseClick(workbench.reading.act, Qt.MouseButton.LeftButton)
    assert workbench.checklist.title.text() == "Another alert"
    assert len(workbench.checklist.model.items()) == 7
    workbench.go("advisories")
    click_row(qtbot, workbench.looking.advisories.list, row)
    assert workbench.reading.act.text() == "Open its checklist"


def test_advisories_are_filtered(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _publish(made, ALERT_1._replace(link="https://example.org/2", title="Strikes in Amman"))
    workbench = bench()
    workbench.go("advisories")
    for words, count in (("amman", 1), ("EMBASSY strikes", 1), ("zzz", 0)):
        workbench.looking.advisories.field.setText(words)
        qtbot.waitUntil(lambda: not workbench.looking.advisories._typing.isActive())
        assert _rows(workbench.looking.advisories.list) == ["Strikes in Amman"] * count
    assert workbench.looking.advisories.note.text() == "Nothing kept fits these words."


def test_to_do_shows_what_is_open_over_all_lists(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _publish(made, ALERT_1._replace(link="https://example.org/2", title="Another alert"))
    workbench = bench()
    workbench.start_list(_named(workbench, "Another alert"))
    workbench._desk.set_state(made.items[0], State.DONE)
    workbench._desk.set_state(made.items[1], State.NOT_APPLICABLE)
    workbench.go("todo")
    assert workbench.checklist.about.text() == "12 open items over all your lists"
    assert workbench.checklist.ring.accessibleName() == "1 of 13 done"
    assert sum(line.startswith("☐") for line in lines(workbench.checklist.model)) == 12
    for item in workbench._desk.items(None):
        workbench._desk.set_state(item.id, State.DONE)
    workbench.refresh()
    assert "says nothing about whether you are safe" in workbench.checklist.empty.text()


def test_news_arrives_with_its_banner_and_ticks_are_kept(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    for name in (made.items[1], made.items[3]):
        workbench.checklist.model.set_state(name, State.DONE)
    qtbot.keyClick(workbench.checklist.list, "j")
    _publish(made, ALERT_2)
    with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
        qtbot.keyClick(workbench, Qt.Key.Key_F5)
    words = workbench.checklist.banner.accessibleName()
    assert words == (
        "Changed just now · 4 to look at. Its text has changed. 1 new, 1 reworded, 1 no longer listed. "
        "1 now asks for something else. What you ticked is kept."
    )
    drawn = lines(workbench.checklist.model)
    before, after = REWORDED
    assert any(line.startswith(f"☐ {after} [Reworded: important]") for line in drawn)
    assert f"☐ {ADDED} [New]" in drawn
    assert any(line.startswith(f"☑ {AWAY} (Done today") for line in drawn)
    assert drawn[-2] == "No longer listed (1)"
    assert drawn[-1].startswith(f"☑ {DROPPED} [No longer listed] (Done today")
    held = workbench.checklist.list.current_item()
    assert held is not None
    assert held.text == AWAY
    assert workbench.reading.reader.marked_words() == AWAY
    assert workbench.checklist.ring.accessibleName() == "1 of 7 done"
    assert next(one for one in workbench.checklist.model.items() if one.text == after).was == before
    assert workbench.side._rows.held[held.checklist].accessibleName().endswith("1/7 · 4 to look at")
    qtbot.mouseClick(workbench.checklist.review, Qt.MouseButton.LeftButton)
    workbench._led().look_at_all()
    qtbot.keyClick(workbench, Qt.Key.Key_Escape)
    assert not workbench.checklist.banner.isVisible()
    assert not any("[New]" in line or "[Reworded" in line for line in lines(workbench.checklist.model))


def test_a_withdrawn_action_has_no_mark_in_a_text_that_lacks_it(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _publish(made, ALERT_2)
    workbench = bench()
    row = next(n for n, line in enumerate(lines(workbench.checklist.model)) if DROPPED in line)
    workbench.checklist.list.select_row(row)
    assert workbench.reading.reader.marked_words() == ""
    assert workbench.reading.reader.isVisible()


def test_what_a_check_does_is_shown_and_can_be_stopped(qtbot: QtBot, made: Made, bench: Bench, tmp_path: Path) -> None:
    body = "print(json.dumps({'done': 1, 'total': 3, 'source': 'Embassy'}), flush=True)\ntime.sleep(60)\n"
    workbench = bench(command=checker(tmp_path, body))
    qtbot.mouseClick(workbench.side.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workbench.side.fresh.text() == "Checked 1 of 3: Embassy", timeout=10_000)
    assert workbench.side.check.text() == "Stop checking"
    qtbot.mouseClick(workbench.side.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workbench.side.check.text() == "Check now", timeout=10_000)
    stopped = "The check was stopped. What was saved before is kept."
    assert workbench.side.fresh.text() == f"{stopped} Not checked yet"


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda made: None, "Not checked yet"),
        (lambda made: _verify(made), "Up to date · checked just now"),
        (lambda made: _verify(made, ago=timedelta(minutes=4, seconds=5)), "Up to date · checked 4 min ago"),
        (lambda made: _verify(made, ago=timedelta(hours=9, seconds=5)), "Not verified for 9 h"),
        (
            lambda made: _verify(made, ago=timedelta(hours=9, seconds=5), problem=Message("no-connection")),
            "Not verified for 9 h: no connection",
        ),
    ],
    ids=["never", "verified", "lately", "stale", "failing"],
)
def test_the_foot_tells_the_truth(made: Made, bench: Bench, prepare: Callable[[Made], None], words: str) -> None:
    prepare(made)
    workbench = bench()
    assert workbench.side.fresh.text() == words
    assert workbench.side.about.text() == "1 source · 1 advisory kept offline"


def test_the_foot_names_the_worst_of_several() -> None:
    def health(name: str, state: HealthState, hours: float | None, problem: Message | None = None) -> Health:
        verified = None if hours is None else NOW - timedelta(hours=hours)
        return Health(name, f"Source {name}", True, (), verified, NOW, state, problem, 3, NOW)

    good = health("A", HealthState.VERIFIED, 0.1)
    foot = where.foot([good, health("B", HealthState.FAILING, 5, Message("too-slow"))], 3, NOW)
    assert (foot.line, foot.good) == ("Source B: not verified for 5 h: no whole answer in time", False)
    assert where.foot([good, health("C", HealthState.NEVER, None)], 3, NOW).line == "Source C: not checked yet"
    assert where.foot([good, health("D", HealthState.VERIFIED, 2)], 3, NOW).line == "Up to date · checked 2 h ago"
    assert where.foot([good, health("D", HealthState.VERIFIED, 2)], 3, NOW).loudness is Loudness.CALM
    assert where.foot([], 0, NOW).line == "No source is followed"
    for bad in (HealthState.STALE, HealthState.NEVER, HealthState.FAILING):
        assert not where.foot([good, health("E", bad, 9)], 3, NOW).good


def test_a_checkers_own_end_is_said_beside_sources_that_are_well(
    qtbot: QtBot, made: Made, bench: Bench, tmp_path: Path
) -> None:
    """They were verified minutes ago; the check that should have followed died. Both are told, and no more of it
    once a check has succeeded.
    """
    _verify(made, ago=timedelta(minutes=4))
    flag = tmp_path / "well"
    report = "print(json.dumps({'checked_at': 'now'}))\n"
    workbench = bench(command=checker(tmp_path, f"if not os.path.exists({str(flag)!r}): sys.exit(1)\n{report}"))
    with qtbot.waitSignal(workbench._watcher.failed, timeout=10_000):
        workbench._watcher.check()
    assert workbench.side.fresh.text() == (
        "The check ended before it could report. Everything kept is here; it is tried again. Checked 4 min ago"
    )
    flag.touch()
    with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
        workbench._watcher.check()
    assert workbench.side.fresh.text() == "Up to date · checked 4 min ago"


def test_the_trip_is_shown_with_its_worst_level(made: Made, bench: Bench) -> None:
    with made.store() as store, store.transaction():
        sources.add_trip(store, "Baghdad & Erbil", ["IQ"], date.today(), date.today() + timedelta(days=9))
    workbench = bench()
    assert workbench.side.card.isVisible()
    assert workbench.side.card.accessibleName().startswith("Baghdad & Erbil. Iraq · ")
    assert workbench.side.card.accessibleName().endswith(". Level not known")


def test_a_trip_that_is_over_is_not_shown(made: Made, bench: Bench) -> None:
    with made.store() as store, store.transaction():
        sources.add_trip(store, "Baghdad", ["IQ"], None, date.today() - timedelta(days=2))
    assert not bench().side.card.isVisible()


def test_the_link_of_a_text_is_copied(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    qtbot.mouseClick(workbench.reading.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == ALERT_1.link


def test_a_closed_workbench_asks_the_desk_for_nothing(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    """Its timers end with it: the desk is closed next."""
    workbench = bench()
    workbench.truth._freshen.setInterval(10)
    workbench.go("search")
    workbench.looking.search.field.setText("passport")
    workbench.close_all()
    desk.close()
    qtbot.wait(300)


class _Paints(QObject):
    """Counts what is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_an_idle_window_rests(qtbot: QtBot, bench: Bench) -> None:
    """Nothing is painted and nothing computed while nobody does anything: a traveller's battery is short."""
    workbench = bench()
    qtbot.wait(300)
    paints = _Paints()
    for widget in [workbench, *workbench.findChildren(QObject)]:
        widget.installEventFilter(paints)
    before = time.process_time()
    qtbot.wait(1500)
    assert paints.count <= 4  # a cursor may blink
    assert time.process_time() - before < 0.3


def _big(made: Made, count: int) -> None:
    """Many advisories of a few actions each."""
    now = datetime.now(UTC)
    posts = [ALERT_1._replace(link=f"https://example.org/{n}", title=f"Alert {n}") for n in range(count)]
    with made.store() as store, store.transaction():
        for revision in intake.take(embassy_feed(posts), EMBASSY, now).revisions:
            advisories.add(store, revision._replace(number=1))


def test_much_that_is_kept_does_not_make_a_tick_slow(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _big(made, 300)
    workbench = bench()
    with Heartbeat() as heart:
        for name in made.items[:5]:
            workbench.checklist.model.set_state(name, State.DONE)
            qtbot.wait(20)
    assert heart.worst_ms < 400  # 50 ms on a quiet machine; the rest is for a loaded one
    assert isinstance(workbench.checklist.list.current_item(), Item)


def test_no_word_of_a_source_is_read_as_markup(qtbot: QtBot, made: Made, bench: Bench) -> None:
    title = "<b>Bold</b> & <img src='x'>"
    _publish(made, ALERT_1._replace(link="https://example.org/2", title=title.replace("<", "&lt;")))
    workbench = bench()
    workbench.go("advisories")
    workbench._texts.choose(_named(workbench, "Bold"))
    assert workbench.reading.title.text() == "Bold &"
    assert workbench.reading.title.textFormat() is Qt.TextFormat.PlainText


def test_a_refusal_of_the_desk_is_a_sentence(bench: Bench, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    from core.errors import StorageError

    workbench: Workbench = bench()

    def refuse(name: str, value: str) -> None:
        raise StorageError("disk-full")

    monkeypatch.setattr(desk, "set_setting", refuse)
    workbench.rooms.theme_wanted.emit("dark")
    assert workbench.checklist.refusal.isVisible()
    assert workbench.checklist.refusal.text() == say(Message("disk-full"))
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_a_tick_of_another_process_is_seen(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    qtbot.waitUntil(lambda: workbench.checklist.list.current_item() is not None)
    name = made.items[0]
    assert workbench.checklist.model.row_of(name) is not None
    with made.store() as store:
        checklists.set_state(store, [name], State.DONE, datetime.now(UTC))

    def state() -> State:
        return next(item.state for item in workbench.checklist.model.items() if item.id == name)

    qtbot.waitUntil(lambda: state() is State.DONE, timeout=5000)


def test_the_acts_of_the_foot_stand_in_one_line(bench: Bench) -> None:
    side = bench().side
    assert {one.mapTo(side, QPoint()).y() for one in (side.check, side.settings, side.help)} == {
        side.check.mapTo(side, QPoint()).y()
    }

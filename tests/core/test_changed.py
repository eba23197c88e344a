"""All that a revision changed, in sentences: its title, what is listed again, and one line for each thing."""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core import intake, saving
from core.changed import lines_of, with_returned
from core.model import Change, ChangeKind, Item, Kind, Revision, Source, Standing, State
from core.notices import line_for
from core.paths import RESOURCES
from core.review import Verdict, beside_items
from core.revise import compare
from core.status import of_title
from core.store import advisories, checklists, past, reviewing
from core.store.open import Store
from core.wording import say
from tests.core.command_line import CommandLine
from tests.core.revisions import ADVISORY, ISSUED, LEVELS, revision_of
from tests.servers import LoopbackFeed
from tests.texts import Alert, embassy_feed

FEED = "/feed"
BRIDGE, THREE, FIVE, CASH = "Avoid the bridge.", "Carry water for 3 days.", "Carry water for 5 days.", "Carry cash."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db", bytes(32)) as opened:
        yield opened


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed() as server:
        yield server


@pytest.fixture
def app(tmp_path: Path, feed: LoopbackFeed) -> CommandLine:
    return CommandLine(tmp_path, embassy=feed.url(FEED))


def titled(title: str, words: tuple[str, ...] = (BRIDGE,)) -> Revision:
    return revision_of(words)._replace(title=title)


def changed(before: Revision, after: Revision) -> Change:
    change = compare(before, after)
    assert change is not None
    return change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Shelter in place", "Shelter in place cancelled"),
        ("Security Alert", "Security Alert Update: alert cancelled"),
        ("Security Alert: leave within 24 hours", "Security Alert: leave within 12 hours"),
        ("Demonstrations in Newtown", "Demonstrations in Oldport"),
    ],
)
def test_another_title_is_told_as_the_text_is(before: str, after: str) -> None:
    change = changed(titled(before), titled(after))
    assert change.kinds == (ChangeKind.TEXT,)
    assert say(line_for(change)) == f"The title is now “{after}”."
    assert [say(line) for line in lines_of(change)] == [f"The title is now “{after}”."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Security Alert", "SECURITY ALERT"),
        ("Security Alert, March 3, 2026", "Security Alert, March 12, 2026"),
        ("Security Alert (3 March 2026)", "Security Alert (12 April 2026)"),
        ("Security Alert 2026-03-03", "Security Alert 2026-03-12T08:10:00Z"),
        ("Security Alert 03/03/2026, 08:10 UTC", "Security Alert 12/03/2026, 10 a.m."),
        ("Security Alert - Update 2", "Security Alert - Update #3"),
        ("Security Alert", "Security Alert (Updated)"),
        ("Flood bulletin no. 4", "Flood bulletin no. 5"),
        ("Sicherheitshinweis, Stand: 3. März 2026", "Sicherheitshinweis, Stand: 12. April 2026"),
        ("安全情報 2026年3月3日", "安全情報 2026年4月12日"),
    ],
)
def test_days_stamps_and_numbers_of_a_title_are_no_news(before: str, after: str) -> None:
    assert compare(titled(before), titled(after)) is None


def test_the_words_of_a_level_in_a_title_are_told_as_the_level() -> None:
    before, after = (
        titled(f"Freedonia - Level {number}: {LEVELS[number].words}")._replace(level=LEVELS[number])
        for number in (3, 4)
    )
    assert changed(before, after).kinds == (ChangeKind.LEVEL,)


def test_titles_that_go_and_come_back_are_no_news_together() -> None:
    there, back = changed(titled("One"), titled("Two")), changed(titled("Two"), titled("One"))
    held = beside_items([there])
    assert held is not None
    assert held.title == ("One", "Two")
    assert beside_items([there, back]) is None


@pytest.mark.parametrize("row", tomllib.loads((RESOURCES / "rules" / "status.toml").read_text("utf-8"))["title"])
def test_a_title_gives_the_status_that_it_states(row: dict[str, str]) -> None:
    assert of_title(row["example"], row["language"], (), has_level=False).words == (row["is"],)


@pytest.mark.parametrize(
    "title", ["Security Alert: flights cancelled", "Travel warning lifted for the north", "Was the alert cancelled?"]
)
def test_a_title_that_does_not_say_so_gives_none(title: str) -> None:
    assert of_title(title, "en", (), has_level=False).words == ()


def test_a_title_ends_what_the_text_still_says() -> None:
    text = "<p>Updated to reflect the ordered departure of eligible family members.</p>"
    source = Source("embassy", "Embassy", "Embassy", "https://iq.usembassy.gov/feed", Kind.ALERT)

    def read(title: str) -> tuple[str, ...]:
        post = Alert(title, "https://iq.usembassy.gov/alert/", text, "Tue, 03 Mar 2026 05:10:00 +0000")
        return intake.take(embassy_feed([post]), source, ISSUED).revisions[0].status

    assert read("Security Alert") == ("ordered-departure",)
    assert read("Security Alert: Ordered Departure Lifted") == ("departure-lifted",)
    assert read("Security Alert - Update: alert cancelled") == ("withdrawn", "ordered-departure")


def deliver(store: Store, *words: str) -> Change:
    change = saving.save_revision(store, revision_of(words)._replace(number=0), (), ISSUED, first_look=False)
    assert change is not None
    return change


@pytest.mark.parametrize("is_hidden", [False, True])
def test_what_is_listed_again_is_not_told_as_new(store: Store, is_hidden: bool) -> None:
    deliver(store, BRIDGE, THREE)
    newest = advisories.newest(store, ADVISORY)
    assert newest is not None
    name = checklists.start_following(store, newest, ISSUED)
    item = next(one for one in checklists.items(store, name) if one.text == THREE)
    checklists.set_state(store, [item.id], State.DONE, ISSUED)
    deliver(store, BRIDGE)
    if is_hidden:
        reviewing.decide(store, _item(store, item.id), Verdict.HIDE)
    change = deliver(store, BRIDGE, THREE, CASH)
    assert (change.added, change.returned) == ((THREE, CASH), (THREE,))
    assert say(line_for(change)) == "1 new, 1 listed again."
    assert [say(line) for line in lines_of(change)] == [f"New: {CASH}", f"Listed again: {THREE}"]
    back = _item(store, item.id)
    assert (back.state, back.standing) == (State.DONE, Standing.CURRENT)
    assert item.id in {one.id for one in checklists.items(store, name)}
    assert past.change_to(store, ADVISORY, 3) == change


def _item(store: Store, name: str) -> Item:
    return checklists.items_by_id(store, [name])[0]


def test_one_line_for_each_thing_the_weightiest_first() -> None:
    before = revision_of([BRIDGE, THREE, "Keep a low profile."], level=LEVELS[2], status=("ordered-departure",))
    after = revision_of(
        [FIVE, "Maintain a low profile at all times.", CASH],
        event="Quiet.",
        level=LEVELS[3],
        status=("borders-closed",),
    )._replace(title="Another", expires=ISSUED + timedelta(days=1))
    change = with_returned(changed(before._replace(title="One"), after), [revision_of([CASH])])
    change = change._replace(overtaken=(FIVE,))
    assert [say(line) for line in lines_of(change)] == [
        "The level is now “Level 3”; it was “Level 2”.",
        "Now: borders closed. No longer: departure of staff ordered.",
        "1 thing that you ticked now asks for something else. Look again.",
        f"Now asks for something else: {FIVE}",
        f"Listed again: {CASH}",
        "Reworded: Maintain a low profile at all times.",
        f"No longer listed: {BRIDGE}",
        "The title is now “Another”.",
        "It now holds for less long.",
        "Its text has changed.",
    ]


def test_the_commands_say_all_that_changed(app: CommandLine, feed: LoopbackFeed) -> None:
    def post(title: str, *actions: str) -> Alert:
        items = "".join(f"<li>{words}</li>" for words in actions)
        words = f"<p>The embassy is closed to the public.</p><p><b>Actions to Take:</b></p><ul>{items}</ul>"
        return Alert(title, "https://iq.usembassy.gov/alert/", words, "Tue, 03 Mar 2026 05:10:00 +0000")

    app.get("follow", "embassy")
    feed.publish(FEED, embassy_feed([post("Alert", BRIDGE, THREE)]))
    app.get("check")
    feed.publish(FEED, embassy_feed([post("Alert Update: alert cancelled", FIVE, CASH)]))
    told = app.say("check").out
    name = app.get("advisories")["advisories"][0]["id"]
    wanted = [
        "The issuer has withdrawn it.",
        "Now: withdrawn by its issuer.",
        f"Now asks for something else: {FIVE}",
        f"New: {CASH}",
        f"No longer listed: {BRIDGE}",
        "The title is now “Alert Update: alert cancelled”.",
    ]
    assert [line.removeprefix("Alert Update: alert cancelled: ") for line in told.splitlines()[1:]] == wanted
    assert [line.strip() for line in app.say("show", name, "--history").out.splitlines()[2:]] == wanted
    assert "  Withdrawn by its issuer.\n" in app.say("show", name).out

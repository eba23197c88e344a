"""Over a real store and the real commands: no place tells an action of "You should not:" by its bare words alone."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import lists, telling
from core.lists.shape import Written
from core.model import Item, Standing, State
from core.review import Verdict
from core.store import checklists, inbox, reviewing, search, sources, undo
from core.wording import say
from tests.core.in_process import Terminal, terminal
from tests.profiles import Made, publish, scene
from tests.texts import Alert, embassy_feed

__all__ = ["terminal"]  # the fixture

FILM = "film the tower"
WHOLE = f"You should not: {FILM}"
LINK = "https://iq.usembassy.gov/tower/"
NOW = datetime.now(UTC).replace(microsecond=0)
PAGE = "<p>You should{}:</p><ul><li>film the tower</li><li>go near the fence</li></ul>"


def alert(*, forbids: bool) -> Alert:
    """The alert of the tower, with the one word more or less."""
    return Alert("Alert: the tower", LINK, PAGE.format(" not" if forbids else ""), f"{NOW:%d %b %Y %T} GMT")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return scene(tmp_path / "profile", embassy_feed([alert(forbids=True)]))


def the_item(made: Made) -> Item:
    with made.store() as store:
        return next(one for one in checklists.items(store) if one.text == FILM)


def test_a_reminder_says_it_on_the_desktop_and_in_the_inbox(made: Made) -> None:
    item = the_item(made)
    assert (item.text, item.condition, item.response_type) == (FILM, "You should not", "Avoid")
    with made.store() as store:
        sources.set_setting(store, "discreet", "no")
        checklists.set_due(store, item.id, NOW + timedelta(minutes=30))
        told = telling.choose(store, NOW).notices
        assert f"To do: {WHOLE}" in [say(one.title) for one in told]
        assert f"To do: {WHOLE}" in [say(one.waiting.title) for one in inbox.entries(store)]


def test_what_was_done_with_it_is_taken_back_by_its_whole_words(made: Made) -> None:
    item = the_item(made)
    with made.store() as store:
        checklists.set_state(store, [item.id], State.DONE, NOW)
        taken = undo.undo(store)
        assert taken is not None
        assert taken.words == WHOLE


def test_a_search_that_hits_it_shows_it_whole(made: Made) -> None:
    with made.store() as store:
        (hit,) = search.search(store, "tower fence")
        assert hit.snippet.startswith(WHOLE)
        (hit,) = search.search(store, "fence")
        assert hit.snippet == "You should not: go near the fence"
        assert [hit.snippet[a:b] for a, b in hit.marks] == ["fence"]


def test_turned_into_its_opposite_it_is_told_shown_and_said_of(made: Made) -> None:
    item = the_item(made)
    with made.store() as store:
        checklists.set_state(store, [item.id], State.DONE, NOW)
        old = checklists.items_by_id(store, [item.id])[0]
    publish(made, alert(forbids=False))
    turned = the_item(made)
    assert (turned.id, turned.state, turned.standing, turned.important, turned.was) == (
        item.id, State.DONE, Standing.REWORDED, True, WHOLE,
    )  # fmt: skip
    # Turned back while the traveller looked at what it was: what she then says is not said of this.
    publish(made, alert(forbids=True))
    with made.store() as store:
        reviewing.decide(store, turned, Verdict.AGAIN)
        assert checklists.items_by_id(store, [item.id])[0] == old


def test_what_is_said_of_it_holds_only_for_what_it_stood_under(made: Made) -> None:
    item = the_item(made)
    publish(made, alert(forbids=False))
    turned = the_item(made)
    with made.store() as store:
        reviewing.decide(store, replace(turned, condition="Never"), Verdict.ACCEPT)
        assert checklists.items_by_id(store, [item.id])[0] == turned
        reviewing.decide(store, turned, Verdict.ACCEPT)
        assert checklists.items_by_id(store, [item.id])[0].standing is Standing.CURRENT


@pytest.mark.parametrize("name", sorted(lists.WRITERS))
def test_a_file_says_it_whole_and_brings_both_back_once(made: Made, name: str) -> None:
    with made.store() as store:
        (held,) = checklists.all_lists(store)
        items = checklists.items(store, held.id)
    data = lists.WRITERS[name]([Written(held, items, "")])
    words = data.decode().replace("\r\n ", "")
    assert {
        "markdown": f"- [ ] **You should not:** {FILM}\n",
        "ics": f"SUMMARY:{WHOLE}\r\n",
        "csv": f"open,{WHOLE},",
        "json": f'"text": "{FILM}",',
    }[name] in words
    if name == "json":  # as the command line's: the bare words, which have places in a text, and the condition
        assert [one["condition"] for one in json.loads(words)["items"]] == ["You should not"] * 2
    if name == "csv":
        assert next(csv.DictReader(io.StringIO(words)))["text"] == WHOLE
    (back,) = lists.read(data)
    assert [(one.text, one.condition) for one in back.lines] == [(one.text, one.condition) for one in items]


def test_the_terminal_says_it_whole(terminal: Terminal, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><h1>The tower</h1>{PAGE.format(' not')}</body></html>", encoding="utf-8")
    out, _ = terminal.run("read", str(page))
    assert f"  - {WHOLE}\n" in out
    (kept,) = terminal.get("import", str(page))["advisories"]
    assert kept["actions"][0]["condition"] == "You should not"
    out, _ = terminal.run("show", kept["id"])
    assert f"  - {WHOLE}\n" in out
    terminal.run("start", kept["id"])
    out, _ = terminal.run("todo")
    assert f": {WHOLE}\n" in out
    (name, *_) = [one["id"] for one in terminal.get("todo")["items"]]
    out, _ = terminal.run("tick", name)
    assert f": {WHOLE}" in out
    out, _ = terminal.run("search", "fence")
    assert "    You should not: go near the fence" in out
    exported = tmp_path / "list.md"
    terminal.run("export", "--to", str(exported))
    out, _ = terminal.run("read", str(exported))
    assert f"☑ {WHOLE}\n" in out
    terminal.run("import", str(exported))
    assert [one["condition"] for one in terminal.get("todo", "--all")["items"]] == ["You should not"] * 4


def test_a_check_tells_what_came_in_full(made: Made) -> None:
    before = alert(forbids=True)
    publish(made, before._replace(html=before.html.replace(FILM, "sing songs")))
    with made.store() as store:
        data = [json.loads(str(row[0])) for row in store.rows("SELECT data FROM change ORDER BY id DESC LIMIT 1")]
    assert data[0]["added"] == ["You should not: sing songs"]
    assert data[0]["withdrawn"] == [WHOLE]

"""Every page and state of the window, one after the other: `python -m tests.ui.pictures FOLDER [LOOK ...]`.

Light, dark, right to left, 360 px wide and 200 % text, offscreen, from the demo's own embassy and texts (`core.demo`).
Nothing is judged here; what looks at the pages instead goes the same way (`tour`). A new page is a line of `STORY`.
A name says what it shows: `light-news.png`, `narrow-first-start.png`.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core import catalogue, lists
from core.demo import embassy as embassies
from core.demo.stage import Stage, stage
from core.loudness import Loudness
from core.model import Block, BlockKind, Contact, Kind, Level, ListKind, State, Text
from core.sieve import What
from core.store import advisories, sources
from core.store.inbox import Entry, Fate
from core.store.trips import Plan
from ui import app, theme, tray
from ui.models.lines import Line
from ui.models.revisions import REVISION_ROLE, RevisionLine
from ui.pages.about import AboutPage
from ui.pages.first_start import FirstStartPage
from ui.pages.inbox import InboxPage
from ui.pages.reading import CHANGES, HISTORY, OTHERS, TEXT
from ui.pages.review import ReviewPage
from ui.pages.settings import SettingsPage
from ui.pages.sources import SourcesPage
from ui.pages.trip import TripPage
from ui.pages.unlock import UnlockPage
from ui.pages.world import WorldPage
from ui.told import entry_line
from ui.widgets.course import Step
from ui.widgets.history import History
from ui.widgets.question import Question
from ui.widgets.row_editor import TimesEditor
from ui.window import Window
from ui.workbench import Workbench

PATIENCE_MS = 30_000
QUOTED = (
    "The embassy in Glasgow Bay has told its citizens what to do:\n\n"
    "• Leave Freedonia by commercial transport within 24 hours.\n• Take cash for a week.\n• Follow local news.\n"
)


@dataclass(frozen=True, slots=True)
class Look:
    """One way in which the window is shown."""

    name: str
    width: int = 1280
    height: int = 800
    wish: theme.Wish = theme.Wish.LIGHT
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight
    text_percent: int = 100


LOOKS = (
    Look("light"),
    Look("dark", wish=theme.Wish.DARK),
    Look("rtl", direction=Qt.LayoutDirection.RightToLeft),
    Look("middle", width=900),
    Look("narrow", width=360, height=720),
    Look("large", text_percent=200),
    Look("narrow-dark", width=360, height=720, wish=theme.Wish.DARK),
)


def pause(milliseconds: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(what: Callable[[], object]) -> None:
    """Let the window live until something is true."""
    for _ in range(PATIENCE_MS // 20):
        if what():
            return
        pause(20)
    raise TimeoutError("the window did not come so far")


class Viewer(Protocol):
    """Is led through the pages."""

    def take(self, widget: QWidget, name: str) -> None:
        """Look at what a widget shows now."""


class Camera:
    """Takes pictures of one look into a folder."""

    def __init__(self, folder: Path, look: Look) -> None:
        self._folder, self._look = folder, look

    def take(self, widget: QWidget, name: str) -> None:
        """Save what a widget shows, once it has settled."""
        pause(250)
        file = self._folder / f"{self._look.name}-{name}.png"
        if not widget.grab().save(str(file)):
            raise OSError(f"{file} could not be written")
        print(file)


def dress(qt: QApplication, look: Look) -> None:
    """Give the application a look."""
    face = qt.font()
    face.setPixelSize(13 * look.text_percent // 100)
    qt.setFont(face)
    qt.setLayoutDirection(look.direction)
    theme.wish(look.wish)
    theme.apply(qt)  # the face was changed, which no start of the program does


def _pages(camera: Viewer, look: Look) -> None:
    """The first start and the lock, without a profile."""
    first = FirstStartPage(list(catalogue.load(None).values()))
    lock = UnlockPage()
    for page in (first, lock):
        page.resize(look.width, look.height)
        page.show()
    camera.take(first, "first-start")
    for name in ("Iraq", "Jordan", "Bosnia and Herzegovina"):
        first.country.setText(name)
        first._add_country()
    first.show_fault("The two passphrases differ.", "key")
    first.resize(look.width, 13 * look.text_percent)
    camera.take(first, "first-start-filled")
    lock.ask()
    camera.take(lock, "lock")
    lock.ask("That is not the passphrase of this profile. Nothing was changed.")
    camera.take(lock, "lock-refused")
    lock.explain("The keyring did not answer within 5 seconds. Unlock it, or use a passphrase profile.")
    camera.take(lock, "lock-keyring")
    for page in (first, lock):
        page.close()
        page.deleteLater()


@contextmanager
def _window(scene: Stage, look: Look) -> Iterator[tuple[Window, Workbench]]:
    today = date.today()
    with scene.store() as store:
        with store.transaction():
            sources.add_trip(store, "Baghdad & Erbil", ["IQ"], today, today + timedelta(days=58))
        sources.set_setting(store, "theme", look.wish)
    window = app.open_window(scene.profile, str(scene.catalogue), scene.key)
    window.resize(look.width, look.height)
    until(lambda: window.workbench)
    assert window.workbench is not None
    try:
        yield window, window.workbench
    finally:
        window.close()
        window.deleteLater()


def _check(window: Window, workbench: Workbench) -> None:
    until(window.check)
    until(lambda: not workbench._watcher.is_checking())


@dataclass(frozen=True, slots=True)
class Scene:
    """What an act of the story has to work with."""

    camera: Viewer
    look: Look
    stage: Stage
    window: Window
    workbench: Workbench

    def take(self, name: str) -> None:
        """The whole window."""
        self.camera.take(self.window, name)

    def check(self) -> None:
        """A check to its end."""
        _check(self.window, self.workbench)


Act = Callable[[Scene], None]


def room(place: str) -> Act:
    """The act of a page that is whole as soon as it is entered, named as the window names it."""

    def enter(scene: Scene) -> None:
        scene.workbench.go(place)
        scene.take(place)
        page = scene.workbench.middle.currentWidget()
        if isinstance(page, QScrollArea):
            _whole(scene.camera, scene.window, page, place)

    return enter


def part(show: Callable[[Viewer, Window, Workbench], None]) -> Act:
    """The act of several pictures of one page."""
    return lambda scene: show(scene.camera, scene.window, scene.workbench)


def _first_look(scene: Scene) -> None:
    scene.stage.embassy.publish(embassies.ordered_departure(embassies.now()))
    scene.check()
    scene.workbench.go("todo")
    scene.take("no-list-yet")
    scene.workbench.go("advisories")
    scene.workbench.looking.advisories.list.setCurrentIndex(scene.workbench.looking.advisories.list.model().index(0, 0))
    scene.take("advisories")
    scene.workbench.columns.show_reading()
    scene.take("advisory")


def _list(scene: Scene) -> None:
    scene.workbench.start_list(scene.workbench._desk.library.fitting()[0])
    scene.take("list")
    _act(scene.workbench)
    scene.take("list-ticked")


def _news(scene: Scene) -> None:
    workbench = scene.workbench
    scene.stage.embassy.publish(embassies.reworded(embassies.now()))
    scene.check()
    until(lambda: workbench.checklist.banner.isVisible())
    workbench.checklist.list.select_row(1)
    scene.take("news")
    workbench.checklist.list.scrollToBottom()
    scene.take("news-end")
    workbench.columns.show_reading()
    scene.take("news-text")


def _reviewed(scene: Scene) -> None:
    scene.workbench.columns.show_middle()
    _review(scene.camera, scene.window, scene.workbench)
    if scene.workbench.columns.menu.isVisible():
        scene.workbench.columns.toggle_side()
        scene.take("side")


def _link(scene: Scene) -> None:
    scene.workbench.go("todo")
    scene.workbench.reading.link_wanted.emit("https://example.org/enrol")
    (box,) = [one for one in scene.workbench.findChildren(Question) if one.isVisible()]
    scene.camera.take(box, "link")
    box.reject()


def _pasted(scene: Scene) -> None:
    QGuiApplication.clipboard().setText(QUOTED)
    scene.workbench._pasting.paste()
    until(lambda: scene.workbench._pasting.page.keep.isVisible())
    scene.take("pasted")


def _offline(scene: Scene) -> None:
    workbench = scene.workbench
    scene.stage.embassy.__exit__(None, None, None)
    workbench.open_list(workbench._desk.lists()[0].id)
    scene.check()
    scene.take("offline")
    if workbench.columns.menu.isVisible():
        workbench.columns.toggle_side()
        scene.take("offline-side")
    workbench._say("The disk is full. What was saved before is kept; this was not saved. Free some space.")
    workbench.columns.show_middle()
    scene.take("refused")


def _others(scene: Stage) -> None:
    """What three other offices say of the trip's place and of the alert's own."""
    now = datetime.now(UTC)
    with scene.store() as store:
        pattern = advisories.kept(store)[0].newest
        contact = Contact("Duty officer, day and night", "+964 770 555 0100", "help@example.org", None, 0, 20)
        said = (
            ("Office for Travellers", "Iraq: travel advice", Level(3, "All but essential travel", "b"), "Do not fly."),
            ("وزارة الخارجية", "العراق: نصائح السفر", Level(None, "أحمر", "c"), "غادر البلاد الآن عبر المطار المدني."),
            ("Embassy of the Tests", "Alert: airspace closed", None, "The airport is shut. Stay where you are."),
        )  # fmt: skip
        with store.transaction():
            for number, (issuer, title, level, words) in enumerate(said):
                plain = f"{words} {words}\n\n{words}"
                blocks = (Block(BlockKind.PARAGRAPH, 0, 2 * len(words) + 1),
                          Block(BlockKind.PARAGRAPH, 2 * len(words) + 3, len(plain)))  # fmt: skip
                one = pattern._replace(
                    advisory_id=f"other-{number}", number=1, issuer=issuer, title=title, level=level, fetched=now,
                    countries=(*pattern.countries, "IQ"), issued=now - timedelta(days=number), contacts=(contact,),
                    kind=Kind.COUNTRY if level else Kind.ALERT, text=Text(plain, blocks), actions=(),
                    status=() if level else ("airspace-closed",), evidence=(),
                )  # fmt: skip
                advisories.add(store, one)


def _texts(camera: Viewer, window: Window, workbench: Workbench, scene: Stage) -> None:
    """Advisories with their filters, finds marked, what others say, two side by side, contacts."""
    _others(scene)
    workbench.go("advisories")
    workbench.looking.advisories.filters.enter()
    workbench.looking.advisories.filters.choose("level", "3")
    camera.take(window, "advisories-filtered")
    workbench.looking.advisories.filters.clear()
    camera.take(window, "advisories-many")
    workbench.go("search")
    workbench.looking.search.field.setText("airport")
    pause(300)
    workbench.looking.search.list.setCurrentIndex(workbench.looking.search.rows.index(0))
    camera.take(window, "search")
    workbench.columns.show_reading()
    camera.take(window, "search-text")
    workbench._texts.open("other-0")
    workbench._show_tab(OTHERS)
    camera.take(window, "others")
    workbench._others.show_pair("other-0", "other-1")
    camera.take(window, "side-by-side")
    workbench._leave_beside()
    workbench._texts.open("other-0")
    workbench.reading.tabs.setCurrentIndex(TEXT)
    workbench.reading.toggle_contacts()
    camera.take(window, "contacts")
    workbench.reading.toggle_contacts()
    workbench.columns.show_middle()


def _map(scene: Scene) -> None:
    """The world with levels of every kind: of the source that was verified, and of one that nobody follows."""
    now = datetime.now(UTC)
    said = {
        (4, "Do not travel"): "SY YE AF SO SD UA LY ML VA SG",
        (3, "Reconsider travel"): "PK NG TD NE ET VE HT LB TL KM",
        (2, "Exercise increased caution"): "FR DE GB IN BR ZA ID TR BS MT",
        (1, "Exercise normal precautions"): "US CA AU JP NO SE FI IS NZ AR CL BW LU AD",
    }
    with scene.stage.store() as store:
        pattern = advisories.kept(store)[0].newest
        with store.transaction():
            for (value, words), codes in said.items():
                for code in codes.split():
                    one = pattern._replace(
                        advisory_id=f"level-{code}", number=1, title=f"{code}: travel advice", countries=(code,),
                        level=Level(value, words, "b"), kind=Kind.COUNTRY, actions=(), contacts=(), status=(),
                        evidence=(), source="elsewhere" if code in ("SD", "ET", "IN", "AR", "SG") else pattern.source,
                        issued=now - timedelta(days=value), fetched=now,
                    )  # fmt: skip
                    advisories.add(store, one)
    scene.workbench.go("map")
    page = scene.workbench.middle.currentWidget()
    assert isinstance(page, WorldPage)
    scene.take("map")
    _whole(scene.camera, scene.window, page.area, "map")
    page.area.verticalScrollBar().setValue(0)
    page.mark("SY")
    for _ in range(4):
        page.map.nearer()
    page.map.setFocus()
    scene.take("map-near")
    page.map.whole()
    page.opened.emit("SY")
    scene.take("map-country")
    scene.workbench._back()


def _empty(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """Every place before anything was kept."""
    for place in ("advisories", "map", "search", "inbox", "sources"):
        workbench.go(place)
        camera.take(window, f"empty-{place}")
    workbench.looking.search.field.setText("cash")
    workbench.go("search")
    camera.take(window, "empty-search-words")
    workbench.looking.search.field.clear()
    workbench._pasting.page.wait()
    workbench._show_pasted()
    camera.take(window, "reading-a-text")
    workbench._pasting.page.show_refusal("Nothing was taken: no instruction was found in it.")
    camera.take(window, "nothing-found")
    workbench.go("todo")


def _help(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """The page About, and every hint of the tour."""
    workbench.go("about")
    page = workbench.middle.currentWidget()
    assert isinstance(page, AboutPage)
    until(lambda: "msgspec" in page.made_of.text())
    camera.take(window, "about")
    _whole(camera, window, page, "about")
    workbench.open_list(workbench._desk.lists()[0].id)
    workbench.tour.begin()
    number = 1
    while workbench.tour.card is not None:
        camera.take(window, f"tour-{number}")
        workbench.tour.go_on()
        number += 1
    workbench.go("todo")


def _paper(camera: Viewer, look: Look, workbench: Workbench) -> None:
    """What would be printed, and what a file of lists holds."""
    workbench.open_list(workbench._desk.lists()[0].id)
    workbench._giving.print()
    preview = workbench._giving.preview
    assert preview is not None
    preview.resize(min(look.width, 720 * look.text_percent // 100), look.height)
    camera.take(preview, "paper")
    preview.tabs.setCurrentIndex(1)
    preview.refuse("“card.pdf” could not be written: No space left on device. What was there is kept.")
    camera.take(preview, "paper-text")
    preview.close()
    workbench._show_pasted()
    workbench._pasting.page.wait()
    workbench._pasting._handover.look([lists.WRITERS["json"](workbench._desk.written(None))])
    until(lambda: workbench._pasting.page.keep.isVisible())
    camera.take(workbench.window(), "list-from-file")
    page = workbench._pasting.page
    page.ask_passphrase()
    camera.take(workbench.window(), "copy-from-a-colleague")
    page.ask_passphrase(
        "This passphrase does not open the copy. Nothing was kept; ask whoever gave it to you for the right one."
    )
    camera.take(workbench.window(), "copy-refused")
    workbench._giving.seal()
    assert workbench._giving.sealing is not None
    question = workbench._giving.sealing.question
    assert question is not None
    camera.take(question, "copy-for-a-colleague")
    question.go_on.click()
    camera.take(question, "copy-without-passphrase")
    question.reject()


def _editors(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """What is edited under a row, and the menu of a row."""
    rows = workbench.checklist.list
    rows.select_row(1)
    rows.do("note")
    camera.take(window, "note")
    rows.do("times")
    (editor,) = [one for one in workbench.checklist.findChildren(TimesEditor) if one.isVisible()]
    editor.due.setText("tomorrow 9")
    editor.reminder.setText("soon")
    editor.every.setText("2 days")
    editor.save_wanted.emit()
    camera.take(window, "times")
    editor.reminder.clear()
    editor.save_wanted.emit()
    camera.take(window, "times-set")
    rows.do("menu")
    assert workbench._work.editing.menu is not None
    camera.take(workbench._work.editing.menu, "menu")
    workbench._work.editing.menu.close()
    workbench._undoing.undo()


def _people(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """Who of those who travel together has done an item: in the rows, and the boxes under one."""
    journeys = workbench._desk.journeys
    trip = journeys.open(datetime.now(UTC))[0]
    items = workbench.checklist.model.items()
    revision = workbench._desk.revision(items[0].advisory_id or "")
    assert revision is not None
    companions = ("Amal", "Benedikt", "أمل", "Maria-Magdalena von Hohenstein & Söhne, the elder")
    places = tuple(dict.fromkeys((*trip.countries, *revision.countries)))
    journeys.change(trip.id, Plan(trip.name, places, trip.start, trip.end, companions))
    journeys.set_people(items[0].id, {"": True, "Amal": True})
    journeys.set_people(items[1].id, {"Benedikt": True, "أمل": True})
    workbench.refresh()
    workbench.checklist.list.select_row(1)
    workbench.checklist.list.do("people")
    camera.take(window, "people")
    workbench._work.editing.finish()
    for _ in range(3):
        workbench._undoing.undo()


def _own_list(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """A list of one's own from nothing to a few items, the menus of lists, and what is to do sifted."""
    work = workbench._work
    if workbench.columns.menu.isVisible():
        workbench.columns.toggle_side()
    work.listing.ask_new()
    assert work.listing.menu is not None
    camera.take(work.listing.menu, "new-list")
    work.listing.menu.close()
    work.listing.empty()
    work.listing.name.setText("What goes into the car, as we settled it on Tuesday")
    camera.take(window, "list-named")
    work.listing.name.returnPressed.emit()
    for words in ("Fuel for 400 km", "Water for three days", "A paper map", "The dog's papers"):
        work.listing.adding.setText(words)
        work.listing.adding.returnPressed.emit()
    model, rows = workbench.checklist.model, workbench.checklist.list
    model.set_state(model.items()[0].id, State.DONE)
    file = workbench._desk.profile.folder.parent / "route.txt"
    file.write_text("north", encoding="utf-8")
    work.filing.attach_file(model.items()[1], str(file))
    until(lambda: work.filing.has(model.items()[1]))
    with workbench._desk._store.transaction():
        values = ("safeconduct:papers-money-family", model.items()[3].id)
        workbench._desk._store.write("UPDATE item SET refers_to = ? WHERE id = ?", *values)
    workbench.refresh()
    rows.select_row(2)
    rows.do("reword")
    camera.take(window, "list-own")
    work.editing.finish()
    work.listing._ask_acts()
    camera.take(work.listing.menu, "list-acts")
    work.listing.menu.close()
    workbench.go("todo")
    camera.take(window, "todo-chips")
    work.filtering._choose_part(what=What.DUE)
    camera.take(window, "todo-none")
    work.filtering._choose_part(what=What.OPEN)
    workbench.open_list(next(one.id for one in workbench._desk.lists() if one.kind is ListKind.OWN))
    work.listing.archive()
    camera.take(window, "archived")
    if workbench.columns.menu.isVisible():
        workbench.columns.toggle_side()
        camera.take(window, "archived-side")
    workbench.open_list(next(one.id for one in workbench._desk.lists() if one.kind is ListKind.FOLLOWS))


def _rooms(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """Inbox, sources and settings: each whole, and what is only there after a press."""
    workbench.go("inbox")
    camera.take(window, "inbox")
    states = InboxPage()
    states.show_entries(_told_in_every_way(workbench._desk.inbox()[0]))
    states.resize(min(window.width(), theme.px(600)), theme.px(560))
    states.show()
    camera.take(states, "inbox-states")
    states.close()
    states.deleteLater()
    workbench._desk._known = catalogue.load(None) | dict(workbench._desk._known or {})  # more than the demo's one
    workbench.go("sources")
    page = workbench.middle.currentWidget()
    assert isinstance(page, SourcesPage)
    until(lambda: any(card.learns for card in page._shown))
    camera.take(window, "sources")
    _loud(page)
    camera.take(window, "sources-loud")
    page.field.setText("jordan")
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    page.show_preview("Format: rss\n1 advisory, 7 actions\n• A title of an alert\nNothing is kept yet.", "example.org")
    said = "“United States: embassy, alerts” is no longer followed. What was fetched from it is kept."
    page.say(said, "us")
    _whole(camera, window, page, "sources")
    page.clear_own()
    page.field.clear()
    page.say("")
    workbench.go("settings")
    settings = workbench.middle.currentWidget()
    assert isinstance(settings, SettingsPage)
    settings.show_outcome("The desktop took the notice and closed it at once, so nobody saw it.", trying=False)
    settings.refuse("Write times as 22:00, two that differ. The quiet hours were not changed.")
    camera.take(window, "settings")
    _whole(camera, window, settings, "settings")
    settings.refuse("")
    _tray(camera, window)


def _told_in_every_way(entry: Entry) -> list[Line]:
    """One entry in each of the states that it can have."""
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    states = (
        replace(entry, fate=Fate.WAITS),
        replace(entry, fate=Fate.SHOWN, again=now + hour),
        replace(entry, fate=Fate.SHOWN, at=now - hour),
        replace(entry, fate=Fate.SHOWN, at=now - 30 * hour, is_read=True),
        replace(entry, fate=Fate.KEPT, at=now - 60 * hour, is_read=True),
    )
    return [
        entry_line(replace(one, waiting=replace(one.waiting, number=number)), now) for number, one in enumerate(states)
    ]


def _loud(page: SourcesPage) -> None:
    """The cards of sources that were not verified for ever longer."""
    said = {
        Loudness.QUIET: "Not verified for 3 h: no network.",
        Loudness.MARKED: "Not verified for 9 h: no network.",
        Loudness.LOUD: "Could not read the source since Tuesday: it sent a page instead of a feed.",
    }
    (card,) = page._shown
    page.show_cards([card, *(replace(card, id=words, fresh=words, loudness=loud) for loud, words in said.items())])


def _tray(camera: Viewer, window: Window) -> None:
    """The icon in each of its states on a light and a dark panel, its menu, and what quitting asks."""
    shelf = QWidget()
    rows = QVBoxLayout(shelf)
    for ground in ("#eeeeee", "#202020"):
        panel = QFrame()
        panel.setStyleSheet(f"background: {ground}")
        row = QHBoxLayout(panel)
        for loudness in Loudness:
            for unread in (0, 3, 42, 100):
                icon = QLabel()
                icon.setPixmap(tray._drawn(loudness, unread).pixmap(44, 44))
                row.addWidget(icon)
        rows.addWidget(panel)
    shelf.show()
    camera.take(shelf, "tray")
    shelf.close()
    shelf.deleteLater()
    made = tray.Tray(window)
    made._menu.popup(window.mapToGlobal(window.rect().center()))
    camera.take(made._menu, "tray-menu")
    made._menu.close()
    made.close()
    assert window._staying is not None
    window._staying.ask_to_quit()
    (box,) = window.findChildren(Question)
    camera.take(box, "quit")
    box.reject()


def _trips(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """A trip with everything on its page, its form, and none at all."""
    item = workbench._desk.items(None)[0]
    with workbench._desk._store.transaction():
        due = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
        workbench._desk._store.write("UPDATE item SET due = ? WHERE id = ?", due, item.id)
    journeys = workbench._desk.journeys
    first = journeys.open(datetime.now(UTC))[0]
    journeys.change(first.id, Plan("Baghdad & Erbil", ("IQ",), first.start, first.end, ("Amal", "Benedikt")))
    second = journeys.add(Plan("مؤتمر عمّان", ("JO",), date.today() + timedelta(days=70), None, ("أمل",)))
    journeys.choose(first.id)
    workbench.go("trip")
    page = workbench.middle.currentWidget()
    assert isinstance(page, TripPage)
    camera.take(window, "trip")
    _whole(camera, window, page, "trip")
    page.verticalScrollBar().setValue(0)
    page.edit_wanted.emit()
    page.form.refuse("Write dates as 2026-12-31, the first before the last.")
    camera.take(window, "trip-form")
    page.show_form()
    for name in (first.id, second):
        journeys.archive(name)
    workbench.refresh()
    camera.take(window, "trip-none")
    journeys.bring_back(first.id)
    workbench.refresh()


def _whole(camera: Viewer, window: Window, page: QScrollArea, name: str) -> None:
    """The lower parts of a page that scrolls."""
    bar = page.verticalScrollBar()
    for number in range(1, 6):
        if bar.value() == bar.maximum():
            break
        bar.setValue(bar.value() + page.viewport().height())
        camera.take(window, f"{name}-{number}")


def _past(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """The tabs of changes and history; the demo's embassy has no levels, so the course is of made-up ones."""
    reading = workbench.reading
    reading.tabs.setCurrentIndex(CHANGES)
    until(lambda: reading.changes and reading.changes.text.isVisible())
    camera.take(window, "changes")
    reading.tabs.setCurrentIndex(HISTORY)
    assert reading.history is not None
    for row in range(reading.history.model.rowCount()):
        index = reading.history.model.index(row)
        reading.history.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    camera.take(window, "history")
    now = datetime.now(UTC)
    levels = ((60, 2, "Exercise increased caution"), (9, 3, "Reconsider travel"), (1, 4, "Do not travel"))
    held = reading.history.model.data(reading.history.model.index(0), REVISION_ROLE)
    assert isinstance(held, RevisionLine)
    course = tuple(Step(now - timedelta(days=days), value, words) for days, value, words in levels)
    reading.show_history(History((held,), course, now))
    camera.take(window, "history-levels")
    reading.tabs.setCurrentIndex(TEXT)


def _review(camera: Viewer, window: Window, workbench: Workbench) -> None:
    """Each change of the review, its end, and what is said of an undo."""
    workbench._review()
    page = workbench.middle.currentWidget()
    assert isinstance(page, ReviewPage)
    for number in range(1, 10):
        step = page.step()
        if step is None:
            break
        camera.take(window, f"review-{number}")
        page.decided.emit(step.key, step.acts[-1].verdict if step.acts[-1].key != "T" else step.acts[0].verdict)
    camera.take(window, "review-end")
    page.left.emit()
    for _ in range(4):
        workbench._undoing.undo()
    camera.take(window, "undone")


def _act(workbench: Workbench) -> None:
    items = workbench.checklist.model.items()
    for item in items[1:4]:
        workbench.checklist.model.set_state(item.id, State.DONE)
    workbench.checklist.model.set_state(items[5].id, State.NOT_APPLICABLE)
    workbench._desk.set_note(items[0].id, "bus at 17:40, seat 14C")
    workbench.refresh()


# The demo's story in its order. A page that stands alone is a line: room("its name").
STORY: tuple[Act, ...] = (
    lambda scene: scene.take("nothing-yet"),
    part(_empty),
    _first_look,
    _list,
    part(_editors),
    part(_people),
    part(_own_list),
    _news,
    part(_past),
    _reviewed,
    lambda scene: _texts(scene.camera, scene.window, scene.workbench, scene.stage),
    _map,
    room("todo"),
    room("keys"),
    part(_help),
    _link,
    part(_rooms),
    part(_trips),
    _pasted,
    lambda scene: _paper(scene.camera, scene.look, scene.workbench),
    _offline,
)


def tour(camera: Viewer, look: Look) -> None:
    """Lead whoever looks through every page and state. The application is dressed before."""
    _pages(camera, look)
    with stage() as started, _window(started, look) as (window, workbench):
        scene = Scene(camera, look, started, window, workbench)
        for act in STORY:
            act(scene)


def main(folder: Path, wanted: set[str]) -> None:
    """Take every picture; `wanted`: of these looks alone."""
    folder.mkdir(parents=True, exist_ok=True)
    qt = app.make()
    for look in LOOKS:
        if not wanted or look.name in wanted:
            dress(qt, look)
            tour(Camera(folder, look), look)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit("usage: python -m tests.ui.pictures FOLDER [LOOK ...]")
    main(Path(sys.argv[1]), set(sys.argv[2:]))

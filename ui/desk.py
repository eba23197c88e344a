"""What the window reads and writes of a profile: beside its `shelf`, the only file of the window that knows the store.

It lives on the window's thread, so it waits at most 30 ms for another writer; who gets a `BusyError` tries again
by timer. It gives and takes values of the model only. What a list needs that is to be painted is imported here, the
rest where it is used: the first paint waits for every import.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from core.model import Change, Checklist, Health, Item, ListKind, Notice, Revision, Source, State, Trip
from core.paths import Profile
from core.review import News, Verdict
from core.store import advisories, checklists, overview, reviewing, sources, undo
from core.store.open import Store
from core.store.undo import Act, Reversal
from core.validity import as_of

if TYPE_CHECKING:
    from core.bundled import Bundled
    from core.lists.shape import Written
    from core.store.inbox import Entry
    from core.store.network import Day, Request
    from core.store.overview import Summary
    from core.store.past import Outline
    from core.telling import Chosen
    from ui.journeys import Journeys
    from ui.library import Library
    from ui.shelf import Shelf

__all__ = ["Act", "Choices", "Desk", "Reversal"]

BUSY_MS = 30
# The window reads each thing once and keeps it itself.
DECRYPTED_KIB = 500
# Items or advisories from which on they are read whole on a thread.
MANY = 500


class Choices(NamedTuple):
    """What the first start asks: where, when, whose advice."""

    name: str
    countries: tuple[str, ...]
    start: date | None
    end: date | None
    sources: tuple[str, ...]


class Desk:
    """An open profile, as the window uses it."""

    def __init__(
        self, profile: Profile, key: bytes, known: Mapping[str, Source] | None, catalogue_file: str | None
    ) -> None:
        self.profile, self.key = profile, key
        self._known, self.catalogue_file = known, catalogue_file
        self._store = Store.open(profile.database, key, busy_ms=BUSY_MS)
        self._store.keep_read(DECRYPTED_KIB)
        self._shelf: Shelf | None = None
        self._changed: dict[str, bool] = {}
        self._foreign = self._store.foreign_version()
        self._lists: tuple[tuple[int, int], list[Checklist]] | None = None  # to count ten thousand items takes 30 ms

    @property
    def shelf(self) -> "Shelf":
        """What is done with lists and items but ticking; the first use imports it."""
        from ui.shelf import Shelf

        if self._shelf is None:
            self._shelf = Shelf(self._store, self.profile, self.key)
        return self._shelf

    def load_catalogue(self) -> None:
        """Read the list of sources, where it was not handed over; not for the window's thread. InputError: unusable."""
        if self._known is None:
            from core import catalogue

            self._known = catalogue.load(self.catalogue_file)

    def known(self) -> Mapping[str, Source]:
        """The sources of the list, and those that the traveller has added."""
        from core.store.own import with_own

        return with_own(self._store, self._known or {})

    def follow(self, name: str) -> None:
        """Follow a source for the countries of the trips, as the first start does."""
        with self._store.transaction():
            sources.follow(self._store, [name], ())

    def unfollow(self, name: str) -> None:
        """Follow a source no more; what was fetched is kept."""
        with self._store.transaction():
            sources.unfollow(self._store, [name])

    def follow_own(self, name: str, address: str, form: str) -> None:
        """Keep an address as a source and follow it. InputError: it may not be asked."""
        from core.store.own import add_own

        with self._store.transaction():
            sources.follow(self._store, [add_own(self._store, name, address, form)], ())

    def learns(self, source: Source, countries: Sequence[str]) -> list[str]:
        """What the network learns when a source is asked, in sentences. The first call imports what reads formats."""
        from core.exposure import learns
        from core.proxy import proxy_in
        from core.store import network
        from core.wording import say

        return [say(one) for one in learns(source, countries, proxy_in(network.proxy(self._store)))]

    def asked(self) -> "tuple[list[Request], list[Day]]":
        """What was asked of the network, the newest first, and what each day has cost."""
        from core.store import network

        return network.requests(self._store), network.days(self._store)

    @cached_property
    def journeys(self) -> "Journeys":
        """The trips."""
        from ui.journeys import Journeys

        return Journeys(self._store)

    @cached_property
    def library(self) -> "Library":
        """The texts that are kept."""
        from ui.library import Library

        return Library(self._store)

    def is_under_passphrase(self) -> bool:
        """Whether a passphrase keeps the key; else the keyring does."""
        from core.keys import wants_passphrase

        return wants_passphrase(self.profile)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def begin(self, choices: Choices) -> None:
        """Keep what the first start was told, all or nothing."""
        with self._store.transaction():
            if choices.countries:
                sources.add_trip(self._store, choices.name, choices.countries, choices.start, choices.end)
            sources.follow(self._store, choices.sources, ())

    def was_changed_outside(self) -> bool:
        """Whether another process has written since this was asked last."""
        before, self._foreign = self._foreign, self._store.foreign_version()
        return self._foreign != before

    def lists(self) -> list[Checklist]:
        """Checklists that are not archived."""
        return [one for one in self.every_list() if one.archived is None]

    def every_list(self) -> list[Checklist]:
        """Every checklist that was started, archived ones last."""
        version = (self._store.foreign_version(), self._store.own_version())
        if self._lists is None or self._lists[0] != version:
            self._lists = (version, checklists.all_lists(self._store, self._changed))
        return self._lists[1]

    def first_lists(self) -> list[Checklist]:
        """Checklists that are not archived, before it matters what there is to look at."""
        return [one for one in checklists.all_lists(self._store, beside=False) if one.archived is None]

    def items(self, checklist: str | None, *, at_most: int = -1) -> list[Item]:
        """The items of one list, or of all; `at_most`: the first ones alone."""
        return checklists.items(self._store, checklist, at_most=at_most)

    def is_large(self) -> bool:
        """Whether reading everything takes longer than a frame."""
        return checklists.item_count(self._store) > MANY or overview.kept(self._store) > MANY

    def own_version(self) -> int:
        """A number that what is written here changes, and what others write does not."""
        return self._store.own_version()

    def another(self) -> "Desk":
        """The same profile over a connection of its own, for a thread that reads; to be opened and closed on it."""
        other = Desk(self.profile, self.key, self._known, self.catalogue_file)
        other._changed = self._changed
        return other

    def written(self, checklist: str | None) -> "list[Written]":
        """A list, or every one that is not archived, as it goes into a file or on paper."""
        from core.store import outgoing

        chosen = [held for held in self.lists() if checklist in (None, held.id)]
        return outgoing.written(self._store, chosen, self.known())

    def start(self, advisory_id: str) -> str | None:
        """The id of an advisory's checklist, started if need be; None where there is nothing to start."""
        revision = advisories.newest(self._store, advisory_id)
        if revision is None or not (revision.actions or checklists.following(self._store, advisory_id)):
            return None
        return checklists.start_following(self._store, revision, datetime.now(UTC))

    def start_bundled(self, held: "Bundled") -> None:
        """Start a list that came with the program; one that was started stays as it is."""
        checklists.start_own(self._store, ListKind.BUNDLED, held.title, held.lines(), datetime.now(UTC), held.id)

    def set_state(self, item_id: str, state: State) -> Item:
        """Save a tick; when this returns, it is on the disk."""
        return checklists.set_state(self._store, [item_id], state, datetime.now(UTC))[0]

    def set_note(self, item_id: str, note: str) -> Item:
        """Save a note."""
        from core import markup

        return checklists.set_note(self._store, item_id, markup.clean_note(note))[0]

    def set_times(self, item_id: str, due: datetime | None, reminder: datetime | None, every: timedelta | None) -> Item:
        """Save when an item is due, when to remind of it, and how often it is done again."""
        return checklists.set_times(self._store, item_id, due, reminder, every)[0]

    def look(self, checklist: str) -> None:
        """What is new and reworded in this list has been looked at."""
        reviewing.look(self._store, checklist)

    def revision(self, advisory_id: str) -> Revision | None:
        """The newest revision of an advisory, as it is now."""
        held = advisories.newest(self._store, advisory_id)
        return as_of(held, datetime.now(UTC)) if held else None

    def revision_at(self, advisory_id: str, number: int) -> Revision | None:
        """One revision by its number."""
        return advisories.revision(self._store, advisory_id, number)

    def outlines(self, advisory_id: str) -> "list[Outline]":
        """Every revision of an advisory without its text, the oldest first."""
        from core.store import past

        return past.outlines(self._store, advisory_id)

    def change_to(self, advisory_id: str, number: int) -> Change | None:
        """What a revision changed, as it was found when it came."""
        from core.store import past

        return past.change_to(self._store, advisory_id, number)

    def read_before(self, advisory_id: str) -> int | None:
        """The revision that the traveller had looked at before the newest came."""
        from core.store import past

        return past.read_before(self._store, advisory_id)

    def see(self, advisory_id: str) -> None:
        """An advisory has been opened."""
        from core.store import inbox

        advisories.see(self._store, advisory_id)
        inbox.read_about(self._store, advisory_id, datetime.now(UTC))

    def news(self, checklist: str) -> News:
        """What its source changed in a list since the traveller last looked."""
        return reviewing.news(self._store, checklist)

    def decide(self, item: Item, verdict: Verdict) -> None:
        """Keep what is said of one changed item."""
        reviewing.decide(self._store, item, verdict)

    def hidden(self, checklist: str) -> int:
        """How many items of a list are hidden."""
        return len(reviewing.hidden(self._store, checklist))

    def unhide(self, checklist: str) -> None:
        """Bring what was hidden back below the list."""
        reviewing.unhide(self._store, checklist)

    def look_beside(self, checklist: str) -> None:
        """What changed beside the items has been looked at."""
        reviewing.look_beside(self._store, checklist)

    def undo(self) -> Reversal | None:
        """Take back what the traveller did last."""
        return undo.undo(self._store)

    def redo(self) -> Reversal | None:
        """Do again what was taken back last."""
        return undo.redo(self._store)

    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return undo.can_undo(self._store)

    def items_by_id(self, ids: Sequence[str]) -> list[Item]:
        """These items, hidden or not."""
        return checklists.items_by_id(self._store, ids)

    def suggested(self) -> "Summary | None":
        """The advisory whose checklist is offered to whoever has started none."""
        from core.suggest import suggested

        trips = self.trips()
        near = overview.with_actions(self._store, [code for trip in trips for code in trip.countries])
        return suggested(near, trips, datetime.now().astimezone().date())

    def has_advisories(self) -> bool:
        """Whether anything is kept."""
        return overview.has_any(self._store)

    def setting(self, name: str, default: str) -> str:
        """A setting's value."""
        return sources.setting(self._store, name, default)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of notices or looks."""
        sources.set_setting(self._store, name, value)

    def network(self) -> tuple[str, bool]:
        """The proxy as it was set, and whether data is saved."""
        from core.store import network

        return network.proxy(self._store), network.saves_data(self._store)

    def set_proxy(self, text: str) -> None:
        """Ask by this proxy from now on, or by none. InputError: it is no proxy's address; nothing was changed."""
        from core.proxy import proxy_in
        from core.store import network

        proxy_in(text)
        network.set_proxy(self._store, text.strip() or "none")

    def set_saves_data(self, *, saves: bool) -> None:
        """Fetch by itself only what trips need, or everything."""
        from core.store import network

        network.set_saves_data(self._store, saves=saves)

    def levels(self) -> dict[str, int]:
        """The highest common level known of each country of the trips."""
        return advisories.levels(self._store, [code for trip in self.trips() for code in trip.countries])

    def trips(self) -> list[Trip]:
        """Every trip."""
        return sources.trips(self._store)

    def health(self) -> list[Health]:
        """The truth about every followed source."""
        from core.health import health_of

        now = datetime.now(UTC)
        known, found = self.known(), sources.records(self._store)
        return [health_of(known.get(name), record, now) for name, record in found.items() if record.followed]

    def first_due(self) -> datetime | None:
        """When the first source that can be asked is due, now where one is already; None: none ever is."""
        from core import turns

        return turns.first_due(self._store, self.known(), datetime.now(UTC))

    def is_any_due(self) -> bool:
        """Whether a check would find something to do now."""
        from core import turns

        return turns.is_any_due(self._store, self.known(), datetime.now(UTC))

    def to_tell(self) -> "Chosen":
        """Take up what has come and what is due: the notices of now, and when there is next something to tell."""
        from core import telling

        return telling.choose(self._store, datetime.now(UTC))

    def shown(self, notice: Notice, *, taken: bool) -> None:
        """Whether the desktop took a notice."""
        from core import telling

        telling.shown(self._store, notice, datetime.now(UTC), taken=taken)

    def tell_later(self, notice: Notice) -> None:
        """Tell a notice once more in an hour."""
        from core import telling
        from core.store import inbox

        inbox.tell_again(self._store, notice.numbers, datetime.now(UTC) + telling.LATER)

    def inbox(self) -> "list[Entry]":
        """Everything that was told or waits to be, the newest first."""
        from core.store import inbox

        return inbox.entries(self._store)

    def unread(self) -> int:
        """How many entries of the inbox were not looked at."""
        from core.store import inbox

        return inbox.unread(self._store)

    def read_told(self, numbers: Sequence[int]) -> None:
        """These entries of the inbox have been looked at."""
        from core.store import inbox

        inbox.read(self._store, numbers, datetime.now(UTC))

"""The nouns of Safe Conduct, frozen values that every room shares.

The words are those of the product: Source, Advisory, Revision, Action, Checklist, Item, Trip, Level,
Change, Notice, Health. They are named tuples, because a dataclass takes half a millisecond to make before the
first paint; an Item is one all the same, because it goes through a Qt model, which takes a tuple for a list.
This room knows nothing of disks, networks, clocks or windows; it refuses to compute anything that needs more
than the value at hand.

Times are aware `datetime`s in UTC. Places in a text are Unicode code points, `start` inclusive and
`end` exclusive. Countries are ISO 3166-1 alpha-2 codes in upper case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from core.grounds import Dispatch, Evidence

Values = Mapping[str, str | int | list[str]]
NOTHING: Values = {}


class Message(NamedTuple):
    """A sentence not yet made: `id` names it in `core.wording`, `values` fill it."""

    id: str
    values: Values = NOTHING


class Level(NamedTuple):
    """The issuer's own words and scale, and the common 1 to 4 (None where the scale has no such sense)."""

    value: int | None
    words: str
    scale: str


class Kind(StrEnum):
    """What an advisory is."""

    COUNTRY = "country"
    ALERT = "alert"
    LIST = "list"
    REPORT = "report"


class Urgency(StrEnum):
    """CAP 1.2, section 3.2.2, `urgency`, in lower case; `past` never reaches a checklist."""

    IMMEDIATE = "immediate"
    EXPECTED = "expected"
    FUTURE = "future"
    UNKNOWN = "unknown"


class Verified(StrEnum):
    """Whether the bytes carried a signature made with a key that we were given."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    INVALID = "invalid"


class Link(NamedTuple):
    """An address behind a stretch of the text. `url` is absolute https (or http, shown but not opened)."""

    start: int
    end: int
    url: str


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


class Block(NamedTuple):
    """One paragraph, heading or list item: where it stands in the text and how deep it is nested (items: 1 up).

    `strong` is true where the issuer set the whole block in bold: such a paragraph is often a heading.
    """

    kind: BlockKind
    start: int
    end: int
    depth: int = 0
    strong: bool = False


class Text(NamedTuple):
    """Cleaned text: the plain words, the blocks that tile them, and the links inside them."""

    plain: str
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()


class Contact(NamedTuple):
    """A way to reach somebody, as the text gives it."""

    label: str
    phone: str | None
    email: str | None
    address: str | None
    start: int
    end: int


class Action(NamedTuple):
    """One instruction of a revision, in the issuer's words.

    `id` is stable while the wording is. `start` and `end` point into the revision's text: the whole list
    item, or outside lists the one sentence.
    """

    id: str
    text: str
    heading: str | None
    condition: str | None
    urgency: Urgency
    due: datetime | None
    audience: str | None
    response_type: str | None
    links: tuple[str, ...]
    refers_to: str | None
    start: int
    end: int


class Revision(NamedTuple):
    """One immutable state of an advisory. `number` counts from 1; 0 means not yet stored.

    `issued_is_date`: the issuer gave a day without an hour, so nothing may be read from the hour of `issued`.
    `dispatch`: None where the source does not publish messages that speak of each other. `evidence`: of the words of
    `status` those that were found in the text.
    """

    advisory_id: str
    number: int
    source: str
    issuer: str
    kind: Kind
    title: str
    url: str | None
    countries: tuple[str, ...]
    language: str
    level: Level | None
    status: tuple[str, ...]
    issued: datetime | None
    updated: datetime | None
    effective: datetime | None
    expires: datetime | None
    fetched: datetime | None
    verified: Verified
    text: Text
    actions: tuple[Action, ...]
    contacts: tuple[Contact, ...]
    warnings: tuple[Message, ...] = ()
    issued_is_date: bool = False
    dispatch: Dispatch | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def said_by(self) -> str:
        """The id of the message that gave this state: the advisory's own where no other did."""
        return self.dispatch.id if self.dispatch else self.advisory_id


class Advisory(NamedTuple):
    """One identity at a source, with its newest revision."""

    id: str
    newest: Revision
    missing_since: datetime | None = None
    seen: bool = True


class State(StrEnum):
    """What the traveller says of an item."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not-applicable"


class Standing(StrEnum):
    """What the source says of an item."""

    CURRENT = "current"
    NEW = "new"
    REWORDED = "reworded"
    WITHDRAWN = "withdrawn"


class Group(StrEnum):
    """When an item is for, in the order of the page."""

    NOW = "now"
    BEFORE = "before"
    KEEP = "keep"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a checklist. It keeps its own wording; `action_id` names the action it follows.

    `start` and `end` are where that action stood in the revision the item was last reconciled with. `text` is the
    issuer's bare words, which may say the opposite without `condition`: `core.conditions` gives them in full, and `was`
    is in full. `important`: it is reworded, and what must be done is no longer what `was` said. `every`: how often the
    traveller does it again. `refers_to`: the advisory or list that the action asks to be read or done, by its id or
    address. `done_by`: who of those who travel together has done it, by their names; "" is the traveller. `given`: the
    due times that the issuer gave for it, the present one last, None where it gave none; empty: it never gave any.
    """

    id: str
    checklist: str
    position: int
    action_id: str | None
    advisory_id: str | None
    text: str
    state: State
    standing: Standing
    was: str | None
    heading: str | None
    condition: str | None
    urgency: Urgency
    response_type: str | None
    done_at: datetime | None
    note: str
    due: datetime | None
    reminder: datetime | None
    detail: str = ""
    start: int | None = None
    end: int | None = None
    important: bool = False
    every: timedelta | None = None
    refers_to: str | None = None
    done_by: tuple[str, ...] = ()
    given: tuple[datetime | None, ...] = ()

    @property
    def doers(self) -> tuple[str, ...]:
        """Who has done it. Where only a tick is kept, it is the traveller's own."""
        return self.done_by or (("",) if self.state is State.DONE else ())


class ListKind(StrEnum):
    """Where a checklist comes from."""

    FOLLOWS = "follows"
    BUNDLED = "bundled"
    OWN = "own"


class Checklist(NamedTuple):
    """The traveller's own working list. `total` is what the ring counts: current less not applicable.

    `unseen`: how much of what its source changed waits to be looked at, as its review counts it.
    `origin`: of one that came in a file, what that says of where its words are from; else None.
    """

    id: str
    title: str
    kind: ListKind
    advisory_id: str | None
    started: datetime | None
    archived: datetime | None
    done: int
    total: int
    unseen: int = 0
    origin: str | None = None


class Trip(NamedTuple):
    """Places, dates and who comes along. It decides which advisories matter."""

    id: str
    name: str
    countries: tuple[str, ...]
    start: date | None
    end: date | None
    companions: tuple[str, ...] = ()


class ChangeKind(StrEnum):
    """What happened to an advisory, the weightiest first."""

    NEW_ADVISORY = "new-advisory"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    LEVEL = "level"
    STATUS = "status"
    ACTIONS = "actions"
    TEXT = "text"
    EDITORIAL = "editorial"


class Change(NamedTuple):
    """What one check found about one advisory: revision numbers, all the kinds that hold, what came and went.

    `expires`: how long it held and holds, where that has changed; `title` likewise. `is_text_other`: the words beside
    the actions differ. `important`: those of `reworded` that now ask for something else; `overtaken`: those of them
    whose item the traveller had ticked. `returned`: those of `added` that were listed before, and then no longer.
    """

    advisory_id: str
    before: int | None
    after: int | None
    kinds: tuple[ChangeKind, ...]
    level: tuple[Level | None, Level | None] | None = None
    status: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    added: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    notice: bool = False
    expires: tuple[datetime | None, datetime | None] | None = None
    important: tuple[str, ...] = ()
    overtaken: tuple[str, ...] = ()
    title: tuple[str, str] | None = None
    is_text_other: bool = False
    returned: tuple[str, ...] = ()

    @property
    def kind(self) -> ChangeKind:
        """The weightiest kind."""
        return self.kinds[0]


class Notice(NamedTuple):
    """What the traveller is told on the desktop: a title and one line, about these advisories.

    `numbers`: the entries of the inbox that it tells; `item`: the one that may be ticked from the notice itself.
    """

    title: Message
    line: Message
    advisory_ids: tuple[str, ...]
    urgent: bool
    numbers: tuple[int, ...] = ()
    item: str | None = None


class Source(NamedTuple):
    """Who publishes, and where: one entry of the catalogue. Without a `kind`, what it sends tells.

    `language`: of its texts, and which one is read where it says everything in several; "": that of this machine.
    `keys`: a PEM file of the certificates whose signatures count for this source. `hosts`: beside its own host those
    that the alerts of its index may be asked of, with the port where it is not the usual one.
    """

    id: str
    name: str
    issuer: str
    url: str
    kind: Kind | None = None
    format: str | None = None
    countries: tuple[str, ...] = ()
    language: str = ""
    roots: str | None = None
    keys: str | None = None
    hosts: tuple[str, ...] = ()
    licence: str = ""
    attribution: str = ""
    tried: str = ""
    from_user: bool = False


class HealthState(StrEnum):
    """Whether a source could be checked."""

    VERIFIED = "verified"
    STALE = "stale"
    FAILING = "failing"
    NEVER = "never"


class Health(NamedTuple):
    """The truth about one source: when it was last checked with success, and what is wrong if anything is."""

    source: str
    name: str
    followed: bool
    countries: tuple[str, ...]
    last_verified: datetime | None
    last_attempt: datetime | None
    state: HealthState
    problem: Message | None
    advisories: int
    next_check: datetime | None
    failures: int = 0

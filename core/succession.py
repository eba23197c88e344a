"""What the messages of one document do to each other and to what is kept: updates, cancels, what came too late. Pure.

CAP 1.2, 3.2.1, `msgType` and `references`: an Update supersedes the messages that it names, a Cancel takes them back.
An advisory is the chain of such messages and keeps its id. Messages come in any order, twice, before those they name,
and beside those they replace; the newest `sent` wins. Where two updates of one message stand side by side for
different places, each goes on as an advisory of its own: a warning in force must not vanish behind another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core import markup
from core.grounds import Dispatch
from core.model import Revision

WITHDRAWN, SUPERSEDED = "withdrawn", "superseded"
# What one message may replace, through others too: a chain is never longer.
_MAX_REPLACED = 2_000
# With how many newer updates of the same message one is compared.
_MAX_COMPARED = 20
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Given:
    """The message that gave an advisory's newest state: its id, when it was sent, its places."""

    id: str
    sent: datetime | None
    areas: tuple[str, ...] = ()
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A message that was cancelled before it came: by which, and when that was sent."""

    by: str
    sent: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a source: the newest state of each advisory, and which advisory a message leads to.

    `followed`: the advisories that the traveller has a checklist of.
    """

    newest: Mapping[str, Given] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    cancelled: Mapping[str, Cancelled] = field(default_factory=dict)
    followed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settled:
    """What a document comes to.

    `states`: those to compare with what is kept, each with the id of its advisory. `withdrawn` and `superseded`: kept
    advisories with the message that ended them. `leads` and `cancelled`: what has to be remembered. `present`: the
    advisories that the document still speaks of.
    """

    states: tuple[Revision, ...]
    withdrawn: tuple[tuple[str, Revision], ...] = ()
    superseded: tuple[tuple[str, Revision], ...] = ()
    leads: Mapping[str, str] = field(default_factory=dict)
    cancelled: Mapping[str, Cancelled] = field(default_factory=dict)
    present: frozenset[str] = frozenset()


def settle(revisions: Sequence[Revision], known: Known) -> Settled:
    """What the messages of one document come to. Their ids are still those of the messages, not of advisories."""
    return _Settling(revisions, known).settled()


def withdrawn(state: Revision, by: str, sent: datetime | None, words: Revision | None = None) -> Revision:
    """A state that its issuer has taken back: its text is kept, nothing is to be done any more.

    `words`: the Cancel, whose own text is set behind where it says something new.
    """
    text = state.text
    if words is not None and words.text.plain and words.text.plain not in text.plain:
        text = markup.joined(text, words.text)
    return _ended(state, WITHDRAWN, by, sent)._replace(
        text=text,
        fetched=words.fetched if words else state.fetched,
        verified=words.verified if words else state.verified,
    )


def superseded(state: Revision, by: Revision) -> Revision:
    """A state whose place another advisory has taken; its text is kept."""
    ended = _ended(state, SUPERSEDED, by.said_by, by.issued)
    return ended._replace(fetched=by.fetched, verified=by.verified)


def _ended(state: Revision, word: str, by: str, sent: datetime | None) -> Revision:
    """The state with a last word. Of its actions none is left to take, so a checklist lists them no longer."""
    status = tuple(dict.fromkeys((*state.status, word)))
    return state._replace(status=status, actions=(), issued=sent or state.issued, dispatch=Dispatch(by))


def _is_later(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other


def _covers(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    """Whether nothing of the old places is left out; where places are not said, they are the same."""
    return not new or not old or set(old) <= set(new)


def _given(message: Revision) -> Given:
    areas = message.dispatch.areas if message.dispatch else ()
    return Given(message.advisory_id, message.issued, areas)


class _Settling:
    """One document being settled. `claimed`: the message of this document that an advisory's state now comes from."""

    def __init__(self, revisions: Sequence[Revision], known: Known) -> None:
        self.known = known
        self.messages = {revision.advisory_id: revision for revision in revisions}
        self.replaced = {name: self._replaced_by(name) for name in self.messages}
        self.leads: dict[str, str] = {}
        self.claimed: dict[str, str] = {}
        self.states: dict[str, Revision] = {}
        self.withdrawn: list[tuple[str, Revision]] = []
        self.superseded: list[tuple[str, Revision]] = []
        self.cancelled: dict[str, Cancelled] = {}
        self.present: set[str] = set()

    def settled(self) -> Settled:
        order = {name: number for number, name in enumerate(self.messages)}
        by_time = sorted(self.messages.values(), key=lambda one: (one.issued or _LONG_AGO, one.advisory_id))
        self.heads = self._heads([one for one in by_time if not _withdraws(one)])
        for head in by_time:
            if head.advisory_id in self.heads:
                self._place(head)
        for cancel in by_time:
            if _withdraws(cancel):
                self._cancel(cancel)
        self.present |= {to for name in self.messages if (to := self._lead(name)) is not None and to in self.claimed}
        states = sorted(self.states.values(), key=lambda one: order[self.claimed[one.advisory_id]])
        return Settled(
            tuple(states),
            tuple(self.withdrawn),
            tuple(self.superseded),
            {name: to for name, to in self.leads.items() if name != to and self.known.leads.get(name) != to},
            self.cancelled,
            frozenset(self.present),
        )

    def _replaced_by(self, name: str) -> dict[str, None]:
        """The messages that one replaces, directly or through others of this document; never one sent after it."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting and len(found) < _MAX_REPLACED:
            message = self.messages.get(waiting.pop())
            if message is None or message.dispatch is None:
                continue
            for old in message.dispatch.replaces:
                held = self.messages.get(old)
                is_newer = held is not None and _is_later(held.issued, message.issued)
                if old not in found and old != name and not is_newer:
                    found[old] = None
                    waiting.append(old)
        return found

    def _heads(self, updates: Sequence[Revision]) -> set[str]:
        """Those that no other update of this document replaces. `updates`: the oldest first."""
        rank = {one.advisory_id: number for number, one in enumerate(updates)}
        over = {
            old
            for name in rank
            for old in self.replaced[name]
            # Of two that replace each other the later one stands.
            if old in rank and not (name in self.replaced[old] and rank[old] > rank[name])
        }
        siblings: dict[str, list[Revision]] = {}
        for new in reversed(updates):
            name = new.advisory_id
            if name in over or new.dispatch is None:
                continue
            for old in new.dispatch.replaces:
                newer = siblings.setdefault(old, [])
                after = next((one for one in newer[:_MAX_COMPARED] if _takes_over(one, new)), None)
                if after is not None:
                    over.add(name)
                    self.replaced[after.advisory_id] |= {name: None} | self.replaced[name]
                    break
                newer.append(new)
        return set(rank) - over

    def _lead(self, name: str) -> str | None:
        """The advisory that a message leads to, or None."""
        to = self.leads.get(name) or self.known.leads.get(name) or name
        return to if to in self.known.newest or to in self.claimed else None

    def _place(self, head: Revision) -> None:
        """Find the advisory that a message is the newest state of; a new one where there is none."""
        name = head.advisory_id
        own = self._lead(name)
        leads = (own, *(self._lead(old) for old in self.replaced[name]))
        candidates = list(dict.fromkeys(lead for lead in leads if lead is not None))
        free = [lead for lead in candidates if self._may_claim(head, lead)]
        place = next((lead for lead in free if lead in self.known.followed), free[0] if free else None)
        if own is not None and own not in free:
            place = own  # another message has gone on from this one already
        elif place is None:
            place = next((lead for lead in candidates if self._is_late(head, lead)), name)
        is_late = place in candidates and place not in free
        merged = [lead for lead in free if lead != place and self.known.newest[lead].id in self.replaced[name]]
        self.superseded += [(lead, head) for lead in merged]
        for one in (name, *self.replaced[name], *merged):
            if one == name or one in merged or self._lead(one) in (None, place, *merged):
                self.leads[one] = place
        self.present.add(place)
        if is_late:
            return
        self.claimed[place] = name
        dispatch = head.dispatch or _dispatch(head, place)
        state = head
        if place != name or dispatch is not head.dispatch:
            state = head._replace(advisory_id=place, dispatch=dispatch)
        taken_back = self.known.cancelled.get(name)
        if taken_back is not None and not _is_later(head.issued, taken_back.sent):
            state = withdrawn(state, taken_back.by, taken_back.sent)
        self.states[place] = state

    def _may_claim(self, head: Revision, advisory: str) -> bool:
        """Whether a message goes on from the newest state of an advisory."""
        if advisory in self.claimed:
            return False
        last = self.known.newest[advisory]
        if last.id == head.advisory_id:
            return not (last.is_withdrawn and _is_later(last.sent, head.issued))
        if last.id in self.replaced[head.advisory_id]:
            return not _is_later(last.sent, head.issued)
        if last.id in self.heads:
            return False
        is_newer = last.sent is None or head.issued is None or head.issued > last.sent
        return is_newer and _covers(_given(head).areas, last.areas)

    def _is_late(self, head: Revision, advisory: str) -> bool:
        """Whether what an advisory says by now came after this message, and for all of its places."""
        last = self.known.newest.get(advisory)
        if last is None or advisory in self.claimed or last.id in self.heads:
            return False
        return not _is_later(head.issued, last.sent) and _covers(last.areas, _given(head).areas)

    def _cancel(self, cancel: Revision) -> None:
        """Take back what a Cancel names, where nothing newer stands in its place."""
        name = cancel.advisory_id
        named = list(self.replaced[name])
        for old in named:
            if self._lead(old) is None:
                self.cancelled[old] = Cancelled(name, cancel.issued)
        targets = dict.fromkeys(lead for one in (name, *named) if (lead := self._lead(one)) is not None)
        for advisory in targets:
            head = self.claimed.get(advisory)
            last = _given(self.messages[head]) if head else self.known.newest[advisory]
            if not (last.id == name and last.is_withdrawn):
                if not self._takes_back(cancel, last):
                    continue
                if head:
                    self.states[advisory] = withdrawn(self.states[advisory], name, cancel.issued, cancel)
                else:
                    self.withdrawn.append((advisory, cancel))
            self.leads[name] = advisory
            self.present.add(advisory)

    def _takes_back(self, cancel: Revision, last: Given) -> bool:
        if last.is_withdrawn:
            return False
        if last.id in self.replaced[cancel.advisory_id] or last.id == cancel.advisory_id:
            return not _is_later(last.sent, cancel.issued)
        return _is_later(cancel.issued, last.sent) and _covers(_given(cancel).areas, last.areas)


def _withdraws(message: Revision) -> bool:
    return message.dispatch is not None and message.dispatch.withdraws


def _dispatch(head: Revision, place: str) -> Dispatch | None:
    """The message of a state that an advisory of another name has; None where the names are one."""
    return None if head.advisory_id == place else Dispatch(head.advisory_id)


def _takes_over(newer: Revision, older: Revision) -> bool:
    """Whether of two updates of the same message the newer leaves nothing of the older one in force."""
    return _is_later(newer.issued, older.issued) and _covers(_given(newer).areas, _given(older).areas)


def ids(revisions: Iterable[Revision]) -> set[str]:
    """Every message that these speak of: their own ids and those they replace."""
    return {one for held in revisions for one in (held.advisory_id, *(held.dispatch.replaces if held.dispatch else ()))}

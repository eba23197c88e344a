"""What changed between two states of an advisory, and what that means for a checklist. Pure.

Takes held and incoming values and gives a `Change` or the items as they should be; it reads no clock and writes
nothing. Reconciling never drops an item and never touches what the traveller did: state, note and due stay.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.assign import best_pairs
from core.conditions import ahead, in_full
from core.issuer_due import with_given
from core.likeness import OF_OTHERS, Likenesses
from core.model import Action, Change, ChangeKind, Item, Level, Revision, Standing, State
from core.moved import holders
from core.sameness import normalised
from core.titles import is_other_title
from core.weight import is_changed_hard, without_reviews

_HEADING_BONUS = 3.0
_CONDITION_BONUS = 2.0
_NEARNESS_BONUS = 1.0
# Which of several items that became one goes on.
_FIRST_KEPT = (State.OPEN, State.DONE, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Wording:
    """What matching looks at: of an item or an action alike. `words` are the normalised ones."""

    words: str
    heading: str | None
    condition: str | None


def matched(held: Sequence[Wording], incoming: Sequence[Wording], language: str) -> list[tuple[int, int]]:
    """Pairs (held, incoming) that are the same action, each taken once. `language`: BCP 47, of both.

    Equal words under the same heading first, then equal words, then the best assignment by likeness.
    """
    left, right = list(range(len(held))), list(range(len(incoming)))
    pairs: list[tuple[int, int]] = []
    for key in (lambda w: (w.words, w.heading, w.condition), lambda w: w.words):
        equal = _equal([(i, key(held[i])) for i in left], [(j, key(incoming[j])) for j in right])
        pairs += equal
        left = _without(left, (a for a, _ in equal))
        right = _without(right, (b for _, b in equal))
    if not left or not right:
        return sorted(pairs)
    alike = Likenesses([held[i].words for i in left], [incoming[j].words for j in right], language)

    def scored(at: int, likenesses: Mapping[int, float]) -> dict[int, float]:
        i = left[at]
        return {
            other: points
            + _HEADING_BONUS * (held[i].heading == incoming[j].heading)
            + _CONDITION_BONUS * (held[i].condition == incoming[j].condition)
            + _NEARNESS_BONUS * (1 - abs(i / len(held) - j / len(incoming)))
            for other, points in likenesses.items()
            for j in (right[other],)
        }

    reworded = best_pairs(
        {at: scored(at, alike.close(at)) for at in range(len(left))},
        lambda at: scored(at, alike.others(at)),
        OF_OTHERS + _HEADING_BONUS + _CONDITION_BONUS + _NEARNESS_BONUS,
    )
    return sorted(pairs + [(left[at], right[other]) for at, other in reworded])


def _equal(held: Sequence[tuple[int, object]], incoming: Sequence[tuple[int, object]]) -> list[tuple[int, int]]:
    """Indexes whose keys are equal, in order, each once."""
    places: dict[object, list[int]] = {}
    for index, key in reversed(incoming):
        places.setdefault(key, []).append(index)
    return [(index, places[key].pop()) for index, key in held if places.get(key)]


def _without(indexes: Sequence[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [index for index in indexes if index not in gone]


def _wordings(those: Iterable[Item | Action]) -> list[Wording]:
    return [Wording(normalised(one.text), one.heading, one.condition) for one in those]


def _is_reworded(one: Item | Action, other: Action, language: str) -> bool:
    """Whether an action's words changed; or its condition came, went, or now asks for something else."""
    if (one.text, one.condition) == (other.text, other.condition):
        return False
    before, now = in_full(one), in_full(other)
    if normalised(before) == normalised(now):
        return False
    had, has = (bool(ahead(each.text, each.condition)) for each in (one, other))
    return normalised(one.text) != normalised(other.text) or had != has or is_changed_hard(before, now, language)


def is_same_state(held: Revision, incoming: Revision) -> bool:
    """Whether the incoming state would make no revision: text, title, level, status, validity and actions are equal."""
    return (
        not is_other_title(held, incoming)
        and held.text.plain == incoming.text.plain
        and held.level == incoming.level
        and _statuses(held, incoming) is None
        and held.expires == incoming.expires
        and held.effective == incoming.effective
        and len(held.actions) == len(incoming.actions)
        and all(_is_same(a, b, held, incoming) for a, b in zip(held.actions, incoming.actions, strict=True))
    )


def _is_same(one: Action, other: Action, held: Revision, incoming: Revision) -> bool:
    """Whether two actions at the same place say the same, wherever their links lead."""
    said = ("text", "heading", "condition", "audience")
    return _has_same_weight(one, other, held, incoming) and all(
        getattr(one, part) == getattr(other, part) for part in said
    )


def _has_same_weight(one: Action, other: Action, held: Revision, incoming: Revision) -> bool:
    """Whether urgency, response and due time are the same; a due time that only moved with its issue is."""
    is_due_alike = one.due == other.due or (
        one.due is not None
        and other.due is not None
        and held.issued is not None
        and incoming.issued is not None
        and one.due - held.issued == other.due - incoming.issued
    )
    return is_due_alike and (one.urgency, one.response_type) == (other.urgency, other.response_type)


def compare(held: Revision | None, incoming: Revision) -> Change | None:
    """What the incoming revision changes; None where it is the same state. `notice` is left to `core.notices`."""
    if held is None:
        added = tuple(map(in_full, incoming.actions))
        return Change(incoming.advisory_id, None, incoming.number, (ChangeKind.NEW_ADVISORY,), added=added)
    if is_same_state(held, incoming):
        return None
    before, after = held.actions, incoming.actions
    old, new = _wordings(before), _wordings(after)
    pairs = matched(old, new, incoming.language)
    kept, came = {a for a, _ in pairs}, {b for _, b in pairs}
    added = tuple(in_full(action) for index, action in enumerate(after) if index not in came)
    gone = tuple(in_full(action) for index, action in enumerate(before) if index not in kept)
    reworded = [
        (in_full(before[a]), in_full(after[b]))
        for a, b in pairs
        if _is_reworded(before[a], after[b], incoming.language)
    ]
    weighed = [_has_same_weight(before[a], after[b], held, incoming) for a, b in pairs]
    kinds = []
    was_withdrawn, is_withdrawn = "withdrawn" in held.status, "withdrawn" in incoming.status
    if was_withdrawn != is_withdrawn:
        kinds.append(ChangeKind.WITHDRAWN if is_withdrawn else ChangeKind.RESTORED)
    level = None if _is_level_alike(held.level, incoming.level) else (held.level, incoming.level)
    if level is not None:
        kinds.append(ChangeKind.LEVEL)
    statuses = _statuses(held, incoming)
    if statuses is not None:
        kinds.append(ChangeKind.STATUS)
    if added or gone or reworded or not all(weighed):
        kinds.append(ChangeKind.ACTIONS)
    expires = (held.expires, incoming.expires) if _is_end_moved(held, incoming) else None
    title = (held.title, incoming.title) if is_other_title(held, incoming) else None
    is_text_other = _is_text_other(held, incoming)
    if expires is not None or title is not None or is_text_other:
        kinds.append(ChangeKind.TEXT)
    if not kinds:
        kinds.append(ChangeKind.EDITORIAL)
    return Change(
        incoming.advisory_id,
        held.number,
        held.number + 1,
        tuple(kinds),
        level=level,
        status=statuses,
        added=added,
        reworded=tuple(now for _, now in reworded),
        withdrawn=gone,
        expires=expires,
        important=tuple(now for was, now in reworded if is_changed_hard(was, now, incoming.language)),
        title=title,
        is_text_other=is_text_other,
    )


def _statuses(held: Revision, incoming: Revision) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The status words before and after, None where they are the same.

    What was found in a text that has not changed is not the issuer's news: then the program has learnt to read.
    """
    before, after = set(held.status), set(incoming.status)
    read = (
        {one.word for one in (*held.evidence, *incoming.evidence)} if held.text.plain == incoming.text.plain else set()
    )
    return (tuple(sorted(before)), tuple(sorted(after))) if before ^ after > read & (before ^ after) else None


def _is_level_alike(held: Level | None, incoming: Level | None) -> bool:
    """Whether two levels are one: the common value decides, and only where neither has any the words, folded.

    Issuers word one level in several ways ("Exercise normal", "Take normal"); that is no news.
    """
    if held is None or incoming is None:
        return held is incoming
    if held.value is not None or incoming.value is not None:
        return held.value == incoming.value
    return normalised(held.words) == normalised(incoming.words)


def _is_end_moved(held: Revision, incoming: Revision) -> bool:
    """Whether it now holds for longer or for less long: a traveller who stays indoors until then has to know.

    Another message of the issuer that gives another end always means it. In one message that is published again and
    again, an end that keeps its distance from the time of issue only rolls on.
    """
    if held.expires == incoming.expires:
        return False
    if held.expires is None or incoming.expires is None or held.said_by != incoming.said_by:
        return True
    if held.issued is None or incoming.issued is None:
        return True
    return held.expires - held.issued != incoming.expires - incoming.issued


def _is_text_other(held: Revision, incoming: Revision) -> bool:
    """Whether the words beside the actions differ; the same text is the same, whatever was read out of it."""
    return held.text.plain != incoming.text.plain and _beside_actions(held) != _beside_actions(incoming)


def _beside_actions(revision: Revision) -> str:
    """The words of a revision that are no action's: those tell on their own whether the text changed."""
    out, at = [], 0
    for action in sorted(revision.actions, key=lambda action: action.start):
        out.append(revision.text.plain[at : max(at, action.start)])
        at = max(at, action.end)
    beside = " ".join([*out, revision.text.plain[at:]])
    return normalised(without_reviews(beside, revision.language))


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Items that were there, as they should be now, and those to add. Only these differ from what is stored."""

    changed: tuple[Item, ...]
    added: tuple[Item, ...]


def reconcile(items: Sequence[Item], revision: Revision, checklist: str) -> Reconciled:
    """A checklist's items after a revision of the advisory it follows.

    Equal wording keeps its item as it is, unless its condition now says otherwise; that or like wording is the same
    item, reworded, with `was` what the traveller last looked at, in full, and `important` where it asks for something
    else than that; an item without its like is withdrawn and stays; an action without its like becomes a new item. An
    added item's `id` is empty: storage gives it one.
    """
    followed = [item for item in items if item.advisory_id == revision.advisory_id]
    # In the order of the page, so that the order in which storage gives them decides nothing.
    followed.sort(key=lambda item: (item.position, item.id))
    listed = [item for item in followed if item.standing is not Standing.WITHDRAWN]
    gone = [item for item in followed if item.standing is Standing.WITHDRAWN]
    actions = revision.actions
    had, has = _wordings(listed), _wordings(actions)
    pairs = [(listed[a], b) for a, b in matched(had, has, revision.language)]
    free = _without(range(len(actions)), (b for _, b in pairs))
    # What was withdrawn comes back to its old item only on the very same words.
    for item, wording in zip(gone, _wordings(gone), strict=True):
        back = next((b for b in free if has[b].words == wording.words), None)
        if back is not None:
            free.remove(back)
            pairs.append((item, back))
    pairs, merged = _merged(pairs, listed, actions, revision.language)
    changed = [_following(item, actions[b], b, revision.language) for item, b in pairs]
    changed = [
        replace(item, important=True) if item.id in merged and item.standing is Standing.REWORDED else item
        for item in changed
    ]
    paired = {item.id for item, _ in pairs}
    changed += [replace(item, standing=Standing.WITHDRAWN) for item in listed if item.id not in paired]
    before = {item.id: item for item in followed}
    return Reconciled(
        changed=tuple(item for item in changed if item != before[item.id]),
        added=tuple(new_item(actions[b], revision, checklist, b, Standing.NEW) for b in free),
    )


def _merged(
    pairs: Sequence[tuple[Item, int]], listed: Sequence[Item], actions: Sequence[Action], language: str
) -> tuple[list[tuple[Item, int]], set[str]]:
    """The pairs, with those items that took up the words of others in another state: their ids.

    Where several instructions became one, it must not be put aside for one of them: then one that is open, else one
    that is done, goes on as the item.
    """
    paired = {item.id for item, _ in pairs}
    left = [item for item in listed if item.id not in paired]
    reworded = [at for at, (item, b) in enumerate(pairs) if left and _is_reworded(item, actions[b], language)]
    held = holders([in_full(item) for item in left], [in_full(actions[pairs[at][1]]) for at in reworded], language)
    parts: dict[int, list[Item]] = {}
    for number, place in held.items():
        parts.setdefault(reworded[place], []).append(left[number])
    found, merged = list(pairs), set[str]()
    for at, others in parts.items():
        survivor, b = found[at]
        if all(other.state is survivor.state for other in others):
            continue
        if survivor.state is State.NOT_APPLICABLE:
            survivor = min(others, key=lambda other: _FIRST_KEPT.index(other.state))
        found[at] = survivor, b
        merged.add(survivor.id)
    return found, merged


def overtaken(changed: Sequence[Item], reworded: Sequence[str]) -> tuple[str, ...]:
    """Of the wordings that are new now those that ask for something else than what the traveller ticked."""
    done = (in_full(item) for item in changed if item.important and item.state is State.DONE)
    return tuple(words for words in done if words in reworded)


def _following(item: Item, action: Action, position: int, language: str) -> Item:
    """The item as it follows this action."""
    standing, was = item.standing, item.was
    now = in_full(action)
    if _is_reworded(item, action, language):
        looked_at = item.was if item.standing in (Standing.REWORDED, Standing.WITHDRAWN) else None
        if looked_at and normalised(looked_at) == normalised(now):
            standing, was = Standing.CURRENT, None
        elif item.standing is not Standing.NEW:
            standing, was = Standing.REWORDED, looked_at or in_full(item)
    elif standing is Standing.WITHDRAWN:
        standing, was = (Standing.REWORDED, was) if was else (Standing.CURRENT, None)
    return replace(
        item,
        action_id=action.id, text=action.text, standing=standing, was=was, heading=action.heading,
        condition=action.condition, urgency=action.urgency, response_type=action.response_type,
        position=position, start=action.start, end=action.end, refers_to=action.refers_to,
        important=was is not None and (is_changed_hard(was, now, language) or _stays_important(item, was, action)),
        given=with_given(item.given, action.due),
    )  # fmt: skip


def _stays_important(item: Item, was: str, action: Action) -> bool:
    """Whether it was told to be important, and is the same change still: it may have taken up another's words."""
    return item.important and item.was == was and (item.text, item.condition) == (action.text, action.condition)


def new_item(action: Action, revision: Revision, checklist: str, position: int, standing: Standing) -> Item:
    """An open item that follows an action. Its due time is the issuer's, where there is one."""
    return Item(
        id="", checklist=checklist, position=position, action_id=action.id, advisory_id=revision.advisory_id,
        text=action.text, state=State.OPEN, standing=standing, was=None, heading=action.heading,
        condition=action.condition, urgency=action.urgency, response_type=action.response_type, done_at=None,
        note="", due=action.due, reminder=None, start=action.start, end=action.end, refers_to=action.refers_to,
        given=() if action.due is None else (action.due,),
    )  # fmt: skip

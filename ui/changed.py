"""What a revision changed, all of it and a sentence for each thing: in the history, and over the changes of a text."""

from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

from core.model import Change, ChangeKind, Message
from core.notices import line_for
from core.sameness import normalised
from core.wording import say, tr

if TYPE_CHECKING:  # the store is the desk's affair
    from core.store.past import Outline


def lines_of(
    change: Change, titles: tuple[str, str], *, is_text_other: bool, gone: Set[str] = frozenset()
) -> list[str]:
    """The weightiest first. `titles`: before and after; `gone`: what was listed earlier and no more before this change,
    as `no_longer_listed` gives it.
    """
    lines = []
    for kind in change.kinds:
        line = line_for(change._replace(kinds=(kind,)))
        if kind is ChangeKind.ACTIONS:
            if change.overtaken:
                lines.append(say(line))
            line = _counts(change, gone)
        if kind is not ChangeKind.TEXT or change.expires:
            lines.append(say(line))
    if change.kind is ChangeKind.NEW_ADVISORY:
        return lines
    before, after = titles
    if before != after:
        lines.append(tr("Its title is now “{after}”; it was “{before}”.").format(after=after, before=before))
    if ChangeKind.TEXT in change.kinds and (is_text_other or not lines):
        lines.append(say(Message("notice-text")))
    return lines


def no_longer_listed(outlines: "Iterable[Outline]") -> set[str]:
    """The words of every action that these revisions, the oldest first, took off the list and did not bring back."""
    gone: set[str] = set()
    for one in outlines:
        if one.change is not None:
            gone |= set(map(normalised, one.change.withdrawn))
            gone -= set(map(normalised, one.change.added))
    return gone


def _counts(change: Change, gone: Set[str]) -> Message:
    back = sum(normalised(words) in gone for words in change.added)
    values = {
        "new": len(change.added) - back,
        "back": back,
        "reworded": len(change.reworded),
        "important": len(change.important),
        "gone": len(change.withdrawn),
    }
    return Message("changed-actions", values)

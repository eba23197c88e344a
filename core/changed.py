"""All that a revision changed, one sentence for each thing, the weightiest first; and which actions came back. Pure."""

from collections.abc import Iterable

from core.conditions import in_full
from core.model import Change, ChangeKind, Message, Revision
from core.notices import line_for
from core.sameness import normalised


def with_returned(change: Change, history: Iterable[Revision]) -> Change:
    """The change, of whose new actions those count as returned that an earlier revision listed in the same words.

    `history`: the revisions before this change; what the last of them lists is not new at all.
    """
    before = {normalised(in_full(action)) for one in history for action in one.actions}
    return change._replace(returned=tuple(words for words in change.added if normalised(words) in before))


def lines_of(change: Change) -> list[Message]:
    """What changed, a line each thing: level, status, actions by what they ask, title, end and text."""
    lines: list[Message] = []
    for kind in change.kinds:
        if kind is ChangeKind.ACTIONS:
            lines += _of_actions(change) or [line_for(change._replace(kinds=(kind,)))]
        elif kind is ChangeKind.TEXT:
            lines += _of_text(change)
        else:
            lines.append(line_for(change._replace(kinds=(kind,))))
    return lines


def _of_actions(change: Change) -> list[Message]:
    lines = [line_for(change._replace(kinds=(ChangeKind.ACTIONS,)))] if change.overtaken else []
    lines += [Message("notice-important", {"words": words}) for words in change.important]
    lines += [Message("notice-new-action", {"words": words}) for words in change.added if words not in change.returned]
    lines += [Message("notice-back", {"words": words}) for words in change.returned]
    softly = [words for words in change.reworded if words not in change.important]
    lines += [Message("notice-reworded", {"words": words}) for words in softly]
    return lines + [Message("notice-gone", {"words": words}) for words in change.withdrawn]


def _of_text(change: Change) -> list[Message]:
    alone = change._replace(kinds=(ChangeKind.TEXT,))
    lines = [line_for(alone)] if change.title else []
    if change.expires:
        lines.append(line_for(alone._replace(title=None)))
    if change.is_text_other or not lines:
        lines.append(line_for(alone._replace(title=None, expires=None)))
    return lines

"""What a revision changed, all of it and a sentence for each thing: in the history, and over the changes of a text."""

from core.changed import lines_of as told
from core.model import Change, ChangeKind
from core.notices import line_for
from core.wording import say


def lines_of(change: Change) -> list[str]:
    """The weightiest first; actions are counted, their words stand in the text beside."""
    lines = []
    for kind in change.kinds:
        alone = change._replace(kinds=(kind,))
        if kind is not ChangeKind.ACTIONS:
            lines += told(alone)
            continue
        lines += [line_for(alone)] if change.overtaken else []
        lines.append(line_for(alone._replace(overtaken=())))
    return [say(line) for line in lines]

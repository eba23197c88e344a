"""An advisory's past in the right column: what the tabs of changes and of history ask for, read and compared.

Texts are compared on a thread, and only the answer to the last question is shown.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.differences import folded, text_changes
from core.model import Change, Revision
from core.wording import tr
from ui.desk import Desk
from ui.moments import day_and_time, issued
from ui.pages.reading import ReadingPane
from ui.work import Work

if TYPE_CHECKING:  # these tabs are made when they are first wanted
    from core.store.past import Outline
    from ui.models.revisions import RevisionLine
    from ui.widgets.changes import Compared
    from ui.widgets.course import Step


class Past(QObject):
    """Answers what the right column asks of an advisory's revisions."""

    def __init__(self, desk: Desk, reading: ReadingPane, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reading = desk, reading
        self._work: Work[Compared] | None = None
        reading.changes_wanted.connect(self._since_read)
        reading.history_wanted.connect(self._tell)
        reading.pair_wanted.connect(self._compare)

    def close(self) -> None:
        """Forget what is still being compared."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _since_read(self, advisory_id: str, newest: int) -> None:
        """The newest revision beside the one that was read before it came, else beside the one before it."""
        self._compare(advisory_id, self._desk.read_before(advisory_id) or newest - 1, newest)

    def _compare(self, advisory_id: str, before: int, after: int) -> None:
        from ui.widgets.changes import Compared

        self.close()
        older, newer = (self._desk.revision_at(advisory_id, number) for number in (before, after))
        now = datetime.now(UTC)
        if newer is None:
            return
        if older is None or before == after:
            first = tr("Revision {number} ({time}) is the first that is kept. Nothing is known of what was before.")
            self._reading.show_compared(Compared(first.format(number=after, time=_when(newer, now)), ()))
            return
        head = tr("From revision {before} ({then}) to revision {after} ({now})").format(
            before=before, then=_when(older, now), after=after, now=_when(newer, now)
        )
        # What the check that brought it found is what differs from the one before it.
        told = self._desk.change_to(advisory_id, after) if after - before == 1 else None
        self._work = Work(lambda: compared(head, older, newer, told), self._show, self._not_compared, self)

    def _show(self, found: "Compared") -> None:
        self._work = None
        self._reading.show_compared(found)

    def _not_compared(self, fault: Exception) -> None:
        self._work = None
        raise fault

    def _tell(self, advisory_id: str) -> None:
        from ui.widgets.history import History

        now = datetime.now(UTC)
        outlines = self._desk.outlines(advisory_id)
        lines = tuple(_line(one, now) for one in reversed(outlines))
        self._reading.show_history(History(lines, tuple(levels(outlines)), now))


def compared(head: str, before: Revision, after: Revision, told: Change | None) -> "Compared":
    """What differs between two revisions, in sentences and in the text. Not for the window's thread.

    `told`: how they differ, where that is known.
    """
    from ui.changed import lines_of
    from ui.widgets.changes import Compared

    change = told
    if change is None:
        from core.revise import compare  # it brings the reading of texts

        change = compare(before, after)
    lines = tuple(lines_of(change)) if change else (tr("These two say the same."),)
    return Compared(head, lines, folded(text_changes(before.text, after.text)))


def _when(revision: Revision, now: datetime) -> str:
    """The issuer's time, else ours."""
    if revision.issued is not None:
        return issued(revision.issued, now, is_date=revision.issued_is_date)
    return day_and_time(revision.fetched, now) if revision.fetched is not None else tr("at an unknown time")


def _line(outline: "Outline", now: datetime) -> "RevisionLine":
    from ui.changed import lines_of
    from ui.models.revisions import RevisionLine

    times = []
    if outline.issued is not None:
        moment = issued(outline.issued, now, is_date=outline.issued_is_date)
        times.append(tr("issued {time}").format(time=moment))
    if outline.fetched is not None:
        times.append(tr("came here {time}").format(time=day_and_time(outline.fetched, now)))
    changed = lines_of(outline.change) if outline.change else []
    name = tr("Revision {number}").format(number=outline.number)
    return RevisionLine(outline.number, name, " · ".join(times), "\n".join(changed))


def levels(outlines: "list[Outline]") -> "list[Step]":
    """The levels of revisions in their order, each from the issuer's time on, or from ours where there is none.

    A revision is never older than the one before it, whatever its issuer wrote.
    """
    from ui.widgets.course import Step

    found: list[Step] = []
    for one in outlines:
        at = one.issued or one.fetched
        if at is not None and one.level_value is not None:
            began = max(at, found[-1].at) if found else at
            found.append(Step(began, one.level_value, one.level_words or ""))
    return found

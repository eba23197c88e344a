"""What other governments say of the same place: the tab of the right column, and two texts side by side."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from core import places
from core.model import Revision
from core.store.overview import Summary
from core.wording import sentence, status_words, tr
from ui.columns import ALONE
from ui.desk import Desk
from ui.direction import in_a_row
from ui.models.lines import Line
from ui.moments import day_and_time, issued, short_day
from ui.pages.reading import ReadingPane
from ui.pages.side_by_side import Half, SideBySidePage


class Others(QObject):
    """`shown`: the page of two texts. `read_wanted`: an advisory alone. `left`: back from the page."""

    made = Signal(object)
    shown = Signal(object)
    read_wanted = Signal(str)
    link_wanted = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, reading: ReadingPane, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reading = desk, reading
        self._page: SideBySidePage | None = None
        self._pair: tuple[str, str] | None = None
        reading.others_wanted.connect(self._tell)
        reading.beside_wanted.connect(self.show_pair)

    def _tell(self, advisory_id: str) -> None:
        now, revision = datetime.now(UTC), self._desk.revision(advisory_id)
        found = self._desk.library.beside(advisory_id)
        where = ", ".join(places.name(code) for code in revision.countries) if revision else ""
        if not where:
            about = tr("This text names no country, so nothing stands beside it.")
        elif not found:
            about = tr("No other issuer's text about {places} is kept. Follow other sources to have theirs here too.")
        else:
            about = tr("What others say of {places}: their words, scales and dates. Nothing is merged or weighed here.")
        self._reading.show_others([other_line(one, now) for one in found], about.format(places=where))

    def _read(self, advisory_id: str) -> None:
        self.left.emit()
        self.read_wanted.emit(advisory_id)

    def show_pair(self, first: str, second: str) -> None:
        """Show two advisories side by side."""
        self._pair = first, second
        self.refresh()

    def refresh(self) -> None:
        """Show the two as they are kept now."""
        if self._pair is None:
            return
        first, second = (self._desk.revision(name) for name in self._pair)
        if first is None or second is None:
            return
        if self._page is None:
            self._page = page = SideBySidePage()
            page.setProperty(ALONE, True)
            page.left.connect(self.left)
            page.read_wanted.connect(self._read)
            page.link_wanted.connect(self.link_wanted)
            self.made.emit(page)
        now = datetime.now(UTC)
        self._page.show_pair(_half(first, now), _half(second, now))
        self.shown.emit(self._page)


def other_line(summary: Summary, now: datetime) -> Line:
    """An advisory of another issuer as a row: who, what, the common level, when, and its state in one line."""
    parts = [summary.title, _common(summary.level_value)] if summary.level_words else [summary.title]
    if summary.issued:
        parts.append(tr("issued {time}").format(time=issued(summary.issued, now, is_date=summary.issued_is_date)))
    elif summary.fetched:
        parts.append(tr("came here {time}").format(time=day_and_time(summary.fetched, now)))
    if summary.status:
        parts.append(sentence(status_words(summary.status)).rstrip("."))
    if summary.missing_since:
        parts.append(tr("not in the source since {date}").format(date=short_day(summary.missing_since)))
    badge = (summary.level_words, summary.level_value) if summary.level_words else None
    return Line(summary.id, summary.issuer or summary.source, in_a_row(parts), badge, not summary.seen)


def _common(value: int | None) -> str:
    return tr("no common level") if value is None else tr("common level {value} of 4").format(value=value)


def _half(revision: Revision, now: datetime) -> Half:
    level = revision.level
    dates = []
    if revision.issued:
        moment = issued(revision.issued, now, is_date=revision.issued_is_date)
        dates.append(tr("issued {time}").format(time=moment))
    if revision.fetched:
        dates.append(tr("came here {time}").format(time=day_and_time(revision.fetched, now)))
    return Half(
        id=revision.advisory_id,
        issuer=revision.issuer or revision.source,
        title=revision.title,
        badge=(level.words, level.value) if level else None,
        common=_common(level.value) if level else tr("gives no level"),
        dates=" · ".join(dates),
        status=sentence(status_words(revision.status)) if revision.status else "",
        text=revision.text,
    )

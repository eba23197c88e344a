"""The advisories kept: one row each, the newest first, filtered as one types. Choosing one shows its text."""

from datetime import UTC, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.model import Hit
from core.store.overview import Summary
from core.store.search import CLOSE_MARK, OPEN_MARK
from core.wording import tr, trn
from ui import theme
from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, LinesModel
from ui.moments import day, short_day
from ui.widgets import build
from ui.widgets.line_list import LineList

TYPING_PAUSE_MS = 120


class AdvisoriesPage(QWidget):
    """A field and the rows that fit it. It serves as the Advisories page and as the Search page."""

    chosen = Signal(str)
    opened = Signal(str)
    searched = Signal(str)

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.title = build.label(title, "title")
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setClearButtonEnabled(True)
        self.note = build.label(look="muted")
        self._rows = LinesModel(self)
        self.list = LineList(self._rows, title)
        self.setFocusProxy(self.list)
        self._outer = layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        for widget in (self.title, self.field, self.note):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(lambda: self.searched.emit(self.field.text()))
        self.field.textChanged.connect(lambda _: self._typing.start())
        self.field.returnPressed.connect(self._into_list)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._emit(self.chosen, index))
        self.list.activated.connect(lambda index: self._emit(self.opened, index))
        self.list.clicked.connect(lambda index: self._emit(self.chosen, index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has smaller margins."""
        super().resizeEvent(event)
        build.margins(self._outer, self.width(), top=20)

    def _emit(self, signal: object, index: AnyIndex) -> None:
        line = index.data(LINE_ROLE) if index.isValid() else None
        if isinstance(line, Line):
            signal.emit(line.id)  # type: ignore[attr-defined]  # a bound signal has no type of its own in PySide's stubs

    def stop(self) -> None:
        """What was typed last is not looked for any more."""
        self._typing.stop()

    def _into_list(self) -> None:
        self.list.setFocus()
        if self._rows.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._rows.index(0))

    def point_at(self, line_id: str) -> None:
        """Choose one, whatever was filtered for before."""
        self.field.clear()
        self.searched.emit("")
        row = self._rows.row_of(line_id)
        if row is not None:
            self.list.setCurrentIndex(self._rows.index(row))

    def show_lines(self, lines: list[Line], note: str) -> None:
        """Replace the rows; what was current stays so."""
        held = self.list.currentIndex().data(LINE_ROLE)
        self._rows.show_lines(lines)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        row = self._rows.row_of(held.id) if isinstance(held, Line) else None
        if row is not None:
            self.list.setCurrentIndex(self._rows.index(row))


def summary_line(summary: Summary, *, of_trip: bool = False) -> Line:
    """An advisory as a row; `of_trip`: it names a place of a trip."""
    now = datetime.now(UTC)
    parts = [tr("Your trip"), summary.issuer] if of_trip else [summary.issuer]
    if summary.issued:
        parts.append(day(summary.issued))
    if summary.actions:
        parts.append(trn("{count} action", "{count} actions", summary.actions))
    if summary.missing_since:
        parts.append(tr("not in the source since {date}").format(date=short_day(summary.missing_since)))
    badge = (summary.level_words, summary.level_value) if summary.level_words else None
    fresh = not summary.seen and summary.fetched is not None and (now - summary.fetched).days < 7
    return Line(summary.id, summary.title, " · ".join(parts), badge, fresh)


def hit_line(hit: Hit) -> Line:
    """A find as a row; the words that were found stand in brackets that every font has."""
    snippet = " ".join(hit.snippet.split()).replace(OPEN_MARK, "[").replace(CLOSE_MARK, "]")
    return Line(hit.advisory_id, hit.title, snippet, None, False)

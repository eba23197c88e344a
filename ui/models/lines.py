"""Advisories or finds as rows of a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from core.wording import tr
from ui import theme
from ui.models.items import AnyIndex

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """What one row shows; `fresh`: not yet opened, in bold with a dot.

    `excerpt`: words of a text, where what was looked for stands at `marks`, in code points.
    """

    id: str
    title: str
    about: str
    badge: tuple[str, int | None] | None
    fresh: bool
    excerpt: str = ""
    marks: tuple[tuple[int, int], ...] = ()


class LinesModel(QAbstractListModel):
    """Rows that are replaced all at once: while they are, none is ever the current one by accident."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def lines(self) -> list[Line]:
        """The rows, from top to bottom."""
        return self._lines

    def row_of(self, line_id: str) -> int | None:
        """Where a line stands."""
        return next((number for number, line in enumerate(self._lines) if line.id == line_id), None)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            unread = tr("Unread.") if line.fresh else ""
            badge = f"{theme.level_words(*line.badge)}." if line.badge else ""
            return " ".join(
                part for part in (unread, f"{line.title.rstrip('.')}.", badge, line.excerpt, line.about) if part
            )
        return line if role == LINE_ROLE else None


class PagedLines(LinesModel):
    """Many rows, of which those are read that one scrolls to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._read: Callable[[Sequence[str]], list[Line]] = lambda _: []
        self._asked = 0

    def show_names(self, names: Sequence[str], read: Callable[[Sequence[str]], list[Line]], until: str = "") -> None:
        """Replace the rows by these, in this order. `read`: the lines of some; `until`: the first pages reach to it."""
        self.beginResetModel()
        self._names, self._read = list(names), read
        last = self._names.index(until) + 1 if until in self._names else 0
        self._asked = max(PAGE, -(-last // PAGE) * PAGE)
        self._lines = read(self._names[: self._asked])
        self.endResetModel()

    def reach(self, name: str) -> None:
        """Read on as far as a row."""
        while name in self._names[self._asked :]:
            self.fetchMore(QModelIndex())

    def show_again(self, name: str) -> None:
        """Read one row anew where it is shown."""
        row = self.row_of(name)
        if row is not None and (lines := self._read([name])):
            self._lines[row] = lines[0]
            self.dataChanged.emit(self.index(row), self.index(row))

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and self._asked < len(self._names)

    def fetchMore(self, parent: AnyIndex) -> None:
        lines = self._read(self._names[self._asked : self._asked + PAGE])
        self._asked += PAGE
        if lines:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

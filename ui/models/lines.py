"""Advisories or finds as rows of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from ui.models.items import AnyIndex

LINE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Line:
    """What one row shows; `fresh`: not yet opened, in bold."""

    id: str
    title: str
    about: str
    badge: tuple[str, int | None] | None
    fresh: bool


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
            badge = f" {line.badge[0]}." if line.badge else ""
            return f"{line.title}.{badge} {line.about}"
        return line if role == LINE_ROLE else None

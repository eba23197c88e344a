"""The revisions of an advisory as rows, of which two can be marked to be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QObject, Qt, Signal

from ui.models.items import AnyIndex

REVISION_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """What one row shows: "Revision 3", the issuer's time and ours, and what changed."""

    number: int
    name: str
    times: str
    changed: str


class RevisionsModel(QAbstractListModel):
    """Rows of which at most two are marked: a third takes the place of the one that was marked first."""

    marked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[RevisionLine] = []
        self._marks: list[int] = []

    def show_lines(self, lines: Sequence[RevisionLine]) -> None:
        """Replace the rows; nothing is marked then."""
        self.beginResetModel()
        self._lines, self._marks = list(lines), []
        self.endResetModel()
        self.marked.emit()

    def pair(self) -> tuple[int, int] | None:
        """The two marked revisions, the older first."""
        return (min(self._marks), max(self._marks)) if len(self._marks) == 2 else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.name}. {line.times}. {line.changed}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if line.number in self._marks else Qt.CheckState.Unchecked
        return line if role == REVISION_ROLE else None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        number = self._lines[index.row()].number
        if number in self._marks:
            self._marks.remove(number)
        else:
            self._marks = [*self._marks[-1:], number]
        self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))
        self.marked.emit()
        return True

"""A field for countries, typed with completion; those that were chosen stand below it and can be taken away."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from core import places
from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.flow import Flow

_PRESS_MS = 40


class Countries(QWidget):
    """`changed`: a country came or went. `refused`: no country is called so, in a sentence."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.codes: list[str] = []
        self._chips: dict[str, QPushButton] = {}
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type a country, then Enter"))
        self.field.setAccessibleName(tr("Country"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = QListView()
        popup.setObjectName("completions")
        completer.setPopup(popup)
        # Queued: the field takes the name that was chosen only after the completer has said so.
        completer.activated.connect(self.add, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)
        self.field.textEdited.connect(self._complete)
        self.field.returnPressed.connect(self.add)
        self.field.editingFinished.connect(self._add_exact)
        self._chosen = Flow(theme.px(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.field)
        layout.addLayout(self._chosen)
        self.setFocusProxy(self.field)

    def _complete(self, typed: str) -> None:
        found = places.search_names(typed, _language()) if typed.strip() else []
        names = [name for _, name in found[:8]]
        if [name.casefold() for name in names] == [typed.strip().casefold()]:
            names = []  # an open list takes the next click, and has nothing left to offer
        self._names.setStringList(names)

    def _add_exact(self) -> None:
        """The field was left: a whole name is taken, anything else stays as it was typed."""
        if QApplication.mouseButtons():  # the page grows, and a press would be let go of on something else
            QTimer.singleShot(_PRESS_MS, self, self._add_exact)
            return
        typed = self.field.text().strip().casefold()
        found = places.search_names(typed, _language()) if typed else []
        if any(name.casefold() == typed for _, name in found):
            self.add()

    def add(self) -> None:
        """Take the country that is typed; what is typed stays where none is called so."""
        typed = self.field.text().strip()
        if not typed:
            return
        found = places.search_names(typed, _language())
        if not found:
            self.refused.emit(tr("No country is called “{name}”. Choose one of the names offered.").format(name=typed))
            return
        exact = next((code for code, name in found if name.casefold() == typed.casefold()), found[0][0])
        self.field.clear()
        self._names.setStringList([])
        self._take(exact)
        self.changed.emit()

    def show_codes(self, codes: Sequence[str]) -> None:
        """Replace the countries that are chosen."""
        for code in list(self.codes):
            self._drop(code)
        for code in codes:
            self._take(code)
        self.field.clear()

    def _take(self, code: str) -> None:
        if code in self.codes:
            return
        self.codes.append(code)
        chip = build.button(f"{places.name(code)}  ×", lambda: self._remove(code))
        chip.setAccessibleName(tr("Remove {country}").format(country=places.name(code)))
        self._chips[code] = chip
        self._chosen.addWidget(chip)

    def _remove(self, code: str) -> None:
        self._drop(code)
        self.changed.emit()

    def _drop(self, code: str) -> None:
        self.codes.remove(code)
        chip = self._chips.pop(code)
        self._chosen.removeWidget(chip)
        chip.deleteLater()


def _language() -> str:
    return QLocale().name().replace("_", "-")

"""Keys pressed ahead: the list is painted before what most keys lead to is there. They are kept, and done in order.

What the list does by itself, ticking and moving, is done at once. What follows a key that is kept is kept too: it is
meant for whatever that key leads to.
"""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ui.keys import LIST, WINDOW, pressed

_AT_ONCE = ("tick", "aside", "down", "up", "first", "last", "page-down", "page-up", "next")


class _Press(NamedTuple):
    key: int
    modifiers: Qt.KeyboardModifier
    text: str


class Ahead(QObject):
    """Keeps the keys of a window that is shown, until `catch_up` or `forget`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._kept: list[_Press] = []
        self._through = window.windowHandle()
        self._through.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        act = pressed(event, LIST)
        leads = act not in _AT_ONCE if act else pressed(event, WINDOW) is not None
        if not leads and not self._kept:
            return False
        self._kept.append(_Press(event.key(), event.modifiers(), event.text()))
        return True

    def catch_up(self) -> None:
        """Everything is there: do what was asked for."""
        kept = self._kept
        self.forget()
        for one in kept:
            self._press(one)

    def forget(self) -> None:
        """Keep nothing any more."""
        self._through.removeEventFilter(self)
        self._kept = []

    def _press(self, one: _Press) -> None:
        """As if it were pressed now: for what has the focus, where that wants it, else for the window."""
        focus = QApplication.focusWidget() or self._window
        first = QKeyEvent(QEvent.Type.ShortcutOverride, one.key, one.modifiers, one.text)
        first.ignore()
        QApplication.sendEvent(focus, first)
        asked = QKeySequence(one.key | (one.modifiers & ~Qt.KeyboardModifier.KeypadModifier).value)
        leads = [made for made in self._window.findChildren(QShortcut) if made.key() == asked and made.isEnabled()]
        if leads and not first.isAccepted():
            leads[0].activated.emit()
        else:
            QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, one.key, one.modifiers, one.text))

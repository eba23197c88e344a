"""The icon in the tray, where the desktop has one: how fresh things are, how much is unread; never what or where."""

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from core.loudness import Loudness
from core.paths import RESOURCES
from core.wording import tr, trn
from ui import theme

_SIDE = 64


def is_available() -> bool:
    """Whether this desktop has a tray."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """`opened`: the window is wanted. `check_wanted` and `quit_wanted`: from its menu."""

    opened = Signal()
    check_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._shown: tuple[Loudness, int] | None = None
        self._menu = QMenu()
        for words, signal in (
            (tr("Open Safe Conduct"), self.opened),
            (tr("Check now"), self.check_wanted),
            (tr("Quit"), self.quit_wanted),
        ):
            self._menu.addAction(words).triggered.connect(signal)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)
        self.show_state(Loudness.CALM, 0)
        self.icon.show()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()

    def show_state(self, loudness: Loudness, unread: int) -> None:
        """How loudly something is to be said, and how much of what was told was not looked at."""
        if self._shown == (loudness, unread):
            return
        self._shown = (loudness, unread)
        self.icon.setIcon(_drawn(loudness, unread))
        self.icon.setToolTip(words_of(loudness, unread))

    def close(self) -> None:
        """Take it away."""
        self.icon.hide()
        self._menu.deleteLater()


def words_of(loudness: Loudness, unread: int) -> str:
    """What the icon says in words; a bystander may read it."""
    state = {
        Loudness.CALM: tr("Safe Conduct: looking"),
        Loudness.QUIET: tr("Safe Conduct: something could not be verified lately"),
        Loudness.MARKED: tr("Safe Conduct: something was not verified for long"),
        Loudness.LOUD: tr("Safe Conduct: something was not verified for very long"),
    }[loudness]
    return f"{state}. {trn('{count} unread', '{count} unread', unread)}" if unread else state


def _drawn(loudness: Loudness, unread: int) -> QIcon:
    t = theme.tokens()
    picture = QIcon(str(RESOURCES / "icons" / "app.svg")).pixmap(_SIDE, _SIDE)
    picture.setDevicePixelRatio(1)
    drawn = QPixmap(_SIDE, _SIDE)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPixmap(0, 0, _SIDE, _SIDE, picture)
    painter.setPen(theme.colour(t.surface))
    if loudness > Loudness.QUIET:  # a triangle, so that the colour is not alone
        painter.setBrush(theme.colour(t.level_4 if loudness is Loudness.LOUD else t.level_3))
        painter.drawPolygon([QPointF(14, 36), QPointF(28, 62), QPointF(0, 62)])
    if unread:
        words = str(unread) if unread < 100 else "99+"
        painter.setBrush(theme.colour(t.accent))
        place = QRectF(_SIDE - 38, 0, 38, 38)
        painter.drawEllipse(place)
        face = theme.font(14, bold=True)
        face.setPixelSize({1: 26, 2: 20, 3: 16}[len(words)])
        painter.setFont(face)
        painter.setPen(theme.colour(t.on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return QIcon(drawn)

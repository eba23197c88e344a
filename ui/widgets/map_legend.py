"""What the colours of the map mean: a sample as on the map, and words beside it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.world_map import Mark, hatched

SIDE = 18


class Sample(QLabel):
    """A piece of a country; a label, so that a screen reader reads it."""

    def __init__(self, mark: Mark, words: str) -> None:
        super().__init__()
        self._mark = mark
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, mark = theme.tokens(), self._mark
        ink, ground = theme.map_colours(mark.level)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_sample = mark.is_sure or mark.level is None
        painter.setPen(QPen(theme.colour(t.accent), theme.px(2)) if mark.is_of_trip else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.colour(ground)) if is_sample else hatched(ground, self.devicePixelRatioF()))
        painter.drawRoundedRect(place, theme.px(4), theme.px(4))
        if mark.level is not None and mark.is_sure:
            painter.setPen(theme.colour(ink))
            painter.setFont(theme.font(11, bold=True))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(mark.level))
        painter.end()


class Legend(QWidget):
    """Samples and their words, in lines as long as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = Flow(theme.px(12))
        for mark, words in (
            (Mark(4, is_sure=True, is_of_trip=False), tr("Do not go")),
            (Mark(3, is_sure=True, is_of_trip=False), tr("Go only if you must")),
            (Mark(2, is_sure=True, is_of_trip=False), tr("Take more care")),
            (Mark(1, is_sure=True, is_of_trip=False), tr("Take the usual care")),
            (Mark(3, is_sure=False, is_of_trip=False), tr("Not verified lately")),
            (Mark(None, is_sure=False, is_of_trip=False), tr("Level not known")),
            (Mark(None, is_sure=False, is_of_trip=True), tr("Your trip")),
        ):
            flow.addWidget(_entry(mark, words))
        self.setLayout(flow)


def _entry(mark: Mark, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(6))
    is_level = mark.is_sure and mark.level is not None
    row.addWidget(Sample(mark, tr("Level {value}").format(value=mark.level) if is_level else words))
    row.addWidget(build.label(words, "muted", wraps=False))
    return made

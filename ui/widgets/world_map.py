"""The map as a widget: countries in the colours of their levels, moved, made larger, pointed at and pressed.

A level is a number wherever there is room for one; what is not sure is hatched; what is not known is plain. The list
beside it says all of that in words. The map itself is never mirrored.
"""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from core.wording import tr
from core.worldmap import Spot, World, next_to
from ui import keys, theme
from ui.widgets.map_view import MapView

STEP = 1.5
DOT, DISC, NEAR = 3, 8, 10
# The number of a level lower than `LOUD` stands on a disc only on a map enlarged so far.
ROOMY, LOUD = 3.0, 3
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Mark(NamedTuple):
    """What the map shows of a country; `level`: None where none is known."""

    level: int | None
    is_sure: bool
    is_of_trip: bool


class _As(Enum):
    """How a country's number is drawn: within its shape, on a disc where it is too small for that, or as a dot where
    there is no room either.
    """

    INSIDE = auto()
    DISC = auto()
    DOT = auto()


class _Number(NamedTuple):
    """Where and how a level's number is drawn."""

    middle: QPointF
    mark: Mark
    drawn: _As


class WorldMap(QAbstractButton):
    """A button: pressed, it opens the country that is marked. `pointed`: at a country, "" for none; `marked_anew`: by
    the keys.
    """

    pointed = Signal(str)
    marked_anew = Signal(str)
    opened = Signal(str)

    def __init__(self, world: World, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Map of the world"))
        shape = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(shape)
        self._world = world
        self._marks: Mapping[str, Mark] = {}
        self._order: Sequence[str] = list(world.spots)
        self.view = MapView(world.width, world.height)
        self._drawn: tuple[float, dict[str, QPainterPath]] = 0.0, {}  # at a scale
        self._picture: tuple[tuple[object, ...], QPixmap] | None = None
        self._marked = self._under = ""
        self._held: QPointF | None = None
        self._is_dragged = False

    @cached_property
    def _paths(self) -> dict[str, QPainterPath]:
        return {code: _path(rings) for code, rings in self._world.shapes.items()}

    # what it shows

    def show_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show these countries so, and all others as not known."""
        self._marks = marks
        self._order = sorted(self._world.spots, key=self._urgency)
        self.draw_anew()

    def draw_anew(self) -> None:
        """The colours are others now."""
        self._picture = None
        self.update()

    def _urgency(self, code: str) -> tuple[int, int]:
        mark = self._marks.get(code)
        return -(mark.level or 0) if mark else 0, -self._world.spots[code].room

    def marked(self) -> str:
        """The country that is marked; "" where none is."""
        return self._marked

    def mark(self, code: str) -> None:
        """Mark a country and bring it into view; "" marks none."""
        self._marked = code
        spot = self._world.spots.get(code)
        if spot is not None:
            self.view.bring(spot.x, spot.y)
        self.update()

    def nearer(self) -> None:
        """Larger, around the marked country, else around the middle."""
        self._enlarge(STEP)

    def farther(self) -> None:
        """Smaller."""
        self._enlarge(1 / STEP)

    def whole(self) -> None:
        """The whole world."""
        self.view.show_whole()
        self.update()

    def _enlarge(self, times: float) -> None:
        spot = self._world.spots.get(self._marked)
        self.view.enlarge(times, self._place(spot) if spot is not None else self.view.center())
        self.update()

    # where things are

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(120))

    def _place(self, spot: Spot) -> QPointF:
        return self.view.in_room(spot.x, spot.y)

    def country_at(self, point: QPointF) -> str:
        """The country at a point of the widget, a small one near it before the large one around it; "" for none."""
        scale, there = self.view.scale, self.view.on_map(point)
        best, nearest, least = "", theme.px(NEAR) / scale, theme.px(DISC) / scale
        for code, spot in self._world.spots.items():
            far = max(abs(spot.x - there.x()), abs(spot.y - there.y()))
            if far < nearest and spot.room < least:
                best, nearest = code, far
        hit = next((code for code, path in self._paths.items() if path.contains(there)), "")
        return best if best and (not hit or nearest * scale <= theme.px(DOT)) else hit

    # how it is drawn

    def _at_scale(self) -> dict[str, QPainterPath]:
        if self._drawn[0] != self.view.scale:
            turn = QTransform.fromScale(self.view.scale, self.view.scale)
            self._drawn = self.view.scale, {code: turn.map(path) for code, path in self._paths.items()}
        return self._drawn[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        key = (self.width(), self.height(), ratio, self.view.scale, *self.view.offset.toTuple())
        if self._picture is None or self._picture[0] != key:
            picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(theme.colour(theme.tokens().background))
            if self._marks:  # before that nothing is said of any country
                self._paint_world(picture)
            self._picture = key, picture
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture[1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        for code in dict.fromkeys((self._under, self._marked)):
            self._paint_outline(painter, code, t.ink)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((t.background, 12), (t.accent, 2)):
                painter.setPen(QPen(theme.colour(colour), width))
                painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        painter.end()

    def _paint_world(self, picture: QPixmap) -> None:
        t, offset = theme.tokens(), self.view.offset
        seen = QRectF(self.rect()).translated(-offset)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(offset)
        painter.setPen(QPen(theme.colour(t.background), 0))  # the thinnest: any other takes twenty times as long
        sure = {value: QBrush(theme.colour(theme.map_colours(value)[1])) for value in (None, 1, 2, 3, 4)}
        doubtful: dict[int | None, QBrush] = {None: sure[None]}
        for code, path in self._at_scale().items():
            if path.boundingRect().intersects(seen):
                mark = self._marks.get(code, _UNKNOWN)
                if not mark.is_sure and mark.level not in doubtful:
                    doubtful[mark.level] = hatched(theme.map_colours(mark.level)[1], self.devicePixelRatioF())
                painter.setBrush((sure if mark.is_sure else doubtful)[mark.level])
                painter.drawPath(path)
        painter.resetTransform()
        for code in self._order:
            if self._marks.get(code, _UNKNOWN).is_of_trip:
                self._paint_outline(painter, code, t.accent)
        self._paint_numbers(painter)
        painter.end()

    def _paint_outline(self, painter: QPainter, code: str, ink: str) -> None:
        """A line around a country, with a margin on which it can be told from any ground."""
        spot = self._world.spots.get(code)
        if spot is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paths = self._at_scale()
        for colour, width in ((theme.tokens().surface, theme.px(6)), (ink, theme.px(2))):
            painter.setPen(QPen(theme.colour(colour), width, j=Qt.PenJoinStyle.RoundJoin))
            if code in paths:
                painter.drawPath(paths[code].translated(self.view.offset))
            if spot.room * self.view.scale < theme.px(DOT):
                painter.drawEllipse(self._place(spot), theme.px(DISC) + 1, theme.px(DISC) + 1)

    def _paint_numbers(self, painter: QPainter) -> None:
        t, dot, disc = theme.tokens(), theme.px(DOT), theme.px(DISC)
        edge, surface, text = QPen(theme.colour(t.background), 1), theme.colour(t.surface), theme.colour(t.ink)
        looks = {value: tuple(map(theme.colour, theme.map_colours(value))) for value in (None, 1, 2, 3, 4)}
        painter.setFont(theme.font(11, bold=True))
        for middle, mark, drawn in self._numbers(dot, disc):
            ink, ground = looks[mark.level]
            painter.setPen(edge)
            if drawn is _As.DOT:
                painter.setBrush(ground if mark.is_sure else looks[None][1])
                painter.drawEllipse(middle, dot, dot)
                continue
            if drawn is _As.DISC or not mark.is_sure:
                if not mark.is_sure:
                    painter.setPen(QPen(ground, 2))
                painter.setBrush(ground if mark.is_sure else surface)
                painter.drawEllipse(middle, disc, disc)
            painter.setPen(ink if mark.is_sure else text)
            place = QRectF(middle.x() - disc, middle.y() - disc, 2 * disc, 2 * disc)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(mark.level))

    def _numbers(self, dot: int, disc: int) -> list[_Number]:
        """Where numbers and dots of these radii stand: the worst levels first, none over another."""
        view, taken = QRectF(self.rect()), list[QRectF]()
        made: list[_Number] = []
        for code in self._order:
            spot, mark = self._world.spots[code], self._marks.get(code, _UNKNOWN)
            middle, room = self._place(spot), spot.room * self.view.scale
            place = QRectF(middle.x() - disc, middle.y() - disc, 2 * disc, 2 * disc)
            if not view.intersects(place):
                continue
            is_left_out = room < disc - 1 and self.view.zoom < ROOMY and (mark.level or 0) < LOUD
            if mark.level is None or is_left_out or any(place.intersects(one) for one in taken):
                if room < dot:
                    made.append(_Number(middle, mark, _As.DOT))
                continue
            taken.append(place)
            made.append(_Number(middle, mark, _As.DISC if room < disc - 1 else _As.INSIDE))
        return made

    # what is done with it

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edge = theme.px(6)
        self.view.fit(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))

    def hitButton(self, pos: object) -> bool:
        return False  # where it was pressed says which country: the mouse is followed here

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held, self._is_dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            self._point(self.country_at(event.position()))
            return
        moved = event.position() - self._held
        if self._is_dragged or moved.manhattanLength() >= QApplication.startDragDistance():
            self._is_dragged, self._held = True, event.position()
            self.view.move(moved)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held is not None and not self._is_dragged and (code := self.country_at(event.position())):
            self.opened.emit(code)

    def leaveEvent(self, event: object) -> None:
        self._point("")

    def _point(self, code: str) -> None:
        if code != self._under:
            self._under = code
            self.setCursor(Qt.CursorShape.PointingHandCursor if code else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(code)
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned == 0 or (turned < 0 and self.view.zoom <= 1.0):
            event.ignore()  # the page is scrolled
            return
        self.view.enlarge(STEP ** (turned / 120), event.position())
        self.update()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = keys.pressed(event, keys.MAP) or ("nearer" if event.text() == "+" else None)  # on whichever key it is
        if act == "nearer":
            self.nearer()
        elif act == "farther":
            self.farther()
        elif act == "whole":
            self.whole()
        elif act == "move":
            across, down = _ARROWS[Qt.Key(event.key())]
            self.marked_anew.emit(next_to(self._world.spots, self._marked or self._begin(), across, down))
        elif act == "open" and self._marked:
            self.opened.emit(self._marked)
        else:
            event.ignore()

    def _begin(self) -> str:
        """Where the keys begin: at a trip's country, else at the one nearest to the middle."""
        of_trip = [code for code, mark in self._marks.items() if mark.is_of_trip]
        spots, middle = self._world.spots, self.view.middle()
        return min(of_trip or spots, key=lambda code: abs(spots[code].x - middle.x()) + abs(spots[code].y - middle.y()))


_UNKNOWN = Mark(None, is_sure=False, is_of_trip=False)


def hatched(ground: str, ratio: float = 1.0) -> QBrush:
    """Stripes of a level's colour on land: a level that could not be verified lately."""
    side = theme.px(6)
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(theme.colour(theme.tokens().map_land))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ground), side / 3))
    for shift in (-side, 0, side):
        painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1))
    painter.end()
    return QBrush(tile)


def _path(rings: Sequence[Sequence[int]]) -> QPainterPath:
    path = QPainterPath()
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in zip(ring[::2], ring[1::2], strict=True)]))
        path.closeSubpath()
    return path

"""What of a map is in view: how large it is drawn and where it lies. Numbers alone, no drawing."""

from PySide6.QtCore import QPointF, QRectF

NEAREST = 24.0


class MapView:
    """A map of so many units in a room of so many pixels. `zoom`: 1 where the whole map is seen, at most `NEAREST`.

    `scale`: the pixels of a unit; `offset`: where the map's first corner lies.
    """

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._room = QRectF(0, 0, 1, 1)
        self._middle = QPointF(width / 2, height / 2)
        self.zoom, self.scale, self.offset = 1.0, 1.0, QPointF()

    def fit(self, room: QRectF) -> None:
        """There is so much room; what was in the middle stays there."""
        self._room = room
        self.look_at(self._middle, self.zoom)

    def look_at(self, middle: QPointF, zoom: float) -> None:
        """Show this of the map in the middle, as far as the map reaches."""
        self.zoom = min(max(zoom, 1.0), NEAREST)
        self.scale = self._whole_scale() * self.zoom
        wide, high = self._room.width() / self.scale / 2, self._room.height() / self.scale / 2
        self._middle = QPointF(_within(middle.x(), wide, self._width), _within(middle.y(), high, self._height))
        self.offset = self._room.center() - self._middle * self.scale

    def show_whole(self) -> None:
        """The whole map."""
        self.look_at(self._middle, 1.0)

    def enlarge(self, times: float, around: QPointF) -> None:
        """Larger or smaller by a factor; what lies at a point stays there."""
        there = self.on_map(around)
        scale = self._whole_scale() * min(max(self.zoom * times, 1.0), NEAREST)
        self.look_at(there + (self._room.center() - around) / scale, self.zoom * times)

    def move(self, by: QPointF) -> None:
        """Move the map by so many pixels."""
        self.look_at(self._middle - by / self.scale, self.zoom)

    def bring(self, x: float, y: float) -> None:
        """Have a place of the map in the middle, where it is not in view."""
        if not self._room.contains(self.in_room(x, y)):
            self.look_at(QPointF(x, y), self.zoom)

    def in_room(self, x: float, y: float) -> QPointF:
        """Where a place of the map is drawn."""
        return QPointF(x, y) * self.scale + self.offset

    def on_map(self, point: QPointF) -> QPointF:
        """The place of the map that is drawn at a point."""
        return (point - self.offset) / self.scale

    def center(self) -> QPointF:
        """The middle of the room."""
        return self._room.center()

    def middle(self) -> QPointF:
        """The place of the map that is there."""
        return self._middle

    def _whole_scale(self) -> float:
        return max(0.001, min(self._room.width() / self._width, self._room.height() / self._height))


def _within(value: float, half: float, whole: float) -> float:
    return whole / 2 if 2 * half >= whole else min(max(value, half), whole - half)

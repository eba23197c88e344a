"""Words laid out in their own direction, with what came marked and what went struck out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from ui import theme
from ui.direction import direction_of
from ui.widgets.build import Label

if TYPE_CHECKING:  # only changed rows wait for it
    from core.differences import Part


def text_layout(
    text: str, size: int, width: float, formats: list[tuple[int, int, QTextCharFormat]], *, mirrored: bool = False
) -> QTextLayout:
    """A paragraph in its own direction, its lines beginning where the window's do (`mirrored`: at the right).

    `formats`: (start, length, format) in UTF-16 units.
    """
    layout = QTextLayout(text, theme.font(size))
    option = QTextOption()
    option.setTextDirection(direction_of(text))
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    ranges = []
    for start, length, made in formats:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, length, made
        ranges.append(one)
    layout.setFormats(ranges)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 40.0))
        line.setPosition(QPointF(0, height))
        height += line.height() * 1.12
    layout.endLayout()
    return layout


def height_of(layout: QTextLayout) -> float:
    """How high a laid-out paragraph is, in pixels."""
    return sum(layout.lineAt(n).height() * 1.12 for n in range(layout.lineCount()))


def utf16_length(text: str) -> int:
    """How long Qt takes a text to be."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def with_marks(
    parts: "Iterable[tuple[Part, str]]", plain: QTextCharFormat
) -> tuple[str, list[tuple[int, int, QTextCharFormat]]]:
    """The words of these parts and their formats, as `text_layout` takes them; `plain`: of what stayed."""
    text, formats = "", []
    for part, words in parts:
        formats.append((utf16_length(text), utf16_length(words.rstrip()), changed_look(part, plain)))
        text += words
    return text, formats


def changed_look(part: "Part", plain: QTextCharFormat) -> QTextCharFormat:
    """How words are set that came or went; `plain`: how those are that stayed."""
    from core.differences import Part

    t = theme.tokens()
    look = QTextCharFormat(plain)
    if part is Part.CAME:
        look.setBackground(theme.colour(t.mark))
        look.setFontUnderline(True)
        look.setForeground(theme.colour(t.ink))  # also where the row is settled: these words are to be read
    elif part is Part.WENT:
        look.setFontStrikeOut(True)
        look.setForeground(theme.colour(t.muted))
    return look


class MarkedWords(Label):
    """A label of such words, as high as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self._parts: tuple[tuple[Part, str], ...] = ()
        self._heights: dict[int, int] = {}  # a layout asks many times
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_parts(self, parts: "Iterable[tuple[Part, str]]") -> None:
        """Replace the words."""
        self._parts = tuple(parts)
        self._heights.clear()
        self.setText("".join(words for _, words in self._parts))
        self.updateGeometry()

    def _layout_in(self, width: int) -> QTextLayout:
        plain = QTextCharFormat()
        plain.setForeground(theme.colour(theme.tokens().ink))
        text, formats = with_marks(self._parts, plain)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return text_layout(text, 15, width, formats, mirrored=mirrored)

    def changeEvent(self, event: QEvent) -> None:
        """Other letters take other room."""
        self._heights.clear()
        super().changeEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = round(height_of(self._layout_in(width))) + 1
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = theme.px(240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._layout_in(self.width()).draw(painter, QPointF(0, 0))
        painter.end()

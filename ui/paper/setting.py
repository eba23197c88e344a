"""Lines set on pages of a paper size, and drawn on whatever takes them: a PDF, a printer, a picture.

Set in tenths of a point, so that a page breaks in the same place on every device. Words are put in as plain text with
formats of our own, each paragraph in its own direction; nothing is ever read as markup.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from core.wording import tr
from ui.direction import is_rtl
from ui.paper.sheet import Line, Look, Sheet, card_lines, text_lines

UNIT = 10
MARGIN_MM = 15
_SIZES = (11.0, 10.0, 9.0, 8.0)
_MOST_ITEMS = 100  # no page holds as many
_FOOT = 20 * UNIT
_INK, _QUIET = QColor("#000000"), QColor("#444444")
# How large a line is beside the text's own size, and how much room stands above it, in parts of that size.
_LOOKS = {
    Look.TITLE: (1.6, 0.0),
    Look.QUIET: (0.8, 0.4),
    Look.GROUP: (1.1, 0.9),
    Look.ITEM: (1.0, 0.45),
    Look.UNDER: (0.85, 0.1),
    Look.TEXT: (1.0, 0.5),
    Look.BULLET: (1.0, 0.25),
}
_SIGNS = {Look.ITEM: "☐", Look.BULLET: "•"}


class Pages:
    """A document that is set, and the paper that it is set for."""

    def __init__(self, document: QTextDocument, paper: QPageLayout, name: str) -> None:
        self.document, self.paper, self.name = document, paper, name
        self._body = document.pageSize()

    def count(self) -> int:
        """How many pages there are."""
        return max(1, math.ceil(self.document.size().height() / self._body.height()))

    def size(self) -> QSizeF:
        """A page's size in points."""
        return self.paper.fullRect(QPageLayout.Unit.Point).size()

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw a page, counted from 0, with the painter's unit a point and its origin the paper's corner."""
        inside = self.paper.paintRect(QPageLayout.Unit.Point)
        painter.save()
        painter.translate(inside.topLeft())
        painter.scale(1 / UNIT, 1 / UNIT)
        clip = QRectF(QPointF(0, number * self._body.height()), self._body)
        painter.save()
        painter.translate(0, -clip.top())
        painter.setClipRect(clip)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = clip
        ink = QPalette()
        ink.setColor(QPalette.ColorRole.Text, _INK)
        context.palette = ink
        self.document.documentLayout().draw(painter, context)
        painter.restore()
        if self.count() > 1:
            face = _face(8)
            painter.setFont(face)
            painter.setPen(_QUIET)
            words = tr("Page {number} of {count}").format(number=number + 1, count=self.count())
            foot = QRectF(0, self._body.height(), self._body.width(), _FOOT)
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, words)
        painter.restore()


def usual_paper() -> QPageLayout:
    """A sheet as this machine's country uses it."""
    american = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if american else QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def set_card(sheet: Sheet, paper: QPageLayout) -> Pages:
    """The open items on one page: in smaller type where they are many, and then only the first of them."""
    total = len(sheet.open_items())
    for size in _SIZES if total <= _MOST_ITEMS else ():
        made = _set(card_lines(sheet, total), paper, size, sheet.title)
        if made.count() == 1:
            return made
    fewest, most = 0, min(total, _MOST_ITEMS)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if _set(card_lines(sheet, middle), paper, _SIZES[-1], sheet.title).count() == 1:
            fewest = middle
        else:
            most = middle - 1
    return _set(card_lines(sheet, fewest), paper, _SIZES[-1], sheet.title)


def set_text(sheet: Sheet, paper: QPageLayout) -> Pages:
    """The whole text, on as many pages as it needs. LookupError: the sheet has none."""
    return _set(text_lines(sheet), paper, _SIZES[1], sheet.title)


def pdf(pages: Pages) -> bytes:
    """The pages as a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(pages.name)
    writer.setCreator("Safe Conduct")
    writer.setPageLayout(pages.paper)
    print_on(writer, pages)
    return bytes(buffer.data().data())


def print_on(device: QPagedPaintDevice, pages: Pages) -> bool:
    """Print the pages; False: the device did not take them."""
    layout = device.pageLayout()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
    painter = QPainter()
    if not painter.begin(device):
        return False
    painter.scale(painter.device().logicalDpiX() / 72, painter.device().logicalDpiY() / 72)
    for number in range(pages.count()):
        if number and not device.newPage():
            painter.end()
            return False
        pages.draw(painter, number)
    return painter.end()


def _set(lines: Sequence[Line], paper: QPageLayout, size: float, name: str) -> Pages:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setDefaultFont(_face(size))
    inside = paper.paintRect(QPageLayout.Unit.Point)
    document.setPageSize(QSizeF(inside.width() * UNIT, inside.height() * UNIT - _FOOT))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number, line in enumerate(lines):
        shape, look = _shape(line, size, first=number == 0)
        if number:
            cursor.insertBlock(shape, look)
        else:
            cursor.setBlockFormat(shape)
        sign = _SIGNS.get(line.look)
        words = " ".join(line.words.split())
        cursor.insertText(f"{sign}\u00a0\u00a0{words}" if sign else words, look)
    cursor.endEditBlock()
    return Pages(document, paper, name)


def _shape(line: Line, size: float, *, first: bool) -> tuple[QTextBlockFormat, QTextCharFormat]:
    part, above = _LOOKS[line.look]
    shape, look = QTextBlockFormat(), QTextCharFormat()
    rtl = is_rtl(line.words)
    shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    shape.setAlignment(Qt.AlignmentFlag.AlignLeading)
    shape.setTopMargin(0 if first else above * size * UNIT)
    hang = 1.6 * size * UNIT
    if line.look in (Look.ITEM, Look.BULLET, Look.UNDER):
        side = hang * line.depth
        (shape.setRightMargin if rtl else shape.setLeftMargin)(side)
        if line.look is not Look.UNDER:
            shape.setTextIndent(-hang)
    look.setFont(_face(size * part, bold=line.look in (Look.TITLE, Look.GROUP)))
    look.setForeground(_QUIET if line.look is Look.QUIET else _INK)
    return shape, look


def _face(points: float, *, bold: bool = False) -> QFont:
    made = QFont(QGuiApplication.font())
    made.setPixelSize(round(points * UNIT))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made

"""The reader: what exactly was said, the words an action came from marked.

The text is put in as plain words with formats of our own, block by block; nothing of a source's markup is ever
parsed here, no resource is loaded, and a link opens only after it was shown where it goes.
"""

from bisect import bisect_right

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextListFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from core.model import BlockKind, Text
from core.wording import tr
from ui import theme
from ui.direction import is_rtl

# A common word in a long text: so many places are marked, the text is there anyway.
MOST_MARKS = 500


class Reader(QTextBrowser):
    """Read-only text with links that ask first."""

    link_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(tr("The issuer's text"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(lambda url: self.link_wanted.emit(url.toString()))
        self._text = Text("")
        self._starts: list[int] = []
        self._positions: list[int] = []
        self.marked: tuple[int, int] | None = None
        self.found: tuple[tuple[int, int], ...] = ()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is ever loaded: not a picture, not a style, not a file."""
        return None

    def show_text(self, text: Text) -> None:
        """Put a text in."""
        self._text = text
        self.marked, self.found = None, ()
        self._starts, self._positions = [], []
        document = self.document()
        document.clear()
        document.setDefaultFont(theme.font(14))
        document.setDocumentMargin(theme.px(4))
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        links = sorted(text.links, key=lambda link: link.start)
        for number, block in enumerate(text.blocks):
            words = text.plain[block.start : block.end]
            if number:
                cursor.insertBlock()
            self._lay_out(cursor, block.kind, block.depth, words, first=number == 0)
            self._starts.append(block.start)
            self._positions.append(cursor.position())
            bold = block.kind is BlockKind.HEADING or block.strong
            at = block.start
            for link in links:
                if block.start <= link.start and link.end <= block.end and link.start >= at:
                    cursor.insertText(text.plain[at : link.start], self._look(bold=bold))
                    cursor.insertText(text.plain[link.start : link.end], self._look(bold=bold, url=link.url))
                    at = link.end
            cursor.insertText(text.plain[at : block.end], self._look(bold=bold))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setExtraSelections([])

    def _lay_out(self, cursor: QTextCursor, kind: BlockKind, depth: int, words: str, *, first: bool) -> None:
        shape = QTextBlockFormat()
        rtl = is_rtl(words)
        shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        shape.setAlignment(Qt.AlignmentFlag.AlignLeading)
        shape.setLineHeight(122, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if kind is BlockKind.ITEM:
            listed = QTextListFormat()
            listed.setStyle(QTextListFormat.Style.ListDisc)
            listed.setIndent(max(1, depth))
            shape.setBottomMargin(theme.px(4))
            cursor.setBlockFormat(shape)
            cursor.createList(listed)
            # createList takes the indentation over; direction and margins are the block's own.
            block = cursor.blockFormat()
            block.setLayoutDirection(shape.layoutDirection())
            cursor.setBlockFormat(block)
            return
        if not first:
            shape.setTopMargin(theme.px(12))
        cursor.setBlockFormat(shape)
        if cursor.currentList() is not None:
            cursor.currentList().remove(cursor.block())
            shape.setIndent(0)
            cursor.setBlockFormat(shape)

    def _look(self, *, bold: bool, url: str | None = None) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(theme.font(14, bold=bold))
        look.setForeground(theme.colour(theme.tokens().ink))
        if url:
            look.setAnchor(True)
            look.setAnchorHref(url)
            look.setToolTip("")
            look.setForeground(theme.colour(theme.tokens().accent))
            look.setFontUnderline(True)
        return look

    def mark(self, start: int | None, end: int | None) -> None:
        """Mark a stretch of the text, in code points, and bring it into view; None takes the mark away."""
        self.found = ()
        self._show_marks(None if start is None or end is None else (start, end))

    def mark_all(self, places: tuple[tuple[int, int], ...]) -> None:
        """Mark everything that was found, and bring the first of it into view."""
        self.found = places[:MOST_MARKS]
        self._show_marks(self.found[0] if self.found else None)

    def go_on(self, steps: int = 1) -> None:
        """Bring the next place that was found into view, or the one so many before; after the last comes the first."""
        if self.marked in self.found:
            at = self.found.index(self.marked) + steps
            self._show_marks(self.found[at % len(self.found)])

    def _show_marks(self, marked: tuple[int, int] | None) -> None:
        """Mark what was found and this place, underlined where it is one of several, and bring it into view."""
        self.marked = marked
        several = len(self.found) > 1
        selections = [self._selection(place, underlined=several) for place in (marked,) if place is not None]
        selections += [self._selection(place, underlined=False) for place in self.found if place != marked]
        self.setExtraSelections(selections)
        if marked is None:
            return
        place = QTextCursor(self.document())
        place.setPosition(self._position(marked[0]))
        rect = self.cursorRect(place)
        if rect.top() < 0 or rect.bottom() > self.viewport().height():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - self.viewport().height() // 3)

    def _selection(self, place: tuple[int, int], *, underlined: bool) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(place[0]))
        cursor.setPosition(self._position(place[1]), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format.setBackground(theme.colour(theme.tokens().mark))
        selection.format.setForeground(theme.colour(theme.tokens().ink))
        if underlined:
            selection.format.setFontUnderline(True)
        return selection

    def marked_words(self) -> str:
        """The words that are marked, as the document has them."""
        selections = self.extraSelections()
        return selections[0].cursor.selectedText() if selections else ""

    def _position(self, code_point: int) -> int:
        """Where a code point of the text stands in the document, whose positions count UTF-16 units."""
        number = max(0, bisect_right(self._starts, code_point) - 1)
        if not self._starts:
            return 0
        start = self._starts[number]
        block = self._text.blocks[number]
        inside = self._text.plain[start : min(code_point, block.end)]
        return self._positions[number] + len(inside) + sum(ord(c) > 0xFFFF for c in inside)

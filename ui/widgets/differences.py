"""What differs between two texts, as the reader sets them: what came marked and underlined, what went struck out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from core.differences import Part, Passage
from core.model import BlockKind
from core.wording import tr, trn
from ui import theme
from ui.widgets.marked import changed_look
from ui.widgets.reader import Reader

# Setting them in takes about 0.15 ms each, and the window waits for it.
AT_ONCE = 150
_MOST_SPOKEN = 40


class Differences(Reader):
    """Read-only passages with their changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What changed in the text"))
        self._shown: Sequence[Passage | int] = ()
        self._set = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._set_more)

    def show_passages(self, passages: Sequence[Passage | int]) -> None:
        """Put passages in; a number stands for so many that are the same."""
        self._later.stop()
        self._shown = passages
        document = self.document()
        document.clear()
        document.setDefaultFont(theme.font(14))
        document.setDocumentMargin(theme.px(4))
        self._set = 0
        self._set_more()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setAccessibleDescription(spoken(passages))

    def is_whole(self) -> bool:
        """Whether all of it has been set in."""
        return self._set == len(self._shown)

    def _set_more(self) -> None:
        """Set the next passages in, and those after them in a later turn of the window."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for passage in self._shown[self._set : self._set + AT_ONCE]:
            if self._set:
                cursor.insertBlock()
            if isinstance(passage, int):
                self._say(cursor, trn("{count} paragraph is the same", "{count} paragraphs are the same", passage))
            else:
                self._put(cursor, passage, first=self._set == 0)
            self._set += 1
        cursor.endEditBlock()
        if not self.is_whole():
            self._later.start()

    def restyle(self) -> None:
        """The theme has changed: the same passages in its colours."""
        self.show_passages(self._shown)

    def _put(self, cursor: QTextCursor, passage: Passage, *, first: bool) -> None:
        words = "".join(words for _, words in passage.parts)
        self._lay_out(cursor, passage.kind, passage.depth, words, first=first)
        bold = passage.kind is BlockKind.HEADING or passage.strong
        cursor.setBlockCharFormat(self._look(bold=bold))  # a bullet's colour, else that of the words before it
        for part, said in passage.parts:
            bare = said.rstrip()
            cursor.insertText(bare, changed_look(part, self._look(bold=bold)))
            cursor.insertText(said[len(bare) :], self._look(bold=bold))

    def _say(self, cursor: QTextCursor, words: str) -> None:
        """A line of ours, between the issuer's."""
        self._lay_out(cursor, BlockKind.PARAGRAPH, 0, words, first=False)
        shape = QTextBlockFormat(cursor.blockFormat())
        shape.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cursor.setBlockFormat(shape)
        look = self._look(bold=False)
        look.setFont(theme.font(12))
        look.setForeground(theme.colour(theme.tokens().muted))
        cursor.insertText(words, look)


def spoken(passages: Sequence[Passage | int]) -> str:
    """The changes as sentences for a screen reader, which hears neither mark nor stroke."""
    lines = []
    for passage in passages:
        if isinstance(passage, int):
            continue
        for part, words in passage.parts:
            if part is Part.CAME:
                lines.append(tr("Came: {words}").format(words=words.strip()))
            elif part is Part.WENT:
                lines.append(tr("Went: {words}").format(words=words.strip()))
    more = len(lines) - _MOST_SPOKEN
    if more > 0:
        lines[_MOST_SPOKEN:] = [trn("{count} more change", "{count} more changes", more)]
    return "\n".join(lines)

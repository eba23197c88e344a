"""The tab that says what changed between two revisions: level and status first, in words, then the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.differences import Passage
from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.differences import Differences


@dataclass(frozen=True, slots=True)
class Compared:
    """Two revisions beside each other: which, what changed in sentences, and where in the text."""

    head: str
    lines: tuple[str, ...]
    passages: Sequence[Passage | int] = ()

    @property
    def has_changed_text(self) -> bool:
        """Whether any passage has a change."""
        return any(not isinstance(one, int) for one in self.passages)


class ChangesTab(QWidget):
    """What came marked, what went struck out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = build.label(look="muted")
        self.lines = build.label(look="strong")
        self.legend = build.label(tr("Underlined: what came. Struck out: what went."), look="small")
        self.text = Differences()
        self.setFocusProxy(self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        for widget in (self.head, self.lines, self.legend):
            layout.addWidget(widget)
        layout.addWidget(self.text, 1)
        self._fill = QWidget()
        layout.addWidget(self._fill, 1)
        self.wait()

    def wait(self) -> None:
        """The two are being compared."""
        self._show(Compared(tr("Comparing…"), ()))

    def show_compared(self, compared: Compared) -> None:
        """Show what was found."""
        self._show(compared)
        if compared.has_changed_text:
            self.text.show_passages(compared.passages)

    def restyle(self) -> None:
        """The theme has changed."""
        self.text.restyle()

    def _show(self, compared: Compared) -> None:
        self.head.setText(compared.head)
        self.lines.setText("\n".join(compared.lines))
        self.lines.setVisible(bool(compared.lines))
        for widget in (self.legend, self.text):
            widget.setVisible(compared.has_changed_text)
        self._fill.setVisible(not compared.has_changed_text)

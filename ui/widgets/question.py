"""A question over the window: plain words, and a few answers. It is never wider than its window."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.flow import Flow

_WIDTH = 420


class Question(QDialog):
    """`said`: what is asked; `below`: quieter words under it; `anywhere`: they are an address, which
    is broken where it does not fit.

    The answer that changes nothing is the last one, and the one that Enter and Escape give.
    """

    def __init__(self, parent: QWidget, said: str, below: str = "", *, anywhere: bool = False) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("page")
        self.setWindowTitle("Safe Conduct")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.said, self.below = (
            build.label(said, "strong"),
            build.label("\u200b".join(below) if anywhere else below, "muted"),
        )
        self.said.setAccessibleName(said)
        self.below.setAccessibleName(below)
        self.below.setVisible(bool(below))
        self.setAccessibleDescription(f"{said} {below}".strip())
        self.acts = Flow(theme.px(8))
        self.rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.said)
        layout.addWidget(self.below)
        layout.addLayout(self.acts)
        layout.addStretch(1)

    def answer(self, words: str, act: Callable[[], object]) -> None:
        """An answer that does something."""

        def take() -> None:
            self.accept()
            act()

        button = build.button(words, take)
        button.setAutoDefault(False)
        self.acts.addWidget(button)

    def ask(self, leave: str = "") -> None:
        """Show it, with the answer that changes nothing in these words."""
        stay = build.button(leave or tr("Cancel"), self.reject, "primary")
        stay.setDefault(True)
        self.acts.addWidget(stay)
        stay.setFocus()
        self.show_fitting()

    def show_fitting(self) -> None:
        """Show it as high as its words are, and no wider than its window."""
        self.setFixedWidth(max(min(theme.px(_WIDTH), self._around.window().width() - theme.px(16)), 280))
        self.resize(self.width(), self.rows.totalHeightForWidth(self.width()))
        self.open()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.rows.totalHeightForWidth(self.width()))

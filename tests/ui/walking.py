"""Goes through every page and state once, in colours that tell which token drew what, and notes what it sees.

Each token has a colour that nothing else has, and letters are drawn without soft edges: two tokens that stand side by
side in the picture, or a soft edge of at most two pixels apart, meet. Hovering is not seen here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFont, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QWidget
from shiboken6 import isValid

from tests.ui.pictures import Look, pause, tour
from ui import theme
from ui.theme import LIGHT, Tokens

NAMES = tuple(name for name in Tokens._fields if name != "check")
# Far apart, and no two of them halfway to a third.
_COLOURS = (f"#{37 * n % 256:02x}{(91 * n + 50) % 256:02x}{(153 * n + 20) % 256:02x}" for n in range(1, 99))
MARKED = LIGHT._replace(**dict(zip(NAMES, _COLOURS, strict=False)))
_BY_VALUE = {0xFF000000 | int(getattr(MARKED, name)[1:], 16): name for name in NAMES}
SETTLES_MS = 40
FOCUS_PIXELS = 40
# Screen readers pass over what has one of these roles, whatever its name.
UNREAD = (QAccessible.Role.Client, QAccessible.Role.NoRole, QAccessible.Role.Pane, QAccessible.Role.Grouping)

Pair = tuple[str, str]


def meeting(image: QImage) -> set[Pair]:
    """The pairs of tokens that meet in a picture, each in the order of the alphabet."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    width = plain.bytesPerLine()
    data = bytes(plain.constBits())
    runs: set[tuple[int, int, int, int]] = set()
    for row in {data[start : start + width] for start in range(0, len(data), width)}:
        pixels = memoryview(row).cast("I")
        runs.update(zip(pixels, pixels[1:], pixels[2:], pixels[3:], strict=False))
    found: set[Pair] = set()
    for run in runs:
        names = [_BY_VALUE.get(value) for value in run]
        if names[0] is None:
            continue
        other = next((name for name in names[1:] if name is not None), None)
        if other is not None and other != names[0]:
            found.add((min(names[0], other), max(names[0], other)))
    return found


def frame_pixels(widget: QWidget) -> tuple[int, int]:
    """How much of a widget is drawn in the accent, and in the ink that frames what is in the accent."""
    plain = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(plain.constBits()).cast("I").tolist()
    accent, ink = (pixels.count(0xFF000000 | int(value[1:], 16)) for value in (MARKED.accent, MARKED.ink))
    return accent, ink


def kind(widget: QWidget) -> str:
    """What a widget is, as far as its look depends on it."""
    return f"{type(widget).__name__} {widget.objectName()} {widget.property('look') or ''}".strip()


def told(widget: QWidget) -> QAccessibleInterface | None:
    """What a screen reader is given for a widget."""
    return QAccessible.queryAccessibleInterface(widget)


def visible(top: QWidget) -> Iterator[QWidget]:
    """A widget and everything in it that is shown; what its page replaces meanwhile is passed over."""
    yield top
    for child in top.findChildren(QWidget):
        if isValid(child) and child.isVisible():
            yield child


@dataclass
class Walk:
    """What was seen: where pairs met first, the kinds that focus does not show on, what has no name, what is
    not read out as what it is, classes."""

    pairs: dict[Pair, str] = field(default_factory=dict)
    unseen_focus: dict[str, str] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    pictures: list[str] = field(default_factory=list)
    _tried: set[str] = field(default_factory=set)

    def take(self, widget: QWidget, name: str) -> None:
        """Look at one state."""
        pause(SETTLES_MS)
        self.pictures.append(name)
        for pair in meeting(widget.grab().toImage()):
            self.pairs.setdefault(pair, name)
        for one in visible(widget):
            self.classes.add(type(one).__name__)
            if (
                isValid(one)
                and one.focusPolicy() & Qt.FocusPolicy.TabFocus
                and one.isEnabled()
                and one.focusProxy() is None
            ):
                self._look_at(one, name)
        self._read(widget, name)

    def _look_at(self, widget: QWidget, name: str) -> None:
        """Whether focus is seen, once for each kind of widget; one that its page replaces meanwhile is no answer."""
        what = kind(widget)
        if what in self._tried:
            return
        before = QApplication.focusWidget()
        widget.activateWindow()
        widget.clearFocus()
        without = frame_pixels(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        pause(1)
        if not isValid(widget):
            return
        self._tried.add(what)
        if all(b < a + FOCUS_PIXELS for a, b in zip(without, frame_pixels(widget), strict=True)):
            self.unseen_focus[what] = name
        if before is not None and isValid(before):
            before.setFocus()

    def _read(self, top: QWidget, name: str) -> None:
        """Whether everything that can be acted on, and every row, says what it is."""
        for widget in visible(top):
            found = told(widget)
            if found is None:
                continue
            words = found.text(QAccessible.Text.Name)
            focusable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
            if focusable and not words.strip():
                self.nameless.add(f"{kind(widget)} ({name})")
            drawn = type(widget).paintEvent is not QWidget.paintEvent and not widget.findChildren(QWidget)
            if drawn and words.strip() and found.role() in UNREAD:
                self.unread.add(f"{kind(widget)} ({name})")
            group = widget.group() if isinstance(widget, QAbstractButton) else None
            if group is not None and group.exclusive() and found.role() is not QAccessible.Role.RadioButton:
                self.unread.add(f"{kind(widget)} is no choice ({name})")
            if isinstance(widget, QLabel) and widget.text() and words.strip() == "":
                self.nameless.add(f"words {widget.text()!r} ({name})")
            if isinstance(widget, QAbstractItemView) and widget.model() is not None:
                model = widget.model()
                for row in range(min(model.rowCount(), 30)):
                    said = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
                    if not said:
                        self.nameless.add(f"row {row} of {kind(widget)} ({name})")


def walk(app: QApplication, look: Look) -> Walk:
    """Go through everything in one look. The application's theme and face are the caller's to bring back."""
    face = app.font()
    face.setStyleStrategy(QFont.StyleStrategy.NoAntialias)
    face.setPixelSize(13 * look.text_percent // 100)
    app.setFont(face)
    app.setLayoutDirection(look.direction)
    theme.apply(app)
    seen = Walk()
    tour(seen, look)
    return seen

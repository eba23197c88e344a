"""What tests of the window share: items of our own wording, a model's state as lines of text, stand-in checkers."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from core.model import Item, Standing, State, Urgency
from ui.models.items import Heading, ItemsModel, Role, standing_words

MARKS = {State.OPEN: "☐", State.DONE: "☑", State.NOT_APPLICABLE: "–"}
NOON = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)


def item(
    name: str,
    text: str,
    state: State = State.OPEN,
    standing: Standing = Standing.CURRENT,
    *,
    was: str | None = None,
    heading: str | None = None,
    condition: str | None = None,
    urgency: Urgency = Urgency.UNKNOWN,
    response_type: str | None = None,
    done_at: datetime | None = None,
    note: str = "",
    due: datetime | None = None,
    advisory_id: str | None = "advisory",
    given: tuple[datetime | None, ...] = (),
) -> Item:
    """An item of one list, open and current but for what is given."""
    return Item(
        id=name, checklist="list", position=0, action_id=f"action-{name}", advisory_id=advisory_id, text=text,
        state=state, standing=standing, was=was, heading=heading, condition=condition, urgency=urgency,
        response_type=response_type, done_at=done_at, note=note, due=due, reminder=None,
        given=given,
    )  # fmt: skip


def lines(model: ItemsModel) -> list[str]:
    """The rows: a group's name as it is, an item as its mark and words, and what stands on its chip and below."""
    drawn = []
    for number in range(model.rowCount()):
        index = model.index(number)
        held = model.data(index, Role.ITEM)
        if not isinstance(held, Item):
            drawn.append(str(model.data(index, Role.HEADING)))
            continue
        is_checked = model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        mark = MARKS[State.DONE] if is_checked else MARKS[State.OPEN]
        if held.state is State.NOT_APPLICABLE and not is_checked:
            mark = MARKS[State.NOT_APPLICABLE]
        chip = standing_words(held)
        quiet = model.data(index, Role.LINE)
        drawn.append(f"{mark} {held.text}" + (f" [{chip}]" if chip else "") + (f" ({quiet})" if quiet else ""))
    return drawn


def is_heading(row: object) -> bool:
    """Whether a row names a group."""
    return isinstance(row, Heading)


def row_point(view: QListView, row: int) -> QPoint:
    """Where to click to hit the middle of a row."""
    return view.visualRect(view.model().index(row, 0)).center()


def click_row(qtbot: QtBot, view: QListView, row: int) -> None:
    """A real click on a row."""
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row_point(view, row))


def checker(folder: Path, body: str, name: str = "checker.py") -> list[str]:
    """A stand-in for the checking child: its first line of standard input is the key."""
    script = folder / name
    script.write_text("import json, os, sys, time\nkey = sys.stdin.readline().strip()\n" + body, encoding="utf-8")
    return [sys.executable, "-I", str(script)]


def silent_checker(folder: Path) -> list[str]:
    """A stand-in that finds nothing."""
    return checker(folder, "print(json.dumps({'checked_at': 'now', 'sources': [], 'changes': []}))\n")


def shown(widget: QWidget) -> QImage:
    """What a widget looks like."""
    return widget.grab().toImage()


def colours(image: QImage) -> Counter[str]:
    """How many pixels there are of each colour, by `#rrggbb`."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    return Counter({f"#{value & 0xFFFFFF:06x}": count for value, count in counted.items()})


def type_words(widget: QWidget, words: str) -> None:
    """Key strokes for any letter; QTest's own know ASCII alone."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


class Heartbeat:
    """A timer of 5 ms on the window's thread: how long it had to wait for its turn.

    `worst_ms` is what the clock says of the longest wait, and counts what other processes took of the machine;
    `own_ms` is the most that this thread itself computed in one wait.
    """

    def __init__(self) -> None:
        self._since = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self.gaps_ms: list[float] = []
        self._own: list[float] = []
        self._before = 0.0

    def __enter__(self) -> "Heartbeat":
        self._since.start()
        self._before = time.thread_time()
        self._timer.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        self.gaps_ms.append(self._since.nsecsElapsed() / 1e6)
        self._since.restart()
        now = time.thread_time()
        self._own.append((now - self._before) * 1000)
        self._before = now

    @property
    def own_ms(self) -> float:
        """The most that this thread computed between two beats."""
        return max(self._own, default=0.0)

    @property
    def worst_ms(self) -> float:
        """The longest gap between two beats."""
        return max(self.gaps_ms, default=0.0)


def eventually(qtbot: QtBot, look: Callable[[], object], within_ms: int = 10_000) -> None:
    """Let the window live until something is true."""
    qtbot.waitUntil(lambda: bool(look()), timeout=within_ms)


def texts(items: Sequence[Item]) -> list[str]:
    """The words of items."""
    return [one.text for one in items]

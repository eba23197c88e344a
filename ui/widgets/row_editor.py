"""What stands open under a row: its note, its times, or its words, edited in place.

It knows no store: what was typed is asked for by `typed`, and whoever opened it saves that. Return in one line saves,
Ctrl+Return everywhere; Esc leaves it as it was.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from core.plain_times import interval, is_whole_day, moment
from core.wording import span, tr
from ui import theme
from ui.keys import EDITOR, pressed
from ui.moments import day_and_time, plain_day_and_time
from ui.widgets import build

LONGEST = 10_000


class RowEditor(QFrame):
    """The frame: fields, a sentence of what was refused, and two buttons. `resized`: it wants another height;
    `moved`: Tab has led to another field of it. `stays`: it is not closed by being saved.
    """

    stays = False

    save_wanted = Signal()
    leave_wanted = Signal()
    resized = Signal()
    moved = Signal()

    def __init__(self, name: str, first: QWidget) -> None:
        super().__init__()
        self.setObjectName("editor")
        self.setAccessibleName(name)
        self.setFocusProxy(first)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(8))
        self.refusal = build.label(look="error")
        self.refusal.hide()
        self.save = build.button(tr("Save"), self.save_wanted.emit, "primary")
        self.leave = build.button(tr("Leave it as it was"), self.leave_wanted.emit)

    def _finish(self) -> None:
        """Below the fields: the refusal and the buttons, in as many lines as they need."""
        from ui.widgets.flow import Flow

        acts = Flow(theme.px(8))
        acts.addWidget(self.save)
        acts.addWidget(self.leave)
        self._column.addWidget(self.refusal)
        self._column.addLayout(acts)

    def height_for(self, width: int) -> int:
        """How high it has to be at a width."""
        return max(self._column.totalHeightForWidth(width), self._column.minimumSize().height())

    def is_changed(self) -> bool:
        """Whether something else stands in it than when it was opened."""
        raise NotImplementedError

    def refuse(self, sentence: str) -> None:
        """Say why it was not saved; what was typed stays."""
        self.refusal.setText(sentence)
        self.refusal.show()
        from ui.aloud import announce

        announce(self, sentence)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus; a click beside its fields is not one on the row."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if pressed(event, EDITOR) is not None:
                event.accept()
                return True
        elif event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        self.moved.emit()
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = pressed(event, EDITOR)
        if act == "save":
            self.save_wanted.emit()
        elif act == "leave":
            self.leave_wanted.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()


class _Lines(QPlainTextEdit):
    """A few lines of plain text; Tab leads on, and what ends the editing goes to the frame."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__(words)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if pressed(event, EDITOR) is not None:
            event.ignore()
        else:
            super().keyPressEvent(event)


class WordsEditor(RowEditor):
    """Words in a few lines: a note, or the words of an item of one's own."""

    def __init__(self, name: str, words: str, about: str) -> None:
        self.field = _Lines(words, name)
        super().__init__(name, self.field)
        self._before = words
        self.field.setPlaceholderText(about)
        self.field.setFixedHeight(round(self.field.fontMetrics().lineSpacing() * 3.2) + theme.px(16))
        self._column.addWidget(self.field)
        self._finish()

    def typed(self) -> str:
        """What stands in it, not longer than a note may be."""
        return self.field.toPlainText()[:LONGEST]

    def is_changed(self) -> bool:
        return self.typed() != self._before


T = TypeVar("T")


class Times(NamedTuple):
    """When an item is due, when to remind of it, and how often it is done again."""

    due: datetime | None
    reminder: datetime | None
    every: timedelta | None


class TimesEditor(RowEditor):
    """Three lines, each with what is understood of it below. Nothing is saved that was not understood."""

    def __init__(self, held: Times, now: datetime) -> None:
        self.due = _field(tr("Due"), plain_day_and_time(held.due) if held.due else "")
        same = held.reminder is not None and held.reminder == held.due
        before = plain_day_and_time(held.reminder) if held.reminder and not same else ""
        self.reminder = _field(tr("Remind me at"), before)
        self.every = _field(tr("Do it again every"), span(held.every) if held.every else "")
        super().__init__(tr("Times of the item"), self.due)
        self._held, self._now = held, now
        self.due.setPlaceholderText(tr("18:00 · tomorrow 9 · in 6 h · 2026-11-28 14:00"))
        self.reminder.setPlaceholderText(tr("when it is due"))
        self.every.setPlaceholderText(tr("6 h · 2 days"))
        self._understood = {field: build.label(look="muted") for field in (self.due, self.reminder, self.every)}
        for field, words in self._understood.items():
            block = QVBoxLayout()
            block.setSpacing(theme.px(2))
            line = QHBoxLayout()
            said = build.label(field.accessibleName(), "muted")
            said.setMinimumWidth(theme.px(90))
            said.setBuddy(field)
            line.addWidget(said, 1)
            line.addWidget(field, 3)
            block.addLayout(line)
            block.addWidget(words)
            self._column.addLayout(block)
            field.textChanged.connect(self._understand)
            field.returnPressed.connect(self.save_wanted)
        self._before = self._words()
        self.due.selectAll()
        self._finish()
        self._understand()

    def _words(self) -> tuple[str, ...]:
        return tuple(field.text() for field in (self.due, self.reminder, self.every))

    def is_changed(self) -> bool:
        return self._words() != self._before

    def typed(self) -> Times:
        """What was typed. ValueError: some of it is no time."""
        due = _read(self.due, self._before[0], self._held.due, lambda words: moment(words, self._now))
        every = _read(self.every, self._before[2], self._held.every, interval)
        if self.reminder.text().strip():
            at = _read(self.reminder, self._before[1], self._held.reminder, lambda words: moment(words, self._now))
            return Times(due, at, every)
        # A day without an hour is told in its morning: nobody wants to be reminded of it at midnight.
        return Times(due, None if due is None or is_whole_day(due) else due, every)

    def _understand(self) -> None:
        readers: Sequence[tuple[QLineEdit, Callable[[str], str]]] = (
            (self.due, self._say_moment),
            (self.reminder, self._say_moment),
            (self.every, lambda words: span(found) if (found := interval(words)) else ""),
        )
        for field, read in readers:
            label: QLabel = self._understood[field]
            try:
                words = read(field.text())
            except (ValueError, OverflowError):
                words = tr("That cannot be read yet.")
            if words == field.text():
                words = ""
            label.setText(words)
            label.setVisible(bool(words))
        self.refusal.hide()

    def _say_moment(self, words: str) -> str:
        found = moment(words, self._now)
        return "" if found is None else day_and_time(found, datetime.now(UTC))


def _field(name: str, words: str) -> QLineEdit:
    made = QLineEdit(words)
    made.setAccessibleName(name)
    made.setMaxLength(60)
    return made


def _read(field: QLineEdit, before: str, held: T | None, read: Callable[[str], T | None]) -> T | None:
    """What a field says; what was not touched is what was kept, to the second."""
    return held if field.text() == before and before else read(field.text())

"""What a source changed in a list, one change after another: what it said, what it says now, and what to make of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.differences import Part
from core.wording import tr
from ui import theme
from ui.aloud import announce
from ui.keys import REVIEW, pressed
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.marked import MarkedWords
from ui.widgets.snug import SnugArea

Parts = tuple[tuple[Part, str], ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be said of a change: `verdict` for whoever keeps it, its words, its key, and what is said of
    the change then.
    """

    verdict: str
    words: str
    key: str
    outcome: str = ""


class Tone(Enum):
    """In which colours a change's chip is shown."""

    CHANGED = auto()
    NEW = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One change, named by a chip.

    `before` or `after` is empty where nothing was or is said; `outcome`: what was made of it, or "".
    The first of `acts` is the primary one.
    """

    key: str
    chip: str
    tone: Tone
    question: str
    before: Parts
    after: Parts
    line: str
    acts: tuple[Act, ...]
    outcome: str = ""


def _colours(tone: Tone) -> tuple[str, str]:
    t = theme.tokens()
    if tone is Tone.CHANGED:
        return t.changed, t.changed_ground
    return (t.accent, t.chosen) if tone is Tone.NEW else (t.muted, t.line)


class _Said(QFrame):
    """A card with a heading and marked words."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.heading = build.label(heading, look="small")
        self.words = MarkedWords()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        inside.setSpacing(theme.px(6))
        inside.addWidget(self.heading)
        inside.addWidget(self.words)
        inside.addStretch(1)

    def show_parts(self, parts: Parts) -> None:
        """Show what was or is said; the card goes where that is nothing."""
        self.words.show_parts(parts)
        self.setVisible(bool(parts))


class ReviewPage(QWidget):
    """`decided`: (a step's key, a verdict). `shown`: the key of the step that is in view, "" at the end."""

    decided = Signal(str, str)
    shown = Signal(str)
    all_wanted = Signal()
    undo_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._steps: tuple[Step, ...] = ()
        self._at = 0
        self.title = build.label(look="title")
        self.about = build.label(look="muted")
        self.badge = build.Badge()
        self.question = build.label(look="strong")
        self.before, self.after = _Said(tr("It said")), _Said(tr("It says now"))
        self.line = build.label(look="muted")
        self.outcome = build.label()
        self.refusal = build.label(look="error")
        self.refusal.hide()
        self.said = build.label(look="muted")
        self.said.hide()
        self.acts: list[QPushButton] = []
        self._acts_row = Flow(theme.px(12))
        self.previous = build.button(tr("Previous"), lambda: self.go(-1))
        self.next = build.button(tr("Next"), lambda: self.go(1))
        self.undo = build.button(tr("Undo"), self.undo_wanted.emit)
        self.everything = build.button(tr("I have looked at all of them"), self.all_wanted.emit)
        self.leave = build.button(tr("Back to the list"), self.left.emit, "link")
        self.keys = build.label(look="small")
        self._lay_out()

    def _lay_out(self) -> None:
        self._outer = outer = QVBoxLayout(self)
        outer.setSpacing(theme.px(8))
        outer.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.title)
        outer.addWidget(self.about)
        inner = build.Canvas()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, theme.px(8), theme.px(8), 0)
        rows.setSpacing(theme.px(12))
        for widget in (self.badge, self.question):
            rows.addWidget(widget)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(theme.px(12))
        self._sides.addWidget(self.before, 1)
        self._sides.addWidget(self.after, 1)
        rows.addLayout(self._sides)
        for widget in (self.line, self.outcome):
            rows.addWidget(widget)
        outer.addWidget(SnugArea(inner), 1)
        outer.addSpacing(theme.px(8))
        outer.addLayout(self._acts_row)
        moves = Flow(theme.px(12))
        for button in (self.previous, self.next, self.undo, self.everything):
            moves.addWidget(button)
        outer.addLayout(moves)
        outer.addWidget(self._one_line())
        outer.addStretch()
        outer.addWidget(self.keys)

    def _one_line(self) -> QWidget:
        """The place of what is said of an act, or of why there was none: kept free, so that nothing moves."""
        place = QWidget()
        place.setMinimumHeight(QFontMetrics(theme.font(14)).lineSpacing() + theme.px(2))
        line = QVBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.refusal)
        line.addWidget(self.said)
        return place

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one above the other."""
        super().resizeEvent(event)
        build.fit(self._outer, self._sides, self.width(), top=12)

    def begin(self) -> None:
        """Another list is to be gone through, from its first change on."""
        self._steps, self._at = (), 0

    def show_steps(self, steps: Sequence[Step], *, can_undo: bool) -> bool:
        """Show these changes: the one in view where it still waits, else the next that does, else the end.

        False: they are those that were shown.
        """
        here, before = self.step(), self._steps
        self._steps = tuple(steps)
        self.undo.setEnabled(can_undo)
        if before == self._steps:
            return False  # nobody who reads it is disturbed
        waiting = [number for number, one in enumerate(steps) if not one.outcome]
        at = next((number for number, one in enumerate(steps) if here and one.key == here.key), -1)
        if at not in waiting:
            at = next(iter([*(number for number in waiting if number > at), *waiting]), len(steps))
        self._at = at
        self._show()
        return True

    def step(self) -> Step | None:
        """The change in view; None at the end."""
        return self._steps[self._at] if self._at < len(self._steps) else None

    def go(self, by: int) -> None:
        """To the next change or the one before; after the last one comes the end."""
        self._at = min(max(self._at + by, 0), len(self._steps))
        self._show()

    def say(self, sentence: str, key: str) -> None:
        """Say what was taken back or done again, and show the change that it was about."""
        at = next((number for number, one in enumerate(self._steps) if one.key == key), None)
        if at is not None:
            self._at = at
            self._show()
        self.refusal.hide()
        self.said.setText(sentence)
        self.said.show()
        announce(self, sentence)

    def refuse(self, sentence: str) -> None:
        """Something could not be done."""
        self.said.hide()
        self.refusal.setText(sentence)
        self.refusal.show()
        announce(self, sentence)

    def restyle(self) -> None:
        """The theme has changed."""
        self._show()

    def _show(self) -> None:
        step = self.step()
        self.refusal.hide()
        self.said.hide()
        left = sum(not one.outcome for one in self._steps)
        self._show_acts(step)
        for widget in (self.question, self.line, self.outcome):
            widget.setVisible(step is not None)
        self.before.show_parts(step.before if step else ())
        self.after.show_parts(step.after if step else ())
        self.everything.setVisible(left > 1 and step is not None)
        self.leave.setVisible(step is not None)  # at the end it is the primary act
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(step is not None)
        if step is None:
            self._show_end(left)
        else:
            self._show_step(step, left)
        self.setFocusProxy(self.acts[0] if self.acts else self.next)
        spoken = [self.title.text(), self.about.text(), step.chip if step else "", step.question if step else ""]
        announce(self, ". ".join(part for part in spoken if part))
        self.shown.emit(step.key if step else "")

    def _show_end(self, left: int) -> None:
        self.title.setText(tr("All looked at") if not left else tr("The end of the changes"))
        self.about.setText(tr("{count} left to look at.").format(count=left) if left else self._summary())
        self.badge.show_words("", "", "")
        self.keys.setText(tr("Keys: P back, Ctrl+Z undo, Esc to the list"))
        button = build.button(tr("Back to the list"), self.left.emit, "primary")
        self._add_act(button)
        button.setFocus()

    def _summary(self) -> str:
        """What was made of each, counted by its words."""
        outcomes = [one.outcome for one in self._steps]
        return " · ".join(f"{words} ({outcomes.count(words)})" for words in dict.fromkeys(outcomes))

    def _show_step(self, step: Step, left: int) -> None:
        self.title.setText(tr("Review changes"))
        place = tr("{number} of {total}").format(number=self._at + 1, total=len(self._steps))
        self.about.setText(f"{place} · {tr('{count} left to look at.').format(count=left)}")
        self.badge.show_words(step.chip, *_colours(step.tone))
        self.question.setText(step.question)
        self.line.setText(step.line)
        self.line.setVisible(bool(step.line))
        self.outcome.setText(step.outcome)
        self.outcome.setVisible(bool(step.outcome))
        acts = (
            "" if step.outcome else "".join(f"{act.key} {act.words[:1].lower()}{act.words[1:]}, " for act in step.acts)
        )
        self.keys.setText(tr("Keys: {acts}N next, P back, Ctrl+Z undo, Esc to the list").format(acts=acts))
        if self.acts:
            self.acts[0].setFocus()
        else:
            self.next.setFocus()

    def _show_acts(self, step: Step | None) -> None:
        for button in self.acts:
            self._acts_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.acts = []
        if step is None or step.outcome:
            return
        for number, act in enumerate(step.acts):
            look = "" if number else "primary"
            button = build.button(act.words, partial(self.decided.emit, step.key, act.verdict), look)
            button.setToolTip(act.key)
            self._add_act(button)

    def _add_act(self, button: QPushButton) -> None:
        self.acts.append(button)
        self._acts_row.addWidget(button)
        button.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, letter = self.step(), event.text().upper()
        act = next((one for one in step.acts if one.key == letter), None) if step and not step.outcome else None
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif act is not None and step is not None:
            self.decided.emit(step.key, act.verdict)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = QApplication.focusWidget()
            if isinstance(held, QPushButton):
                held.click()
        elif (move := pressed(event, REVIEW)) in ("next", "previous"):
            self.go(1 if move == "next" else -1)
        else:
            super().keyPressEvent(event)

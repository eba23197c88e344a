"""Leads through what a source changed in a list: asks the desk what waits, shows it, keeps what is said of it."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from core.changed import lines_of
from core.conditions import in_full
from core.differences import Part, both_sides
from core.errors import SafeConductError
from core.model import Change, Item, Standing, State
from core.review import Moved, News, Verdict
from core.wording import N_, say, sentence, status_words, tr
from ui.desk import Desk
from ui.issuer_says import take_over_words, taken_over
from ui.keys import letter
from ui.models.items import quiet_line, standing_words
from ui.moments import day_and_time
from ui.pages.review import Act, Parts, ReviewPage, Step, Tone

_BESIDE = "beside"
_UNDERSTOOD, _SEE_TEXT, _TAKE_OVER = "understood", "text", "take-over"

_ACCEPT = Act(Verdict.ACCEPT, N_("Accept"), letter("accept"), N_("Accepted"))
_UNDERSTAND = Act(Verdict.ACCEPT, N_("Understood"), letter("understand"), N_("Understood"))
_STILL_DONE = Act(Verdict.ACCEPT, N_("Still done"), letter("still"), N_("Still done"))
_STILL_ASIDE = Act(Verdict.ACCEPT, N_("Still not applicable"), letter("still"), N_("Still not applicable"))
_AGAIN = Act(Verdict.AGAIN, N_("Do it again"), letter("again"), N_("To be done again"))
_DO_IT = Act(Verdict.AGAIN, N_("Do it after all"), letter("again"), N_("To be done after all"))
_KEEP = Act(Verdict.KEEP, N_("Keep it below"), letter("keep"), N_("Kept below"))
_HIDE = Act(Verdict.HIDE, N_("Hide it"), letter("hide"), N_("Hidden"))
_BESIDE_ACTS = (
    Act(_UNDERSTOOD, N_("Understood"), letter("understand"), N_("Understood")),
    Act(_SEE_TEXT, N_("See it in the text"), letter("text")),
)
_REWORDED = {
    State.OPEN: (N_("This action was reworded."), (_ACCEPT,)),
    State.DONE: (N_("You did this before it was reworded. Is it still done?"), (_STILL_DONE, _AGAIN)),
    State.NOT_APPLICABLE: (N_("You set this aside before it was reworded."), (_STILL_ASIDE, _DO_IT)),
}


class Reviewing(QObject):
    """`made`: its page is there. `shown`: it wants to be seen. `item_shown`: the item in view, or None.
    `text_wanted`: the changes of the text. `decided`: something was kept. `undo_wanted`: the last of it is to be taken
    back. `left`: back to the list.
    """

    made = Signal(object)
    shown = Signal(object)
    item_shown = Signal(object)
    text_wanted = Signal()
    decided = Signal()
    undo_wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page: ReviewPage | None = None
        self._list = ""
        self._steps: dict[str, Step] = {}
        self._items: dict[str, Item] = {}
        self._outcomes: dict[str, str] = {}

    def begin(self, checklist: str) -> None:
        """Show what changed in a list, from the first change on."""
        self._list = checklist
        self._steps, self._items, self._outcomes = {}, {}, {}
        if self._page is None:
            self._page = self._new_page()
            self.made.emit(self._page)
        self._page.begin()
        self.shown.emit(self._page)
        self.refresh()

    def _new_page(self) -> ReviewPage:
        page = ReviewPage()
        page.decided.connect(self._decide)
        page.shown.connect(self._step_shown)
        page.all_wanted.connect(self.look_at_all)
        page.undo_wanted.connect(self.undo_wanted)
        page.left.connect(self.left)
        return page

    def restyle(self) -> None:
        """The theme has changed."""
        if self._page is not None:
            self._page.restyle()

    def refresh(self) -> None:
        """Show what waits now; what was decided here stays in its place."""
        if self._page is None:
            return
        news, now = self._desk.news(self._list), datetime.now(UTC)
        waiting = {one.key: one for one in steps(news, now)}
        self._items |= {item.id: item for item in news.waiting}
        for key, step in self._steps.items():
            if key not in waiting:
                outcome = self._outcomes.get(key) or tr("Looked at")
                self._steps[key] = replace(step, outcome=outcome)
        self._steps |= waiting
        if not self._page.show_steps(list(self._steps.values()), can_undo=self._desk.can_undo()):
            in_view = self._page.step()
            self._step_shown(in_view.key if in_view else "")  # the text beside it may be another

    def say(self, words: str, item: str) -> None:
        """Say what was taken back or done again, and show the change that it was about."""
        if self._page is not None:
            self._page.say(words, item or _BESIDE)

    def refuse(self, words: str) -> None:
        """Something could not be done."""
        if self._page is not None:
            self._page.refuse(words)

    def _step_shown(self, key: str) -> None:
        self.item_shown.emit(self._items.get(key))

    def _decide(self, key: str, verdict: str) -> None:
        if verdict == _SEE_TEXT:
            self.text_wanted.emit()
            return
        outcome = next(act.outcome for act in self._steps[key].acts if act.verdict == verdict)
        try:
            if verdict == _TAKE_OVER:
                self._desk.set_times(key, *taken_over(self._items[key]))
            elif key == _BESIDE:
                self._desk.look_beside(self._list)
            else:
                self._desk.decide(self._items[key], Verdict(verdict))
        except SafeConductError as error:
            self.refuse(say(error.message))
            return
        if outcome:
            self._outcomes[key] = outcome
        self.decided.emit()

    def look_at_all(self) -> None:
        """Everything that changed in the list has been looked at."""
        try:
            self._desk.look(self._list)
        except SafeConductError as error:
            self.refuse(say(error.message))
            return
        self.decided.emit()


def steps(news: News, now: datetime) -> list[Step]:
    """What is to be looked at: level and status first, then items reworded, new and gone, last the text beside them.

    Of the reworded ones those come first that now ask for something else.
    """
    items = [
        _item_step(item, Moved() if standing is Standing.REWORDED else news.moved.get(item.id, Moved()), now)
        for standing in (Standing.REWORDED, Standing.NEW, Standing.WITHDRAWN)
        for item in sorted(news.waiting, key=lambda one: not one.important)
        if item.standing is standing
    ]
    if news.beside is None:
        return items
    beside = _beside_step(news.beside, now)
    weighty = news.beside.level or news.beside.status or news.beside.expires
    return [beside, *items] if weighty else [*items, beside]


def _item_step(item: Item, moved: Moved, now: datetime) -> Step:
    words = standing_words(item) or ""
    line = quiet_line(item, now)
    if item.standing is Standing.REWORDED:
        question, acts = _REWORDED[item.state]
        before, after = _both(item.was or "", in_full(item))
        tone = Tone.CHANGED
    elif item.standing is Standing.NEW and moved.split_from:
        question, acts = N_("This was a part of an earlier action."), (_UNDERSTAND,)
        before, after = _both(moved.split_from, in_full(item))
        words, tone = tr("Split off from an earlier action"), Tone.NEW
    elif item.standing is Standing.NEW:
        question, acts = N_("This action is new."), (_UNDERSTAND,)
        before, after, tone = (), ((Part.CAME, in_full(item)),), Tone.NEW
    elif moved.now_in:
        question, acts = N_("The source says this inside another action now."), (_KEEP, _HIDE)
        before, after = _both(in_full(item), moved.now_in)
        words, tone = tr("Now part of another action"), Tone.GONE
    else:
        question, acts = N_("The source no longer lists this action."), (_KEEP, _HIDE)
        before, after, tone = ((Part.WENT, in_full(item)),), (), Tone.GONE
    question = tr(question)
    if item.important:
        question = f"{tr('It now asks for something else.')} {question}"
    return Step(item.id, words, tone, question, before, after, line, (*_translated(acts), *_take_over(item, now)))


def _both(was: str, now: str) -> tuple[Parts, Parts]:
    """An earlier wording with what went of it marked, and the one of now with what came."""
    before, after = both_sides(was, now)
    return tuple(before), tuple(after)


def _take_over(item: Item, now: datetime) -> tuple[Act, ...]:
    """The act that takes over the issuer's due time, where it is another than the item's: the change stays to be
    looked at.
    """
    words = take_over_words(item, now)
    return (Act(_TAKE_OVER, words, letter("take-over")),) if words else ()


def _beside_step(change: Change, now: datetime) -> Step:
    """The level, the status and the end as they were and are; of another text only that it changed."""
    before, after = _sides(change, now)
    question = "\n".join(say(line) for line in lines_of(change))
    chip = tr("The advisory itself")
    acts = _translated(_BESIDE_ACTS)
    return Step(_BESIDE, chip, Tone.CHANGED, question, before, after, "", acts)


def _sides(change: Change, now: datetime) -> tuple[Parts, Parts]:
    sides: list[Parts] = []
    for place, mark in ((0, Part.WENT), (1, Part.CAME)):
        said = []
        if change.level is not None:
            level = change.level[place]
            said.append(level.words if level else tr("No level"))
        if change.status is not None:
            words = change.status[place]
            said.append(sentence(status_words(words)) if words else tr("No status"))
        if change.expires is not None:
            ends = change.expires[place]
            said.append(tr("Until {time}").format(time=day_and_time(ends, now)) if ends else tr("Without an end"))
        sides.append(tuple((mark, words + "\n") for words in said))
    return sides[0], sides[1]


def _translated(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    return tuple(replace(act, words=tr(act.words), outcome=tr(act.outcome) if act.outcome else "") for act in acts)

"""What the traveller writes about an item: its note and its times, edited under its row, and the menu that leads there.

What was typed is saved before it is closed. While another process writes it waits and tries again; what could not be
saved stays open with a sentence. Leaving the list saves what was typed.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from core.errors import BusyError, SafeConductError
from core.model import Item, ListKind, State
from core.wording import say, tr, trn
from ui.desk import Desk
from ui.issuer_says import take_over_words, taken_over
from ui.keys import LIST
from ui.pages.checklist import ChecklistPage
from ui.people import People
from ui.widgets.acts_menu import Act, acts_menu
from ui.widgets.people import PeoplePanel
from ui.widgets.row_editor import RowEditor, Times, TimesEditor, WordsEditor

RETRY_MS = 40
ATTEMPTS = 15  # each waits 30 ms for the other writer
PATIENCE = timedelta(seconds=6)


class Editing(QObject):
    """`changed`: something was saved, and the lists are to be shown anew.

    `refers` tells what a row says of what its item refers to, `files` how many files it has: the menu offers them.
    `people`: who does its list together.
    """

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        page: ChecklistPage,
        refers: Callable[[Item], str],
        files: Callable[[Item], int],
        people: People,
    ) -> None:
        super().__init__(page)
        self._refers, self._files, self._people = refers, files, people
        self._desk, self._page = desk, page
        self._is_closed = False
        self._editor: RowEditor | None = None
        self._about = ""  # the item that it is open under
        self._save: Callable[[], object] = lambda: None
        self.menu: QMenu | None = None
        page.replaced.connect(self.finish)
        page.model.modelReset.connect(self._follow)
        page.model.dataChanged.connect(self._follow)

    def do(self, act: str, item: Item) -> None:
        """One of the acts of the table of keys that are about an item."""
        acts: dict[str, Callable[[Item], object]] = {
            "note": self._edit_note,
            "times": self._edit_times,
            "take-over": self._take_over,
            "menu": self._show_menu,
            "reword": self._edit_words,
            "people": self._say_who,
        }
        if act in acts:
            acts[act](item)

    def finish(self) -> None:
        """Save what stands open and was changed, and close it; what is no time is left as it was."""
        if self._editor is not None and self._editor.is_changed():
            self._save_at_once()
        self._close()

    def _save_at_once(self) -> None:
        """Save, though the list is about to go: another writer is waited for, at most for half a second."""
        for attempt in range(ATTEMPTS):
            try:
                self._save()
            except BusyError as error:
                if attempt + 1 < ATTEMPTS:
                    continue
                self._page.refuse(say(error.message))
            except SafeConductError as error:
                self._page.refuse(say(error.message))
            except (ValueError, OverflowError):
                return
            QTimer.singleShot(0, self._page, self._tell)  # the page is being filled now
            return

    def _tell(self) -> None:
        if not self._is_closed:
            self.changed.emit()

    def close(self) -> None:
        """Save what stands open; nothing is shown any more."""
        self.finish()
        self._is_closed = True

    def _edit_note(self, item: Item) -> None:
        editor = WordsEditor(tr("Note of the item"), item.note, tr("A note of your own. It never leaves this machine."))
        self._open(item, editor, lambda: self._desk.set_note(item.id, editor.typed()))

    def _edit_words(self, item: Item) -> None:
        if not self._is_own(item):
            self._page.refuse(
                tr("These words are not your own, so they stay as they are. Copy the list to change them.")
            )
            return
        editor = WordsEditor(tr("Words of the item"), item.text, "")
        self._open(item, editor, lambda: self._desk.shelf.reword(item.id, editor.typed()))

    def may_remove(self, item: Item) -> bool:
        """Whether an item may be removed; why not is said."""
        if not self._is_own(item):
            self._page.refuse(tr("An issuer's item is not removed. Set it aside with X where it is not for you."))
            return False
        self.finish()
        return True

    def _is_own(self, item: Item) -> bool:
        """Whether the words of an item are the traveller's."""
        return any(one.id == item.checklist and one.kind is ListKind.OWN for one in self._desk.every_list())

    def _edit_times(self, item: Item) -> None:
        editor = TimesEditor(Times(item.due, item.reminder, item.every), datetime.now(UTC))

        def save() -> None:
            self._desk.set_times(item.id, *editor.typed())

        self._open(item, editor, save)

    def _take_over(self, item: Item) -> None:
        if not take_over_words(item, datetime.now(UTC)):
            self._page.refuse(tr("The issuer says no other due time for this item."))
            return
        self.finish()
        self._save = partial(self._desk.set_times, item.id, *taken_over(item))
        self._save_at_once()

    def _say_who(self, item: Item) -> None:
        panel = self._people.panel(item)
        if panel is not None:
            self._open(item, panel, partial(self._people.save, item.id, panel))

    def _follow(self) -> None:
        """The boxes of people say what is kept, whoever wrote it."""
        if isinstance(self._editor, PeoplePanel) and not self._people.freshen(self._about, self._editor):
            self._close()

    def _open(self, item: Item, editor: RowEditor, save: Callable[[], object]) -> None:
        self.finish()
        self._editor, self._save, self._about = editor, save, item.id
        editor.save_wanted.connect(self._press_save)
        editor.leave_wanted.connect(self._close)
        self._page.list.open_below(item.id, editor)

    def _press_save(self) -> None:
        if self._editor is None or not self._editor.is_changed():
            self._close()
        else:
            self._try(datetime.now(UTC) + PATIENCE)

    def _try(self, ends: datetime) -> None:
        editor = self._editor
        if editor is None:
            return
        try:
            self._save()
        except BusyError as error:
            if datetime.now(UTC) < ends:
                QTimer.singleShot(RETRY_MS, editor, lambda: self._try(ends))
                return
            editor.refuse(say(error.message))
        except SafeConductError as error:
            editor.refuse(say(error.message))
        except (ValueError, OverflowError):
            editor.refuse(
                tr("A time here cannot be read. Nothing was changed. Write “18:00”, “tomorrow 9” or “in 6 h”.")
            )
        else:
            if not editor.stays:
                self._close()
                self.changed.emit()

    def _close(self) -> None:
        self._editor = None
        self._page.list.close_below()

    def _show_menu(self, item: Item) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
        done = tr("Make it open again") if item.state is State.DONE else tr("Tick it")
        aside = tr("Applicable again") if item.state is State.NOT_APPLICABLE else tr("Not applicable")
        words = {
            "tick": done,
            "aside": aside,
            **({"people": tr("Who has done it")} if self._people.of(item) else {}),
            "note": tr("Edit the note") if item.note else tr("Add a note"),
            "times": tr("Due time, reminder, how often"),
        }
        if taken := take_over_words(item, datetime.now(UTC)):
            words["take-over"] = taken
        if reference := self._refers(item):
            words["refer"] = reference
        words["attach"] = tr("Attach a file")
        if count := self._files(item):
            words["files"] = trn("{count} attached file", "{count} attached files", count)
        words |= {"up-by-hand": tr("Move up"), "down-by-hand": tr("Move down")}
        if self._is_own(item):
            words |= {"reword": tr("Change its words"), "remove": tr("Remove it")}
        acts: list[Act | None] = [(act, said, partial(self._page.list.do, act)) for act, said in words.items()]
        acts.insert(2, None)
        self.menu = acts_menu(self._page.list, tr("What can be done with the item"), LIST, acts)
        self.menu.popup(self._page.list.menu_place())

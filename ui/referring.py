"""What an item refers to: an advisory that is kept, or a list that came with the program. Shown below it, and opened.

An address that leads to neither is only in the text, where links are.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from core.addresses import is_bundled
from core.model import Checklist, Item
from core.wording import tr, trn
from ui.desk import Desk
from ui.offered import Offered
from ui.pages.checklist import ChecklistPage

_WORD = re.compile(r"\w+")


class Reference(NamedTuple):
    """An advisory or a list, and what the row says of it."""

    target: str
    words: str
    is_list: bool


def references(
    items: Sequence[Item],
    advisories: Mapping[str, tuple[str, str]],
    lists: Sequence[Checklist],
    answers: Mapping[str, str],
) -> dict[str, Reference]:
    """What items refer to, by their ids. `advisories`: id and title by what names them; `lists`: all that there are.

    `answers`: words of an issuer that ask for a list, where no address leads to anything: it is offered, no more.
    """
    known = {one.id: one for one in lists}
    found = {}
    for item in items:
        name = item.refers_to or ""
        if name not in advisories and name not in known and item.advisory_id is not None:
            name = _asked_for(item.text, answers)
        if name in known and item.checklist != name:
            found[item.id] = Reference(name, _progress(known[name]), is_list=True)
        elif name in advisories and advisories[name][0] != item.advisory_id:
            target, title = advisories[name]
            found[item.id] = Reference(target, tr("Open “{title}”").format(title=title), is_list=False)
    return found


def _asked_for(text: str, answers: Mapping[str, str]) -> str:
    low = text.casefold()
    if not answers or _hint(tuple(answers)).search(low) is None:
        return ""
    words = " ".join(_WORD.findall(low))
    return next((name for asked, name in answers.items() if f" {asked} " in f" {words} "), "")


@lru_cache(maxsize=2)
def _hint(asked: tuple[str, ...]) -> re.Pattern[str]:
    """The longest word of each: where none of them is, nothing is asked for. It spares ten thousand items the rest."""
    return re.compile("|".join(sorted({re.escape(max(one.split(), key=len)) for one in asked})))


def _progress(held: Checklist) -> str:
    if held.started is None:
        counted = trn("{count} item", "{count} items", held.total)
        return tr("Start the list “{title}” ({counted})").format(title=held.title, counted=counted)
    return tr("List “{title}”: {done} of {total} done").format(title=held.title, done=held.done, total=held.total)


class Referring(QObject):
    """`list_wanted`, `advisory_wanted`: what an item refers to is to be opened; a list that waits is started."""

    list_wanted = Signal(str)
    advisory_wanted = Signal(str)

    def __init__(self, desk: Desk, page: ChecklistPage, offered: Offered) -> None:
        super().__init__(page)
        self._desk, self._page, self._offered = desk, page, offered
        self._found: dict[str, Reference] = {}
        page.list.reference_wanted.connect(self.open)

    def show(self) -> None:
        """Say below the items that are shown what they refer to."""
        items = self._page.model.items()
        names = {item.refers_to for item in items if item.refers_to}
        advisories = self._desk.shelf.named([name for name in names if not is_bundled(name)])
        started = self._desk.every_list()
        lists = [*started, *(one for one in self._offered.lists if one.id not in {held.id for held in started})]
        self._found = references(items, advisories, lists, self._offered.answers)
        self._page.model.show_references({name: one.words for name, one in self._found.items()})

    def open(self, item: Item) -> None:
        """Open what an item refers to."""
        found = self._found.get(item.id)
        if found is not None:
            (self.list_wanted if found.is_list else self.advisory_wanted).emit(found.target)

    def has(self, item: Item) -> str:
        """What the row says of it, or nothing."""
        return self._found[item.id].words if item.id in self._found else ""

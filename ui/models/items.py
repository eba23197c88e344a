"""The items of a checklist, grouped, as rows; ticking goes through `setData`.

A tick is saved before the box stays ticked. While another process writes, the box waits and tries again; if it
could not be saved, it springs back and `refused` carries the sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from core.conditions import in_full
from core.errors import BusyError, SafeConductError
from core.groups import group_of, progress
from core.model import Group, Item, Standing, State
from core.wording import N_, say, span, tr, trn
from ui.direction import is_rtl
from ui.moments import day_and_time

AnyIndex = QModelIndex | QPersistentModelIndex
Save = Callable[[str, State], Item]

DRAGGED = "application/x-safeconduct-item"
LONGEST_NAME = 40
RETRY_MS = 40
PATIENCE = timedelta(seconds=6)

GROUP_NAMES = {
    Group.NOW: N_("Now"),
    Group.BEFORE: N_("Before you leave"),
    Group.KEEP: N_("Keep doing"),
    Group.LATER: N_("Later"),
}
_STANDINGS = {Standing.NEW: N_("New"), Standing.REWORDED: N_("Reworded"), Standing.WITHDRAWN: N_("No longer listed")}
STATE_NAMES = {State.OPEN: N_("Open"), State.DONE: N_("Done"), State.NOT_APPLICABLE: N_("Not applicable")}


class Role(IntEnum):
    """What the row's painter asks for."""

    ITEM = Qt.ItemDataRole.UserRole + 1
    HEADING = Qt.ItemDataRole.UserRole + 2
    LINE = Qt.ItemDataRole.UserRole + 3
    REFERENCE = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that names a group."""

    words: str


Row = Heading | Item


def has_own_order(items: Sequence[Item]) -> bool:
    """Whether the items follow no issuer and stand under headings: whoever wrote such a list gave it its order."""
    return all(item.advisory_id is None for item in items) and any(item.heading for item in items)


def arrange(items: Sequence[Item], now: datetime, *, own_order: bool = False) -> list[Row]:
    """Items under the headings of their groups, in the design's order; what is no longer listed comes last.

    `own_order`: under their own headings, as they come.
    """
    rows: list[Row] = []
    if own_order:
        heading = None
        for item in items:
            if item.heading != heading:
                heading = item.heading
                rows += [Heading(heading)] if heading else []
            rows.append(item)
        return rows
    listed = [item for item in items if item.standing is not Standing.WITHDRAWN]
    groups: dict[Group, list[Item]] = {group: [] for group in GROUP_NAMES}
    for item in listed:
        groups[group_of(item, now)].append(item)
    for group, of_group in groups.items():
        if of_group:
            rows += [Heading(tr(GROUP_NAMES[group])), *of_group]
    if len(rows) == len(items) + 1 and all(item.advisory_id is None for item in items):
        return rows[1:]  # one heading over the whole of a list that is nobody's instructions says nothing
    gone = [item for item in items if item.standing is Standing.WITHDRAWN]
    if gone:
        rows += [Heading(tr("No longer listed ({count})").format(count=len(gone))), *gone]
    return rows


def state_words(item: Item) -> str:
    """An item's state in a word."""
    return tr(STATE_NAMES[item.state])


def standing_words(item: Item) -> str | None:
    """The word on an item's chip, or None."""
    if item.standing is Standing.REWORDED and item.important:
        return tr("Reworded: important")
    words = _STANDINGS.get(item.standing)
    return tr(words) if words else None


def name_of(person: str) -> str:
    """What one of those who travel together is called here; "" is the traveller."""
    name = person or tr("You")
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip(" ,") + "…"


def with_senders(item: Item, company: Sequence[str]) -> tuple[str, ...]:
    """A company, and whoever else has done an item of a list that came in a file."""
    return tuple(dict.fromkeys((*company, *filter(None, item.done_by))))


def who_has_done(item: Item, company: Sequence[str]) -> str:
    """Who of a company has done an item and who has not; "" where nobody has, or a tick says that all have.

    A tick says nothing of others where the traveller is not of the company.
    """
    done = [name_of(person) for person in company if person in item.doers]
    left = [name_of(person) for person in company if person not in item.doers]
    if not done or item.state is State.NOT_APPLICABLE or (item.state is State.DONE and "" in company and not left):
        return ""
    words = tr("{names} done; {others} open") if left else tr("{names} done")
    if len({is_rtl(name) for name in (*done, *left)}) > 1:  # each name keeps its own way (UAX 9, isolates)
        done, left = ([f"\u2068{name}\u2069" for name in names] for names in (done, left))
    return words.format(names=", ".join(done), others=", ".join(left))


def quiet_line(
    item: Item, now: datetime, *, with_heading: bool = True, aloud: bool = False, company: Sequence[str] = ()
) -> str:
    """The one quiet line under an item: when it was done or is due, who has done it, its note, its heading.

    `company`: who does its list together. `aloud`: after the item's state was said, which need not be said twice.
    """
    parts = []
    if item.state is State.DONE and item.done_at:
        parts.append(tr("Done {time}").format(time=day_and_time(item.done_at, now)))
    elif item.state is State.NOT_APPLICABLE:
        parts += [] if aloud else [tr("Not applicable")]
    elif item.due:
        late = item.due < now
        parts.append((tr("Was due {time}") if late else tr("Due {time}")).format(time=day_and_time(item.due, now)))
    elif item.detail and item.state is State.OPEN:
        parts.append(item.detail)
    if item.state is State.OPEN and item.given and item.given[-1] != item.due:
        from ui.issuer_says import beside_due  # before the first paint only where there is something to say

        parts += beside_due(item, now)
    if who := who_has_done(item, company):
        parts.append(who)
    if item.reminder and item.reminder != item.due and item.state is State.OPEN:
        parts.append(tr("reminder {time}").format(time=day_and_time(item.reminder, now)))
    if item.every:
        parts.append(tr("again every {span}").format(span=span(item.every)))
    if item.note:
        parts.append(tr("note: {note}").format(note=" ".join(item.note.split())))
    if with_heading and item.heading and item.heading != item.condition and not item.detail:
        parts.append(item.heading)
    return " · ".join(parts)


def spoken(item: Item, now: datetime, *, with_heading: bool = True, company: Sequence[str] = ()) -> str:
    """A row as one sentence for a screen reader."""
    parts = [state_words(item), in_full(item).rstrip(".")]
    if item.standing is not Standing.CURRENT:
        parts.append(standing_words(item) or "")
    if item.standing is Standing.REWORDED and item.was:
        parts.append(tr("Before: {words}").format(words=item.was.rstrip(".")))
    line = quiet_line(item, now, with_heading=with_heading, aloud=True, company=company)
    if line:
        parts.append(line)
    return ". ".join(parts) + "."


class ItemsModel(QAbstractListModel):
    """Rows of one list, or of all lists."""

    ticked = Signal()
    refused = Signal(str)

    def __init__(self, save: Save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._progress = (0, 0)
        self._waiting: dict[str, State] = {}
        self._with_heading = False
        self._lists: dict[str, str] = {}
        self._references: dict[str, str] = {}
        self._files: dict[str, int] = {}
        self._companies: Mapping[str, Sequence[str]] = {}
        self._come_in: frozenset[str] = frozenset()
        self.now = datetime.now(UTC)

    def show_items(self, items: Sequence[Item], lists: Mapping[str, str] | None = None) -> None:
        """Replace the rows; `lists`: titles by id, where the items are of several and a row should say of which."""
        self.beginResetModel()
        self.now = datetime.now(UTC)
        self._lists = dict(lists or {})
        own_order = not self._lists and has_own_order(items)
        self._rows = arrange(items, self.now, own_order=own_order)
        self._places = {row.id: number for number, row in enumerate(self._rows) if isinstance(row, Item)}
        self._progress = progress(items)
        # One heading over the whole list says nothing about a row; several do, where they are not seen above it.
        self._with_heading = not self._lists and not own_order and len({item.heading for item in items}) > 1
        self.endResetModel()

    def show_references(self, words: dict[str, str]) -> None:
        """What stands below items that refer to something, by their ids."""
        if words != self._references:
            self._references = words
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def show_files(self, counts: dict[str, int]) -> None:
        """How many files items have, by their ids."""
        if counts != self._files:
            self._files = counts
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def show_companies(self, companies: Mapping[str, Sequence[str]], come_in: frozenset[str] = frozenset()) -> None:
        """Who does a list together, by the lists' ids, and the lists that came in a file."""
        if (companies, come_in) != (self._companies, self._come_in):
            self._companies, self._come_in = companies, come_in
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def _company_of(self, item: Item) -> Sequence[str]:
        company = self._companies.get(item.checklist, ())
        return with_senders(item, company) if item.checklist in self._come_in else company

    def group_of(self, item_id: str) -> list[str]:
        """The ids of the items between the same two headings as this one, itself too, in their order."""
        group: list[str] = []
        for row in self._rows:
            if isinstance(row, Item):
                group.append(row.id)
            elif item_id in group:
                break
            else:
                group = []
        return group if item_id in group else []

    def mimeTypes(self) -> list[str]:
        return [DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The item that is dragged, for this list alone."""
        mime = QMimeData()
        for row in (self._rows[index.row()] for index in indexes):
            if isinstance(row, Item):
                mime.setData(DRAGGED, row.id.encode())
        return mime

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def items(self) -> list[Item]:
        """The items shown, in the order of their rows."""
        return [row for row in self._rows if isinstance(row, Item)]

    def _items_at(self, row: int) -> list[Item]:
        held = self._rows[row]
        return [held] if isinstance(held, Item) else []

    def row_of(self, item_id: str) -> int | None:
        """Where an item stands."""
        return self._places.get(item_id)

    def progress(self) -> tuple[int, int]:
        """(done, total) of the items shown, as the ring counts them."""
        return self._progress

    def replace_item(self, item: Item) -> None:
        """Show an item as it is now, in its place."""
        row = self.row_of(item.id)
        if row is not None:
            # Counted by what has changed: ten thousand rows take longer than a tick may.
            counts = zip(self._progress, progress(self._items_at(row)), progress([item]), strict=True)
            done, total = (whole - before + after for whole, before, after in counts)
            self._progress = (done, total)
            self._rows[row] = item
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Heading):
            # Only between rows, which is on none of them, may something be dropped.
            return Qt.ItemFlag.NoItemFlags if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Role.HEADING)
            return row.words if role in wanted else None
        state = self._waiting.get(row.id, row.state)
        if role == Qt.ItemDataRole.DisplayRole:
            return in_full(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = self._files.get(row.id, 0)
            files = trn("{count} file", "{count} files", count) if count else ""
            rest = [part for part in (files, self._references.get(row.id)) if part]
            words = spoken(row, self.now, with_heading=self._with_heading, company=self._company_of(row))
            return " ".join([words, *(f"{part}." for part in rest)])
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if state is State.DONE else Qt.CheckState.Unchecked
        if role == Role.ITEM:
            return row
        if role == Role.LINE:
            return self._line(row)
        if role == Role.REFERENCE:
            return self._references.get(row.id, "")
        return None

    def _line(self, item: Item) -> str:
        line = quiet_line(item, self.now, with_heading=self._with_heading, company=self._company_of(item))
        count = self._files.get(item.id, 0)
        files = trn("{count} file", "{count} files", count) if count else ""
        return " · ".join(part for part in (line, files, self._lists.get(item.checklist, "")) if part)

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            return False
        done = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        return self.set_state(row.id, State.DONE if done else State.OPEN)

    def set_state(self, item_id: str, state: State) -> bool:
        """Save a state, now or as soon as the other writer is done; True: it is saved or still trying."""
        self._waiting[item_id] = state
        return self._try(item_id, state, datetime.now(UTC) + PATIENCE)

    def _try(self, item_id: str, state: State, ends: datetime) -> bool:
        if self._waiting.get(item_id) is not state:
            return False  # the traveller has changed their mind meanwhile
        try:
            item = self._save(item_id, state)
        except BusyError as error:
            if datetime.now(UTC) < ends:
                QTimer.singleShot(RETRY_MS, self, lambda: self._try(item_id, state, ends))
                self._repaint(item_id)
                return True
            self._spring_back(item_id, say(error.message))
            return False
        except SafeConductError as error:
            self._spring_back(item_id, say(error.message))
            return False
        del self._waiting[item_id]
        self.show_saved(item)
        return True

    def show_saved(self, item: Item) -> None:
        """Show an item whose state was saved just now, and say so."""
        self.now = datetime.now(UTC)
        self.replace_item(item)
        self.ticked.emit()

    def _spring_back(self, item_id: str, sentence: str) -> None:
        self._waiting.pop(item_id, None)
        self._repaint(item_id)
        self.refused.emit(sentence)

    def _repaint(self, item_id: str) -> None:
        row = self.row_of(item_id)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.CheckStateRole])

"""What is said on paper, as lines that know no fonts: a card of open items, or a whole text. Pure.

Paper does not follow its source: so whoever issued it, its revision and both dates stand on it, and nothing on it is
relative to the day it was made.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from core.conditions import in_full
from core.issuer_due import moved
from core.model import BlockKind, Contact, Item, Kind, Revision, Standing, State
from core.wording import sentence, status_words, tr, trn
from ui.models.items import Heading, arrange, has_own_order, who_has_done, with_senders
from ui.moments import day

MAX_CONTACTS = 12


class Look(StrEnum):
    """How a line is set."""

    TITLE = "title"
    QUIET = "quiet"
    GROUP = "group"
    ITEM = "item"
    UNDER = "under"
    TEXT = "text"
    BULLET = "bullet"


class Line(NamedTuple):
    """One paragraph; `depth`: how deep a bullet is nested."""

    look: Look
    words: str
    depth: int = 1


class Part(NamedTuple):
    """One checklist that goes on paper. `revision`: of the advisory that it follows; `company`: who does it
    together; `came_in`: it came in a file, and others may have done its items.
    """

    title: str
    items: Sequence[Item]
    revision: Revision | None
    attribution: str
    company: Sequence[str] = ()
    came_in: bool = False


class Sheet(NamedTuple):
    """What is to be printed: the open items of one list or of several, and when."""

    title: str
    parts: Sequence[Part]
    now: datetime

    def open_items(self) -> list[Item]:
        """What is still to be done, in the order of the window: the most urgent first."""
        return [row for row in self.rows(len(self._all_open())) if isinstance(row, Item)]

    def rows(self, count: int) -> Sequence[Heading | Item]:
        """The first `count` open items under the headings of their groups."""
        own_order = len(self.parts) == 1 and has_own_order(self.parts[0].items)
        items = self._all_open()
        if count < len(items):
            ordered = arrange(items, self.now, own_order=own_order)
            items = [row for row in ordered if isinstance(row, Item)][:count]
        return arrange(items, self.now, own_order=own_order)

    def _all_open(self) -> list[Item]:
        return [
            item
            for part in self.parts
            for item in part.items
            if item.state is State.OPEN and item.standing is not Standing.WITHDRAWN
        ]

    def text_of(self) -> Revision | None:
        """The advisory whose whole text can be printed: that of a single list."""
        return self.parts[0].revision if len(self.parts) == 1 else None


def card_lines(sheet: Sheet, count: int) -> list[Line]:
    """The card with its first `count` items, the contacts of their texts, and who said all that."""
    lines = [Line(Look.TITLE, sheet.title)]
    one = sheet.text_of()
    if one is not None:
        lines += _head(one)
    titles = {item.id: part.title for part in sheet.parts for item in part.items} if len(sheet.parts) > 1 else {}
    companies = {
        item.id: with_senders(item, part.company) if part.came_in else part.company
        for part in sheet.parts
        for item in part.items
    }
    for row in sheet.rows(count):
        if isinstance(row, Heading):
            lines.append(Line(Look.GROUP, row.words))
        else:
            lines += _item(row, titles.get(row.id, ""), companies[row.id])
    total = len(sheet.open_items())
    if not total:
        lines.append(Line(Look.TEXT, tr("No item is open. That says nothing about whether you are safe.")))
    elif count < total:
        lines.append(Line(Look.UNDER, trn("and {count} more", "and {count} more", total - count)))
    lines += _contacts(sheet.parts)
    if one is None:
        lines += [Line(Look.QUIET, f"{part.title}: {_about(part.revision)}") for part in sheet.parts if part.revision]
    return [*lines, *_foot(sheet)]


def text_lines(sheet: Sheet) -> list[Line]:
    """The whole text of a single list's advisory. LookupError: there is none."""
    revision = sheet.text_of()
    if revision is None:
        raise LookupError("no text")
    lines = [Line(Look.TITLE, revision.title), *_head(revision)]
    for block in revision.text.blocks:
        words = revision.text.plain[block.start : block.end]
        if block.kind is BlockKind.ITEM:
            lines.append(Line(Look.BULLET, words, max(1, block.depth)))
        else:
            is_heading = block.kind is BlockKind.HEADING or block.strong
            lines.append(Line(Look.GROUP if is_heading else Look.TEXT, words))
    return [*lines, *_foot(sheet)]


def _head(revision: Revision) -> list[Line]:
    """Who said it, how grave it is, and which state of it this is."""
    lines = [Line(Look.QUIET, _about(revision))]
    grave = [revision.level.words] if revision.level else []
    grave += [status_words(revision.status)] if revision.status else []
    if grave:
        lines.append(Line(Look.TEXT, " ".join(sentence(one) for one in grave)))
    if revision.kind is Kind.REPORT:
        lines.append(Line(Look.TEXT, tr("Quoted, not from the issuer")))
    return lines


def _about(revision: Revision) -> str:
    about = [revision.issuer] if revision.issuer else []
    if revision.issued:
        about.append(tr("issued {time}").format(time=_when(revision.issued, is_date=revision.issued_is_date)))
    about.append(tr("revision {number}").format(number=revision.number))
    if revision.fetched:
        about.append(tr("fetched {time}").format(time=_moment(revision.fetched)))
    host = urlsplit(revision.url).hostname if revision.url else None
    return " · ".join([*about, host] if host else about)


def _when(moment: datetime, *, is_date: bool) -> str:
    return day(moment.date()) if is_date else _moment(moment)


def _moment(moment: datetime) -> str:
    """A moment for paper: never "today"."""
    here = moment.astimezone()
    return f"{day(here)}, {here:%H:%M}"


def _item(item: Item, title: str, company: Sequence[str]) -> list[Line]:
    lines = [Line(Look.ITEM, in_full(item))]
    under = [due] if (due := _due(item)) else []
    if item.detail:
        under.append(item.detail)
    under += [who] if (who := who_has_done(item, company)) else []
    if title:
        under.append(title)
    if under:
        lines.append(Line(Look.UNDER, " · ".join(under)))
    lines += [Line(Look.UNDER, row) for row in item.note.split("\n") if row.strip()]
    return lines


def _due(item: Item) -> str:
    """When it is due: the item's own time or its issuer's, whichever comes first; "" without any."""
    found = moved(item)
    if found is None or found.earlier == found.was:
        return tr("Due {time}").format(time=_moment(item.due)) if item.due else ""
    words = tr("Due {time}, the issuer says") if found.is_hers else tr("Due {time}, the issuer now says")
    return words.format(time=_moment(found.now))


def _contacts(parts: Sequence[Part]) -> list[Line]:
    """Numbers and addresses that stand in the texts, each once."""
    found: dict[str, Contact] = {}
    for part in parts:
        for contact in part.revision.contacts if part.revision else ():
            found.setdefault(contact.phone or contact.email or contact.address or "", contact)
    found.pop("", None)
    if not found:
        return []
    lines = [Line(Look.GROUP, tr("Contacts in the text"))]
    for way, contact in list(found.items())[:MAX_CONTACTS]:
        # A number is written left to right whatever stands around it (UAX 9, isolates).
        lines.append(Line(Look.BULLET, f"{contact.label}: \u2066{way}\u2069" if contact.label else way))
    if len(found) > MAX_CONTACTS:
        rest = len(found) - MAX_CONTACTS
        lines.append(Line(Look.UNDER, trn("and {count} more in the text", "and {count} more in the text", rest)))
    return lines


def _foot(sheet: Sheet) -> list[Line]:
    lines = [Line(Look.QUIET, words) for words in dict.fromkeys(part.attribution for part in sheet.parts) if words]
    here = sheet.now.astimezone()
    lines.append(
        Line(
            Look.QUIET,
            tr(
                "Printed {time} ({zone}) by Safe Conduct, which no government made. Paper does not follow its source: "
                "look whether there is something newer. An action can be missed, so read the text too."
            ).format(time=_moment(sheet.now), zone=here.tzname() or f"{here:%z}"),
        )
    )
    return lines

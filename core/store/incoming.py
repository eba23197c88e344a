"""Lists that came in a file: kept whole, with what they quote and the files that came along, or not at all.

Such a list is the traveller's own from then on and follows nothing. A text that it quotes is kept beside it as a
report, second-hand as it is: it is found and read like any other, and raises no level.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core import markup
from core.lines import NewLine
from core.lists.json_list import quotes_out
from core.lists.shape import ListFile, Quote
from core.model import Action, Kind, Level, ListKind, Revision, Standing, Text, Verified
from core.sameness import action_id
from core.store import advisories, checklists, files, rows
from core.store.open import Store
from core.times import to_text

COPIED = "copied"
# Characters of texts that are gone through for the places of lines: those of a long list in a long page.
_MOST_LOOKED = 200_000_000


def keep(store: Store, found: Sequence[ListFile], now: datetime) -> list[str]:
    """Keep each list that a file held as one of the traveller's own, all or none, and give their ids.

    InputError: there is no room for a file that came along.
    """
    with store.transaction():
        return [_keep(store, one, now) for one in found]


def _keep(store: Store, held: ListFile, now: datetime) -> str:
    name = checklists.add_list(store, ListKind.OWN, held.title, now)
    texts = [markup.from_plain(quote.text) if quote.text else None for quote in held.quoted]
    reports: list[Revision | None] = []
    for number, (quote, text) in enumerate(zip(held.quoted, texts, strict=True)):
        lines = [line for line in held.lines if line.quotes == number]
        reports.append(_report(store, quote, text, lines) if text else None)
    placed = [{one.text: one for one in report.actions} if report else {} for report in reports]
    for position, line in enumerate(held.lines):
        item = checklists.item_of(line, name, position, now)
        if line.quotes is not None and (report := reports[line.quotes]) is not None:
            found = placed[line.quotes].get(line.text)
            item = replace(
                item,
                advisory_id=report.advisory_id,
                action_id=found.id if found else None,
                start=found.start if found else None,
                end=found.end if found else None,
            )
        made = checklists.add_item(store, item)
        for file in line.files:
            if file.data is not None:
                files.put(store, made, file.name, file.data, now)
    store.write(
        "UPDATE item SET withdrawal = 'kept' WHERE checklist = ? AND standing = ?", name, Standing.WITHDRAWN
    )  # nobody waits for her to look at what was gone when it came
    store.write(
        "INSERT INTO origin (checklist, attribution, quoted, advisories) VALUES (?, ?, ?, ?)",
        name, held.attribution, quotes_out(held.quoted),
        rows.dump([report.advisory_id if report else None for report in reports]),
    )  # fmt: skip
    return name


def _report(store: Store, quote: Quote, text: Text, lines: Sequence[NewLine]) -> Revision:
    """What is quoted, as an advisory that is known second-hand; the same text is the same advisory."""
    said = "\n".join((quote.title, quote.issuer, quote.url or "", to_text(quote.issued) or "", text.plain))
    name = f"{COPIED}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    held = advisories.newest(store, name)
    if held is not None:
        return held
    made = Revision(
        advisory_id=name, number=1, source=COPIED, issuer=quote.issuer, kind=Kind.REPORT, title=quote.title,
        url=quote.url, countries=quote.countries, language=quote.language,
        level=Level(None, quote.level, "") if quote.level else None, status=(), issued=quote.issued,
        updated=quote.updated, effective=None, expires=quote.expires, fetched=quote.fetched,
        verified=Verified.UNSIGNED, text=text, actions=tuple(_actions(text, lines)), contacts=(),
    )  # fmt: skip
    advisories.add(store, made)
    return made


def _actions(text: Text, lines: Sequence[NewLine]) -> list[Action]:
    """The lines that stand in a text, as its actions, in its order."""
    made, seen = [], set()
    for line in lines[: _MOST_LOOKED // max(1, len(text.plain))]:
        start, name = text.plain.find(line.text), action_id(line.text)
        if start >= 0 and name not in seen and line.standing is not Standing.WITHDRAWN:
            seen.add(name)
            end = start + len(line.text)
            made.append(
                Action(
                    id=name, text=line.text, heading=line.heading, condition=line.condition, urgency=line.urgency,
                    due=None, audience=None, response_type=line.response_type, links=(), refers_to=None,
                    start=start, end=end,
                )
            )  # fmt: skip
    return sorted(made, key=lambda one: one.start)

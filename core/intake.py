"""The one way in: bytes that were fetched or read, through parsing, cleaning and extraction, to revisions.

Everything that a source says passes here once. It keeps nothing and compares nothing; the revisions it gives are
not numbered. One entry that cannot be made a revision is set aside, and the others are not.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from core import extract, markup, status
from core.addresses import is_bundled, safe_address
from core.bounds import MAX_CHARACTERS
from core.commanding import matches
from core.contacts import contacts_in
from core.drafts import Draft
from core.errors import FormatError
from core.formats import DOCUMENTS, parse
from core.grounds import Dispatch, Evidence
from core.languages import of_this_machine
from core.model import (
    Action,
    Block,
    BlockKind,
    Kind,
    Level,
    Message,
    Revision,
    Source,
    Text,
)
from core.rules import language_of, languages_read, rules_for
from core.sameness import action_id
from core.sanitising import Sanitised, sanitised

MAX_BYTES = 40_000_000
# Processor time that the entries of one source may take; a feed of all countries takes a hundredth of it.
MAX_READING_S = 60.0
TITLE_CHARACTERS = 300
# A text longer than this tells its language by its common words.
FEW_CHARACTERS = 2_000

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Taken:
    """What some bytes gave: their format, revisions not yet numbered, and what was set aside."""

    format: str
    revisions: tuple[Revision, ...]
    rejected: tuple[Message, ...]


def take(data: bytes, source: Source, now: datetime, *, format_name: str | None = None, fetched: bool = True) -> Taken:
    """Read the bytes of one source. FormatError: they hold nothing that can be believed.

    `fetched` is false for what a traveller hands over: it may be a document too, and carries no fetch time.
    """
    parsed = parse(
        data,
        now,
        format_name=format_name or source.format,
        kind=source.kind,
        documents_too=not fetched,
        language=source.language or of_this_machine(),
        keys=source.keys,
    )
    rejected = list(parsed.rejected)
    began = time.thread_time()

    def each(entries: Iterable[tuple[int, T]], make: Callable[[T], U]) -> list[tuple[int, U]]:
        """What is made of each numbered entry; one that nothing can be made of is set aside."""
        made = []
        for number, entry in entries:
            if time.thread_time() - began > MAX_READING_S:
                raise FormatError("too-much-to-read")
            try:
                made.append((number, make(entry)))
            except (ValueError, RecursionError, ArithmeticError):
                rejected.append(Message("entry-unreadable", {"number": number}))
        return made

    # First every text is sanitised, then each is parted, then each is read: to go back and forth takes a sixth longer.
    bodies = each(enumerate(parsed.drafts, 1), lambda draft: (draft, _sanitised(draft)))
    cleaned = each(bodies, lambda entry: (entry[0], _cleaned(*entry, source)))
    at = now if fetched else None
    read = each(cleaned, lambda entry: _revision(*entry, source, at, spoken=parsed.language))
    revisions = [revision for _, revision in read]
    if parsed.format in DOCUMENTS and not any(revision.actions for revision in revisions):
        # A text of a few words does not tell its language: it is in the one whose rules find something in it.
        silent = [draft for draft in parsed.drafts if not (draft.language or parsed.language)]
        revisions = [_in_any_language(draft, source) for draft in silent if len(draft.body) <= FEW_CHARACTERS]
    if parsed.format in DOCUMENTS and not any(revision.actions for revision in revisions):
        raise FormatError("page-without-actions" if parsed.format == "html" else "no-actions")
    return Taken(parsed.format, tuple(revisions), tuple(rejected))


def advisory_id(source: str, identity: str) -> str:
    """The id of an advisory: its source and a digest of what the source keys it on."""
    return f"{source}:{hashlib.blake2s(identity.strip().encode(), digest_size=6).hexdigest()}"


def _in_any_language(draft: Draft, source: Source) -> Revision:
    text = _cleaned(draft, _sanitised(draft), source)
    tried = (_revision(replace(draft, language=name), text, source, None, spoken="") for name in languages_read())
    return max(tried, key=lambda revision: len(revision.actions))


def _sanitised(draft: Draft) -> Sanitised:
    """What is left of a draft's body."""
    return sanitised(draft.body) if draft.body_is_html else Sanitised(draft.body, is_plain=True)


def _cleaned(draft: Draft, body: Sanitised, source: Source) -> Text:
    """The text of a draft's body."""
    return markup.read(body, draft.url or source.url)


def _revision(draft: Draft, text: Text, source: Source, fetched: datetime | None, *, spoken: str) -> Revision:
    """`text`: of its body, cleaned. `spoken`: the language that the document says it is in."""
    likely = draft.language or source.language or spoken or "en"
    if draft.sections:
        language = likely
        text, actions = _listed(draft, language)
    else:
        # An embassy's feed says one language for all its entries, and has some in another.
        language = draft.language or language_of(text.plain, likely)
        text, actions = _instructed(draft, text, language)
    warnings = list(draft.warnings)
    if not text.plain:
        warnings.append(Message("no-text", {}))
    if len(draft.body) > MAX_CHARACTERS or len(text.blocks) >= markup.MAX_BLOCKS:
        warnings.append(Message("text-cut", {}))
    countries = draft.countries or source.countries
    level = draft.level
    title = (markup.fold(_plain(draft.title)) or source.name)[:TITLE_CHARACTERS]
    evidence, titled = _evidence(draft, text, title, language, countries)
    return Revision(
        advisory_id=advisory_id(source.id, draft.identity),
        number=0,
        source=source.id,
        issuer=markup.fold(source.issuer or draft.issuer or "")[:TITLE_CHARACTERS],
        kind=draft.kind,
        title=title,
        url=safe_address(draft.url) if draft.url else None,
        countries=countries,
        language=language,
        level=Level(level.value, markup.fold(level.words)[:TITLE_CHARACTERS], markup.fold(level.scale)[:80])
        if level
        else None,
        status=tuple(dict.fromkeys((*draft.status, *titled, *(one.word for one in evidence)))),
        issued=draft.issued,
        updated=draft.updated,
        effective=draft.effective,
        expires=draft.expires,
        fetched=fetched,
        verified=draft.verified,
        text=text,
        actions=actions,
        contacts=contacts_in(text),
        warnings=tuple(warnings),
        issued_is_date=draft.issued_is_date,
        dispatch=_dispatch(draft, source),
        evidence=evidence,
    )


def _evidence(
    draft: Draft, text: Text, title: str, language: str, countries: tuple[str, ...]
) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """The status words that the text states, and those of the title, which says what of the text is over.

    Who only quotes an issuer raises none, nor does a test or what is over.
    """
    if draft.kind not in (Kind.COUNTRY, Kind.ALERT) or {"test", "withdrawn"} & set(draft.status):
        return (), ()
    has_level = draft.level is not None
    found = status.found_in(text, language, countries, has_level=has_level)
    titled = status.of_title(title, language, countries, has_level=has_level)
    return tuple(one for one in found if one.word not in titled.over), titled.words


def _dispatch(draft: Draft, source: Source) -> Dispatch | None:
    """The message as it speaks of others; None where it says nothing that another could mean."""
    if not (draft.references or draft.withdraws or draft.areas):
        return None
    # "sender,identifier"; an index may have named that message by its identifier alone.
    said = dict.fromkeys(form for name in draft.references for form in (name, name.rpartition(",")[2]))
    replaces = tuple(advisory_id(source.id, name) for name in said if name != draft.identity)
    return Dispatch(advisory_id(source.id, draft.identity), replaces, draft.withdraws, draft.areas)


def _instructed(draft: Draft, text: Text, language: str) -> tuple[Text, tuple[Action, ...]]:
    """The text with what CAP calls the instruction behind it, and the actions in both."""
    issued = None if draft.issued_is_date else draft.issued
    instruction = markup.from_plain(draft.instruction) if draft.instruction else Text("")
    begins = None
    if instruction.plain:
        begins = len(text.plain) + 2 if text.plain else 0
        text = markup.joined(text, instruction)
    kind = draft.kind if draft.prose and not draft.instruction else Kind.REPORT
    if "test" in draft.status or draft.withdraws:  # the words of a CAP Cancel are of what is over
        return text, ()
    actions = extract.actions_in(
        text, kind=kind, language=language, issued=issued, instructed_from=begins,
        second_hand=draft.kind is Kind.REPORT,
    )  # fmt: skip
    if draft.areas:
        # "Lower Austria" tells nobody to lower anything.
        areas = _listed_in(draft.areas)
        actions = tuple(action for action in actions if not _listed_in([action.text]) <= areas)
    if not (draft.urgency or draft.response_type):
        return text, actions
    return text, tuple(
        action._replace(
            urgency=draft.urgency or action.urgency,
            response_type=draft.response_type or action.response_type,
        )
        for action in actions
    )


def _listed_in(texts: Iterable[str]) -> set[str]:
    """The names in lists of places."""
    return {markup.fold(name) for text in texts for name in text.split(";")}


def _plain(title: str) -> str:
    """A title's words; feeds put tags and entities into them."""
    return markup.from_html(title).plain if "<" in title or "&" in title else title


def _listed(draft: Draft, language: str) -> tuple[Text, tuple[Action, ...]]:
    """The text of an action list, written out so that it can be read and searched, and its actions in it."""
    plain = ""
    blocks: list[Block] = []
    actions: list[Action] = []
    rules = rules_for(language)

    def add(kind: BlockKind, words: str, depth: int = 0) -> tuple[int, int]:
        nonlocal plain
        lead = markup.ITEM_SIGN if kind is BlockKind.ITEM else ""
        between = "" if not plain else "\n" if kind is BlockKind.ITEM and blocks[-1].kind is BlockKind.ITEM else "\n\n"
        start = len(plain) + len(between) + len(lead)
        plain += between + lead + words
        blocks.append(Block(kind, start, start + len(words), depth))
        return start, start + len(words)

    for section in draft.sections:
        heading, condition = (markup.fold(part or "") or None for part in (section.heading, section.condition))
        if heading:
            add(BlockKind.HEADING, heading)
        if condition:
            add(BlockKind.PARAGRAPH, condition)
        for held in section.actions:
            words, detail = markup.fold(held.text), markup.fold(held.detail)
            if not words:
                continue
            start, end = add(BlockKind.ITEM, words, 1)
            if detail:
                add(BlockKind.PARAGRAPH, detail)
            response = matches(rules.responses, words)
            links = tuple(safe for link in held.links if (safe := safe_address(link)))
            actions.append(
                Action(
                    id=action_id(words),
                    text=words,
                    heading=heading,
                    condition=condition,
                    urgency=held.urgency,
                    due=held.due,
                    audience=None,
                    response_type=held.response_type or (response.label if response else None),
                    links=links,
                    refers_to=next((one for one in held.links if is_bundled(one)), links[0] if links else None),
                    start=start,
                    end=end,
                )
            )
    seen: dict[str, int] = {}
    for index, action in enumerate(actions):
        seen[action.id] = seen.get(action.id, 0) + 1
        if seen[action.id] > 1:
            actions[index] = action._replace(id=f"{action.id}-{seen[action.id]}")
    return Text(plain, tuple(blocks)), tuple(actions)

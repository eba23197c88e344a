"""Who said what is written out or printed, and under which licence: it travels with the words."""

from collections.abc import Iterable, Mapping, Sequence

from core.lists.shape import Quote, Written
from core.model import BlockKind, Kind, Revision, Source, Text
from core.times import to_text
from core.wording import tr


def quotes(revisions: Iterable[Revision], known: Mapping[str, Source]) -> list[Quote]:
    """These revisions as a file carries them."""
    return [_quote(revision, known.get(revision.source)) for revision in revisions]


def attribution(quoted: Iterable[Quote]) -> str:
    """One sentence for each source of what is quoted; "" where no issuer stands behind any."""
    lines: dict[str, None] = {}
    for one in quoted:
        licence = f" ({one.licence})" if one.licence else ""
        second_hand = tr(" Quoted, not from the issuer.") if one.second_hand else ""
        about = one.about or one.issuer or one.title
        lines[tr("From: {about}{licence}.").format(about=about, licence=licence) + second_hand] = None
    return " ".join(lines)


def in_full(held: Written) -> str:
    """The attribution of a list, and of each text that it quotes where it is and when it was issued and fetched."""
    said = held.attribution
    for one in held.quoted:
        detail = _detail(one)
        if detail not in said:  # a list that came in a file brought it along
            said = f"{said} {detail}".strip()
    return said


def _detail(one: Quote) -> str:
    parts = [tr("“{title}”").format(title=one.title)]
    parts += [one.url] if one.url else []
    parts += [tr("issued {time}").format(time=to_text(one.issued))] if one.issued else []
    parts += [tr("fetched {time}").format(time=to_text(one.fetched))] if one.fetched else []
    return ", ".join(parts) + "."


def _quote(revision: Revision, source: Source | None) -> Quote:
    return Quote(
        title=revision.title,
        issuer=revision.issuer,
        about=(source.attribution or source.name) if source else "",
        licence=source.licence if source else "",
        url=revision.url,
        language=revision.language,
        countries=revision.countries,
        level=revision.level.words if revision.level else "",
        issued=revision.issued,
        updated=revision.updated,
        expires=revision.expires,
        fetched=revision.fetched,
        second_hand=revision.kind is Kind.REPORT,
        text=_typed(revision.text),
    )


def _typed(text: Text) -> str:
    """A text as one would type it, its list items behind dashes."""
    blocks: Sequence[str] = [
        ("- " if block.kind is BlockKind.ITEM else "") + text.plain[block.start : block.end] for block in text.blocks
    ]
    return "\n\n".join(blocks) or text.plain

"""Who said what is written out or printed, and under which licence: it travels with the words."""

from collections.abc import Iterable, Mapping

from core.model import Kind, Revision, Source
from core.wording import tr


def attribution(revisions: Iterable[Revision], known: Mapping[str, Source]) -> str:
    """One sentence for each source of these revisions; "" where no issuer stands behind any."""
    lines: dict[str, None] = {}
    for revision in revisions:
        source = known.get(revision.source)
        about = source.attribution or source.name if source else revision.issuer or revision.title
        licence = f" ({source.licence})" if source and source.licence else ""
        second_hand = tr(" Quoted, not from the issuer.") if revision.kind is Kind.REPORT else ""
        lines[tr("From: {about}{licence}.").format(about=about, licence=licence) + second_hand] = None
    return " ".join(lines)

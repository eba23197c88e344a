"""Advisories and finds as rows of a list, in the window's words."""

from core.finding import Hit
from core.store.overview import Summary
from core.wording import sentence, status_words, tr, trn
from ui.direction import in_a_row
from ui.models.lines import Line
from ui.moments import day, short_day


def summary_line(summary: Summary, *, of_trip: bool = False) -> Line:
    """An advisory as a row; `of_trip`: it names a place of a trip."""
    parts = [tr("Your trip"), summary.issuer] if of_trip else [summary.issuer]
    if summary.issued:
        parts.append(day(summary.issued.date() if summary.issued_is_date else summary.issued))
    if summary.actions:
        parts.append(trn("{count} action", "{count} actions", summary.actions))
    if summary.status:
        parts.append(sentence(status_words(summary.status)).rstrip("."))
    if summary.missing_since:
        parts.append(tr("not in the source since {date}").format(date=short_day(summary.missing_since)))
    badge = (summary.level_words, summary.level_value) if summary.level_words else None
    return Line(summary.id, summary.title, in_a_row(parts), badge, not summary.seen)


def hit_line(hit: Hit) -> Line:
    """A find as a row, with what stands around the words."""
    about = tr("Revision {number}, the newest").format(number=hit.revision)
    if hit.revision < hit.newest:
        about = tr("Revision {number} of {newest}, an earlier one").format(number=hit.revision, newest=hit.newest)
    return Line(hit.advisory_id, hit.title, about, None, False, hit.snippet, hit.marks)

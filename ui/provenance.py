"""How old a text is, and where it comes from, as the window says it beside the text."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from core.model import Revision
from core.wording import tr
from ui.moments import day_and_time, issued


def dates(revision: Revision, newest: int) -> str:
    """When it was issued, and which revision it is; `newest`: the number of the newest one."""
    parts = []
    if revision.issued:
        parts.append(
            tr("issued {time}").format(time=issued(revision.issued, datetime.now(UTC), is_date=revision.issued_is_date))
        )
    if revision.number < newest:
        number = tr("revision {number} of {newest}, an earlier text").format(number=revision.number, newest=newest)
    else:
        number = tr("revision {number}").format(number=revision.number)
    parts.append(number)
    return " · ".join(parts)


def kept(revision: Revision) -> str:
    """Since when it is kept, how large it is, and from where it came."""
    size = max(1, round(len(revision.text.plain.encode()) / 1000))
    since = day_and_time(revision.fetched, datetime.now(UTC)) if revision.fetched else ""
    words = tr("Kept offline since {time} · {size} kB · plain text, nothing loaded from outside")
    words = words.format(time=since, size=size)
    host = urlsplit(revision.url).hostname if revision.url else None
    return words + ("\n" + tr("Source: {host}").format(host=host) if host else "")

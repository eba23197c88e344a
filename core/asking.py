"""How a source and its documents are asked: conditionally, and for how long a validator counts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from core.errors import FetchError
from core.fetch import Fetched, NotModified
from core.model import Source
from core.store.documents import Document

AT_ONCE = 2
WHOLE_EVERY = timedelta(hours=24)

Ask = Callable[[Source, str | None, str | None], Fetched | NotModified]


def is_fresh(whole_at: datetime | None, now: datetime) -> bool:
    """Whether a whole answer is young enough for its validators to count.

    A server or a network that answers "not modified" whatever happened would else hide everything for ever.
    """
    return whole_at is not None and timedelta(0) <= now - whole_at < WHOLE_EVERY


def document_of(source: Source, document: Document, ask: Ask, now: datetime) -> Fetched | NotModified | FetchError:
    """What a source answers for one of its documents; a failure is given, not raised."""
    fresh = is_fresh(document.whole_at, now)
    validators = (document.etag, document.last_modified) if fresh else (None, None)
    try:
        return ask(source._replace(url=document.address), *validators)
    except FetchError as error:
        return error

"""What time alone decides of a revision. Pure, and apart from `core.status`: the window needs no reading of texts."""

from datetime import datetime

from core.model import Revision

# An advisory that ended in one of these ways does not run out besides.
_ENDS = {"withdrawn", "superseded", "test", "expired"}


def as_of(revision: Revision, now: datetime) -> Revision:
    """The revision as it is at a moment: `expired` where its time is over."""
    if revision.expires is None or revision.expires > now or _ENDS & set(revision.status):
        return revision
    return revision._replace(status=(*revision.status, "expired"))

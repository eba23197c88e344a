"""What is said beside an item's due time where its issuer now says another, and the taking over of that."""

from datetime import datetime, timedelta

from core.issuer_due import is_same, moved
from core.model import Item, State
from core.wording import tr
from ui.moments import day_and_time


def beside_due(item: Item, now: datetime) -> list[str]:
    """The part of the quiet line that follows the item's own due time; none where there is nothing to say."""
    found = moved(item)
    if found is None:
        return []
    words = tr("the issuer says {time}") if found.is_hers else tr("the issuer now says {time}")
    if found.was is None:
        words = tr("The issuer now says: due {time}")
    return [words.format(time=day_and_time(found.now, now))]


def take_over_words(item: Item, now: datetime) -> str:
    """What a button says that takes the issuer's time over; "" where there is none to take over.

    The hour alone where the day stays.
    """
    found = moved(item)
    if found is None or item.state is not State.OPEN:
        return ""
    here, before = found.now.astimezone(), found.was.astimezone() if found.was else None
    stays = before is not None and before.date() == here.date()
    return tr("Take over {time}").format(time=f"{here:%H:%M}" if stays else day_and_time(found.now, now))


def taken_over(item: Item) -> tuple[datetime | None, datetime | None, timedelta | None]:
    """Due time, reminder and interval with the issuer's due time; a reminder at the item's own goes with it."""
    found = moved(item)
    due = found.now if found else item.due
    follows = item.reminder is not None and is_same(item.reminder, item.due)
    return due, due if follows else item.reminder, item.every

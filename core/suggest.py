"""Which advisory's checklist is offered to whoever has started none: the newest for where she is or goes. Pure.

It judges nothing: alerts before pages of countries, because they are of now, and else by their time alone.
"""

from collections.abc import Sequence
from datetime import date

from core.model import Kind, Trip
from core.store.overview import Summary


def suggested(every: Sequence[Summary], trips: Sequence[Trip], today: date) -> Summary | None:
    """The newest of `every`, which come newest first, that says what to do in a place of a trip that is not over."""
    places = {code for trip in trips if trip.end is None or trip.end >= today for code in trip.countries}
    fit = [
        one
        for one in every
        if one.actions and one.missing_since is None and one.kind != Kind.REPORT and places & set(one.countries)
    ]
    return min(fit, key=lambda one: one.kind != Kind.ALERT, default=None)

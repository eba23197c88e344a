"""Commands about trips: trips, trip add, trip remove."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from core import markup, places
from core.catalogue import posts_for
from core.commands import shapes
from core.commands.reading import country_code
from core.commands.session import Session
from core.errors import InputError
from core.model import Trip
from core.store import sources
from core.wording import tr


def list_trips(session: Session) -> int:
    """`trips`."""
    with session.store() as store:
        found = sources.trips(store)
    return _give(session, found)


def add(session: Session) -> int:
    """`trip add NAME --country XX ...`."""
    options = session.options
    countries = list(dict.fromkeys(country_code(code) for code in options.country))
    start, end = _day(options.start), _day(options.end)
    if start and end and end < start:
        raise InputError("dates-crossed")
    name = markup.fold(options.name)[:200] or ", ".join(places.name(code) for code in countries)
    with session.store(create=True) as store:
        with store.transaction():
            trip_id = sources.add_trip(store, name, countries, start, end)
        found = [trip for trip in sources.trips(store) if trip.id == trip_id]
        followed = {name for name, record in sources.records(store).items() if record.followed}
    offered = [post for post in posts_for(session.catalogue, countries) if post.id not in followed]
    lines = [tr("Not followed yet: {name} (`follow {id}`)").format(name=post.name, id=post.id) for post in offered]
    return _give(session, found, {"offered": [post.id for post in offered]}, lines)


def remove(session: Session) -> int:
    """`trip remove ID`."""
    wanted = session.options.id
    with session.store() as store:
        found = [trip for trip in sources.trips(store) if trip.id == wanted]
        if not found:
            raise InputError("unknown-trip", trip=wanted)
        with store.transaction():
            sources.remove_trip(store, wanted)
    return _give(session, found)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError("bad-date", date=(text or "")[:40]) from error


def _give(
    session: Session, found: list[Trip], more: Mapping[str, object] = MappingProxyType({}), added: Sequence[str] = ()
) -> int:
    lines = [f"{one.id}  {one.name}  {' '.join(one.countries)}  {one.start or ''} – {one.end or ''}" for one in found]
    session.give({"trips": [shapes.trip(one) for one in found]} | dict(more), [*lines, *added])
    return 0

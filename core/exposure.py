"""What the network learns when a source is asked, as messages for the page of sources. Pure."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from core import places
from core.formats import is_index
from core.model import Message, Source
from core.proxy import TOR, Proxy

# A source that speaks of more countries than this tells little by being asked.
FEW = 3


def learns(source: Source, countries: Sequence[str], proxy: Proxy | None) -> tuple[Message, ...]:
    """Who sees what when this source is asked; `countries`: those that it is followed for.

    First what the network on the spot sees, then what that tells of the traveller, then what would tell less.
    """
    host = ", ".join((urlsplit(source.url).hostname or "", *source.hosts))
    if proxy is not None:
        if str(proxy) == TOR:
            return (Message("learns-tor", {"host": host}),)
        return (Message("learns-proxy", {"proxy": str(proxy), "host": host}),)
    seen = Message("learns-host", {"host": host})
    if source.countries and len(source.countries) <= FEW:
        return seen, Message("learns-country", {"countries": _named(source.countries)}), Message("learns-less")
    if is_index(source.format) and countries:
        return seen, Message("learns-pages", {"host": host, "countries": _named(countries)})
    return seen, Message("learns-nothing")


def _named(countries: Sequence[str]) -> list[str]:
    return sorted(places.name(code) for code in countries)

"""Indexes: a document that names others, each with one country's advice or one alert.

A reader whose source publishes an index offers `details`; who fetches decides which of them are worth a request.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Detail:
    """A document that an index names.

    `url` is built by us beside the index's own address: whatever host the index names, it is not asked. `changed` is
    the issuer's own stamp of change, only ever compared as text; empty where the index carries none.
    """

    url: str
    countries: tuple[str, ...]
    changed: str


@dataclass(frozen=True, slots=True)
class NamedAlert:
    """An alert that an index of alerts names.

    `url` is the index's word, made absolute: who fetches decides whether it may be asked. `is_alert`: the index says
    that an alert is there, and no page. `name` is what the index keys the alert on, `identifier` the alert's own where
    the index has it. `changed`: its name and when it was updated, only ever compared as text. `severity` counts from 0
    (unknown) to 4 (extreme).
    """

    url: str
    is_alert: bool
    name: str
    identifier: str
    changed: str
    severity: int
    countries: tuple[str, ...]
    expires: datetime | None


def below(index: str, path: str) -> str:
    """The address of a document below that of its index, whatever query the index is asked with."""
    parts = urlsplit(index)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{path}", "", ""))


def beside(index: str, name: str) -> str:
    """The address of a document in the folder of its index."""
    parts = urlsplit(index)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rpartition('/')[0]}/{name}", "", ""))

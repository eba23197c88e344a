"""Indexes: a document that names others, each with one country's advice.

A reader whose source publishes an index offers `details`; who fetches decides which of them are worth a request.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Detail:
    """A document that an index names.

    `url` is absolute https and built by us: whatever host the index names, it is the issuer's. `changed` is the
    issuer's own stamp of change, only ever compared as text; empty where the index carries none.
    """

    url: str
    countries: tuple[str, ...]
    changed: str

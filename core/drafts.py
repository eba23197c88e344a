"""What a wire format says, before anything of it is cleaned or believed: the way from the formats to intake."""

from dataclasses import dataclass
from datetime import datetime

from core.model import Kind, Level, Message, Urgency, Verified


@dataclass(frozen=True, slots=True)
class Draft:
    """What a wire format says of one advisory, before cleaning: `body` is still the issuer's markup.

    `identity` is what the source itself keys on (an address, an identifier); `body_is_html` tells how to
    read `body`. `sections` is filled only by formats that carry actions of their own.

    As CAP has it: `instruction` is plain text that says what to do, `urgency` and `response_type` are those of all
    its actions, `references` are the identities that this one updates, or with `withdraws`, cancels, `areas` the
    places that it is for. `prose`: the text is the issuer's alone, so that commands in its sentences are too.
    """

    identity: str
    title: str
    body: str
    body_is_html: bool
    kind: Kind
    url: str | None = None
    countries: tuple[str, ...] = ()
    language: str = "en"
    level: Level | None = None
    status: tuple[str, ...] = ()
    issuer: str | None = None
    issued: datetime | None = None
    issued_is_date: bool = False
    updated: datetime | None = None
    effective: datetime | None = None
    expires: datetime | None = None
    sections: tuple["DraftSection", ...] = ()
    instruction: str = ""
    urgency: Urgency | None = None
    response_type: str | None = None
    references: tuple[str, ...] = ()
    withdraws: bool = False
    areas: tuple[str, ...] = ()
    verified: Verified = Verified.UNSIGNED
    warnings: tuple[Message, ...] = ()
    prose: bool = True


@dataclass(frozen=True, slots=True)
class DraftAction:
    """An action as an action list of our own format carries it."""

    text: str
    detail: str = ""
    urgency: Urgency = Urgency.UNKNOWN
    due: datetime | None = None
    response_type: str | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A heading of an action list, its condition, and its actions."""

    heading: str | None
    condition: str | None
    actions: tuple[DraftAction, ...]

"""Our own action list, `application/vnd.safeconduct.actions+json`; its schema is in `resources/`.

Read with msgspec into typed values; unknown keys are let through, wrong ones named. Text in it is plain.
"""

import re
from datetime import datetime

import msgspec

from core import places
from core.drafts import Draft, DraftAction, DraftSection
from core.errors import FormatError
from core.model import Kind, Level, Message, Urgency
from core.times import stamp

MAX_ACTIONS = 400
# CAP 1.2, section 3.2.2, `responseType`; `None` is none.
_RESPONSES = ("Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


class _Action(msgspec.Struct):
    text: str
    id: str | int | None = None
    detail: str | None = None
    urgency: str | None = None
    due: str | None = None
    response_type: str | None = None
    links: list[str | dict[str, object]] | None = None


class _Section(msgspec.Struct):
    heading: str | None = None
    condition: str | None = None
    actions: list[_Action] | None = None


class _Level(msgspec.Struct):
    words: str | None = None
    value: int | None = None
    scale: str | None = None


class _List(msgspec.Struct):
    format: int
    id: str
    title: str
    sections: list[_Section]
    version: int | str = 1
    issuer: str | None = None
    language: str | None = None
    countries: list[str] | None = None
    level: _Level | int | str | None = None
    issued: str | None = None
    expires: str | None = None
    url: str | None = None
    replaces: list[str] | None = None


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """One draft, of the whole list. FormatError: it is not one, or says which key is wrong."""
    try:
        held = msgspec.json.decode(data.lstrip(b"\xef\xbb\xbf"), type=_List)
    except msgspec.ValidationError as error:
        raise FormatError("action-list-wrong", reason=str(error)[:200]) from error
    except (ValueError, RecursionError) as error:
        raise FormatError("json-unreadable") from error
    if held.format != 1:
        raise FormatError("action-list-newer", version=held.format)
    if not held.id.strip() or sum(len(section.actions or ()) for section in held.sections) > MAX_ACTIONS:
        raise FormatError("action-list-wrong", reason="id, actions")
    warnings: list[Message] = []
    unknown = [code for code in held.countries or () if not places.is_country(code.upper())]
    if unknown:
        warnings.append(Message("country-unknown", {"codes": unknown}))
    issued, expires = stamp(held.issued, now), stamp(held.expires, now)
    if (held.issued and not issued) or (held.expires and not expires):
        warnings.append(Message("date-unreadable", {}))
    language = "en" if held.language is None else held.language
    level = held.level
    if isinstance(level, int | str):  # written without its scale
        level = _Level(str(level), level if isinstance(level, int) else None)
    return [
        Draft(
            identity=held.id.strip(),
            title=held.title,
            body="",
            body_is_html=False,
            kind=kind or Kind.LIST,
            url=held.url,
            countries=tuple(dict.fromkeys(c.upper() for c in held.countries or () if places.is_country(c.upper()))),
            language=language if _LANGUAGE.fullmatch(language) else "",
            level=_level(level) if level else None,
            issuer=held.issuer or None,
            issued=issued.at if issued else None,
            issued_is_date=issued is not None and not issued.exact,
            expires=expires.at if expires else None,
            sections=tuple(_section(section, now) for section in held.sections),
            warnings=tuple(warnings),
        )
    ], []


def _level(held: _Level) -> Level:
    """The words and the common value of a level; its number where it has no words."""
    value = held.value if held.value in {1, 2, 3, 4} else None
    return Level(value, held.words or str(held.value or ""), held.scale or "")


def _section(section: _Section, now: datetime) -> DraftSection:
    actions = []
    for action in section.actions or ():
        due = stamp(action.due, now)
        urgency = (action.urgency or "").lower()
        actions.append(
            DraftAction(
                text=action.text,
                detail=action.detail or "",
                urgency=Urgency(urgency) if urgency in set(Urgency) else Urgency.UNKNOWN,
                due=due.at if due and due.exact else None,
                response_type=_response(action.response_type),
                links=tuple(filter(None, map(_address, action.links or ()))),
            )
        )
    return DraftSection(section.heading, section.condition, tuple(actions))


def _address(link: str | dict[str, object]) -> str:
    """A link's address: the link itself, or what it says under `url`."""
    address = link if isinstance(link, str) else link.get("url")
    return address if isinstance(address, str) else ""


def _response(word: str | None) -> str | None:
    """CAP's spelling of a response type, or None."""
    return next((known for known in _RESPONSES if word and known.casefold() == word.strip().casefold()), None)

"""The Common Alerting Protocol, CAP 1.1 and 1.2 (OASIS): alerts alone, or several in an envelope.

An alert is named by its sender and identifier together, as `references` name it. Test, Exercise, System and Draft
are no alerts: they carry no instruction and neither update nor cancel anything. Acknowledgements and errors are talk
between systems and make no draft. `Words` and `draft` serve the other carriers of the same elements too: indexes and
the JSON of the US weather service. Nothing is mended here: an alert that is not well-formed is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from xml.etree.ElementTree import Element

from core import markup, places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.atom import PROLOGUE, escaped
from core.formats.wire import MAX_IDENTITY, collect, dated, local_name, words_of, xml_of
from core.formats.wrapped import plain
from core.model import Kind, Level, Message, Urgency, Verified
from core.signatures import SIGNATURE, vouched_alerts

SPACE = "urn:oasis:names:tc:emergency:cap:"
_ALERTS = tuple(f"{{{SPACE}{version}}}alert" for version in ("1.2", "1.1"))
ENVELOPES = ("alert", "alerts", "EDXLDistribution")
_MAX_INFOS = 200
_MAX_REFERENCES = 200
_MAX_CODES = 2_000
_AREA_CHARACTERS = 1_000
_MAX_AREAS, _AREA_NAME = 500, 100
_START = re.compile(PROLOGUE + rb"<(?:[\w.-]{1,40}:)?(?:alerts?|edxldistribution)\b", re.S)
_STATUSES = {"actual": "", "exercise": "test", "system": "test", "test": "test", "draft": "test"}
_TYPES = {"alert", "update", "cancel", "ack", "error"}
_ANSWERS = {"ack", "error"}
# From the least to the gravest.
SEVERITIES = ("unknown", "minor", "moderate", "severe", "extreme")
_URGENCIES = ("past", "unknown", "future", "expected", "immediate")
_RESPONSES = ("Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear")
_NO_WORDS = {
    "", "none", "n/a", "na", "nil", "null", "not applicable", "not available", "no instruction", "no instructions",
}  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
# The World Meteorological Organization names alerting authorities by the ISO 3166-1 number of their country.
_AUTHORITY = re.compile(r"(?:\b|:)2\.49\.0\.\d\.(\d{1,3})(?:\.|\b)")
# A sender's address under what a country keeps for its government: gov.au, gob.mx, go.jp, gc.ca.
_OFFICE = re.compile(r"[.@](?:gov|govt|gob|gub|gouv|go|gc|mil)\.([a-z]{2})$")
# Names of geocodes that belong to one country, or whose values begin with a country's code.
_OF_COUNTRY = {
    "profile:cap-cp:location": "CA", "layer:ec-msc-smc:1.0:clc": "CA", "warncellid": "DE", "amoc-areacode": "AU",
}  # fmt: skip
_BY_COUNTRY = re.compile(r"nuts|emma_id|(?:.*\b)?iso(?:\b|[-_ ]?3166|[-_ ]country)", re.I)
_OTHER_CODES = {"UK": "GB", "EL": "GR"}
# Of the US weather service's zones, those that ISO counts apart; by their letters, and by their numbers (FIPS).
_APART = {"PR": "PR", "VI": "VI", "GU": "GU", "AS": "AS", "MP": "MP", "FM": "FM", "MH": "MH", "PW": "PW"}
_APART |= {"72": "PR", "78": "VI", "66": "GU", "60": "AS", "69": "MP", "64": "FM", "68": "MH", "70": "PW"}
_AMERICAN = {"ugc": 0, "same": 1, "fips6": 1}  # where in a value the two letters or figures stand


@dataclass(frozen=True, slots=True)
class Words:
    """What an alert says, by CAP's own names, whoever carried it; of several `info` the same, put together.

    `references` are identities; `codes` are the name and value of each geocode.
    """

    identifier: str = ""
    sender: str = ""
    sent: str = ""
    status: str = ""
    message_type: str = ""
    note: str = ""
    references: tuple[str, ...] = ()
    language: str = ""
    event: str = ""
    headline: str = ""
    descriptions: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    response: str = ""
    urgency: str = ""
    severity: str = ""
    effective: str = ""
    onset: str = ""
    expires: tuple[str, ...] = ()
    web: str = ""
    contact: str = ""
    sender_name: str = ""
    areas: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of an alert, or of an envelope of alerts."""
    return _START.match(start) is not None


def read(
    data: bytes, now: datetime, kind: Kind | None, *, language: str = "en", keys: str | None = None
) -> tuple[list[Draft], list[Message]]:
    """Drafts of the alerts, each in `language` where it has that, else in English, else in its first.

    `keys`: the PEM file of the certificates whose signatures count. FormatError: no alert of CAP 1.1 or 1.2 is in it,
    the only one has no name or is an answer between systems, or a signature is wrong.
    """
    root = xml_of(data, *ENVELOPES)
    alerts = list(outermost(root))
    if not alerts:
        space = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
        if local_name(root) == "alert":
            raise FormatError("cap-namespace", namespace=markup.fold(space)[:80])
        raise FormatError("format-unknown")
    if len(alerts) == 1:
        only, _ = elements(alerts[0], language)
        if is_answer(only):
            raise FormatError("cap-answer", type=only.message_type[:20])
        if not only.identifier:
            raise FormatError("cap-nameless")
    vouched = _vouched(data, alerts, keys, now) if keys else [None] * len(alerts)

    def drafts() -> Iterator[Draft | None]:
        for alert, signed in zip(alerts, vouched, strict=True):
            words, lacking = elements(alert if signed is None else signed, language)
            if is_answer(words):
                continue
            warnings = (Message("cap-lacks", {"names": lacking}),) if lacking else ()
            if signed is None and alert.find(SIGNATURE) is not None:
                warnings = (*warnings, Message("signature-unchecked"))
            made = draft(words, now, kind, warnings=warnings) if words.identifier else None
            yield replace(made, verified=Verified.SIGNED) if made and signed is not None else made

    return collect(drafts())


def outermost(element: Element) -> Iterator[Element]:
    """The alerts of a document; what stands inside an alert is a part of it, whatever it is called."""
    waiting = [element]
    while waiting:
        part = waiting.pop()
        if part.tag in _ALERTS:
            yield part
        else:
            waiting.extend(reversed(part))


def _vouched(data: bytes, alerts: list[Element], keys: str, now: datetime) -> list[Element | None]:
    """Of each alert what its signature covers, None where it has none. Only that is read of a signed one."""
    found = vouched_alerts(data, keys, _ALERTS, now)
    signed = [None if part is None else xml_of(part, *ENVELOPES) for part in found]
    if len(signed) != len(alerts) or any(part is not None and part.tag not in _ALERTS for part in signed):
        raise FormatError("signature-wrong")
    return signed


def is_answer(words: Words) -> bool:
    """Whether it is an acknowledgement or an error, which are no alerts."""
    return words.message_type.lower() in _ANSWERS


def identity(sender: str, identifier: str) -> str:
    """How `references` name an alert."""
    return (f"{sender},{identifier}" if sender else identifier)[:MAX_IDENTITY]


def references(text: str) -> tuple[str, ...]:
    """ "sender,identifier,sent sender,identifier,sent" as identities; what is not of that form names nothing."""
    names = (part.rpartition(",")[0] for part in text[:200_000].split()[:_MAX_REFERENCES])
    return tuple(dict.fromkeys(name[:MAX_IDENTITY] for name in names if "," in name.strip(",")))


def elements(alert: Element, language: str) -> tuple[Words, list[str]]:
    """What an `alert` element says (CAP 1.2, section 3.2), and the names of what it must have and has not."""
    words = Words(
        identifier=_own(alert, "identifier"),
        sender=_own(alert, "sender"),
        sent=_own(alert, "sent"),
        status=_own(alert, "status"),
        message_type=_own(alert, "msgType"),
        note=_own(alert, "note"),
        references=references(_own(alert, "references")),
    )
    lacking = [name for name in ("sender", "sent", "scope") if not _own(alert, name)]
    lacking += ["status"] * (words.status.lower() not in _STATUSES)
    lacking += ["msgType"] * (words.message_type.lower() not in _TYPES)
    infos = _chosen([part for part in alert if local_name(part) == "info"][:_MAX_INFOS], language)
    if not infos:
        return words, lacking + ["info"] * (words.message_type.lower() != "cancel")
    wanted = ("category", "event", "urgency", "severity", "certainty")
    return _put_together(words, infos), lacking + [name for name in wanted if not _own(infos[0], name)]


def _own(element: Element, name: str) -> str:
    return words_of(element, name).strip()


def _chosen(infos: list[Element], language: str) -> list[Element]:
    """The `info` elements of one language, the gravest first; those that are over only where all are."""
    spoken = [(_own(info, "language") or "en-US").split("-")[0].lower() for info in infos]
    wanted = next((known for known in (language.split("-")[0].lower(), "en", *spoken) if known in spoken), "")
    infos = [info for info, known in zip(infos, spoken, strict=True) if known == wanted]

    def rank(info: Element) -> tuple[int, int]:
        severity, urgency = _own(info, "severity").lower(), _own(info, "urgency").lower()
        return (
            SEVERITIES.index(severity) if severity in SEVERITIES else 0,
            _URGENCIES.index(urgency) if urgency in _URGENCIES else 1,
        )

    current = [info for info in infos if _own(info, "urgency").lower() != "past"]
    return sorted(current or infos, key=rank, reverse=True)


def _put_together(words: Words, infos: list[Element]) -> Words:
    """The alert with its `info`: headline and grade of the first, texts and places of all, each once."""
    lead = infos[0]
    areas = [part for info in infos for part in info if local_name(part) == "area"]
    codes = [part for area in areas for part in area if local_name(part) == "geocode"][:_MAX_CODES]

    def first(name: str) -> str:
        return next((found for info in infos if (found := _own(info, name))), "")

    def every(parts: list[Element], name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found for part in parts if (found := _own(part, name))))

    return replace(
        words,
        language=_own(lead, "language"),
        event=first("event"),
        headline=_own(lead, "headline"),
        descriptions=every(infos, "description"),
        instructions=every(infos, "instruction"),
        response=_own(lead, "responseType"),
        urgency=_own(lead, "urgency"),
        severity=_own(lead, "severity"),
        effective=_own(lead, "effective"),
        onset=_own(lead, "onset"),
        expires=every(infos, "expires"),
        web=first("web"),
        contact=first("contact"),
        sender_name=first("senderName"),
        areas=every(areas, "areaDesc"),
        codes=tuple(dict.fromkeys((_own(code, "valueName"), _own(code, "value")) for code in codes)),
    )


def draft(
    words: Words,
    now: datetime,
    kind: Kind | None,
    *,
    name: str = "",
    url: str = "",
    countries: tuple[str, ...] = (),
    is_wrapped: bool = False,
    warnings: tuple[Message, ...] = (),
) -> Draft:
    """What the words make. `name` stands in for sender and identifier, `url` for `web`, `countries` for the places.

    `is_wrapped`: every line break inside a paragraph is a wrap, as this issuer has it.
    """
    status = _STATUSES.get(words.status.lower(), "")
    withdraws = not status and words.message_type.lower() == "cancel"
    said = (plain(text, is_wrapped=is_wrapped) for text in words.instructions if not status)
    instruction = "\n\n".join(text for text in said if text.strip(" .-–—*").lower() not in _NO_WORDS)
    if instruction and words.urgency.lower() == "past":
        instruction, warnings = "", (*warnings, Message("cap-past", {}))
    sent, effective, onset = (dated(text, now) for text in (words.sent, words.effective, words.onset))
    expires = [dated(text, now) for text in words.expires]
    unread = next((moment.warnings for moment in (sent, effective, onset, *expires) if moment.warnings), ())
    own = name or identity(words.sender, words.identifier)
    return Draft(
        identity=own,
        title=escaped(words.headline or words.event or markup.fold(words.note)[:200]),
        body=_body(words, is_wrapped=is_wrapped),
        body_is_html=False,
        kind=kind or Kind.ALERT,
        url=url or words.web or None,
        countries=countries or countries_of(words),
        language=words.language if _LANGUAGE.fullmatch(words.language) else "",
        level=Level(None, words.severity, "CAP severity") if words.severity else None,
        status=(status,) if status else ("withdrawn",) if withdraws else (),
        issuer=words.sender_name or words.sender or None,
        issued=sent.at,
        issued_is_date=sent.is_date,
        effective=effective.at or onset.at,
        expires=max((moment.at for moment in expires if moment.at), default=None),
        instruction=instruction,
        urgency=_urgency(words.urgency.lower()),
        response_type=response(words.response),
        references=() if status else tuple(name for name in words.references if _is_own(name, words) and name != own),
        withdraws=withdraws,
        areas=tuple(area[:_AREA_NAME] for area in words.areas[:_MAX_AREAS]),
        warnings=(*warnings, *unread),
    )


def _is_own(reference: str, words: Words) -> bool:
    """Whether a reference is to a message of the same sender: nobody updates or cancels what another has said."""
    return bool(words.sender) and reference.rpartition(",")[0].lower() == words.sender.lower()


def _urgency(word: str) -> Urgency | None:
    return (Urgency(word) if word in set(Urgency) else Urgency.UNKNOWN) if word else None


def response(word: str) -> str | None:
    """CAP's spelling of a response type (3.2.2, `responseType`), or None; `None` is none."""
    return next((known for known in _RESPONSES if known.lower() == word.lower()), None)


def _body(words: Words, *, is_wrapped: bool) -> str:
    """The description, or the note where there is none; the places; whom to ask."""
    parts = [plain(text, is_wrapped=is_wrapped) for text in words.descriptions or (words.note,)]
    told = markup.fold(" ".join(parts))
    where = "; ".join(area for text in words.areas if (area := markup.fold(text)) and area not in told)
    if len(where) > _AREA_CHARACTERS:
        where = where[:_AREA_CHARACTERS].rpartition(";")[0] + "; …"
    return "\n\n".join(part for part in (*parts, where, markup.fold(words.contact)) if part)


def countries_of(words: Words) -> tuple[str, ...]:
    """Where an alert is for: by its geocodes, else by the authority that issues it, else by its areas' names.

    Names come last because counties and towns bear the names of countries (Georgia, Lebanon, Mexico).
    """
    found = dict.fromkeys(code for name, value in words.codes[:_MAX_CODES] for code in _of_code(name.lower(), value))
    if found:
        return tuple(found)
    authority, office = _AUTHORITY.search(words.identifier), _OFFICE.search(words.sender[-200:].lower())
    if authority:
        from babel.core import get_global  # only here: its table of codes is read when first asked

        known = tuple(filter(places.is_country, get_global("territory_aliases").get(authority[1].zfill(3)) or []))
        if known:
            return known
    code = office[1].upper() if office else ""
    if places.is_country(_OTHER_CODES.get(code, code)):
        return (_OTHER_CODES.get(code, code),)
    return places.from_names("; ".join(words.areas)[:2000])


def _of_code(name: str, value: str) -> list[str]:
    """The countries of one geocode, whose value may hold several codes."""
    for known, country in _OF_COUNTRY.items():
        if name.startswith(known):
            return [country]
    parts = value.upper().split()[:100]
    if name in _AMERICAN:
        at = _AMERICAN[name]
        return [_APART.get(part[at : at + 2], "US") for part in parts]
    if _BY_COUNTRY.match(name):
        codes = (re.split(r"[-_]", part)[0] for part in parts)
        if name.startswith(("nuts", "emma_id")):
            codes = (part[:2] for part in parts)
        read_as = (places.from_alpha3(code) if len(code) == 3 else _OTHER_CODES.get(code, code) for code in codes)
        return [code for code in read_as if code and places.is_country(code)]
    return []

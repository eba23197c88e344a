"""The sources that are known: the bundled list, or the one that the user names instead.

Reads TOML or JSON, checks every entry, and refuses a list that would have us fetch from where we must not:
https everywhere, plain http only on 127.0.0.1 or [::1] and only from a list that the user named, never typed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any  # what TOML or JSON gives before this room has checked it
from urllib.parse import urlsplit

from core.errors import InputError
from core.model import Kind, Source
from core.paths import RESOURCES

MAX_BYTES = 2_000_000
# The formats whose sources can be followed: those of `core.formats.READERS` that a source answers with.
READABLE = frozenset(
    {"rss", "atom", "json-feed", "actions", "cap", "nws", "gdacs", "cdc", "who", "us-json"}
    | {"govuk", "canada", "germany", "netherlands", "australia", "ireland", "japan"}
)
_JOINERS = "\u200c\u200d"  # Persian and Indic words need them
_ID = set("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def bundled() -> dict[str, Source]:
    """The sources that come with the program, by id: the governments', and the posts of the United States."""
    sources = _read((RESOURCES / "sources.toml").read_bytes(), RESOURCES / "sources.toml", from_user=False)
    return sources | {post.id: post for post in _posts()}


def posts_for(catalogue: Mapping[str, Source], countries: Iterable[str]) -> list[Source]:
    """The sources of a catalogue that speak of these countries and of few others: an embassy's alerts."""
    wanted = set(countries)
    return [source for source in catalogue.values() if wanted & set(source.countries) and is_readable(source)]


def _posts() -> Iterator[Source]:
    """The alert feeds of the United States' posts (`resources/posts.toml`)."""
    import tomllib  # 15 ms, and nobody needs it before the first paint

    for row in tomllib.loads((RESOURCES / "posts.toml").read_text(encoding="utf-8"))["posts"]:
        label, domain = row["site"].split(".", 1)
        yield Source(
            id=f"us-{'consulate' if domain.startswith('usconsulate') else 'embassy'}-{label}",
            name=f"United States: {row['name']}, alerts",
            issuer=row["issuer"],
            url=f"https://{row['site']}/category/alert/feed/",
            kind=Kind.ALERT,
            format="rss",
            countries=tuple(row["countries"]),
            language="en",
            licence="Public domain (work of the United States government)",
            attribution=f"{row['issuer']}, {row['site']}",
            tried="shape only",
        )


def is_readable(source: Source) -> bool:
    """Whether what a source publishes can be read; the others are listed, and never asked."""
    return source.format is None or source.format in READABLE


def load(path: str | None) -> dict[str, Source]:
    """The sources of the user's own list, or the bundled ones. InputError: it cannot be read or used."""
    if path is None:
        return bundled()
    file = Path(path)
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError("catalogue-unreadable", file=file.name, reason=error.strerror or "") from error
    if len(data) > MAX_BYTES:
        raise InputError("catalogue-too-large", file=file.name)
    return _read(data, file, from_user=True)


def _read(data: bytes, file: Path, *, from_user: bool) -> dict[str, Source]:
    import tomllib  # 15 ms, and nobody needs it before the first paint

    try:
        text = data.decode("utf-8-sig")
        table: Any = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        entries = list(table["sources"])
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise InputError("catalogue-not-a-list", file=file.name) from error
    found: dict[str, Source] = {}
    for number, entry in enumerate(entries, 1):
        source = _source(entry, number, file, from_user)
        if source.id in found:
            raise InputError("catalogue-double-id", file=file.name, source=source.id)
        found[source.id] = source
    return found


def _source(entry: Any, number: int, file: Path, from_user: bool) -> Source:
    def bad(what: str) -> InputError:
        return InputError("catalogue-bad-entry", file=file.name, number=number, what=what)

    if not isinstance(entry, dict):
        raise bad("entry")

    def text(key: str, default: str | None = None) -> str:
        value = entry.get(key, default)
        if value is None and default is not None:
            value = default
        if not isinstance(value, str) or len(value) > 2000:
            raise bad(key)
        return _one_line(value)

    name, url = text("id"), entry.get("url")
    if not name or len(name) > 80 or not set(name) <= _ID:
        raise bad("id")
    if not isinstance(url, str) or len(url) > 2000 or not may_fetch(url, from_user=from_user):
        raise bad("url")
    countries = entry.get("countries") or []
    if not isinstance(countries, list) or not all(
        isinstance(c, str) and len(c) == 2 and c.isascii() and c.isalpha() for c in countries
    ):
        raise bad("countries")
    hosts = entry.get("hosts") or []
    if not isinstance(hosts, list) or not all(isinstance(host, str) and _is_host(host) for host in hosts):
        raise bad("hosts")
    try:
        kind = Kind(text("kind")) if entry.get("kind") else None
    except ValueError as error:
        raise bad("kind") from error

    def beside(key: str) -> str | None:
        """A file that the entry names, beside the list."""
        return None if entry.get(key) is None else str((file.parent / text(key)).absolute())

    return Source(
        id=name,
        name=text("name", name),
        issuer=text("issuer", text("name", name)),
        url=url,
        kind=kind,
        format=text("format") if entry.get("format") else None,
        countries=tuple(country.upper() for country in countries),
        language=text("language", ""),
        roots=beside("roots"),
        keys=beside("keys"),
        hosts=tuple(hosts),
        licence=text("licence", ""),
        attribution=text("attribution", ""),
        tried=_one_line(str(entry.get("tried") or ""))[:200],
        from_user=from_user,
    )


def _one_line(words: str) -> str:
    """Words that a list may put into a line of ours: what moves a cursor or turns letters round is left out."""
    return "".join(sign for sign in words if sign.isprintable() or sign in _JOINERS)


def _is_host(words: str) -> bool:
    """Whether these are a host's name and no more, or with its port."""
    return len(words) <= 300 and may_fetch(f"https://{words}", from_user=False) and not set("/?#") & set(words)


def may_fetch(url: str, *, from_user: bool) -> bool:
    """Whether an address may stand in a catalogue."""
    if any(sign == " " or not sign.isprintable() for sign in url):
        return False  # `urlsplit` would leave some of these out, and another reader would not
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.password is not None:
        return False
    return parts.scheme == "https" or (from_user and parts.scheme == "http" and host in {"127.0.0.1", "::1"})

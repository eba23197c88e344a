"""Addresses that a source names: which of them may be opened, and as what. This room opens none."""

import re
from functools import lru_cache
from urllib.parse import parse_qs, urljoin, urlsplit

from core.bounds import CONTROLS

MAX_ADDRESS = 8_000
_MAX_WRAPPED = 3
_SPACE = re.compile(r"\s")
# An absolute address that would be written anew as it is: most are.
_USUAL_ADDRESS = re.compile(r"https?://([a-z0-9][a-z0-9.-]*[a-z0-9])(?:/[\w/.~%+-]*)?(?:\?[\w/.~%+=&-]+)?", re.ASCII)
_GATEWAYS = {"safelinks.protection.outlook.com": "url", "lnks.gd": "", "links.govdelivery.com": "url"}
_GATEWAY_HOSTS = tuple(_GATEWAYS)
_BUNDLED = re.compile(r"safeconduct:[a-z0-9-]{1,60}", re.ASCII)


def is_bundled(address: str) -> bool:
    """Whether something is the name of a list that comes with the program."""
    return _BUNDLED.fullmatch(address) is not None


def safe_address(address: str, base: str | None = None) -> str | None:
    """An absolute http or https address with mail gateways unwrapped and no credentials in it, or None."""
    # What is absolute is the same on every page of a feed, and remembered once.
    return _safe(address, None if address.startswith(("https://", "http://")) else base)


@lru_cache(maxsize=4096)
def _safe(address: str, base: str | None, *, wrapped: int = 0) -> str | None:
    if len(address) > MAX_ADDRESS or wrapped > _MAX_WRAPPED:
        return None
    usual = _USUAL_ADDRESS.fullmatch(address)
    if usual is not None and not usual[1].endswith(_GATEWAY_HOSTS):
        return address
    address = CONTROLS.sub("", address).strip()
    if not address or address.startswith(("//", "\\")) or "\\" in address:
        return None
    try:
        parts = urlsplit(urljoin(base, address) if base else address)
        host = parts.hostname or ""
        for gateway, parameter in _GATEWAYS.items():
            if parameter and host.endswith(gateway):
                inner = parse_qs(parts.query).get(parameter, [""])[0]
                return _safe(inner, None, wrapped=wrapped + 1) if inner else None
        _ = parts.port
    except ValueError:
        return None
    safe = parts.geturl()  # without line breaks and tabs, which no browser counts
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc or _SPACE.search(safe):
        return None
    return safe

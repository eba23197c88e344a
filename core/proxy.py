"""The proxy that the traveller chose: its address read, and connections through it. Names are asked for behind it.

No setting of the environment counts. Whoever chose a proxy is never connected without it.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any  # what the library hands through
from urllib.parse import unquote, urlsplit

from core.errors import FetchError, InputError

TOR = "socks5://127.0.0.1:9050"
NONE = "none"
_PORTS = {"socks5": 1080, "http": 8080}

Connect = Callable[[str, int], socket.socket]


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where it listens and how it is spoken to: `socks5` or `http`."""

    kind: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Its address without the words that open it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.kind}://{host}:{self.port}"


def proxy_in(text: str) -> Proxy | None:
    """The proxy that a setting names: `none`, `tor`, `socks5://HOST:PORT` or `http://HOST:PORT`, with or without
    `USER:PASSWORD@`. InputError: it names none.
    """
    text = text.strip()
    if text.lower() in {"", NONE}:
        return None
    try:
        parts = urlsplit(TOR if text.lower() == "tor" else text)
        kind = "socks5" if parts.scheme == "socks5h" else parts.scheme
        host, port = parts.hostname, parts.port or _PORTS.get(kind)
    except ValueError as error:
        raise InputError("proxy-unreadable") from error
    is_bare = parts.path in {"", "/"} and not parts.query and not parts.fragment
    if kind not in _PORTS or not host or port is None or not is_bare or not text.isprintable() or " " in text:
        raise InputError("proxy-unreadable")
    return Proxy(kind, host, port, unquote(parts.username or ""), unquote(parts.password or ""))


def tunnel(proxy: Proxy, host: str, port: int, connect: Connect) -> socket.socket:
    """A connection to a host behind the proxy, which looks its name up; `connect` makes the one to the proxy.

    FetchError: the proxy is not there, or does not reach the host.
    """
    from python_socks import ProxyError, ProxyType
    from python_socks.sync import Proxy as Through

    class Way(Through):
        """The library would connect on its own; our connections have a deadline that ends them."""

        def connect(self, *_: Any, **__: Any) -> socket.socket:
            try:
                return connect(proxy.host, proxy.port)
            except FetchError as error:
                if error.message.id in {"too-slow", "no-network"}:
                    raise
                raise FetchError("proxy-unreachable") from error

    kind = ProxyType.SOCKS5 if proxy.kind == "socks5" else ProxyType.HTTP
    words = (proxy.user or None, proxy.password if proxy.user else None)
    way = Way(kind, proxy.host, proxy.port)
    try:
        return Through(kind, proxy.host, proxy.port, *words, rdns=True, forward=way).connect(host, port)
    except FetchError:
        raise
    except TimeoutError as error:
        raise FetchError("too-slow") from error
    except (ProxyError, OSError, ValueError, AssertionError) as error:
        raise FetchError("proxy-refused") from error

"""A real proxy on the loopback: SOCKS5 (RFC 1928, 1929) or HTTP CONNECT. It notes what it was asked for.

Whatever host it is asked for, it connects to that port of 127.0.0.1: so a name that nobody else knows can be reached.
"""

import contextlib
import socket
import struct
import threading
from base64 import b64decode

from tests.hostile.raw import RawServer


class Relay(RawServer):
    """A proxy; with `user`, one that wants these words (`user:password`). `refuses`: it reaches nobody."""

    def __init__(self, kind: str, *, user: str = "", refuses: bool = False) -> None:
        super().__init__(self._socks if kind == "socks5" else self._http)
        self.kind, self.user, self.refuses = kind, user, refuses
        self.asked: list[tuple[str, int, bool]] = []
        """Host, port, and whether it came as a name."""

    def address(self, words: str = "") -> str:
        """What a traveller would type."""
        return f"{self.kind}://{words + '@' if words else ''}127.0.0.1:{self.port}"

    def _socks(self, client: socket.socket) -> None:
        methods = _exactly(client, _exactly(client, 2)[1])
        if self.user:
            if 2 not in methods:
                client.sendall(b"\x05\xff")
                return
            client.sendall(b"\x05\x02")
            _exactly(client, 1)
            words = [_exactly(client, _exactly(client, 1)[0]).decode() for _ in range(2)]
            client.sendall(b"\x01\x00" if ":".join(words) == self.user else b"\x01\x01")
            if ":".join(words) != self.user:
                return
        else:
            client.sendall(b"\x05\x00")
        kind = _exactly(client, 4)[3]
        if kind == 3:
            host = _exactly(client, _exactly(client, 1)[0]).decode()
        else:
            host = socket.inet_ntop(
                *((socket.AF_INET, _exactly(client, 4)) if kind == 1 else (socket.AF_INET6, _exactly(client, 16)))
            )
        (port,) = struct.unpack(">H", _exactly(client, 2))
        self.asked.append((host, port, kind == 3))
        client.sendall(b"\x05" + (b"\x04" if self.refuses else b"\x00") + b"\x00\x01" + bytes(6))
        if not self.refuses:
            _join(client, port)

    def _http(self, client: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += _exactly(client, 1)
        first, *lines = head.decode().split("\r\n")
        host, port = first.split()[1].rsplit(":", 1)
        words = [line.split()[-1] for line in lines if line.lower().startswith("proxy-authorization: basic ")]
        is_welcome = not self.user or (words and b64decode(words[0]).decode() == self.user)
        self.asked.append((host, int(port), True))
        if self.refuses or not is_welcome:
            client.sendall(b"HTTP/1.1 %s\r\n\r\n" % (b"502 Bad Gateway" if is_welcome else b"407 Who Are You"))
            return
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        _join(client, int(port))


def _exactly(client: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = client.recv(count - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return data


def _join(client: socket.socket, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 5) as server:
        back = threading.Thread(target=_copy, args=[server, client], name="relay back")
        back.start()
        _copy(client, server)
        back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)

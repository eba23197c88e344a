"""A server that speaks bytes: what a real one never sends, and sockets in states that no library makes.

Each connection is handed to a function with its socket; the server joins every thread when it ends.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

Talk = Callable[[socket.socket], None]


def saying(*pieces: bytes) -> Talk:
    """Read a request's beginning, send these bytes, and close."""

    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        for piece in pieces:
            connection.sendall(piece)

    return talk


class RawServer:
    """Accepts connections on the loopback until the end of its context."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.connections = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self._stopping = threading.Event()
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="raw server")]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._threads[0].join()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()
        self._listening.close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listening.getsockname()[1])

    def url(self, scheme: str = "http") -> str:
        """The address of a feed on it."""
        return f"{scheme}://127.0.0.1:{self.port}/feed"

    def pause(self, seconds: float) -> bool:
        """Wait, and say whether the server still stands."""
        return not self._stopping.wait(seconds)

    def _accept(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = self._listening.accept()
                self.connections += 1
                connection.settimeout(10)
                self._open.append(connection)
                thread = threading.Thread(target=self._serve, args=[connection], name="raw connection")
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self.talk(connection)


@contextlib.contextmanager
def deaf_port() -> Iterator[int]:
    """A port of 127.0.0.1 where connecting never succeeds and is never refused: its queue is full (Linux)."""
    with contextlib.ExitStack() as held:
        listening = held.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(3):
            waiting = held.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield int(listening.getsockname()[1])

"""One window a profile: a second start raises the first, over a socket that its own user alone may open.

On Windows that is a named pipe, as Qt has it. Elsewhere it is a plain socket: Qt's network weighs three megabytes.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from core.calling import OK, address, is_there, socket_file

if TYPE_CHECKING:
    import socket

    from PySide6.QtNetwork import QLocalServer

MAX_BYTES = 500
# Who calls and says nothing is let go when so many others have called.
MOST_CALLERS = 8


class Single(QObject):
    """`raised`: the program was started once more."""

    raised = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._address = address(folder)
        self._ear: _Socket | _Pipe | None = None

    def listen(self) -> None:
        """Be there for a second start. Where another window of this profile is there already, it stays the first."""
        self._ear = _Pipe(self) if sys.platform == "win32" else _Socket(self)
        self._ear.listen(self._address)

    def close(self) -> None:
        """Be there no more."""
        if self._ear is not None:
            self._ear.close()

    def hear(self, said: bytes) -> None:
        """Another start has said this, and is answered."""
        token = said.partition(b" ")[2].strip().decode("ascii", "ignore")
        if token:  # what lets a window come to the front on Wayland
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.raised.emit()


class _Socket:
    """Listens at a file, without ever waiting."""

    def __init__(self, single: Single) -> None:
        self._single = single
        self._listens: QSocketNotifier | None = None
        self._line: socket.socket | None = None
        self._callers: dict[socket.socket, QSocketNotifier] = {}

    def listen(self, name: str) -> None:
        import socket

        file, line = socket_file(name), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            try:
                line.bind(str(file))
            except OSError:
                if is_there(name):
                    line.close()
                    return
                file.unlink(missing_ok=True)  # of a window whose battery died
                line.bind(str(file))
            file.chmod(0o600)  # nobody is let in before the next line
            line.listen(MOST_CALLERS)
        except OSError:
            line.close()
            return
        line.setblocking(False)
        self._file, self._line = file, line
        self._listens = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self._single)
        self._listens.activated.connect(lambda *_: self._called())

    def close(self) -> None:
        for caller in list(self._callers):
            self._let_go(caller)
        if self._line is not None and self._listens is not None:
            self._listens.setEnabled(False)
            self._line.close()
            self._line = None
            with suppress(OSError):
                self._file.unlink()

    def _called(self) -> None:
        if self._line is None:
            return
        try:
            caller, _ = self._line.accept()
        except OSError:
            return
        caller.setblocking(False)
        if len(self._callers) >= MOST_CALLERS:
            self._let_go(next(iter(self._callers)))
        speaks = self._callers[caller] = QSocketNotifier(caller.fileno(), QSocketNotifier.Type.Read, self._single)
        speaks.activated.connect(lambda *_: self._spoken(caller))

    def _spoken(self, caller: "socket.socket") -> None:
        said = b""
        with suppress(OSError):
            said = caller.recv(MAX_BYTES)
            if said:
                caller.sendall(OK)
        self._let_go(caller)
        if said:
            self._single.hear(said)

    def _let_go(self, caller: "socket.socket") -> None:
        speaks = self._callers.pop(caller, None)
        if speaks is not None:
            speaks.setEnabled(False)
            speaks.deleteLater()
            caller.close()


class _Pipe:
    """Listens at a named pipe."""

    def __init__(self, single: Single) -> None:
        self._single = single
        self._server: QLocalServer | None = None

    def listen(self, name: str) -> None:
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self._single)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._called)
        server.listen(name)
        self._server = server

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def _called(self) -> None:
        caller = self._server.nextPendingConnection() if self._server else None
        if caller is None:
            return

        def answer() -> None:
            said = bytes(caller.readAll().data())[:MAX_BYTES]
            caller.write(OK)
            caller.disconnectFromServer()
            self._single.hear(said)

        caller.readyRead.connect(answer)
        caller.disconnected.connect(caller.deleteLater)

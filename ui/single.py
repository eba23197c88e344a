"""One window a profile: a second start raises the first, over a socket that its own user alone may open."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.calling import OK, address, is_there

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

MAX_BYTES = 500


class Single(QObject):
    """`raised`: the program was started once more."""

    raised = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._address = address(folder)
        self._server: QLocalServer | None = None

    def listen(self) -> None:
        """Be there for a second start. Where another window of this profile is there already, it stays the first."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._called)
        if not server.listen(self._address) and not is_there(self._address):
            QLocalServer.removeServer(self._address)  # of a window whose battery died
            server.listen(self._address)
        self._server = server

    def close(self) -> None:
        """Be there no more."""
        if self._server is not None:
            self._server.close()

    def _called(self) -> None:
        caller = self._server.nextPendingConnection() if self._server else None
        if caller is None:
            return

        def answer() -> None:
            said = bytes(caller.readAll().data())[:MAX_BYTES]
            token = said.partition(b" ")[2].strip().decode("ascii", "ignore")
            if token:  # what lets a window come to the front on Wayland
                os.environ["XDG_ACTIVATION_TOKEN"] = token
            caller.write(OK)
            caller.disconnectFromServer()
            self.raised.emit()

        caller.readyRead.connect(answer)
        caller.disconnected.connect(caller.deleteLater)

"""A real tray for a private bus: org.kde.StatusNotifierWatcher, with a host.

    python tray_service.py    with DBUS_SESSION_BUS_ADDRESS set

Writes "ready" when it is there, and the name of each icon that registers.
"""

import asyncio
import sys

from dbus_fast import PropertyAccess
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusInt32, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

_NAME = "org.kde.StatusNotifierWatcher"


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


class Watcher(ServiceInterface):
    """The interface. Its members keep the bus's spelling."""

    def __init__(self) -> None:
        super().__init__(_NAME)

    @dbus_method()
    def RegisterStatusNotifierItem(self, service: DBusStr) -> None:
        _say(service)
        self.StatusNotifierItemRegistered(service)

    @dbus_method()
    def RegisterStatusNotifierHost(self, service: DBusStr) -> None:
        """The host is this program itself."""

    @dbus_property(access=PropertyAccess.READ)
    def IsStatusNotifierHostRegistered(self) -> DBusBool:
        return True

    @dbus_property(access=PropertyAccess.READ)
    def ProtocolVersion(self) -> DBusInt32:
        return 0

    @dbus_signal()
    def StatusNotifierItemRegistered(self, service: str) -> DBusStr:
        return service


async def _serve() -> None:
    bus = await MessageBus().connect()
    bus.export("/StatusNotifierWatcher", Watcher())
    await bus.request_name(_NAME)
    _say("ready")
    await bus.wait_for_disconnect()


if __name__ == "__main__":
    asyncio.run(_serve())

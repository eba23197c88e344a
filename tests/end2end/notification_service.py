"""A real notification service for a private bus: org.freedesktop.Notifications 1.2.

    python notification_service.py    with DBUS_SESSION_BUS_ADDRESS set

Writes a JSON line to standard output for each thing that happens ({"event": "ready" | "notify" | "close" |
"closed" | "action" | "fault", ...}), and obeys JSON lines on standard input:

    {"do": "act", "id": 1, "action": "default"}     emits ActionInvoked
    {"do": "close", "id": 1, "reason": 2}           emits NotificationClosed

A reason is 1 (expired), 2 (dismissed) or 3 (closed by a call). It shows nothing and decides nothing, and
ends when standard input does.
"""

import asyncio
import itertools
import json
import sys
from typing import Annotated, Any

from dbus_fast import Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

_Strings = Annotated[list[str], DBusSignature("as")]
_ServerInformation = Annotated[list[str], DBusSignature("ssss")]
_IdAndReason = Annotated[list[int], DBusSignature("uu")]
_IdAndAction = Annotated[list[int | str], DBusSignature("us")]


def _say(event: str, **values: object) -> None:
    sys.stdout.write(json.dumps({"event": event} | values, default=repr, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _plain(value: Any) -> Any:  # Any: whatever a hint may hold
    return _plain(value.value) if isinstance(value, Variant) else value


class Notifications(ServiceInterface):
    """The interface. Its methods keep the bus's spelling."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.Notifications")
        self._ids = itertools.count(1)
        self._shown: set[int] = set()

    @dbus_method()
    def Notify(
        self,
        app_name: DBusStr,
        replaces_id: DBusUInt32,
        app_icon: DBusStr,
        summary: DBusStr,
        body: DBusStr,
        actions: _Strings,
        hints: DBusDict,
        expire_timeout: DBusInt32,
    ) -> DBusUInt32:
        number = replaces_id or next(self._ids)
        self._shown.add(number)
        _say(
            "notify",
            id=number,
            app_name=app_name,
            replaces_id=replaces_id,
            app_icon=app_icon,
            summary=summary,
            body=body,
            actions=dict(zip(actions[::2], actions[1::2], strict=True)),
            hints={name: _plain(value) for name, value in hints.items()},
            expire_timeout=expire_timeout,
        )
        return number

    @dbus_method()
    def CloseNotification(self, number: DBusUInt32) -> None:
        _say("close", id=number)
        self.close(number, 3)

    @dbus_method()
    def GetCapabilities(self) -> _Strings:
        return ["actions", "body", "body-markup", "persistence"]

    @dbus_method()
    def GetServerInformation(self) -> _ServerInformation:
        return ["safe-conduct-tests", "Safe Conduct", "1", "1.2"]

    @dbus_signal()
    def NotificationClosed(self, number: int, reason: int) -> _IdAndReason:
        return [number, reason]

    @dbus_signal()
    def ActionInvoked(self, number: int, action: str) -> _IdAndAction:
        return [number, action]

    def close(self, number: int, reason: int) -> None:
        if number in self._shown:
            self._shown.discard(number)
            self.NotificationClosed(number, reason)
            _say("closed", id=number, reason=reason)

    def obey(self, order: dict[str, Any]) -> None:  # Any: JSON
        match order:
            case {"do": "act", "id": int(number), "action": str(action)}:
                self.ActionInvoked(number, action)
                _say("action", id=number, action=action)
            case {"do": "close", "id": int(number), "reason": int(reason)}:
                self.close(number, reason)
            case _:
                _say("fault", order=order)


async def _serve() -> None:
    bus = await MessageBus().connect()
    service = Notifications()
    bus.export("/org/freedesktop/Notifications", service)
    await bus.request_name("org.freedesktop.Notifications")
    _say("ready")
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    async for line in orders:
        service.obey(json.loads(line))
    bus.disconnect()


if __name__ == "__main__":
    asyncio.run(_serve())

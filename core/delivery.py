"""A notice sent to see whether the desktop really shows one: what its service answers, and how the notice ends.

Where the service is that of freedesktop.org, its own words count (Desktop Notifications Specification 1.2: Notify,
ActionInvoked, NotificationClosed); elsewhere only that it was taken can be known. The notice is as discreet as any.
"""

import asyncio
import sys
from typing import Any  # dbus-fast makes a service's methods at run time

from core import tell
from core.model import Message, Notice
from core.wording import say, tr

PATIENCE_S = 20.0
# What is closed sooner than this was seen by nobody.
AT_ONCE_S = 1.0
_NAME, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_EXPIRED, _DISMISSED = 1, 2
TEST = Notice(Message("notice-title"), Message("delivery-test"), (), urgent=False)


async def try_delivery(patience_s: float = PATIENCE_S) -> Message:
    """Send a notice and say what became of it, within the patience and a few seconds."""
    if sys.platform != "linux":
        return Message("delivery-taken") if await tell.show(tell.service(), TEST) else Message("delivery-refused")
    from dbus_fast.aio import MessageBus

    try:
        bus = await asyncio.wait_for(MessageBus().connect(), tell.PATIENCE_S)
    except Exception:  # whatever keeps a bus from being there
        return Message("delivery-no-service")
    try:
        return await _asked(bus, patience_s)
    finally:
        bus.disconnect()


async def _asked(bus: Any, patience_s: float) -> Message:
    from dbus_fast import Variant

    loop = asyncio.get_running_loop()
    ended: asyncio.Future[str | int] = loop.create_future()
    early: list[tuple[int, str | int]] = []  # a service may close a notice before it has said which number it has
    number: int | None = None

    def end(which: int, how: str | int) -> None:
        early.append((which, how))
        if which == number and not ended.done():
            ended.set_result(how)

    try:
        seen = await asyncio.wait_for(bus.introspect(_NAME, _PATH), tell.PATIENCE_S)
        service = bus.get_proxy_object(_NAME, _PATH, seen).get_interface(_NAME)
        service.on_notification_closed(end)
        service.on_action_invoked(end)
    except Exception:  # nobody has the name, or who has it is silent or something else
        return Message("delivery-no-service")
    began = loop.time()
    try:
        number = await asyncio.wait_for(
            service.call_notify(
                tell.APPLICATION_NAME, 0, "", say(TEST.title), say(TEST.line),
                ["seen", tr("I see it")], {"urgency": Variant("y", 1)}, -1,
            ),
            tell.PATIENCE_S,
        )  # fmt: skip
    except Exception:  # the service refuses, errs or is silent: for the traveller it is the same
        return Message("delivery-refused")
    for which, how in tuple(early):
        end(which, how)
    try:
        how = await asyncio.wait_for(ended, patience_s)
    except TimeoutError:
        return Message("delivery-taken")
    if isinstance(how, str) or how == _DISMISSED:
        return Message("delivery-seen")
    if loop.time() - began < AT_ONCE_S:
        return Message("delivery-dropped")
    return Message("delivery-expired") if how == _EXPIRED else Message("delivery-closed")

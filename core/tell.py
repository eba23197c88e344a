"""Notices to the desktop, through the platform's own service. The window's half is `ui/notifier.py`.

desktop-notifier speaks to the daemon; some daemons read markup in a body, so every word is escaped here. Where
there is no daemon nothing is said and the caller keeps what was not told.
"""

import asyncio
import html
import logging
from collections.abc import Callable, Sequence
from typing import cast

from core.model import Notice
from core.wording import say, tr

log = logging.getLogger(__name__)

APPLICATION_NAME = "Safe Conduct"
MAX_TITLE, MAX_LINE = 120, 240
PATIENCE_S = 5.0


def service() -> object:
    """The desktop's notice service, for the thread and loop that will use it."""
    from desktop_notifier import DesktopNotifier

    # Its log would carry the words of a notice.
    logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
    return DesktopNotifier(app_name=APPLICATION_NAME, app_icon=None)


async def show(notifier: object, notice: Notice, opened: Callable[[], None] | None = None) -> bool:
    """Show one notice; with `opened`, with the buttons Open and Later, and it is called when Open is pressed.

    True: the desktop took it. `notifier` is what `service` gave.
    """
    from desktop_notifier import Button, DesktopNotifier, Urgency

    taken: list[bool] = []
    buttons = [Button(tr("Open"), on_pressed=opened), Button(tr("Later"))] if opened else []
    try:
        await asyncio.wait_for(
            cast(DesktopNotifier, notifier).send(
                title=_shortened(say(notice.title), MAX_TITLE),
                message=html.escape(_shortened(say(notice.line), MAX_LINE), quote=False),
                urgency=Urgency.Critical if notice.urgent else Urgency.Normal,
                buttons=buttons,
                on_clicked=opened,
                on_dispatched=lambda: taken.append(True),
            ),
            PATIENCE_S,
        )
    except Exception as error:  # whatever a desktop's service does, it must not stop a check
        log.info("no notice was shown: %s", type(error).__name__)
    return bool(taken)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def tell_once(notices: Sequence[Notice]) -> bool:
    """Show notices from a program that ends at once; there is nobody to press a button. True: all were taken."""

    async def all_of_them() -> bool:
        notifier = service()
        return all([await show(notifier, notice) for notice in notices])

    return asyncio.run(all_of_them())

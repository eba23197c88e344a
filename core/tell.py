"""Notices to the desktop, through the platform's own service. The window's half is `ui/notifier.py`.

desktop-notifier speaks to the daemon; some daemons read markup in a body, so every word is escaped here. Where
there is no daemon nothing is said and the caller keeps what was not told.
"""

import asyncio
import html
import logging
from collections.abc import Callable, Sequence

from core.model import Notice
from core.wording import say, tr

log = logging.getLogger(__name__)

APPLICATION_NAME = "Safe Conduct"
MAX_TITLE, MAX_LINE = 120, 240
PATIENCE_S = 5.0


async def show(notifier: object, notice: Notice, opened: Callable[[], None] | None = None) -> bool:
    """Show one notice with the buttons Open and Later; `opened` is called when Open or the notice is clicked.

    True: a service took it. `notifier` is a `desktop_notifier.DesktopNotifier`.
    """
    from desktop_notifier import Button, DesktopNotifier, Urgency

    if not isinstance(notifier, DesktopNotifier):
        raise TypeError("not a DesktopNotifier")
    buttons = [Button(tr("Open"), on_pressed=opened), Button(tr("Later"))] if opened else []
    try:
        await asyncio.wait_for(
            notifier.send(
                title=_shortened(say(notice.title), MAX_TITLE),
                message=html.escape(_shortened(say(notice.line), MAX_LINE), quote=False),
                urgency=Urgency.Critical if notice.urgent else Urgency.Normal,
                buttons=buttons,
                on_clicked=opened,
            ),
            PATIENCE_S,
        )
    except Exception as error:  # whatever a desktop's service does, it must not stop a check
        log.info("no notice was shown: %s", type(error).__name__)
        return False
    return True


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def tell_once(notices: Sequence[Notice]) -> bool:
    """Show notices from a program that ends at once; there is nobody to press a button. True: all were taken."""
    from desktop_notifier import DesktopNotifier

    async def all_of_them() -> bool:
        notifier = DesktopNotifier(app_name=APPLICATION_NAME)
        return all([await show(notifier, notice) for notice in notices])

    return asyncio.run(all_of_them())

"""Notices to the desktop, through the platform's own service. The window's half is `ui/notifier.py`.

desktop-notifier speaks to the daemon; some daemons read markup, so no sign of it goes out. Where
there is no daemon nothing is said and the caller keeps what was not told.
"""

import asyncio
import html
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from core.model import Notice
from core.wording import say, tr

log = logging.getLogger(__name__)

APPLICATION_NAME = "Safe Conduct"
MAX_TITLE, MAX_LINE = 120, 240
PATIENCE_S = 5.0
_NO_MARKUP = str.maketrans({"<": "‹", ">": "›"})


def service() -> object:
    """The desktop's notice service, for the thread and loop that will use it."""
    from desktop_notifier import DesktopNotifier

    # Its log would carry the words of a notice.
    logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
    return DesktopNotifier(app_name=APPLICATION_NAME, app_icon=None)


@dataclass(frozen=True, slots=True)
class Acts:
    """What the buttons of a notice do. `done`: only where one item is named, so never in a discreet notice."""

    opened: Callable[[], None]
    later: Callable[[], None]
    done: Callable[[], None] | None = None


async def show(notifier: object, notice: Notice, acts: Acts | None = None) -> bool:
    """Show one notice, with `acts` with its buttons Open, Later and Done. `notifier` is what `service` gave.

    True: the desktop took it.
    """
    from desktop_notifier import Button, DesktopNotifier, Urgency

    taken: list[bool] = []
    buttons = []
    if acts is not None:
        buttons = [Button(tr("Open"), on_pressed=acts.opened), Button(tr("Later"), on_pressed=acts.later)]
        buttons += [Button(tr("Done"), on_pressed=acts.done)] if acts.done else []
    try:
        await asyncio.wait_for(
            cast(DesktopNotifier, notifier).send(
                title=_plain(say(notice.title), MAX_TITLE),
                message=html.escape(_plain(say(notice.line), MAX_LINE), quote=False),
                urgency=Urgency.Critical if notice.urgent else Urgency.Normal,
                buttons=buttons,
                on_clicked=acts.opened if acts else None,
                on_dispatched=lambda: taken.append(True),
            ),
            PATIENCE_S,
        )
    except Exception as error:  # whatever a desktop's service does, it must not stop a check
        log.info("no notice was shown: %s", type(error).__name__)
    return bool(taken)


def _plain(text: str, most: int) -> str:
    """Short, on one line, and with no sign that begins markup: some daemons read it in a title too."""
    flat = " ".join(text.split()).translate(_NO_MARKUP)
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def tell_once(notices: Sequence[Notice]) -> list[bool]:
    """Show notices from a program that ends at once; nobody can press a button. Of each, whether it was taken."""

    async def all_of_them() -> list[bool]:
        notifier = service()
        return [await show(notifier, notice) for notice in notices]

    return asyncio.run(all_of_them()) if notices else []

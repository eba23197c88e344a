"""Commands that run long or end everything: watch, wipe."""

import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from core import check as checking
from core import fetch, keys, lock, turns
from core.commands import shapes
from core.commands.checking import tell_untold
from core.commands.reading import source_line
from core.commands.session import Session
from core.errors import BusyError, InputError
from core.model import Source
from core.wording import tr

# So long at most without a look at the clock: a sleep or a clock that was set is noticed within a minute.
NAP_S = 20.0


def watch(session: Session) -> int:
    """`watch`: `check --due` until stopped, a JSON document a line with `--json`. A second one is refused."""
    if not session.profile.exists():
        raise InputError("nothing-followed")
    opener = session.opener()
    try:
        with lock.held(session.profile.watch_lock, 0.0):
            while True:
                _rest(opener, session.catalogue, until=_once(session, opener))
    except BusyError as error:
        raise InputError("watch-running") from error


def _once(session: Session, opener: checking.OpenStore) -> datetime | None:
    """One look, and what is to be told; gives when there is next something to tell, None where that is not known."""
    try:
        with lock.held(session.profile.check_lock, fetch.DEADLINE_S):
            report = checking.check(opener, session.catalogue, due_only=True)
    except BusyError:
        return None  # the window's checker was at it; the next look is soon
    moment = None
    if session.options.notify:
        with opener() as store:
            moment = tell_untold(session.profile, store)
    if session.options.json:
        shape = shapes.report(report.checked_at, report.sources, report.changes)
        sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")
    elif report.changes or not session.options.quiet:
        now = datetime.now(UTC)
        sys.stdout.write("\n".join(source_line(health, now) for health in report.sources) + "\n")
    sys.stdout.flush()
    return moment


def _rest(opener: checking.OpenStore, catalogue: Mapping[str, Source], until: datetime | None) -> None:
    """Nap until a source is due that can be asked, or until this moment."""
    while True:
        time.sleep(NAP_S)
        if until is not None and until <= datetime.now(UTC):
            return
        with opener() as store:
            if turns.is_any_due(store, catalogue, datetime.now(UTC)):
                return


def wipe(session: Session) -> int:
    """`wipe --yes`: the key first, then the files. It needs no key."""
    if not session.options.yes:
        raise InputError("wipe-unsure")
    if not session.profile.folder.is_dir() or not session.profile.is_ours():
        raise InputError("nothing-to-wipe")
    keys.destroy(session.profile)
    session.give({"wiped": True}, [tr("The key and the profile are destroyed.")])
    return 0

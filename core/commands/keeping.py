"""Commands that run long or end everything: watch, wipe."""

import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from core import check as checking
from core import fetch, keys, lock, schedule
from core.catalogue import is_readable
from core.commands import shapes
from core.commands.checking import tell_untold
from core.commands.reading import source_line
from core.commands.session import Session
from core.errors import BusyError, InputError
from core.model import Source
from core.store import sources
from core.wording import tr

# Never longer than this without a look at the clock: a sleep or a clock that was set is noticed within a minute.
LONGEST_NAP = timedelta(seconds=30)


def watch(session: Session) -> int:
    """`watch`: `check --due` until stopped, a JSON document a line with `--json`. A second one is refused."""
    if not session.profile.exists():
        raise InputError("nothing-followed")
    opener = session.opener()
    try:
        with lock.held(session.profile.watch_lock, 0.0):
            while True:
                _once(session, opener)
                _rest(opener, session.catalogue)
    except BusyError as error:
        raise InputError("watch-running") from error


def _once(session: Session, opener: checking.OpenStore) -> None:
    try:
        with lock.held(session.profile.check_lock, fetch.DEADLINE_S):
            report = checking.check(opener, session.catalogue, due_only=True)
    except BusyError:
        return  # the window's checker was at it; the next look is soon
    if session.options.notify:
        with opener() as store:
            tell_untold(store)
    if session.options.json:
        shape = shapes.report(report.checked_at, report.sources, report.changes)
        sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")
    elif report.changes or not session.options.quiet:
        now = datetime.now(UTC)
        sys.stdout.write("\n".join(source_line(health, now) for health in report.sources) + "\n")
    sys.stdout.flush()


def _rest(opener: checking.OpenStore, catalogue: Mapping[str, Source]) -> None:
    """Sleep until a source is due that can be asked, in short naps."""
    while True:
        time.sleep(1.0)
        with opener() as store:
            held = [
                one
                for one in sources.records(store).values()
                if one.followed and one.id in catalogue and is_readable(catalogue[one.id])
            ]
        now = datetime.now(UTC)
        if any(schedule.is_due(one.next_check, one.last_attempt, now, one.elapsed) for one in held):
            return
        left = min((one.next_check - now for one in held if one.next_check is not None), default=LONGEST_NAP)
        time.sleep(min(max(left, timedelta(0)), LONGEST_NAP).total_seconds())


def wipe(session: Session) -> int:
    """`wipe --yes`: the key first, then the files. It needs no key."""
    if not session.options.yes:
        raise InputError("wipe-unsure")
    if not session.profile.folder.is_dir() or not session.profile.is_ours():
        raise InputError("nothing-to-wipe")
    keys.destroy(session.profile)
    session.give({"wiped": True}, [tr("The key and the profile are destroyed.")])
    return 0

"""The command `check`: one look at the sources, for a terminal, a scheduler and the window alike."""

import json
import sys
from contextlib import ExitStack, suppress
from datetime import UTC, datetime

from core import check as checking
from core import fetch, limits, lock, wording
from core.changed import lines_of
from core.commands import shapes
from core.commands.reading import source_line
from core.commands.session import Session
from core.errors import BusyError, InputError
from core.model import Change
from core.paths import Profile
from core.store import advisories
from core.store.open import Store
from core.wording import say

# A summary, or three notices to a service that is silent.
TURN_S = 20.0


def check(session: Session) -> int:
    """`check`: exit 0 all verified, 3 at least one followed source could not be."""
    options = session.options
    limits.bound_this_process()
    if not session.profile.exists():
        raise InputError("nothing-followed")
    opener = session.opener()
    catalogue = session.catalogue
    try:
        deadline_s = fetch.DEADLINE_S if options.deadline is None else options.deadline
        with lock.held(session.profile.check_lock, deadline_s):
            report = checking.check(
                opener,
                catalogue,
                due_only=options.due,
                only=options.source,
                deadline_s=deadline_s,
                progress=_tell_progress if options.progress else lambda done, total, name: None,
            )
    except BusyError as error:
        sys.stderr.write(f"safeconduct: {say(error.message)}\n")
        report = checking.report(opener, catalogue, session.now)
        session.give(shapes.report(report.checked_at, report.sources, ()), [])
        return 3
    if options.notify:
        with opener() as store:
            tell_untold(session.profile, store)
    with opener() as store:
        titles = {change.advisory_id: _title(store, change) for change in report.changes}
    lines = [source_line(health, session.now) for health in report.sources] if not options.quiet else []
    lines += [f"{titles[change.advisory_id]}: {say(line)}" for change in report.changes for line in lines_of(change)]
    if not report.changes and not options.quiet and any(health.problem is None for health in report.sources):
        # Never where nothing could be verified: that no news came says nothing then.
        lines.append(wording.tr("Nothing new at the sources that could be checked."))
    session.give(shapes.report(report.checked_at, report.sources, report.changes), lines)
    return 0 if report.all_verified else 3


def _title(store: Store, change: Change) -> str:
    revision = advisories.newest(store, change.advisory_id)
    return revision.title if revision else change.advisory_id


def _tell_progress(done: int, total: int, name: str) -> None:
    sys.stdout.write(json.dumps({"done": done, "total": total, "source": name}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def tell_untold(profile: Profile, store: Store) -> datetime | None:
    """Show the desktop what was found or is due and not yet told, and remember what it took.

    Gives when there is next something to tell although no check brings it: a reminder, the end of quiet hours. While
    another process tells, its end is waited for: what both saw waiting would be told twice. One that never ends is
    not waited for longer than `TURN_S`: rather twice than never.
    """
    from core import tell, telling

    with ExitStack() as turn:
        with suppress(BusyError):
            turn.enter_context(lock.held(profile.tell_lock, TURN_S))
        chosen = telling.choose(store, datetime.now(UTC))
        for notice, taken in zip(chosen.notices, tell.tell_once(chosen.notices), strict=True):
            telling.shown(store, notice, datetime.now(UTC), taken=taken)
    return chosen.next_moment

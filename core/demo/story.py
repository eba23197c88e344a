"""The story in a terminal. Every line about an alert, an item or a notice comes from the real core."""

import sys
import time
from datetime import UTC, datetime

from core import catalogue, check, notices, telling
from core.commands import shapes
from core.commands.reading import item_line
from core.commands.session import Session
from core.demo import embassy as embassies
from core.demo.stage import SOURCE, Stage, stage
from core.freshness import freshness
from core.model import State
from core.store import advisories, checklists
from core.wording import say, tr

PAUSE_S = 0.6


def tell(session: Session) -> int:
    """`demo`: with `--json` the changes and items of each act, else the story in lines."""
    acts: list[dict[str, object]] = []
    with stage() as scene:
        _Teller(scene, session, acts).tell()
    if session.options.json:
        session.give({"acts": acts}, [])
    return 0


class _Teller:
    def __init__(self, scene: Stage, session: Session, acts: list[dict[str, object]]) -> None:
        self._scene, self._session, self._acts = scene, session, acts
        self._sources = catalogue.load(str(scene.catalogue))

    def say(self, line: str = "") -> None:
        if not self._session.options.json:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            if line and sys.stdout.isatty():
                time.sleep(PAUSE_S)

    def tell(self) -> None:
        self.say(tr("A demo on a temporary profile. The embassy, its country and its texts are made up."))
        issued = embassies.now()
        self.say()
        self.say(tr("The embassy posts an alert."))
        self._scene.embassy.publish(embassies.ordered_departure(issued))
        name = self.check()[0]
        with self._scene.store() as store:
            revision = advisories.newest(store, name)
            if revision is None:
                raise AssertionError("the alert was not kept")
            checklist = checklists.start_following(store, revision, datetime.now(UTC))
            items = checklists.items(store, checklist)
        self.items(checklist)
        self.say()
        self.say(tr("She ticks three and writes a note; each is on the disk before the box stays ticked."))
        with self._scene.store() as store:
            checklists.set_state(store, [item.id for item in items[1:4]], State.DONE, datetime.now(UTC))
            checklists.set_note(store, items[0].id, tr("bus at 17:40, seat 14C"))
        self.items(checklist)
        self.say()
        self.say(tr("The embassy rewords one action, adds one and drops one."))
        self._scene.embassy.publish(embassies.reworded(embassies.now()))
        self.check()
        self.items(checklist)
        self.say()
        self.say(tr("The network goes down."))
        self._scene.embassy.__exit__(None, None, None)
        self.check()
        self.say(tr("Everything that was fetched can still be read. With a display the same story plays in a window."))

    def check(self) -> list[str]:
        """One real check; says what it found and what the traveller would be told."""
        report = check.check(self._scene.store, self._sources, deadline_s=5)
        now = datetime.now(UTC)
        for change in report.changes:
            with self._scene.store() as store:
                revision = advisories.newest(store, change.advisory_id)
            title = revision.title if revision else ""
            self.say(f"  {title}: {say(notices.line_for(change))}")
        with self._scene.store() as store:
            for notice in telling.choose(store, now).notices:
                words = f"{say(notice.title)}: {say(notice.line)}"
                self.say("  " + tr("The desktop shows: {words}").format(words=words))
                telling.shown(store, notice, now, taken=True)
        for health in report.sources:
            line = freshness(health.last_verified, health.problem, now, stale=health.state == "stale")
            self.say(f"  {self._sources[SOURCE].name}: {line}")
        self._acts.append(shapes.report(report.checked_at, report.sources, report.changes))
        return [change.advisory_id for change in report.changes]

    def items(self, checklist: str) -> None:
        with self._scene.store() as store:
            found = checklists.items(store, checklist)
        now = datetime.now(UTC)
        for item in found:
            self.say("  " + item_line(item, now))
        self._acts.append({"items": [shapes.item(item, now) for item in found]})

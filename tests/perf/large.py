"""A profile as large as any will be: `python -m tests.perf.large FOLDER [ADVISORIES]`.

5,000 advisories in three revisions each, and 200 checklists that follow the longest of them: more than 10,000 items.
Everything goes the way of the data: a feed's bytes, read, compared, kept, the checklists reconciled. The key lies
under the passphrase of `tests.profiles`, or where `keep` puts it. A few minutes; the same command gives the same texts.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from core import intake, saving, telling
from core.store import checklists, sources
from core.store.open import Store
from tests.profiles import EMBASSY, cheap_profile
from tests.texts import Alert, embassy_feed

ADVISORIES, REVISIONS, LISTS, LONG, SHORT = 5000, 3, 200, 52, 7
AT_ONCE = 100
VERBS = ("Avoid", "Leave", "Keep away from", "Report", "Check", "Prepare", "Carry", "Follow")
WORDS = (
    "the", "road", "to", "airport", "bridge", "market", "north", "quarter", "before", "dark", "with", "papers", "water",
    "cash", "for", "five", "days", "crowds", "near", "government", "offices", "on", "foot", "in", "small", "groups",
)  # fmt: skip


def _alert(number: int, revision: int) -> Alert:
    """One post, in the wording of a revision: a tenth of its lines is reworded each time."""
    lines = []
    for line in range(LONG if number < LISTS else SHORT):
        chance = random.Random(f"{number} {line}")
        words = [chance.choice(VERBS), *chance.choices(WORDS, k=chance.randint(4, 18)), f"{number}-{line}."]
        if line % 10 < revision - 1:
            words.insert(3, f"({revision})")
        lines.append(" ".join(words))
    days = timedelta(days=number % 300, hours=-revision)
    stamp = format_datetime(datetime(2026, 3, 1, tzinfo=UTC) - days)
    html = f"<p>Number {number} of the district, revision {revision}.</p><p><strong>Actions to take:</strong></p>"
    html += f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
    return Alert(f"Security alert {number}: district {number % 97}", f"https://example.org/{number}", html, stamp)


def feeds(count: int, revision: int) -> Iterator[bytes]:
    """The posts of a revision, a hundred a document."""
    for start in range(0, count, AT_ONCE):
        yield embassy_feed([_alert(number, revision) for number in range(start, min(start + AT_ONCE, count))])


def fill(store: Store, count: int = ADVISORIES) -> None:
    """Bring everything into an open store, which follows the embassy from then on."""
    with store.transaction():
        sources.follow(store, [EMBASSY.id], [])
    now = datetime.now(UTC)
    for revision in range(1, REVISIONS + 1):
        started = 0
        for feed in feeds(count, revision):
            taken = intake.take(feed, EMBASSY, now).revisions
            saving.save_document(store, taken, (), now, first_look=revision == 1)
            for one in taken if revision == 1 else ():
                if len(one.actions) >= LONG - 2 and started < LISTS:
                    checklists.start_following(store, one._replace(number=1), now)
                    started += 1
    # As in a profile that is in use: what came was told long ago.
    for notice in telling.choose(store, now).notices:
        telling.shown(store, notice, now, taken=True)


def main(folder: Path, count: int) -> None:
    """Make it and say how large it is."""
    since = time.monotonic()
    profile, key = cheap_profile(folder)
    with Store.open(profile.database, key) as store:
        fill(store, count)
        for what in ("advisory", "revision", "checklist", "item"):
            ((number,),) = store.rows(f"SELECT count(*) FROM {what}")  # names of tables
            print(what, number)
    print(f"{profile.database.stat().st_size / 2**20:.0f} MiB in {time.monotonic() - since:.0f} s")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit("usage: python -m tests.perf.large FOLDER [ADVISORIES]")
    main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else ADVISORIES)

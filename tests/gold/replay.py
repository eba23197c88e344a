"""Checklists through the real revisions: a real source, the real check, and half of every list ticked at the start.

    python -m tests.gold.replay [--every N]    all revised documents, or one in N of them, drawn by a seed

All documents are items of one feed on a loopback server. At each step every document that has another state shows it.
What must hold is counted as faults: an action whose wording stays loses nothing, what changed in form alone is not
told, and each change of level or status is told exactly once.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from core.check import check
from core.model import Change, ChangeKind, Item, Kind, Revision, Source, Standing, State
from core.sameness import normalised
from core.store import advisories, checklists, sources
from core.store.open import Store
from tests.gold import series
from tests.profiles import cheap_profile
from tests.servers import LoopbackFeed

SEED = 20261125


@dataclass
class Outcome:
    """What a replay came to: counts by name, and each thing that must not happen."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, document: series.Document, step: int, words: str) -> None:
        self.faults.append(f"{document.name}, state {step + 1}: {words}")


def replay(documents: Sequence[series.Document], folder: Path) -> Outcome:
    """Lead these documents through all their states."""
    profile, key = cheap_profile(folder / "profile")
    outcome = Outcome()

    def store() -> Store:
        return Store.open(profile.database, key)

    with LoopbackFeed() as server:
        source = Source("series", "Series", "The issuers", server.url("/feed"), Kind.COUNTRY, from_user=True)
        with store() as opened, opened.transaction():
            sources.follow(opened, [source.id], [])
        for step in range(max(len(document.files) for document in documents)):
            shown = [document.files[min(step, len(document.files) - 1)] for document in documents]
            server.publish("/feed", series.feed(*map(series.item, documents, shown)))
            with store() as opened:
                before = {document: _items(opened, document) for document in documents}
            report = check(store, {source.id: source})
            assert report.all_verified, report.sources
            for repeated in check(store, {source.id: source}).changes:
                outcome.faults.append(f"step {step + 1}: {repeated.advisory_id} changed again without a change")
            found = {change.advisory_id: change for change in report.changes}
            with store() as opened:
                for document in documents:
                    if step == 0:
                        _begin(opened, document)
                    elif step < len(document.files):
                        outcome.counts["states"] += 1
                        _judge_items(outcome, document, step, before[document], _items(opened, document))
                        _judge_change(outcome, document, step, found.get(_id(document)))
        with store() as opened:
            outcome.counts["notices"] = len(advisories.untold(opened))
    return outcome


def _id(document: series.Document) -> str:
    return series.state(document, document.files[0]).advisory_id


def _items(store: Store, document: series.Document) -> list[Item]:
    held = checklists.following(store, _id(document))
    return checklists.items(store, held.id) if held else []


def _begin(store: Store, document: series.Document) -> None:
    """Start the document's list, and tick every other item."""
    revision = advisories.newest(store, _id(document))
    assert revision is not None
    name = checklists.start_following(store, revision, datetime.now(UTC))
    items = checklists.items(store, name)
    checklists.set_state(store, [item.id for item in items[::2]], State.DONE, datetime.now(UTC))


def _judge_items(
    outcome: Outcome, document: series.Document, step: int, before: Sequence[Item], after: Sequence[Item]
) -> None:
    """Compare what a state made of the list with what it says itself."""
    now = {item.id: item for item in after}
    state = series.state(document, document.files[step])
    outcome.counts.update(_what_became(before, now))
    outcome.counts["identical wording"] += _staying(before, state).total()
    for words in _lost(before, now, state):
        outcome.fault(document, step, words)


def _judge_change(outcome: Outcome, document: series.Document, step: int, change: Change | None) -> None:
    """Compare what is told with what two states say themselves."""
    old, new = (series.state(document, document.files[at]) for at in (step - 1, step))
    kinds = change.kinds if change else ()
    is_told = change is not None and change.notice
    outcome.counts[f"change: {kinds[0] if kinds else 'none'}"] += 1
    if change is not None:
        outcome.counts["important"] += len(change.important)
        outcome.counts["overtaken"] += len(change.overtaken)
    values = [state.level.value if state.level else None for state in (old, new)]
    for kind, differs in (
        (ChangeKind.LEVEL, values[0] != values[1]),
        (ChangeKind.STATUS, set(old.status) != set(new.status)),
    ):
        outcome.counts[f"{kind} changes"] += differs
        if differs != (kind in kinds) or (differs and not is_told):
            outcome.fault(document, step, f"{kind}: differs {differs}, kinds {kinds}, told {is_told}")
    same_words = normalised(old.text.plain) == normalised(new.text.plain) and values[0] == values[1]
    if is_told and (same_words or ChangeKind.EDITORIAL in kinds):
        outcome.fault(document, step, "told, though only its form changed")


def _what_became(before: Sequence[Item], after: dict[str, Item]) -> Iterator[str]:
    for item in before:
        now = after[item.id]
        if now.standing is Standing.WITHDRAWN:
            if item.standing is not Standing.WITHDRAWN:
                yield "withdrawn"
        elif item.standing is Standing.WITHDRAWN:
            yield "returned"
        else:
            yield "kept" if normalised(now.text) == normalised(item.text) else "reworded"
    known = {item.id for item in before}
    yield from ("new" for name in after if name not in known)


def _staying(before: Sequence[Item], new: Revision) -> Counter[str]:
    """The wordings on the list that the new state has too."""
    listed = Counter(normalised(item.text) for item in before if item.standing is not Standing.WITHDRAWN)
    return listed & Counter(normalised(action.text) for action in new.actions)


def _lost(before: Sequence[Item], after: dict[str, Item], new: Revision) -> Iterator[str]:
    """What of the traveller's is gone, and which wordings that stayed did not keep their item."""
    for item in before:
        now = after.get(item.id)
        if now is None or (now.state, now.note, now.due) != (item.state, item.note, item.due):
            yield f"item {item.id} lost what was done"
    kept = Counter(
        normalised(item.text)
        for item in before
        if item.standing is not Standing.WITHDRAWN
        and after[item.id].standing is item.standing
        and normalised(after[item.id].text) == normalised(item.text)
    )
    for words, count in (_staying(before, new) - kept).items():
        yield f"{count} of an action of {len(words)} characters that stayed did not stay"
    listed = Counter(item.text for item in after.values() if item.standing is not Standing.WITHDRAWN)
    if listed != Counter(action.text for action in new.actions):
        yield "the list is not what the document says"


def sampled(every: int = 1) -> list[series.Document]:
    """One document in `every`, drawn by a seed."""
    documents = series.documents()
    chance = random.Random(SEED)  # a draw that can be repeated
    return sorted(chance.sample(documents, len(documents) // every), key=lambda one: one.name)


def main() -> None:
    """Print the figures, and each fault."""
    parser = argparse.ArgumentParser(description="Checklists through the real revisions.")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one document in N")
    options = parser.parse_args()
    documents = sampled(options.every)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        outcome = replay(documents, Path(folder))
    for fault in outcome.faults:
        print(f"fault  {fault}")
    for name, count in sorted(outcome.counts.items()):
        print(f"{count:6}  {name}")
    print(f"{len(documents)} documents, {len(outcome.faults)} faults, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()

"""What a profile's items may say after a program was stopped: the state before, or, once acknowledged, the state after.

One `Deed` is one run of `tick`, `untick` or `note`. The ledger remembers every acknowledged deed; it knows nothing
of how the program was stopped.
"""

import random
from dataclasses import dataclass, field

import apsw

from core.model import Item, State
from core.store import checklists
from tests.profiles import Made

Marks = tuple[State, str]
"""What the traveller says of an item: its state and its note."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A command and the items that it changes, all or none."""

    words: tuple[str, ...]
    items: tuple[str, ...]

    def done_to(self, marks: Marks) -> Marks:
        """The marks of one of its items afterwards."""
        match self.words[0]:
            case "tick":
                return State.DONE, marks[1]
            case "untick":
                return State.OPEN, marks[1]
            case _:
                return marks[0], self.words[-1]


@dataclass
class Ledger:
    """What must be there. `lost` and `odd` are said in words; both stay empty."""

    made: Made
    marks: dict[str, Marks] = field(default_factory=dict)
    acknowledged: int = 0
    unacknowledged: int = 0
    done_all_the_same: int = 0
    lost: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.marks = self.now()

    def now(self) -> dict[str, Marks]:
        """The marks as they are stored; reading them is also what a next start would do."""
        with self.made.store() as store:
            return {item.id: marks_of(item) for item in checklists.items(store)}

    def deed(self, chance: random.Random) -> Deed:
        """Something that changes what is there."""
        chosen = tuple(chance.sample(self.made.items, chance.choice((1, 1, 2, 3))))
        kind = chance.choice(("tick", "untick", "note"))
        if kind == "note":
            return Deed(("note", chosen[0], f"note {chance.randrange(10**9)}"), chosen[:1])
        if all(self.marks[name][0] is (State.DONE if kind == "tick" else State.OPEN) for name in chosen):
            kind = "untick" if kind == "tick" else "tick"
        return Deed((kind, *chosen), chosen)

    def settle(self, deed: Deed, *, acknowledged: bool) -> None:
        """Compare what is stored with what must be, after one deed was stopped or ended."""
        found = self.now()
        before = self.marks
        after = before | {name: deed.done_to(before[name]) for name in deed.items}
        if found == after:
            self.done_all_the_same += not acknowledged and before != after
        elif acknowledged or found != before:
            self.lost.append(f"{deed.words}: {before} must have become {after} but is {found}")
        self.acknowledged += acknowledged
        self.unacknowledged += not acknowledged
        self.marks = found


def marks_of(item: Item) -> Marks:
    """What the traveller says of it."""
    return item.state, item.note


def faults_of(made: Made) -> list[str]:
    """What SQLite's own check of the whole database says; empty where all is well."""
    connection = apsw.Connection(str(made.profile.database))
    try:
        connection.execute("PRAGMA cipher='chacha20'")
        connection.execute(f'PRAGMA key="raw:{made.key.hex()}"')
        said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        said += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        return [line for line in said if line != "ok"]
    finally:
        connection.close()

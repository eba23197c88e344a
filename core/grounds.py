"""What a revision rests on: the issuer's message that gave it, and the sentences that its status words come from.

A part of the nouns in `core.model`, and like them only values.
"""

from typing import NamedTuple


class Dispatch(NamedTuple):
    """The issuer's own message that gave a state, and what it says of earlier ones.

    CAP 1.2, 3.2.1: `id` stands for sender and identifier and is made as an advisory's is; `replaces` are those that it
    updates or, with `withdraws`, cancels. `areas` are the places it is for, as it names them; none: not said.
    """

    id: str
    replaces: tuple[str, ...] = ()
    withdraws: bool = False
    areas: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """A status word, and where in the text the sentence stands that it was found in."""

    word: str
    start: int
    end: int

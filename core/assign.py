"""The best pairing of two groups, by the sum of its scores: successive shortest paths, with a price on each right.

First each left bids for what is worth most to it. Whoever is left over comes in one after the other and takes what is
worth most to it, if need be from another, which then looks for what is worth most to it of the rest. Only pairs that
may be made are ever looked at.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from heapq import heappop, heappush
from math import inf

BIDS_EACH = 4
DENSE = 32


def best_pairs(
    scores: Mapping[int, Mapping[int, float]], others: Callable[[int], Mapping[int, float]], most: float
) -> list[tuple[int, int]]:
    """Pairs (left, right) with the greatest sum of scores, each side used once at most.

    `scores` holds of each left the pairs that may be made, all above 0, but for those that `others` gives of it. None
    of these is above `most`, and they are asked for only of a left that has not as much: to no one else they matter.
    """
    known = {left: dict(of_left) for left, of_left in scores.items()}
    is_asked = set[int]()
    while True:
        pairing = _Pairing(known)
        # Where few are wanted bids gain nothing, and the prices that they leave ask for more of the others.
        is_dense = sum(map(len, known.values())) > DENSE * len(known)
        for left in pairing.bid() if is_dense else known:
            pairing.take_in(left)
        short = [left for left in known if left not in is_asked and pairing.gain[left] < most]
        if not short:
            return sorted(pairing.right_of.items())
        for left in short:
            known[left].update(others(left))
        is_asked.update(short)


class _Pairing:
    """The best pairing of the lefts that were taken in. No left gains more by any right, at its price, than it has."""

    def __init__(self, values: Mapping[int, Mapping[int, float]]) -> None:
        self.right_of: dict[int, int] = {}
        self._values = values
        self._left_of: dict[int, int] = {}
        self._price: defaultdict[int, float] = defaultdict(float)
        self.gain: dict[int, float] = {}

    def bid(self) -> list[int]:
        """Let each left take what is worth most to it, for so much that the next best is worth as much to it.

        Gives those who are left over: few, because most are settled in a look or two. It is Bertsekas' auction without
        the small steps that would end it.
        """
        waiting, left_over = list(reversed(list(self._values))), list[int]()
        for _ in range(BIDS_EACH * len(waiting)):
            if not waiting:
                break
            left = waiting.pop()
            best, second, wanted = 0.0, 0.0, None
            for right, value in self._values[left].items():
                worth = value - self._price[right]
                if worth > best:
                    best, second, wanted = worth, best, right
                elif worth > second:
                    second = worth
            holder = None if wanted is None else self._left_of.get(wanted)
            if wanted is None:
                self.gain[left] = 0.0
            elif holder is not None and best == second:
                left_over.append(left)
            else:
                self._price[wanted] += best - second
                self.gain[left] = second
                self.right_of[left], self._left_of[wanted] = wanted, left
                if holder is not None:
                    del self.right_of[holder]
                    waiting.append(holder)
        return left_over + waiting

    def take_in(self, left: int) -> None:
        """Pair one left more: by the chain of changes that costs least."""
        self.gain[left] = max([0.0, *(value - self._price[right] for right, value in self._values[left].items())])
        # What it costs to reach a left or a right, and from which left a right is reached.
        cost_of_left, cost_of_right, reached_from = {left: 0.0}, dict[int, float](), dict[int, int]()
        price, cheapest = self._price, dict[int, float]()
        open_ends: list[tuple[float, int, int]] = []
        at, without, least = left, left, self.gain[left]
        free = None
        while True:
            spent = cost_of_left[at] + self.gain[at]
            for right, value in self._values[at].items():
                cost = spent - value + price[right]
                if cost < least and cost < cheapest.get(right, inf) and right not in reached_from:
                    cheapest[right] = cost
                    heappush(open_ends, (cost, right, at))
            while open_ends and open_ends[0][1] in reached_from:
                heappop(open_ends)
            if not open_ends or open_ends[0][0] >= least:
                break
            cost, right, at = heappop(open_ends)
            cost_of_right[right], reached_from[right] = cost, at
            if right not in self._left_of:
                free, least = right, cost
                break
            at = self._left_of[right]
            cost_of_left[at] = cost
            if cost + self.gain[at] < least:
                least, without = cost + self.gain[at], at
        for one, cost in cost_of_left.items():
            self.gain[one] -= least - cost
        for one, cost in cost_of_right.items():
            self._price[one] += least - cost
        if free is None and without == left:
            return
        right = self.right_of.pop(without) if free is None else free
        while True:
            one = reached_from[right]
            before = self.right_of.get(one)
            self.right_of[one], self._left_of[right] = right, one
            if before is None:
                return
            right = before

"""The best pairing of two small groups: a minimum-cost assignment (Kuhn and Munkres, by shortest paths)."""

from collections.abc import Sequence
from math import inf


def best_pairs(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Pairs (left, right) with the greatest sum of scores, each side used once at most.

    `scores` holds only the pairs that may be made, all above 0. Groups that share no pair are solved apart, so
    that the time depends on the largest tangle, not on the whole.
    """
    pairs: list[tuple[int, int]] = []
    for lefts, rights in _tangles(scores):
        if len(lefts) > len(rights):
            cost = [[-scores.get((left, right), 0.0) for left in lefts] for right in rights]
            chosen = [(lefts[column], rights[row]) for row, column in enumerate(_assign(cost))]
        else:
            cost = [[-scores.get((left, right), 0.0) for right in rights] for left in lefts]
            chosen = [(lefts[row], rights[column]) for row, column in enumerate(_assign(cost))]
        pairs += [pair for pair in chosen if pair in scores]
    return sorted(pairs)


def _tangles(scores: dict[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """The connected parts of the graph of pairs."""
    right_of: dict[int, set[int]] = {}
    left_of: dict[int, set[int]] = {}
    for left, right in scores:
        right_of.setdefault(left, set()).add(right)
        left_of.setdefault(right, set()).add(left)
    parts = []
    waiting = set(right_of)
    while waiting:
        lefts, rights, edge = set[int](), set[int](), {waiting.pop()}
        while edge:
            lefts |= edge
            found = set().union(*(right_of[left] for left in edge)) - rights
            rights |= found
            edge = set().union(*(left_of[right] for right in found)) - lefts if found else set()
        waiting -= lefts
        parts.append((sorted(lefts), sorted(rights)))
    return parts


def _assign(cost: Sequence[Sequence[float]]) -> list[int]:
    """For each row its column; rows are no more than columns."""
    rows, columns = len(cost), len(cost[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        column = 0
        least = [inf] * (columns + 1)
        path = [0] * (columns + 1)
        used = [False] * (columns + 1)
        while owner[column]:
            used[column] = True
            at, step, following = owner[column], inf, 0
            for other in range(1, columns + 1):
                if used[other]:
                    continue
                slack = cost[at - 1][other - 1] - row_price[at] - column_price[other]
                if slack < least[other]:
                    least[other], path[other] = slack, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(columns + 1):
                if used[other]:
                    row_price[owner[other]] += step
                    column_price[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            owner[column], column = owner[path[column]], path[column]
    chosen = [0] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            chosen[owner[column] - 1] = column - 1
    return chosen

"""Says what single deltas cost where several are combined."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from classplanner.whatif.outcome import Outcome

__all__ = ["Shares", "shares"]


@dataclass(frozen=True)
class Shares:
    """What one delta costs.

    Attributes
    ----------
    delta
        Its position.
    alone
        What it adds to the cost of the base by itself, in equivalent VND; None where it cannot be planned.
    share
        Its share of what all deltas together add: what it adds on average, whatever came before it (the
        Shapley value). None where a combination cannot be planned.
    """

    delta: int
    alone: int | None
    share: float | None


def shares(outcomes: Sequence[Outcome]) -> tuple[Shares, ...]:
    """Attribute what combined deltas cost to single ones.

    Shapley, "A value for n-person games" (1953): the shares add up to what all deltas cost together.
    """
    cost = {frozenset(outcome.deltas): outcome.cost for outcome in outcomes}
    number = max((index + 1 for outcome in outcomes for index in outcome.deltas), default=0)
    base = cost.get(frozenset())
    found = []
    for delta in range(number):
        alone = cost.get(frozenset({delta}))
        others = [other for other in range(number) if other != delta]
        share = _share(cost, delta, others)
        found.append(Shares(delta, None if alone is None or base is None else alone - base, share))
    return tuple(found)


def _share(cost: dict[frozenset[int], int | None], delta: int, others: Sequence[int]) -> float | None:
    total, orders = 0.0, len(others) + 1
    for size in range(orders):
        some = list(itertools.combinations(others, size))
        for before in some:
            without, with_ = cost.get(frozenset(before)), cost.get(frozenset({*before, delta}))
            if without is None or with_ is None:
                return None
            total += (with_ - without) / len(some)
    return total / orders

"""What the rows of one instance say: medians over seeds, the best peer, and classplanner against it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.planners import OURS, PLANNERS
from benchmarks.results import Row

__all__ = ["Case", "Duel", "cases"]


@dataclass(frozen=True)
class Duel:
    """Classplanner against the best peer of an instance.

    Attributes
    ----------
    peer
        The peer with the lowest median of final costs.
    cost, peer_cost
        Medians of the final costs, in equivalent VND; infinite where most runs found no plan.
    share
        When classplanner had a plan that costs no more than the peer's median, as a share of the peer's wall
        clock: the median over seeds; infinite where most runs never had one.
    """

    peer: str
    cost: float
    peer_cost: float
    share: float

    @property
    def above(self) -> float:
        """How much more classplanner's plans cost, as a share of the peer's; below 0 where they cost less.

        Infinite where only one of them has plans, not a number where none has.
        """
        if math.isinf(self.peer_cost):
            return math.nan if math.isinf(self.cost) else -math.inf
        return (self.cost - self.peer_cost) / self.peer_cost


@dataclass(frozen=True)
class Case:
    """All rows of one instance.

    Attributes
    ----------
    name, classes, seconds
        The instance and the wall clock of its rows.
    rows
        Not empty; by planner, in the order of `PLANNERS`.
    """

    name: str
    classes: int
    seconds: float
    rows: Mapping[str, Sequence[Row]]

    @property
    def bound(self) -> float:
        """The best proven bound of all rows; minus infinity without any."""
        return max(row.bound for rows in self.rows.values() for row in rows)

    @property
    def reference(self) -> float:
        """What costs are compared with: the bound, else the cheapest plan; infinite without either."""
        if not math.isinf(self.bound):
            return self.bound
        return min(row.cost for rows in self.rows.values() for row in rows)

    def gap(self, cost: float) -> float:
        """(cost - reference) / cost, for a cost in equivalent VND; infinite without a plan."""
        return math.inf if math.isinf(cost) else (cost - self.reference) / cost if cost else 0.0

    def cost(self, planner: str) -> float:
        """Return the median of a planner's final costs, in equivalent VND."""
        return median(row.cost for row in self.rows[planner])

    @property
    def duel(self) -> Duel | None:
        """Classplanner against the best peer; None where one of them was not run."""
        peers = [planner for planner in self.rows if planner != OURS]
        if OURS not in self.rows or not peers:
            return None
        peer = min(peers, key=self.cost)
        target = self.cost(peer)
        share = median(row.reached(target) / self.seconds for row in self.rows[OURS])
        return Duel(peer, self.cost(OURS), target, share)


def cases(rows: Iterable[Row]) -> list[Case]:
    """Sort rows by instance: the small ones first.

    Raises
    ------
    ValueError
        Rows of one instance were given different wall clocks.
    """
    sorted_rows: dict[str, list[Row]] = {}
    for row in rows:
        sorted_rows.setdefault(row.instance, []).append(row)
    found = []
    for name, own in sorted_rows.items():
        clocks = {row.seconds for row in own}
        if len(clocks) > 1:
            raise ValueError(f"{name}: rows with wall clocks of {sorted(clocks)} s cannot be compared")
        by_planner = {planner: [row for row in own if row.planner == planner] for planner in PLANNERS}
        present = {planner: rows for planner, rows in by_planner.items() if rows}
        found.append(Case(name, own[0].classes, own[0].seconds, present))
    return sorted(found, key=lambda case: (case.classes, case.name))

"""Solves the linear program of flows by the few columns that matter.

Only the counts of classes tie rooms together. With a multiplier for each kind of class, which every class of
it fetches that opens, the best flow through a room is the shortest way from its first day to its end. So the
linear program is solved with few columns; what others would be worth under its multipliers is told by the
ways that they are part of, and the shortest are added, until there is none that is shorter than those known
(column generation; Desrosiers and Lübbecke, "A primer in column generation", 2005). Costs change little from
one call to the next, so the multipliers of the last one tell which columns to begin with.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import Truths
from classplanner.solve.flows import Flows
from classplanner.solve.relaxation import Numbers, Optimum, optimum

__all__ = ["Generation"]

# So many columns a class are added at a time.
_COLUMNS_A_CLASS = 4
# What is closer is the optimum: in VND, and as a share.
_CLOSE, _CLOSE_SHARE = 1.0, 1e-9


@dataclass(frozen=True)
class _Ways:
    """The shortest ways through rooms at some multipliers.

    Attributes
    ----------
    length
        To each day of each room; shape (rooms, days + 1).
    further
        By so much is the shortest way that takes a column longer than that of its room; shape (columns,).
    """

    length: Numbers
    further: Numbers


class Generation:
    """Solves linear programs of the same flows at costs that change.

    Parameters
    ----------
    flows
        All columns.
    """

    def __init__(self, flows: Flows) -> None:
        self._flows = flows
        line, nodes = flows.days + 1, flows.rooms * (flows.days + 1)
        self._forth = _ending(flows.end, nodes)
        self._back = _ending(flows.room * line + flows.days - flows.first, nodes)
        self._added = min(_COLUMNS_A_CLASS * int(flows.number.sum()), len(flows.kind))
        self._last: tuple[Numbers, Truths] | None = None

    def solve(self, cost: Integers, possible: Truths, seconds: float) -> Optimum | None:
        """Return multipliers of kinds and of all days of rooms, and the values of columns.

        None where the linear program has no solution, or takes longer.

        Parameters
        ----------
        cost
            Of each column, in VND.
        possible
            Which may be used.
        """
        until, length = time.monotonic() + seconds, np.where(possible, cost, np.inf)
        found = None
        if self._last is not None:
            multipliers, used = self._last
            known = (used & possible) | self._shortest(self._ways(length, multipliers))
            found = self._generate(known, cost, length, until)
        if found is None:
            found = self._generate(possible, cost, length, until)
        if found is not None:
            self._last = found.multipliers[: len(self._flows.number)], found.values > 0
        return found

    def _generate(self, known: Truths, cost: Integers, length: Numbers, until: float) -> Optimum | None:
        """Solve with some columns, and add others as long as that helps; None as `solve` returns it.

        Parameters
        ----------
        length
            The costs, infinite where a column may not be used.
        """
        kinds, values = len(self._flows.number), np.zeros(len(cost))
        while True:
            columns = np.flatnonzero(known)
            found = optimum(self._flows.program(columns, cost), until - time.monotonic())
            if found is None:
                return None
            multipliers, values[columns] = found.multipliers[:kinds], found.values[: len(columns)]
            ways = self._ways(length, multipliers)
            bound = multipliers @ self._flows.number + ways.length[:, -1].sum()
            enlarged = known | self._shortest(ways)
            if cost @ values - bound <= _CLOSE + _CLOSE_SHARE * abs(bound) or enlarged.sum() == known.sum():
                return Optimum(np.concatenate([multipliers, ways.length.reshape(-1)]), values)
            known = enlarged

    def _ways(self, length: Numbers, multipliers: Numbers) -> _Ways:
        """Find the shortest ways at some multipliers of kinds; `length` is that of columns without these."""
        from classplanner.solve.shortest import shortest_ways  # noqa: PLC0415 - Numba takes half a second

        flows, own = self._flows, length - multipliers[self._flows.kind]
        forth, back = np.zeros((2, flows.rooms, flows.days + 1))
        shortest_ways(*self._forth, flows.first, own, forth)
        shortest_ways(*self._back, flows.days - flows.behind, own, back)
        whole = forth[flows.room, flows.first] + own + back[flows.room, flows.days - flows.behind]
        return _Ways(forth, whole - forth[flows.room, -1])

    def _shortest(self, ways: _Ways) -> Truths:
        """Mark the columns that shortest ways come closest to, all that are equally close included."""
        closest: Truths = ways.further < np.inf
        if self._added < len(closest):
            closest &= ways.further <= np.partition(ways.further, self._added)[self._added]
        return closest


def _ending(node: Integers, nodes: int) -> tuple[Integers, Integers]:
    """Sort columns by the node they end in; return them and where those of each node begin."""
    order = np.argsort(node, kind="stable")
    return order, np.searchsorted(node[order], np.arange(nodes + 1))

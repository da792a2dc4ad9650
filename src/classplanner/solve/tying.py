"""Assignments of sessions to slots under multipliers of what ties them (`ties`), compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from classplanner.solve.assignments import DEAREST, FORBIDDEN
from classplanner.solve.compiled import compiled
from classplanner.solve.matching import _match, _share

__all__ = ["tied_courses"]


@compiled
def tied_courses(
    cost: Any,
    layout: Any,
    sessions: Any,
    priced: Any,
    day: Any,
    first: Any,
    potential: Any,
    chosen: Any,
    least: Any,
    together: Any,
    order: Any,
    earlier: Any,
    later: Any,
    step: float,
) -> None:
    """Find what courses cost at least, fill in `least`, and move the multipliers to better ones.

    Parameters
    ----------
    cost, layout, sessions, priced, first, potential, chosen
        As `matching.cheapest_courses` has them.
    day
        On which each course begins.
    together, order, earlier, later
        The multipliers of all days, and the pairs (`ties`).
    step
        By so much would the bound of a course rise, as a share, if it were linear.
    """
    slots = cost.shape[2]
    table = np.zeros((slots, slots), dtype=np.int64)
    begin = np.cumsum(sessions) - sessions
    for course in range(len(day)):
        own, pairs = together[day[course]], order[day[course]]
        _share(cost[layout[course]], sessions, priced, first[course], table)
        _tie(table, begin, sessions, own)
        refund = _put_in_order(table, begin, sessions, pairs, earlier, later)
        _match(table, potential[course], chosen[course])
        potential[course] -= potential[course].max()
        least[course] = -refund
        for session in range(slots):
            least[course] += table[session, chosen[course, session]]
        if least[course] < FORBIDDEN // 2:
            _move(chosen[course], begin, sessions, own, pairs, earlier, later, step * least[course])


@compiled
def _tie(table: Any, begin: Any, sessions: Any, together: Any) -> None:
    """Charge each further session for its slot, and pay that back where the first one is accordingly."""
    further, slots = 0, table.shape[1]
    for module in range(len(sessions)):
        for part in range(1, sessions[module]):
            for start in range(slots - part):
                table[begin[module] + part, start + part] += together[further, start]
                table[begin[module], start] -= together[further, start]
            further += 1


@compiled
def _put_in_order(table: Any, begin: Any, sessions: Any, order: Any, earlier: Any, later: Any) -> int:
    """Charge modules for being late that others come after, and these for being early; return the refund."""
    refund, slots = 0, table.shape[1]
    for pair in range(len(earlier)):
        last = begin[earlier[pair]] + sessions[earlier[pair]] - 1
        charge = 0
        for slot in range(slots):
            charge += order[pair, slot]
            table[last, slot] += charge
        refund += charge
        for slot in range(slots):
            table[begin[later[pair]], slot] += charge
            charge -= order[pair, slot]
    return refund


@compiled
def _move(
    chosen: Any,
    begin: Any,
    sessions: Any,
    together: Any,
    order: Any,
    earlier: Any,
    later: Any,
    rise: float,
) -> None:
    """Move multipliers along the subgradient, so far as would raise a linear bound by so much."""
    apart = _apart(chosen, begin, sessions)
    over = _out_of_order(chosen, begin, sessions, earlier, later)
    counts = (over > 0) | ((over < 0) & (order > 0))
    length = 2 * (apart[:, 0] != apart[:, 1]).sum() + counts.sum()
    if length == 0:
        return
    step, most = np.int64(rise / length), DEAREST // len(chosen)
    for further in range(len(apart)):
        start, implied = apart[further]
        if start != implied:
            together[further, implied] = min(together[further, implied] + step, most)
            together[further, start] = max(together[further, start] - step, -most)
    for pair in range(len(over)):
        for slot in range(over.shape[1]):
            order[pair, slot] = min(max(order[pair, slot] + step * over[pair, slot], 0), most)


@compiled
def _apart(chosen: Any, begin: Any, sessions: Any) -> Any:
    """Return where the module of each further session starts, and where it would by that session's slot."""
    apart = np.empty((sessions.sum() - len(sessions), 2), dtype=np.int64)
    further = 0
    for module in range(len(sessions)):
        for part in range(1, sessions[module]):
            apart[further, 0] = chosen[begin[module]]
            apart[further, 1] = chosen[begin[module] + part] - part
            further += 1
    return apart


@compiled
def _out_of_order(chosen: Any, begin: Any, sessions: Any, earlier: Any, later: Any) -> Any:
    """Return by how much each row of the order of modules is broken; negative where there is room."""
    over = np.empty((len(earlier), len(chosen)), dtype=np.int64)
    for pair in range(len(earlier)):
        last = chosen[begin[earlier[pair]] + sessions[earlier[pair]] - 1]
        first = chosen[begin[later[pair]]]
        for slot in range(len(chosen)):
            over[pair, slot] = (first <= slot) + (last >= slot) - 1
    return over

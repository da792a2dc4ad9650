"""The shortest ways along lines of days, compiled."""

from __future__ import annotations

from typing import Any

from classplanner.solve.compiled import compiled

__all__ = ["shortest_ways"]


@compiled
def shortest_ways(arcs: Any, bounds: Any, begin: Any, cost: Any, length: Any) -> None:
    """Find how long the shortest way from the first day of each line to each other day is; fill in `length`.

    From each day, the next one is reached at no cost.

    Parameters
    ----------
    arcs, bounds
        Those that end on day d of line l are ``arcs[bounds[n]:bounds[n + 1]]`` with ``n = l * days + d``.
    begin, cost
        Of each arc: the day it begins on; its length, infinite where it may not be used.
    length
        Shape (lines, days).
    """
    lines, days = length.shape
    for line in range(lines):
        length[line, 0] = 0
        for day in range(1, days):
            node, least = line * days + day, length[line, day - 1]
            for at in range(bounds[node], bounds[node + 1]):
                least = min(least, length[line, begin[arcs[at]]] + cost[arcs[at]])
            length[line, day] = least

"""Assignments of sessions to slots, compiled.

Each course is a square assignment problem: as many idle sessions, which cost nothing, are added as there are
slots left. It is solved by shortest augmenting paths (Jonker and Volgenant, "A shortest augmenting path
algorithm for dense and sparse linear assignment problems", 1987) from potentials of the slots: whatever these
are, the result is the optimum, and those of similar prices lead to it soon.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from classplanner.solve.assignments import DEAREST, FORBIDDEN
from classplanner.solve.compiled import compiled

__all__ = ["cheapest_courses", "cheapest_lecturers"]

_FAR = 2**62


@compiled
def cheapest_lecturers(
    first: Any, lecturer: Any, own: Any, sessions: Any, paid: Any, cost: Any, who: Any
) -> None:
    """Find the cheapest lecturer of each module and slot; fill in `cost` and `who`, -1 for nobody.

    Parameters
    ----------
    first, lecturer, own
        Those of module m are ``lecturer[first[m]:first[m + 1]]``; what each costs whatever the slot.
    sessions
        Of each module.
    paid
        For a session; shape (lecturers, slots).
    """
    slots = paid.shape[1]
    for module in range(len(sessions)):
        length = sessions[module]
        cost[module, :] = FORBIDDEN if first[module] < first[module + 1] else 0
        for index in range(first[module], first[module + 1]):
            for slot in range(slots - length + 1):
                asked = own[index]
                for step in range(length):
                    asked += paid[lecturer[index], slot + step]
                if asked < cost[module, slot]:
                    cost[module, slot], who[module, slot] = min(asked, DEAREST), lecturer[index]


@compiled
def cheapest_courses(
    cost: Any, layout: Any, sessions: Any, priced: Any, first: Any, potential: Any, chosen: Any, least: Any
) -> None:
    """Find what courses cost at least; fill in `least`.

    Parameters
    ----------
    cost, layout
        Of starts, by layout, module and slot; the layout of each course.
    sessions
        Of each module.
    priced
        What lecturers cost, by module and slot of the calendar.
    first
        The slot of the calendar in which each course begins.
    potential, chosen
        Of each course: potentials of its slots, and the slot of each session and idle one, to begin with;
        those found are kept there.
    """
    slots = cost.shape[2]
    table = np.zeros((slots, slots), dtype=np.int64)
    for course in range(len(first)):
        _share(cost[layout[course]], sessions, priced, first[course], table)
        _match(table, potential[course], chosen[course])
        potential[course] -= potential[course].max()
        least[course] = 0
        for session in range(slots):
            least[course] += table[session, chosen[course, session]]


@compiled
def _share(cost: Any, sessions: Any, priced: Any, first: int, table: Any) -> None:
    """Give each session its share of what its module costs if the session has a slot."""
    session, slots = 0, cost.shape[1]
    for module in range(len(sessions)):
        length = sessions[module]
        for part in range(length):
            table[session + part, :part] = FORBIDDEN
        for start in range(slots):
            asked = cost[module, start] + priced[module, first + start]
            share = asked if length == 1 else asked // length
            for part in range(min(length, slots - start)):
                rest = asked - share * length if part == 0 else 0
                table[session + part, start + part] = FORBIDDEN if asked >= FORBIDDEN else share + rest
        session += length


@compiled
def _match(table: Any, potential: Any, chosen: Any) -> None:
    """Assign rows to columns at the least cost, from any potentials of the columns and any choice.

    Both are changed.
    """
    size = len(table)
    taken = np.full(size, -1)
    level = np.zeros(size, dtype=np.int64)
    left, rest = 0, np.zeros(size, dtype=np.int64)
    for row in range(size):
        best, least = 0, _FAR
        for column in range(size):
            reduced = table[row, column] - potential[column]
            if reduced < least:
                best, least = column, reduced
        level[row] = least
        if table[row, chosen[row]] - potential[chosen[row]] == least and taken[chosen[row]] < 0:
            best = chosen[row]
        if taken[best] < 0:
            taken[best], chosen[row] = row, best
        else:
            rest[left] = row
            left += 1
    for index in range(left):
        _augment(table, potential, level, taken, chosen, rest[index])


@compiled
def _augment(table: Any, potential: Any, level: Any, taken: Any, chosen: Any, first: int) -> None:
    """Give a column to a row, on the shortest path to one that is not taken."""
    size = len(table)
    distance, before = np.full(size, _FAR), np.full(size, first)
    done = np.zeros(size, dtype=np.bool_)
    row, length = first, 0
    while True:
        nearest = _nearest(table[row] - potential, length - level[row], row, distance, before, done)
        length = distance[nearest]
        if taken[nearest] < 0:
            break
        done[nearest] = True
        row = taken[nearest]
    level[first] += length
    for column in np.flatnonzero(done):
        potential[column] += distance[column] - length
        level[taken[column]] += length - distance[column]
    row = -1
    while row != first:
        row = before[nearest]
        taken[nearest], nearest, chosen[row] = row, chosen[row], nearest


@compiled
def _nearest(reduced: Any, further: int, row: int, distance: Any, before: Any, done: Any) -> int:
    """Take note of which columns are nearer by way of a row; return the nearest that is not done."""
    nearest, near = -1, _FAR
    for column in range(len(distance)):
        if not done[column]:
            if reduced[column] + further < distance[column]:
                distance[column], before[column] = reduced[column] + further, row
            if distance[column] < near:
                nearest, near = column, distance[column]
    return nearest

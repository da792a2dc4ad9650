"""Flows through rooms, from the first day to the end, as a linear program.

Each room is a line of days. A class that opens there is an arc from its first day to the day behind its last;
an idle stretch is an arc, too; one unit flows from the first day to the end, so classes do not overlap. With
three entries a column this is small, and its linear relaxation nearly always whole: flows of one room are (a
network matrix), and only the counts tie them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import Program

__all__ = ["Flows"]


@dataclass(frozen=True)
class Flows:
    """Columns, each a class of some kind that opens in a room.

    Attributes
    ----------
    kind, room, first, behind
        Of each column: the kind of class, the room, the first day, the day behind the last; shape (columns,).
    number
        Of classes that open; shape (kinds,).
    rooms, days
        So many there are.
    """

    kind: Integers
    room: Integers
    first: Integers
    behind: Integers
    number: Integers
    rooms: int
    days: int

    @cached_property
    def begin(self) -> Integers:
        """The first day of each column, as a node; shape (columns,)."""
        return self.room * (self.days + 1) + self.first

    @cached_property
    def end(self) -> Integers:
        """The day behind the last one of each column, as a node; shape (columns,)."""
        return self.room * (self.days + 1) + self.behind

    def nodes(self, columns: Integers) -> Integers:
        """Return the days of rooms that matter to some columns, as ``room * (days + 1) + day``, in order."""
        ends = np.arange(self.rooms) * (self.days + 1)
        return np.unique(np.concatenate([self.begin[columns], self.end[columns], ends, ends + self.days]))

    def program(self, columns: Integers, cost: Integers) -> Program:
        """Return the program of some columns: these come first, then idle stretches.

        Rows are the kinds, each of which opens as often as there are classes of it, then `nodes`.
        """
        line, node, kinds = self.days + 1, self.nodes(columns), len(self.number)
        begin, end = np.searchsorted(node, self.begin[columns]), np.searchsorted(node, self.end[columns])
        idle = np.flatnonzero(node[1:] // line == node[:-1] // line)
        own, stretch = np.arange(len(columns)), len(columns) + np.arange(len(idle))
        row = np.concatenate([self.kind[columns], *(kinds + at for at in (begin, end, idle, idle + 1))])
        column = np.concatenate([own, own, own, stretch, stretch])
        weight = np.repeat([1, -1, 1, -1, 1], [len(own)] * 3 + [len(stretch)] * 2)
        order = np.lexsort((column, row))
        limit = np.concatenate([self.number, (node % line == self.days) * 1 - (node % line == 0)])
        return Program(
            cost=np.concatenate([cost[columns], np.zeros(len(idle), dtype=np.int64)]),
            upper=np.ones(len(columns) + len(idle), dtype=np.int64),
            first=np.searchsorted(row[order], np.arange(len(limit) + 1)),
            column=column[order],
            weight=weight[order],
            row_lower=limit,
            row_upper=limit,
        )

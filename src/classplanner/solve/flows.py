"""Flows through rooms, from the first day to the end, as a linear program.

Each room is a line of days. A class that opens there is an arc from its first day to the day behind its last;
an idle stretch is an arc, too; one unit flows from the first day to the end, so classes do not overlap. With
three entries a column this is small, and its linear relaxation nearly always whole: flows of one room are (a
network matrix), and only the counts tie them.
"""

from __future__ import annotations

from dataclasses import dataclass

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

    def nodes(self, columns: Integers) -> Integers:
        """Return the days of rooms that matter to some columns, as ``room * (days + 1) + day``, in order."""
        line = self.days + 1
        begin, end = (self.room * line + day for day in (self.first, self.behind))
        ends = np.arange(self.rooms) * line
        return np.unique(np.concatenate([begin[columns], end[columns], ends, ends + self.days]))

    def program(self, columns: Integers, cost: Integers) -> Program:
        """Return the program of some columns: these come first, then idle stretches.

        Rows are the kinds, each of which opens as often as there are classes of it, then `nodes`.
        """
        line, node, kinds = self.days + 1, self.nodes(columns), len(self.number)
        begin = np.searchsorted(node, self.room[columns] * line + self.first[columns])
        end = np.searchsorted(node, self.room[columns] * line + self.behind[columns])
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

"""When and where classes open, at given costs of their sessions: a program of flows through halls.

Each room is a line of days. A class that opens there is an arc from its first day to the day behind its last;
an idle day is an arc to the next one; one unit flows from the first day to the end, so classes do not
overlap. Classes that are alike are counted, not told apart. With three entries a column this is
small, and its linear relaxation nearly always whole: flows of one room are (a network matrix), and only the
counts tie them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Openings, Program
from classplanner.solve.courses import IMPOSSIBLE
from classplanner.solve.relaxation import Relaxation, relax

__all__ = ["Arrangement", "Openable", "Packing"]


class Openable(Protocol):
    """Openings that may be chosen, each a column: `Packing`, or an `Arrangement` with nothing to choose."""

    @property
    def cohort(self) -> Integers:
        """The class that opens, or one for all that are alike; shape (columns,)."""

    @property
    def day(self) -> Integers:
        """Its first day; shape (columns,)."""

    def relax(self, sessions: Integers, seconds: float) -> Relaxation | None:
        """Return the least cost of openings, with the sessions of each column at a cost."""


@dataclass(frozen=True)
class Arrangement:
    """One opening of each class, and what these cost without sessions; shape (classes,) each."""

    day: Integers
    room: Integers
    cost: Integers

    @property
    def cohort(self) -> Integers:
        """The classes."""
        return np.arange(len(self.day))

    def relax(self, sessions: Integers, seconds: float = 0.0) -> Relaxation | None:
        """Add up the costs; None where a class cannot be held so."""
        if np.any(sessions >= IMPOSSIBLE):
            return None
        return Relaxation(
            int(self.cost.sum() + sessions.sum()), np.zeros_like(self.day), np.ones(len(self.day))
        )


class Packing:
    """The openings of a problem, classes that are alike counted together.

    Attributes
    ----------
    cohort, day, room
        A column each: a class that stands for all that are alike, its first day, its room; shape (columns,).
    members
        The classes of each kind.
    kind
        Of each column.
    """

    def __init__(self, problem: Problem, openings: Openings, opening_cost: Integers, group: Integers) -> None:
        self.problem = problem
        self.members, chosen, self.kind = _kinds(problem, openings, group)
        self.cohort, self.day, self.room = (
            openings.cohort[chosen],
            openings.day[chosen],
            openings.room[chosen],
        )
        self.cost = opening_cost[chosen]
        self._program = self._flows()

    def _flows(self) -> Program:
        problem, kinds = self.problem, len(self.members)
        rooms, days, columns = len(problem.room_names), len(problem.days), len(self.day)
        length = problem.cohort_days[self.cohort]
        idle_room, idle_day = np.divmod(np.arange(rooms * days), days)

        def node(room: Integers, day: Integers) -> Integers:
            return kinds + room * (days + 1) + day

        own, idle = np.arange(columns), columns + np.arange(rooms * days)
        entries = [
            (self.kind, own, 1),
            (node(self.room, self.day), own, -1),
            (node(self.room, self.day + length), own, 1),
            (node(idle_room, idle_day), idle, -1),
            (node(idle_room, idle_day + 1), idle, 1),
        ]
        row = np.concatenate([entry[0] for entry in entries])
        column = np.concatenate([entry[1] for entry in entries])
        weight = np.concatenate([np.full(len(entry[0]), entry[2]) for entry in entries])
        order = np.lexsort((column, row))
        number = np.array([len(members) for members in self.members], dtype=np.int64)
        limit = np.zeros(kinds + rooms * (days + 1), dtype=np.int64)
        limit[:kinds] = number
        every = np.arange(rooms)
        limit[node(every, np.zeros_like(every))] = -1
        limit[node(every, np.full_like(every, days))] = 1
        return Program(
            cost=np.concatenate([self.cost, np.zeros(len(idle), dtype=np.int64)]),
            upper=np.ones(columns + len(idle), dtype=np.int64),
            first=np.searchsorted(row[order], np.arange(len(limit) + 1)),
            column=column[order],
            weight=weight[order],
            row_lower=limit,
            row_upper=limit,
        )

    def priced(self, sessions: Integers) -> Program:
        """Return the program of flows with the sessions of each column at a cost; `IMPOSSIBLE` forbids it."""
        columns = len(self.day)
        program, possible = self._program, sessions < IMPOSSIBLE
        upper = program.upper.copy()
        upper[:columns] = possible
        cost = program.cost.copy()
        cost[:columns] += np.where(possible, sessions, 0)
        return replace(program, cost=cost, upper=upper)

    def relax(self, sessions: Integers, seconds: float) -> Relaxation | None:
        """Solve the linear relaxation of `priced`; its values are cut to the columns of classes."""
        relaxation = relax(self.priced(sessions), seconds)
        if relaxation is None or relaxation.values is None:
            return None
        columns = len(self.day)
        return replace(relaxation, reduced=relaxation.reduced[:columns], values=relaxation.values[:columns])

    def column_of(self, day: Integers, room: Integers) -> Integers:
        """Return the column of the opening of each class; shape (classes,)."""
        found: Integers = self._column[self.kind_of, day, room]
        return found

    @cached_property
    def _column(self) -> Integers:
        """The column of each kind, day and room; -1 for none."""
        shape = (len(self.members), len(self.problem.days), len(self.problem.room_names))
        column = np.full(shape, -1)
        column[self.kind, self.day, self.room] = np.arange(len(self.day))
        return column

    @cached_property
    def kind_of(self) -> Integers:
        """The kind of each class; shape (classes,)."""
        kind = np.zeros(len(self.problem.cohorts), dtype=np.int64)
        for number, members in enumerate(self.members):
            kind[members] = number
        return kind

    def openings(self, values: Integers) -> tuple[Integers, Integers]:
        """Return day and room of each class, from a whole solution; shape (classes,) each.

        Among classes that are alike, the first in the scenario opens first.
        """
        day, room = np.zeros((2, len(self.problem.cohorts)), dtype=np.int64)
        chosen = np.flatnonzero(values[: len(self.day)] > 0)
        chosen = chosen[np.argsort(self.day[chosen], kind="stable")]
        for kind, members in enumerate(self.members):
            taken = chosen[self.kind[chosen] == kind]
            day[members], room[members] = self.day[taken], self.room[taken]
        return day, room


def _kinds(
    problem: Problem, openings: Openings, group: Integers
) -> tuple[list[Integers], Integers, Integers]:
    """Find classes alike: planned under the same rules, with the same openings at the same costs.

    Returns
    -------
    list of ndarray
        The classes of each kind.
    ndarray
        The openings of the first class of each kind.
    ndarray
        The kind of each of these.
    """
    order = np.argsort(openings.cohort, kind="stable")
    bounds = np.searchsorted(openings.cohort[order], np.arange(len(problem.cohorts) + 1))
    kinds: dict[tuple[int, int, bytes, bytes], list[int]] = {}
    own: list[Integers] = []
    for cohort, data in enumerate(problem.cohorts):
        mine = order[bounds[cohort] : bounds[cohort + 1]]
        key = (
            int(group[cohort]),
            data.earliest,
            openings.day[mine].tobytes(),
            openings.room[mine].tobytes(),
        )
        if key not in kinds:
            own.append(mine)
        kinds.setdefault(key, []).append(cohort)
    chosen = np.concatenate([np.empty(0, dtype=np.int64), *own])
    kind = np.repeat(np.arange(len(own)), [len(mine) for mine in own])
    return [np.array(members) for members in kinds.values()], chosen, kind

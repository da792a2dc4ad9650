"""When and where classes open, at given costs of their sessions: flows through halls (`flows`).

Classes that are alike are counted, not told apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Openings, Program
from classplanner.solve.courses import IMPOSSIBLE
from classplanner.solve.flows import Flows
from classplanner.solve.generation import Generation
from classplanner.solve.relaxation import Relaxation, weak_duality

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
        self._program = self._stated()
        self._generation = Generation(self._flows)

    @cached_property
    def _flows(self) -> Flows:
        return Flows(
            self.kind,
            self.room,
            self.day,
            self.day + self.problem.cohort_days[self.cohort],
            np.array([len(members) for members in self.members], dtype=np.int64),
            len(self.problem.room_names),
            len(self.problem.days),
        )

    @cached_property
    def _nodes(self) -> Integers:
        """Those of the program of all columns, as `Flows.nodes` has them."""
        return self._flows.nodes(np.arange(len(self.day)))

    def _stated(self) -> Program:
        """State the program of all columns, without the costs of sessions."""
        return self._flows.program(np.arange(len(self.day)), self.cost)

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
        program, columns = self.priced(sessions), len(self.day)
        found = self._generation.solve(program.cost[:columns], program.upper[:columns] > 0, seconds)
        if found is None:
            return None
        kinds = len(self.members)
        of_nodes = found.multipliers[kinds:][self._nodes]
        proven = weak_duality(program, np.concatenate([found.multipliers[:kinds], of_nodes]))
        return replace(proven, reduced=proven.reduced[:columns], values=found.values)

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

"""When and where classes open if some may stay out: the program of flows with a column for those that do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import LEFT_OUT, NO_LIMIT, Openings, Program
from classplanner.solve.packing import Packing
from classplanner.solve.relaxation import Relaxation, relax

__all__ = ["OptionalPacking"]


class OptionalPacking(Packing):
    """The openings of a problem whose classes may be left out.

    Of each kind of classes, a column counts those that are left out. With prices on sessions, what such a
    program costs at least less what lecturers' time fetches (`prices`) bounds every plan that leaves out no
    more than is allowed: classes that are not held ask for no sessions.

    Parameters
    ----------
    leave_out
        So many trainees may be left out in all.
    price
        Of each trainee who is left out.
    """

    def __init__(
        self,
        problem: Problem,
        openings: Openings,
        opening_cost: Integers,
        group: Integers,
        *,
        leave_out: int,
        price: int = 0,
    ) -> None:
        self._leave_out, self._price = leave_out, price
        # Classes are alike only if as many people are in them.
        _, alike = np.unique(np.stack([group, problem.cohort_sizes]), axis=1, return_inverse=True)
        super().__init__(problem, openings, opening_cost, alike.reshape(-1))

    def _stated(self) -> Program:
        """Add the columns of those left out, and a row that counts their trainees."""
        program, kinds = super()._stated(), len(self.members)
        number = np.array([len(members) for members in self.members], dtype=np.int64)
        size = np.array([self.problem.cohort_sizes[members[0]] for members in self.members], dtype=np.int64)
        kind, columns, rows = np.arange(kinds), len(program.cost), len(program.row_lower)
        row = np.concatenate([program.row, kind, np.full(kinds, rows)])
        column = np.concatenate([program.column, columns + kind, columns + kind])
        weight = np.concatenate([program.weight, np.ones(kinds, dtype=np.int64), size])
        order = np.lexsort((column, row))
        return replace(
            program,
            cost=np.concatenate([program.cost, self._price * size]),
            upper=np.concatenate([program.upper, number]),
            first=np.searchsorted(row[order], np.arange(rows + 2)),
            column=column[order],
            weight=weight[order],
            row_lower=np.append(program.row_lower, -NO_LIMIT),
            row_upper=np.append(program.row_upper, self._leave_out),
        )

    def relax(self, sessions: Integers, seconds: float) -> Relaxation | None:
        """Solve the linear relaxation of `priced`; its values are cut to the columns of classes."""
        relaxation = relax(self.priced(sessions), seconds)
        if relaxation is None or relaxation.values is None:
            return None
        columns = len(self.day)
        return replace(relaxation, reduced=relaxation.reduced[:columns], values=relaxation.values[:columns])

    def openings(self, values: Integers) -> tuple[Integers, Integers]:
        """Return day and room of each class, from a whole solution; `LEFT_OUT` for those that stay out.

        Among classes that are alike, the first in the scenario opens first, and the last stays out.
        """
        day, room = np.full((2, len(self.problem.cohorts)), LEFT_OUT)
        chosen = np.flatnonzero(values[: len(self.day)] > 0)
        chosen = chosen[np.argsort(self.day[chosen], kind="stable")]
        for kind, members in enumerate(self.members):
            taken = chosen[self.kind[chosen] == kind]
            opened = members[: len(taken)]
            day[opened], room[opened] = self.day[taken], self.room[taken]
        return day, room

    def classes(self, values: Integers) -> Integers:
        """Return the positions of the classes that open in a whole solution, in order."""
        return np.flatnonzero(self.openings(values)[0] != LEFT_OUT)

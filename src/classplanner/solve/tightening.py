"""Raises the bound of a year further, course by course, at prices that stay.

Under prices, each course costs at least the cheapest assignment of its sessions (`assignments`). Planned
alone, under all rules of its class, it may cost more, and that is a bound as well. It is raised step by step
for the courses that the cheapest openings use; then the cheapest openings are others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from classplanner.compile import Problem
from classplanner.solve.control import Control
from classplanner.solve.courses import CourseBounds
from classplanner.solve.multipliers import Priced
from classplanner.solve.packing import Packing
from classplanner.solve.prices import Capacity

__all__ = ["Tightening"]

_COURSES_AT_A_TIME = 6


class Tightening:
    """Bounds of courses under prices, and the bound of the whole that follows from them.

    Parameters
    ----------
    prove
        Told of each bound on the whole.

    Attributes
    ----------
    bounds
        Those of the courses, under the prices; what is known of them from before may be put in.
    """

    def __init__(
        self,
        problem: Problem,
        packing: Packing,
        capacity: Capacity,
        priced: Priced,
        control: Control,
        *,
        seed: int,
        prove: Callable[[int], None],
    ) -> None:
        self._problem, self._packing, self._control, self._prove = problem, packing, control, prove
        self._refund = capacity.refund(priced.prices)
        self.bounds = CourseBounds(
            problem, control, seed=seed, workers=1, asked=capacity.asked(priced.prices)
        )
        for cohort, day, cost in zip(packing.cohort, packing.day, priced.sessions, strict=True):
            self.bounds.guess(int(cohort), int(day), int(cost))
        self._done = False

    def next(self) -> Callable[[], None] | None:
        """Return the next piece of work; None where nothing is left to raise."""
        return None if self._done else self._work

    def _work(self) -> None:
        sessions = self.bounds.of_courses(self._packing.cohort, self._packing.day)
        relaxation = self._packing.relax(sessions, self._control.remaining)
        if relaxation is None or relaxation.values is None:
            self._done = True
            return
        self._prove(relaxation.bound - self._refund)
        used = np.flatnonzero(relaxation.values > 1e-6)
        courses = {
            (int(self._packing.cohort[column]), int(self._packing.day[column])): int(
                self._packing.room[column]
            )
            for column in used
        }
        loose = [(*course, room) for course, room in courses.items() if not self.bounds.exact(*course)]
        for course in loose[:_COURSES_AT_A_TIME]:
            if not self._control.stopped:
                self.bounds.lift(*course)
        self._done = not loose

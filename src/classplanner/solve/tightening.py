"""Raises the bound of a year further: by prices with ties, then course by course at prices that stay.

Under prices, each course costs at least the cheapest assignment of its sessions (`assignments`). Planned
alone, under all rules of its class, it may cost more, and that is a bound as well. First prices get better
together with what ties the sessions of each course (`ties`). Then they stay, and the bound is raised step by
step for the courses that the cheapest openings use; then the cheapest openings are others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from classplanner.solve.control import Control
from classplanner.solve.courses import CourseBounds
from classplanner.solve.multipliers import Ascent, Multipliers, Priced, Stride
from classplanner.solve.packing import Packing
from classplanner.solve.ties import TIED_STEP

__all__ = ["Tightening"]

_COURSES_AT_A_TIME = 3
# A round takes time by columns; so many are priced in about a quarter of a second.
_COLUMNS_A_PIECE = 10_000


class Tightening:
    """Bounds of courses under prices, and the bound of the whole that follows from them.

    Parameters
    ----------
    multipliers
        With ties, or without.
    priced
        What they begin with.
    prove
        Told of each bound on the whole.
    rounds
        Of prices; none where prices must stay.

    Attributes
    ----------
    bounds
        Those of the courses, under the prices; what is known of them from before may be put in.
    """

    def __init__(
        self,
        multipliers: Multipliers,
        priced: Priced,
        control: Control,
        *,
        seed: int,
        prove: Callable[[int], None],
        rounds: int = 0,
    ) -> None:
        assert isinstance(multipliers.packing, Packing)
        self._multipliers, self._packing = multipliers, multipliers.packing
        self._control, self._seed, self._prove = control, seed, prove
        self._rounds = rounds
        self._ascent = Ascent(multipliers.bound, multipliers.capacity, priced.prices, Stride(TIED_STEP))
        self._done = False
        self._stay_at(priced)

    def _stay_at(self, priced: Priced) -> None:
        """Raise the bounds of courses at these prices from now on."""
        capacity = self._multipliers.capacity
        self._refund = capacity.refund(priced.prices)
        self.bounds = CourseBounds(
            self._multipliers.problem,
            self._control,
            seed=self._seed,
            workers=1,
            asked=capacity.asked(priced.prices),
        )
        packing = self._packing
        for cohort, day, cost in zip(packing.cohort, packing.day, priced.sessions, strict=True):
            self.bounds.guess(int(cohort), int(day), int(cost))

    def next(self) -> Callable[[], None] | None:
        """Return the next piece of work; None where nothing is left to raise."""
        if self.pricing:
            return self.price
        return None if self._done else self._lift

    @property
    def pricing(self) -> bool:
        """Whether prices still move."""
        return self._rounds > 0

    def price(self) -> None:
        """Do some rounds of prices; at last, stay at the best."""
        for _ in range(max(1, _COLUMNS_A_PIECE // len(self._packing.day))):
            priced = None if self._rounds == 0 or self._control.stopped else self._ascent.step()
            self._rounds = 0 if priced is None else self._rounds - 1
            if priced is not None:
                self._prove(priced.bound)
        best = self._ascent.best
        if self._rounds == 0 and best is not None:
            self._stay_at(best)

    def _lift(self) -> None:
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

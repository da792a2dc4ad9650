"""What ties the sessions of a course, priced by multipliers of its own.

The assignment of single sessions to slots (`assignments`) leaves out that the sessions of a module stay
together, and which module comes after which. With sessions 0, 1, ... of a module, `x[k, t]` whether session
*k* is at slot *t*, and a module *e* before a module *l*, these are rows over the same choices:

    x[0, t] - x[k, t + k] = 0                                                      for all k > 0 and t
    [the first session of l is at t or before] + [the last of e is at t or later] <= 1       for all t

A multiplier of each row, of any sign in the first ones and not negative in the others, puts it into the costs
of the assignment. Whatever the multipliers are, what comes out is a lower bound, and at their best it is that
of the linear relaxation with these rows, as assignments have whole optima (Geoffrion, "Lagrangean relaxation
for integer programming", 1974). They move along a subgradient each time that a course is priced, so they get
better while prices do, in a hundredth of the time that such linear programs take.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from classplanner.compile import Integers
from classplanner.solve.assignments import Assignments, Layouts, PricedModules

__all__ = ["TIED_ROUNDS", "TIED_STEP", "TiedAssignments", "Ties"]

TIED_ROUNDS = 200
"""After so many rounds, neither prices nor ties hardly get better."""

TIED_STEP = 0.001
"""So far prices move with ties, to begin with (`Stride.length`): they are good already."""

_STEP, _SHRINK = 0.008, 0.98
# Memory grows with them; what comes after what else is left out, which only makes bounds lower.
_MOST_PAIRS = 100


@dataclass
class Ties:
    """The multipliers of the courses of a programme.

    Attributes
    ----------
    together
        For each day, session that is not the first of its module, and slot in which that would start, in VND;
        shape (days, further sessions, slots).
    order
        For each day, pair and slot, in VND; shape (days, pairs, slots).
    earlier, later
        The modules of each pair.
    step
        By so much would the bound of a course rise next time, as a share, if it were linear.
    """

    together: npt.NDArray[np.int32]
    order: npt.NDArray[np.int32]
    earlier: Integers
    later: Integers
    step: float = _STEP


@dataclass(frozen=True)
class _TiedLayouts(Layouts):
    """Those of a programme whose courses have multipliers of their own."""

    ties: Ties = field(repr=False)


def _tied(layouts: Layouts, ties: Ties) -> _TiedLayouts:
    """Return layouts with ties, and with potentials of their own: others may price at the same time."""
    own = {"potential": layouts.potential.copy(), "chosen": layouts.chosen.copy(), "ties": ties}
    return _TiedLayouts(**(vars(layouts) | own))


class TiedAssignments(Assignments):
    """Bounds of the courses of a problem that get closer each time they are asked for.

    Parameters
    ----------
    loose
        Those without ties; they stay as they are.
    """

    def __init__(self, loose: Assignments) -> None:
        super().__init__(loose.problem, loose.capacity)
        self._loose = loose

    def _find_layouts(self, cohort: int) -> Layouts:
        found = self._loose.layouts(cohort)
        return _tied(found, self._untied(cohort, found))

    @property
    def ties(self) -> list[Ties]:
        """The multipliers, by programme."""
        return [layouts.ties for layouts in self._layouts.values() if isinstance(layouts, _TiedLayouts)]

    def at_rest(self) -> TiedAssignments:
        """Return a copy whose multipliers stay as they are now."""
        resting = TiedAssignments(self._loose)
        for programme, layouts in self._layouts.items():
            assert isinstance(layouts, _TiedLayouts)
            ties = copy.deepcopy(layouts.ties)
            ties.step = 0.0
            resting._layouts[programme] = _tied(layouts, ties)
        return resting

    def _untied(self, cohort: int, layouts: Layouts) -> Ties:
        """Return multipliers of 0."""
        modules = self.problem.cohorts[cohort].programme.modules
        place = {self.problem.modules[module].module.id: at for at, module in enumerate(modules)}
        pairs = [
            (place[before], at)
            for at, module in enumerate(modules)
            for before in self.problem.modules[module].module.after
        ]
        earlier, later = np.array(pairs[:_MOST_PAIRS], dtype=np.int64).reshape(-1, 2).T.copy()
        days, slots = layouts.potential.shape
        further = int((layouts.sessions - 1).sum())

        def zeros(rows: int) -> npt.NDArray[np.int32]:
            return np.zeros((days, rows, slots), dtype=np.int32)

        return Ties(zeros(further), zeros(len(earlier)), earlier, later)

    def _match(
        self, layouts: Layouts, priced: PricedModules, days: Integers
    ) -> tuple[Integers, Integers, Integers]:
        """Do what `Assignments` does, and move the multipliers."""
        from classplanner.solve.tying import tied_courses  # noqa: PLC0415 - Numba takes half a second

        assert isinstance(layouts, _TiedLayouts)
        least, ties = np.empty(len(days), dtype=np.int64), layouts.ties
        potential, chosen = layouts.potential[days], layouts.chosen[days]
        tied_courses(
            layouts.cost,
            layouts.layout[days],
            layouts.sessions,
            priced.cost,
            days,
            days * self.capacity.per_day,
            potential,
            chosen,
            least,
            ties.together,
            ties.order,
            ties.earlier,
            ties.later,
            ties.step,
        )
        ties.step *= _SHRINK
        return least, potential, chosen

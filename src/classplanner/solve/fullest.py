"""How many trainees any plan has to leave out: prices on the sessions of lecturers, paid in trainees.

The bound is that of `prices`, with another cost: nothing costs but leaving out a class, and that as many as
its trainees. Whatever a class asks for at these prices, it is cheaper left out than held where it would have
to ask for more than that. Closed halls count through the packing, lecturers through their prices, and classes
that cannot be held on any day through both.

Trainees are left out class by class, so a bound is rounded up to the next sum of class sizes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Openings
from classplanner.scenario import Objective
from classplanner.solve.choice import whole_openings
from classplanner.solve.control import Control
from classplanner.solve.cpsat import decide
from classplanner.solve.mixed_integer import branch_and_cut
from classplanner.solve.multipliers import Multipliers, Priced
from classplanner.solve.optional_packing import OptionalPacking
from classplanner.solve.prices import Prices, free_prices

__all__ = ["Fullest", "sum_of_sizes"]

_PRICE = 1_000
"""Of a trainee; prices of sessions are whole numbers, and a class has tens of sessions a trainee or two."""
_ROUNDS = 250
# So many rounds in turn that do not prove that more trainees stay out are taken for the end.
_PATIENCE = 60
_EFFORT = 0.5


class Fullest:
    """The packing in which only trainees count.

    Attributes
    ----------
    packing
        Leaving out a trainee costs `_PRICE`; nothing else costs anything.
    """

    def __init__(self, problem: Problem, openings: Openings, group: Integers) -> None:
        nothing = Objective(fees=0, rooms=0, order=0, delay=0, preference=0, overload=0)
        self._sizes = problem.cohort_sizes
        self._problem = replace(problem, scenario=problem.scenario.model_copy(update={"objective": nothing}))
        self.packing = OptionalPacking(
            self._problem,
            openings,
            0 * openings.day,
            group,
            leave_out=int(self._sizes.sum()),
            price=_PRICE,
        )
        self._multipliers = Multipliers(self._problem, self.packing)

    def classes(self, clock: Control, seed: int) -> Integers | None:
        """Return classes that leave out few trainees, as far as halls and dates go; None for none in time."""
        sessions = self._multipliers.sessions(free_prices(self._problem))
        values = branch_and_cut(self.packing.priced(sessions), clock)
        if values is None:
            _, values = whole_openings(self.packing, sessions, clock, seed)
        return None if values is None else self.packing.classes(values)

    def bound(self, clock: Control, prove: Callable[[int], None], seed: int) -> None:
        """Prove that more and more trainees have to be left out; `prove` is told how many."""
        priced = self._priced(lambda: clock.stopped, prove)
        if priced is not None and not clock.stopped:
            outcome = decide(self.packing.priced(priced.sessions), clock, seed=seed, effort=_EFFORT)
            prove(self._least(outcome.bound - self._multipliers.capacity.refund(priced.prices)))

    def _priced(self, stopped: Callable[[], bool], prove: Callable[[int], None]) -> Priced | None:
        """Find the prices that prove most."""
        in_vain, proven = 0, 0

        def look(priced: Priced) -> None:
            nonlocal in_vain, proven
            least = self._least(priced.bound)
            in_vain, proven = (0, least) if least > proven else (in_vain + 1, proven)
            prove(least)

        return self._multipliers.raise_bound(
            _ROUNDS, lambda: in_vain >= _PATIENCE or stopped(), prices=self._start(), look=look
        )

    def _start(self) -> Prices | None:
        """Return one price for all sessions that lecturers have in all, if that proves anything.

        It does where these are too few for all classes, by however little.
        """
        problem, limited = self._problem, self._multipliers.capacity.limited_in_all
        taught = [
            sum(
                problem.modules[module].module.sessions
                for module in data.programme.modules
                if len(problem.modules[module].lecturers)
            )
            for data in problem.cohorts
        ]
        price = int((_PRICE * self._sizes // np.maximum(taught, 1)).min(initial=_PRICE))
        prices = replace(free_prices(problem), total=np.where(limited, price, 0))
        found = self._multipliers.bound(prices)
        return prices if found is not None and found[0].bound > 0 else None

    def _least(self, bound: int) -> int:
        """Return how many trainees are left out at least where leaving them out costs so much at least."""
        return sum_of_sizes(self._sizes, -(-bound // _PRICE))


def sum_of_sizes(sizes: Integers, least: int) -> int:
    """Return the smallest sum of class sizes, each taken once at most, that is not below `least`."""
    sums = 1  # bit n: n is such a sum
    for size in sizes.tolist():
        sums |= sums << size
    above = sums >> max(least, 0)
    return max(least, 0) + (above & -above).bit_length() - 1

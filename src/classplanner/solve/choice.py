"""Chooses openings for a year: among those that prices lead to, the ones with the least bound of their own.

The openings that are cheapest under the best prices need not be the best ones: many are nearly as cheap, and
in some of them lecturers are wanted by more classes at a time than prices for all openings tell. So the last
few are given prices of their own, and the one with the least bound then is taken.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from classplanner.compile import Integers
from classplanner.solve.control import Control
from classplanner.solve.cpsat import decide
from classplanner.solve.multipliers import Multipliers, Priced
from classplanner.solve.packing import Packing
from classplanner.solve.prices import Prices

__all__ = ["Choice", "Choices", "whole_openings"]

# Rounds for the prices of some openings: more for few classes, whose rounds are quick.
_FEWEST_ROUNDS, _CLASS_ROUNDS = 20, 1600
_EFFORT = 5.0
_CLOSE = 1e-4


class Choice:
    """Openings of all classes, and the prices that suit them.

    Attributes
    ----------
    day, room
        Of each class; shape (classes,).
    bound
        No plan with these openings costs less.
    """

    def __init__(self, day: Integers, room: Integers, bound: int, prices: Prices) -> None:
        self.day, self.room, self.bound, self.prices = day, room, bound, prices


class Choices:
    """The openings that rounds of prices led to, the last ones first."""

    def __init__(self, multipliers: Multipliers) -> None:
        self._multipliers = multipliers
        self._seen: dict[bytes, Priced] = {}

    def look(self, priced: Priced) -> None:
        """Remember the openings of a round if they are whole; the better the bound, the better they are."""
        rounded = np.rint(priced.values)
        if np.abs(priced.values - rounded).max(initial=0) < _WHOLE:
            key = rounded.astype(np.int8).tobytes()
            if key not in self._seen or priced.bound > self._seen[key].bound:
                self._seen[key] = priced

    def best(self, number: int, stopped: Callable[[], bool]) -> list[Choice]:
        """Weigh so many of the openings seen, as far as time allows; the best first."""
        promising = sorted(self._seen.values(), key=lambda priced: -priced.bound)[:number]
        weighed: list[Choice] = []
        for priced in promising:
            if weighed and stopped():
                break
            weighed.append(self.weigh(priced, np.rint(priced.values).astype(np.int64), stopped))
        return sorted(weighed, key=lambda choice: choice.bound)

    def weigh(self, priced: Priced, values: Integers, stopped: Callable[[], bool]) -> Choice:
        """Find prices for openings."""
        packing = self._multipliers.packing
        day, room = packing.openings(values)
        own = Multipliers(packing.problem, packing.only(day, room), self._multipliers.assignments)
        rounds = max(_FEWEST_ROUNDS, _CLASS_ROUNDS // max(1, len(day)))
        found = own.raise_bound(rounds, stopped, prices=priced.prices)
        return (
            Choice(day, room, priced.bound, priced.prices)
            if found is None
            else Choice(day, room, found.bound, found.prices)
        )


_WHOLE = 1e-6


def whole_openings(
    packing: Packing, sessions: Integers, control: Control, seed: int
) -> tuple[str, Integers | None]:
    """Decide the openings at given costs of sessions; return how that went, and the values of the columns."""
    outcome = decide(packing.priced(sessions), control, seed=seed, effort=_EFFORT, enough=_CLOSE)
    return outcome.status, outcome.values

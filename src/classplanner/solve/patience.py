"""How long a draft may lack as much before something else is tried."""

from __future__ import annotations

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import Draft
from classplanner.solve.control import Control

__all__ = ["Patience"]

# Shares of the time for classes that lack something; and in seconds, for how long a draft may lack as much.
_MOST_SHARES, _LEAST_PATIENCE, _MOST_PATIENCE = 12, 1.5, 30.0


class Patience:
    """For how long a draft may lack as much before classes are given up.

    A fair share of the time that is left, by the classes that lack something: so time never runs out before
    the last class is done with.
    """

    def __init__(self, clock: Control) -> None:
        self.seen: Draft | None = None
        self._clock, self._until, self._least = clock, clock, float("inf")

    def look(self, draft: Draft, lacking: Integers) -> None:
        """Take note of a draft, and of the sessions that each class lacks."""
        self.seen = draft
        if lacking.sum() < self._least:
            self._least = lacking.sum()
            share = self._clock.remaining / min(int(np.count_nonzero(lacking)) + 1, _MOST_SHARES)
            self._until = self._clock.within(min(max(share, _LEAST_PATIENCE), _MOST_PATIENCE))

    @property
    def over(self) -> bool:
        """Whether it has been too long."""
        return self._until.stopped

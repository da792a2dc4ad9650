"""What a peer returns: the plans it had, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from classplanner.scenario import Scenario
from classplanner.timetable import PlannedCohort, Timetable

__all__ = ["Found", "Openings", "Peer", "PeerError"]

Openings = Sequence[PlannedCohort]
"""When and where each class is held, where that is given; as a timetable lists it."""


@dataclass(frozen=True)
class Found:
    """A plan, better than those before.

    Attributes
    ----------
    seconds
        When it was found, from the call of the peer.
    total
        What it costs in equivalent VND, by the peer's own reckoning.
    timetable
        The plan.
    """

    seconds: float
    total: int
    timetable: Timetable


class Peer(Protocol):
    """Plans a scenario.

    Parameters
    ----------
    scenario
        What is to be planned.
    seconds
        Wall clock, from the call to the last plan.
    seed
        For peers that draw at random.
    openings
        When and where each class is held; None if that is to be decided, too.

    Returns
    -------
    list of Found
        In the order of time, the last one the best; empty where no plan was found.

    Raises
    ------
    PeerError
        The peer cannot run on this machine or in this way.
    """

    def __call__(
        self, scenario: Scenario, seconds: float, seed: int = 1, openings: Openings | None = None
    ) -> list[Found]:
        """Plan."""


class PeerError(Exception):
    """A peer cannot run here or in this way."""

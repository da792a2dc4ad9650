"""One class, opened on another day or in another room."""

from __future__ import annotations

import numpy as np

from classplanner.encode import Openings, Truths
from classplanner.solve.neighbourhood import Neighbourhood
from classplanner.solve.operators.view import View

__all__ = ["open_elsewhere"]

_SPREAD = 1_000_000
"""VND: so much dearer openings are still tried now and then."""


def open_elsewhere(
    view: View, rng: np.random.Generator, size: int, *, openings: Openings, cost: np.ndarray
) -> Neighbourhood | None:
    """Free all lessons of a class, and let it open on another day as well, in a room that is free then.

    Parameters
    ----------
    openings, cost
        All openings that the rules of classes and rooms allow, and what a class that opens so costs at least;
        the cheaper ones are tried more often.
    """
    cohort = view.any_class(rng)
    if cohort is None:
        return None
    mine = np.flatnonzero(openings.cohort == cohort)
    mine = mine[_free(view, cohort, openings.day[mine], openings.room[mine])]
    here = (openings.day[mine] == view.draft.day[cohort]) & (openings.room[mine] == view.draft.room[cohort])
    mine = mine[~here]
    if len(mine) == 0:
        return None
    chosen = mine[[np.argmin(cost[mine] + rng.exponential(_SPREAD, len(mine)))]]
    slots = view.no_slots()
    slots[cohort] = True
    further = Openings(openings.cohort[chosen], openings.day[chosen], openings.room[chosen])
    return Neighbourhood(view.lessons_of(cohort), slots, further)


def _free(view: View, cohort: int, day: np.ndarray, room: np.ndarray) -> Truths:
    """Mark the openings at which no other class is in the room."""
    days = view.problem.cohort_days
    taken = np.zeros((len(view.problem.room_names), len(view.problem.days) + 1), dtype=np.int64)
    for other in range(len(days)):
        if other != cohort:
            first = view.draft.day[other]
            taken[view.draft.room[other], first + 1 : first + days[other] + 1] = 1
    until = taken.cumsum(axis=1)
    marked: Truths = until[room, day + days[cohort]] == until[room, day]
    return marked

"""Which rooms classes can have, as far as what is settled and their sizes go."""

from __future__ import annotations

import numpy as np

from classplanner.compile import Problem
from classplanner.encode import Truths
from classplanner.scenario import Cohort, Lock

__all__ = ["rooms_settled", "rooms_suitable"]


def rooms_settled(problem: Problem) -> Truths:
    """Mark where classes may be held by their venues, rooms and locks; shape (cohorts, rooms)."""
    names, venues = np.array(problem.room_names), problem.venue_position
    marked = np.ones((len(problem.cohorts), len(names)), dtype=bool)
    told: list[tuple[int, Cohort | Lock]] = [
        *((position, data.cohort) for position, data in enumerate(problem.cohorts)),
        *((problem.cohort_position[lock.cohort], lock) for lock in problem.scenario.locks),
    ]
    for position, one in told:
        if one.room is not None:
            marked[position] &= names == one.room
        if one.venue is not None:
            marked[position] &= problem.room_venue == venues[one.venue]
        if isinstance(one, Cohort) and one.venues is not None:
            marked[position] &= np.isin(problem.room_venue, [venues[venue] for venue in one.venues])
    return marked


def rooms_suitable(problem: Problem) -> Truths:
    """Mark those of these rooms that have enough seats; shape (cohorts, rooms)."""
    seats: Truths = problem.room_capacity >= problem.cohort_sizes[:, None]
    return seats & rooms_settled(problem)

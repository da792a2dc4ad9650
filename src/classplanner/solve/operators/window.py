"""All classes, for some days."""

from __future__ import annotations

import numpy as np

from classplanner.solve.neighbourhood import Neighbourhood
from classplanner.solve.operators.view import View

__all__ = ["window"]


def window(view: View, rng: np.random.Generator, size: int) -> Neighbourhood | None:
    """Free the lessons of all classes in a stretch of days around a class day of a random class."""
    cohort = view.any_class(rng)
    if cohort is None:
        return None
    problem, per_day = view.problem, view.problem.sessions_per_day
    middle = int(view.draft.day[cohort] + rng.integers(problem.cohort_days[cohort]))
    held = len(view.near(cohort)) + 1
    days = max(2, round(size / held / per_day * 2))
    first = middle - int(rng.integers(days))
    slots = view.no_slots()
    day = np.arange(slots.shape[1]) // per_day + view.draft.day[:, None]
    slots = (day >= first) & (day < first + days) & ~view.busy[:, None]
    return Neighbourhood(view.within(slots), slots)

"""Some days of a few classes that are held at the same time."""

from __future__ import annotations

import numpy as np

from classplanner.solve.neighbourhood import Neighbourhood
from classplanner.solve.operators.view import View

__all__ = ["days_of_classes"]

_MOST_CLASSES = 5


def days_of_classes(view: View, rng: np.random.Generator, size: int) -> Neighbourhood | None:
    """Free the lessons on random days of two to five classes."""
    cohort = view.any_class(rng)
    if cohort is None:
        return None
    others = rng.permutation(view.near(cohort))[: int(rng.integers(1, _MOST_CLASSES))]
    chosen = np.concatenate([[cohort], others])
    lessons = sum(len(view.lessons_of(one)) for one in chosen)
    slots, per_day = view.no_slots(), view.problem.sessions_per_day
    for one in chosen:
        days = int(view.problem.cohort_days[one])
        kept = rng.random(days) < size / lessons
        slots[one, : days * per_day] = np.repeat(kept, per_day)
    return Neighbourhood(view.within(slots), slots)

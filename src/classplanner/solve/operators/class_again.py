"""One class, from its first lesson to its last."""

from __future__ import annotations

import numpy as np

from classplanner.solve.neighbourhood import Neighbourhood
from classplanner.solve.operators.view import View

__all__ = ["class_again"]


def class_again(
    view: View, rng: np.random.Generator, size: int, cohort: int | None = None
) -> Neighbourhood | None:
    """Free all lessons of a class, by default of any."""
    if cohort is None:
        cohort = view.any_class(rng)
    if cohort is None:
        return None
    slots = view.no_slots()
    slots[cohort] = True
    return Neighbourhood(view.lessons_of(cohort), slots)

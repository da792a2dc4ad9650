"""One class, and whatever its lecturers do elsewhere at that time."""

from __future__ import annotations

import numpy as np

from classplanner.compile import Integers
from classplanner.solve.neighbourhood import Neighbourhood
from classplanner.solve.operators.view import View

__all__ = ["free_lecturers"]


def free_lecturers(view: View, rng: np.random.Generator, size: int) -> Neighbourhood | None:
    """Free lessons of a class, and lessons of other classes that the lecturers for some of them give.

    The lessons of the other classes may trade their slots among themselves; most find another lecturer.
    """
    cohort = view.any_class(rng)
    if cohort is None:
        return None
    own = view.lessons_of(cohort)
    missing = own[~view.taught[own]]
    wanted = missing if len(missing) else rng.choice(own, 1)
    near = view.near(cohort)
    rivals = np.flatnonzero(
        np.isin(view.cohort, near) & np.isin(view.draft.lecturer, _lecturers(view, wanted)) & view.taught
    )
    rivals = rng.permutation(rivals)[: max(4, size - len(own))]
    slots = view.no_slots()
    slots[cohort] = True
    for lesson in rivals:
        start = view.draft.start[lesson]
        slots[view.cohort[lesson], start : start + view.sessions[lesson]] = True
    return Neighbourhood(np.concatenate([own, rivals]), slots)


def _lecturers(view: View, lessons: Integers) -> Integers:
    """Return the lecturers on the lists of some lessons."""
    modules = view.problem.lesson_module[lessons]
    return np.unique(np.concatenate([view.problem.modules[module].lecturers for module in modules]))

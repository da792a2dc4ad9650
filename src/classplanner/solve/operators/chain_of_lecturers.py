"""A class, and lessons anywhere in the year whose lecturers could step in for one another."""

from __future__ import annotations

import numpy as np

from classplanner.solve.neighbourhood import Neighbourhood
from classplanner.solve.operators.view import View

__all__ = ["chain_of_lecturers"]

_LEAST = 30


def chain_of_lecturers(view: View, rng: np.random.Generator, size: int) -> Neighbourhood | None:
    """Free a class and a chain of lessons: one that a lecturer of the lesson before gives, whenever that is.

    The first lesson of the chain is one that the class lacks, or else any of its own. Where lecturers have
    given all they may in the whole scenario, one takes a lesson over from another, who takes over one from a
    third. The lessons of other classes stay in their slots, or trade them.
    """
    cohort = view.any_class(rng)
    if cohort is None:
        return None
    own = view.lessons_of(cohort)
    modules = [view.problem.modules[module] for module in view.problem.lesson_module[own]]
    wanted = own[[len(data.lecturers) > 0 for data in modules]]
    missing = wanted[~view.taught[wanted]]
    if not len(wanted):
        return None
    chain = [int(rng.choice(missing if len(missing) else wanted))]
    others = view.taught & ~view.busy[view.cohort] & (view.cohort != cohort)
    for _ in range(max(_LEAST, size - len(own))):
        lecturers = view.problem.modules[view.problem.lesson_module[rng.choice(chain)]].lecturers
        given = np.flatnonzero(others & np.isin(view.draft.lecturer, lecturers))
        if len(given):
            chain.append(int(rng.choice(given)))
            others[chain[-1]] = False
    slots = view.no_slots()
    slots[cohort] = True
    for lesson in chain[1:]:
        start = view.draft.start[lesson]
        slots[view.cohort[lesson], start : start + view.sessions[lesson]] = True
    return Neighbourhood(view.within(slots), slots)

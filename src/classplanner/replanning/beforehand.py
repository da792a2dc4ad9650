"""What is known of a problem before any search: what plans cost at least, and that there may be none."""

from __future__ import annotations

import numpy as np

from classplanner.compile import Problem
from classplanner.encode import Model

__all__ = ["NEVER", "is_without_lecturers", "least_cost"]

NEVER = 2**40
"""Above all numbers of changes, and all costs."""


def least_cost(problem: Problem, openings: Model) -> int:
    """Add up the cheapest opening of each class and the cheapest lecturer of each lesson."""
    cheapest = np.full(len(problem.cohorts), NEVER, dtype=np.int64)
    np.minimum.at(cheapest, openings.openings.cohort, openings.cost[: openings.first_start])
    weights, lecturers = problem.scenario.objective, problem.scenario.lecturers
    teaching = [
        min(
            (
                weights.fees * lecturers[lecturer].fee * data.module.sessions + weights.preference * rank
                for rank, lecturer in enumerate(data.lecturers.tolist())
            ),
            default=0,
        )
        for data in problem.modules
    ]
    lessons = np.array(teaching, dtype=np.int64)[problem.lesson_module]
    return int(cheapest.sum()) + int(lessons.sum())


def is_without_lecturers(problem: Problem) -> bool:
    """Whether all who may teach a module that is to be taught are away all the time."""
    slots = len(problem.days) * problem.sessions_per_day
    away = np.bincount(
        np.unique(problem.absences.key) // max(slots, 1), minlength=len(problem.scenario.lecturers)
    )
    lists = [problem.modules[module].lecturers for module in np.unique(problem.lesson_module)]
    return any(len(lecturers) > 0 and bool(np.all(away[lecturers] >= slots)) for lecturers in lists)

"""Which lessons are decided anew: those that cannot stay, then more and more around them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from classplanner.compile import Problem
from classplanner.encode import Openings, Truths
from classplanner.replanning.base import Base
from classplanner.replanning.columns import opening_changes

__all__ = ["surroundings"]

# How many working days around lessons that cannot stay are looked at, before all others are.
_AROUND = (2, 10)


def surroundings(problem: Problem, base: Base, openings: Openings) -> Iterator[tuple[Truths, bool]]:
    """Go through growing sets of lessons to be decided anew; True with the last, which has all.

    Parameters
    ----------
    openings
        Those that may be chosen.
    """
    moving = _moving(problem, base, openings)[problem.lesson_cohort]
    touchable = ~base.frozen | base.lost
    lost = touchable & (base.lost | moving | ~base.taught)
    yield lost, bool(lost.sum() == touchable.sum())
    before = lost
    for days in _AROUND:
        around = touchable & (lost | _around(problem, base, lost, days))
        if before.sum() < around.sum() < touchable.sum():
            yield around, False
            before = around
    if lost.sum() < touchable.sum():
        yield touchable, True


def _moving(problem: Problem, base: Base, openings: Openings) -> Truths:
    """Mark the classes that have another opening day to choose than the one of the plan."""
    moving = np.zeros(len(problem.cohorts), dtype=bool)
    moved, _ = opening_changes(problem, base, openings)
    moving[openings.cohort[moved | ~base.known[openings.cohort]]] = True
    return moving


def _around(problem: Problem, base: Base, lost: Truths, days: int) -> Truths:
    """Mark lessons of the same classes, and of people who could step in, some days around lost ones."""
    same_class = np.isin(problem.lesson_cohort, problem.lesson_cohort[lost])
    lists = [problem.modules[module].lecturers for module in problem.lesson_module[lost]]
    people = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *lists]))
    dates = np.unique(base.first[lost & base.taught])
    day = np.searchsorted(problem.days, base.first)
    near = np.zeros(len(lost), dtype=bool)
    for date in dates:
        near |= np.abs(day - np.searchsorted(problem.days, date)) <= days
    marked: Truths = base.taught & near & (same_class | np.isin(base.lecturer, people))
    return marked

"""Times of lessons to begin with: one class is planned, and all that can follow it do.

What classes of one programme may do with their days is nearly the same, so the times of one are mostly
possible for all; only lecturers differ. A class that cannot follow is planned by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import LEFT_OUT, NOBODY, Draft
from classplanner.solve.annealing.board import Board
from classplanner.solve.control import Control
from classplanner.solve.neighbourhood import decide_anew
from classplanner.solve.operators import View, class_again

__all__ = ["times"]

_EFFORT = 2.0


def times(board: Board, draft: Draft, control: Control, price: int) -> Integers | None:
    """Return a slot for each lesson, those of the draft in classes that it plans whole; shape (lessons,).

    Returns
    -------
    ndarray or None
        None where some class cannot be held by itself, or the clock did not allow for it.
    """
    problem = board.problem
    slot = draft.start.copy()
    examples: dict[str, list[Integers]] = {}
    for cohort in range(len(problem.cohorts)):
        lessons = np.arange(problem.first_lesson[cohort], problem.first_lesson[cohort + 1])
        programme = examples.setdefault(problem.cohorts[cohort].cohort.programme, [])
        if not _possible(board, lessons, slot[lessons]):
            fitting = (one for one in programme if _possible(board, lessons, one))
            found = next(fitting, None)
            if found is None:
                found = _alone(problem, draft, cohort, control, price)
                if found is None or not _possible(board, lessons, found):
                    return None
            slot[lessons] = found
        programme.append(slot[lessons])
    return slot


def _possible(board: Board, lessons: Integers, slot: Integers) -> bool:
    return all(
        start != LEFT_OUT and len(board.ways_of(lesson, start)) > 0 for lesson, start in _pairs(lessons, slot)
    )


def _pairs(lessons: Integers, slot: Integers) -> Iterator[tuple[int, int]]:
    return zip(lessons.tolist(), slot.tolist(), strict=True)


def _alone(problem: Problem, draft: Draft, cohort: int, control: Control, price: int) -> Integers | None:
    """Plan a class as if there were no other; return its slots, None where lessons are left out."""
    everything = len(draft.start)
    empty = Draft(draft.day, draft.room, np.full(everything, LEFT_OUT), np.full(everything, NOBODY))
    view = View(problem, empty, np.zeros(len(draft.day), dtype=bool))
    chosen = class_again(view, np.random.default_rng(0), 0, cohort)
    assert chosen is not None
    better = decide_anew(problem, empty, chosen, control, price=price, effort=_EFFORT).better
    return None if better is None else better.draft.start[chosen.lessons]

"""Plans one class anew while all others stay as they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import (
    Draft,
    Model,
    Openings,
    Part,
    decode,
    draft_from,
    encode,
    program_of,
    reduce_program,
)
from classplanner.scenario import Lock
from classplanner.solve import Control, Result
from classplanner.solve.cpsat import decide
from classplanner.timetable import Timetable

__all__ = ["again"]


def again(
    problem: Problem,
    timetable: Timetable,
    lock: Lock,
    control: Control,
    *,
    change: int = 0,
    seed: int = 1,
) -> Result | None:
    """Plan the class of a lock anew, at the least cost; None where that cannot be.

    Its days stay the same unless the lock says otherwise, and so does its room unless room or venue is asked
    for.

    Parameters
    ----------
    timetable
        A plan of all classes.
    change
        What a meeting of the class that changes counts further, in equivalent VND.
    """
    draft = draft_from(problem, timetable.cohorts, timetable.meetings)
    cohort = problem.cohort_position[lock.cohort]
    free = problem.lesson_cohort == cohort
    slots = np.zeros((len(draft.day), int(problem.cohort_days.max()) * problem.sessions_per_day), dtype=bool)
    slots[cohort] = True
    openings = _openings(problem, draft, cohort, lock)
    if openings is None:
        return None
    model = encode(problem, openings, part=Part(draft, free, slots))
    program = program_of(model)
    if change:
        program = replace(program, cost=program.cost + change * _differs(model, draft, cohort))
    reduced = reduce_program(program)
    if not reduced.possible:
        return None
    outcome = decide(reduced.program, control, seed=seed)
    if outcome.values is None:
        return None
    cohorts, meetings = decode(model, reduced.expand(outcome.values))
    return Result("feasible", cohorts, meetings, 0)


def _openings(problem: Problem, draft: Draft, cohort: int, lock: Lock) -> Openings | None:
    """Return the openings of the draft, of the class of the lock as the lock has it; None for none."""
    day, rooms = int(draft.day[cohort]), np.array([draft.room[cohort]])
    if lock.opens is not None:
        found = np.flatnonzero(problem.days == np.datetime64(lock.opens, "D"))
        if not len(found) or found[0] + problem.cohort_days[cohort] > len(problem.days):
            return None
        day = int(found[0])
    if lock.room is not None or lock.venue is not None or lock.opens is not None:
        rooms = np.arange(len(problem.room_names))
    others = np.flatnonzero(np.arange(len(draft.day)) != cohort)
    table = np.stack(
        [
            np.concatenate([others, np.full(len(rooms), cohort)]),
            np.concatenate([draft.day[others], np.full(len(rooms), day)]),
            np.concatenate([draft.room[others], rooms]),
        ]
    )
    return Openings(*np.unique(table, axis=1))


def _differs(model: Model, draft: Draft, cohort: int) -> Integers:
    """Mark the columns of a class that say that a meeting is held at another time, or by somebody else.

    A meeting for which both is said counts twice.
    """
    problem, starts, lectures = model.problem, model.starts, model.lectures
    lesson = problem.lesson(model.start_cohort, starts.module)
    mine = model.start_cohort == cohort
    held = model.courses.day[starts.course] * problem.sessions_per_day + starts.slot
    was = draft.day[model.start_cohort] * problem.sessions_per_day + draft.start[lesson]
    marked = np.zeros(len(model.upper), dtype=np.int64)
    marked[model.first_start : model.first_lecture] = mine & (held != was)
    given = lesson[lectures.start]
    marked[model.first_lecture : model.first_extra] = mine[lectures.start] & (
        lectures.lecturer != draft.lecturer[given]
    )
    return marked

"""From chosen columns back to ids and dates, and from these to a draft."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode.model import Model
from classplanner.encode.part import LEFT_OUT, NOBODY, Draft
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["decode", "draft_from"]


def decode(model: Model, values: Integers) -> tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]]:
    """Return the classes and the meetings that a solution chooses.

    Parameters
    ----------
    values
        The value of each column; shape (columns,).
    """
    problem = model.problem
    chosen = np.flatnonzero(values[: model.first_start])
    rooms = dict(zip(model.openings.cohort[chosen], model.openings.room[chosen], strict=True))
    cohorts = [_cohort(model, opening) for opening in chosen[np.argsort(model.openings.cohort[chosen])]]

    lecturer = np.full(len(model.starts.slot), -1)
    given = np.flatnonzero(values[model.first_lecture : model.first_extra])
    lecturer[model.lectures.start[given]] = model.lectures.lecturer[given]
    started = np.flatnonzero(values[model.first_start : model.first_lecture])
    order = np.lexsort((model.starts.slot[started], model.start_cohort[started]))
    meetings = [
        _meeting(model, start, problem.room_names[rooms[model.start_cohort[start]]], int(lecturer[start]))
        for start in started[order]
    ]
    return tuple(cohorts), tuple(meetings)


def _cohort(model: Model, opening: int) -> PlannedCohort:
    problem, openings = model.problem, model.openings
    data = problem.cohorts[openings.cohort[opening]]
    first = int(openings.day[opening])
    return PlannedCohort(
        id=data.cohort.id,
        room=problem.room_names[openings.room[opening]],
        opens=problem.dates[first],
        closes=problem.dates[first + data.programme.days - 1],
    )


def _meeting(model: Model, start: int, room: str, lecturer: int) -> Meeting:
    problem = model.problem
    per_day, sessions = problem.sessions_per_day, problem.scenario.calendar.sessions
    module = problem.modules[model.starts.module[start]].module
    first = int(model.courses.day[model.starts.course[start]]) * per_day + int(model.starts.slot[start])
    return Meeting(
        cohorts=(model.cohort_id(model.start_cohort[start]),),
        module=module.id,
        lecturers=(problem.scenario.lecturers[lecturer].id,) if lecturer >= 0 else (),
        room=None if module.off_site else room,
        sessions=tuple(
            (problem.dates[slot // per_day], sessions[slot % per_day])
            for slot in range(first, first + module.sessions)
        ),
    )


def draft_from(problem: Problem, cohorts: Iterable[PlannedCohort], meetings: Iterable[Meeting]) -> Draft:
    """Return the draft that a timetable stands for, all of whose classes are planned.

    Raises
    ------
    LookupError
        It speaks of something that is not in the scenario, or leaves out a class.
    """
    lessons = int(problem.first_lesson[-1])
    start, lecturer = np.full(lessons, LEFT_OUT), np.full(lessons, NOBODY)
    opened = {
        entry.id: (problem.dates.index(entry.opens), problem.room_names.index(entry.room))
        for entry in cohorts
    }
    day, room = np.array([opened[data.cohort.id] for data in problem.cohorts], dtype=np.int64).T
    sessions = problem.scenario.calendar.sessions
    for meeting in meetings:
        cohort = problem.cohort_position[meeting.cohorts[0]]
        module = problem.module_position(cohort, meeting.module)
        lesson = int(problem.lesson(np.array([cohort]), np.array([module]))[0])
        date, session = meeting.sessions[0]
        first = problem.dates.index(date) * len(sessions) + sessions.index(session)
        start[lesson] = first - int(day[cohort]) * len(sessions)
        if meeting.lecturers:
            lecturer[lesson] = problem.lecturer_position[meeting.lecturers[0]]
    return Draft(day, room, start, lecturer)

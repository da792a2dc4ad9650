"""From positions, as peers reckon with them, to a timetable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from classplanner.compile import Problem
from classplanner.timetable import Meeting, PlannedCohort, Timetable

__all__ = ["Course", "timetable_of"]


@dataclass(frozen=True)
class Course:
    """How one class is held.

    Attributes
    ----------
    day, room
        Positions of its first day and of its room.
    starts
        Of each module of its programme, the first slot, counted from the first of the class.
    lecturers
        Of each module, the position of the lecturer; below 0 for none.
    """

    day: int
    room: int
    starts: tuple[int, ...]
    lecturers: tuple[int, ...]


def timetable_of(problem: Problem, courses: Iterable[Course]) -> Timetable:
    """Write down the courses of all classes, which are in the order of the problem."""
    cohorts: list[PlannedCohort] = []
    meetings: list[Meeting] = []
    for position, course in enumerate(courses):
        data = problem.cohorts[position]
        last = course.day + data.programme.days - 1
        cohorts.append(
            PlannedCohort(
                id=data.cohort.id,
                room=problem.room_names[course.room],
                opens=problem.dates[course.day],
                closes=problem.dates[last],
            )
        )
        meetings += _meetings(problem, position, course)
    return Timetable(cohorts=tuple(cohorts), meetings=tuple(meetings))


def _meetings(problem: Problem, cohort: int, course: Course) -> Iterator[Meeting]:
    scenario, per_day, data = problem.scenario, problem.sessions_per_day, problem.cohorts[cohort]
    for place, start, lecturer in zip(data.programme.modules, course.starts, course.lecturers, strict=True):
        module = problem.modules[place].module
        first = course.day * per_day + start
        yield Meeting(
            cohorts=(data.cohort.id,),
            module=module.id,
            lecturers=(scenario.lecturers[lecturer].id,) if lecturer >= 0 else (),
            room=None if module.off_site else problem.room_names[course.room],
            sessions=tuple(
                (problem.dates[slot // per_day], scenario.calendar.sessions[slot % per_day])
                for slot in range(first, first + module.sessions)
            ),
        )

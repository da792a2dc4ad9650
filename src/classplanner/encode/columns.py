"""The columns of the model: what can be chosen, in three tables, each a refinement of the one before.

- *openings*: a class opens on a day, in a room;
- *starts*: in a *course* (a class with its opening day) a module starts at a slot, counted from the course's
  first;
- *lectures*: a start is given by a lecturer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classplanner.compile import Integers, Problem

__all__ = [
    "Courses",
    "Lectures",
    "Openings",
    "Starts",
    "Truths",
    "courses_of",
    "possible_lectures",
    "possible_openings",
    "possible_starts",
    "ragged",
]

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Openings:
    """Class `cohort` opens on `day` in `room`; positions, shape (openings,) each."""

    cohort: Integers
    day: Integers
    room: Integers


@dataclass(frozen=True)
class Courses:
    """Class `cohort` opens on `day`, in whatever room; positions, shape (courses,) each."""

    cohort: Integers
    day: Integers


@dataclass(frozen=True)
class Starts:
    """In `course`, `module` starts at `slot`, counted from the course's first; shape (starts,) each."""

    course: Integers
    module: Integers
    slot: Integers


@dataclass(frozen=True)
class Lectures:
    """`lecturer` gives the module that starts with `start`; shape (lectures,) each."""

    start: Integers
    lecturer: Integers


def ragged(first: Integers, count: Integers) -> tuple[Integers, Integers]:
    """Run ``first[i], first[i] + 1, …`` over `count[i]` values for each i; return the i's and the values."""
    index = np.repeat(np.arange(len(count)), count)
    offset = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    return index, first[index] + offset


def possible_openings(problem: Problem) -> Openings:
    """List the openings whose class days all lie in the calendar.

    Days are working days and a course runs on the next `days` of them: this is where the rules `working-days`
    and `consecutive-days` are stated.
    """
    last = np.array([len(problem.days) - data.programme.days for data in problem.cohorts], dtype=np.int64)
    cohort, day = ragged(np.zeros(len(last), dtype=np.int64), np.maximum(last + 1, 0))
    rooms = len(problem.room_names)
    return Openings(np.repeat(cohort, rooms), np.repeat(day, rooms), np.tile(np.arange(rooms), len(day)))


def courses_of(openings: Openings) -> tuple[Courses, Integers]:
    """Return the courses among some openings, and the course of each opening."""
    pairs, course = np.unique(np.stack([openings.cohort, openings.day]), axis=1, return_inverse=True)
    return Courses(pairs[0], pairs[1]), course.reshape(-1)


def possible_starts(problem: Problem, courses: Courses) -> Starts:
    """List, for each course, the slots at which each module can start and end within the course."""
    parts = [[np.empty(0, dtype=np.int64)] * 3]
    programmes = np.array([data.cohort.programme for data in problem.cohorts])[courses.cohort]
    for data in {data.cohort.programme: data.programme for data in problem.cohorts}.values():
        course = np.flatnonzero(programmes == data.programme.id)
        last = data.days * problem.sessions_per_day - problem.module_sessions[data.modules]
        module, slot = ragged(np.zeros_like(last), np.maximum(last + 1, 0))
        parts.append(
            [
                np.repeat(course, len(slot)),
                np.tile(data.modules[module], len(course)),
                np.tile(slot, len(course)),
            ]
        )
    return Starts(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def possible_lectures(problem: Problem, starts: Starts) -> Lectures:
    """List, for each start, the lecturers who are qualified: here the rule `lecturer-qualified` is stated."""
    lists = [data.lecturers for data in problem.modules]
    count = np.array([len(lecturers) for lecturers in lists], dtype=np.int64)
    first = np.cumsum(count) - count
    start, index = ragged(first[starts.module], count[starts.module])
    return Lectures(start, np.concatenate([np.empty(0, dtype=np.int64), *lists])[index])

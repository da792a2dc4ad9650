"""Writes a problem as the plain numbers that the Java program reads, and reads the plans it writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from benchmarks.peers.drafts import Course
from benchmarks.peers.limits import Limits, module_starts
from classplanner.compile import Problem

__all__ = ["courses_of", "problem_text"]

_NO_LIMIT = 10**6
_NO_BUDGET = 10**15


def problem_text(problem: Problem, limits: Limits) -> str:
    """Write a problem down, in the order in which ``Problem.java`` reads it."""
    parts = (
        _calendar(problem),
        _lecturers(problem, limits),
        _rooms(problem, limits),
        _modules(problem),
        _classes(problem, limits),
    )
    return "\n".join(" ".join(map(str, line)) for part in parts for line in part) + "\n"


def courses_of(problem: Problem, numbers: list[int]) -> Iterator[Course]:
    """Read a plan: of each class its day and room, and the start and lecturer of each module."""
    at = 0
    for data in problem.cohorts:
        end = at + 2 + 2 * len(data.programme.modules)
        yield Course(
            numbers[at], numbers[at + 1], tuple(numbers[at + 2 : end : 2]), tuple(numbers[at + 3 : end : 2])
        )
        at = end


def _counted(values: Iterable[int]) -> list[int]:
    listed = list(values)
    return [len(listed), *listed]


def _dense(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[int, list[int]]:
    distinct, position = np.unique(values, return_inverse=True)
    return len(distinct), position.tolist()


def _calendar(problem: Problem) -> Iterator[list[int]]:
    weeks, week = _dense(problem.week)
    years, year = _dense(problem.year)
    objective, budget = problem.scenario.objective, problem.scenario.budget
    yield [problem.sessions_per_day, len(problem.days), weeks, years]
    yield week
    yield year
    yield [objective.order, objective.delay, objective.preference, objective.overload]
    yield [budget.get(one, _NO_BUDGET) for one in np.unique(problem.year).tolist()]


def _lecturers(problem: Problem, limits: Limits) -> Iterator[list[int]]:
    lecturers = problem.scenario.lecturers
    yield [len(lecturers)]
    yield [problem.scenario.objective.fees * lecturer.fee for lecturer in lecturers]
    yield [lecturer.fee for lecturer in lecturers]
    yield [lecturer.max_sessions_per_day or _NO_LIMIT for lecturer in lecturers]
    yield [lecturer.max_sessions_per_week or _NO_LIMIT for lecturer in lecturers]
    yield [lecturer.max_sessions or _NO_LIMIT for lecturer in lecturers]
    yield [
        _NO_LIMIT if lecturer.target_sessions is None else lecturer.target_sessions for lecturer in lecturers
    ]
    yield from map(_counted, limits.absent)


def _rooms(problem: Problem, limits: Limits) -> Iterator[list[int]]:
    yield [len(problem.room_names)]
    yield problem.room_venue.tolist()
    yield (problem.scenario.objective.rooms * problem.room_cost).tolist()
    yield problem.room_cost.tolist()
    for closed in limits.closed:
        yield _counted(np.flatnonzero(closed).tolist())


def _modules(problem: Problem) -> Iterator[list[int]]:
    yield [len(problem.modules)]
    yield problem.module_sessions.tolist()
    yield [data.nominal_day for data in problem.modules]
    yield [int(data.module.off_site) for data in problem.modules]
    for data in problem.modules:
        yield _counted(data.lecturers.tolist())
    for data in problem.modules:
        yield _counted(data.after)
    days = {programme.id: _days(problem, programme.id) for programme in problem.scenario.programmes}
    for position, data in enumerate(problem.modules):
        yield _counted(module_starts(problem, position, days[data.programme]))
    yield [len(days)]
    for programme in days:
        members = (place for place, data in enumerate(problem.modules) if data.programme == programme)
        yield _counted(members)
    yield list(days.values())


def _days(problem: Problem, programme: str) -> int:
    return problem.scenario.programme_by_id[programme].class_days(problem.sessions_per_day)


def _classes(problem: Problem, limits: Limits) -> Iterator[list[int]]:
    places = {programme.id: place for place, programme in enumerate(problem.scenario.programmes)}
    yield [len(problem.cohorts)]
    yield [places[data.cohort.programme] for data in problem.cohorts]
    yield limits.first
    yield limits.last
    yield [data.earliest for data in problem.cohorts]
    yield from map(_counted, limits.rooms)
    yield [len(limits.locks)]
    for lock in limits.locks:
        yield [
            lock.cohort,
            lock.place,
            *(-1 if value is None else value for value in (lock.lecturer, lock.day, lock.session)),
        ]

"""What the rules allow each class, room and module by itself: where peers that state the rules begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.peers.found import Openings, PeerError
from classplanner.compile import Problem
from classplanner.scenario import Cohort, Lock

__all__ = ["LessonLock", "Limits", "limits_of", "module_starts"]


@dataclass(frozen=True)
class LessonLock:
    """What is settled for a module of a class: positions, None where it is open."""

    cohort: int
    place: int
    lecturer: int | None
    day: int | None
    session: int | None


@dataclass(frozen=True)
class Limits:
    """Bounds of the choices.

    Attributes
    ----------
    first, last
        Of each class, the first and last day on which it may open.
    rooms
        Of each class, the rooms that it may have.
    closed
        Of each room, whether it is closed on a day; shape (rooms, days).
    absent
        Of each lecturer, the slots when away.
    locks
        What is settled for modules.
    """

    first: list[int]
    last: list[int]
    rooms: list[list[int]]
    closed: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    absent: list[list[int]]
    locks: list[LessonLock]


def limits_of(problem: Problem, openings: Openings | None = None) -> Limits:
    """Read the limits of a problem, and of openings that are given.

    Raises
    ------
    PeerError
        Something settled cannot be: a plan that holds all of it does not exist.
    """
    slots = len(problem.days) * problem.sessions_per_day
    absent: list[list[int]] = [[] for _ in problem.scenario.lecturers]
    for key in np.unique(problem.absences.key).tolist():
        absent[key // slots].append(key % slots)
    closed = np.zeros((len(problem.room_names), len(problem.days)), dtype=bool)
    for closure in problem.closures:
        for room in np.flatnonzero(problem.closed_rooms(closure)):
            closed[room, closure.days] = True
    first, last, rooms = [], [], []
    settled = _settled(problem)
    for position in range(len(problem.cohorts)):
        window = _window(problem, position, settled[position])
        first.append(window[0])
        last.append(window[1])
        rooms.append(_rooms(problem, position, settled[position]))
    limits = Limits(first, last, rooms, closed, absent, list(_lesson_locks(problem)))
    if openings is not None:
        _fix(problem, limits, openings)
    return limits


def module_starts(problem: Problem, module: int, days: int) -> list[int]:
    """List the slots of a course at which a module may start, by its shape and its window."""
    data, per_day = problem.modules[module].module, problem.sessions_per_day
    sessions = problem.scenario.calendar.sessions
    starts = []
    for start in range(days * per_day - data.sessions + 1):
        day, place = divmod(start, per_day)
        last = (start + data.sessions - 1) // per_day
        in_shape = last == day if data.sessions <= per_day else place == 0
        in_window = data.earliest_day <= day + 1 and last + 1 <= (data.latest_day or days)
        if in_shape and in_window and (data.start_sessions is None or sessions[place] in data.start_sessions):
            starts.append(start)
    return starts


def _settled(problem: Problem) -> dict[int, list[Lock]]:
    settled: defaultdict[int, list[Lock]] = defaultdict(list)
    for lock in problem.scenario.locks:
        settled[problem.cohort_position[lock.cohort]].append(lock)
    return settled


def _window(problem: Problem, position: int, locks: list[Lock]) -> tuple[int, int]:
    data = problem.cohorts[position]
    cohort, days = data.cohort, data.programme.days
    first, last = data.earliest, len(problem.days) - days
    if cohort.finishes_by is not None:
        last = min(
            last, int(np.searchsorted(problem.days, np.datetime64(cohort.finishes_by), "right")) - days
        )
    for opens in (cohort.opens, *(lock.opens for lock in locks)):
        if opens is not None:
            day = int(np.searchsorted(problem.days, np.datetime64(opens)))
            if day == len(problem.days) or problem.dates[day] != opens:
                raise PeerError(f"{cohort.id} opens on no working day")
            first, last = max(first, day), min(last, day)
    if first > last:
        raise PeerError(f"{cohort.id} has no day to open on")
    return first, last


def _rooms(problem: Problem, position: int, locks: list[Lock]) -> list[int]:
    cohort = problem.cohorts[position].cohort
    allowed = problem.room_capacity >= cohort.size
    facts: list[Cohort | Lock] = [cohort, *locks]
    for settled in facts:
        if settled.venue is not None:
            allowed &= problem.room_venue == problem.venue_position[settled.venue]
        if settled.room is not None:
            allowed &= np.array([name == settled.room for name in problem.room_names])
    if cohort.venues is not None:
        allowed &= np.isin(problem.room_venue, [problem.venue_position[name] for name in cohort.venues])
    rooms: list[int] = np.flatnonzero(allowed).tolist()
    if not rooms:
        raise PeerError(f"{cohort.id} has no room")
    return rooms


def _lesson_locks(problem: Problem) -> Iterator[LessonLock]:
    sessions = problem.scenario.calendar.sessions
    for lock in problem.scenario.locks:
        if lock.module is None:
            continue
        cohort = problem.cohort_position[lock.cohort]
        module = problem.module_position(cohort, lock.module)
        place = problem.cohorts[cohort].programme.modules.tolist().index(module)
        lecturer = None if lock.lecturer is None else problem.lecturer_position[lock.lecturer]
        if lecturer is not None and lecturer not in problem.modules[module].lecturers:
            raise PeerError(f"{lock.lecturer} may not teach {lock.module}")
        day = None
        if lock.date is not None:
            if lock.date not in problem.dates:
                raise PeerError(f"{lock.date} is no working day")
            day = problem.dates.index(lock.date)
        session = None if lock.session is None else sessions.index(lock.session)
        yield LessonLock(cohort, place, lecturer, day, session)


def _fix(problem: Problem, limits: Limits, openings: Openings) -> None:
    for opening in openings:
        cohort = problem.cohort_position[opening.id]
        limits.first[cohort] = limits.last[cohort] = problem.dates.index(opening.opens)
        limits.rooms[cohort] = [problem.room_names.index(opening.room)]

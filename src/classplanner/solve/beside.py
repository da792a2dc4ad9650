"""What planned classes leave of a problem: for judging what else can be planned beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from classplanner.compile import Absences, Integers, Problem
from classplanner.encode import Truths
from classplanner.scenario import Lecturer
from classplanner.solve.result import Result

__all__ = ["more_absences", "rooms_taken", "without"]


def rooms_taken(problem: Problem, result: Result) -> Truths:
    """Mark the days on which rooms are taken; shape (rooms, days)."""
    taken = np.zeros((len(problem.room_names), len(problem.days)), dtype=bool)
    for room, day in _bookings(problem, result):
        taken[room, day] = True
    return taken


def _bookings(problem: Problem, result: Result) -> Iterator[tuple[int, slice]]:
    """Go through the rooms of the planned classes, each with the class days."""
    day = {date: position for position, date in enumerate(problem.dates)}
    room = {name: position for position, name in enumerate(problem.room_names)}
    for entry in result.cohorts:
        yield room[entry.room], slice(day[entry.opens], day[entry.closes] + 1)


def without(problem: Problem, result: Result) -> Problem:
    """Take what planned classes take out of a problem: time of lecturers, and money; not yet the rooms.

    Lecturers are away when they teach, and in days and weeks in which they have taught as much as they may.
    That is a relaxation of what is left: where a lecturer has some sessions of a day or week left, a class
    may use as many as if there were no other, and a lecturer may be sent to another venue.
    """
    taught = np.zeros(
        (len(problem.scenario.lecturers), len(problem.days), problem.sessions_per_day), dtype=int
    )
    day = {date: position for position, date in enumerate(problem.dates)}
    session = {name: position for position, name in enumerate(problem.scenario.calendar.sessions)}
    for meeting in result.meetings:
        for lecturer in meeting.lecturers:
            for date, name in meeting.sessions:
                taught[problem.lecturer_position[lecturer], day[date], session[name]] += 1
    left = {"lecturers": _lecturers_left(problem, taught), "budget": _budget_left(problem, result, taught)}
    return replace(
        problem,
        absences=more_absences(problem, _away(problem, taught)),
        scenario=problem.scenario.model_copy(update=left),
    )


def _away(problem: Problem, taught: Integers) -> Truths:
    """Mark the slots in which lecturers teach, or may not teach any more; the same shape as `taught`."""
    away = taught > 0
    for position, lecturer in enumerate(problem.scenario.lecturers):
        a_day = taught[position].sum(axis=1)
        week = np.unique(problem.week, return_inverse=True)[1]
        a_week = np.bincount(week, a_day)[week]
        for limit, number in (
            (lecturer.max_sessions_per_day, a_day),
            (lecturer.max_sessions_per_week, a_week),
            (lecturer.max_sessions, np.full_like(a_day, a_day.sum())),
        ):
            if limit is not None:
                away[position, number >= limit] = True
    return away


def _lecturers_left(problem: Problem, taught: Integers) -> tuple[Lecturer, ...]:
    """Return the lecturers with as many sessions in all as they have left; without any, they are away."""
    return tuple(
        lecturer
        if lecturer.max_sessions is None
        else lecturer.model_copy(update={"max_sessions": lecturer.max_sessions - int(sessions.sum())})
        for lecturer, sessions in zip(problem.scenario.lecturers, taught, strict=True)
    )


def more_absences(problem: Problem, away: Truths) -> Absences:
    """Add the marked slots to when lecturers are away."""
    before, lecturers = problem.absences, len(problem.scenario.lecturers)
    more = np.flatnonzero(away)
    cause = len(before.causes) + more // max(away[0].size if lecturers else 1, 1)
    key = np.concatenate([before.key, more])
    order = np.argsort(key, kind="stable")
    causes = (*before.causes, *((lecturer, None) for lecturer in range(lecturers)))
    return Absences(key[order], np.concatenate([before.cause, cause])[order], causes)


def _budget_left(problem: Problem, result: Result, taught: Integers) -> dict[int, int]:
    """Return what the planned classes leave of the budgets, by year."""
    fee = np.array([lecturer.fee for lecturer in problem.scenario.lecturers], dtype=np.int64)
    spent = fee @ taught.sum(axis=2) if len(fee) else np.zeros(len(problem.days), dtype=np.int64)
    for room, days in _bookings(problem, result):
        spent[days] += problem.room_cost[room]
    return {
        year: amount - int(spent[problem.year == year].sum())
        for year, amount in problem.scenario.budget.items()
    }

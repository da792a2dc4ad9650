"""Says why a plan leaves out a class: nothing but what is proven, as far as that takes no time to speak of.

First what stands in the way of the class alone, in any plan; then what the planned classes leave of halls and
lecturers. For the latter, whatever they take is taken out of the problem (lecturers are away when they teach,
or once they have taught as much as they may; the budget is what is left of it), and the rules are stated to
what remains: none of them is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np

from classplanner.compile import Absences, Integers, Problem
from classplanner.encode import Model, Openings, Truths, encode, encode_openings, program_of
from classplanner.solve.control import Control
from classplanner.solve.cpsat import decide
from classplanner.solve.search import Result
from classplanner.timetable import LeftOut, Reason

__all__ = ["why_left_out"]

# All classes together may take so long; those of one kind share their reason.
_SECONDS = 1.0
# Models of more columns than this take too long to make.
_LARGEST = 200_000


def why_left_out(problem: Problem, result: Result) -> tuple[LeftOut, ...]:
    """List the classes that a plan leaves out, each with the most telling reason that was proven.

    Parameters
    ----------
    result
        A plan of some classes, and how many trainees a plan has at most.
    """
    planned = {entry.id for entry in result.cohorts}
    sizes = {data.cohort.id: data.cohort.size for data in problem.cohorts}
    fullest = result.most == sum(sizes[name] for name in planned)
    analysis = _Analysis(problem, result, "crowded-out" if fullest else "not-found")
    reasons: dict[str, tuple[Reason, tuple[str, ...]]] = {}
    left_out = []
    for position, data in enumerate(problem.cohorts):
        if data.cohort.id not in planned:
            kind = _kind(problem, position)
            if kind not in reasons:
                reasons[kind] = analysis.reason(position)
            reason, modules = reasons[kind]
            left_out.append(LeftOut(cohort=data.cohort.id, reason=reason, modules=modules))
    return tuple(left_out)


def _kind(problem: Problem, cohort: int) -> str:
    """Write down all that tells a class from others but its name."""
    asked = problem.cohorts[cohort].cohort
    locks = [
        lock.model_dump_json(exclude={"cohort"}) for lock in problem.scenario.locks if lock.cohort == asked.id
    ]
    return "\n".join((asked.model_dump_json(exclude={"id"}), *sorted(locks)))


class _Analysis:
    """Looks for the reason of one class after another."""

    def __init__(self, problem: Problem, result: Result, otherwise: Reason) -> None:
        self.problem = problem
        self.result = result
        self.otherwise = otherwise
        self.clock = Control(_SECONDS)

    @cached_property
    def remaining(self) -> Problem:
        """What the planned classes leave of the problem; halls apart."""
        return _without(self.problem, self.result)

    @cached_property
    def taken(self) -> Truths:
        """On which days rooms are taken; shape (rooms, days)."""
        return _taken(self.problem, self.result)

    def reason(self, cohort: int) -> tuple[Reason, tuple[str, ...]]:
        """Return the reason of a class, and the modules it speaks of."""
        data = self.problem.cohorts[cohort]
        if len(self.problem.days) < data.programme.days:
            return "short-calendar", ()
        if not (self.problem.room_capacity >= data.cohort.size).any():
            return "no-seats", ()
        return next(self._found(cohort), (self.otherwise, ()))

    def _found(self, cohort: int) -> Iterator[tuple[Reason, tuple[str, ...]]]:
        """Yield what is proven, in the order of how much it says."""
        openings = _openings(self.problem, cohort)
        if not len(openings.day):
            yield "no-days", ()
        yield from self._modules(self.problem, cohort, openings, "no-lecturers", "impossible")
        free = ~self.taken[openings.room[:, None], _class_days(self.problem, cohort, openings)].any(axis=1)
        if not free.any():
            yield "halls-taken", ()
        openings = Openings(openings.cohort[free], openings.day[free], openings.room[free])
        yield from self._modules(self.remaining, cohort, openings, "lecturers-taken", "no-place")

    def _modules(
        self, problem: Problem, cohort: int, openings: Openings, lacking: Reason, infeasible: Reason
    ) -> Iterator[tuple[Reason, tuple[str, ...]]]:
        """Yield what keeps the modules of a class from being taught, given when and where it may open."""
        if self.clock.stopped or _columns(problem, cohort, openings) > _LARGEST:
            return
        model = encode(problem, openings, cohorts=np.array([cohort]), objective=False)
        modules = _lacking(model, cohort)
        if modules:
            yield lacking, modules
        if decide(program_of(model), self.clock).status == "infeasible":
            yield infeasible, ()


def _openings(problem: Problem, cohort: int) -> Openings:
    """List the openings of one class that the rules allow."""
    days = np.arange(len(problem.days) - int(problem.cohort_days[cohort]) + 1)
    rooms = np.arange(len(problem.room_names))
    day, room = np.repeat(days, len(rooms)), np.tile(rooms, len(days))
    openings = Openings(np.full_like(day, cohort), day, room)
    return encode_openings(problem, openings, cohorts=np.array([cohort])).openings


def _class_days(problem: Problem, cohort: int, openings: Openings) -> Integers:
    """List the class days of openings of one class; shape (openings, days)."""
    return openings.day[:, None] + np.arange(problem.cohort_days[cohort])


def _columns(problem: Problem, cohort: int, openings: Openings) -> int:
    """Estimate the columns of the model of one class over some openings."""
    data = problem.cohorts[cohort].programme
    lectures = sum(1 + len(problem.modules[module].lecturers) for module in data.modules)
    return len(np.unique(openings.day)) * data.days * problem.sessions_per_day * lectures


def _lacking(model: Model, cohort: int) -> tuple[str, ...]:
    """Name modules of which one at least cannot be taught, in whichever course; none where that is not so.

    As few as a greedy choice gets by with: the module that most courses lack first.
    """
    problem, starts = model.problem, model.starts
    programme = problem.cohorts[cohort].programme.modules
    staffed = np.array([len(data.lecturers) > 0 for data in problem.modules], dtype=bool)
    given = np.zeros(len(starts.slot), dtype=bool)
    given[model.lectures.start] = True
    can = given | ~staffed[starts.module]
    lacks = np.ones((len(model.courses.day), len(problem.modules)), dtype=bool)
    lacks[starts.course[can], starts.module[can]] = False
    lacks = lacks[:, programme]
    chosen = []
    while len(lacks) and lacks.any(axis=1).all():
        worst = int(lacks.sum(axis=0).argmax())
        chosen.append(problem.modules[programme[worst]].module.id)
        lacks = lacks[~lacks[:, worst]]
    return tuple(chosen) if not len(lacks) else ()


def _taken(problem: Problem, result: Result) -> Truths:
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


def _without(problem: Problem, result: Result) -> Problem:
    """Take what the planned classes take out of a problem: time of lecturers, and money."""
    taught = np.zeros(
        (len(problem.scenario.lecturers), len(problem.days), problem.sessions_per_day), dtype=int
    )
    day = {date: position for position, date in enumerate(problem.dates)}
    session = {name: position for position, name in enumerate(problem.scenario.calendar.sessions)}
    for meeting in result.meetings:
        for lecturer in meeting.lecturers:
            for date, name in meeting.sessions:
                taught[problem.lecturer_position[lecturer], day[date], session[name]] += 1
    return replace(
        problem,
        absences=_more_absences(problem, _away(problem, taught)),
        scenario=problem.scenario.model_copy(update={"budget": _budget_left(problem, result, taught)}),
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


def _more_absences(problem: Problem, away: Truths) -> Absences:
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

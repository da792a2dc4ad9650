"""Says why a plan leaves out a class: nothing but what is proven, as far as little effort goes.

First what stands in the way of the class alone, in any plan; then what the planned classes leave of halls,
lecturers and budget: the rules are stated to the problem that `beside` makes of it, and none of them is
written twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Model, Openings, Truths, allowed_openings, encode, program_of
from classplanner.solve.beside import rooms_taken, without
from classplanner.solve.control import Control
from classplanner.solve.cpsat import decide
from classplanner.solve.result import Result
from classplanner.timetable import LeftOut, Reason

__all__ = ["why_left_out"]

# So many columns may be made for all classes together, which takes about a second; columns and not seconds,
# so that the same plan gets the same reasons every time. Classes of one kind share their reason.
_COLUMNS = 200_000
# So much effort may go into one model, in CP-SAT's deterministic time: some tenths of a second.
_EFFORT = 0.1


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
        self._columns_left = _COLUMNS

    @cached_property
    def remaining(self) -> Problem:
        """What the planned classes leave of the problem; halls apart."""
        return without(self.problem, self.result)

    @cached_property
    def taken(self) -> Truths:
        """On which days rooms are taken; shape (rooms, days)."""
        return rooms_taken(self.problem, self.result)

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
        if not self._afford(len(self.problem.days) * len(self.problem.room_names)):
            return
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
        if not self._afford(_columns(problem, cohort, openings)):
            return
        model = encode(problem, openings, cohorts=np.array([cohort]), objective=False)
        modules = _lacking(model, cohort)
        if modules:
            yield lacking, modules
        if decide(program_of(model), Control(), effort=_EFFORT).status == "infeasible":
            yield infeasible, ()

    def _afford(self, columns: int) -> bool:
        """Whether so many columns can still be made; they are counted if so."""
        if columns > self._columns_left:
            return False
        self._columns_left -= columns
        return True


def _openings(problem: Problem, cohort: int) -> Openings:
    """List the openings of one class that the rules allow."""
    days = np.arange(len(problem.days) - int(problem.cohort_days[cohort]) + 1)
    rooms = np.arange(len(problem.room_names))
    day, room = np.repeat(days, len(rooms)), np.tile(rooms, len(days))
    return allowed_openings(problem, Openings(np.full_like(day, cohort), day, room))


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

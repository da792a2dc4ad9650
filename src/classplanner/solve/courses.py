"""What each course costs at least: its sessions planned as if no other class existed.

For a class and an opening day, the cheapest way to plan its sessions alone is a lower bound on what they cost
in any plan that opens the class on that day: other classes only take lecturers away and add to their loads.
The bound is raised in three steps, each dearer and closer than the one before, and only where the search asks
for it: the cheapest lecturer of every module; the linear relaxation; the exact optimum.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Goal, Model, Openings, encode, program_of
from classplanner.solve.control import Control
from classplanner.solve.cpsat import decide
from classplanner.solve.prices import ask
from classplanner.solve.relaxation import relax

__all__ = ["IMPOSSIBLE", "CourseBounds", "groups"]

IMPOSSIBLE = 2**53
"""The cost of a course that cannot be held: more than any plan."""

_GUESS, _RELAXED, _EXACT = 0, 1, 2

# For the exact bound of a course, in CP-SAT's deterministic time: some 20 seconds.
_EFFORT_A_COURSE = 11.0
_STEP, _STEPS_UP_TO = 0.01, 1.1


class CourseBounds:
    """Lower bounds on what the sessions of each course cost, in equivalent VND, without hall and delay.

    Under prices (`prices`), sessions cost what lecturers ask beside their fees, too, and overloads nothing.
    Where trainees count and not costs, sessions cost nothing; what remains is whether a course can be held.
    Classes whose sessions are planned under the same rules share their bounds.
    """

    def __init__(
        self,
        problem: Problem,
        control: Control,
        *,
        least: Literal["cost", "left-out"] = "cost",
        asked: Integers | None = None,
        seed: int,
        workers: int,
    ) -> None:
        self.problem = problem
        self.control = control
        self._asked = asked
        self._goal = Goal(least=least)
        self._seed, self._workers = seed, workers
        self.group = groups(problem)
        shape = (int(self.group.max(initial=-1)) + 1, len(problem.days))
        self.bound = np.zeros(shape, dtype=np.int64)
        self.level = np.full(shape, _GUESS)
        for cohort, group in enumerate(self.group) if least == "cost" else ():
            self.bound[group, :] = _cheapest_lecturers(problem, cohort)

    def of(self, openings: Openings) -> Integers:
        """Return the bound for each opening; shape (openings,)."""
        return self.of_courses(openings.cohort, openings.day)

    def of_courses(self, cohort: Integers, day: Integers) -> Integers:
        """Return the bounds of classes that open on days; shape (courses,)."""
        return self.bound[self.group[cohort], day]

    def guess(self, cohort: int, day: int, bound: int) -> None:
        """Take a bound that was proven elsewhere; it may be raised further."""
        self._raise(cohort, day, bound, _GUESS)

    def relaxed(self, cohort: int, day: int) -> bool:
        """Whether the bound of a course is at least that of its linear relaxation."""
        return bool(self.level[self.group[cohort], day] >= _RELAXED)

    def exact(self, cohort: int, day: int) -> bool:
        """Whether the bound of a course cannot be raised any more."""
        return bool(self.level[self.group[cohort], day] >= _EXACT)

    def relax(self, cohort: int, day: int, room: int) -> None:
        """Raise the bound of a course to that of its linear relaxation."""
        model = self._alone(cohort, day, room)
        relaxation = relax(program_of(model), self.control.remaining)
        if relaxation is not None:
            self._raise(cohort, day, relaxation.bound - int(model.cost[0]), _RELAXED)
        else:
            self.solve(cohort, day, room)

    def solve(self, cohort: int, day: int, room: int) -> None:
        """Raise the bound of a course to its optimum, as far as the clock allows."""
        model = self._alone(cohort, day, room)
        outcome = decide(
            program_of(model),
            self.control,
            seed=self._seed,
            workers=self._workers,
            effort=_EFFORT_A_COURSE,
        )
        bound = IMPOSSIBLE if outcome.status == "infeasible" else outcome.bound - int(model.cost[0])
        self._raise(cohort, day, bound, _EXACT)

    def lift(self, cohort: int, day: int, room: int) -> None:
        """Raise the bound of a course by a step, or to its optimum if that is nearer.

        That no plan of the course costs less than a little more than its relaxation is soon proven, as few
        columns are that cheap.
        """
        model = self._alone(cohort, day, room)
        program, opening = program_of(model), int(model.cost[0])
        relaxation = relax(program, self.control.remaining)
        if relaxation is None:
            self.solve(cohort, day, room)
            return
        known = max(relaxation.bound, int(self.bound[self.group[cohort], day]) + opening)
        if known - opening > _STEPS_UP_TO * (relaxation.bound - opening):
            self.solve(cohort, day, room)  # perhaps it cannot be held at all
            return
        most = known + int(_STEP * (known - opening)) + 1
        cheap = program.without(relaxation.bound + relaxation.reduced > most)
        outcome = decide(cheap, self.control, seed=self._seed, effort=_EFFORT_A_COURSE, most=most)
        if outcome.status == "infeasible":
            self._raise(cohort, day, most + 1 - opening, _RELAXED)
        elif outcome.status == "unknown":
            self._raise(cohort, day, known - opening, _EXACT)
        else:
            self._raise(cohort, day, outcome.bound - opening, _EXACT)

    def learn(self, cohort: int, day: int, bound: int) -> None:
        """Take a bound that was proven elsewhere; it is not raised any more."""
        self._raise(cohort, day, bound, _EXACT)

    def _raise(self, cohort: int, day: int, bound: int, level: int) -> None:
        group = self.group[cohort]
        self.bound[group, day] = max(self.bound[group, day], bound)
        self.level[group, day] = level

    def _alone(self, cohort: int, day: int, room: int) -> Model:
        opening = Openings(np.array([cohort]), np.array([day]), np.array([room]))
        # The budget depends on the hall and on other classes; bounds are for any hall.
        model = encode(
            self.problem, opening, cohorts=np.array([cohort]), goal=self._goal, without=("budget",)
        )
        if self._asked is not None:
            model.cost[model.first_extra :] = 0
            ask(model, self._asked)
        return model


def groups(problem: Problem) -> Integers:
    """Give each class a number, the same to those with the same programme and settled modules."""
    settled: dict[str, list[str]] = {data.cohort.id: [] for data in problem.cohorts}
    for lock in problem.scenario.locks:
        if lock.module is not None:
            settled[lock.cohort].append(lock.model_copy(update={"cohort": ""}).model_dump_json())
    keys = [(data.cohort.programme, *sorted(settled[data.cohort.id])) for data in problem.cohorts]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int64)


def _cheapest_lecturers(problem: Problem, cohort: int) -> int:
    """Add up what each module costs with its cheapest lecturer on its nominal day."""
    weights, lecturers = problem.scenario.objective, problem.scenario.lecturers
    return sum(
        min(
            weights.fees * lecturers[lecturer].fee * data.module.sessions + weights.preference * rank
            for rank, lecturer in enumerate(data.lecturers)
        )
        for data in (problem.modules[position] for position in problem.cohorts[cohort].programme.modules)
        if len(data.lecturers)
    )

"""Decides scenarios of one to some eight classes: the best plan, and a proof of how good it is.

A scenario with few possible openings is stated to CP-SAT whole. Otherwise the search goes by *openings*:

1. Every course has a bound on what its sessions cost (`courses`). The cheapest choice of openings under these
   bounds and the rules of halls is a bound on the whole problem: a plan costs its openings and its sessions,
   and its sessions cost each class at least as much as if the class were alone.
2. The courses of that choice get closer bounds, until the choice stands on relaxed bounds; then it is
   planned jointly, which gives a plan; then its courses get exact bounds. The loop ends when the bound meets
   the plan.
3. What is left are classes in each other's way. Then openings are admitted in the order of what using them
   costs at least (reduced costs of the choice's linear relaxation), in growing numbers, and planned jointly.
   The plan is optimal once it is optimal among the admitted openings and all others cost at least as much.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import (
    EVERY_CLASS,
    Draft,
    Goal,
    Model,
    Openings,
    Program,
    encode,
    encode_openings,
    program_of,
)
from classplanner.solve.control import Control, Progress
from classplanner.solve.courses import IMPOSSIBLE, CourseBounds
from classplanner.solve.cpsat import Outcome, decide
from classplanner.solve.incumbent import Incumbent
from classplanner.solve.judge import judge
from classplanner.solve.relaxation import relax
from classplanner.solve.result import Result, result_of

__all__ = ["WHOLE", "search"]

# Below this many columns the whole model is decided at once (docs/engine.md).
WHOLE = 15_000
# CP-SAT gets nowhere with more columns than this.
_LARGEST = 500_000
# More class days than this, over all possible openings, are not even listed.
_LARGEST_CALENDAR = 10_000_000
# So much effort may go into the first plan, and as much into improving it, before bounds are looked after: in
# CP-SAT's deterministic time, some 3 seconds each.
_FIRST_PLAN = 1.5
# A first plan this close to the best one is enough to leave out most columns before it is improved.
_ENOUGH = 0.005


def search(
    problem: Problem,
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
    whole: int = WHOLE,
    goal: Goal = EVERY_CLASS,
    start: Draft | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Find the cheapest plan, or the one with the fewest trainees left out, or as good a one as time allows.

    Parameters
    ----------
    seed, workers
        For CP-SAT; with one worker, the same seed and problem give the same plan unless the clock ends it.
    whole
        Decide models of up to so many columns at once.
    goal
        What a plan may leave out, and what is to be made small.
    start
        A plan to begin with; it is not looked at where classes may be left out.
    on_progress
        Told of each improvement; it may be called from another thread.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    """
    incumbent = Incumbent(control, on_progress)
    if _class_days(problem) > _LARGEST_CALENDAR:
        return Result("unknown", (), (), 0)
    if start is not None and goal == EVERY_CLASS:
        judged = judge(problem, start)
        if judged.complete:
            incumbent.offer(judged.model, judged.values)
    feasible = _Search(problem, incumbent, goal, seed, workers).run(whole)
    return result_of(incumbent, feasible=feasible)


class _Search:
    """One run; its methods return False once there is proven to be no plan, None if that is not known."""

    def __init__(self, problem: Problem, incumbent: Incumbent, goal: Goal, seed: int, workers: int) -> None:
        self.problem = problem
        self.goal = goal
        self.incumbent = incumbent
        self.control = incumbent.control
        self.seed, self.workers = seed, workers
        self.openings = encode_openings(problem, goal=goal)
        self.halls = program_of(self.openings)
        self.bounds = CourseBounds(problem, self.control, least=goal.least, seed=seed, workers=workers)

    def run(self, whole: int) -> bool | None:
        """Search; False: there is no plan, True: there is one, None: not known."""
        everything = np.arange(len(self.openings.openings.day))
        if self._columns(everything) <= whole:
            self.incumbent.enter("whole")
            feasible = _known(self._plan(everything, covers_all=True))
        else:
            self.incumbent.enter("openings")
            feasible = self._by_choice()
            if feasible is None and not self.incumbent.proven and not self.control.stopped:
                feasible = self._by_admission()
        return True if self.incumbent.plan is not None else feasible

    # --- step 1 and 2

    def _by_choice(self) -> bool | None:
        """Raise bounds and plan the cheapest choice of openings until they meet, or it leads no further."""
        tried: set[tuple[int, ...]] = set()
        first = True
        while not self.control.stopped:
            choice = self._choose()
            if choice.status == "infeasible":
                return False
            self.incumbent.prove(choice.bound)
            if choice.values is None or self.incumbent.proven:
                return None
            chosen = np.flatnonzero(choice.values[: self.openings.first_extra])
            if first:  # whatever comes, have a plan early
                first = False
                if self._plan(chosen, effort=_FIRST_PLAN).status in ("optimal", "infeasible"):
                    tried.add(tuple(chosen))
                continue
            if self._raise(chosen, self.bounds.relaxed, self.bounds.relax):
                continue
            if tuple(chosen) not in tried:
                tried.add(tuple(chosen))
                self._plan(chosen)
            elif not self._raise(chosen, self.bounds.exact, self.bounds.solve):
                return None
        return None

    def _choose(self) -> Outcome:
        """Choose openings at the least cost under the rules of halls, sessions at their bounds."""
        return decide(self._priced(), self.control, seed=self.seed, workers=self.workers)

    def _priced(self) -> Program:
        """Return the program of halls with the bounds of courses as costs, impossible courses left out."""
        bound = np.zeros_like(self.halls.cost)
        bound[: self.openings.first_extra] = self.bounds.of(self.openings.openings)
        return replace(
            self.halls, cost=self.halls.cost + bound, upper=np.where(bound >= IMPOSSIBLE, 0, self.halls.upper)
        )

    def _raise(
        self,
        chosen: Integers,
        done: Callable[[int, int], bool],
        lift: Callable[[int, int, int], None],
    ) -> bool:
        """Raise the bounds of chosen courses that are not `done`; whether there were any."""
        table = self.openings.openings
        open_ones = [
            (int(table.cohort[opening]), int(table.day[opening]), int(table.room[opening]))
            for opening in chosen
            if not done(int(table.cohort[opening]), int(table.day[opening]))
        ]
        for course in open_ones:
            if not self.control.stopped and not done(*course[:2]):
                lift(*course)
        return bool(open_ones)

    # --- step 3

    def _by_admission(self) -> bool | None:
        """Plan jointly over more and more openings, the most promising first."""
        relaxation = relax(self._priced(), self.control.remaining)
        if relaxation is None:
            return None
        table = self.openings.openings
        least = relaxation.bound + np.maximum(relaxation.reduced[: len(table.cohort)], 0)
        least[self.bounds.of(table) >= IMPOSSIBLE] = IMPOSSIBLE
        turn = np.arange(len(table.cohort)) - np.searchsorted(table.cohort, table.cohort)
        order = np.lexsort((turn, least))  # where all cost the same, classes take turns
        admitted = 2 * len(self.problem.cohorts)
        while not self.control.stopped:
            limit = IMPOSSIBLE if self.incumbent.total is None else self.incumbent.total
            promising = order[least[order] < limit]
            chosen, left = promising[:admitted], promising[admitted:]
            if self._columns(chosen) > _LARGEST:
                return None
            self.incumbent.enter("improve")
            outcome = self._plan(
                chosen, covers_all=not len(left), elsewhere=int(least[left].min(initial=limit))
            )
            if not len(left):
                return _known(outcome)
            admitted *= 2
        return None

    # --- both

    def _plan(
        self,
        chosen: Integers,
        *,
        covers_all: bool = False,
        elsewhere: int = 0,
        effort: float = float("inf"),
    ) -> Outcome:
        """Look for a better plan over some openings.

        Parameters
        ----------
        covers_all
            Plans over other openings cannot be better.
        elsewhere
            What plans over other openings cost at least.
        effort
            At most so much for a plan, and as much for improving it, in CP-SAT's deterministic time.
        """
        model = encode(self.problem, self._some(chosen), goal=self.goal)
        program = program_of(model)
        on_bound = self.incumbent.prove if covers_all else None
        outcome = Outcome("unknown", None, 0)
        if self.incumbent.total is None:
            if not covers_all:
                self.incumbent.enter("plan")
            outcome = self._decide(model, program, effort, on_bound, enough=_ENOUGH)
        if outcome.status in ("feasible", "unknown") and self.incumbent.total is not None:
            outcome = self._improve(model, program, effort, on_bound)
        self._conclude(model, chosen, outcome, covers_all=covers_all, elsewhere=elsewhere)
        return outcome

    def _improve(
        self, model: Model, program: Program, effort: float, on_bound: Callable[[int], None] | None
    ) -> Outcome:
        """Look for a plan better than the one at hand, without columns that only dearer plans can use."""
        most = self.incumbent.cutoff
        assert most is not None
        relaxation = relax(program, self.control.remaining)
        if relaxation is not None:
            if relaxation.bound > most:
                return Outcome("infeasible", None, 0)
            program = program.without(relaxation.bound + relaxation.reduced > most)
        return self._decide(model, program, effort, on_bound, most=most)

    def _decide(
        self,
        model: Model,
        program: Program,
        effort: float,
        on_bound: Callable[[int], None] | None,
        *,
        enough: float = 0.0,
        most: int | None = None,
    ) -> Outcome:
        outcome = decide(
            program,
            self.control,
            seed=self.seed,
            workers=self.workers,
            effort=effort,
            most=most,
            enough=enough,
            on_solution=lambda values, _: self.incumbent.offer(model, values),
            on_bound=on_bound,
        )
        if outcome.values is not None:
            self.incumbent.offer(model, outcome.values)
        return outcome

    def _conclude(
        self, model: Model, chosen: Integers, outcome: Outcome, *, covers_all: bool, elsewhere: int
    ) -> None:
        """Draw from an outcome what it proves beyond the openings it was about."""
        total = IMPOSSIBLE if self.incumbent.total is None else self.incumbent.total
        here = total if outcome.status == "infeasible" else outcome.bound
        if here < IMPOSSIBLE and (covers_all or elsewhere):
            self.incumbent.prove(here if covers_all else min(here, elsewhere))
        alone = len(self.problem.cohorts) == 1 and not (self.problem.scenario.budget or len(model.left_out))
        if alone and len(chosen) == 1:
            opening_cost = int(self.halls.cost[chosen[0]])
            bound = IMPOSSIBLE if here >= IMPOSSIBLE else here - opening_cost
            self.bounds.learn(0, int(self.openings.openings.day[chosen[0]]), bound)

    def _some(self, chosen: Integers) -> Openings:
        table, kept = self.openings.openings, np.sort(chosen)
        return Openings(table.cohort[kept], table.day[kept], table.room[kept])

    def _columns(self, openings: Integers) -> int:
        """Estimate the columns of the model over some openings."""
        table, problem = self.openings.openings, self.problem
        a_course = np.array(
            [
                sum(1 + len(problem.modules[position].lecturers) for position in data.programme.modules)
                * data.programme.days
                * problem.sessions_per_day
                for data in problem.cohorts
            ],
            dtype=np.int64,
        )
        courses = np.unique(np.stack([table.cohort[openings], table.day[openings]]), axis=1)
        return int(a_course[courses[0]].sum())


def _known(outcome: Outcome) -> bool | None:
    """Whether there is a plan, as far as an outcome over all openings tells."""
    return {"infeasible": False, "unknown": None}.get(outcome.status, True)


def _class_days(problem: Problem) -> int:
    """Count the class days of all openings that the calendar has room for."""
    days = problem.cohort_days
    return int(np.sum(np.maximum(len(problem.days) - days + 1, 0) * days) * len(problem.room_names))

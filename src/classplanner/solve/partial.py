"""Plans as many trainees as possible, and those at the least cost: two searches, one after the other.

The first search leaves out as few trainees as it can, whatever the plan costs; the second looks for the
cheapest plan that leaves out no more than that. Both are ordinary searches with a goal of their own, so any
engine serves that decides exactly; larger years have a way of their own (`partial_year`). Planning nobody is
a plan, so there always is one, however soon the clock stops.

Where the first search cannot prove that no plan trains more, it gives way to the second after half of the
time, and goes on with what that one leaves. Whatever stops it, what is claimed is true: nobody can train more
than `most` people, and no plan that trains as many as this one costs less than `bound`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from classplanner.compile import Problem
from classplanner.encode import Goal
from classplanner.solve.control import Control, Progress
from classplanner.solve.result import Result
from classplanner.timetable import Status

__all__ = ["Engine", "search_partial"]

Listener = Callable[[Progress], None]


class Engine(Protocol):
    """Searches for what a goal asks, as `search` does."""

    def __call__(
        self, problem: Problem, control: Control, *, goal: Goal, on_progress: Listener | None
    ) -> Result:
        """Return the best plan, with a bound on what the goal makes small."""


def search_partial(
    problem: Problem, control: Control, engine: Engine, *, on_progress: Listener | None = None
) -> Result:
    """Find a plan for as many trainees as possible, and the cheapest of these, as far as the clock allows.

    Parameters
    ----------
    engine
        What searches, such as `search` with its options.
    on_progress
        Told of each improvement; it may be called from another thread.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    """
    run = _Run(problem, engine, on_progress)
    for clock in (control.within(control.remaining / 2), control):
        if run.missed > run.least and not clock.stopped:
            run.train_more(clock)
        if run.at_any_cost and not control.stopped:
            run.cut_costs(control)
    return run.result


class _Run:
    """The plan at hand and what is proven of it.

    Attributes
    ----------
    missed, least
        Trainees that the plan leaves out; proven: no plan leaves out fewer.
    cheapest
        Whether it is proven that no plan that leaves out as few costs less.
    at_any_cost
        Whether nobody has looked for a cheaper one yet.
    """

    def __init__(self, problem: Problem, engine: Engine, on_progress: Listener | None) -> None:
        self._problem, self._engine, self._on_progress = problem, engine, on_progress
        self._everyone = int(problem.cohort_sizes.sum())
        self._plan = Result("feasible", (), (), 0)
        self.missed, self.least = self._everyone, 0
        self.cheapest, self.at_any_cost = True, False

    @property
    def result(self) -> Result:
        """What was found."""
        proven = self.cheapest and self.missed == self.least
        status: Status = "optimal" if proven else "feasible"
        return replace(self._plan, status=status, most=self._everyone - self.least)

    def train_more(self, control: Control) -> None:
        """Look for a plan that leaves out fewer trainees."""
        result = self._engine(
            self._problem,
            control,
            goal=Goal(self.missed - 1, "left-out"),
            on_progress=self._listener(self._told_of_trainees),
        )
        self.least = self.missed if result.status == "infeasible" else max(self.least, result.bound)
        if result.cohorts:
            self._take(replace(result, bound=0))
            self.cheapest, self.at_any_cost = False, True

    def cut_costs(self, control: Control) -> None:
        """Look for a cheaper plan that leaves out no more trainees."""
        result = self._engine(
            self._problem,
            control,
            goal=Goal(self.missed),
            on_progress=self._listener(self._told_of_costs),
        )
        assert result.status != "infeasible", "there is a plan already"
        self.cheapest, self.at_any_cost = result.status == "optimal", False
        self._take(result if result.cohorts else replace(self._plan, bound=result.bound))

    def _take(self, plan: Result) -> None:
        position, sizes = self._problem.cohort_position, self._problem.cohort_sizes
        self._plan = plan
        self.missed = self._everyone - sum(int(sizes[position[entry.id]]) for entry in plan.cohorts)

    def _listener(self, tell: Callable[[Progress], Progress]) -> Listener | None:
        listener = self._on_progress
        return None if listener is None else lambda progress: listener(tell(progress))

    def _told_of_trainees(self, progress: Progress) -> Progress:
        missed = self.missed if progress.best is None else progress.best
        least = max(self.least, min(progress.bound, missed))
        return Progress(
            progress.stage,
            None,
            0,
            progress.seconds,
            self._everyone - missed,
            self._everyone - least,
            progress.plan,
        )

    def _told_of_costs(self, progress: Progress) -> Progress:
        return replace(progress, trainees=self._everyone - self.missed, most=self._everyone - self.least)

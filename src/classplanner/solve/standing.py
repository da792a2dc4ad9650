"""The best partial plan so far and what is proven of it; whatever happens, these are not lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

from classplanner.compile import Problem
from classplanner.solve.control import Control, Progress, Stage
from classplanner.solve.result import Result
from classplanner.timetable import Meeting, PlannedCohort, Status

__all__ = ["Planned", "Standing"]

Planned = tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]]


class Standing:
    """Keeps the plan that leaves out the fewest trainees, the cheapest of these, and the best proofs.

    It begins with the plan in which nobody is planned.

    Parameters
    ----------
    on_progress
        Told of each improvement; it may be called from another thread.

    Attributes
    ----------
    everyone, missed, least
        Trainees: all; those that the plan leaves out; proven: no plan leaves out fewer.
    total
        What the plan costs, in equivalent VND.
    """

    def __init__(
        self, problem: Problem, control: Control, on_progress: Callable[[Progress], None] | None = None
    ) -> None:
        self._sizes = {data.cohort.id: data.cohort.size for data in problem.cohorts}
        self.everyone = sum(self._sizes.values())
        self.missed, self.least, self.total = self.everyone, 0, 0
        self.plan: Planned = ((), ())
        self._bounds: dict[int, int] = {}
        self._control, self._on_progress = control, on_progress
        self._stage: Stage = "compile"
        self._lock = threading.Lock()

    @property
    def bound(self) -> int:
        """Proven: no plan that leaves out no more trainees costs less.

        That holds of whatever was proven of plans that may leave out as many, or more.
        """
        proven = [bound for leave_out, bound in self._bounds.items() if leave_out >= self.missed]
        return min(max(proven, default=0), self.total)

    @property
    def fullest(self) -> bool:
        """Whether no plan trains more people."""
        return self.missed <= self.least

    @property
    def proven(self) -> bool:
        """Whether no plan is better."""
        return self.fullest and self.bound >= self.total

    @property
    def result(self) -> Result:
        """What was found."""
        status: Status = "optimal" if self.proven else "feasible"
        return Result(status, *self.plan, self.bound, self.everyone - self.least)

    def enter(self, stage: Stage) -> None:
        """Say what the run is at."""
        self._stage = stage
        self._report()

    def missed_by(self, plan: Planned) -> int:
        """Return how many trainees a plan leaves out."""
        return self.everyone - sum(self._sizes[entry.id] for entry in plan[0])

    def offer(self, plan: Planned, total: int) -> bool:
        """Take a plan if it is better than the one at hand; whether it was."""
        missed = self.missed_by(plan)
        with self._lock:
            if (missed, total) >= (self.missed, self.total):
                return False
            self.plan, self.missed, self.total = plan, missed, total
        self._report()
        return True

    def prove_trainees(self, least: int) -> None:
        """Take a proof that every plan leaves out so many trainees."""
        with self._lock:
            if least <= self.least:
                return
            self.least = least
        self._report()

    def prove(self, leave_out: int, bound: int) -> None:
        """Take a proof that plans that leave out no more than so many trainees cost so much at least."""
        with self._lock:
            if bound <= self._bounds.get(leave_out, 0):
                return
            self._bounds[leave_out] = bound
        self._report()

    def _report(self) -> None:
        if self._on_progress is None:
            return
        best = self.total if self.plan[0] else None
        self._on_progress(
            Progress(
                self._stage,
                best,
                0 if best is None else self.bound,
                self._control.seconds,
                trainees=self.everyone - self.missed,
                most=self.everyone - self.least,
                plan=self.plan if self.plan[0] else None,
            )
        )

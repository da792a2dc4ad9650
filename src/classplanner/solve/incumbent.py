"""The best plan so far and the best bound so far; whatever happens, these are not lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

from classplanner.compile import Integers
from classplanner.encode import Model, decode
from classplanner.solve.control import Control, Progress, Stage
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["Incumbent"]


class Incumbent:
    """Keeps the best plan and the best proven bound of a run, and reports each improvement.

    Parameters
    ----------
    on_progress
        Told of each improvement; it may be called from another thread.
    """

    def __init__(self, control: Control, on_progress: Callable[[Progress], None] | None = None) -> None:
        self.control = control
        self.total: int | None = None
        self.bound = 0
        self.plan: tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]] | None = None
        self._on_progress = on_progress
        self._stage: Stage = "compile"
        self._planned: tuple[int, int] | None = None
        self._lock = threading.Lock()

    @property
    def proven(self) -> bool:
        """Whether no plan is cheaper than the one at hand."""
        return self.total is not None and self.bound >= self.total

    @property
    def cutoff(self) -> int | None:
        """What a better plan costs at most."""
        return None if self.total is None else self.total - 1

    def enter(self, stage: Stage) -> None:
        """Say what the run is at."""
        self._stage = stage
        self._report()

    def count(self, planned: int, classes: int) -> None:
        """Say how many classes lack nothing so far, as long as there is no plan of all."""
        self._planned = (planned, classes)
        self._report()

    def offer(self, model: Model, values: Integers) -> bool:
        """Take a solution of a model if it is better than what is at hand; whether it is."""
        return self.take(int(model.cost @ values), lambda: decode(model, values))

    def take(
        self, total: int, plan: Callable[[], tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]]]
    ) -> bool:
        """Take a plan if it is better than what is at hand; whether it is. `plan` makes it then."""
        with self._lock:
            if self.total is not None and total >= self.total:
                return False
            self.plan = plan()
            self.total = total
        self._report()
        return True

    def prove(self, bound: int) -> None:
        """Take a bound on the whole problem if it is better than what is at hand."""
        with self._lock:
            if bound <= self.bound:
                return
            self.bound = bound
        self._report()

    def _report(self) -> None:
        if self._on_progress is not None:
            bound = self.bound if self.total is None else min(self.bound, self.total)
            planned = self._planned if self.total is None else None
            self._on_progress(
                Progress(
                    self._stage, self.total, bound, self.control.seconds, planned=planned, plan=self.plan
                )
            )

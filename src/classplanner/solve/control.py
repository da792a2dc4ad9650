"""When to stop, and who is told how far it has come."""

from __future__ import annotations

import contextlib
import copy
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from classplanner.timetable import Meeting, PlannedCohort, gap_of

__all__ = ["Control", "Progress", "Stage"]

Stage = Literal["compile", "prices", "openings", "plan", "improve", "whole"]


@dataclass(frozen=True)
class Progress:
    """How far a run has come.

    Attributes
    ----------
    stage
        What it is at.
    best
        Cost of the best plan so far, in equivalent VND; None before the first.
    bound
        Proven: no plan costs less.
    seconds
        Since the start.
    trainees
        Of a plan that may leave out classes: how many people the best one trains so far; `best` and `bound`
        are of plans that train as many. None where every class is planned.
    most
        Proven: no plan trains more; None where every class is planned.
    plan
        The best plan so far, its classes and its meetings; None before the first.
    planned
        Before the first plan of a year that is planned block by block: how many classes lack nothing so far,
        and how many there are; None otherwise.
    """

    stage: Stage
    best: int | None
    bound: int
    seconds: float
    trainees: int | None = None
    most: int | None = None
    plan: tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]] | None = None
    planned: tuple[int, int] | None = None

    @property
    def gap(self) -> float | None:
        """(best - bound) / best; None before the first plan."""
        return None if self.best is None else gap_of(self.best, self.bound)


class Control:
    """The clock of one run, and the ways to stop it: the time limit, a caller's function, an interrupt.

    Parameters
    ----------
    time_limit
        Seconds; None for none.
    stop
        Asked now and then; the run ends with the best plan so far once it returns True.
    """

    def __init__(self, time_limit: float | None = None, stop: Callable[[], bool] | None = None) -> None:
        self._started = time.monotonic()
        self._time_limit = time_limit
        self._stop = stop
        self._interrupted = threading.Event()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    @property
    def remaining(self) -> float:
        """Seconds left; infinite without a limit."""
        return float("inf") if self._time_limit is None else max(0.0, self._time_limit - self.seconds)

    def within(self, seconds: float) -> Control:
        """Return a clock that runs on with this one, is stopped with it, and rings after so many seconds."""
        part = copy.copy(self)
        part._time_limit = self.seconds + min(seconds, self.remaining)
        return part

    def unless(self, condition: Callable[[], bool]) -> Control:
        """Return a clock that runs on with this one, is stopped with it, and once a condition holds."""
        part, stop = copy.copy(self), self._stop
        part._stop = lambda: condition() or (stop is not None and stop())
        return part

    @property
    def stopped(self) -> bool:
        """Whether the run has to end."""
        return self._interrupted.is_set() or self.remaining <= 0 or (self._stop is not None and self._stop())

    def interrupt(self) -> None:
        """End the run with the best plan so far."""
        self._interrupted.set()

    @contextlib.contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let Ctrl-C and SIGTERM interrupt the run, where this thread may decide about signals."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def interrupt(_number: int, _frame: Any) -> None:
            self.interrupt()

        before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

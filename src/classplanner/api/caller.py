"""The caller's functions, called while a plan is sought."""

from __future__ import annotations

import functools
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from classplanner.api.answer import Plan
from classplanner.api.judging import checked
from classplanner.api.partial import partial_record
from classplanner.scenario import Scenario
from classplanner.timetable import RunRecord

if TYPE_CHECKING:
    from classplanner.solve import Progress

__all__ = ["Caller", "Herald"]

_REST = 20
"""After a plan was given out on the way, so many times as long as that took pass before the next."""


class Caller:
    """The caller's functions; the first exception that one of them raises is kept, and ends the search.

    They are called from the solver's thread, too, where an exception would be lost and the search go on.
    """

    def __init__(
        self, on_progress: Callable[[Progress], None] | None, stop: Callable[[], bool] | None
    ) -> None:
        self.failure: BaseException | None = None
        self._on_progress = on_progress
        self._stop = stop

    def guard(self, call: Callable[[], None]) -> None:
        """Call the caller, unless that has failed before."""
        if self.failure is None:
            try:
                call()
            except BaseException as failure:
                self.failure = failure

    def on_progress(self, progress: Progress) -> None:
        """Tell the caller of progress."""
        if self._on_progress is not None:
            self.guard(functools.partial(self._on_progress, progress))

    def stop(self) -> bool:
        """Ask the caller whether to stop; a caller that has failed wants to."""
        if self._stop is not None and self.failure is None:
            try:
                return self._stop()
            except BaseException as failure:
                self.failure = failure
        return self.failure is not None


class Herald:
    """Gives the caller plans as they come, from a thread of its own; used as a context."""

    def __init__(
        self,
        caller: Caller,
        on_plan: Callable[[Plan], None] | None,
        scenario: Scenario,
        record: Callable[[], RunRecord],
    ) -> None:
        self._caller, self._on_plan, self._scenario, self._record = caller, on_plan, scenario, record
        self._news: queue.SimpleQueue[Progress | None] = queue.SimpleQueue()
        self._told: tuple[int | None, int | None] = (None, None)
        self._thread = threading.Thread(target=self._tell, daemon=True)

    def __enter__(self) -> Herald:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._news.put(None)
        self._thread.join()

    def on_progress(self, progress: Progress) -> None:
        """Take progress, and pass it on to the caller."""
        self._caller.on_progress(progress)
        told = progress.trainees, progress.best
        if self._on_plan is not None and progress.plan is not None and told != self._told:
            self._told = told
            self._news.put(progress)

    def _tell(self) -> None:
        """Give out the latest plan whenever there is one, until the end is told."""
        rested = 0.0
        while (news := self._latest(rested)) is not None:
            started = time.monotonic()
            self._caller.guard(functools.partial(self._give, news))
            ended = time.monotonic()
            rested = ended + _REST * (ended - started)

    def _latest(self, rested: float) -> Progress | None:
        """Return the latest plan once there is one and it is time; None for the end."""
        news = self._news.get()
        while news is not None:
            try:
                news = self._news.get(timeout=max(0.0, rested - time.monotonic()))
            except queue.Empty:
                break
        return news

    def _give(self, progress: Progress) -> None:
        from classplanner.solve import Result  # noqa: PLC0415

        assert progress.plan is not None
        assert self._on_plan is not None
        found = Result("feasible", *progress.plan, progress.bound, progress.most)
        self._on_plan(checked(self._scenario, found, self._record(), partial_record(self._scenario, found)))

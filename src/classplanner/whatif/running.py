"""Runs jobs one after another here, or several at a time elsewhere, and can be told to stop."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from typing import Protocol, TypeVar

__all__ = ["Work", "results"]

_LOOK = 0.2
_GRACE = 20.0
"""Seconds that jobs have to come to an end once they are asked to."""

_Job_contra = TypeVar("_Job_contra", contravariant=True)
_Result_co = TypeVar("_Result_co", covariant=True)


class Work(Protocol[_Job_contra, _Result_co]):
    """Does a job; the second argument, asked now and then, says whether to come to an end."""

    def __call__(self, job: _Job_contra, stop: Callable[[], bool] | None, /) -> _Result_co:
        """Do the job."""


def results(
    work: Work[_Job_contra, _Result_co],
    jobs: Sequence[_Job_contra],
    *,
    workers: int = 1,
    executor: Executor | None = None,
    stop: Callable[[], bool] | None = None,
) -> Iterator[_Result_co]:
    """Go through the results as they come.

    Once `stop` returns True, jobs that are not begun are left out, and those that are come to an end with
    what they have found. Where a worker is lost, its job is done again.

    Parameters
    ----------
    workers
        Jobs at a time.
    executor
        Who does them; by default this process for one at a time, and processes of this machine for more.
    """
    stopped = stop or (lambda: False)
    if executor is None and workers == 1:
        for job in jobs:
            if stopped():
                return
            yield work(job, stop)
        return
    # The solver takes half a second to import.
    from classplanner.solve.crew import Crew  # noqa: PLC0415

    crew, waiting, patience = Crew(workers, executor), deque(enumerate(jobs)), float("inf")
    try:
        while (waiting or crew.busy) and time.monotonic() < patience:
            if stopped() and patience == float("inf"):
                patience = time.monotonic() + _GRACE
                waiting.clear()
                crew.ask_to_end()
            while waiting and crew.idle:
                key, job = waiting.popleft()
                crew.start(key, _elsewhere, work, job)
            for _, result in crew.wait(_LOOK):
                yield result
    finally:
        crew.close()


def _elsewhere(work: Work[_Job_contra, _Result_co], job: _Job_contra) -> _Result_co:
    """Do a job in another process."""
    from classplanner.solve.crew import asked_to_end  # noqa: PLC0415

    return work(job, asked_to_end)

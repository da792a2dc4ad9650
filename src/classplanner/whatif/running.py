"""Runs jobs one after another here, or several at a time elsewhere, and can be told to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from typing import Protocol, TypeVar

__all__ = ["Work", "results"]

_LOOK = 0.2

_Job_contra = TypeVar("_Job_contra", contravariant=True)
_Result_co = TypeVar("_Result_co", covariant=True)


class Work(Protocol[_Job_contra, _Result_co]):
    """Does a job; the second argument, asked now and then, says whether to come to an end."""

    def __call__(self, job: _Job_contra, stop: Callable[[], bool] | None = None, /) -> _Result_co:
        """Do the job."""


def results(
    work: Work[_Job_contra, _Result_co],
    jobs: Sequence[_Job_contra],
    executor: Executor | None,
    stop: Callable[[], bool] | None,
) -> Iterator[_Result_co]:
    """Go through the results as they come.

    Once `stop` returns True, jobs that are not begun are left out. What runs in an executor ends when it
    ends: at its time limit, or at a signal that reaches its process, too.
    """
    stopped = stop or (lambda: False)
    if executor is None:
        for job in jobs:
            if stopped():
                return
            yield work(job, stop)
        return
    waiting = {executor.submit(work, job) for job in jobs}
    while waiting:
        done, waiting = wait(waiting, _LOOK, FIRST_COMPLETED)
        for future in done:
            if not future.cancelled():
                yield future.result()
        if stopped():
            waiting = {future for future in waiting if not future.cancel()}

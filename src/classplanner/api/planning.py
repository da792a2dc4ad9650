"""Finds the cheapest plan of a scenario, and has the checker judge it."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

from classplanner._version import __version__
from classplanner.api.answer import Plan
from classplanner.api.caller import Caller, Herald
from classplanner.api.judging import checked
from classplanner.api.partial import partial_record_with_reasons
from classplanner.check import check
from classplanner.scenario import Scenario
from classplanner.timetable import RunRecord, Timetable

if TYPE_CHECKING:
    from classplanner.compile import Problem
    from classplanner.solve import Control, Footing, Progress, Result

__all__ = ["plan"]


def plan(
    scenario: Scenario,
    *,
    time_limit: float | None = 60.0,
    seed: int = 1,
    workers: int | None = None,
    executor: Executor | None = None,
    partial: bool = False,
    start: Timetable | None = None,
    footing: Footing | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_plan: Callable[[Plan], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """Find the cheapest plan of a scenario and prove how good it is.

    Ctrl-C and SIGTERM end the search with the best plan so far.

    Parameters
    ----------
    time_limit
        Seconds of wall clock; None for none.
    seed, workers
        For the solver. By default one worker for a few classes, and one a core for more. With one worker,
        the same seed and scenario give the same timetable, unless the clock or the caller ends the search.
    executor
        What plans the blocks, such as provinces, of a large year, `workers` of them at a time: anything with
        the interface of `concurrent.futures.Executor`, such as what ``Client.get_executor()`` of Dask
        returns. By default processes of this machine; as always with these, a script that plans must do so
        below ``if __name__ == "__main__":``. Not for partial plans.
    partial
        Classes may be left out: plan for as many trainees as possible first, then at the least cost. There
        always is such a plan, if only the one without any class.
    start
        A plan to begin with, in which every rule holds; what is returned costs no more. Not for partial
        plans.
    footing
        What is known of a similar scenario (`solve.footing_of`), with which proofs begin; not for partial
        plans.
    on_progress
        Told of each better plan and each better bound; it may be called from another thread.
    on_plan
        Given better plans as they come, checked, from a thread of its own; the latest only, where several
        come while it is busy, or resting: that takes a twentieth of the time at most. Not given the last one.
        Partial ones name what they leave out, but not why.
    stop
        Asked now and then; the search ends with the best plan so far once it returns True.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    ContradictionError
        The checker contradicts the solver: a bug in classplanner.
    ValueError
        There cannot be such a time limit, seed or number of workers; or a rule does not hold in `start`.

    An exception that `on_progress`, `on_plan` or `stop` raises ends the search and is raised here.
    """
    time_limit = _time_limit(time_limit)
    if not (0 <= seed < 2**31 and (workers is None or workers >= 1)):
        raise ValueError("seed must be at least 0 and below 2**31, workers at least 1")
    if start is not None and (partial or not check(scenario, start).ok):
        raise ValueError("start must be a plan of all classes in which every rule holds")
    # The solver takes half a second to import, which whoever only checks a timetable is spared.
    from classplanner.compile import compile_scenario  # noqa: PLC0415
    from classplanner.explaining.counting import first_shortage  # noqa: PLC0415
    from classplanner.solve import Control, default_workers, find_partial  # noqa: PLC0415

    caller = Caller(on_progress, stop)
    control = Control(time_limit, caller.stop)
    problem = compile_scenario(scenario)
    workers = workers or default_workers(problem)
    if not partial and first_shortage(problem) is not None:
        return Plan(scenario, "infeasible", None, 0, None)
    record = functools.partial(_record, control, time_limit, seed, workers)
    with control.on_signals(), Herald(caller, on_plan, scenario, record) as herald:
        options: dict[str, Any] = {"seed": seed, "workers": workers, "on_progress": herald.on_progress}
        if partial:
            result = find_partial(problem, control, **options)
        else:
            result = _find(problem, control, start, footing=footing, executor=executor, **options)
    if caller.failure is not None:
        raise caller.failure
    if result.status in ("infeasible", "unknown"):
        return Plan(scenario, result.status, None, result.bound, None)
    return checked(scenario, result, record(), partial_record_with_reasons(problem, result))


def _time_limit(seconds: float | None) -> float | None:
    """Take an infinite limit for none."""
    if seconds is None or seconds == math.inf:
        return None
    if not seconds >= 0:
        raise ValueError("time_limit must be a number of seconds, or None")
    return seconds


def _record(control: Control, time_limit: float | None, seed: int, workers: int) -> RunRecord:
    """Say how the run was made, and how long it has taken by now."""
    seconds = round(control.seconds, 3)
    return RunRecord(version=__version__, seed=seed, time_limit=time_limit, seconds=seconds, workers=workers)


def _find(problem: Problem, control: Control, start: Timetable | None, **options: Any) -> Result:
    """Look for a plan of all classes, from the one to begin with."""
    from classplanner.encode import draft_from  # noqa: PLC0415
    from classplanner.solve import find  # noqa: PLC0415

    draft = None if start is None else draft_from(problem, start.cohorts, start.meetings)
    return find(problem, control, start=draft, **options)

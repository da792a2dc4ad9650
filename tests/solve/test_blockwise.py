"""A year is planned block by block: every rule holds in the whole, and no plan costs less than is proven.

So it is where blocks are planned at the same time, where a worker is killed on the way, and where the search
begins with a plan.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import psutil
import pytest
from benchmarks.years import Sizes, planted, year

from classplanner.check import Checker, check
from classplanner.compile import compile_scenario
from classplanner.encode import draft_from
from classplanner.scenario import Scenario
from classplanner.solve import Control, Progress, Result, find_blocks, search_blocks
from classplanner.timetable import Timetable
from tests.oracle.brute_force import cheapest, listing
from tests.oracle.scenarios import random_scenario

SMALL = Sizes(classes=6, provinces=3, days=8)
CLOSE = 0.05


@cache
def small() -> Scenario:
    return year(3, **SMALL)


def timetable(result: Result) -> Timetable:
    return Timetable(cohorts=result.cohorts, meetings=result.meetings)


def proven(scenario: Scenario, result: Result) -> None:
    """Check that a result is a plan, and not better than is proven possible."""
    verdict = check(scenario, timetable(result))
    assert verdict.ok
    assert result.bound <= verdict.terms.total
    assert result.status in ("feasible", "optimal")


def until_close(close: float = CLOSE) -> tuple[Control, list[Progress]]:
    """Return a clock that stops once the gap is small, and the list that progress has to be appended to."""
    told: list[Progress] = []

    def stop() -> bool:
        return any(progress.gap is not None and progress.gap < close for progress in told[-3:])

    return Control(100.0, stop), told


@pytest.fixture(scope="module")
def planned() -> tuple[Result, list[Progress]]:
    problem = compile_scenario(small())
    control, told = until_close()
    result = search_blocks(problem, find_blocks(problem), control, workers=2, on_progress=told.append)
    return result, told


def test_three_provinces_are_planned_closely(planned: tuple[Result, list[Progress]]) -> None:
    result, told = planned
    proven(small(), result)
    total = check(small(), timetable(result)).terms.total
    assert total - result.bound < CLOSE * total
    assert told[-1].best == total


def test_progress_only_gets_better(planned: tuple[Result, list[Progress]]) -> None:
    told = planned[1]
    assert [progress.bound for progress in told] == sorted(progress.bound for progress in told)
    costs = [progress.best for progress in told if progress.best is not None]
    assert costs == sorted(costs, reverse=True)
    for progress in told:
        if progress.plan is not None:
            cohorts, meetings = progress.plan
            verdict = check(small(), Timetable(cohorts=cohorts, meetings=meetings))
            assert verdict.ok
            assert verdict.terms.total == progress.best


def test_a_plan_to_begin_with_is_never_lost() -> None:
    scenario, plan = planted(3, **SMALL)
    problem = compile_scenario(scenario)
    draft = draft_from(problem, plan.cohorts, plan.meetings)
    at_once = search_blocks(problem, find_blocks(problem), Control(0.0), start=draft)
    assert at_once.cohorts == plan.cohorts
    told: list[Progress] = []
    control = Control(60.0, lambda: len({progress.best for progress in told}) > 2)
    with ThreadPoolExecutor(1) as here:
        blocks = find_blocks(problem)
        better = search_blocks(problem, blocks, control, start=draft, executor=here, on_progress=told.append)
    proven(scenario, better)
    assert check(scenario, timetable(better)).terms.total < check(scenario, plan).terms.total


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there are no such signals here")
def test_a_killed_worker_costs_neither_the_plan_nor_its_correctness() -> None:
    problem = compile_scenario(small())
    control, told = until_close()
    killed: list[int] = []

    def kill() -> None:
        """Kill one worker while blocks are priced, and one while they are planned."""
        for stage in ("prices", "plan"):
            while not any(progress.stage == stage for progress in told):
                time.sleep(0.01)
            time.sleep(0.3)
            busy = [
                child
                for child in psutil.Process().children(recursive=True)
                if child.num_threads() > 1  # the helpers of multiprocessing have one only
            ]
            for child in busy[:1]:
                os.kill(child.pid, signal.SIGKILL)
                killed.append(child.pid)

    threading.Thread(target=kill, daemon=True).start()
    result = search_blocks(problem, find_blocks(problem), control, workers=2, on_progress=told.append)
    assert killed
    proven(small(), result)


def test_the_time_limit_is_kept() -> None:
    problem = compile_scenario(small())
    started = time.monotonic()
    search_blocks(problem, find_blocks(problem), Control(2.0), workers=2)
    assert time.monotonic() - started < 4.0


@pytest.mark.parametrize("seed", range(120))
def test_what_is_claimed_of_small_scenarios_is_true(seed: int) -> None:
    scenario = random_scenario(seed)
    problem = compile_scenario(scenario)
    blocks = find_blocks(problem)
    if not blocks:
        return
    told: list[Progress] = []
    looks = iter(range(400))
    with ThreadPoolExecutor(1) as here:
        control = Control(4.0, lambda: next(looks, None) is None)
        result = search_blocks(problem, blocks, control, executor=here, on_progress=told.append)
    least = min((terms.total for terms in cheapest(scenario, listing(scenario).plans.values())), default=None)
    if least is None:
        assert result.status in ("infeasible", "unknown")
        return
    assert result.status != "infeasible"
    assert result.bound <= least
    if result.cohorts:
        verdict = Checker(scenario).judge(timetable(result))
        assert verdict.ok
        assert verdict.terms.total >= least
        assert (verdict.terms.total == result.bound) == (result.status == "optimal")


def test_infeasible_blocks_are_noticed() -> None:
    scenario = small()
    fields = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    closed = tuple(
        venue.model_copy(update={"closed": ({"from": "2018-01-01", "to": "2018-12-31"},)})
        if venue.id.startswith("p02")
        else venue
        for venue in scenario.venues
    )
    venues = tuple(type(venue).model_validate(venue.model_dump(by_alias=True)) for venue in closed)
    problem = compile_scenario(Scenario(**(fields | {"venues": venues})))
    with ThreadPoolExecutor(1) as here:
        result = search_blocks(problem, find_blocks(problem), Control(60.0), executor=here)
    assert result.status == "infeasible"

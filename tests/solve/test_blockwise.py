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
from dataclasses import replace
from functools import cache

import numpy as np
import psutil
import pytest
from benchmarks.years import Sizes, planted, year

from classplanner.check import Checker, check
from classplanner.compile import compile_scenario
from classplanner.encode import draft_from
from classplanner.scenario import Period, Scenario
from classplanner.solve import Control, Progress, Result, find_blocks, search_blocks
from classplanner.solve import blocks as blocks_module
from classplanner.solve.block_tasks import price_block
from classplanner.solve.multipliers import Stride
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


def test_until_there_is_a_plan_it_is_told_how_many_classes_lack_nothing(
    planned: tuple[Result, list[Progress]],
) -> None:
    counts = [progress.planned for progress in planned[1] if progress.planned is not None]
    assert counts
    assert all(0 <= some <= classes == SMALL["classes"] for some, classes in counts)
    assert all(progress.planned is None for progress in planned[1] if progress.best is not None)


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


@cache
def apart(seed: int) -> Scenario | None:
    """Return a random scenario with its classes at different venues; None where it has but one."""
    scenario = random_scenario(seed)
    classes, venues = scenario.all_cohorts, [venue.id for venue in scenario.venues]
    if scenario.budget or len(classes) < 2 or len(venues) < 2:
        return None
    cohorts = tuple(
        cohort.model_copy(update={"venues": (venues[number % len(venues)],), "venue": None, "room": None})
        for number, cohort in enumerate(classes)
    )
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    return Scenario(**(fields | {"audiences": (), "cohorts": cohorts}))


APART = [seed for seed in range(220) if apart(seed) is not None][:14]


@pytest.mark.parametrize("seed", APART)
def test_what_is_claimed_of_small_scenarios_is_true(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "SHARED", 1.0)  # they have hardly any lecturer of their own
    scenario = apart(seed)
    assert scenario is not None
    problem = compile_scenario(scenario)
    blocks = find_blocks(problem)
    if not blocks:  # what is settled for a class leaves it no venue
        return
    with ThreadPoolExecutor(2) as here:
        result = search_blocks(problem, blocks, Control(1.5), workers=2, executor=here)
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


def test_a_few_rounds_at_a_time_prove_as_much_as_many_at_once() -> None:
    problem = compile_scenario(year(1, classes=9, provinces=3, days=8))
    block = find_blocks(problem)[2]
    asked = np.zeros((int(block.shared.sum()), len(problem.days) * problem.sessions_per_day), dtype=np.int64)

    def bound(times: int, rounds: int, *, forget: bool = False) -> int:
        priced = None
        for _ in range(times):
            if priced is not None and forget:
                priced = replace(priced, step=Stride().length)
            priced = price_block(block, asked, priced, rounds=rounds, seconds=60)
        assert priced is not None
        assert priced.bound is not None
        return priced.bound

    assert bound(20, 3) > 0.9999 * bound(1, 60)
    assert bound(20, 3) > bound(20, 3, forget=True)


def test_infeasible_blocks_are_noticed() -> None:
    scenario = small()
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    always = (Period(from_=scenario.calendar.first_day, to=scenario.calendar.last_day),)
    venues = tuple(
        venue.model_copy(update={"closed": always}) if venue.id.startswith("p02") else venue
        for venue in scenario.venues
    )
    problem = compile_scenario(Scenario(**(fields | {"venues": venues})))
    with ThreadPoolExecutor(1) as here:
        result = search_blocks(problem, find_blocks(problem), Control(60.0), executor=here)
    assert result.status == "infeasible"

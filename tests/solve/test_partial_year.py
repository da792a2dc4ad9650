"""Partial plans of years: as many trainees as can be found, and whatever is claimed of them is true.

On scenarios small enough for brute force the search is held to the best plans there are; that these are far
smaller than what it is made for makes no difference to what must hold. On drawn years it is held to the plan
that was hidden in them.
"""

from __future__ import annotations

import itertools
import time

import pytest
from benchmarks.years import impossible, planted

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.scenario import Scenario, parse
from classplanner.solve import Control, Progress, Result, search_partial_year
from classplanner.timetable import Timetable
from tests.solve.claims import assert_true, least_costs

SEEDS = range(0, 60, 4)


def looking(times: int) -> Control:
    """Stop a search that has asked so often whether to stop: counted, not timed."""
    left = iter(range(times))
    return Control(None, lambda: next(left, None) is None)


def trained(drawn: Scenario, result: Result) -> int:
    sizes = {cohort.id: cohort.size for cohort in drawn.all_cohorts}
    return sum(sizes[entry.id] for entry in result.cohorts)


def fullest(scenario: Scenario, seconds: float = 20.0) -> Result:
    """Search until it is proven that nobody can train more, or the clock stops."""
    full: list[Progress] = []

    def look(progress: Progress) -> None:
        if progress.trainees == progress.most:
            full.append(progress)

    return search_partial_year(
        compile_scenario(scenario), Control(seconds, lambda: bool(full)), on_progress=look
    )


@pytest.mark.parametrize("looks", [0, 3, 20, 150, 600])
def test_stopped_at_any_moment_it_claims_what_is_true(looks: int) -> None:
    for seed in SEEDS:
        drawn, costs = least_costs(seed)
        assert_true(drawn, costs, search_partial_year(compile_scenario(drawn), looking(looks)))


def test_nearly_always_as_many_are_trained_as_can_be() -> None:
    missed = []
    for seed in SEEDS:
        drawn, costs = least_costs(seed)
        result = fullest(drawn, 3.0)
        assert_true(drawn, costs, result)
        missed += [seed] if trained(drawn, result) < max(costs) else []
    assert len(missed) <= len(SEEDS) // 10


def test_progress_only_gets_better() -> None:
    drawn = impossible(1, "halls", classes=5, days=8)
    seen: list[Progress] = []
    search_partial_year(compile_scenario(drawn), Control(6.0), on_progress=seen.append)
    for before, now in itertools.pairwise(seen):
        assert (before.trainees or 0) <= (now.trainees or 0) <= (now.most or 0) <= (before.most or 0)
        if now.trainees == before.trainees and before.best is not None:
            assert now.best is not None
            assert before.bound <= now.bound <= now.best <= before.best


def test_where_halls_are_missing_as_many_classes_are_held_as_halls_allow() -> None:
    drawn = impossible(2, "halls", classes=6, days=8)
    result = fullest(drawn)
    assert Checker(drawn).accepts(_timetable(result), partial=True)
    assert trained(drawn, result) == result.most
    assert 0 < result.most < sum(one.size for one in drawn.all_cohorts)


def test_a_hall_less_trains_no_fewer_than_the_hidden_plan_does_in_the_others() -> None:
    scenario, hidden = planted(4, classes=22, days=16, halls=2)
    document = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    venue = document["venues"][-1]
    gone = f"{venue['id']}/{venue['rooms'].pop()['id']}"
    document["venues"] = [one for one in document["venues"] if one["rooms"]]
    left = {entry.id for entry in hidden.cohorts if entry.room != gone}
    assert 0 < len(left) < 22
    drawn = parse(document, "one hall less")
    result = fullest(drawn)
    assert Checker(drawn).accepts(_timetable(result), partial=True)
    assert trained(drawn, result) >= sum(one.size for one in drawn.all_cohorts if one.id in left)


def test_everyone_is_trained_where_that_can_be() -> None:
    scenario, _ = planted(3, classes=5, days=8)
    result = fullest(scenario)
    assert trained(scenario, result) == result.most == sum(one.size for one in scenario.all_cohorts)


def test_a_budget_for_some_classes_is_spent_on_some() -> None:
    scenario, hidden = planted(3, classes=5, days=8)
    document = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    terms = Checker(scenario).judge(hidden).terms
    document["budget"] = {"2018": (terms.fees + terms.rooms) // 2}
    drawn = parse(document, "half the money")
    result = search_partial_year(compile_scenario(drawn), Control(12.0))
    assert Checker(drawn).accepts(_timetable(result), partial=True)
    assert 2 <= len(result.cohorts) < 5


@pytest.mark.parametrize("limit", [0.0, 0.5, 3.0])
def test_the_time_limit_is_kept(limit: float) -> None:
    problem = compile_scenario(impossible(1, "sessions", classes=12, tightness="tight"))
    started = time.monotonic()
    result = search_partial_year(problem, Control(limit), workers=2)
    assert time.monotonic() - started < limit + 2
    assert result.status == "feasible"


def _timetable(result: Result) -> Timetable:
    return Timetable(cohorts=result.cohorts, meetings=result.meetings)

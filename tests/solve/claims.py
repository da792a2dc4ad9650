"""What all partial plans of small scenarios can be, by brute force, and whether claims agree with it."""

from __future__ import annotations

from functools import cache

from classplanner.check import Checker
from classplanner.scenario import Scenario
from classplanner.solve import Result
from classplanner.timetable import Timetable
from tests.oracle.brute_force import listing
from tests.oracle.scenarios import random_scenario

__all__ = ["assert_true", "least_costs"]


@cache
def least_costs(seed: int) -> tuple[Scenario, dict[int, int]]:
    """Return a scenario and, for each number of trainees, what plans that train as many cost at least."""
    drawn = random_scenario(seed)
    sizes = {cohort.id: cohort.size for cohort in drawn.all_cohorts}
    checker, costs = Checker(drawn), dict[int, int]()
    for plan in listing(drawn, partial=True).plans.values():
        cost = checker.judge(plan, rules=()).terms.total
        trained = sum(sizes[entry.id] for entry in plan.cohorts)
        costs[trained] = min(cost, costs.get(trained, cost))
    return drawn, {trained: min(costs[more] for more in costs if more >= trained) for trained in costs}


def assert_true(drawn: Scenario, costs: dict[int, int], result: Result) -> str:
    """Whatever is claimed of a partial plan holds."""
    sizes = {cohort.id: cohort.size for cohort in drawn.all_cohorts}
    plan = Timetable(cohorts=result.cohorts, meetings=result.meetings)
    assert Checker(drawn).accepts(plan, partial=True)
    trained, total = sum(sizes[entry.id] for entry in plan.cohorts), Checker(drawn).judge(plan).terms.total
    assert result.most is not None
    assert trained <= max(costs) <= result.most
    assert result.bound <= costs[trained] <= total
    if result.status == "optimal":
        assert (result.most, result.bound) == (trained, total)
    return result.status

"""With classes that may be left out, the model accepts what brute force over all choices of classes and the
checker accept, and the search finds the cheapest of the plans that train most people.

On the first 120 random scenarios of the oracle, those without a plan of all classes included.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import pytest

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.encode import Goal
from classplanner.scenario import Scenario
from classplanner.solve import WHOLE, Control, search, search_partial
from classplanner.timetable import Terms, Timetable
from tests.oracle.brute_force import Listing, cheapest, listing
from tests.oracle.scenarios import random_scenario
from tests.oracle.solver_side import accepted_by_model

SEEDS = range(120)


@dataclass(frozen=True)
class Case:
    """A scenario with all its plans, partial ones too, and how many trainees each of them has."""

    seed: int
    listing: Listing

    @property
    def scenario(self) -> Scenario:
        return self.listing.scenario

    @cached_property
    def everyone(self) -> int:
        return sum(cohort.size for cohort in self.scenario.all_cohorts)

    @cached_property
    def most(self) -> int:
        """The most people that a plan trains."""
        return max(map(self.trainees, self.listing.plans.values()))

    @cached_property
    def least(self) -> frozenset[Terms]:
        """The terms of the cheapest plans that train most people."""
        plans = self.listing.plans.values()
        return cheapest(self.scenario, (plan for plan in plans if self.trainees(plan) == self.most))

    def trainees(self, plan: Timetable) -> int:
        size = {cohort.id: cohort.size for cohort in self.scenario.all_cohorts}
        return sum(size[cohort.id] for cohort in plan.cohorts)


_OUTCOMES: dict[int, str] = {}


@lru_cache(maxsize=1)
def _case(seed: int) -> Case:
    case = Case(seed, listing(random_scenario(seed), partial=True))
    _OUTCOMES[seed] = "everyone" if case.most == case.everyone else "some" if case.most else "nobody"
    return case


@pytest.fixture(scope="module", params=SEEDS)
def case(request: pytest.FixtureRequest) -> Case:
    return _case(request.param)


def test_accepts_the_same_timetables(case: Case) -> None:
    assert accepted_by_model(case.scenario, Goal(leave_out=case.everyone)) == case.listing.plans.keys()


def test_accepts_no_plan_that_leaves_out_more_than_asked_for(case: Case) -> None:
    leave_out = case.everyone // 2
    enough = {
        key for key, plan in case.listing.plans.items() if case.everyone - case.trainees(plan) <= leave_out
    }
    assert accepted_by_model(case.scenario, Goal(leave_out)) == enough


@pytest.mark.parametrize("whole", [WHOLE, 0], ids=["whole", "by-openings"])
def test_trains_most_people_and_then_costs_least(case: Case, whole: int) -> None:
    result = search_partial(compile_scenario(case.scenario), Control(), partial(search, whole=whole))
    plan = Timetable(cohorts=result.cohorts, meetings=result.meetings)
    checker = Checker(case.scenario)
    assert checker.accepts(plan, partial=True)
    assert (result.status, result.most, case.trainees(plan)) == ("optimal", case.most, case.most)
    terms = checker.judge(plan, rules=()).terms
    assert terms in case.least
    assert terms.total == result.bound


def test_there_are_scenarios_that_leave_out_nobody_some_and_everyone() -> None:
    for seed in SEEDS:
        if seed not in _OUTCOMES:
            _case(seed)
    counts = Counter(_OUTCOMES.values())
    assert min(counts[outcome] for outcome in ("everyone", "some", "nobody")) >= 10, counts

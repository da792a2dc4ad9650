"""With classes that may be left out, the model accepts what brute force over all choices of classes and the
checker accept, and the search finds the cheapest of the plans that train most people.

On the first 120 random scenarios of the oracle, those without a plan of all classes included.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import pytest

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.encode import Goal
from classplanner.scenario import Scenario
from classplanner.solve import WHOLE, Control, Result, search, search_partial, why_left_out
from classplanner.timetable import Terms, Timetable
from tests.oracle.brute_force import Listing, cheapest, listing
from tests.oracle.keys import key
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

    def can_be_added(self, name: str, plan: Timetable) -> bool:
        """Whether a class can be planned beside all that a plan holds."""
        cohorts, meetings = map(set, key(plan))
        return any(
            cohorts | {entry} <= set(other[0]) and meetings <= set(other[1])
            for other in self.listing.plans
            for entry in other[0]
            if entry[0] == name
        )

    def ever_planned(self, name: str) -> bool:
        """Whether any plan holds a class."""
        return any(entry[0] == name for cohorts, _ in self.listing.plans for entry in cohorts)


_OF_ANY_PLAN = {"short-calendar", "no-seats", "no-days", "no-lecturers", "impossible"}
_OF_THIS_PLAN = {"halls-taken", "lecturers-taken", "no-place"}
_REASONS: Counter[str] = Counter()
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


def test_reasons_hold(case: Case) -> None:
    """Of any plan, not just of the best one: there, everything stands in the way of one more class."""
    plans = [plan for plan in case.listing.plans.values() if case.trainees(plan) < case.everyone]
    for plan in random.Random(case.seed).sample(plans, min(6, len(plans))):
        result = Result("feasible", plan.cohorts, plan.meetings, 0, case.everyone)
        left_out = why_left_out(compile_scenario(case.scenario), result)
        named = [entry.id for entry in plan.cohorts] + [each.cohort for each in left_out]
        assert sorted(named) == sorted(cohort.id for cohort in case.scenario.all_cohorts)
        for each in left_out:
            assert each.reason is not None
            _REASONS[each.reason] += 1
            if each.reason in _OF_ANY_PLAN:
                assert not case.ever_planned(each.cohort), (plan, each)
            elif each.reason in _OF_THIS_PLAN:
                assert not case.can_be_added(each.cohort, plan), (plan, each)
            else:
                assert each.reason == "not-found"


def test_there_are_scenarios_that_leave_out_nobody_some_and_everyone() -> None:
    for seed in SEEDS:
        if seed not in _OUTCOMES:
            _case(seed)
    counts = Counter(_OUTCOMES.values())
    assert min(counts[outcome] for outcome in ("everyone", "some", "nobody")) >= 10, counts


def test_reasons_were_put_to_the_test() -> None:
    if not _REASONS:
        pytest.skip("says something of all scenarios only")
    # No scenario has too short a calendar or too few seats for any of its classes.
    assert _REASONS.keys() == (_OF_ANY_PLAN | _OF_THIS_PLAN | {"not-found"}) - {"short-calendar", "no-seats"}

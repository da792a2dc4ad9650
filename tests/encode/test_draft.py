"""Timetables become drafts, drafts columns, and back, without loss; what breaks a rule does not hold.

The timetables are those that brute force and the checker accept, and others that the checker turns down.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.encode import LEFT_OUT, NOBODY, decode, draft_from, draft_of
from classplanner.solve.judge import Judged, judge
from classplanner.timetable import Timetable
from tests.oracle.brute_force import Listing, listing
from tests.oracle.keys import key
from tests.oracle.scenarios import random_scenario

SEEDS = range(80)
MOST = 12
"""Timetables of a scenario that are looked at."""


@cache
def drawn(seed: int) -> Listing:
    return listing(random_scenario(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_accepted_timetable_holds_and_comes_back(seed: int) -> None:
    scenario = drawn(seed).scenario
    problem, checker = compile_scenario(scenario), Checker(scenario)
    for plan in list(drawn(seed).plans.values())[:MOST]:
        draft = draft_from(problem, plan.cohorts, plan.meetings)
        judged = judge(problem, draft)
        assert judged.complete
        assert judged.total == checker.judge(plan).terms.total
        assert key(_timetable(judged)) == key(plan)
        again = draft_of(judged.model, judged.values, draft)
        for name in ("day", "room", "start", "lecturer"):
            assert np.array_equal(getattr(again, name), getattr(draft, name))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_with_the_lessons_of_another_holds_only_if_the_checker_says_so(seed: int) -> None:
    scenario = drawn(seed).scenario
    problem, checker = compile_scenario(scenario), Checker(scenario)
    plans = list(drawn(seed).plans.values())[:MOST]
    chance = np.random.default_rng(seed)
    for plan, other in zip(plans, reversed(plans), strict=True):
        draft = draft_from(problem, plan.cohorts, plan.meetings)
        lessons = np.flatnonzero(chance.random(len(draft.start)) < 0.5)
        mixed = draft.with_lessons(draft_from(problem, other.cohorts, other.meetings), lessons)
        judged = judge(problem, mixed)
        if judged.holds:
            made = _timetable(judged)
            verdict = checker.judge(made)
            assert verdict.ok
            assert verdict.terms.total == judged.total


@pytest.mark.parametrize("seed", range(40))
def test_a_lesson_left_out_costs_its_price(seed: int) -> None:
    problem = compile_scenario(drawn(seed).scenario)
    for plan in list(drawn(seed).plans.values())[:3]:
        draft = draft_from(problem, plan.cohorts, plan.meetings)
        draft.start[0], draft.lecturer[0] = LEFT_OUT, NOBODY
        judged = judge(problem, draft, price=10**9)
        assert judged.holds
        assert not judged.complete
        assert judged.total // 10**9 == problem.module_sessions[problem.lesson_module[0]]


def _timetable(judged: Judged) -> Timetable:
    cohorts, meetings = decode(judged.model, judged.values)
    return Timetable.model_construct(cohorts=cohorts, meetings=meetings)

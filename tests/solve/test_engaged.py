"""What lecturers do elsewhere counts in a problem just as if the classes elsewhere were part of it.

Each timetable of a small random scenario is cut in two: one class, and the others. What the model of the one
class accepts, lecturers engaged by the others, is just what the checker accepts beside the others; and it
costs just what it adds to them. Venues are not looked at where both are at the same one: what is elsewhere is
at another venue.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from classplanner.check import Checker
from classplanner.compile import Engagements, Problem, compile_scenario
from classplanner.encode import LEFT_OUT, draft_from, encode
from classplanner.scenario import Scenario
from classplanner.solve.block_tasks import teaching
from classplanner.solve.judge import judge
from classplanner.timetable import Timetable
from tests.oracle.brute_force import listing, timetable
from tests.oracle.keys import Key, key, restore
from tests.oracle.scenarios import random_scenario
from tests.oracle.solver_side import accepted_by

SEEDS = range(300)
MOST = 4
"""Ways to plan the others that are looked at, of a scenario."""
LIMITS: tuple[dict[str, int], ...] = (
    {},
    {"max_sessions_per_day": 1},
    {"max_sessions_per_week": 2},
    {"max_sessions": 3},
    {"max_sessions": 2},
)
"""Of all lecturers, scenario by scenario, beside what is drawn."""


@cache
def two_classes(seed: int) -> Scenario | None:
    """Return a random scenario of two classes or more and two venues, without budget; None if it is none."""
    scenario = random_scenario(seed)
    if scenario.budget or len(scenario.all_cohorts) < 2 or len(scenario.venues) < 2:
        return None
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    lecturers = tuple(one.model_copy(update=LIMITS[seed % len(LIMITS)]) for one in scenario.lecturers)
    return Scenario(**(fields | {"lecturers": lecturers}))


def part(plan: Timetable, name: str, *, inside: bool) -> Timetable:
    """Return what a timetable plans for one class, or for all others."""
    return timetable(
        (entry for entry in plan.cohorts if (entry.id == name) == inside),
        (meeting for meeting in plan.meetings if (meeting.cohorts[0] == name) == inside),
    )


def venues(plan: Timetable) -> set[str]:
    return {entry.room.partition("/")[0] for entry in plan.cohorts}


def alone(scenario: Scenario, name: str) -> Scenario:
    """Return a scenario of one class only."""
    return Scenario(
        **{field: getattr(scenario, field) for field in ("calendar", "lecturers", "venues", "programmes")},
        cohorts=tuple(cohort for cohort in scenario.all_cohorts if cohort.id == name),
        locks=tuple(lock for lock in scenario.locks if lock.cohort == name),
        objective=scenario.objective,
    )


def engaged(problem: Problem, plan: Timetable, name: str) -> Engagements:
    """Return what lecturers do for the others."""
    draft = draft_from(problem, plan.cohorts, plan.meetings)
    draft.start[problem.lesson_cohort == problem.cohort_position[name]] = LEFT_OUT
    return Engagements(*teaching(problem, draft), np.zeros(len(problem.scenario.lecturers), dtype=np.int64))


def test_many_scenarios_are_of_use() -> None:
    assert sum(two_classes(seed) is not None for seed in SEEDS) > 30


@pytest.mark.parametrize("seed", SEEDS)
def test_a_class_beside_others_is_planned_as_with_them(seed: int) -> None:
    scenario = two_classes(seed)
    if scenario is None:
        return
    whole, checker, name = compile_scenario(scenario), Checker(scenario), scenario.all_cohorts[-1].id
    beside: dict[Key, list[Timetable]] = defaultdict(list)
    for plan in listing(scenario).plans.values():
        beside[key(part(plan, name, inside=False))].append(plan)
    problem = compile_scenario(alone(scenario, name))
    for plans in list(beside.values())[:MOST]:
        others = part(plans[0], name, inside=False)
        around = replace(problem, engaged=engaged(whole, plans[0], name))
        own = [part(plan, name, inside=True) for plan in plans]
        elsewhere = [plan for plan in own if not venues(plan) & venues(others)]
        accepted = {
            plan
            for plan in accepted_by(encode(around, objective=False))
            if not venues(restore(plan)) & venues(others)
        }
        assert accepted == {key(plan) for plan in elsewhere}
        least = checker.judge(others, rules=()).terms.total
        for plan in elsewhere[:MOST]:
            judged = judge(around, draft_from(around, plan.cohorts, plan.meetings))
            both = timetable((*others.cohorts, *plan.cohorts), (*others.meetings, *plan.meetings))
            assert judged.complete
            assert judged.total == checker.judge(both, rules=()).terms.total - least

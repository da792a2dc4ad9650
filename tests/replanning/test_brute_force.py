"""On 50 random small cases, the number of changes is the least that any timetable takes, all of them listed.

A random plan of a random scenario has been running for a while when something happens. The least number is
found among all timetables that the checker accepts of the scenario as it is then; changes are counted by
comparing timetables, which shares nothing with how the search counts them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import dataclass
from functools import cache

import pytest

from classplanner.check import check
from classplanner.deltas import AnyChange, Away, Close, Delta, Disqualify, Holiday, apply
from classplanner.diff import compare
from classplanner.errors import InputError
from classplanner.replanning import PRICES, adapt, replan
from classplanner.scenario import Period, Scenario
from classplanner.timetable import Meeting, Timetable
from tests.oracle.brute_force import listing
from tests.oracle.scenarios import random_scenario

_CASES = 50


@dataclass
class Case:
    scenario: Scenario
    changed: Scenario
    plan: Timetable
    from_: dt.date
    possible: list[Timetable]


def _change(rng: random.Random, scenario: Scenario, plan: Timetable) -> AnyChange:
    meeting = rng.choice([one for one in plan.meetings if one.lecturers] or plan.meetings)
    date, session = meeting.sessions[0]
    period = {"from": date, **({"sessions": (session,)} if rng.random() < 0.5 else {})}
    if meeting.lecturers and rng.random() < 0.6:
        return Away(lecturer=meeting.lecturers[0], **Period.model_validate(period).model_dump(by_alias=True))
    kind = rng.randrange(3)
    if kind == 0:
        return Holiday.model_validate({"from": date})
    if kind == 1 and meeting.lecturers:
        return Disqualify(lecturer=meeting.lecturers[0], modules=(meeting.module,))
    room = rng.choice(plan.cohorts).room
    return Close.model_validate({"room": room, "from": date})


def _kept(case_from: dt.date, plan: Timetable, other: Timetable) -> bool:
    """Whether what began before the day stays, and nothing else is put there."""

    def early(meetings: tuple[Meeting, ...]) -> set[Meeting]:
        return {meeting for meeting in meetings if meeting.sessions[0][0] < case_from}

    running = {(one.id, one.opens, one.room) for one in plan.cohorts if one.opens < case_from}
    others = {(one.id, one.opens, one.room) for one in other.cohorts if one.opens < case_from}
    return early(plan.meetings) == early(other.meetings) and running == others


def _drawn(seed: int) -> Case | None:
    rng = random.Random(f"replan/{seed}")
    scenario = random_scenario(seed)
    plans = sorted(listing(scenario).plans.items(), key=lambda item: repr(item[0]))
    if not plans:
        return None
    plan = rng.choice(plans)[1]
    days = sorted({date for meeting in plan.meetings for date, _ in meeting.sessions})
    from_ = rng.choice(days[: 1 + len(days) // 2])
    try:
        changed = apply(scenario, Delta(changes=(_change(rng, scenario, plan),)))
    except InputError:
        return None
    possible = [other for other in listing(changed).plans.values() if _kept(from_, plan, other)]
    return Case(scenario, changed, plan, from_, possible)


@cache
def case(number: int) -> Case:
    """Return a case: the same for the same number."""
    drawn = (_drawn(seed) for seed in itertools.count(number, _CASES))
    return next(found for found in drawn if found is not None)


@pytest.mark.parametrize("number", range(_CASES))
def test_the_fewest_changes_are_as_few_as_brute_force_finds(number: int) -> None:
    drawn = case(number)
    least = _least(drawn)
    try:
        found = replan(drawn.changed, drawn.plan, from_=drawn.from_, notice=0, time_limit=None)
    except InputError:  # what cannot be touched cannot stay
        assert least is None
        return
    assert (found.number, found.status) == (least, "infeasible" if least is None else "optimal")
    if found.timetable is not None:
        assert found.number == found.fewest
        assert _kept(drawn.from_, drawn.plan, found.timetable)
        costs = [_cost(drawn, one) for one in drawn.possible if compare(drawn.plan, one).number == least]
        assert found.cost == found.bound == min(costs) == _cost(drawn, found.timetable)


def _least(drawn: Case) -> int | None:
    return min((compare(drawn.plan, other).number for other in drawn.possible), default=None)


def _cost(drawn: Case, plan: Timetable) -> int:
    tiers = compare(drawn.plan, plan).tiers
    return check(drawn.changed, plan).terms.total + sum(PRICES[tier] * tiers[tier] for tier in tiers)


@pytest.mark.parametrize("number", range(16))
def test_a_plan_is_adapted_soon_if_and_only_if_there_is_one(number: int) -> None:
    drawn = case(number)
    found = adapt(drawn.changed, drawn.plan, time_limit=None)
    assert (found is not None) == bool(listing(drawn.changed).plans)
    if found is not None:
        assert check(drawn.changed, found).ok
        assert found.objective is not None
        assert found.objective.total == check(drawn.changed, found).terms.total


def test_the_cases_are_of_many_kinds() -> None:
    some = [case(number) for number in range(16)]
    least = [_least(drawn) for drawn in some]
    assert least.count(None) >= 1
    assert least.count(0) <= 5
    assert len(set(least)) >= 4
    kinds = [compare(drawn.plan, other).tiers for drawn in some for other in drawn.possible]
    assert all(any(tiers[tier] for tiers in kinds) for tier in PRICES)

"""The first repair offered is the cheapest there is, by brute force, and each leads to a checked plan."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from benchmarks.planning import can_be_planned

from classplanner import check, repair
from classplanner.deltas import apply, parse_delta
from classplanner.explaining import Conditions, document_of, tell_repair
from classplanner.explaining.changes import delta_of
from classplanner.explaining.remedies import Remedy, remedies
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Scenario
from tests.builders import scenario

AWAY = {"unavailable": [{"from": "2018-04-16", "to": "2018-04-18"}]}
CASES: dict[str, dict[str, Any]] = {
    "leave": {
        "modules": {"LAW": {"lecturers": ["an"]}},
        "lecturers": {"an": AWAY},
        "cohorts": {"K1": {"opens": "2018-04-16"}, "K2": None},
    },
    "load": {"lecturers": {"an": {"max_sessions": 1}, "binh": {"max_sessions": 2}}},
    "locks": {
        "cohorts": {"K1": {"opens": "2018-04-16"}, "K2": None},
        "lecturers": {"an": AWAY},
        "locks": [{"cohort": "K1", "module": "LAW", "lecturer": "an", "date": "2018-04-16"}],
    },
    "hall": {"cohorts": {"K1": {"size": 70, "venue": "west"}, "K2": None}},
    "venues": {
        "cohorts": {"K1": {"opens": "2018-04-16", "venues": ["west"]}, "K2": None},
        "venues": {"west": {"closed": [{"from": "2018-04-17"}]}},
    },
    "order": {
        "modules": {"TALK": {"after": ["LAW"], "latest_day": 1}, "LAW": {"earliest_day": 2}},
        "cohorts": {"K2": None},
    },
    "two at once": {
        "cohorts": {
            "K1": {"opens": "2018-04-16", "room": "east/hall"},
            "K2": {"opens": "2018-04-16", "room": "east/hall"},
        }
    },
    "window": {
        "cohorts": {"K1": {"opens_from": "2018-04-24", "finishes_by": "2018-04-26"}, "K2": None},
    },
    "budget": {"budget": {2018: 8_500}},
    "closed": {
        "calendar": {"closed": [{"from": "2018-04-17"}]},
        "cohorts": {"K1": {"opens": "2018-04-16", "finishes_by": "2018-04-18"}, "K2": None},
    },
}


def every_remedy(conditions: Conditions) -> list[Remedy]:
    """List all that can be changed."""
    found = {
        (one.statement, one.cures): one
        for condition in conditions.all
        for part in conditions.steps(condition)
        for one in remedies(conditions, part)
    }
    return list(found.values())


def cheaper_repair(asked: Scenario, price: int) -> tuple[Remedy, ...] | None:
    """Try all sets of up to two changes that cost less; return one with which there is a plan."""
    conditions = Conditions(asked)
    options = [one for one in every_remedy(conditions) if one.price < price]
    for number in (0, 1, 2):
        for some in combinations(options, number):
            places = {one.place for one in some}
            if sum(one.price for one in some) >= price or len(places) < number:
                continue
            cured = frozenset[Any]().union(*(one.cures for one in some))
            if not conditions.keeping([one for one in conditions.all if one not in cured]).cohorts:
                continue
            delta = delta_of(conditions, cured) if some else None
            changed = asked if delta is None else apply(asked, delta)
            if can_be_planned(changed):
                return some
    return None


@pytest.mark.parametrize("case", CASES)
def test_the_first_repair_is_the_cheapest_and_all_lead_to_plans(case: str) -> None:
    asked = scenario(**CASES[case])
    found = repair(asked, time_limit=60)
    assert found.repairs.status == "repaired"
    assert len(found.ways) == 3 or found.repairs.complete
    assert [way.repair.price for way in found.ways] == sorted(way.repair.price for way in found.ways)
    for way in found.ways:
        assert way.repair.cheapest
        assert way.plan is not None
        assert way.plan.timetable is not None
        assert check(apply(asked, way.repair.delta), way.plan.timetable).ok
        assert parse_delta(document_of(way.repair.delta)) == way.repair.delta
    cheapest = found.ways[0].repair
    assert cheaper_repair(asked, cheapest.price) is None


def test_brute_force_finds_the_cheapest_repair_where_it_may_cost_as_much() -> None:
    asked = scenario(**CASES["leave"])
    cheapest = repair(asked, number=1).ways[0].repair
    found = cheaper_repair(asked, cheapest.price + 1)
    assert found is not None
    assert sum(one.price for one in found) == cheapest.price


def test_what_is_to_be_kept_is_not_changed_and_prices_decide() -> None:
    case = CASES["leave"]
    asked = scenario(**case)
    names, vi = Names(asked), Language("vi")

    def first(**prices: Any) -> list[str]:
        document = asked.model_dump(mode="json", by_alias=True) | {"repair": prices}
        ways = repair(Scenario.model_validate(document), number=1).ways
        return [one.describe(names, vi) for one in ways[0].repair.changes]

    # Any day but the last would do as well, at the same price.
    assert [said.split(" vào ")[0] for said in first()] == ["Lê An dạy"]
    assert first(keep=["leave_day", "window_day"]) == ["Võ Bình dạy thêm LAW Luật (Lãnh đạo xã)."]
    assert first(leave_day=10**9, qualify=10**9) == [
        "Lớp K1 có thể khai giảng sớm hoặc muộn hơn thứ Hai 16/04/2018 tối đa 1 ngày làm việc."
    ]


def test_days_on_which_the_same_gives_way_are_told_in_one_line() -> None:
    closed = [{"from": "2018-04-16", "to": "2018-04-17"}]
    asked = scenario(
        venues={"east": {"closed": closed}, "west": None},
        cohorts={"K1": {"opens": "2018-04-16"}, "K2": None},
    )
    told = [list(tell_repair(asked, way.repair, 1, Language("vi")))[1:] for way in repair(asked).ways]
    assert ["  - Văn Phú mở cửa vào thứ Hai 16/04/2018, thứ Ba 17/04/2018."] in told


def test_nothing_to_repair_and_nothing_that_may_be_changed() -> None:
    assert repair(scenario()).repairs.status == "plannable"
    case = CASES["hall"]
    document = scenario(**case).model_dump(mode="json", by_alias=True)
    document["repair"] = {"keep": ["lock", "trainee"]}
    found = repair(Scenario.model_validate(document)).repairs
    assert (found.status, found.complete) == ("impossible", True)

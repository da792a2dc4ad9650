"""The cost of a plan: each term worked out by hand, with the objects that it comes from.

In the plan that the tests change, An gives four sessions for 700 and Bình two for 500, the hall at Văn Phú
takes 2,000 on each of six days, each module is on its nominal day and has its preferred lecturer. The
calendar begins on Monday 9 April, five working days before K1 opens and eight before K2 does.
"""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.check import Checker, Cost
from classplanner.rules import Fact, Statement
from classplanner.timetable import Terms, Timetable
from tests.builders import april, meeting, scenario, timetable
from tests.check.judging import judged

WEIGHTS = {"fees": 2, "rooms": 3, "order": 7, "delay": 11, "preference": 13, "overload": 17}


def cost(term: Any, count: int, amount: int, **facts: Fact) -> Cost:
    return Cost(term, count, amount, Statement(f"check.cost.{term}", tuple(facts.items())))


def costs_of(term: str, plan: Timetable, **changes: Any) -> list[Cost]:
    verdict = judged(scenario(objective=WEIGHTS, **changes), plan)
    assert verdict.ok
    costs = [cost for cost in verdict.costs if cost.term == term]
    assert sum(cost.amount for cost in costs) == getattr(verdict.terms, term)
    return costs


def test_all_terms_with_the_usual_weights() -> None:
    assert judged(scenario(), timetable()).terms == Terms(fees=3_800, rooms=12_000, delay=13 * 20_000)


def test_fees_by_lecturer() -> None:
    assert costs_of("fees", timetable()) == [
        cost("fees", 4, 2 * 4 * 700, lecturer="an", sessions=4, fee=700),
        cost("fees", 2, 2 * 2 * 500, lecturer="binh", sessions=2, fee=500),
    ]


def test_rooms_by_room_also_on_days_without_meetings() -> None:
    plan = timetable(
        {"K2": {"room": "west/hall"}}, {("K2", name): {"room": "west/hall"} for name in ("LAW", "TALK")}
    )
    assert costs_of("rooms", plan) == [
        cost("rooms", 3, 3 * 3 * 2_000, room="east/hall", days=3, price=2_000),
        cost("rooms", 3, 3 * 3 * 1_000, room="west/hall", days=3, price=1_000),
    ]


def test_order_by_module_in_class_days() -> None:
    """LAW belongs on the first day, TALK and VISIT on the second; K2 has its third on a Monday."""
    plan = timetable(
        meetings={
            ("K1", "LAW"): {"sessions": ["18 am", "18 pm"]},
            ("K1", "TALK"): {"sessions": ["16 pm"]},
            ("K2", "VISIT"): {"sessions": ["23 pm"]},
        }
    )
    assert costs_of("order", plan) == [
        cost("order", 2, 14, cohort="K1", module="LAW", day=3, nominal=1, days=2),
        cost("order", 1, 7, cohort="K1", module="TALK", day=1, nominal=2, days=1),
        cost("order", 1, 7, cohort="K2", module="VISIT", day=3, nominal=2, days=1),
    ]


def test_order_counts_from_the_first_session() -> None:
    """LAW with three sessions begins on its nominal day and ends on the next; TALK is nominal on day 2."""
    plan = timetable(
        {"K2": None},
        {
            ("K1", "LAW"): {"sessions": ["16 am", "16 pm", "17 am"]},
            ("K1", "TALK"): {"sessions": ["17 pm"]},
            ("K1", "VISIT"): {"sessions": ["18 am"]},
            **{("K2", module): None for module in ("LAW", "TALK", "VISIT")},
        },
    )
    assert costs_of("order", plan, cohorts={"K2": None}, modules={"LAW": {"sessions": 3}}) == []


@pytest.mark.parametrize(
    ("k2", "days", "earliest"),
    [
        ({}, 8, april(9)),
        ({"opens_from": "2018-04-07"}, 8, april(9)),
        ({"opens_from": "2018-04-13"}, 4, april(13)),
        ({"opens_from": "2018-04-14"}, 3, april(16)),
        ({"opens_from": "2018-04-18"}, 1, april(18)),
        ({"opens_from": "2018-04-19"}, 0, april(19)),
        ({"opens": "2018-04-19"}, 0, april(19)),
    ],
)
def test_delay_by_class_since_the_earliest_opening(k2: dict[str, str], days: int, earliest: Any) -> None:
    """The 14th is a Saturday; before the calendar nothing can open."""
    late = costs_of("delay", timetable(), cohorts={"K1": {"opens": "2018-04-16"}, "K2": k2})
    assert late == [cost("delay", days, 11 * days, cohort="K2", date=earliest, days=days)][: days > 0]


def test_a_lock_does_not_put_off_the_earliest_opening() -> None:
    locks = [{"cohort": "K1", "opens": "2018-04-16"}]
    assert [cost.count for cost in costs_of("delay", timetable(), locks=locks)] == [5, 8]


def test_preference_by_rank() -> None:
    """An is the second on the list for TALK, Chi the third."""
    three = {"lecturers": {"chi": {}}, "modules": {"TALK": {"lecturers": ["binh", "an", "chi"]}}}
    plan = timetable(meetings={("K1", "TALK"): {"lecturers": ["an"]}, ("K2", "TALK"): {"lecturers": ["chi"]}})
    assert costs_of("preference", plan, **three) == [
        cost("preference", 1, 13, cohort="K1", module="TALK", lecturer="an", choice=2),
        cost("preference", 2, 26, cohort="K2", module="TALK", lecturer="chi", choice=3),
    ]


def test_overload_by_lecturer_above_the_fair_share() -> None:
    """An gives four sessions, one too many; Bình two, just what is fair."""
    shares = {"an": {"target_sessions": 3}, "binh": {"target_sessions": 2}}
    assert costs_of("overload", timetable(), lecturers=shares) == [
        cost("overload", 1, 17, lecturer="an", sessions=4, target=3, above=1)
    ]


def test_a_fair_share_of_nothing() -> None:
    assert [
        cost.count for cost in costs_of("overload", timetable(), lecturers={"an": {"target_sessions": 0}})
    ] == [4]


def test_an_empty_timetable_costs_nothing() -> None:
    assert judged(scenario(), Timetable(cohorts=(), meetings=())).terms == Terms()


def test_the_terms_of_a_faulty_timetable() -> None:
    """A module taught twice counts from its first session; unknown ids cost nothing."""
    plan = timetable(
        {"K1": {"room": "north/hall", "closes": "2018-04-27"}},
        {
            ("K1", "TALK"): {"lecturers": ["nobody"]},
            ("K1", "LAW"): None,
            ("K2", "VISIT"): None,
            ("K2", "TALK"): {"sessions": ["20 am", "20 am"]},
        },
        more_meetings=[
            meeting("K1", "LAW", sessions=["17 am"], lecturers=[]),
            meeting("K1", "LAW", sessions=["16 am"], lecturers=[]),
            meeting("K2", "SWIM", sessions=["20 pm"], lecturers=["nobody"], room="north/hall"),
        ],
    )
    terms = Checker(scenario(objective=WEIGHTS)).judge(plan).terms
    assert terms == Terms(fees=2 * (2 * 700 + 500), rooms=3 * 3 * 2_000, delay=13 * 11)


def test_terms_do_not_depend_on_the_rules_asked_for() -> None:
    checker = Checker(scenario())
    assert checker.judge(timetable(), rules=()).terms == checker.judge(timetable()).terms

"""Each reason for leaving out a class is given where it is the reason, and the most telling one comes first.

That no reason is given wrongly is shown by the oracle (`tests/oracle/test_partial.py`).
"""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.compile import compile_scenario
from classplanner.scenario import Scenario
from classplanner.solve import Result, reasons, why_left_out
from classplanner.timetable import LeftOut
from tests.builders import meeting, planned, scenario

K1 = (planned("K1"),), tuple(meeting("K1", module) for module in ("LAW", "TALK", "VISIT"))
"""Monday 16 to Wednesday 18 April in the eastern hall; An gives LAW on Monday, Bình TALK on Tuesday."""
BINH_ALONE = {"LAW": {"lecturers": ["binh"]}, "TALK": {"lecturers": ["binh"]}}


def why(asked: Scenario, *, most: int = 90) -> LeftOut:
    """Say why K2 is left out of the plan with K1."""
    (left_out,) = why_left_out(compile_scenario(asked), Result("feasible", *K1, 0, most))
    assert left_out.cohort == "K2"
    return left_out


def beside(**k2: Any) -> dict[str, Any]:
    """Have K2 open on the Monday on which K1 does, in the western hall unless it says otherwise."""
    return {"K2": {"opens": "2018-04-16", "venue": "west"} | k2}


class TestInAnyPlan:
    def test_the_calendar_is_too_short(self) -> None:
        nobody = Result("feasible", (), (), 0, 90)
        two_days = compile_scenario(scenario(calendar={"last_day": "2018-04-10"}))
        assert [each.reason for each in why_left_out(two_days, nobody)] == ["short-calendar"] * 2

    def test_no_hall_has_enough_seats(self) -> None:
        assert why(scenario(cohorts={"K2": {"size": 91}})).reason == "no-seats"

    @pytest.mark.parametrize(
        "k2",
        [
            {"opens_from": "2018-04-26"},  # Thursday and Friday are the last two days
            {"opens": "2018-04-24", "finishes_by": "2018-04-26"},  # Wednesday is a holiday
            {"size": 61, "venue": "west"},
        ],
        ids=str,
    )
    def test_no_hall_is_open_when_and_where_it_may_be(self, k2: dict[str, Any]) -> None:
        assert why(scenario(cohorts={"K2": k2})).reason == "no-days"

    def test_a_module_has_no_lecturer(self) -> None:
        asked = scenario(
            modules={"TALK": {"lecturers": ["binh"]}},
            lecturers={"binh": {"available": [{"weekdays": ["tue"]}]}},
            cohorts={"K2": {"opens": "2018-04-18"}},
        )
        assert why(asked) == LeftOut(cohort="K2", reason="no-lecturers", modules=("TALK",))

    def test_one_module_or_another_has_no_lecturer(self) -> None:
        """Opening on Wednesday, TALK lacks a Tuesday; opening on Friday, LAW a Wednesday or Thursday."""
        asked = scenario(
            modules={"TALK": {"lecturers": ["binh"]}, "LAW": {"lecturers": ["an"]}},
            lecturers={
                "binh": {"available": [{"weekdays": ["tue"]}]},
                "an": {"available": [{"weekdays": ["wed", "thu"]}]},
            },
            cohorts={"K2": {"opens_from": "2018-04-18", "finishes_by": "2018-04-24"}},
            calendar={"closed": [{"from": "2018-04-19"}]},
        )
        left_out = why(asked)
        assert left_out.reason == "no-lecturers"
        assert set(left_out.modules) == {"TALK", "LAW"}

    def test_its_modules_cannot_all_be_taught(self) -> None:
        asked = scenario(modules=BINH_ALONE, lecturers={"binh": {"max_sessions": 2}})
        assert why(asked).reason == "impossible"


class TestBesideThePlannedClasses:
    def test_no_hall_is_free(self) -> None:
        assert why(scenario(cohorts=beside(venue="east"))).reason == "halls-taken"
        assert why(scenario(cohorts=beside(venue="east", opens="2018-04-18"))).reason == "halls-taken"

    def test_the_day_after_it_is(self) -> None:
        assert why(scenario(cohorts=beside(venue="east", opens="2018-04-19"))).reason == "not-found"

    @pytest.mark.parametrize(
        ("limit", "reason"),
        [
            ({"max_sessions_per_week": 2}, "lecturers-taken"),
            ({"max_sessions": 2}, "lecturers-taken"),
            ({"max_sessions": 3}, "no-place"),  # one is left, and LAW takes two
            ({"max_sessions": 4}, "not-found"),
        ],
        ids=str,
    )
    def test_a_lecturer_has_taught_enough(self, limit: dict[str, int], reason: str) -> None:
        asked = scenario(modules={"LAW": {"lecturers": ["an"]}}, lecturers={"an": limit}, cohorts=beside())
        assert why(asked).reason == reason

    def test_a_lecturer_teaches_at_that_time(self) -> None:
        asked = scenario(
            modules={"LAW": {"lecturers": ["an"], "latest_day": 1}},
            cohorts=beside(),
        )
        assert why(asked) == LeftOut(cohort="K2", reason="lecturers-taken", modules=("LAW",))

    def test_a_lecturer_has_taught_enough_for_a_day(self) -> None:
        modules = {"TALK": {"lecturers": ["binh"], "earliest_day": 2, "latest_day": 2}}
        for most, reason in ((1, "lecturers-taken"), (2, "not-found")):
            asked = scenario(
                modules=modules, lecturers={"binh": {"max_sessions_per_day": most}}, cohorts=beside()
            )
            assert why(asked).reason == reason

    def test_the_budget_is_spent(self) -> None:
        """K1 pays for three days, two sessions by An, one by Bình; K2 for three days, three by Bình."""
        spent = 3 * 2_000 + 2 * 700 + 500
        cost = 3 * 1_000 + 3 * 500
        assert why(scenario(budget={2018: spent + cost - 1})).reason == "no-place"
        assert why(scenario(budget={2018: spent + cost})).reason == "not-found"


class TestOtherwise:
    def test_it_would_crowd_out_others_where_no_plan_trains_more(self) -> None:
        assert why(scenario(), most=50).reason == "crowded-out"

    def test_there_was_no_time_where_one_might(self) -> None:
        assert why(scenario(), most=51).reason == "not-found"

    @pytest.mark.parametrize("columns", [0, 100])
    def test_what_takes_too_long_is_left_alone(self, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """The openings of K2, 14 days in two halls, are 28 columns; its modules are more than 100."""
        monkeypatch.setattr(reasons, "_COLUMNS", columns)
        asked = scenario(modules=BINH_ALONE, lecturers={"binh": {"max_sessions": 2}})
        assert why(asked, most=50).reason == "crowded-out"

    def test_classes_of_one_kind_are_looked_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        looked: list[int] = []

        def look(_: object, cohort: int) -> tuple[str, tuple[str, ...]]:
            looked.append(cohort)
            return "impossible", (str(cohort),)

        monkeypatch.setattr(reasons._Analysis, "reason", look)
        audience = {"id": "Q", "programme": "P", "cohort_size": 45, "trainees": {"2018": 135}}
        lock = {"cohort": "Q-2018-02", "room": "west/hall"}
        asked = scenario(audiences=[audience], locks=[lock], cohorts={"K2": None})
        left_out = why_left_out(compile_scenario(asked), Result("feasible", *K1, 0, 185))
        assert looked == [1, 2]
        assert [(each.cohort, each.modules) for each in left_out] == [
            ("Q-2018-01", ("1",)),
            ("Q-2018-02", ("2",)),
            ("Q-2018-03", ("1",)),
        ]

    def test_a_plan_of_all_classes_leaves_out_none(self) -> None:
        both = (planned("K1"), planned("K2"))
        assert why_left_out(compile_scenario(scenario()), Result("optimal", both, (), 0, 90)) == ()

"""Counting proves shortages with the right numbers, names those concerned only, and finds nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from benchmarks.years import SHORTAGES, Shortage, impossible, planted

from classplanner.compile import compile_scenario
from classplanner.explaining.counting import count
from classplanner.explaining.flows import Flow
from classplanner.language import Language
from classplanner.rules import Names
from tests.builders import scenario


def counted(**changes: Any) -> list[tuple[str, int, int, tuple[str, ...]]]:
    """Return kind, need and supply of the shortages of the small scenario with some changes, and who."""
    found = count(compile_scenario(scenario(**changes)))
    return [(one.statement.key.split(".")[1], one.needed, one.there, one.cohorts) for one in found]


class TestSmallScenarios:
    def test_nothing_where_there_is_a_plan(self) -> None:
        assert counted() == []

    def test_a_window_shorter_than_the_course(self) -> None:
        window = {"opens": "2018-04-24", "finishes_by": "2018-04-26"}  # the 25th is a holiday
        assert counted(cohorts={"K1": window}) == [("calendar", 3, 2, ("K1",))]

    def test_a_class_larger_than_any_hall(self) -> None:
        assert counted(cohorts={"K2": {"size": 91}}) == [("seats", 91, 90, ("K2",))]

    def test_more_sessions_than_a_programme_has(self) -> None:
        more = {"VISIT": {"sessions": 4}}
        assert counted(modules=more) == [("programme", 7, 6, ("K1", "K2"))]

    def test_a_class_larger_than_any_hall_where_it_is_settled(self) -> None:
        assert counted(cohorts={"K1": {"size": 70, "venue": "west"}}) == [("seats", 70, 60, ("K1",))]
        settled = [{"cohort": "K1", "room": "west/hall"}]
        assert counted(cohorts={"K1": {"size": 70}}, locks=settled) == [("seats", 70, 60, ("K1",))]

    @pytest.mark.parametrize("place", [{"venue": "east"}, {"venues": ["east"]}, {"room": "east/hall"}])
    def test_a_hall_that_is_closed_where_a_class_is_settled(self, place: dict[str, Any]) -> None:
        closed = [{"from": "2018-04-18"}]  # the other hall is open
        found = counted(
            venues={"east": {"closed": closed}}, cohorts={"K1": {"opens": "2018-04-16", **place}, "K2": None}
        )
        assert found == [("hall-run", 3, 2, ("K1",))]

    def test_a_hall_that_is_never_open_long_enough(self) -> None:
        closed = [{"weekdays": ["tue", "thu"]}]
        found = counted(venues={"east": {"closed": closed}}, cohorts={"K1": {"size": 70}})
        # Friday 13 and Monday 16 April are the longest run; so are Friday 20 and Monday 23.
        assert found == [("hall-run", 3, 2, ("K1",))]

    def test_more_classes_than_halls_hold_one_after_another(self) -> None:
        more = {name: {"programme": "P", "size": 80} for name in ("K3", "K4", "K5", "K6")}
        every = ("K1", "K2", *more)
        window = {"calendar": {"last_day": "2018-04-19"}}  # nine days, in each of two halls
        assert counted(cohorts=more, **window)[0] == ("hall-days", 12, 9, tuple(more))
        small = {name: {"size": 40} for name in more}
        seven = {name: more[name] | small[name] for name in more} | {"K7": {"programme": "P", "size": 40}}
        assert counted(cohorts=seven, **window)[0] == ("halls", 7, 6, (*every, "K7"))

    def test_two_modules_that_share_a_lecturer_too_few_sessions_are_left(self) -> None:
        alone = {"LAW": {"lecturers": ["an"]}, "TALK": {"lecturers": ["an"]}}
        found = counted(modules=alone, lecturers={"an": {"max_sessions": 5}})
        assert found == [("lecturers", 6, 5, ("K1", "K2"))]

    def test_a_weekly_maximum_and_a_window(self) -> None:
        window = {"opens": "2018-04-16"}
        alone = {"LAW": {"lecturers": ["an"]}, "TALK": {"lecturers": ["an"]}}
        found = counted(
            modules=alone,
            cohorts={"K1": window, "K2": {"opens_from": "2018-04-20"}},
            lecturers={"an": {"max_sessions_per_week": 2}},
        )
        assert ("lecturers", 3, 2, ("K1",)) in found

    def test_a_whole_day_needs_both_half_days(self) -> None:
        afternoons = [{"sessions": ["morning"]}]
        found = counted(
            modules={"LAW": {"lecturers": ["an"]}},
            lecturers={"an": {"unavailable": afternoons}},
        )
        assert found == [("lecturers", 4, 0, ("K1", "K2"))]

    def test_half_days_of_a_fixed_course(self) -> None:
        first_day = {"LAW": {"latest_day": 1}, "TALK": {"latest_day": 1}}
        found = counted(modules=first_day, cohorts={"K1": {"opens": "2018-04-16"}})
        assert found == [("course", 3, 2, ("K1",))]

    def test_a_budget_below_the_cheapest_halls_and_lecturers(self) -> None:
        # Each class: three days at 1,000 and three sessions at 500.
        assert counted(budget={2018: 8_999}) == [("budget", 9_000, 8_999, ("K1", "K2"))]
        assert counted(budget={2018: 9_000}) == []


class TestYears:
    @pytest.mark.parametrize("shortage", SHORTAGES)
    def test_what_falls_short_by_one_is_found(self, shortage: Shortage) -> None:
        found = list(count(compile_scenario(impossible(3, shortage, classes=12))))
        assert found
        kinds = {"sessions": "lecturers-many", "half-days": "lecturers", "halls": "halls"}
        assert found[0].statement.key == f"shortage.{kinds[shortage]}"

    def test_nothing_is_found_in_years_with_a_plan(self) -> None:
        for seed in range(4):
            year = planted(seed, classes=12, tightness="tight")[0]
            assert list(count(compile_scenario(year))) == []


def test_both_languages_tell_it_with_numbers_and_weekdays() -> None:
    small = scenario(cohorts={"K1": {"opens": "2018-04-24", "finishes_by": "2018-04-26"}})
    (found,) = count(compile_scenario(small))
    told = [found.statement.describe(Names(small), Language(code)) for code in ("vi", "en")]
    assert told == [
        (
            "Lớp K1 cần 3 ngày làm việc liên tục; từ thứ Ba 24/04/2018 đến thứ Năm 26/04/2018 chỉ có tất cả "
            "2 ngày làm việc."
        ),
        "Class K1 needs 3 working days in a row; from Tue 24/04/2018 to Thu 26/04/2018 there are 2 in all.",
    ]


def test_a_violated_hall_set_is_found_and_is_as_small_as_can_be() -> None:
    """Demands 0 and 1 share a supply of 3; demand 2 has one of its own."""
    flow = Flow(np.array([2, 2, 1]))
    shared, own = flow.add_nodes(1), flow.add_nodes(1)
    flow.add_arcs(np.array([0, 1, 2]), np.array([shared, shared, own]))
    flow.add_arcs(np.array([shared, own]), -1, np.array([3, 1]))
    assert flow.unmet() == [0, 1]
    assert flow.met([0, 1]) == 3

"""What is asked of lecturers: the sessions that one cannot give are named, those at the limit are not."""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.rules import catalogue
from classplanner.scenario import Period
from classplanner.timetable import Timetable
from tests.builders import april, scenario, timetable
from tests.check.judging import breach, found, judged, met

TWO_HALLS = {"rooms": [{"id": "hall", "capacity": 90}, {"id": "side", "capacity": 90}]}


def side_by_side(talk: str, lecturer: str = "binh", room: str = "west/hall") -> Timetable:
    """Move K2 to the days of K1, into another hall; K1 has TALK on 17 April in the morning."""
    return timetable(
        {"K2": {"opens": "2018-04-16", "closes": "2018-04-18", "room": room}},
        {
            ("K2", "LAW"): {"room": room, "sessions": ["18 am", "18 pm"]},
            ("K2", "TALK"): {"room": room, "sessions": [talk], "lecturers": [lecturer]},
            ("K2", "VISIT"): {"sessions": ["16 pm"]},
        },
    )


class TestLecturerClash:
    def test_two_classes_in_one_slot(self) -> None:
        one_venue = scenario(venues={"east": TWO_HALLS})
        assert judged(one_venue, side_by_side("17 am", room="east/side")).breaches == (
            breach(catalogue.lecturer_clash("binh"), met("K1", "TALK", "17 am"), met("K2", "TALK", "17 am")),
        )

    def test_different_lecturers_teach_side_by_side(self) -> None:
        assert judged(scenario(), side_by_side("17 am", lecturer="an")).breaches == ()

    def test_a_meeting_that_names_its_lecturer_or_class_twice_is_one_thing(self) -> None:
        plan = timetable(meetings={("K1", "TALK"): {"lecturers": ["binh", "binh"], "cohorts": ["K1", "K1"]}})
        assert [breach.instance.rule for breach in judged(scenario(), plan).breaches] == [
            "programme-complete"
        ]

    def test_a_meeting_of_two_classes_is_one_thing(self) -> None:
        plan = timetable(meetings={("K1", "TALK"): {"cohorts": ["K1", "K2"]}, ("K2", "TALK"): None})
        rules = {breach.instance.rule for breach in judged(scenario(), plan).breaches}
        assert rules == {"consecutive-days", "programme-complete"}


class TestLecturerQualified:
    def test_a_lecturer_who_is_not_on_the_list(self) -> None:
        narrow = scenario(modules={"TALK": {"lecturers": ["binh"]}})
        plan = timetable(meetings={("K2", "TALK"): {"lecturers": ["an"]}})
        assert judged(narrow, plan).breaches == (
            breach(
                catalogue.lecturer_qualified("P", "TALK", ["binh"]),
                met("K2", "TALK", "20 am", sentence="meeting-by", lecturer="an"),
            ),
        )

    def test_a_lecturer_who_does_not_exist(self) -> None:
        plan = timetable(meetings={("K2", "TALK"): {"lecturers": ["nobody"]}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.lecturer_qualified("P", "TALK", ["binh", "an"]),
                met("K2", "TALK", "20 am", sentence="meeting-by", lecturer="nobody"),
            ),
        )

    def test_a_lecturer_for_a_module_that_needs_none(self) -> None:
        plan = timetable(meetings={("K1", "VISIT"): {"lecturers": ["an"]}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.lecturer_qualified("P", "VISIT", []),
                met("K1", "VISIT", "17 pm", sentence="meeting-by", lecturer="an"),
            ),
        )

    def test_anybody_on_the_list_may_teach(self) -> None:
        assert judged(scenario(), timetable(meetings={("K1", "TALK"): {"lecturers": ["an"]}})).ok


AWAY = [
    {"from": "2018-04-19"},
    {"from": "2018-04-18", "to": "2018-04-20"},
    {"to": "2018-04-20", "weekdays": ["thu"]},
    {"weekdays": ["thu", "fri"]},
    {"from": "2018-04-19", "sessions": ["morning", "afternoon"]},
]
ELSEWHEN = [
    {"from": "2018-04-18"},
    {"from": "2018-04-20", "to": "2018-05-31"},
    {"to": "2018-04-15"},
    {"from": "2018-04-01", "to": "2018-04-30", "weekdays": ["wed", "fri"]},
]


class TestLecturerAvailable:
    """An teaches LAW on Monday 16 and Thursday 19 April, all day."""

    @pytest.mark.parametrize("period", AWAY)
    def test_a_session_while_the_lecturer_is_away(self, period: dict[str, Any]) -> None:
        away = scenario(lecturers={"an": {"unavailable": [period]}})
        assert judged(away, timetable()).breaches == (
            breach(
                catalogue.lecturer_unavailable("an", Period.model_validate(period)),
                met("K2", "LAW", "19 am", "19 pm"),
            ),
        )

    def test_only_the_sessions_of_the_period_are_named(self) -> None:
        mondays = {"weekdays": ["mon"], "sessions": ["morning"]}
        late = {"from": "2018-04-19", "sessions": ["afternoon"]}
        away = scenario(lecturers={"an": {"unavailable": [mondays, late]}})
        assert judged(away, timetable()).breaches == (
            breach(
                catalogue.lecturer_unavailable("an", Period.model_validate(mondays)),
                met("K1", "LAW", "16 am"),
            ),
            breach(
                catalogue.lecturer_unavailable("an", Period.model_validate(late)), met("K2", "LAW", "19 pm")
            ),
        )

    @pytest.mark.parametrize("period", ELSEWHEN)
    def test_a_lecturer_who_is_away_at_another_time(self, period: dict[str, Any]) -> None:
        assert judged(scenario(lecturers={"an": {"unavailable": [period]}}), timetable()).breaches == ()

    def test_a_session_outside_the_times_named_as_available(self) -> None:
        """`to` defaults to `from`: An is available on the 16th and on the morning of the 19th."""
        periods = [{"from": "2018-04-16"}, {"from": "2018-04-19", "sessions": ["morning"]}]
        rare = scenario(lecturers={"an": {"available": periods}})
        assert judged(rare, timetable()).breaches == (
            breach(catalogue.lecturer_only_available("an"), met("K2", "LAW", "19 pm")),
        )

    def test_one_matching_period_is_enough(self) -> None:
        periods = [{"weekdays": ["mon"]}, {"from": "2018-04-18", "to": "2018-04-19"}]
        assert judged(scenario(lecturers={"an": {"available": periods}}), timetable()).breaches == ()


class TestLecturerLoad:
    """An gives two sessions on 16 April and two on 19 April, both in the week of the 16th."""

    def test_too_many_sessions_in_a_day(self) -> None:
        assert judged(scenario(lecturers={"an": {"max_sessions_per_day": 1}}), timetable()).breaches == (
            breach(
                catalogue.lecturer_load("an", "day", 1),
                found("load-day", date=april(16), number=2),
                met("K1", "LAW", "16 am", "16 pm"),
                found("load-day", date=april(19), number=2),
                met("K2", "LAW", "19 am", "19 pm"),
            ),
        )

    def test_too_many_sessions_in_a_week(self) -> None:
        assert judged(scenario(lecturers={"an": {"max_sessions_per_week": 3}}), timetable()).breaches == (
            breach(
                catalogue.lecturer_load("an", "week", 3),
                found("load-week", date=april(16), number=4),
                met("K1", "LAW", "16 am", "16 pm"),
                met("K2", "LAW", "19 am", "19 pm"),
            ),
        )

    def test_too_many_sessions_in_all(self) -> None:
        assert judged(scenario(lecturers={"an": {"max_sessions": 3}}), timetable()).breaches == (
            breach(
                catalogue.lecturer_load("an", "scenario", 3),
                found("load-scenario", number=4),
                met("K1", "LAW", "16 am", "16 pm"),
                met("K2", "LAW", "19 am", "19 pm"),
            ),
        )

    def test_the_limits_themselves_are_allowed(self) -> None:
        limits = {"max_sessions_per_day": 2, "max_sessions_per_week": 4, "max_sessions": 4}
        assert judged(scenario(lecturers={"an": limits}), timetable()).breaches == ()

    def test_a_week_runs_from_monday_to_sunday(self) -> None:
        """Two sessions on Monday 16 and two on Monday 23: two in each week."""
        plan = timetable(meetings={("K2", "LAW"): {"sessions": ["23 am", "23 pm"]}})
        assert judged(scenario(lecturers={"an": {"max_sessions_per_week": 2}}), plan).breaches == ()


class TestLecturerOneVenue:
    """Bình teaches K1 at Văn Phú and K2 at Ba Vì."""

    def test_two_venues_on_one_day(self) -> None:
        assert judged(scenario(), side_by_side("17 pm")).breaches == (
            breach(
                catalogue.lecturer_one_venue("binh"),
                met("K1", "TALK", "17 am", sentence="meeting-in", room="east/hall"),
                met("K2", "TALK", "17 pm", sentence="meeting-in", room="west/hall"),
            ),
        )

    def test_two_venues_on_two_days(self) -> None:
        assert judged(scenario(), side_by_side("16 am")).breaches == ()

    def test_two_rooms_of_one_venue(self) -> None:
        one_venue = scenario(venues={"east": TWO_HALLS})
        assert judged(one_venue, side_by_side("17 pm", room="east/side")).breaches == ()

    def test_field_study_is_at_no_venue(self) -> None:
        """Bình goes out with K1 on the afternoon of the day of TALK."""
        guided = scenario(modules={"VISIT": {"lecturers": ["binh"]}})
        plan = timetable(meetings={(cohort, "VISIT"): {"lecturers": ["binh"]} for cohort in ("K1", "K2")})
        assert judged(guided, plan).breaches == ()

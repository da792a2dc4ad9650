"""The rooms: one for each class on all its days, in use or not, large enough, open, shared with nobody."""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.rules import catalogue
from classplanner.scenario import Period
from tests.builders import april, meeting, scenario, timetable
from tests.check.judging import breach, found, judged, met

K1_HOME = found("home", cohort="K1", room="east/hall", first=april(16), last=april(18))


class TestRoomClash:
    def test_two_classes_have_one_room_on_a_day_on_which_neither_meets(self) -> None:
        """K1 has no meeting on its last day, the 18th, and K2 none on its first."""
        plan = timetable({"K2": {"opens": "2018-04-18", "closes": "2018-04-20"}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.room_clash("east/hall"),
                found("shared", cohort="K1", other="K2", first=april(18), last=april(18)),
            ),
        )

    def test_a_third_class_between_two_others(self) -> None:
        """K3 opens on the 17th; K1 and K2 only just miss each other."""
        third = scenario(
            cohorts={"K3": {"programme": "P", "size": 30}}, modules={"TALK": None, "VISIT": None}
        )
        days = {"opens": "2018-04-17", "closes": "2018-04-19", "room": "east/hall"}
        talks = {(cohort, module): None for cohort in ("K1", "K2") for module in ("TALK", "VISIT")}
        law = {"lecturers": ["binh"], "room": "east/hall", "sessions": ["17 am", "17 pm"]}
        plan = timetable({"K3": days}, {**talks, ("K3", "LAW"): law})
        assert judged(third, plan).breaches == (
            breach(
                catalogue.room_clash("east/hall"),
                found("shared", cohort="K1", other="K3", first=april(17), last=april(18)),
                found("shared", cohort="K3", other="K2", first=april(19), last=april(19)),
            ),
        )

    def test_two_rooms_may_have_the_same_name(self) -> None:
        plan = timetable(
            {"K2": {"opens": "2018-04-18", "closes": "2018-04-20", "room": "west/hall"}},
            {("K2", module): {"room": "west/hall"} for module in ("LAW", "TALK")},
        )
        assert judged(scenario(), plan).breaches == ()


class TestHomeRoom:
    def test_a_meeting_in_another_room(self) -> None:
        plan = timetable(meetings={("K1", "TALK"): {"room": "west/hall"}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.home_room("K1"),
                K1_HOME,
                met("K1", "TALK", "17 am", sentence="meeting-in", room="west/hall"),
            ),
        )

    def test_a_meeting_without_a_room(self) -> None:
        plan = timetable(meetings={("K1", "LAW"): {"room": None}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.home_room("K1"),
                K1_HOME,
                met("K1", "LAW", "16 am", "16 pm", sentence="meeting-nowhere"),
            ),
        )

    def test_field_study_with_a_room(self) -> None:
        plan = timetable(meetings={("K1", "VISIT"): {"room": "east/hall"}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.home_room("K1"),
                K1_HOME,
                met("K1", "VISIT", "17 pm", sentence="off-site-in", room="east/hall"),
            ),
        )

    def test_a_room_that_does_not_exist(self) -> None:
        north = {"room": "north/hall"}
        plan = timetable({"K1": north}, {("K1", "LAW"): north, ("K1", "TALK"): north})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.home_room("K1"),
                found("home", cohort="K1", room="north/hall", first=april(16), last=april(18)),
                found("unknown-room", cohort="K1", room="north/hall"),
            ),
        )

    def test_whether_a_foreign_module_is_off_site_is_not_judged(self) -> None:
        foreign = meeting("K1", "SWIM", sessions=["18 am"])
        breaches = judged(scenario(), timetable(more_meetings=[foreign])).breaches
        assert [breach.instance.rule for breach in breaches] == ["programme-complete"]


class TestRoomCapacity:
    def test_a_class_that_does_not_fit(self) -> None:
        assert judged(scenario(cohorts={"K1": {"size": 91}}), timetable()).breaches == (
            breach(catalogue.room_capacity("K1", 91, "east/hall", 90), K1_HOME),
        )

    def test_a_class_that_opens_after_the_calendar_has_its_opening_for_its_last_day(self) -> None:
        plan = timetable({"K1": {"opens": "2018-04-28", "closes": "2018-04-30"}})
        breaches = judged(scenario(cohorts={"K1": {"size": 91}}), plan).breaches
        assert breaches[-1] == breach(
            catalogue.room_capacity("K1", 91, "east/hall", 90),
            found("home", cohort="K1", room="east/hall", first=april(28), last=april(28)),
        )

    def test_a_class_that_just_fits(self) -> None:
        assert judged(scenario(cohorts={"K1": {"size": 90}}), timetable()).breaches == ()


class TestVenueOpen:
    def test_a_venue_that_closes_in_one_session_of_a_free_day(self) -> None:
        period = {"from": "2018-04-18", "sessions": ["afternoon"]}
        assert judged(scenario(venues={"east": {"closed": [period]}}), timetable()).breaches == (
            breach(
                catalogue.venue_open("east", Period.model_validate(period)),
                found("present", cohort="K1", date=april(18)),
            ),
        )

    def test_a_room_that_is_closed_though_its_venue_is_open(self) -> None:
        period = {"from": "2018-04-18", "sessions": ["afternoon"]}
        rooms = [{"id": "hall", "capacity": 90, "closed": [period]}, {"id": "other", "capacity": 90}]
        assert judged(scenario(venues={"east": {"rooms": rooms}}), timetable()).breaches == (
            breach(
                catalogue.room_open("east/hall", Period.model_validate(period)),
                found("present", cohort="K1", date=april(18)),
            ),
        )
        rooms[0]["closed"], rooms[1]["closed"] = rooms[1].get("closed", []), [period]
        assert judged(scenario(venues={"east": {"rooms": rooms}}), timetable()).ok

    def test_a_venue_that_closes_on_a_day_of_field_study(self) -> None:
        period = {"from": "2018-04-18"}
        plan = timetable(meetings={("K1", "VISIT"): {"sessions": ["18 am"]}})
        assert judged(scenario(venues={"east": {"closed": [period]}}), plan).breaches == (
            breach(
                catalogue.venue_open("east", Period.model_validate(period)),
                found("present", cohort="K1", date=april(18)),
            ),
        )

    def test_a_period_that_meets_two_classes_is_one_breach(self) -> None:
        period = {"from": "2018-04-18", "to": "2018-04-22"}
        assert judged(scenario(venues={"east": {"closed": [period]}}), timetable()).breaches == (
            breach(
                catalogue.venue_open("east", Period.model_validate(period)),
                found("present", cohort="K1", date=april(18)),
                found("present", cohort="K2", date=april(19)),
                found("present", cohort="K2", date=april(20)),
            ),
        )

    @pytest.mark.parametrize(
        "period",
        [
            {"from": "2018-04-21", "to": "2018-04-22"},
            {"to": "2018-04-15"},
            {"from": "2018-04-24", "to": "2018-04-30", "sessions": ["morning"]},
            {"from": "2018-04-16", "to": "2018-04-18", "weekdays": ["thu"]},
        ],
    )
    def test_a_venue_that_closes_at_another_time(self, period: dict[str, Any]) -> None:
        assert judged(scenario(venues={"east": {"closed": [period]}}), timetable()).breaches == ()

    def test_another_venue_may_close(self) -> None:
        assert judged(scenario(venues={"west": {"closed": [{"from": "2018-04-16"}]}}), timetable()).ok

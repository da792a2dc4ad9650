"""What classes are taught: everything once and whole, in one piece, in its days, after its forerunners."""

from __future__ import annotations

import pytest

from classplanner.rules import catalogue
from classplanner.timetable import Timetable
from tests.builders import april, meeting, scenario, timetable
from tests.check.judging import breach, found, judged, met


class TestProgrammeComplete:
    def test_a_module_that_is_missing(self) -> None:
        assert judged(scenario(), timetable(meetings={("K1", "TALK"): None})).breaches == (
            breach(catalogue.programme_complete("K1", "TALK"), found("missing", cohort="K1", module="TALK")),
        )

    def test_a_module_that_is_taught_twice(self) -> None:
        again = meeting("K2", "VISIT", sessions=["23 am"])
        assert judged(scenario(), timetable(more_meetings=[again])).breaches == (
            breach(
                catalogue.programme_complete("K2", "VISIT"),
                found("several-meetings", number=2),
                met("K2", "VISIT", "20 pm"),
                met("K2", "VISIT", "23 am"),
            ),
        )

    def test_a_module_in_two_halves(self) -> None:
        half = meeting("K2", "LAW", sessions=["23 am"])
        plan = timetable(meetings={("K2", "LAW"): {"sessions": ["19 am"]}}, more_meetings=[half])
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.programme_complete("K2", "LAW"),
                found("several-meetings", number=2),
                met("K2", "LAW", "19 am"),
                met("K2", "LAW", "23 am"),
                found("session-count", number=1, wanted=2),
            ),
        )

    @pytest.mark.parametrize(
        ("module", "sessions", "wanted"),
        [("LAW", ["19 am"], 2), ("VISIT", ["23 am", "23 pm"], 1)],
    )
    def test_a_module_with_too_few_or_too_many_sessions(
        self, module: str, sessions: list[str], wanted: int
    ) -> None:
        plan = timetable(meetings={("K2", module): {"sessions": sessions}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.programme_complete("K2", module),
                found("session-count", number=len(sessions), wanted=wanted),
            ),
        )

    def test_a_session_named_twice_counts_once(self) -> None:
        plan = timetable(meetings={("K2", "LAW"): {"sessions": ["19 am", "19 am"]}})
        twice = met("K2", "LAW", "19 am", sentence="named-twice")
        assert judged(scenario(), plan).breaches == (
            breach(catalogue.cohort_clash("K2"), twice),
            breach(catalogue.programme_complete("K2", "LAW"), found("session-count", number=1, wanted=2)),
            breach(catalogue.lecturer_clash("an"), twice),
        )

    def test_a_module_without_the_lecturer_it_needs(self) -> None:
        assert judged(scenario(), timetable(meetings={("K1", "TALK"): {"lecturers": []}})).breaches == (
            breach(catalogue.programme_complete("K1", "TALK"), found("no-lecturer")),
        )

    def test_a_module_with_two_lecturers(self) -> None:
        plan = timetable(meetings={("K1", "TALK"): {"lecturers": ["binh", "an"]}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.programme_complete("K1", "TALK"),
                found("several-lecturers", number=2, lecturers=("binh", "an")),
            ),
        )

    def test_a_session_that_the_calendar_does_not_have(self) -> None:
        plan = timetable(meetings={("K1", "VISIT"): {"sessions": ["17 evening"]}})
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.programme_complete("K1", "VISIT"),
                found("unknown-session", date=april(17), session="evening"),
            ),
        )

    def test_a_module_taught_to_two_classes_at_once(self) -> None:
        """K2 joins K1 for the visit and has its other modules on the days after."""
        plan = timetable(
            {"K2": {"opens": "2018-04-17", "closes": "2018-04-19", "room": "west/hall"}},
            {
                ("K1", "VISIT"): {"cohorts": ["K1", "K2"]},
                ("K2", "LAW"): {"room": "west/hall"},
                ("K2", "TALK"): {"room": "west/hall", "sessions": ["18 am"]},
                ("K2", "VISIT"): None,
            },
        )
        joint = found("joint", cohorts=("K1", "K2"))
        assert judged(scenario(), plan).breaches == (
            breach(catalogue.programme_complete("K1", "VISIT"), joint),
            breach(catalogue.programme_complete("K2", "VISIT"), joint),
        )

    def test_a_module_of_no_programme_of_the_class(self) -> None:
        foreign = meeting("K2", "SWIM", lecturers=["an"], room="east/hall", sessions=["23 pm"])
        assert judged(scenario(), timetable(more_meetings=[foreign])).breaches == (
            breach(catalogue.foreign_module("K2", "SWIM"), met("K2", "SWIM", "23 pm")),
        )

    def test_the_order_of_meetings_and_sessions_in_the_file_does_not_matter(self) -> None:
        plan = timetable(meetings={("K1", "LAW"): {"sessions": ["16 pm", "16 am"]}})
        mixed = plan.model_copy(update={"meetings": plan.meetings[::-1], "cohorts": plan.cohorts[::-1]})
        assert judged(scenario(), mixed).breaches == ()


class TestModuleShape:
    @pytest.mark.parametrize("sessions", [["16 pm", "17 am"], ["16 am", "18 am"]])
    def test_a_module_that_fits_in_a_day_but_takes_two(self, sessions: list[str]) -> None:
        law = scenario().programmes[0].modules[0]
        plan = timetable(
            meetings={("K1", "LAW"): {"sessions": sessions}, ("K1", "TALK"): {"sessions": ["18 pm"]}}
        )
        assert judged(scenario(), plan).breaches == (
            breach(catalogue.module_shape("K1", law, 2), *(met("K1", "LAW", slot) for slot in sessions)),
        )

    def test_a_module_with_a_gap_within_the_day(self) -> None:
        """Three sessions a day; LAW has the first and the last."""
        sessions = ["morning", "afternoon", "evening"]
        long_days = scenario(calendar={"sessions": sessions})
        plan = timetable(meetings={("K1", "LAW"): {"sessions": ["16 am", "16 evening"]}})
        law = long_days.programmes[0].modules[0]
        assert judged(long_days, plan).breaches == (
            breach(catalogue.module_shape("K1", law, 3), met("K1", "LAW", "16 am", "16 evening")),
        )

    @pytest.mark.parametrize(
        ("sessions", "evidence"),
        [
            (["16 pm", "17 am", "17 pm"], [["16 pm"], ["17 am", "17 pm"]]),
            (["16 am", "17 am", "17 pm"], [["16 am"], ["17 am", "17 pm"]]),
            (["16 am", "16 pm", "17 pm"], [["16 am", "16 pm"], ["17 pm"]]),
        ],
    )
    def test_a_longer_module_that_starts_late_or_has_a_gap(
        self, sessions: list[str], evidence: list[list[str]]
    ) -> None:
        long = scenario(modules={"LAW": {"sessions": 3}}, cohorts={"K2": None})
        plan = _k1_alone(LAW=sessions, TALK=["18 am"], VISIT=["18 pm"])
        law = long.programmes[0].modules[0]
        assert judged(long, plan).breaches == (
            breach(catalogue.module_shape("K1", law, 2), *(met("K1", "LAW", *same) for same in evidence)),
        )

    def test_a_longer_module_goes_on_after_the_weekend(self) -> None:
        long = scenario(modules={"LAW": {"sessions": 3}}, cohorts={"K1": None})
        plan = timetable(
            {"K1": None},
            {("K1", module): None for module in ("LAW", "TALK", "VISIT")}
            | {
                ("K2", "LAW"): {"sessions": ["20 am", "20 pm", "23 am"]},
                ("K2", "TALK"): {"sessions": ["19 am"]},
                ("K2", "VISIT"): {"sessions": ["19 pm"]},
            },
        )
        assert judged(long, plan).breaches == ()


def _k1_alone(**sessions: list[str]) -> Timetable:
    return timetable(
        {"K2": None},
        {("K2", module): None for module in sessions}
        | {("K1", module): {"sessions": slots} for module, slots in sessions.items()},
    )


class TestModuleWindow:
    def test_a_module_too_early(self) -> None:
        late = scenario(modules={"VISIT": {"earliest_day": 3}}, cohorts={"K2": None})
        assert judged(late, _k1_alone(LAW=["16 am", "16 pm"], TALK=["18 am"], VISIT=["17 pm"])).breaches == (
            breach(
                catalogue.earliest_day("K1", "VISIT", 3),
                found("class-day", cohort="K1", module="VISIT", date=april(17), day=2),
            ),
        )

    def test_a_module_too_late(self) -> None:
        """The last session of the module counts: it begins on day 2 in time and ends on day 3."""
        early = scenario(modules={"LAW": {"sessions": 3, "latest_day": 2}}, cohorts={"K2": None})
        plan = _k1_alone(LAW=["17 am", "17 pm", "18 am"], TALK=["16 am"], VISIT=["18 pm"])
        assert judged(early, plan).breaches == (
            breach(
                catalogue.latest_day("K1", "LAW", 2),
                found("class-day", cohort="K1", module="LAW", date=april(18), day=3),
            ),
        )

    def test_a_module_that_starts_in_another_session(self) -> None:
        mornings = scenario(modules={"VISIT": {"start_sessions": ["morning"]}})
        assert judged(mornings, timetable(meetings={("K2", "VISIT"): {"sessions": ["23 am"]}})).breaches == (
            breach(catalogue.start_sessions("K1", "VISIT", ["morning"]), met("K1", "VISIT", "17 pm")),
        )

    def test_only_the_first_session_is_bound(self) -> None:
        mornings = scenario(modules={"LAW": {"start_sessions": ["morning"], "latest_day": 1}})
        assert judged(mornings, timetable()).breaches == ()

    def test_the_bounds_themselves_are_allowed_and_class_days_are_working_days(self) -> None:
        """Monday 23 is the third class day of K2, which opens on Thursday 19."""
        third = scenario(modules={"VISIT": {"earliest_day": 3, "latest_day": 3}})
        plan = timetable(
            meetings={("K1", "VISIT"): {"sessions": ["18 am"]}, ("K2", "VISIT"): {"sessions": ["23 pm"]}}
        )
        assert judged(third, plan).breaches == ()


class TestPrecedence:
    def test_a_module_before_its_forerunner_is_over(self) -> None:
        """Of LAW the last session counts, of VISIT the first."""
        ordered = scenario(modules={"VISIT": {"after": ["LAW"]}})
        plan = timetable(
            meetings={
                ("K1", "LAW"): {"sessions": ["18 am", "18 pm"]},
                ("K1", "VISIT"): {"sessions": ["17 pm"]},
            }
        )
        assert judged(ordered, plan).breaches == (
            breach(
                catalogue.precedence("K1", "VISIT", "LAW"),
                met("K1", "LAW", "18 pm"),
                met("K1", "VISIT", "17 pm"),
            ),
        )

    def test_in_the_same_slot_is_too_early(self) -> None:
        ordered = scenario(modules={"VISIT": {"after": ["TALK"]}})
        plan = timetable(meetings={("K1", "VISIT"): {"sessions": ["17 am"]}})
        assert judged(ordered, plan).breaches == (
            breach(catalogue.cohort_clash("K1"), met("K1", "TALK", "17 am"), met("K1", "VISIT", "17 am")),
            breach(
                catalogue.precedence("K1", "VISIT", "TALK"),
                met("K1", "TALK", "17 am"),
                met("K1", "VISIT", "17 am"),
            ),
        )

    def test_the_next_session_is_late_enough(self) -> None:
        ordered = scenario(modules={"TALK": {"after": ["LAW"]}, "VISIT": {"after": ["TALK", "LAW"]}})
        assert judged(ordered, timetable()).breaches == ()

    def test_a_missing_forerunner_is_no_matter_of_order(self) -> None:
        ordered = scenario(modules={"VISIT": {"after": ["TALK"]}})
        plan = timetable(meetings={("K1", "TALK"): None})
        assert [breach.instance.rule for breach in judged(ordered, plan).breaches] == ["programme-complete"]

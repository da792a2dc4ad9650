"""The days of the classes: one wrong date shows as one breach, with the dates and meetings that are wrong."""

from __future__ import annotations

import pytest

from classplanner.rules import catalogue
from classplanner.scenario import public_holidays
from tests.builders import april, meeting, partial, planned, scenario, timetable
from tests.check.judging import breach, found, judged, met


def test_the_timetable_that_all_tests_change_is_good() -> None:
    assert judged(scenario(), timetable()).breaches == ()


class TestWorkingDays:
    def test_a_session_on_a_public_holiday(self) -> None:
        plan = timetable(
            {"K2": {"opens": "2018-04-24", "closes": "2018-04-27"}},
            {
                ("K2", "LAW"): {"sessions": ["24 am", "24 pm"]},
                ("K2", "TALK"): {"sessions": ["25 am"]},
                ("K2", "VISIT"): {"sessions": ["26 pm"]},
            },
        )
        reason = public_holidays("VN", 2018, 2018)[april(25)]
        assert judged(scenario(), plan).breaches == (
            breach(catalogue.holiday(april(25), reason), met("K2", "TALK", "25 am")),
        )

    def test_a_session_at_the_weekend(self) -> None:
        plan = timetable(meetings={("K2", "TALK"): {"sessions": ["21 am"]}})
        weekdays = ("mon", "tue", "wed", "thu", "fri")
        assert judged(scenario(), plan).breaches == (
            breach(catalogue.weekend(april(21), weekdays), met("K2", "TALK", "21 am")),
        )

    def test_an_opening_and_its_sessions_on_a_closed_day(self) -> None:
        closed = scenario(calendar={"closed": [{"from": "2018-04-19", "reason": "họp"}]})
        plan = timetable({"K2": {"closes": "2018-04-24"}})
        assert judged(closed, plan).breaches == (
            breach(
                catalogue.closed_day(april(19), "họp"),
                found("opens", cohort="K2", date=april(19)),
                met("K2", "LAW", "19 am", "19 pm"),
            ),
        )

    def test_a_session_after_the_calendar(self) -> None:
        short = scenario(calendar={"last_day": "2018-04-23"})
        plan = timetable(meetings={("K2", "VISIT"): {"sessions": ["24 am"]}})
        assert judged(short, plan).breaches == (
            breach(catalogue.outside_calendar(april(24), april(9), april(23)), met("K2", "VISIT", "24 am")),
        )

    @pytest.mark.parametrize("day", [18, 20])
    def test_a_closed_day_at_either_end_is_no_day_outside_the_calendar(self, day: int) -> None:
        """The calendar runs from the 18th to the 20th and K2 from the 19th on, which is too short for it."""
        short = scenario(
            calendar={
                "first_day": "2018-04-18",
                "last_day": "2018-04-20",
                "closed": [{"from": april(day), "reason": "họp"}],
            }
        )
        plan = timetable(meetings={("K2", "VISIT"): {"sessions": [f"{day} pm"]}})
        assert catalogue.closed_day(april(day), "họp") in {
            breach.instance for breach in judged(short, plan).breaches
        }

    def test_dates_are_told_in_their_order(self) -> None:
        plan = timetable(
            meetings={("K2", "TALK"): {"sessions": ["22 am"]}, ("K2", "VISIT"): {"sessions": ["21 pm"]}}
        )
        dates = [breach.instance["date"] for breach in judged(scenario(), plan).breaches]
        assert dates == [april(21), april(22)]

    @pytest.mark.parametrize(("opens", "opened", "closes"), [(19, 21, 23), (23, 25, 26)])
    def test_an_opened_day_is_worked_whatever_it_is(self, opens: int, opened: int, closes: int) -> None:
        """The 21st is a closed Saturday, the 25th a closed public holiday; classes run Thu, Sat, Mon."""
        closed = [{"from": april(day)} for day in (20, 21, 24, 25)]
        worked = scenario(calendar={"closed": closed, "open": [{"date": april(opened)}]})
        plan = timetable(
            {"K2": {"opens": april(opens), "closes": april(closes)}},
            {
                ("K2", "LAW"): {"sessions": [f"{opens} am", f"{opens} pm"]},
                ("K2", "TALK"): {"sessions": [f"{opened} am"]},
                ("K2", "VISIT"): {"sessions": [f"{opened} pm"]},
            },
        )
        assert judged(worked, plan).breaches == ()


class TestConsecutiveDays:
    def test_a_class_that_closes_on_another_day(self) -> None:
        closing = found(
            "closes-instead", cohort="K2", date=april(20), days=3, first=april(19), last=april(23)
        )
        assert judged(scenario(), timetable({"K2": {"closes": "2018-04-20"}})).breaches == (
            breach(catalogue.consecutive_days("K2", 3), closing),
        )

    def test_a_session_on_a_working_day_that_is_no_class_day(self) -> None:
        plan = timetable(
            meetings={
                ("K1", "LAW"): {"sessions": ["13 am", "13 pm"]},
                ("K2", "TALK"): {"sessions": ["24 am"]},
            }
        )
        assert judged(scenario(), plan).breaches == (
            breach(catalogue.consecutive_days("K1", 3), met("K1", "LAW", "13 am", "13 pm")),
            breach(catalogue.consecutive_days("K2", 3), met("K2", "TALK", "24 am")),
        )

    def test_a_class_that_the_calendar_is_too_short_for(self) -> None:
        short = scenario(calendar={"last_day": "2018-04-20"})
        assert judged(short, timetable()).breaches == (
            breach(catalogue.consecutive_days("K2", 3), found("calendar-ends", first=april(19), days=2)),
        )

    def test_a_public_holiday_is_skipped(self) -> None:
        plan = timetable(
            {"K2": {"opens": "2018-04-24", "closes": "2018-04-27"}},
            {
                ("K2", "LAW"): {"sessions": ["24 am", "24 pm"]},
                ("K2", "TALK"): {"sessions": ["26 am"]},
                ("K2", "VISIT"): {"sessions": ["27 pm"]},
            },
        )
        assert judged(scenario(), plan).breaches == ()


class TestCohortWindow:
    @pytest.mark.parametrize("day", [18, 20])
    def test_a_class_that_opens_on_another_date(self, day: int) -> None:
        assert judged(scenario(cohorts={"K2": {"opens": april(day)}}), timetable()).breaches == (
            breach(
                catalogue.cohort_window("K2", "opens", april(day)),
                found("opens", cohort="K2", date=april(19)),
            ),
        )

    def test_a_class_that_opens_too_early(self) -> None:
        assert judged(scenario(cohorts={"K2": {"opens_from": april(20)}}), timetable()).breaches == (
            breach(
                catalogue.cohort_window("K2", "opens_from", april(20)),
                found("opens", cohort="K2", date=april(19)),
            ),
        )

    def test_a_class_that_finishes_too_late(self) -> None:
        assert judged(scenario(cohorts={"K2": {"finishes_by": april(22)}}), timetable()).breaches == (
            breach(
                catalogue.cohort_window("K2", "finishes_by", april(22)),
                found("closes", cohort="K2", date=april(23)),
            ),
        )

    def test_the_bounds_themselves_are_allowed(self) -> None:
        tight = scenario(
            cohorts={
                "K1": {"opens": april(16), "finishes_by": april(18)},
                "K2": {"opens_from": april(19), "finishes_by": april(23)},
            }
        )
        assert judged(tight, timetable()).breaches == ()


class TestCohortClash:
    def test_two_modules_in_one_slot(self) -> None:
        plan = timetable(meetings={("K1", "VISIT"): {"sessions": ["17 am"]}})
        assert judged(scenario(), plan).breaches == (
            breach(catalogue.cohort_clash("K1"), met("K1", "TALK", "17 am"), met("K1", "VISIT", "17 am")),
        )

    def test_a_slot_named_twice(self) -> None:
        plan = timetable(meetings={("K1", "VISIT"): {"sessions": ["17 pm", "17 pm"]}})
        assert judged(scenario(), plan).breaches == (
            breach(catalogue.cohort_clash("K1"), met("K1", "VISIT", "17 pm", sentence="named-twice")),
        )

    def test_two_classes_may_meet_in_one_slot(self) -> None:
        plan = timetable(
            {"K2": {"opens": "2018-04-17", "closes": "2018-04-19", "room": "west/hall"}},
            {
                ("K2", "LAW"): {"room": "west/hall", "sessions": ["17 am", "17 pm"]},
                ("K2", "TALK"): {"room": "west/hall", "sessions": ["18 am"]},
                ("K2", "VISIT"): {"sessions": ["18 pm"]},
            },
        )
        assert judged(scenario(), plan).breaches == ()


class TestQuota:
    def test_a_class_that_is_not_planned(self) -> None:
        nothing = {("K2", module): None for module in ("LAW", "TALK", "VISIT")}
        assert judged(scenario(), timetable({"K2": None}, nothing)).breaches == (
            breach(catalogue.quota("K2", 40), found("unplanned", cohort="K2")),
        )

    def test_a_class_that_meets_but_is_not_listed(self) -> None:
        assert judged(scenario(), timetable({"K2": None})).breaches == (
            breach(catalogue.quota("K2", 40), found("unlisted", cohort="K2", number=3)),
        )

    def test_a_class_that_is_listed_twice_is_judged_by_its_first_entry(self) -> None:
        again = planned("K2", opens="2018-04-12", closes="2018-04-12", room="west/hall")
        assert judged(scenario(), timetable(more_cohorts=[again])).breaches == (
            breach(
                catalogue.quota("K2", 40),
                found("listed", cohort="K2", room="east/hall", first=april(19), last=april(23)),
                found("listed", cohort="K2", room="west/hall", first=april(12), last=april(12)),
            ),
        )

    def test_a_class_that_the_scenario_does_not_have(self) -> None:
        entry = planned("K3", room="west/hall", opens="2018-04-16", closes="2018-04-18")
        visit = meeting("K3", "VISIT", sessions=["16 am"])
        assert judged(scenario(), timetable(more_cohorts=[entry], more_meetings=[visit])).breaches == (
            breach(
                catalogue.foreign_cohort("K3"),
                found("listed", cohort="K3", room="west/hall", first=april(16), last=april(18)),
                met("K3", "VISIT", "16 am"),
            ),
        )

    def test_the_classes_of_a_yearly_quota_are_planned(self) -> None:
        """89 trainees in classes of 45 at most make a class of 45 and one of 44."""
        audience = {"id": "Q", "programme": "P", "cohort_size": 45, "trainees": {"2018": 89}}
        assert judged(scenario(audiences=[audience]), timetable()).breaches == (
            breach(catalogue.quota("Q-2018-01", 45), found("unplanned", cohort="Q-2018-01")),
            breach(catalogue.quota("Q-2018-02", 44), found("unplanned", cohort="Q-2018-02")),
        )


class TestPartial:
    """Which classes may be left out: those that a timetable names, all that are missing, or none."""

    NO_K2 = timetable({"K2": None}, {("K2", module): None for module in ("LAW", "TALK", "VISIT")})
    NAMED = NO_K2.model_copy(update={"partial": partial("K2")})

    def test_a_class_that_is_named_as_left_out_is_not_missed(self) -> None:
        assert judged(scenario(), self.NAMED).breaches == ()
        assert judged(scenario(), self.NAMED, partial=True).breaches == ()

    def test_naming_one_class_does_not_leave_out_another(self) -> None:
        nothing = timetable(partial=partial("K2")).model_copy(update={"cohorts": (), "meetings": ()})
        assert judged(scenario(), nothing).breaches == (
            breach(catalogue.quota("K1", 50), found("unplanned", cohort="K1")),
        )

    def test_missing_classes_may_be_left_out_where_the_caller_says_so(self) -> None:
        assert judged(scenario(), self.NO_K2, partial=True).breaches == ()

    def test_no_class_may_be_left_out_where_the_caller_says_so(self) -> None:
        assert judged(scenario(), self.NAMED, partial=False).breaches == (
            breach(catalogue.quota("K2", 40), found("unplanned", cohort="K2")),
        )

    def test_a_class_left_out_is_not_planned(self) -> None:
        plan = timetable(partial=partial("K2"))
        assert judged(scenario(), plan).breaches == (
            breach(
                catalogue.left_out("K2"),
                found("listed", cohort="K2", room="east/hall", first=april(19), last=april(23)),
                met("K2", "LAW", "19 am", "19 pm"),
                met("K2", "TALK", "20 am"),
                met("K2", "VISIT", "20 pm"),
            ),
        )
        assert judged(scenario(), plan, partial=False).breaches == ()

    @pytest.mark.parametrize("allowed", [None, True])
    def test_a_class_left_out_does_not_meet(self, allowed: bool | None) -> None:
        met_once = {("K2", module): None for module in ("LAW", "VISIT")}
        plan = timetable({"K2": None}, met_once, partial=partial("K2"))
        assert judged(scenario(), plan, partial=allowed).breaches == (
            breach(catalogue.left_out("K2"), met("K2", "TALK", "20 am")),
        )

    def test_a_class_that_meets_is_not_missing_but_unlisted(self) -> None:
        assert judged(scenario(), timetable({"K2": None}), partial=True).breaches == (
            breach(catalogue.quota("K2", 40), found("unlisted", cohort="K2", number=3)),
        )

    def test_what_a_class_left_out_does_is_judged_all_the_same(self) -> None:
        plan = timetable({"K2": None}, {("K2", "TALK"): {"sessions": ["17 am"]}}, partial=partial("K2"))
        assert {each.instance.rule for each in judged(scenario(), plan).breaches} == {
            "quota",
            "lecturer-clash",
        }

    def test_a_class_that_the_scenario_does_not_have_cannot_be_left_out(self) -> None:
        assert judged(scenario(), timetable(partial=partial("K3", "K3"))).breaches == (
            breach(catalogue.foreign_cohort("K3"), found("left-out", cohort="K3")),
        )

    def test_locks_and_budgets_concern_what_is_planned_only(self) -> None:
        settled = scenario(
            locks=[{"cohort": "K2", "opens": "2018-04-10", "room": "west/hall"}],
            budget={2018: 3 * 2_000 + 2 * 700 + 500},
        )
        assert judged(settled, self.NAMED).breaches == ()
        assert {each.instance.rule for each in judged(settled, timetable()).breaches} == {"budget", "lock"}

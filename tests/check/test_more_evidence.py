"""What is shown is what breaches a rule, and nothing else: of a meeting over two dates, of several days."""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.check import CHECKS, Checker, Verdict
from classplanner.check.calendar import WorkingDays
from classplanner.check.registry import Finding, checks
from classplanner.check.view import View
from classplanner.rules import RuleInstance, Statement, catalogue
from classplanner.timetable import Timetable
from tests.builders import april, meeting, scenario, timetable
from tests.check.judging import breach, found, judged, met

TWO_DAYS = {"sessions": 3, "lecturers": ["an"]}


def _evidence(verdict: Verdict, instance: RuleInstance) -> tuple[Statement, ...]:
    (evidence,) = (breach.evidence for breach in verdict.breaches if breach.instance == instance)
    return evidence


def test_a_closed_day_shows_the_sessions_of_that_day() -> None:
    closed = scenario(
        calendar={"closed": [{"from": "2018-04-17", "reason": "họp"}]}, modules={"LAW": TWO_DAYS}
    )
    plan = timetable(meetings={("K1", "LAW"): {"sessions": ["16 am", "16 pm", "17 am"]}})
    evidence = _evidence(judged(closed, plan), catalogue.closed_day(april(17), "họp"))
    assert evidence[0] == met("K1", "LAW", "17 am")


@pytest.mark.parametrize(("limit", "per"), [(1, "day"), (1, "week")])
def test_a_full_day_or_week_shows_the_sessions_of_its_own(limit: int, per: Any) -> None:
    """LAW runs from Friday morning to Monday morning: a session too many on Friday, none on Monday."""
    busy = scenario(
        modules={"LAW": TWO_DAYS}, lecturers={"an": {f"max_sessions_per_{per}": limit}}, cohorts={"K1": None}
    )
    plan = timetable(
        {"K1": None, "K2": {"opens": "2018-04-20", "closes": "2018-04-24"}},
        {
            **{("K1", module): None for module in ("LAW", "TALK", "VISIT")},
            ("K2", "LAW"): {"sessions": ["20 am", "20 pm", "23 am"]},
            ("K2", "TALK"): {"sessions": ["23 pm"]},
            ("K2", "VISIT"): {"sessions": ["24 pm"]},
        },
    )
    begin = april(20) if per == "day" else april(16)
    assert judged(busy, plan).breaches == (
        breach(
            catalogue.lecturer_load("an", per, limit),
            found(f"load-{per}", date=begin, number=2),
            met("K2", "LAW", "20 am", "20 pm"),
        ),
    )


def test_a_limit_that_is_reached_on_one_day_and_passed_on_another_shows_the_other() -> None:
    """An teaches two sessions on the 16th, and three on the 19th with TALK in the same slot as LAW."""
    busy = scenario(lecturers={"an": {"max_sessions_per_day": 2}})
    plan = timetable(meetings={("K2", "TALK"): {"lecturers": ["an"], "sessions": ["19 am"]}})
    assert _evidence(judged(busy, plan), catalogue.lecturer_load("an", "day", 2))[0] == found(
        "load-day", date=april(19), number=3
    )
    (load,) = (one for one in judged(busy, plan).breaches if one.instance.rule == "lecturer-load")
    assert [dict(each.facts).get("date") for each in load.evidence] == [april(19)] * 3


def test_two_venues_show_the_sessions_of_that_day() -> None:
    """K1's LAW ends on the day on which An is with K2 in the west as well."""
    of = scenario(modules={"LAW": TWO_DAYS})
    plan = timetable(
        {"K2": {"room": "west/hall", "opens": "2018-04-17", "closes": "2018-04-19"}},
        {
            ("K1", "LAW"): {"sessions": ["16 am", "16 pm", "17 am"]},
            ("K1", "TALK"): {"sessions": ["18 am"]},
            ("K2", "LAW"): {"room": "west/hall", "sessions": ["18 am", "18 pm", "19 am"]},
            ("K2", "TALK"): {"room": "west/hall", "lecturers": ["an"], "sessions": ["17 pm"]},
            ("K2", "VISIT"): {"sessions": ["17 am"]},
        },
    )
    assert _evidence(judged(of, plan), catalogue.lecturer_one_venue("an")) == (
        met("K1", "LAW", "17 am", sentence="meeting-in", room="east/hall"),
        met("K2", "TALK", "17 pm", sentence="meeting-in", room="west/hall"),
    )


def test_what_is_outside_on_the_very_next_slots_is_shown_and_nothing_inside() -> None:
    """VISIT starts on the last class day and goes on behind it; LAW begins before the first, ends on it."""
    of = scenario(modules={"LAW": {"sessions": 4}, "VISIT": {"sessions": 3}})
    plan = timetable(
        {"K2": None},
        {
            **{("K2", module): None for module in ("LAW", "TALK", "VISIT")},
            ("K1", "LAW"): {"sessions": ["13 am", "13 pm", "16 am", "16 pm"]},
            ("K1", "VISIT"): {"sessions": ["18 am", "18 pm", "19 am"]},
        },
    )
    assert _evidence(judged(of, plan), catalogue.consecutive_days("K1", 3)) == (
        met("K1", "LAW", "13 am", "13 pm"),
        met("K1", "VISIT", "19 am"),
    )


def test_a_lock_on_a_class_that_is_not_planned_hides_no_other() -> None:
    locked = scenario(locks=[{"cohort": "K1", "opens": april(9)}, {"cohort": "K2", "opens": april(10)}])
    verdict = judged(locked, timetable({"K1": None}))
    assert _evidence(verdict, catalogue.lock("K2", "opens", april(10))) == (
        found("opens", cohort="K2", date=april(19)),
    )


def test_a_module_that_fills_the_day_lies_within_it() -> None:
    """With a session too many it is out of shape, too, though it starts where a longer module may."""
    plan = timetable(
        meetings={
            ("K1", "LAW"): {"sessions": ["16 am", "16 pm", "17 am"]},
            ("K1", "TALK"): {"sessions": ["18 am"]},
        }
    )
    assert {one.instance.rule for one in judged(scenario(), plan).breaches} == {
        "module-shape",
        "programme-complete",
    }


def test_on_the_first_day_is_before_the_second() -> None:
    late = scenario(modules={"LAW": {"earliest_day": 2}}, cohorts={"K2": None})
    nothing = {("K2", module): None for module in ("LAW", "TALK", "VISIT")}
    assert [one.instance for one in judged(late, timetable({"K2": None}, nothing)).breaches] == [
        catalogue.earliest_day("K1", "LAW", 2)
    ]


def test_a_module_not_taught_hides_no_other_that_is_out_of_order() -> None:
    dear = scenario(objective={"order": 5})
    plan = timetable(
        meetings={("K1", "LAW"): None, ("K1", "TALK"): {"sessions": ["18 am"]}, ("K1", "VISIT"): None}
    )
    # TALK's place is on the second day, it is on the third.
    assert judged(dear, plan).terms.order == 5


def test_a_lesson_of_no_class_hides_no_rank_behind_it() -> None:
    dear = scenario(objective={"preference": 5})
    odd = meeting("K9", "TALK", lecturers=["an"], sessions=["18 am"])
    second = meeting("K2", "TALK", lecturers=["an"], sessions=["20 am"])
    plan = timetable(meetings={("K2", "TALK"): None}, more_meetings=[odd, second])
    assert judged(dear, plan).terms.preference == 5


@pytest.mark.parametrize("room", ["east/hall/annex", "east"])
def test_the_venue_of_an_odd_room_is_what_stands_first(room: str) -> None:
    closed = scenario(
        venues={"east": {"closed": [{"from": "2018-04-16"}]}}, cohorts={"K1": {"venue": "east"}}
    )
    verdict = judged(closed, timetable({"K1": {"room": room}}))
    rules = {one.instance.rule for one in verdict.breaches}
    assert "venue-open" in rules
    assert "lock" not in rules


def test_a_lecturer_in_an_odd_room_of_the_venue_stays_there() -> None:
    talk = {"room": "east/hall/annex", "lecturers": ["an"], "sessions": ["16 am"]}
    verdict = judged(scenario(), timetable(meetings={("K1", "TALK"): talk}))
    assert "lecturer-one-venue" not in {one.instance.rule for one in verdict.breaches}


def test_even_an_empty_plan_is_noted_if_it_claims_to_be_optimal() -> None:
    nothing = Timetable(cohorts=(), meetings=(), status="optimal")
    assert [note.key for note in judged(scenario(), nothing).notes] == ["check.note.claims-optimal"]


def test_unknown_rules_are_listed() -> None:
    with pytest.raises(ValueError, match=r"^no such rule: fifth, fourth$"):
        Checker(scenario()).judge(timetable(), {"fourth", "fifth"})


def test_a_check_is_what_its_rule_is_checked_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CHECKS, "quota")

    def quota(_: View) -> list[Finding]:
        return []

    assert checks("quota")(quota) is quota
    assert CHECKS["quota"] is quota


def test_a_date_between_working_days_counts_those_before_it() -> None:
    working = WorkingDays(scenario().calendar)
    assert [working.index(april(day)) for day in (9, 13, 14, 15, 16)] == [0, 4, 5, 5, 5]

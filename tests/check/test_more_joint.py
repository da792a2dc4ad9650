"""A meeting of two classes: what is said of it against a class names that class, first listed or not.

Tests of single breaches have meetings of one class, and cannot tell.
"""

from __future__ import annotations

from typing import Any, Literal

import pytest

from classplanner.rules import RuleInstance, Statement, catalogue
from tests.builders import april, scenario, timetable
from tests.check.judging import found, judged, met


def _evidence(instance: RuleInstance, verdict_of: Any, plan: Any) -> tuple[Statement, ...]:
    (evidence,) = (
        breach.evidence for breach in judged(verdict_of, plan).breaches if breach.instance == instance
    )
    return evidence


def _joint(module: str = "TALK", **keys: Any) -> Any:
    """Have K2 come to a meeting of K1's, which lists K1 first."""
    changes = {("K1", module): {"cohorts": ["K1", "K2"]} | keys, ("K2", module): None}
    return timetable({"K2": {"opens": "2018-04-16", "closes": "2018-04-18"}}, changes)


def test_outside_the_class_days() -> None:
    plan = timetable(
        meetings={("K1", "TALK"): {"cohorts": ["K1", "K2"], "sessions": ["18 am"]}, ("K2", "TALK"): None}
    )
    assert _evidence(catalogue.consecutive_days("K2", 3), scenario(), plan) == (met("K2", "TALK", "18 am"),)


def test_two_things_at_a_time() -> None:
    plan = _joint(sessions=["19 am"])
    assert _evidence(catalogue.cohort_clash("K2"), scenario(), plan) == (
        met("K2", "TALK", "19 am"),
        met("K2", "LAW", "19 am"),
    )


def test_a_slot_named_twice() -> None:
    plan = _joint(sessions=["17 am", "17 am"])
    assert _evidence(catalogue.cohort_clash("K2"), scenario(), plan) == (
        met("K2", "TALK", "17 am", sentence="named-twice"),
    )


def test_a_class_that_the_scenario_does_not_have() -> None:
    plan = timetable(meetings={("K1", "TALK"): {"cohorts": ["K1", "K9"]}})
    assert _evidence(catalogue.foreign_cohort("K9"), scenario(), plan) == (met("K9", "TALK", "17 am"),)


def test_an_unqualified_lecturer() -> None:
    strict = scenario(modules={"TALK": {"lecturers": ["an"]}})
    assert _evidence(catalogue.lecturer_qualified("P", "TALK", ["an"]), strict, _joint()) == (
        met("K1", "TALK", "17 am", sentence="meeting-by", lecturer="binh"),
        met("K2", "TALK", "17 am", sentence="meeting-by", lecturer="binh"),
    )


@pytest.mark.parametrize(
    ("key", "value", "sentence", "facts"),
    [
        ("date", april(18), "meeting", {}),
        ("session", "afternoon", "meeting", {}),
        ("lecturer", "an", "meeting-by", {"lecturer": "binh"}),
    ],
)
def test_other_than_settled(
    key: Literal["date", "session", "lecturer"], value: Any, sentence: str, facts: dict[str, str]
) -> None:
    settled = scenario(locks=[{"cohort": "K2", "module": "TALK", key: value}])
    assert _evidence(catalogue.lock("K2", key, value, "TALK"), settled, _joint()) == (
        met("K2", "TALK", "17 am", sentence=sentence, **facts),
    )


def test_a_module_of_another_programme() -> None:
    plan = timetable(meetings={("K1", "SWIM"): {"cohorts": ["K1", "K2"], "sessions": ["20 am"]}})
    assert _evidence(catalogue.foreign_module("K2", "SWIM"), scenario(), plan) == (
        met("K2", "SWIM", "20 am"),
    )


def test_taught_again() -> None:
    plan = timetable(meetings={("K1", "TALK"): {"cohorts": ["K1", "K2"]}})
    assert _evidence(catalogue.programme_complete("K2", "TALK"), scenario(), plan) == (
        found("several-meetings", number=2),
        met("K2", "TALK", "17 am"),
        met("K2", "TALK", "20 am"),
        found("joint", cohorts=("K1", "K2")),
    )


def test_out_of_shape() -> None:
    of = scenario()
    (law,) = (module for module in of.programmes[0].modules if module.id == "LAW")
    plan = _joint("LAW", sessions=["16 pm", "17 am"])
    assert _evidence(catalogue.module_shape("K2", law, 2), of, plan) == (
        met("K2", "LAW", "16 pm"),
        met("K2", "LAW", "17 am"),
    )


def test_started_in_another_session() -> None:
    """LAW starts in the morning; only its first session is shown."""
    afternoons = scenario(modules={"LAW": {"start_sessions": ["afternoon"]}})
    instance = catalogue.start_sessions("K2", "LAW", ["afternoon"])
    assert _evidence(instance, afternoons, _joint("LAW")) == (met("K2", "LAW", "16 am"),)


def test_out_of_order() -> None:
    """The last session of what is to be over and the first of what has begun are shown."""
    ordered = scenario(modules={"LAW": {"after": ["TALK"]}})
    plan = timetable(
        {"K2": {"opens": "2018-04-16", "closes": "2018-04-18"}},
        {
            ("K1", "LAW"): {"cohorts": ["K1", "K2"]},
            ("K1", "TALK"): {"cohorts": ["K1", "K2"], "sessions": ["17 am", "17 pm"]},
            ("K2", "LAW"): None,
            ("K2", "TALK"): None,
        },
    )
    assert _evidence(catalogue.precedence("K2", "LAW", "TALK"), ordered, plan) == (
        met("K2", "TALK", "17 pm"),
        met("K2", "LAW", "16 am"),
    )


@pytest.mark.parametrize(
    ("module", "room", "sentence", "facts"),
    [
        ("TALK", None, "meeting-nowhere", {}),
        ("VISIT", "east/hall", "off-site-in", {"room": "east/hall"}),
        ("TALK", "west/hall", "meeting-in", {"room": "west/hall"}),
    ],
)
def test_in_the_wrong_room(module: str, room: str | None, sentence: str, facts: dict[str, str]) -> None:
    home = found("home", cohort="K2", room="east/hall", first=april(16), last=april(18))
    slot = "17 pm" if module == "VISIT" else "17 am"
    assert _evidence(catalogue.home_room("K2"), scenario(), _joint(module, room=room)) == (
        home,
        met("K2", module, slot, sentence=sentence, **facts),
    )

"""What is settled: each key of a lock is judged by itself; what is as settled breaches nothing."""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.rules import RuleInstance, Statement, catalogue
from tests.builders import april, scenario, timetable
from tests.check.judging import breach, found, judged, met

HOME = found("home", cohort="K1", room="east/hall", first=april(16), last=april(18))
OTHERWISE: list[tuple[dict[str, Any], RuleInstance, Statement]] = [
    ({"room": "west/hall"}, catalogue.lock("K1", "room", "west/hall"), HOME),
    ({"venue": "west"}, catalogue.lock("K1", "venue", "west"), HOME),
    (
        {"opens": "2018-04-17"},
        catalogue.lock("K1", "opens", april(17)),
        found("opens", cohort="K1", date=april(16)),
    ),
    (
        {"module": "LAW", "date": "2018-04-17"},
        catalogue.lock("K1", "date", april(17), "LAW"),
        met("K1", "LAW", "16 am"),
    ),
    (
        {"module": "LAW", "session": "afternoon"},
        catalogue.lock("K1", "session", "afternoon", "LAW"),
        met("K1", "LAW", "16 am"),
    ),
    (
        {"module": "LAW", "lecturer": "binh"},
        catalogue.lock("K1", "lecturer", "binh", "LAW"),
        met("K1", "LAW", "16 am", "16 pm", sentence="meeting-by", lecturer="an"),
    ),
    (
        {"module": "VISIT", "lecturer": "binh"},
        catalogue.lock("K1", "lecturer", "binh", "VISIT"),
        found("no-lecturer"),
    ),
]
AS_SETTLED: list[dict[str, Any]] = [
    {"room": "east/hall", "venue": "east", "opens": "2018-04-16"},
    {"module": "LAW", "date": "2018-04-16", "session": "morning", "lecturer": "an"},
    {"module": "VISIT", "date": "2018-04-17", "session": "afternoon"},
]


class TestLock:
    @pytest.mark.parametrize(("lock", "instance", "evidence"), OTHERWISE)
    def test_what_is_planned_otherwise(
        self, lock: dict[str, Any], instance: RuleInstance, evidence: Statement
    ) -> None:
        locked = scenario(locks=[{"cohort": "K1"} | lock])
        assert judged(locked, timetable()).breaches == (breach(instance, evidence),)

    @pytest.mark.parametrize("lock", AS_SETTLED)
    def test_what_is_planned_as_settled(self, lock: dict[str, Any]) -> None:
        assert judged(scenario(locks=[{"cohort": "K1"} | lock]), timetable()).breaches == ()

    def test_a_class_is_held_at_one_of_its_venues(self) -> None:
        assert judged(scenario(cohorts={"K1": {"venues": ["west", "east"]}}), timetable()).breaches == ()
        elsewhere = scenario(cohorts={"K1": {"venues": ["west"]}})
        expected = breach(catalogue.lock("K1", "venues", ("west",)), HOME)
        assert judged(elsewhere, timetable()).breaches == (expected,)

    @pytest.mark.parametrize(("key", "value"), [("room", "west/hall"), ("venue", "west")])
    def test_the_room_or_venue_of_a_class(self, key: Any, value: str) -> None:
        assert judged(scenario(cohorts={"K1": {key: value}}), timetable()).breaches == (
            breach(catalogue.lock("K1", key, value), HOME),
        )

    def test_what_is_settled_twice_is_breached_once(self) -> None:
        twice = scenario(cohorts={"K1": {"venue": "west"}}, locks=[{"cohort": "K1", "venue": "west"}])
        assert judged(twice, timetable()).breaches == (breach(catalogue.lock("K1", "venue", "west"), HOME),)

    def test_every_key_of_a_lock_counts(self) -> None:
        lock = {"cohort": "K1", "module": "LAW", "date": "2018-04-17", "session": "afternoon"}
        breaches = judged(scenario(locks=[lock]), timetable()).breaches
        assert [breach.instance.key for breach in breaches] == ["rule.lock.date", "rule.lock.session"]

    def test_a_class_or_module_that_is_not_planned_breaches_other_rules(self) -> None:
        locked = scenario(
            locks=[
                {"cohort": "K1", "module": "TALK", "lecturer": "an"},
                {"cohort": "K2", "room": "west/hall"},
            ]
        )
        plan = timetable({"K2": None}, {("K1", "TALK"): None})
        rules = [breach.instance.rule for breach in judged(locked, plan).breaches]
        assert rules == ["quota", "programme-complete"]

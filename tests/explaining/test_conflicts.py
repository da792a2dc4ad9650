"""Conflicts found are those planted, minimal by independent solves, and never found where there is a plan."""

from __future__ import annotations

import dataclasses

import pytest
from benchmarks.conflicts import KINDS, Planted, conflicting

from classplanner import Explanation, explain, plan
from classplanner.explaining import Conditions
from classplanner.explaining.layouts import can_be_laid_out
from classplanner.explaining.shrinking import shrink
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Objective, Scenario
from tests.builders import scenario
from tests.oracle.scenarios import random_scenario
from tests.oracle.test_oracle import OF_FACTS

_NOTHING = Objective(fees=0, rooms=0, order=0, delay=0, preference=0, overload=0)


def planted(seed: int, kind: str | None = None, number: int = 1) -> Planted:
    return conflicting(seed, kind=kind, number=number, classes=3, days=8)


def can_be_planned(asked: Scenario) -> bool:
    """Ask the planner itself, to whom nothing costs anything."""
    found = plan(asked.model_copy(update={"objective": _NOTHING}), time_limit=60)
    assert found.status != "unknown"
    return found.timetable is not None


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_conflict_is_found_and_is_minimal(kind: str) -> None:
    year = planted(7, kind)
    found = explain(year.scenario, time_limit=100)
    assert found.status == "impossible"
    (conflict,) = found.conflicts
    assert {one.instance for one in conflict.members if not one.is_class} == year.conflicts[0]
    assert conflict.minimal
    conditions = Conditions(year.scenario)
    if kind != "order":  # which is plain, but takes the planner a proof for each of 240 opening days
        assert not can_be_planned(conditions.keeping(conflict.members))
    for one in conflict.members:
        assert can_be_planned(conditions.keeping([other for other in conflict.members if other != one]))


@pytest.mark.parametrize("kind", ["load", "window", "unqualified"])
def test_no_conflict_is_found_where_one_of_its_facts_is_taken_away(kind: str) -> None:
    year = planted(8, kind)
    conditions = Conditions(year.scenario)
    first = next(one for one in conditions.all if one.instance in year.conflicts[0])
    found = explain(conditions.keeping([one for one in conditions.all if one != first]), time_limit=100)
    assert (found.status, found.conflicts, found.shortages) == ("plannable", (), ())


def test_conflicts_that_share_no_facts_are_all_found() -> None:
    year = planted(9, number=2)
    found = explain(year.scenario, time_limit=100)
    cores = [
        frozenset(one.instance for one in conflict.members if not one.is_class)
        for conflict in found.conflicts
    ]
    assert sorted(map(sorted_keys, cores)) == sorted(map(sorted_keys, year.conflicts))


def sorted_keys(core: frozenset[object]) -> list[str]:
    return sorted(map(str, core))


@pytest.mark.parametrize("seed", range(1, 41))
def test_small_scenarios_of_every_rule_are_explained_if_and_only_if_they_have_no_plan(seed: int) -> None:
    asked = random_scenario(seed)
    found = explain(asked, time_limit=60)
    assert found.status == ("plannable" if can_be_planned(asked) else "impossible")
    assert bool(found.conflicts) == (found.status == "impossible")
    for conflict in found.conflicts:
        assert conflict.minimal
        conditions = Conditions(asked)
        assert not can_be_planned(conditions.keeping(conflict.members))
        for one in conflict.members:
            left = conditions.keeping([other for other in conflict.members if other != one])
            assert not left.cohorts or can_be_planned(left)


@pytest.fixture(scope="module")
def found() -> Explanation:
    """Explain why a class has no lecturer for a module."""
    away = [{"from": "2018-04-16", "to": "2018-04-20", "reason": "đi công tác"}]
    asked = scenario(
        modules={"LAW": {"lecturers": ["an"]}},
        lecturers={"an": {"unavailable": away}},
        cohorts={"K1": {"opens": "2018-04-16"}, "K2": None},
    )
    return explain(asked)


class TestSmallScenario:
    def test_members_are_the_facts_a_planner_speaks_of(self, found: Explanation) -> None:
        (conflict,) = found.conflicts
        names, vi = Names(found.scenario), Language("vi")
        assert [one.instance.describe(names, vi) for one in conflict.members] == [
            "Lớp K1 (50 học viên) được xếp lịch.",
            "Lớp K1 khai giảng vào thứ Hai 16/04/2018.",
            "LAW Luật (Lãnh đạo xã) do một trong các giảng viên sau dạy: Lê An.",
            "Lê An bận từ thứ Hai 16/04/2018 đến thứ Sáu 20/04/2018 (đi công tác).",
        ]

    def test_what_cannot_be_changed_is_not_named(self, found: Explanation) -> None:
        again = explain(found.scenario, given=("quota", "cohort-window"))
        (conflict,) = again.conflicts
        assert {one.instance.rule for one in conflict.members} == {"lecturer-qualified", "lecturer-available"}

    def test_an_unknown_rule_is_refused(self, found: Explanation) -> None:
        with pytest.raises(ValueError, match="no rules: no-such"):
            explain(found.scenario, given=("no-such",))

    def test_without_time_nothing_is_claimed(self) -> None:
        # Two classes in one hall on the same days: no counting shows it.
        both = {"opens": "2018-04-16", "room": "east/hall"}
        asked = scenario(cohorts={"K1": both, "K2": both})
        found = explain(asked, time_limit=0)
        assert (found.status, found.conflicts) == ("unknown", ())


def test_a_programme_that_contradicts_itself_is_seen_on_no_day_in_particular() -> None:
    (programme,) = scenario(modules={"TALK": {"after": ["LAW"]}}).programmes
    assert can_be_laid_out(programme, ("morning", "afternoon"))
    (programme,) = scenario(modules={"TALK": {"after": ["LAW"], "latest_day": 1}}).programmes
    assert not can_be_laid_out(programme, ("morning", "afternoon"))


def test_shrinking_finds_a_minimal_part() -> None:
    """Of 40 numbers, 3, 17 and 30 clash together; about three times log2(40) questions are enough."""
    asked: list[list[int]] = []

    def clash(some: list[int]) -> bool:
        asked.append(some)
        return {3, 17, 30} <= set(some)

    assert sorted(shrink(range(40), clash)) == [3, 17, 30]
    assert len(asked) < 40


def test_a_scenario_without_what_is_dropped_has_all_the_rest() -> None:
    whole = scenario(
        calendar={"closed": [{"from": "2018-04-12"}]},
        venues={"east": {"closed": [{"from": "2018-04-11"}]}},
        lecturers={"an": {"max_sessions": 9, "unavailable": [{"from": "2018-04-10"}]}},
        modules={"TALK": {"after": ["LAW"], "earliest_day": 2}},
        locks=[{"cohort": "K1", "module": "LAW", "lecturer": "an", "date": "2018-04-17"}],
        budget={2018: 10**6},
    )
    conditions = Conditions(whole)
    assert conditions.keeping(conditions.all) == conditions.scenario
    for one in conditions.all:
        left = Conditions(conditions.keeping([other for other in conditions.all if other != one]))
        said = {other.instance for other in conditions.all} - {one.instance}
        own = {other.instance for other in left.all}
        if not one.is_class:
            assert own == said or one.place[-1] in {"capacity", "lecturers"}, one
        assert one.instance not in own, one


def test_facts_are_stated_in_forms_of_their_own() -> None:
    stated = {one.instance.key for seed in range(300) for one in Conditions(random_scenario(seed)).all}
    assert stated > OF_FACTS


def test_a_condition_is_known_by_its_place() -> None:
    conditions = Conditions(scenario())
    assert len({one.place for one in conditions.all}) == len(conditions.all)
    assert all(dataclasses.is_dataclass(one) for one in conditions.all)

"""The random scenarios stay the same from run to run and meet everything that a scenario can ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from classplanner.scenario import Cohort, Lecturer, Module, Period, Scenario, day_statuses
from classplanner.timetable import Terms
from tests.oracle.scenarios import random_scenario

SCENARIOS = [random_scenario(seed) for seed in range(300)]


def _modules(scenario: Scenario) -> Iterator[Module]:
    return (module for programme in scenario.programmes for module in programme.modules)


def _per_day(scenario: Scenario) -> int:
    return len(scenario.calendar.sessions)


def _kinds(scenario: Scenario) -> set[str]:
    return {day.kind for day in day_statuses(scenario.calendar)}


def _periods(scenario: Scenario) -> Iterator[Period]:
    for lecturer in scenario.lecturers:
        yield from (*lecturer.unavailable, *(lecturer.available or ()))
    for venue in scenario.venues:
        yield from venue.closed
        for room in venue.rooms:
            yield from room.closed


def _any_module(holds: Callable[[Module], bool]) -> Callable[[Scenario], bool]:
    return lambda scenario: any(map(holds, _modules(scenario)))


def _any_cohort(holds: Callable[[Cohort], bool]) -> Callable[[Scenario], bool]:
    return lambda scenario: any(map(holds, scenario.all_cohorts))


def _any_lecturer(holds: Callable[[Lecturer], bool]) -> Callable[[Scenario], bool]:
    return lambda scenario: any(map(holds, scenario.lecturers))


def _spare_slots(scenario: Scenario) -> bool:
    return any(
        programme.class_days(_per_day(scenario)) * _per_day(scenario)
        >= sum(module.sessions for module in programme.modules) + _per_day(scenario)
        for programme in scenario.programmes
    )


def _equals(value: Callable[[Scenario], object], expected: object) -> Callable[[Scenario], bool]:
    return lambda scenario: value(scenario) == expected


def _weighed(scenario: Scenario) -> set[str]:
    return {key for key, value in scenario.objective if value > 0}


ASKED: dict[str, Callable[[Scenario], bool]] = {
    **{f"{number} sessions a day": _equals(_per_day, number) for number in (1, 2, 3)},
    **{f"{number} classes": _equals(lambda s: len(s.all_cohorts), number) for number in (1, 2, 3)},
    "holiday": lambda s: "holiday" in _kinds(s),
    "closed day": lambda s: "closed" in _kinds(s),
    "make-up day": lambda s: "make-up" in _kinds(s),
    "few weekdays": lambda s: len(s.calendar.weekdays) < 5,
    "two years": lambda s: s.calendar.first_day.year < s.calendar.last_day.year,
    "two venues": lambda s: len(s.venues) > 1,
    "two rooms in a venue": lambda s: any(len(venue.rooms) > 1 for venue in s.venues),
    "two programmes": lambda s: len({cohort.programme for cohort in s.all_cohorts}) > 1,
    "audience": lambda s: bool(s.audiences),
    "audience of two years": lambda s: any(len(audience.trainees) > 1 for audience in s.audiences),
    "audience beside a class": lambda s: bool(s.audiences and s.cohorts),
    "days to spare": _spare_slots,
    "budget": lambda s: bool(s.budget),
    "budget of two years": lambda s: len(s.budget) > 1,
    "lock on a class": lambda s: any(lock.module is None for lock in s.locks),
    "lock on a module": lambda s: any(lock.module is not None for lock in s.locks),
    "lock with several keys": lambda s: any(lock.module and lock.opens for lock in s.locks),
    "class settled in a venue": _any_cohort(lambda cohort: cohort.venue is not None),
    "class settled in a room": _any_cohort(lambda cohort: cohort.room is not None),
    "opens": _any_cohort(lambda cohort: cohort.opens is not None),
    "opens_from": _any_cohort(lambda cohort: cohort.opens_from is not None),
    "finishes_by": _any_cohort(lambda cohort: cohort.finishes_by is not None),
    "off site": _any_module(lambda module: module.off_site),
    "no lecturer needed": _any_module(lambda module: not module.lecturers),
    "one of one lecturer": _any_module(lambda module: len(module.lecturers) == 1),
    "one of two lecturers": _any_module(lambda module: len(module.lecturers) == 2),
    "one of three lecturers": _any_module(lambda module: len(module.lecturers) == 3),
    "module longer than a day": lambda s: any(m.sessions > _per_day(s) > 1 for m in _modules(s)),
    "module of two half days": lambda s: any(1 < m.sessions < _per_day(s) for m in _modules(s)),
    "earliest_day": _any_module(lambda module: module.earliest_day > 1),
    "latest_day": _any_module(lambda module: module.latest_day is not None),
    "start_sessions": _any_module(lambda module: module.start_sessions is not None),
    "precedence": _any_module(lambda module: bool(module.after)),
    "away": _any_lecturer(lambda lecturer: bool(lecturer.unavailable)),
    "only available": _any_lecturer(lambda lecturer: lecturer.available is not None),
    "max_sessions_per_day": _any_lecturer(lambda lecturer: lecturer.max_sessions_per_day is not None),
    "max_sessions_per_week": _any_lecturer(lambda lecturer: lecturer.max_sessions_per_week is not None),
    "max_sessions": _any_lecturer(lambda lecturer: lecturer.max_sessions is not None),
    "target_sessions": _any_lecturer(lambda lecturer: lecturer.target_sessions is not None),
    "venue closed": lambda s: any(venue.closed for venue in s.venues),
    "room closed": lambda s: any(room.closed for venue in s.venues for room in venue.rooms),
    "period without dates": lambda s: any(p.from_ is None and p.to is None for p in _periods(s)),
    "period of one session": lambda s: any(p.sessions is not None for p in _periods(s)),
    "period until": lambda s: any(p.from_ is None and p.to is not None for p in _periods(s)),
    "room too small": lambda s: any(
        cohort.size > room.capacity for cohort in s.all_cohorts for venue in s.venues for room in venue.rooms
    ),
    **{f"{term} alone": _equals(_weighed, {term}) for term in Terms.model_fields},
}


@pytest.mark.parametrize("asked", ASKED)
def test_three_scenarios_ask_for(asked: str) -> None:
    assert sum(ASKED[asked](scenario) for scenario in SCENARIOS) >= 3


@pytest.mark.parametrize("seed", [0, 7, 299])
def test_a_seed_names_one_scenario(seed: int) -> None:
    assert random_scenario(seed) == SCENARIOS[seed]


def test_seeds_name_different_scenarios() -> None:
    assert len({scenario.sha256 for scenario in SCENARIOS}) == len(SCENARIOS)

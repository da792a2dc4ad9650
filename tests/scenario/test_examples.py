"""Shows that the large examples are what their headers say: so many classes, trainees, days and sessions."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from classplanner import load
from classplanner.scenario import Scenario, day_statuses

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LARGE = ("hanoi-commune-leaders", "hanoi-scheme")


@cache
def scenario(name: str) -> Scenario:
    return load(SCENARIOS / f"{name}.toml")


def test_the_commune_leaders_are_1432_in_16_classes_of_90_or_89() -> None:
    sizes = Counter(cohort.size for cohort in scenario("hanoi-commune-leaders").all_cohorts)
    assert sizes == {90: 8, 89: 8}
    assert sum(cohort.size for cohort in scenario("hanoi-commune-leaders").all_cohorts) == 584 + 848


def test_the_commune_leaders_open_from_early_november_2017_to_mid_october_2018() -> None:
    first, second, *others = scenario("hanoi-commune-leaders").all_cohorts
    working = [
        status.date
        for status in day_statuses(scenario("hanoi-commune-leaders").calendar)
        if status.is_working
    ]
    assert first.opens_from == dt.date(2017, 11, 1)
    assert first.finishes_by == dt.date(2017, 12, 29)
    assert (second.opens, second.venue, second.size) == (dt.date(2018, 3, 16), "van-phu", 90)
    (last,) = {cohort.finishes_by for cohort in others}
    assert last is not None
    assert working[working.index(last) - 31] == dt.date(2018, 10, 15)


def test_the_scheme_has_133_classes_of_five_audiences() -> None:
    trainees: dict[str, int] = defaultdict(int)
    classes: Counter[str] = Counter()
    for cohort in scenario("hanoi-scheme").all_cohorts:
        trainees[cohort.programme] += cohort.size
        classes[cohort.programme] += 1
    assert trainees == {
        "lanh-dao-so-quan": 400 - 84,
        "lanh-dao-cap-phong": 1_734,
        "chuyen-mon-nghiep-vu": 5_500,
        "lanh-dao-cap-xa": 1_432,
        "tiep-cong-dan-mot-cua": 2_700,
    }
    assert classes == {
        "lanh-dao-so-quan": 4,
        "lanh-dao-cap-phong": 20,
        "chuyen-mon-nghiep-vu": 63,
        "lanh-dao-cap-xa": 16,
        "tiep-cong-dan-mot-cua": 30,
    }
    assert classes.total() == 133


def test_the_scheme_is_spread_over_three_years() -> None:
    years = Counter(
        cohort.opens_from.year for cohort in scenario("hanoi-scheme").all_cohorts if cohort.opens_from
    )
    assert years == {2018: 44, 2019: 45, 2020: 44}


def test_sizes_within_an_audience_and_year_differ_by_one_at_most() -> None:
    sizes: dict[tuple[str, dt.date | None], set[int]] = defaultdict(set)
    for cohort in scenario("hanoi-scheme").all_cohorts:
        sizes[cohort.programme, cohort.opens_from].add(cohort.size)
    assert all(max(found) <= 90 and max(found) - min(found) <= 1 for found in sizes.values())


@pytest.mark.parametrize("name", LARGE)
def test_every_programme_fills_all_half_days(name: str) -> None:
    days = {programme.id: programme.days for programme in scenario(name).programmes}
    sessions = {
        programme.id: sum(module.sessions for module in programme.modules)
        for programme in scenario(name).programmes
    }
    assert sessions == {programme: 2 * (number or 0) for programme, number in days.items()}
    assert days["lanh-dao-cap-xa"] == 32


@pytest.mark.parametrize("name", LARGE)
def test_the_commune_leaders_modules_are_those_of_class_2(name: str) -> None:
    """Titles, sessions, order, windows and precedences; only who may teach them differs."""

    def stripped(of: str) -> list[dict[str, object]]:
        programme = scenario(of).programme_by_id["lanh-dao-cap-xa"]
        return [module.model_dump(exclude={"lecturers"}) for module in programme.modules]

    assert stripped(name) == stripped("hanoi-2018")


@pytest.mark.parametrize("name", LARGE)
def test_everybody_on_the_roster_may_teach_something(name: str) -> None:
    listed = {
        lecturer
        for programme in scenario(name).programmes
        for module in programme.modules
        for lecturer in module.lecturers
    }
    assert {lecturer.id for lecturer in scenario(name).lecturers} == listed


@pytest.mark.parametrize("name", LARGE)
def test_at_least_three_halls_are_large_enough(name: str) -> None:
    largest = max(cohort.size for cohort in scenario(name).all_cohorts)
    rooms = [room for venue in scenario(name).venues for room in venue.rooms if room.capacity >= largest]
    assert len(rooms) >= 3

"""Shows that drawn years have a plan, are as tight as they say, and are the same for the same seed.

The hidden plan is judged by the checker, which knows nothing of how a year is drawn.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from benchmarks.years import (
    SHORTAGES,
    TIGHTNESS,
    Shortage,
    impossible,
    planted,
    possible_sessions,
    usage,
    year,
)
from benchmarks.years.__main__ import main
from benchmarks.years.usage import matches
from click.testing import CliRunner

from classplanner import check, load, load_timetable, plan
from classplanner.scenario import Scenario, day_statuses

SIZES: list[dict[str, Any]] = [
    {"classes": 1},
    {"classes": 3, "days": 8, "precedences": 3},
    {"classes": 8},
    {"classes": 16, "halls": 5, "lecturers": 30},
    {"classes": 33},
    {"classes": 20, "years": 2},
    {"classes": 1, "years": 2},
    {"classes": 30, "provinces": 4},
]


@pytest.mark.parametrize("tightness", TIGHTNESS)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_no_rule_is_breached_in_the_hidden_plan(seed: int, sizes: dict[str, Any], tightness: str) -> None:
    scenario, timetable = planted(seed, tightness=tightness, **sizes)
    assert len(scenario.all_cohorts) == len(timetable.cohorts) == sizes["classes"]
    assert check(scenario, timetable).breaches == ()


@pytest.mark.parametrize(("tightness", "least", "most"), [("loose", 0.5, 0.65), ("tight", 0.9, 0.96)])
@pytest.mark.parametrize("seed", range(3))
def test_lecturers_have_as_much_to_spare_as_the_tightness_says(
    seed: int, tightness: str, least: float, most: float
) -> None:
    assert least <= usage(year(seed, classes=33, tightness=tightness)) <= most


@pytest.mark.parametrize(("tightness", "least", "most"), [("loose", 1.15, 1.2), ("tight", 1.08, 1.12)])
@pytest.mark.parametrize("classes", [8, 33])
def test_halls_have_as_much_to_spare_as_the_tightness_says(
    classes: int, tightness: str, least: float, most: float
) -> None:
    scenario = year(1, classes=classes, tightness=tightness)
    working = [status.date for status in day_statuses(scenario.calendar) if status.is_working]
    opened = sum(
        len(venue.rooms) * sum(not matches(venue.closed, (date, "morning")) for date in working)
        for venue in scenario.venues
    )
    assert least <= opened / (classes * 32) <= most


def test_a_year_is_like_a_real_one() -> None:
    """Most modules take a half day, many a day; seniors come on few half days; lists are short."""
    scenario = year(1, classes=33, tightness="tight")
    modules = scenario.programmes[0].modules
    lengths = Counter(module.sessions for module in modules)
    assert sum(module.sessions for module in modules) == 64
    assert 32 <= len(modules) <= 42
    assert lengths[1] > lengths[2] > lengths[3] + lengths[4] > 0
    assert sum(len(module.after) for module in modules) >= 8
    assert {module.id for module in modules if not module.lecturers} == {
        "KG",
        "TL1",
        "TL2",
        "TT1",
        "TT2",
        "KT",
        "BG",
    }
    seniors = [lecturer for lecturer in scenario.lecturers if lecturer.available is not None]
    assert seniors
    assert all(possible_sessions(scenario, senior) <= 5 * 12 for senior in seniors)
    assert all(lecturer.fee in range(400_000, 800_001, 100_000) for lecturer in scenario.lecturers)
    assert max(len(module.lecturers) for module in modules) <= 8


def test_provinces_share_central_lecturers_and_nothing_else() -> None:
    scenario = year(1, classes=30, provinces=4)
    central = {lecturer.id for lecturer in scenario.lecturers if lecturer.id.startswith("central")}
    listed = [
        {lecturer for module in programme.modules for lecturer in module.lecturers}
        for programme in scenario.programmes
    ]
    assert len(listed) == 4
    assert central
    assert all(central <= here for here in listed)
    assert sum(len(here - central) for here in listed) == len(scenario.lecturers) - len(central)


def test_the_same_seed_draws_the_same_year_and_another_seed_another() -> None:
    assert planted(1, classes=8) == planted(1, classes=8)
    assert year(1, classes=8).sha256 != year(2, classes=8).sha256


def test_two_thousand_classes_are_split_evenly_over_63_provinces() -> None:
    with pytest.raises(ValueError, match="63 provinces"):
        year(1, classes=62, provinces=63)
    counts = Counter(cohort.programme for cohort in year(1, classes=130, provinces=63, days=8).all_cohorts)
    assert set(counts.values()) == {2, 3}
    assert counts.total() == 130


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ({"tightness": "slack"}, "loose, tight"),
        ({"days": 7}, "8 at least"),
        ({"classes": 8, "halls": 1}, "cannot hold"),
    ],
)
def test_sizes_that_cannot_be_are_refused(sizes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        year(1, **sizes)


@pytest.mark.parametrize("shortage", SHORTAGES)
@pytest.mark.parametrize("seed", range(2))
def test_a_year_with_a_shortage_has_no_plan(seed: int, shortage: Shortage) -> None:
    scenario = impossible(seed, shortage, classes=3, days=8, precedences=3)
    assert plan(scenario, time_limit=120).status == "infeasible"


@pytest.mark.parametrize("seed", range(3))
def test_a_shortage_of_sessions_is_one_session(seed: int) -> None:
    scenario = impossible(seed, "sessions", classes=16)
    needed = sum(module.sessions for module in scenario.programmes[0].modules if module.lecturers)
    given = sum(lecturer.max_sessions or 0 for lecturer in scenario.lecturers)
    assert given == 16 * needed - 1
    assert all(
        lecturer.max_sessions or not possible_sessions(scenario, lecturer) for lecturer in scenario.lecturers
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_shortage_of_half_days_is_one_half_day(seed: int) -> None:
    scenario = impossible(seed, "half-days", classes=16)
    there = {lecturer.id: len(lecturer.available or ()) for lecturer in scenario.lecturers}
    spare = [
        sum(there[lecturer] for lecturer in module.lecturers) - 16 * module.sessions
        for module in scenario.programmes[0].modules
        if module.lecturers and all(_limited(scenario, lecturer) for lecturer in module.lecturers)
    ]
    assert -1 in spare


def _limited(scenario: Scenario, name: str) -> bool:
    lecturer = next(lecturer for lecturer in scenario.lecturers if lecturer.id == name)
    return lecturer.available is not None or not possible_sessions(scenario, lecturer)


def test_shortages_are_counted_in_one_year_and_province() -> None:
    with pytest.raises(ValueError, match="one year"):
        impossible(1, "halls", years=2)


def test_the_command_writes_the_year_and_its_plan(tmp_path: Path) -> None:
    scenario, timetable = tmp_path / "year.json", tmp_path / "plan.json"
    arguments = ["--classes", "8", "--tightness", "tight", "-o", str(scenario), "--plan", str(timetable)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert load(scenario) == year(1, classes=8, tightness="tight")
    assert check(load(scenario), load_timetable(timetable, load(scenario))).ok
    assert json.loads(scenario.read_text("utf-8"))["name"].startswith("8 classes")


def test_the_command_refuses_what_cannot_be(tmp_path: Path) -> None:
    wrong = CliRunner().invoke(main, ["--classes", "8", "--halls", "1", "-o", str(tmp_path / "year.json")])
    assert wrong.exit_code == 2
    assert "cannot hold" in wrong.output
    assert not list(tmp_path.iterdir())

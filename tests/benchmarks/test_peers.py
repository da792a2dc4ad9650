"""Shows that the peers know the rules: their plans hold, cost what they say, and the exact ones are optimal.

A peer that a benchmark is to be compared with must not lose, or win, by misreading a scenario. So each plans
small random scenarios in which every rule bites; classplanner, itself held against brute force in
``tests/oracle``, says what is optimal.
"""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from benchmarks.peers import cpsat_intervals, greedy, highs, timefold
from benchmarks.peers.found import Found, PeerError
from benchmarks.peers.limits import limits_of
from benchmarks.peers.timefold.program import classpath
from benchmarks.years import year

from classplanner import Plan, check, load, plan
from classplanner.compile import compile_scenario
from classplanner.scenario import Scenario
from tests.builders import scenario as small
from tests.oracle.scenarios import random_scenario

TWO_CLASSES = Path(__file__).parents[2] / "scenarios" / "two-classes.toml"
SEEDS = range(40)


@functools.cache
def _optimal(seed: int) -> Plan:
    """Plan a random scenario to the end."""
    result = plan(random_scenario(seed), time_limit=60)
    assert result.status in ("optimal", "infeasible")
    return result


def _judge(scenario: Scenario, found: list[Found]) -> int | None:
    """Have the checker judge all plans of a peer; return what the last one costs."""
    for one in found:
        verdict = check(scenario, one.timetable)
        assert verdict.breaches == ()
        assert verdict.terms.total == one.total
    totals = [one.total for one in found]
    assert totals == sorted(totals, reverse=True)
    return totals[-1] if totals else None


@functools.cache
def _jdk() -> str:
    """Say why Timefold cannot run here; empty if it can."""
    try:
        classpath()
    except PeerError as error:
        return str(error)
    return ""


@pytest.fixture
def jdk() -> None:
    """Skip where there is no JDK or no way to the jars."""
    if _jdk():
        pytest.skip(_jdk())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_interval_model_is_exact(seed: int) -> None:
    scenario = random_scenario(seed)
    try:
        found = cpsat_intervals.run(scenario, 20.0)
    except PeerError:  # a lock that nothing can hold
        found = []
    assert _judge(scenario, found) == _optimal(seed).objective


@pytest.mark.parametrize("seed", SEEDS)
def test_highs_is_exact_when_it_is_given_the_best_openings(seed: int) -> None:
    timetable = _optimal(seed).timetable
    if timetable is None:
        return
    scenario = random_scenario(seed)
    assert _judge(scenario, highs.run(scenario, 20.0, openings=timetable.cohorts)) == _optimal(seed).objective


def test_highs_does_not_choose_openings() -> None:
    with pytest.raises(PeerError, match="openings"):
        highs.run(small(), 1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_greedy_plans_hold(seed: int) -> None:
    scenario = random_scenario(seed)
    try:
        total = _judge(scenario, greedy.run(scenario, 2.0))
    except PeerError:
        total = None
    best = _optimal(seed).objective
    assert total is None or (best is not None and total >= best)


def test_greedy_plans_first_come_first_served() -> None:
    """K1 and K2 each open as early as the one hall that holds both allows, each module by the first named."""
    found = greedy.run(small(venues={"west": None}), 5.0)
    opened = {cohort.id: cohort.opens.day for cohort in found[-1].timetable.cohorts}
    assert opened == {"K1": 9, "K2": 12}
    assert {meeting.lecturers for meeting in found[-1].timetable.meetings} == {("an",), ("binh",), ()}


def test_openings_that_are_given_are_kept() -> None:
    scenario = load(TWO_CLASSES)
    optimal = plan(scenario)
    assert optimal.timetable is not None
    limits = limits_of(compile_scenario(scenario), optimal.timetable.cohorts)
    assert limits.first == limits.last
    for peer in (cpsat_intervals.run, highs.run, greedy.run):
        for one in peer(scenario, 10.0, openings=optimal.timetable.cohorts):
            assert one.timetable.cohorts == optimal.timetable.cohorts


@pytest.mark.jdk
@pytest.mark.usefixtures("jdk")
def test_timefold_finds_the_optimum_of_two_classes() -> None:
    scenario = load(TWO_CLASSES)
    assert _judge(scenario, timefold.run(scenario, 4.0)) == plan(scenario).objective


@pytest.mark.jdk
@pytest.mark.usefixtures("jdk")
@pytest.mark.parametrize("seed", range(12))
def test_timefold_plans_hold_and_its_score_is_what_it_would_be_if_counted_anew(seed: int) -> None:
    """FULL_ASSERT counts each score twice: kept up to date from move to move, and from scratch."""
    scenario = random_scenario(seed)
    try:
        total = _judge(scenario, timefold.run(scenario, 1.5, mode="FULL_ASSERT"))
    except PeerError:
        total = None
    best = _optimal(seed).objective
    assert total is None or (best is not None and total >= best)


@pytest.mark.jdk
@pytest.mark.usefixtures("jdk")
def test_timefold_plans_a_year_of_eight_classes() -> None:
    scenario = year(1, classes=8)
    found = timefold.run(scenario, 10.0)
    assert _judge(scenario, found) is not None
    given = timefold.run(scenario, 5.0, openings=found[-1].timetable.cohorts)
    assert _judge(scenario, given) is not None
    assert given[-1].timetable.cohorts == found[-1].timetable.cohorts

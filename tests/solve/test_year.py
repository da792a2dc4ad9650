"""Years are planned by prices and neighbourhoods; whatever ends the search, what it claims is true.

On scenarios small enough for brute force, the search is given some time to find what there is; that these
are far smaller than what it is made for makes no difference to what must hold.
"""

from __future__ import annotations

from functools import cache
from threading import Event

import pytest
from benchmarks.years import year

from classplanner.check import Checker, check
from classplanner.compile import compile_scenario
from classplanner.encode import LEFT_OUT, NOBODY, draft_from, encode_openings
from classplanner.scenario import parse
from classplanner.solve import Control, Progress, Result, footing_of, search_year
from classplanner.solve.annealing import Annealing
from classplanner.solve.choice import Choices
from classplanner.solve.courses import groups
from classplanner.solve.multipliers import Multipliers
from classplanner.solve.packing import Packing
from classplanner.solve.prices import free_prices
from classplanner.timetable import Timetable
from tests.oracle.brute_force import Listing, cheapest, listing
from tests.oracle.scenarios import random_scenario

SEEDS = range(40)
LOOKS = 3_000
"""How often the search asks whether to stop before it is told to."""


@cache
def drawn(seed: int) -> Listing:
    return listing(random_scenario(seed))


@cache
def found(seed: int) -> Result:
    """Search for a while that is counted, not timed."""
    looks = iter(range(LOOKS))
    control = Control(None, lambda: next(looks, None) is None)
    return search_year(compile_scenario(drawn(seed).scenario), control)


def timetable(result: Result) -> Timetable:
    return Timetable(cohorts=result.cohorts, meetings=result.meetings)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_claimed_is_true(seed: int) -> None:
    scenario, result = drawn(seed).scenario, found(seed)
    least = min((terms.total for terms in cheapest(scenario, drawn(seed).plans.values())), default=None)
    if least is None:
        assert result.status in ("infeasible", "unknown")
        return
    assert result.bound <= least
    assert result.status != "infeasible"
    if result.status in ("feasible", "optimal"):
        verdict = Checker(scenario).judge(timetable(result))
        assert verdict.ok
        assert verdict.terms.total >= least
        assert (verdict.terms.total == result.bound) == (result.status == "optimal")


def test_most_plans_are_found() -> None:
    plannable = [seed for seed in SEEDS if drawn(seed).plans]
    planned = [seed for seed in plannable if found(seed).cohorts]
    assert len(planned) >= 0.8 * len(plannable)


@pytest.fixture(scope="module")
def six() -> Result:
    """Plan six classes until the plan is within 2 % of the bound."""
    close: list[Progress] = []

    def look(progress: Progress) -> None:
        if progress.gap is not None and progress.gap < 0.02:
            close.append(progress)

    control = Control(200.0, lambda: bool(close))
    return search_year(compile_scenario(year(1, classes=6)), control, on_progress=look)


def test_six_classes_are_planned_closely(six: Result) -> None:
    verdict = check(year(1, classes=6), timetable(six))
    assert verdict.ok
    assert verdict.terms.total - six.bound < 0.02 * verdict.terms.total


def test_a_plan_to_begin_with_is_never_lost(six: Result) -> None:
    problem = compile_scenario(year(1, classes=6))
    start = draft_from(problem, six.cohorts, six.meetings)
    told: list[Progress] = []
    result = search_year(problem, Control(0.0), start=start, on_progress=told.append)
    assert result.cohorts
    assert result.cohorts == six.cohorts
    assert result.meetings == six.meetings
    assert told[0].plan == (six.cohorts, six.meetings)


def test_a_plan_of_a_similar_year_is_a_beginning(six: Result) -> None:
    smaller = compile_scenario(year(1, classes=6))
    footing = footing_of(smaller, Control())
    assert footing is not None
    draft = footing.with_plan(six.cohorts, six.meetings).draft_for(smaller)
    assert draft is not None
    mine = smaller.lesson_cohort == 0
    draft.day[0], draft.room[0] = LEFT_OUT, LEFT_OUT
    draft.start[mine], draft.lecturer[mine] = LEFT_OUT, NOBODY
    told: list[Progress] = []
    control = Control(100.0, lambda: any(progress.best for progress in told[-1:]))
    result = search_year(smaller, control, near=draft, prices=footing.prices, on_progress=told.append)
    assert check(year(1, classes=6), timetable(result)).ok
    kept = {(entry.id, entry.opens) for entry in six.cohorts} & {
        (entry.id, entry.opens) for entry in result.cohorts
    }
    assert len(kept) >= 3


def test_classes_that_would_share_a_hall_open_elsewhere(six: Result) -> None:
    problem = compile_scenario(year(1, classes=6))
    model = encode_openings(problem)
    packing = Packing(problem, model.openings, model.cost[: model.first_start], groups(problem))
    choices = Choices(Multipliers(problem, packing), packing, lambda: False)
    draft = draft_from(problem, six.cohorts, six.meetings)
    draft.day[1], draft.room[1] = draft.day[0], draft.room[0]
    choice = choices.own(draft, free_prices(problem))
    assert choice is not None
    assert (choice.day[0], choice.room[0]) == (draft.day[0], draft.room[0])
    taken = [
        (int(room), int(day) + step)
        for room, day, days in zip(choice.room, choice.day, problem.cohort_days, strict=True)
        for step in range(int(days))
    ]
    assert len(taken) == len(set(taken))


def test_one_worker_finds_the_same_plans_in_the_same_order() -> None:
    problem = compile_scenario(year(2, classes=4))

    def course() -> list[int | None]:
        told: list[int | None] = []

        def tell(progress: Progress) -> None:
            if told[-1:] != [progress.best]:
                told.append(progress.best)

        # Without a clock, which would end parts of the search earlier or later.
        search_year(problem, Control(None, stop=lambda: len(told) > 8), on_progress=tell)
        return told

    told = course()
    assert len(told) > 8
    assert course() == told


def test_where_annealing_cannot_begin_neighbourhoods_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Annealing, "possible", property(lambda _: False))
    problem, found = compile_scenario(year(1, classes=2)), Event()

    def tell(progress: Progress) -> None:
        if progress.best is not None:
            found.set()

    result = search_year(problem, Control(120, stop=found.is_set), on_progress=tell)
    assert result.status in ("feasible", "optimal")


def test_a_year_without_lecturers_is_planned() -> None:
    programme = {"id": "p", "modules": [{"id": "A", "sessions": 2}, {"id": "B"}]}
    rooms = [{"id": "hall", "capacity": 90}]
    scenario = parse(
        {
            "calendar": {"first_day": "2018-03-01", "last_day": "2018-06-29"},
            "venues": [{"id": "v", "rooms": rooms}],
            "programmes": [programme],
            "cohorts": [{"id": f"K{number}", "programme": "p", "size": 20} for number in range(5)],
        }
    )
    result = search_year(compile_scenario(scenario), Control(30))
    # Two days a class, one after another: two days more of delay for each, at 20,000 VND a day.
    assert (result.status, result.bound) == ("optimal", 20_000 * (0 + 2 + 4 + 6 + 8))

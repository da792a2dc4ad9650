"""The search finds the optimum by either route; stopped at any moment, it claims only what is true."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from benchmarks.instances import instance

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.scenario import Scenario, parse
from classplanner.solve import WHOLE, Control, Progress, Result, search
from classplanner.timetable import Timetable
from tests.builders import scenario
from tests.oracle.brute_force import cheapest, listing
from tests.oracle.scenarios import random_scenario

SMALL = [*range(32), 38, 58, 338, 438]
"""Seeds of the oracle; of the last four, the budget decides something."""

ROUTES = {"whole": WHOLE, "by openings": 0}

LARGER: dict[str, Callable[[], Scenario]] = {
    "two halls": lambda: instance(1, classes=2, days=6, window_days=25),
    "few lecturers": lambda: instance(2, classes=2, days=6, window_days=20, lecturers=8),
    "no plan": lambda: instance(0, classes=2, days=6, window_days=25, halls=1),
}
"""Of a second or so each, so that they can be stopped on the way."""

by_either_route = pytest.mark.parametrize("whole", ROUTES.values(), ids=ROUTES)


@cache
def small(seed: int) -> tuple[Scenario, int | None]:
    """Return an oracle scenario and its optimum by brute force."""
    drawn = random_scenario(seed)
    least = cheapest(drawn, listing(drawn).plans.values())
    return drawn, next(iter(least)).total if least else None


@cache
def larger(name: str) -> tuple[Scenario, int | None]:
    """Return a generated scenario and its optimum by the search."""
    drawn = LARGER[name]()
    result = search(compile_scenario(drawn), Control())
    assert result.status in ("optimal", "infeasible")
    return drawn, result.bound if result.status == "optimal" else None


def assert_true(planned: Scenario, optimum: int | None, result: Result) -> None:
    """Whatever is claimed of a scenario holds."""
    if result.status == "infeasible":
        assert optimum is None
    if result.status in ("infeasible", "unknown"):
        assert (result.cohorts, result.meetings) == ((), ())
    else:
        assert optimum is not None
        verdict = Checker(planned).judge(Timetable(cohorts=result.cohorts, meetings=result.meetings))
        assert verdict.breaches == ()
        assert result.bound <= optimum <= verdict.terms.total
        assert result.status == ("optimal" if result.bound == verdict.terms.total else "feasible")
    if optimum is not None:
        assert result.bound <= optimum


def after(asks: int) -> Callable[[], bool]:
    """Stop when asked for so many times."""
    left = iter(range(asks))
    return lambda: next(left, None) is None


class TestOptimum:
    @by_either_route
    def test_small_scenarios(self, whole: int) -> None:
        infeasible = 0
        for seed in SMALL:
            drawn, optimum = small(seed)
            result = search(compile_scenario(drawn), Control(), whole=whole)
            assert_true(drawn, optimum, result)
            assert result.status == ("infeasible" if optimum is None else "optimal"), seed
            infeasible += optimum is None
        assert len(SMALL) / 2 > infeasible > 0

    @pytest.mark.parametrize("name", LARGER)
    def test_larger_scenarios_by_openings(self, name: str) -> None:
        drawn, optimum = larger(name)
        result = search(compile_scenario(drawn), Control(), whole=0)
        assert_true(drawn, optimum, result)
        assert result.status == ("infeasible" if optimum is None else "optimal")

    def test_classes_in_each_others_way(self) -> None:
        """Alone, both would open on the first Monday and have TALK on Tuesday, its nominal day.

        There are two halls, but Bình, who alone gives TALK, is sent to one venue a day. So one class has TALK
        on its third day (order: 50,000), or opens a day later (delay: 20,000).
        """
        planned = scenario(
            modules={"LAW": {"lecturers": []}, "TALK": {"lecturers": ["binh"]}},
            cohorts={"K1": {"venue": "east"}, "K2": {"venue": "west"}},
        )
        for whole in ROUTES.values():
            result = search(compile_scenario(planned), Control(), whole=whole)
            # Two TALKs at 500, three days of each hall at 2,000 and 1,000, one day of delay.
            assert (result.status, result.bound) == ("optimal", 2 * 500 + 3 * 3_000 + 20_000)

    @by_either_route
    def test_nothing_costs_anything(self, whole: int) -> None:
        free = dict.fromkeys(("fees", "rooms", "order", "delay", "preference", "overload"), 0)
        result = search(compile_scenario(scenario(objective=free)), Control(), whole=whole)
        assert (result.status, result.bound, len(result.meetings)) == ("optimal", 0, 6)

    @by_either_route
    def test_no_hall_is_large_enough(self, whole: int) -> None:
        crowd = compile_scenario(scenario(cohorts={"K1": {"size": 91}}))
        assert search(crowd, Control(), whole=whole).status == "infeasible"


class TestBudget:
    """The budget sees the hall, the bounds of courses don't; so a dear hall must not count against a day."""

    def planned(self, dear_first: bool, cohorts: int, **objective: int) -> Scenario:
        costs = [1_000, 100] if dear_first else [100, 1_000]
        rooms = [{"id": f"r{cost}", "capacity": 40, "daily_cost": cost} for cost in costs]
        return parse(
            {
                "name": "budget",
                "calendar": {"first_day": "2018-03-05", "last_day": "2018-03-08", "country": ""},
                "lecturers": [{"id": "L1", "fee": 10}],
                "venues": [{"id": "V", "rooms": rooms}],
                "programmes": [{"id": "P", "modules": [{"id": "M1", "lecturers": ["L1"]}]}],
                "cohorts": [
                    {"id": f"K{number}", "programme": "P", "size": 30} for number in range(1, cohorts + 1)
                ],
                "objective": objective,
                "budget": {2018: 500},
            }
        )

    @by_either_route
    @pytest.mark.parametrize("dear_first", [True, False])
    def test_halls_that_count_in_the_budget_only(self, dear_first: bool, whole: int) -> None:
        planned = self.planned(dear_first, 1, rooms=0)
        result = search(compile_scenario(planned), Control(), whole=whole)
        assert_true(planned, 10, result)
        assert result.status == "optimal"

    @by_either_route
    @pytest.mark.parametrize("dear_first", [True, False])
    def test_two_classes_that_would_rather_not_wait(self, dear_first: bool, whole: int) -> None:
        """One opens on the first day in the cheap hall, the other a day later: 2 * (10 + 100) + 20,000."""
        planned = self.planned(dear_first, 2)
        result = search(compile_scenario(planned), Control(), whole=whole)
        assert_true(planned, 20_220, result)
        assert result.status == "optimal"


class TestStopped:
    @by_either_route
    @pytest.mark.parametrize("asks", [0, 1, 2, 3, 5, 8])
    def test_small_scenarios_after_so_many_asks(self, asks: int, whole: int) -> None:
        for seed in SMALL[::3]:
            drawn, optimum = small(seed)
            assert_true(
                drawn, optimum, search(compile_scenario(drawn), Control(None, after(asks)), whole=whole)
            )

    @by_either_route
    @pytest.mark.parametrize("name", LARGER)
    def test_larger_scenarios_after_so_many_asks(self, name: str, whole: int) -> None:
        drawn, optimum = larger(name)
        chance = random.Random(name)
        statuses = set()
        for asks in (0, 2, *(chance.randint(4, 40) for _ in range(3))):
            result = search(compile_scenario(drawn), Control(None, after(asks)), whole=whole)
            assert_true(drawn, optimum, result)
            statuses.add(result.status)
        assert "unknown" in statuses

    @by_either_route
    @pytest.mark.parametrize("name", LARGER)
    def test_larger_scenarios_by_the_clock(self, name: str, whole: int) -> None:
        drawn, optimum = larger(name)
        for limit in (0.0, 0.05, 0.2):
            result = search(compile_scenario(drawn), Control(limit), whole=whole)
            assert_true(drawn, optimum, result)

    @by_either_route
    def test_once_there_is_a_plan_it_is_kept(self, whole: int) -> None:
        drawn, optimum = larger("two halls")
        seen: list[Progress] = []
        control = Control(None, lambda: bool(seen) and seen[-1].best is not None)
        result = search(compile_scenario(drawn), control, whole=whole, on_progress=seen.append)
        assert_true(drawn, optimum, result)
        assert result.status in ("feasible", "optimal")

    def test_an_interrupt_before_it_begins(self) -> None:
        control = Control()
        control.interrupt()
        drawn, optimum = larger("two halls")
        result = search(compile_scenario(drawn), control, whole=0)
        assert_true(drawn, optimum, result)
        assert result.status == "unknown"


class TestProgress:
    def watched(self, drawn: Scenario, whole: int) -> tuple[list[Progress], Result]:
        seen: list[Progress] = []
        return seen, search(compile_scenario(drawn), Control(), whole=whole, on_progress=seen.append)

    @by_either_route
    @pytest.mark.parametrize("name", [*LARGER, *SMALL[:10]])
    def test_only_gets_better(self, name: Any, whole: int) -> None:
        drawn, optimum = larger(name) if name in LARGER else small(name)
        seen, result = self.watched(drawn, whole)
        for before, now in itertools.pairwise(seen):
            assert before.bound <= now.bound
            assert before.seconds <= now.seconds
            assert before.best is None or (now.best is not None and now.best <= before.best)
        for progress in seen:
            if optimum is None:
                assert progress.best is progress.gap is None
            else:
                assert progress.bound <= optimum
                assert progress.best is None or progress.best >= optimum
        if optimum is not None:
            assert (seen[-1].best, seen[-1].bound, seen[-1].gap) == (optimum, optimum, 0.0)
            assert result.bound == optimum

    @pytest.mark.parametrize("name", LARGER)
    def test_the_first_plan_of_larger_scenarios_is_not_the_last(self, name: str) -> None:
        """Else nothing above says anything of improvements."""
        drawn, optimum = larger(name)
        if optimum is not None:
            bests = {progress.best for progress in self.watched(drawn, WHOLE)[0]}
            assert len(bests - {None}) > 1

    def test_an_error_of_the_caller_reaches_the_caller(self) -> None:
        def fails(progress: Progress) -> None:
            if progress.best is not None:
                raise LookupError("the caller's")

        with pytest.raises(LookupError, match="the caller's"):
            search(compile_scenario(scenario()), Control(), on_progress=fails)


class TestRepeatability:
    @by_either_route
    def test_the_same_seed_gives_the_same_plan(self, whole: int) -> None:
        for drawn in (larger("two halls")[0], *(small(seed)[0] for seed in SMALL[:10])):
            first, second = (search(compile_scenario(drawn), Control(), seed=7, whole=whole) for _ in "ab")
            assert first == second

    @by_either_route
    def test_another_seed_gives_as_good_a_plan(self, whole: int) -> None:
        drawn, optimum = larger("few lecturers")
        result = search(compile_scenario(drawn), Control(), seed=8, whole=whole)
        assert (result.status, result.bound) == ("optimal", optimum)

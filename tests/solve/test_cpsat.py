"""CP-SAT decides programs as brute force does, claims no more than it proves, and ends when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from benchmarks.mip import mip_optimum
from ortools.sat.python import cp_model

from classplanner.compile import Integers
from classplanner.encode import NO_LIMIT, Program
from classplanner.errors import InputError
from classplanner.solve import Control, cpsat
from classplanner.solve.cpsat import Outcome, decide
from tests.solve.programs import cover, optimum, program, random_program, solutions, split

LONG = 60.0
"""Seconds after which a run that should have been ended long before ends by itself, for the test to fail."""


@pytest.fixture(scope="module")
def middling() -> tuple[Program, int]:
    """A program that takes CP-SAT a part of a second and several solutions, and its optimum."""
    drawn = cover(40, 60)
    least = mip_optimum(drawn, LONG)
    assert least is not None
    return drawn, least


def after(asks: int) -> Callable[[], bool]:
    """Stop when asked for so many times."""
    left = iter(range(asks))
    return lambda: next(left, None) is None


def solves(program: Program, outcome: Outcome) -> bool:
    """Whether the outcome holds a solution of the program."""
    return outcome.values is not None and any(
        np.array_equal(outcome.values, values) for values in solutions(program)
    )


class TestDecide:
    def test_random_programs(self) -> None:
        statuses = set()
        for seed in range(200):
            drawn = random_program(seed)
            least, outcome = optimum(drawn), decide(drawn, Control())
            statuses.add(outcome.status)
            if least is None:
                assert (outcome.status, outcome.values) == ("infeasible", None), seed
            else:
                assert (outcome.status, outcome.bound) == ("optimal", least), seed
                assert solves(drawn, outcome), seed
                assert drawn.total(np.array(outcome.values)) == least
        assert statuses == {"optimal", "infeasible"}

    def test_columns_of_more_than_one(self) -> None:
        # 3a + 5b >= 14 at 4a + 7b: 4 * 3 + 7 = 19; of 0 and 1 there would be no solution.
        several = program([4, 7], [4, 9], (14, {0: 3, 1: 5}, NO_LIMIT))
        outcome = decide(several, Control())
        assert (outcome.status, outcome.bound) == ("optimal", 19)
        assert outcome.values is not None
        assert outcome.values.tolist() == [3, 1]

    def test_one_of_columns_of_more_than_one(self) -> None:
        """Such a row is no choice among truths, though its weights and limits look like it."""
        exactly = program([-1 + 5, 3], [3, 3], (1, {0: 1, 1: 1}, 1))
        outcome = decide(exactly, Control())
        assert outcome.values is not None
        assert (outcome.status, outcome.values.tolist()) == ("optimal", [0, 1])

    def test_nothing_to_choose(self) -> None:
        assert decide(program([], []), Control()).status == "optimal"
        assert decide(program([], [], (1, {}, 1)), Control()).status == "infeasible"

    def test_costs_that_cannot_be_summed(self) -> None:
        with pytest.raises(InputError) as caught:
            decide(program([2**61] * 4, [1] * 4, (4, dict.fromkeys(range(4), 1), 4)), Control())
        assert [fault.key for fault in caught.value.faults] == ["too-costly"]

    def test_several_workers(self) -> None:
        drawn = cover(20, 20)
        assert decide(drawn, Control(), workers=2).bound == mip_optimum(drawn, LONG)

    def test_the_same_seed_gives_the_same_solution(self) -> None:
        zero = program([0] * 12, [1] * 12, (6, dict.fromkeys(range(12), 1), 6))
        first, second = decide(zero, Control(), seed=3), decide(zero, Control(), seed=3)
        assert first.values is not None
        assert second.values is not None
        assert first.values.tolist() == second.values.tolist()


class TestMost:
    def test_around_the_optimum(self) -> None:
        decided = 0
        for seed in range(100):
            drawn = random_program(seed)
            least = optimum(drawn)
            if least is None:
                assert decide(drawn, Control(), most=10**9).status == "infeasible"
                continue
            decided += 1
            assert decide(drawn, Control(), most=least - 1).status == "infeasible", seed
            for more in (0, 1, 1000):
                outcome = decide(drawn, Control(), most=least + more)
                assert (outcome.status, outcome.bound) == ("optimal", least), seed
        assert decided > 50

    def test_where_nothing_costs_anything(self) -> None:
        free = program([0, 0], [1, 1], (1, {0: 1, 1: 1}, 1))
        assert decide(free, Control()).status == "optimal"
        assert decide(free, Control(), most=0).status == "optimal"
        assert decide(free, Control(), most=-1).status == "infeasible"


class TestEnough:
    def test_small_programs(self) -> None:
        for seed in range(60):
            drawn = random_program(seed)
            least = optimum(drawn)
            for enough in (0.1, 1.0, 100.0):
                _assert_enough(drawn, least, enough)

    def test_a_solution_that_is_good_enough_is_not_called_optimal(
        self, middling: tuple[Program, int]
    ) -> None:
        drawn, least = middling
        statuses = [_assert_enough(drawn, least, enough) for enough in (0.0, 0.05, 0.5, 10.0)]
        assert statuses[0] == "optimal"
        assert "feasible" in statuses


def _assert_enough(drawn: Program, least: int | None, enough: float) -> str:
    outcome = decide(drawn, Control(), enough=enough)
    if least is None:
        assert outcome.status == "infeasible"
    else:
        assert outcome.values is not None
        total = drawn.total(outcome.values)
        assert outcome.bound <= least <= total
        assert total - outcome.bound <= enough * total
        assert outcome.status == ("optimal" if total == outcome.bound else "feasible")
    return outcome.status


class TestEnds:
    def test_a_caller_stops_it(self) -> None:
        control = Control(LONG, after(3))
        outcome = decide(split(), control)
        assert (outcome.status, outcome.values) == ("unknown", None)
        assert control.remaining > 0

    def test_what_was_found_by_then_is_kept(self) -> None:
        hard = cover(150, 600)
        found: list[int] = []
        control = Control(LONG, lambda: bool(found))
        outcome = decide(hard, control, on_solution=lambda values, _: found.append(hard.total(values)))
        assert outcome.status == "feasible"
        assert outcome.values is not None
        assert hard.total(outcome.values) == min(found)
        assert 0 < outcome.bound < min(found)
        assert control.remaining > 0

    def test_the_clock_of_the_run_ends_it(self) -> None:
        assert decide(split(), Control(0.1)).status == "unknown"

    def test_a_limited_effort_ends_it(self) -> None:
        control = Control(LONG)
        assert decide(split(), control, effort=0.05).status == "unknown"
        assert control.remaining > 0
        assert not control.stopped

    def test_a_limited_effort_ends_it_at_the_same_point_every_time(self) -> None:
        first, second = (decide(cover(150, 600), Control(), effort=0.2) for _ in "ab")
        assert first.status == second.status == "feasible"
        assert first.values is not None
        assert second.values is not None
        assert first.values.tolist() == second.values.tolist()
        assert first.bound == second.bound

    def test_an_interrupt_ends_it(self) -> None:
        control = Control(LONG)
        threading.Timer(0.1, control.interrupt).start()
        assert decide(split(), control).status == "unknown"
        assert control.remaining > 0

    def test_no_time_at_all(self) -> None:
        for seed in range(20):
            drawn = random_program(seed)
            least, outcome = optimum(drawn), decide(drawn, Control(0.0))
            assert outcome.bound <= (least or 0)
            assert outcome.status != "infeasible" or least is None
            assert outcome.values is None or solves(drawn, outcome)


class TestCallbacks:
    def test_solutions_and_bounds_only_get_better(self, middling: tuple[Program, int]) -> None:
        drawn, least = middling
        totals: list[int] = []
        bounds: list[int] = []

        def solution(values: Integers, bound: int) -> None:
            totals.append(drawn.total(values))
            assert bound <= least

        outcome = decide(drawn, Control(), on_solution=solution, on_bound=bounds.append)
        assert outcome.status == "optimal"
        assert len(totals) > 1
        assert len(bounds) > 1
        assert totals == sorted(set(totals), reverse=True)
        assert bounds == sorted(bounds)
        assert totals[-1] == least >= bounds[-1]

    def test_no_bound_is_beyond_the_optimum(self) -> None:
        met = 0
        for seed in range(100):
            drawn = random_program(seed)
            least, told = optimum(drawn), list[int]()
            decide(drawn, Control(), on_bound=told.append)
            if least is not None:
                assert max(told, default=0) <= least, seed
                met += least > 0 and max(told, default=0) == least
        assert met > 0

    def test_an_error_in_a_callback_reaches_the_caller(self) -> None:
        def fails(values: Integers, bound: int) -> None:
            raise LookupError("the caller's")

        control = Control(LONG)
        with pytest.raises(LookupError, match="the caller's"):
            decide(random_program(0), control, on_solution=fails)
        assert control.remaining > 0


class _Stuck:
    """Solves as CP-SAT does, and then neither returns nor reacts, until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done = threading.Event()
        self.go = threading.Event()
        self.stopped = 0
        solve = cp_model.CpSolver.solve

        def stuck(solver: cp_model.CpSolver, *arguments: Any) -> cp_model.CpSolverStatus:
            status = solve(solver, *arguments)
            self.done.set()
            self.go.wait(LONG)
            return status

        def stop(solver: cp_model.CpSolver) -> None:
            self.stopped += 1

        monkeypatch.setattr(cp_model.CpSolver, "solve", stuck)
        monkeypatch.setattr(cp_model.CpSolver, "stop_search", stop)
        monkeypatch.setattr(cpsat, "_GRACE", 0.1)


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Stuck]:
    solver = _Stuck(monkeypatch)
    yield solver
    solver.go.set()


class TestLeftBehind:
    def test_with_what_it_had_found(self, stuck: _Stuck) -> None:
        drawn = cover(20, 20)
        control = Control(LONG, stuck.done.is_set)
        outcome = decide(drawn, control)
        assert stuck.stopped == 1
        assert not stuck.go.is_set()
        assert control.remaining > 0
        assert outcome.status == "feasible"
        assert outcome.values is not None
        assert drawn.total(outcome.values) == mip_optimum(drawn, LONG)
        assert 0 < outcome.bound <= drawn.total(outcome.values)

    def test_with_nothing(self, stuck: _Stuck) -> None:
        outcome = decide(program([1], [1], (2, {0: 1}, 2)), Control(LONG, stuck.done.is_set))
        assert (outcome.status, outcome.values) == ("unknown", None)
        assert stuck.stopped == 1

    def test_when_the_clock_strikes(self, stuck: _Stuck) -> None:
        assert decide(split(), Control(0.1)).status == "unknown"
        assert stuck.stopped == 1

"""Bounds of the linear relaxation hold for any multipliers whatever, and are as high as the LP allows."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from ortools.math_opt.python import mathopt

from classplanner.encode import NO_LIMIT, Program
from classplanner.solve.relaxation import Numbers, Relaxation, relax, weak_duality
from tests.solve.programs import Row, optimum, program, random_program, solutions

SEEDS = range(200)

MULTIPLIERS: dict[str, Callable[[np.random.Generator, int], Numbers]] = {
    "none": lambda rng, rows: np.zeros(rows),
    "small": lambda rng, rows: rng.uniform(-15, 15, rows),
    "tiny": lambda rng, rows: rng.uniform(-0.01, 0.01, rows),
    "whole": lambda rng, rows: rng.integers(-10, 11, rows).astype(float),
    "positive": lambda rng, rows: rng.uniform(0, 1e6, rows),
    "negative": lambda rng, rows: rng.uniform(-1e6, 0, rows),
    "of all sizes": lambda rng, rows: rng.choice([-1, 1], rows) * 10.0 ** rng.uniform(-3, 15, rows),
    "beyond all sizes": lambda rng, rows: rng.choice([-1e300, -1e20, 3.0, 1e20, 1e300], rows),
    "infinite": lambda rng, rows: rng.choice([-np.inf, -2.0, 2.0, np.inf], rows),
}


def _assert_holds(program: Program, proven: Relaxation) -> None:
    """Compare with every solution: its cost, and its cost against each column that it uses."""
    for values in solutions(program):
        cost = sum(map(int.__mul__, program.cost.tolist(), values.tolist()))
        assert cost >= proven.bound
        for column in np.flatnonzero(values):
            assert cost >= proven.bound + max(0, int(proven.reduced[column])), (values, column)


class TestWeakDuality:
    @pytest.mark.parametrize("kind", MULTIPLIERS)
    def test_random_programs_under_random_multipliers(self, kind: str) -> None:
        for seed in SEEDS:
            drawn = random_program(seed)
            rng = np.random.default_rng(seed)
            _assert_holds(drawn, weak_duality(drawn, MULTIPLIERS[kind](rng, len(drawn.row_lower))))

    def test_by_hand(self) -> None:
        # 3 <= 2a + b and a + c <= 1, times 2 and -1: 2 * 3 - 1 * 1 = 5 at reduced costs of 5 - 4 + 1 = 2,
        # 1 - 2 = -1 and 4 + 1 = 5; and b, which gains 1, may be 2: 5 - 2 = 3.
        small = program([5, 1, 4], [1, 2, 1], (3, {0: 2, 1: 1}, NO_LIMIT), (-NO_LIMIT, {0: 1, 2: 1}, 1))
        proven = weak_duality(small, np.array([2.0, -1.0]))
        assert (proven.bound, proven.reduced.tolist()) == (3, [2, -1, 5])

    def test_multipliers_of_the_wrong_sign_count_as_none(self) -> None:
        small = program([5, 1, 4], [1, 2, 1], (3, {0: 2, 1: 1}, NO_LIMIT), (-NO_LIMIT, {0: 1, 2: 1}, 1))
        proven = weak_duality(small, np.array([-2.0, 1.0]))
        assert (proven.bound, proven.reduced.tolist()) == (0, [5, 1, 4])

    def test_a_column_in_two_rows_pays_for_both(self) -> None:
        twice = program([10], [1], (1, {0: 1}, 1), (1, {0: 1}, NO_LIMIT))
        proven = weak_duality(twice, np.array([4.0, 3.0]))
        assert (proven.bound, proven.reduced.tolist()) == (7, [3])

    def test_fractions_of_a_dong_round_up_to_a_whole_cost(self) -> None:
        # What costs 3 / 2 at least and is whole costs 2 at least.
        small = program([3], [1], (1, {0: 2}, NO_LIMIT))
        assert weak_duality(small, np.array([1.5])).bound == 2

    @pytest.mark.parametrize("multiplier", [1e3, 1e10, 1e12, 4e12, 4.3e12, -1e12, -4e12])
    @pytest.mark.parametrize("rows", [1, 20])
    def test_sums_beyond_64_bits(self, multiplier: float, rows: int) -> None:
        # At least one of 5,000 must be taken, and costs 1.
        wide = program([1], [5_000], *[(1, {0: 1}, 5_000)] * rows)
        proven = weak_duality(wide, np.full(rows, multiplier))
        assert proven.bound <= 1
        assert proven.bound + int(proven.reduced[0]) <= 1

    def test_products_beyond_64_bits(self) -> None:
        budget = program([1], [10**7], (1, {0: 1}, 10**7))
        for multiplier in (-4e12, -1e12, 1e12, 4e12):
            proven = weak_duality(budget, np.array([multiplier]))
            assert proven.bound <= 1
            assert proven.bound + int(proven.reduced[0]) <= 1

    def test_what_is_no_number_proves_nothing(self) -> None:
        small = program([5, 1], [1, 1], (1, {0: 1, 1: 1}, 1))
        _assert_holds(small, weak_duality(small, np.array([np.nan])))


def _ring(length: int, cost: int) -> Program:
    """Choose at least one of each two neighbours in a ring: the LP takes half of everything."""
    rows = [(1, {i: 1, (i + 1) % length: 1}, NO_LIMIT) for i in range(length)]
    return program([cost] * length, [1] * length, *rows)


KNOWN: dict[str, tuple[Program, int]] = {
    "the cheaper of two": (program([3, 5], [1, 1], (1, {0: 1, 1: 1}, 1)), 3),
    "half of three": (_ring(3, 10), 15),
    "half of five": (_ring(5, 10), 25),
    "half of three, rounded up": (_ring(3, 1), 2),
    # 3a + 2b >= 4: a costs 5 / 3 a unit, b 2; all of a, half of b.
    "a knapsack": (program([5, 4], [1, 1], (4, {0: 3, 1: 2}, NO_LIMIT)), 7),
    # a + b <= 4 with a <= 2, b <= 3, each worth 1 and 2.
    "gains": (program([-1, -2], [2, 3], (-NO_LIMIT, {0: 1, 1: 1}, 4)), -7),
    "no row": (program([3, 4], [2, 5]), 0),
    "no column": (program([], []), 0),
    "costs of a trillion": (program([2**40, 2**40 + 1], [1, 1], (1, {0: 1, 1: 1}, 1)), 2**40),
}


class TestRelax:
    @pytest.mark.parametrize("name", KNOWN)
    def test_programs_whose_linear_optimum_is_known(self, name: str) -> None:
        known, bound = KNOWN[name]
        proven = relax(known)
        assert proven is not None
        assert proven.bound == bound

    def test_reduced_costs_tell_what_the_dearer_choice_costs_more(self) -> None:
        proven = relax(program([3, 5, 3], [1, 1, 1], (1, {0: 1, 1: 1, 2: 1}, 1)))
        assert proven is not None
        assert proven.reduced.tolist() == [0, 2, 0]

    def test_random_programs(self) -> None:
        """Not above the optimum, and not a VND below what another LP solver finds."""
        compared = 0
        for seed in SEEDS:
            drawn = random_program(seed)
            proven, least = relax(drawn), optimum(drawn)
            linear = _linear_optimum(drawn)
            assert (proven is None) == (linear is None), seed
            if proven is None:
                assert least is None
                continue
            assert linear is not None
            _assert_holds(drawn, proven)
            if abs(linear) < 1e5:  # above that the tolerances of LP solvers are larger than a VND
                assert proven.bound >= math.ceil(linear - 0.5), seed
                compared += 1
        assert compared > 100

    @pytest.mark.parametrize(
        "rows",
        [
            [(2, {0: 1}, 2)],
            [(1, {0: 1, 1: 1}, 1), (3, {0: 2, 1: 2}, 3)],
            [(1, {}, NO_LIMIT)],
        ],
        ids=["beyond a limit", "rows against each other", "nothing to choose from"],
    )
    def test_no_linear_solution(self, rows: list[Row]) -> None:
        assert relax(program([1, 1], [1, 1], *rows)) is None

    def test_no_time(self) -> None:
        """Nothing is promised but that what is returned holds."""
        for seed in itertools.islice(SEEDS, 20):
            drawn = random_program(seed)
            proven = relax(drawn, seconds=-1.0)
            if proven is not None:
                _assert_holds(drawn, proven)

    def test_columns_held_at_0_count_no_more(self) -> None:
        held = program([-3, 5], [1, 1], (1, {0: 1, 1: 1}, 1)).without(np.array([True, False]))
        proven = relax(held)
        assert proven is not None
        assert proven.bound == 5


def _linear_optimum(program: Program) -> float | None:
    """Solve the linear relaxation with HiGHS."""
    model = mathopt.Model()
    columns = [model.add_variable(lb=0.0, ub=float(upper)) for upper in program.upper]
    for row, (lower, upper) in enumerate(zip(program.row_lower, program.row_upper, strict=True)):
        entries = range(program.first[row], program.first[row + 1])
        value = mathopt.LinearSum([int(program.weight[i]) * columns[program.column[i]] for i in entries])
        model.add_linear_constraint(
            lb=-math.inf if lower == -NO_LIMIT else float(lower),
            ub=math.inf if upper == NO_LIMIT else float(upper),
            expr=value,
        )
    model.minimize(mathopt.LinearSum([int(c) * x for c, x in zip(program.cost, columns, strict=True)]))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS)
    return result.objective_value() if result.has_primal_feasible_solution() else None

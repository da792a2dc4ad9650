"""Openings at given costs of sessions: the linear program by few columns is the one with all of them."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.years import year

from classplanner.compile import compile_scenario
from classplanner.encode import encode_openings
from classplanner.solve.courses import IMPOSSIBLE, groups
from classplanner.solve.packing import Packing
from classplanner.solve.relaxation import relax

DRAWS = range(4)
CLOSE = 2.0
"""VND: multipliers are rounded."""


def packing(seed: int) -> Packing:
    problem = compile_scenario(year(seed, classes=12, tightness="loose" if seed % 2 else "tight"))
    model = encode_openings(problem)
    return Packing(problem, model.openings, model.cost[: model.first_start], groups(problem))


@pytest.mark.parametrize("seed", DRAWS)
def test_few_columns_prove_what_all_do_while_costs_change(seed: int) -> None:
    openings, random = packing(seed), np.random.default_rng(seed)
    sessions = random.integers(10**8, 2 * 10**8, len(openings.day))
    for _ in range(12):
        sessions = sessions + random.integers(-(10**7), 10**7, len(sessions))
        sessions[random.random(len(sessions)) < 0.1] = 10**8
        every, few = relax(openings.priced(sessions)), openings.relax(sessions, float("inf"))
        assert every is not None
        assert few is not None
        assert few.values is not None
        assert every.bound - CLOSE <= few.bound <= every.bound + CLOSE
        assert (openings.cost + sessions) @ few.values == pytest.approx(every.bound, abs=CLOSE)
        assert few.reduced.min() >= -1


@pytest.mark.parametrize("seed", DRAWS)
def test_columns_that_become_impossible_are_used_no_more(seed: int) -> None:
    openings, random = packing(seed), np.random.default_rng(seed)
    sessions = random.integers(10**8, 2 * 10**8, len(openings.day))
    feasible = 0
    for _ in range(8):
        few = openings.relax(sessions, float("inf"))
        every = relax(openings.priced(sessions))
        assert (few is None) == (every is None)
        if few is None or few.values is None:
            break
        feasible += 1
        assert few.values[sessions >= IMPOSSIBLE].max(initial=0) == 0
        sessions[(few.values > 0) & (random.random(len(sessions)) < 0.2)] = IMPOSSIBLE
    assert feasible > 1


def test_without_any_column_of_a_class_there_is_no_solution() -> None:
    openings = packing(0)
    sessions = np.full(len(openings.day), IMPOSSIBLE)
    assert openings.relax(np.zeros_like(sessions), float("inf")) is not None
    assert openings.relax(sessions, float("inf")) is None

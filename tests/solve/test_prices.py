"""With any prices, what they prove is true: no timetable that brute force finds is cheaper."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from classplanner.compile import Problem, compile_scenario
from classplanner.encode import encode_openings
from classplanner.solve import Control
from classplanner.solve.courses import IMPOSSIBLE, groups
from classplanner.solve.multipliers import Multipliers, Priced
from classplanner.solve.packing import Packing
from classplanner.solve.prices import Prices, free_prices
from classplanner.solve.ties import TiedAssignments
from classplanner.solve.tightening import Tightening
from tests.oracle.brute_force import Listing, cheapest, listing
from tests.oracle.scenarios import random_scenario

SEEDS = range(100)


@cache
def drawn(seed: int) -> Listing:
    return listing(random_scenario(seed))


@cache
def optimum(seed: int) -> int:
    """Return what the cheapest timetable costs; more than anything if there is none."""
    found = drawn(seed)
    least = cheapest(found.scenario, found.plans.values())
    return next(iter(least)).total if least else IMPOSSIBLE


@cache
def multipliers(seed: int) -> Multipliers:
    problem = compile_scenario(drawn(seed).scenario)
    model = encode_openings(problem)
    packing = Packing(problem, model.openings, model.cost[: model.first_start], groups(problem))
    return Multipliers(problem, packing)


def some_prices(problem: Problem, seed: int, most: int) -> Prices:
    """Draw prices, a third of them 0."""
    chance, zero = np.random.default_rng(seed), free_prices(problem)
    drawn_prices = [
        chance.integers(0, most + 1, price.shape) * (chance.random(price.shape) < 2 / 3)
        for price in (zero.slot, zero.day, zero.week, zero.total)
    ]
    return Prices(*drawn_prices)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("most", [0, 3, 100])
def test_any_prices_prove_a_bound(seed: int, most: int) -> None:
    found = multipliers(seed)
    outcome = found.bound(some_prices(found.problem, seed, most))
    if outcome is not None:
        assert outcome[0].bound <= optimum(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_better_prices_prove_more_and_courses_planned_alone_still_more(seed: int) -> None:
    found = multipliers(seed)
    start = found.bound(free_prices(found.problem))
    best = found.raise_bound(30, lambda: False)
    if start is None or best is None:
        return
    assert start[0].bound <= best.bound <= optimum(seed)
    assert best.bound <= max(proven(found, best)) <= optimum(seed)


def proven(found: Multipliers, best: Priced) -> list[int]:
    """Return all bounds that are proven course by course."""
    bounds = [best.bound]
    tied = Multipliers(found.problem, found.packing, TiedAssignments(found.assignments))
    for some, rounds in ((found, 0), (tied, 20)):
        tightening = Tightening(some, best, Control(), seed=1, prove=bounds.append, rounds=rounds)
        while work := tightening.next():
            work()
    return bounds


def test_prices_meet_the_optimum_where_a_lecturer_is_wanted_twice() -> None:
    """Seeds in which the bound at no prices is below the optimum, and the one at the best prices meets it."""
    met = 0
    for seed in SEEDS:
        start = multipliers(seed).bound(free_prices(multipliers(seed).problem))
        best = multipliers(seed).raise_bound(60, lambda: False)
        if start is not None and best is not None and optimum(seed) < IMPOSSIBLE:
            met += start[0].bound < max(proven(multipliers(seed), best)) == optimum(seed)
    assert met >= 10

"""Whatever the multipliers of what ties sessions, the bound is true; at their best it is the relaxation's."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.years import year

from classplanner.compile import compile_scenario
from classplanner.encode import Openings, encode, encode_openings, program_of
from classplanner.solve.courses import IMPOSSIBLE, groups
from classplanner.solve.multipliers import Multipliers
from classplanner.solve.packing import Packing
from classplanner.solve.prices import ask, free_prices
from classplanner.solve.relaxation import relax
from classplanner.solve.ties import TiedAssignments, Ties
from tests.solve.test_prices import SEEDS, multipliers, optimum, some_prices


def _never() -> bool:
    return False


def tied(found: Multipliers) -> tuple[Multipliers, list[Ties]]:
    """Return bounds with ties, and their multipliers."""
    assignments = TiedAssignments(found.assignments)
    return Multipliers(found.problem, found.packing, assignments), assignments.ties


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("most", [3, 100])
def test_any_multipliers_prove_a_bound(seed: int, most: int) -> None:
    chance = np.random.default_rng(seed)
    found, ties = tied(multipliers(seed))
    for one in ties:
        one.together[:] = chance.integers(-most, most + 1, one.together.shape)
        one.order[:] = chance.integers(0, most + 1, one.order.shape)
    for prices in (free_prices(found.problem), some_prices(found.problem, seed, most)):
        outcome = found.bound(prices)
        if outcome is not None:
            assert outcome[0].bound <= optimum(seed)


def test_they_raise_bounds_that_prices_alone_cannot_and_never_above_the_optimum() -> None:
    raised = 0
    for seed in SEEDS:
        loose = multipliers(seed).raise_bound(60, _never)
        if loose is None:
            continue
        best = tied(multipliers(seed))[0].raise_bound(60, _never, prices=loose.prices)
        assert best is not None
        assert best.bound <= optimum(seed)
        raised += best.bound > loose.bound
    assert raised >= 10


def small_year() -> Multipliers:
    problem = compile_scenario(year(1, classes=4))
    model = encode_openings(problem)
    return Multipliers(
        problem, Packing(problem, model.openings, model.cost[: model.first_start], groups(problem))
    )


def test_at_their_best_they_prove_nearly_what_linear_relaxations_of_courses_do() -> None:
    loose = small_year()
    assert isinstance(loose.packing, Packing)
    found, packing, prices = tied(loose)[0], loose.packing, some_prices(loose.problem, 1, 200_000)
    before = loose.sessions(prices)
    close = np.max([found.sessions(prices) for _ in range(400)], axis=0)
    raised = possible = 0
    for column in np.flatnonzero(before < IMPOSSIBLE)[::2]:
        cohort, day, room = (np.array([some[column]]) for some in (packing.cohort, packing.day, packing.room))
        opening = Openings(cohort, day, room)
        model = encode(loose.problem, opening, cohorts=cohort, without=("budget", "lecturer-load"))
        ask(model, loose.capacity.asked(prices))
        relaxation = relax(program_of(model))
        if relaxation is None:
            continue  # it cannot be held
        bound = relaxation.bound - int(model.cost[0])
        assert before[column] <= close[column] <= bound
        raised += close[column] - before[column]
        possible += bound - before[column]
    assert raised >= 0.85 * possible > 10**6


def test_at_rest_they_prove_the_same_again_and_again() -> None:
    loose = small_year()
    moving, prices = TiedAssignments(loose.assignments), free_prices(loose.problem)
    found = Multipliers(loose.problem, loose.packing, moving)
    for _ in range(20):
        found.sessions(prices)
    resting = Multipliers(loose.problem, loose.packing, moving.at_rest())
    first, after = resting.sessions(prices), found.sessions(prices)
    assert np.array_equal(first, after)  # what the last move led to
    assert not np.array_equal(first, found.sessions(prices))
    assert np.array_equal(first, resting.sessions(prices))

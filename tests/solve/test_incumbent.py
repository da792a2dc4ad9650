"""The best plan and the best bound are kept, in whatever order plans and bounds come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classplanner.compile import Integers, compile_scenario
from classplanner.encode import Model, decode, encode, program_of
from classplanner.solve import Control, Progress
from classplanner.solve.cpsat import decide
from classplanner.solve.incumbent import Incumbent
from tests.builders import scenario

BEST = 12_600
"""Each class has a hall, for 9,000 together, and therefore a lecturer of its own: 3 * 500 and 3 * 700."""


@pytest.fixture(scope="module")
def model() -> Model:
    return encode(compile_scenario(scenario()))


@pytest.fixture(scope="module")
def plans(model: Model) -> tuple[Integers, Integers]:
    """A cheapest plan and one that is dearer."""
    program = program_of(model)
    best = decide(program, Control()).values
    dear = decide(replace(program, cost=np.zeros_like(program.cost)), Control()).values
    assert best is not None
    assert dear is not None
    assert program.total(best) == BEST < program.total(dear)
    return best, dear


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1, 0, 1), (0, 0), (1, 1, 0)])
def test_the_best_plan_is_kept(
    model: Model, plans: tuple[Integers, Integers], order: tuple[int, ...]
) -> None:
    told: list[Progress] = []
    incumbent = Incumbent(Control(), told.append)
    for which in order:
        incumbent.offer(model, plans[which])
    assert (incumbent.total, incumbent.cutoff) == (BEST, BEST - 1)
    assert incumbent.plan == decode(model, plans[0])
    bests = [progress.best for progress in told if progress.best is not None]
    assert bests == sorted(set(bests), reverse=True)
    assert len(told) == len(bests) == 1 + (order[0] == 1)


def test_the_best_bound_is_kept(model: Model, plans: tuple[Integers, Integers]) -> None:
    told: list[Progress] = []
    incumbent = Incumbent(Control(), told.append)
    for bound in (0, 700, 500, 700, 9_000):
        incumbent.prove(bound)
    assert (incumbent.bound, incumbent.proven) == (9_000, False)
    assert [progress.bound for progress in told] == [700, 9_000]
    incumbent.offer(model, plans[0])
    incumbent.prove(BEST - 1)
    proven = [incumbent.proven]
    incumbent.prove(BEST)
    assert [*proven, incumbent.proven] == [False, True]
    assert (told[-1].bound, told[-1].best, told[-1].gap) == (BEST, BEST, 0.0)


def test_nothing_is_known_at_first() -> None:
    incumbent = Incumbent(Control())
    assert (incumbent.total, incumbent.cutoff, incumbent.plan) == (None, None, None)
    assert (incumbent.bound, incumbent.proven) == (0, False)


def test_more_than_the_plan_costs_is_not_told_as_a_bound(
    model: Model, plans: tuple[Integers, Integers]
) -> None:
    """Once nothing is left that could be cheaper, any bound holds of what is left."""
    told: list[Progress] = []
    incumbent = Incumbent(Control(), told.append)
    incumbent.offer(model, plans[0])
    incumbent.prove(2**53)
    assert incumbent.proven
    assert told[-1].bound == BEST

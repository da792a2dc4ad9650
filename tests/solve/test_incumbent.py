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
"""LAW and TALK by Bình, 3 * 500, for each of two classes; K1 in the east, K2 in the west, three days each."""


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
    assert program.total(best) == 3_000 + 9_000 + 600 < program.total(dear)
    return best, dear

"""Assignments are as cheap as SciPy's, from any potentials and any choice to begin with."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from classplanner.solve.assignments import FORBIDDEN
from classplanner.solve.matching import _match


@pytest.mark.parametrize("seed", range(60))
def test_as_cheap_as_any(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = int(random.integers(1, 30))
    table = random.integers(0, 10 ** int(random.integers(1, 9)), (size, size))
    table[random.random((size, size)) < 0.2 * random.random()] = FORBIDDEN
    table[int(size * random.random()) :] = 0
    potential = random.integers(-1000, 1000, size)
    chosen = random.integers(0, size, size)
    for _ in range(3):  # the second time from what the first left
        _match(table, potential, chosen)
        assert sorted(chosen.tolist()) == list(range(size))
        row, column = linear_sum_assignment(table)
        assert table[np.arange(size), chosen].sum() == table[row, column].sum()
        table[random.integers(size)] += random.integers(0, 50)

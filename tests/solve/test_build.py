"""A program arrives at CP-SAT column for column and row for row, however many are built one after another."""

from __future__ import annotations

import gc

import numpy as np

from classplanner.encode import NO_LIMIT, Program
from classplanner.solve.cpsat import build


def _program(columns: int) -> Program:
    upper = np.ones(columns, dtype=np.int64)
    upper[-1] = 7
    return Program(
        cost=np.arange(columns),
        upper=upper,
        first=np.array([0, columns - 1, columns]),
        column=np.arange(columns),
        weight=np.ones(columns, dtype=np.int64),
        row_lower=np.array([1, -NO_LIMIT]),
        row_upper=np.array([1, 5]),
    )


def test_columns_and_rows_arrive() -> None:
    proto = build(_program(4), most=9).proto
    assert [list(variable.domain) for variable in proto.variables] == [[0, 1], [0, 1], [0, 1], [0, 7]]
    assert list(proto.constraints[0].exactly_one.literals) == [0, 1, 2]
    assert list(proto.constraints[1].linear.vars) == [3]
    assert list(proto.constraints[1].linear.domain) == [-NO_LIMIT, 5]
    assert list(proto.objective.vars) == [1, 2, 3]
    assert list(proto.objective.coeffs) == [1, 2, 3]
    assert list(proto.objective.domain) == [-NO_LIMIT, 9]


def test_many_models_are_built_one_after_another() -> None:
    for columns in range(2, 400):
        model = build(_program(columns))
        gc.collect(0)
        assert all(list(variable.domain) == [0, 1] for variable in list(model.proto.variables)[:-1])

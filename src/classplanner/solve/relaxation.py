"""Bounds from the linear relaxation that hold exactly, whatever the LP solver's rounding.

An LP solver proposes a multiplier for each row; the bound is then computed from the multipliers in whole
numbers. For any multipliers y (of the right sign where a row is bounded on one side only) and any solution x
of ``minimise cost @ x, lower <= A @ x <= upper, 0 <= x <= u``::

    cost @ x  =  y @ A @ x + (cost - y @ A) @ x
             >=  sum of y_i * (lower_i if y_i > 0 else upper_i) + sum of min(0, reduced_j) * u_j

with ``reduced = cost - y @ A``: weak duality. And a solution with ``x_j >= 1`` costs at least that bound plus
``reduced_j`` where it is positive. Neither depends on how y was found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse
from ortools.linear_solver.python.model_builder_helper import (
    ModelBuilderHelper,
    ModelSolverHelper,
    SolveStatus,
)

from classplanner.compile import Integers
from classplanner.encode import NO_LIMIT, Program

__all__ = ["Numbers", "Optimum", "Relaxation", "optimum", "relax", "weak_duality"]

Numbers = npt.NDArray[np.float64]

# Multipliers are rounded to 1/_SCALE VND; costs stay below 2**53, so that sums fit into 64 bits.
_SCALE = 2**8
_LARGEST = 2.0**62


@dataclass(frozen=True)
class Relaxation:
    """What the linear relaxation of a program proves.

    Attributes
    ----------
    bound
        Proven: no solution costs less.
    reduced
        Shape (columns,): a solution that uses a column costs at least `bound` plus this, where positive.
    values
        The solution of the relaxation, as the LP solver gives it; shape (columns,).
    """

    bound: int
    reduced: Integers
    values: Numbers | None = None


@dataclass(frozen=True)
class Optimum:
    """What an LP solver returns, in floating point: nothing is proven by it.

    Attributes
    ----------
    multipliers
        In VND, shape (rows,).
    values
        Shape (columns,).
    """

    multipliers: Numbers
    values: Numbers


def relax(program: Program, seconds: float = float("inf")) -> Relaxation | None:
    """Solve the linear relaxation of a program; None where the solver returns no optimum.

    Parameters
    ----------
    seconds
        At most so long.
    """
    found = optimum(program, seconds)
    return None if found is None else replace(weak_duality(program, found.multipliers), values=found.values)


def optimum(program: Program, seconds: float = float("inf")) -> Optimum | None:
    """Return what the LP solver makes of a program; None where it returns no optimum.

    Parameters
    ----------
    seconds
        At most so long.
    """
    model: Any = ModelBuilderHelper()
    matrix = scipy.sparse.csr_matrix(
        (program.weight.astype(float), program.column, program.first),
        shape=(len(program.row_lower), len(program.cost)),
    )
    model.fill_model_from_sparse_data(
        np.zeros(len(program.cost)),
        program.upper.astype(float),
        program.cost.astype(float),
        np.where(program.row_lower <= -NO_LIMIT, -np.inf, program.row_lower),
        np.where(program.row_upper >= NO_LIMIT, np.inf, program.row_upper),
        matrix,
    )
    solver: Any = ModelSolverHelper("GLOP")
    if seconds < float("inf"):
        solver.set_time_limit_in_seconds(max(seconds, 0.01))
    solver.solve(model)
    if solver.status() != SolveStatus.OPTIMAL:
        return None
    return Optimum(solver.dual_values(), solver.variable_values())


def weak_duality(program: Program, multipliers: Numbers) -> Relaxation:
    """Prove a bound from any multipliers, in whole numbers.

    Parameters
    ----------
    multipliers
        In VND, shape (rows,); those of the wrong sign count as 0, and all do if sums would leave 64 bits.
    """
    y = np.nan_to_num(np.rint(multipliers * _SCALE), nan=0, posinf=0, neginf=0)
    y[np.abs(y) >= _LARGEST] = 0
    y[((y > 0) & (program.row_lower <= -NO_LIMIT)) | ((y < 0) & (program.row_upper >= NO_LIMIT))] = 0
    limit = np.where(y > 0, program.row_lower, np.where(y < 0, program.row_upper, 0))
    if not _magnitude(program, y, limit) < _LARGEST:  # not a number is not below, either
        y[:], limit[:] = 0, 0
    whole = y.astype(np.int64)
    priced = np.zeros(len(program.cost), dtype=np.int64)
    np.add.at(priced, program.column, whole[program.row] * program.weight)
    reduced = program.cost * _SCALE - priced
    bound = int(whole @ limit) + int(np.minimum(reduced, 0) @ program.upper)
    return Relaxation(-(-bound // _SCALE), reduced // _SCALE)


def _magnitude(program: Program, y: Numbers, limit: Integers) -> float:
    """Estimate what no sum in a bound exceeds in size, so that none leaves 64 bits."""
    priced = np.abs(y[program.row] * program.weight)
    sizes = np.bincount(program.column, priced, minlength=len(program.cost)) + program.cost * float(_SCALE)
    return float(np.abs(y * limit.astype(float)).sum() + (sizes * np.maximum(program.upper, 1)).sum())

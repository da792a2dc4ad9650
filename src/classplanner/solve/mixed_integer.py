"""Has a branch-and-cut solver (HiGHS, through MathOpt) look for whole solutions of a program.

For programs whose linear relaxation is nearly whole, such as packings, that is far ahead of CP-SAT. It works
in floating point, so its solutions are checked in whole numbers, and its bounds are taken for nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from classplanner.compile import Integers
from classplanner.encode import NO_LIMIT, Program, holds
from classplanner.solve.control import Control

__all__ = ["branch_and_cut", "stated"]

_TICK, _GRACE = 0.02, 0.5


def branch_and_cut(program: Program, control: Control, *, enough: float = 1e-3) -> Integers | None:
    """Return a cheap whole solution of a program, None where none was found in time.

    The solver runs in a thread, and is left behind where it does not end in time.

    Parameters
    ----------
    enough
        Be content with a solution that costs at most this share more than the cheapest.
    """
    found: list[Integers] = []
    parameters = mathopt.SolveParameters(relative_gap_tolerance=enough)
    if control.remaining < float("inf"):
        parameters.time_limit = dt.timedelta(seconds=max(control.remaining, 0.01))

    def work() -> None:
        model = stated(program)
        # HiGHS gives up with an internal error now and then.
        with contextlib.suppress(Exception):
            result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
            if result.has_primal_feasible_solution():
                values = result.variable_values(list(model.variables()))
                found.append(np.rint(values).astype(np.int64))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive() and not control.stopped:
        thread.join(_TICK)
    thread.join(_GRACE)
    return found[0] if found and holds(program, found[0]) else None


def stated(program: Program) -> mathopt.Model:
    """State a program to MathOpt; `-NO_LIMIT` and `NO_LIMIT` become infinite."""
    columns, rows = len(program.cost), len(program.row_lower)
    model = model_pb2.ModelProto()
    model.variables.ids.extend(range(columns))
    model.variables.lower_bounds.extend([0.0] * columns)
    model.variables.upper_bounds.extend(program.upper.astype(float).tolist())
    model.variables.integers.extend([True] * columns)
    costly = np.flatnonzero(program.cost)
    model.objective.linear_coefficients.ids.extend(costly.tolist())
    model.objective.linear_coefficients.values.extend(program.cost[costly].astype(float).tolist())
    model.linear_constraints.ids.extend(range(rows))
    lower = np.where(program.row_lower <= -NO_LIMIT, -np.inf, program.row_lower.astype(float))
    upper = np.where(program.row_upper >= NO_LIMIT, np.inf, program.row_upper.astype(float))
    model.linear_constraints.lower_bounds.extend(lower.tolist())
    model.linear_constraints.upper_bounds.extend(upper.tolist())
    matrix = model.linear_constraint_matrix
    matrix.row_ids.extend(program.row.tolist())
    matrix.column_ids.extend(program.column.tolist())
    matrix.coefficients.extend(program.weight.astype(float).tolist())
    return mathopt.Model.from_model_proto(model)

"""Solves a program as a MIP, through MathOpt: what the search is compared with."""

from __future__ import annotations

import datetime as dt

import numpy as np
from ortools.math_opt.python import mathopt

from classplanner.encode import NO_LIMIT, Program

__all__ = ["mip_optimum", "stated"]


def mip_optimum(program: Program, seconds: float) -> int | None:
    """Return what the cheapest solution of a program costs.

    Costs are whole, so a gap below 1 is none. HiGHS shares no code with CP-SAT; where it fails with an
    internal error, SCIP takes its place. Both compute in floating point: totals beyond 2**53 are not exact.

    Parameters
    ----------
    seconds
        At most so long.

    Returns
    -------
    int or None
        None where the optimum was not proven in time, or where there is no solution.
    """
    parameters = mathopt.SolveParameters(
        time_limit=dt.timedelta(seconds=seconds), relative_gap_tolerance=1e-9, absolute_gap_tolerance=0.5
    )
    model = stated(program)
    try:
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    except Exception:  # HiGHS gives up with an internal error now and then
        result = mathopt.solve(model, mathopt.SolverType.GSCIP, params=parameters)
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    return round(result.objective_value())


def stated(program: Program) -> mathopt.Model:
    """State a program to MathOpt; `-NO_LIMIT` and `NO_LIMIT` become infinite."""
    model = mathopt.Model()
    columns = [model.add_integer_variable(lb=0.0, ub=float(upper)) for upper in program.upper.tolist()]
    lower = np.where(program.row_lower <= -NO_LIMIT, -np.inf, program.row_lower.astype(float))
    upper = np.where(program.row_upper >= NO_LIMIT, np.inf, program.row_upper.astype(float))
    rows = [
        model.add_linear_constraint(lb=low, ub=high)
        for low, high in zip(lower.tolist(), upper.tolist(), strict=True)
    ]
    entries = zip(program.row.tolist(), program.column.tolist(), program.weight.tolist(), strict=True)
    for row, column, weight in entries:
        rows[row].set_coefficient(columns[column], float(weight))
    for column in np.flatnonzero(program.cost).tolist():
        model.objective.set_linear_coefficient(columns[column], float(program.cost[column]))
    return model

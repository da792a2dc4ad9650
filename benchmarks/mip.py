"""Solves a program as a MIP, through MathOpt: what the search is compared with."""

from __future__ import annotations

import datetime as dt

from ortools.math_opt.python import mathopt

from classplanner.encode import Program
from classplanner.solve.mixed_integer import stated

__all__ = ["mip_optimum"]


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

"""HiGHS, through MathOpt: the sessions as one mixed-integer program, all openings given."""

from __future__ import annotations

import datetime as dt
import time

import numpy as np
from ortools.math_opt.python import mathopt

from benchmarks.peers.found import Found, PeerError
from benchmarks.peers.found import Openings as Given
from classplanner.check import check
from classplanner.compile import Problem, compile_scenario
from classplanner.encode import Openings, decode, encode, program_of
from classplanner.scenario import Scenario
from classplanner.solve.mixed_integer import stated
from classplanner.timetable import Timetable

__all__ = ["run"]


def run(scenario: Scenario, seconds: float, seed: int = 1, openings: Given | None = None) -> list[Found]:
    """Plan with HiGHS; see `Peer`. MathOpt hands over HiGHS's last plan only, at the end of its time.

    Raises
    ------
    PeerError
        No openings are given.
    """
    if openings is None:
        raise PeerError("HiGHS plans sessions only: it needs openings")
    began = time.monotonic()
    problem = compile_scenario(scenario)
    model = encode(problem, _positions(problem, openings))
    program = stated(program_of(model))
    left = seconds - (time.monotonic() - began)
    if left <= 0:
        return []
    parameters = mathopt.SolveParameters(
        time_limit=dt.timedelta(seconds=left), relative_gap_tolerance=1e-6, random_seed=seed
    )
    result = mathopt.solve(program, mathopt.SolverType.HIGHS, params=parameters)
    if not result.has_primal_feasible_solution():
        return []
    values = np.rint(result.variable_values(list(program.variables()))).astype(np.int64)
    cohorts, meetings = decode(model, values)
    timetable = Timetable(cohorts=cohorts, meetings=meetings)
    return [Found(time.monotonic() - began, check(scenario, timetable).terms.total, timetable)]


def _positions(problem: Problem, openings: Given) -> Openings:
    rows = sorted(
        (problem.cohort_position[one.id], problem.dates.index(one.opens), problem.room_names.index(one.room))
        for one in openings
    )
    return Openings(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)

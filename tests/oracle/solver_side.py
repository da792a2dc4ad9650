"""The solver's side of the oracle: what the CP-SAT model of a scenario accepts, and its optimum."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.encode import Model, decode, encode, program_of
from classplanner.scenario import Scenario
from classplanner.solve import Control, search
from classplanner.solve.cpsat import build
from classplanner.timetable import Terms, Timetable
from tests.oracle.keys import Key, key

__all__ = ["accepted_by_model", "optimum_by_model"]


class _Collector(cp_model.CpSolverSolutionCallback):
    """Collects all solutions; those that differ in columns that decide nothing have the same key."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model
        self.keys: set[Key] = set()

    def on_solution_callback(self) -> None:
        values = np.array(self.response_proto.solution, dtype=np.int64)
        cohorts, meetings = decode(self.model, values)
        self.keys.add(key(Timetable(cohorts=cohorts, meetings=meetings)))


def accepted_by_model(scenario: Scenario) -> frozenset[Key]:
    """Return the keys of all timetables that the model accepts."""
    model = encode(compile_scenario(scenario), objective=False)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    collector = _Collector(model)
    status = solver.solve(build(program_of(model)), collector)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return frozenset(collector.keys)


def optimum_by_model(scenario: Scenario, *, whole: int) -> Terms | None:
    """Return the terms of the cheapest timetable that the search finds; None if it proves there is none.

    Parameters
    ----------
    whole
        Columns up to which the model is decided at once; 0 has it decided by openings.
    """
    result = search(compile_scenario(scenario), Control(), whole=whole)
    if result.status == "infeasible":
        return None
    assert result.status == "optimal"
    timetable = Timetable(cohorts=result.cohorts, meetings=result.meetings)
    terms = Checker(scenario).judge(timetable).terms
    assert terms.total == result.bound
    return terms

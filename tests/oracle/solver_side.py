"""The solver's side of the oracle: what the CP-SAT model of a scenario accepts, and its optimum."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.encode import EVERY_CLASS, NO_LIMIT, Goal, Model, Program, decode, encode, program_of
from classplanner.scenario import Scenario
from classplanner.solve import Control, search
from classplanner.solve.cpsat import build
from classplanner.timetable import Terms, Timetable
from tests.oracle.keys import Key, key

__all__ = ["accepted_by", "accepted_by_model", "optimum_by_model"]


class _Collector(cp_model.CpSolverSolutionCallback):
    """Collects the timetables that solutions stand for."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model
        self.keys: set[Key] = set()

    def on_solution_callback(self) -> None:
        values = np.array(self.response_proto.solution, dtype=np.int64)
        cohorts, meetings = decode(self.model, values)
        self.keys.add(key(Timetable(cohorts=cohorts, meetings=meetings)))


def accepted_by_model(scenario: Scenario, goal: Goal = EVERY_CLASS) -> frozenset[Key]:
    """Return the keys of all timetables that the model accepts."""
    return accepted_by(encode(compile_scenario(scenario), goal=goal, objective=False))


def accepted_by(model: Model) -> frozenset[Key]:
    """Return the keys of all timetables that a model without objective accepts."""
    program = program_of(model)
    stated = build(program)
    further = np.arange(model.first_extra, len(model.upper))
    for column in np.setdiff1d(further, model.left_out).tolist():
        _set_only_where_forced(stated, program, column)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    collector = _Collector(model)
    status = solver.solve(stated, collector)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return frozenset(collector.keys)


def _set_only_where_forced(stated: cp_model.CpModel, program: Program, column: int) -> None:
    """Let a further column be 1 only where some row does not hold otherwise.

    Such a column decides nothing of a timetable. Where no row needs it, it could be 0 or 1, and every one of
    them would double the number of solutions. Setting it to 0 there breaks no row, so no timetable is lost.
    """
    truths = stated.get_bool_var_from_proto_index
    assert program.upper[column] == 1
    forced = []
    for entry in np.flatnonzero(program.column == column).tolist():
        row = int(program.row[entry])
        assert program.row_lower[row] == -NO_LIMIT, "0 could break this row"
        if program.weight[entry] > 0:
            continue
        others = [
            int(program.weight[other]) * truths(int(program.column[other]))
            for other in range(program.first[row], program.first[row + 1])
            if other != entry
        ]
        too_much, limit = stated.new_bool_var(""), int(program.row_upper[row])
        stated.add(sum(others) > limit).only_enforce_if(too_much)
        stated.add(sum(others) <= limit).only_enforce_if(~too_much)
        forced.append(too_much)
    stated.add_bool_or(forced).only_enforce_if(truths(column))


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

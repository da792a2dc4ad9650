"""Has CP-SAT decide a program, under a clock of our own.

CP-SAT is given one worker with its full linear relaxation (`linearization_level` 2), no probing and little
presolve: on these models that is far ahead of its own mixture of workers (docs/engine.md holds the
measurements).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import CpModelProto

from classplanner.compile import Integers
from classplanner.encode import NO_LIMIT, Program
from classplanner.errors import Fault, InputError
from classplanner.solve.control import Control

__all__ = ["Outcome", "build", "decide", "run"]

_TICK = 0.02
_GRACE = 1.0

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True)
class Outcome:
    """What became of a program.

    Attributes
    ----------
    status
        ``optimal`` and ``infeasible`` are proven.
    values
        The best solution found; None for none.
    bound
        Proven: no solution costs less. Not to be read when infeasible.
    effort
        In CP-SAT's deterministic time.
    """

    status: Status
    values: Integers | None
    bound: int
    effort: float = 0.0


def build(program: Program, *, most: int | None = None) -> cp_model.CpModel:
    """State a program to CP-SAT.

    Parameters
    ----------
    most
        Accept only solutions that cost this much at most.
    """
    model = cp_model.CpModel()
    proto = model.proto
    _state_columns(proto, program.upper)
    _state_rows(proto, program)
    costly = np.flatnonzero(program.cost)
    if len(costly):
        proto.objective.vars.extend(costly.tolist())
        proto.objective.coeffs.extend(program.cost[costly].tolist())
    if most is not None:
        proto.objective.domain.extend([-NO_LIMIT, most])
    return model


def _state_columns(proto: CpModelProto, upper: Integers) -> None:
    """Add a variable a column; nearly all are truths, which are copied at once."""
    pattern = cp_model.CpModel()  # by name: a variable dies with its model
    truth = pattern.proto.variables.add()
    truth.domain.extend([0, 1])
    proto.variables.extend([truth] * len(upper))
    for column in np.flatnonzero(upper != 1).tolist():
        proto.variables[column].domain[1] = int(upper[column])


def _state_rows(proto: CpModelProto, program: Program) -> None:
    """State packing and partitioning rows as what they are, all others as linear ones."""
    first, column, weight = program.first.tolist(), program.column.tolist(), program.weight.tolist()
    odd = np.concatenate([[0], np.cumsum((program.weight != 1) | (program.upper[program.column] != 1))])
    plain = (odd[program.first[1:]] == odd[program.first[:-1]]).tolist()
    limits = zip(program.row_lower.tolist(), program.row_upper.tolist(), strict=True)
    for row, (lower, upper) in enumerate(limits):
        begin, end = first[row], first[row + 1]
        constraint = proto.constraints.add()
        if plain[row] and upper == 1 and lower == 1:
            constraint.exactly_one.literals.extend(column[begin:end])
        elif plain[row] and upper == 1 and lower <= 0:
            constraint.at_most_one.literals.extend(column[begin:end])
        else:
            constraint.linear.vars.extend(column[begin:end])
            constraint.linear.coeffs.extend(weight[begin:end])
            constraint.linear.domain.extend([lower, upper])


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Keeps the best solution and the best bound where an abandoned solver can't lose them.

    An exception of the caller's functions is kept, too, and ends the search: the solver would swallow it.
    """

    def __init__(
        self,
        program: Program,
        solver: cp_model.CpSolver,
        on_solution: Callable[[Integers, int], object] | None,
        on_bound: Callable[[int], None] | None,
    ) -> None:
        super().__init__()
        self.program = program
        self.values: Integers | None = None
        self.bound: float = -float("inf")
        self.failure: BaseException | None = None
        self._solver = solver
        self._on_solution, self._on_bound = on_solution, on_bound
        solver.best_bound_callback = self._keep_bound

    def on_solution_callback(self) -> None:
        self.values = np.array(self.response_proto.solution, dtype=np.int64)
        if self._on_solution is not None:
            self._tell(self._on_solution, self.values, _whole(self.best_objective_bound))

    def _keep_bound(self, bound: float) -> None:
        self.bound = max(self.bound, bound)
        if self._on_bound is not None:
            self._tell(self._on_bound, _whole(bound))

    def _tell(self, listener: Callable[..., object], *news: object) -> None:
        try:
            listener(*news)
        except BaseException as failure:
            self.failure = failure
            self._solver.stop_search()


def decide(
    program: Program,
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
    effort: float = float("inf"),
    most: int | None = None,
    enough: float = 0.0,
    on_solution: Callable[[Integers, int], object] | None = None,
    on_bound: Callable[[int], None] | None = None,
) -> Outcome:
    """Find the cheapest solution of a program, or as good a one as the clock allows.

    The solver runs in a thread; this one watches the clock and interrupts it. A solver that does not react
    within a second is left behind: what it had found by then is returned all the same.

    Parameters
    ----------
    effort
        At most so much, in CP-SAT's deterministic time, of which a unit is about two seconds: unlike a clock,
        it ends the search at the same point every time.
    most
        Accept only solutions that cost this much at most; ``infeasible`` then says that there is none.
    enough
        Be content with a solution that costs at most this share more than the cheapest.
    on_solution, on_bound
        Told, from the solver's thread, of each better solution (values, bound) and of each better bound.
    """
    model = build(program, most=most)
    solver = cp_model.CpSolver()
    _tune(solver, seed, workers, enough)
    solver.parameters.max_deterministic_time = effort
    watcher = _Watcher(program, solver, on_solution, on_bound)
    status = run(solver, model, watcher, control)
    if watcher.failure is not None:
        raise watcher.failure
    outcome = _outcome(status, solver, watcher)
    return outcome if status is None else replace(outcome, effort=solver.response_proto.deterministic_time)


def _tune(solver: cp_model.CpSolver, seed: int, workers: int, enough: float) -> None:
    parameters = solver.parameters
    parameters.random_seed = seed
    parameters.num_workers = workers
    parameters.linearization_level = 2
    parameters.cp_model_probing_level = 0
    parameters.max_presolve_iterations = 1
    parameters.merge_at_most_one_work_limit = 0
    parameters.relative_gap_limit = enough


def run(
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    callback: cp_model.CpSolverSolutionCallback | None,
    control: Control,
) -> cp_model.CpSolverStatus | None:
    """Run a solver in a thread until it is done, or `control` ends it.

    Returns
    -------
    CpSolverStatus or None
        None where the solver did not react within a second and was left behind.
    """
    if control.remaining < float("inf"):
        solver.parameters.max_time_in_seconds = max(0.01, control.remaining)
    solver.parameters.catch_sigint_signal = False
    found: list[cp_model.CpSolverStatus] = []
    done = threading.Event()

    def work() -> None:
        found.append(solver.solve(model, callback))
        done.set()

    threading.Thread(target=work, daemon=True).start()
    while not done.wait(_TICK):
        if control.stopped:
            solver.stop_search()
            done.wait(_GRACE)
            break
    return found[0] if found else None


def _outcome(status: cp_model.CpSolverStatus | None, solver: cp_model.CpSolver, watcher: _Watcher) -> Outcome:
    if status == cp_model.MODEL_INVALID:
        raise InputError([Fault("", "objective", "too-costly")])
    if status == cp_model.INFEASIBLE:
        return Outcome("infeasible", None, 0)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        values = np.array(solver.response_proto.solution, dtype=np.int64)
        total = watcher.program.total(values)
        # Where a gap was enough, CP-SAT says "optimal" of any solution within it.
        bound = min(_whole(solver.best_objective_bound), total)
        return Outcome("optimal" if bound == total else "feasible", values, bound)
    least = _whole(watcher.bound if status is None else solver.best_objective_bound)
    return Outcome("unknown" if watcher.values is None else "feasible", watcher.values, least)


def _whole(bound: float) -> int:
    """Round a proven bound up to the next whole cost; costs are whole and never negative."""
    return max(0, int(np.ceil(bound - 1e-6))) if np.isfinite(bound) else 0

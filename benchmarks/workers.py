"""Measures CP-SAT's number of workers and level of linear relaxation on the models of this project.

Run ``python -m benchmarks.workers`` on a quiet machine; it prints a Markdown table. All openings are given in
these models: the Hanoi class, a generated class of 32 days, two and four generated classes that share
lecturers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
from ortools.sat.python import cp_model

from benchmarks.instances import instance
from classplanner import Scenario, load
from classplanner.compile import compile_scenario
from classplanner.encode import Openings, Program, encode, encode_openings, program_of
from classplanner.solve.control import Control
from classplanner.solve.cpsat import build, decide

HANOI = Path(__file__).parent.parent / "scenarios" / "hanoi-2018.toml"
SETTINGS = [(1, 2), (2, 2), (4, 2), (8, 2), (1, 1), (8, 1)]


def programs() -> Iterator[tuple[str, Program]]:
    """Make the models, with all openings given."""
    yield "Hanoi, 1 class of 32 days", program_of(encode(compile_scenario(load(HANOI))))
    yield "generated, 1 class of 32 days", _opened(instance(1, days=32, precedences=20))
    yield "generated, 2 classes of 20 days", _opened(instance(0, classes=2))
    yield "generated, 4 classes of 20 days", _opened(instance(0, classes=4, halls=4))


def _opened(scenario: Scenario) -> Program:
    """Give each class the opening that is cheapest under the rules of halls."""
    problem = compile_scenario(scenario)
    openings = encode_openings(problem)
    values = decide(program_of(openings), Control(60)).values
    assert values is not None
    chosen, table = np.flatnonzero(values), openings.openings
    return program_of(encode(problem, Openings(table.cohort[chosen], table.day[chosen], table.room[chosen])))


def measure(program: Program, workers: int, level: int, seconds: float) -> str:
    """Say how long CP-SAT takes to prove the optimum, or how far it gets."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.linearization_level = level
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_time_in_seconds = seconds
    started = time.monotonic()
    status = solver.solve(build(program))
    if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
        return f"{time.monotonic() - started:.1f} s"
    if status == cp_model.FEASIBLE:
        return f"gap {100 * (1 - solver.best_objective_bound / solver.objective_value):.2f} %"
    return "no plan"


@click.command()
@click.option("--seconds", default=60.0, show_default=True, help="Limit of each run.")
def main(seconds: float) -> None:
    """Print a table: models by settings."""
    click.echo("| model | " + " | ".join(f"{workers} w, level {level}" for workers, level in SETTINGS) + " |")
    click.echo("|---" * (len(SETTINGS) + 1) + "|")
    for name, program in programs():
        cells = [measure(program, workers, level, seconds) for workers, level in SETTINGS]
        click.echo(f"| {name} ({len(program.cost)} columns) | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()

"""Plans 30 random classes, one at a time, and compares each with a MIP solver.

Run ``python -m benchmarks.single_classes``; it writes ``benchmarks/results/single-classes.json`` and ``.md``.
Each class has 20 lecturers with leave and weekly maxima, one to three halls with closures, 5 to 20
precedences and a window of many opening days. The reference is exhaustive: HiGHS, through MathOpt, solves
every opening on its own, except those whose linear relaxation already costs more than the plan.
"""

from __future__ import annotations

import datetime as dt
import json
import platform
import random
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import numpy as np

from benchmarks.instances import instance
from benchmarks.mip import mip_optimum
from classplanner import plan
from classplanner.compile import Problem, compile_scenario
from classplanner.encode import Openings, encode, encode_openings, program_of
from classplanner.scenario import Scenario
from classplanner.solve.relaxation import relax

RESULTS = Path(__file__).parent / "results"
TIME_LIMIT = 20.0


def scenario_of(seed: int) -> Scenario:
    """Make the class of one seed; sizes and tightness vary with the seed."""
    chance = random.Random(seed)
    return instance(
        seed,
        days=chance.choice((8, 10, 15, 20, 32)),
        halls=chance.randint(1, 3),
        window_days=chance.choice((60, 90, 120)),
        precedences=chance.randint(5, 20),
        leave=chance.choice((0.15, 0.25, 0.4, 0.6)),
    )


def reference(problem: Problem, total: int | None) -> int | None:
    """Return the least that any opening day costs, by MIP; None where none has a plan."""
    table = encode_openings(problem).openings
    optima = []
    for position in range(len(table.day)):
        opening = Openings(*(column[[position]] for column in (table.cohort, table.day, table.room)))
        program = program_of(encode(problem, opening))
        relaxation = relax(program)
        if relaxation is not None and total is not None and relaxation.bound > total:
            continue
        optimum = mip_optimum(program, 120.0)
        if optimum is not None:
            optima.append(optimum)
    return min(optima, default=None)


def measure(seed: int) -> dict[str, Any]:
    """Plan the class of one seed and compare it with the reference."""
    scenario = scenario_of(seed)
    problem = compile_scenario(scenario)
    started = time.monotonic()
    result = plan(scenario, time_limit=TIME_LIMIT)
    seconds = time.monotonic() - started
    return {
        "seed": seed,
        "days": scenario.programmes[0].days,
        "openings": len(np.unique(encode_openings(problem).openings.day)),
        "status": result.status,
        "seconds": round(seconds, 2),
        "total": result.objective,
        "bound": result.bound,
        "checked": None if result.verdict is None else result.verdict.ok,
        "mip": reference(problem, result.objective),
    }


def table(rows: list[dict[str, Any]], about: dict[str, Any]) -> str:
    """Write the results as a Markdown table."""
    lines = [
        "# Single classes",
        "",
        ", ".join(f"{key} {value}" for key, value in about.items()),
        "",
        "| seed | class days | opening days | status | seconds | total, VND | MIP optimum, VND |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['seed']} | {row['days']} | {row['openings']} | {row['status']} | {row['seconds']} "
        f"| {row['total'] or '-'} | {row['mip'] or '-'} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--count", default=30, show_default=True, help="How many classes.")
def main(count: int) -> None:
    """Plan random classes and compare them with a MIP solver."""
    about = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "python": platform.python_version(),
        "ortools": version("ortools"),
        "machine": f"{platform.machine()}, one worker",
    }
    rows = []
    for seed in range(count):
        rows.append(measure(seed))
        click.echo(rows[-1])
    RESULTS.mkdir(exist_ok=True)
    document = json.dumps({**about, "rows": rows}, indent=1) + "\n"
    (RESULTS / "single-classes.json").write_text(document, "utf-8")
    (RESULTS / "single-classes.md").write_text(table(rows, about), "utf-8")
    proven = ("optimal", "infeasible")
    wrong = [row for row in rows if row["total"] != row["mip"] or row["status"] not in proven]
    click.echo(f"{len(rows)} classes, {len(wrong)} not proven or other than the reference")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()

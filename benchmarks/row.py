"""Runs one planner on one scenario file, once, in this process: ``python -m benchmarks.row --help``.

`benchmarks.run` calls it in a fresh process for each row, and watches that from outside.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import click

from benchmarks.peers.found import PeerError
from benchmarks.planners import PLANNERS
from classplanner import load, load_timetable
from classplanner.timetable import dump_timetable, write_atomic

__all__ = ["DONE", "main"]

DONE = "planned"
"""Printed when the planner has returned, before its plans are judged."""

_PATH = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("planner", type=click.Choice(list(PLANNERS)))
@click.argument("scenario", type=_PATH)
@click.option("--seconds", type=float, default=60.0, show_default=True, help="Wall clock.")
@click.option("--seed", default=1, show_default=True)
@click.option("--openings", type=_PATH, help="A timetable that says when and where each class is held.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="What became of it.")
@click.option("--plan", type=click.Path(path_type=Path), help="The cheapest plan.")
def main(
    *,
    planner: str,
    scenario: Path,
    seconds: float,
    seed: int,
    openings: Path | None,
    output: Path,
    plan: Path | None,
) -> None:
    """Plan SCENARIO with PLANNER and write how it went."""
    loaded = load(scenario)
    given = None if openings is None else load_timetable(openings, loaded).cohorts
    document: dict[str, Any] = {"status": "unable"}
    began = time.monotonic()
    try:
        judge = PLANNERS[planner].run(loaded, seconds, seed, given)
    except PeerError as error:
        click.echo(DONE)
        document |= {"took": round(time.monotonic() - began, 2), "error": str(error)}
    else:
        took = time.monotonic() - began
        click.echo(DONE)
        outcome = judge()
        document = {
            "status": outcome.status,
            "took": round(took, 2),
            "costs": outcome.costs,
            "bounds": outcome.bounds,
            "rejected": outcome.rejected,
        }
        if plan is not None and outcome.timetable is not None:
            write_atomic(plan, dump_timetable(outcome.timetable))
    write_atomic(output, json.dumps(document) + "\n")


if __name__ == "__main__":
    main()

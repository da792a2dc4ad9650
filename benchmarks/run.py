"""Runs the benchmark, or any part of it, one row after the other: ``python -m benchmarks.run --help``.

A row is one planner on one instance with one seed, in a process of its own. All planners are given the same
scenario file, the same wall clock and the same referee. Each row is written as soon as it is there.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.openings import keep_openings, openings_file
from benchmarks.planners import PLANNERS
from benchmarks.results import RESULTS, Row, merged, read_rows, write_rows
from benchmarks.row import DONE
from benchmarks.setting import setting
from benchmarks.suite import ROOT, SUITE, Instance, load_suite
from benchmarks.watched import Watched, alone, watched
from classplanner import load

__all__ = ["main", "rows_of", "run_row"]

_GRACE = 60.0  # seconds beyond its time, loading included, until a planner is ended

Task = tuple[Instance, str, int]


def rows_of(instances: Sequence[Instance], planners: Sequence[str], seeds: Sequence[int]) -> Iterator[Task]:
    """List what is to be run: seeds last, so that an early end leaves each instance with all planners.

    Parameters
    ----------
    seeds
        Instead of those of the instances; none for those.
    """
    for instance in instances:
        for position, seed in enumerate(seeds or instance.seeds):
            for planner in planners:
                if position == 0 or PLANNERS[planner].draws:
                    yield instance, planner, seed


def run_row(task: Task, *, seconds: float | None, memory: float, openings: Path | None, keep: bool) -> Row:
    """Measure one row.

    Parameters
    ----------
    task
        Instance, planner and seed.
    seconds
        Wall clock; None for that of the suite.
    memory
        Bytes at which the planner is ended.
    openings
        A timetable file with openings; None for those noted in `benchmarks/openings`.
    keep
        Note the openings of the plan where it is the cheapest so far.
    """
    instance, planner, seed = task
    allowed = instance.seconds if seconds is None else seconds
    with alone(), tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        scenario, output, plan = (folder / name for name in ("scenario.json", "row.json", "plan.json"))
        instance.write(scenario)
        command = [sys.executable, "-m", "benchmarks.row", planner, str(scenario), "-o", str(output)]
        command += ["--seconds", str(allowed), "--seed", str(seed), "--plan", str(plan)]
        if PLANNERS[planner].needs_openings:
            command += ["--openings", str((openings or openings_file(instance)).resolve())]
        about = setting()
        patience = allowed * 1.1 + _GRACE
        seen = watched(command, word=DONE, seconds=patience, memory=memory, folder=ROOT)
        loaded = load(scenario)
        if keep and plan.exists():
            keep_openings(instance, loaded, plan)
        return Row(
            instance=instance.name,
            planner=planner,
            seed=seed,
            classes=len(loaded.all_cohorts),
            seconds=allowed,
            memory=seen.peak,
            date=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            setting=about,
            **_became(seen, output, allowed),
        )


def _became(seen: Watched, output: Path, allowed: float) -> dict[str, Any]:
    """Say what became of a row, be it that the planner did not live to say it."""
    nothing: dict[str, Any] = {"took": allowed, "costs": [], "bounds": [], "rejected": 0, "error": ""}
    if seen.ended is None and seen.code == 0:
        nothing.update(json.loads(output.read_text("utf-8")))
        return nothing
    return nothing | {"status": seen.ended or "failed", "error": seen.errors}


def _told(row: Row) -> str:
    name = f"{row.instance} {row.planner} {row.seed}"
    cost = f"{row.cost:,.0f} VND, first after {row.first:.1f} s" if row.costs else "no plan"
    memory = f"{row.memory / 1e6:,.0f} MB"
    return f"{name}: {row.status}, {cost}, {row.took:.1f} s, {memory} {row.error}"


@click.command()
@click.option("--suite", type=click.Path(exists=True, path_type=Path), default=SUITE, help="Another suite.")
@click.option("--instance", "instances", multiple=True, help="Only this one; may be repeated.")
@click.option(
    "--planner", "planners", multiple=True, type=click.Choice(list(PLANNERS)), help="Only this one."
)
@click.option("--seed", "seeds", multiple=True, type=int, help="Only this one, be it in the suite or not.")
@click.option("--seconds", type=float, help="Another wall clock; it is noted in the row.")
@click.option("--openings", type=click.Path(exists=True, path_type=Path), help="Other openings: a timetable.")
@click.option("--keep-openings", is_flag=True, help="Note the openings of plans cheaper than all before.")
@click.option("--missing", is_flag=True, help="Only rows that the output does not have yet.")
@click.option("--list", "listed", is_flag=True, help="Only tell which rows would be run.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="By default results/DATE.json.")
def main(
    *,
    suite: Path,
    instances: tuple[str, ...],
    planners: tuple[str, ...],
    seeds: tuple[int, ...],
    seconds: float | None,
    openings: Path | None,
    keep_openings: bool,
    missing: bool,
    listed: bool,
    output: Path | None,
) -> None:
    """Measure rows of the benchmark, all by default, one after the other."""
    loaded = load_suite(suite)
    unknown = sorted(set(instances) - set(loaded.instances))
    if unknown:
        raise click.UsageError(f"no instance {', '.join(unknown)}; there are {', '.join(loaded.instances)}")
    chosen = [loaded.instances[name] for name in instances or loaded.instances]
    output = output or RESULTS / f"{dt.datetime.now(dt.UTC).date().isoformat()}.json"
    there = {row.key for row in read_rows(output)} if missing else set()
    for task in rows_of(chosen, planners or list(PLANNERS), seeds):
        instance, planner, seed = task
        if (instance.name, planner, seed) in there:
            continue
        if listed:
            click.echo(f"{instance.name} {planner} {seed}")
            continue
        row = run_row(
            task, seconds=seconds, memory=1e9 * loaded.memory_gb, openings=openings, keep=keep_openings
        )
        write_rows(output, merged([*read_rows(output), row]))
        click.echo(_told(row))


if __name__ == "__main__":
    main()

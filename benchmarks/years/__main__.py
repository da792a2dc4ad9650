"""Writes a drawn year as a JSON file: ``python -m benchmarks.years --classes 33 --seed 1 -o year.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Unpack

import click

from benchmarks.years import SHORTAGES, TIGHTNESS, Shortage, Sizes, impossible, planted
from classplanner.timetable import dump_timetable, write_atomic


@click.command()
@click.option("--seed", default=1, show_default=True, help="Decides all that the rest leaves open.")
@click.option("--classes", default=33, show_default=True, help="How many, over all years and provinces.")
@click.option("--years", default=1, show_default=True, help="Calendar years, from 2018.")
@click.option("--provinces", default=1, show_default=True, help="Each with its own halls and lecturers.")
@click.option("--tightness", type=click.Choice(list(TIGHTNESS)), default="loose", show_default=True)
@click.option("--days", default=32, show_default=True, help="Class days of the programme.")
@click.option("--halls", type=int, help="Of a province; by default a tenth more than needed.")
@click.option("--lecturers", type=int, help="Of a province, to begin with; by default by the tightness.")
@click.option("--precedences", default=10, show_default=True, help="Pairs of modules that have an order.")
@click.option("--shortage", type=click.Choice(SHORTAGES), help="Make a year without a plan.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The scenario, JSON.")
@click.option("--plan", type=click.Path(path_type=Path), help="The hidden plan, a timetable.")
def main(
    seed: int, output: Path, plan: Path | None, shortage: Shortage | None, **sizes: Unpack[Sizes]
) -> None:
    """Draw a year around a hidden plan, and write it."""
    try:
        if shortage is not None and plan is not None:
            raise click.UsageError("a year with a shortage has no plan")
        timetable = None
        if shortage is None:
            scenario, timetable = planted(seed, **sizes)
        else:
            scenario = impossible(seed, shortage, **sizes)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    document = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    write_atomic(output, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    if plan is not None and timetable is not None:
        write_atomic(plan, dump_timetable(timetable))


if __name__ == "__main__":
    main()

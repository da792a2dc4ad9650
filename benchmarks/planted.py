"""Whether years that have a plan, drawn of all sizes and however tight, are ever called impossible.

    python -m benchmarks.planted --number 200 --seconds 10

Each year is planned for so long, with one worker; the rows are written to ``results/planted-DATE.json``. A
year without a plan in that time is `unknown`, never `infeasible`, and no plan costs less than is proven.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import click

from benchmarks.results import RESULTS, write_tables
from benchmarks.setting import setting
from benchmarks.years import TIGHTNESS, planted
from classplanner import check, plan

__all__ = ["drawn", "tried"]

_DATE = dt.datetime.now(dt.UTC).date().isoformat()
# Decided exactly; by prices first and exactly then; by prices and neighbourhoods.
_CLASSES = ((1, 4), (5, 12), (13, 33))


def drawn(seed: int) -> dict[str, Any]:
    """Draw the arguments of a year."""
    chance = random.Random(f"planted {seed}")
    return {
        "classes": chance.randint(*chance.choice(_CLASSES)),
        "tightness": chance.choice(list(TIGHTNESS)),
        "days": chance.choice((8, 12, 20, 32)),
        "precedences": chance.choice((0, 2, 5, 10)),
    }


def tried(seed: int, seconds: float) -> dict[str, Any]:
    """Plan a year that has a plan, and say whether the answer can be true.

    It is if the answer is not that there is no plan, if the checker finds nothing in a plan that was found,
    and if the plan that the year was drawn around costs no less than is proven of all plans.
    """
    sizes, begun = drawn(seed), time.monotonic()
    scenario, hidden = planted(seed, **sizes)
    found = plan(scenario, time_limit=seconds, workers=1)
    known = check(scenario, hidden)
    sound = found.status != "infeasible" and found.bound <= known.terms.total
    if found.timetable is not None:
        verdict = check(scenario, found.timetable)
        sound &= verdict.ok and found.bound <= verdict.terms.total
    return {
        "seed": seed,
        **sizes,
        "status": found.status,
        "sound": known.ok and sound,
        "gap": found.gap,
        "seconds": round(time.monotonic() - begun, 1),
    }


@click.command(help=__doc__)
@click.option("--number", default=200, show_default=True, help="How many years.")
@click.option("--first", default=1, show_default=True, help="Seed of the first.")
@click.option("--seconds", default=10.0, show_default=True, help="For each.")
@click.option("--workers", default=2, show_default=True, help="Years at a time.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=RESULTS / f"planted-{_DATE}.json",
    show_default=True,
    help="The file of results.",
)
def main(*, number: int, first: int, seconds: float, workers: int, output: Path) -> None:
    """Try years that have a plan, and tell of those whose answer cannot be true."""
    rows = []
    with ProcessPoolExecutor(workers) as pool:
        for row in pool.map(partial(tried, seconds=seconds), range(first, first + number)):
            rows.append(row)
            click.echo(json.dumps(row))
    write_tables(output, [{**row, "setting": setting()} for row in rows])
    bad = [row["seed"] for row in rows if not row["sound"]]
    planned = sum(row["status"] in ("optimal", "feasible") for row in rows)
    click.echo(
        f"{number} years, {planned} planned, {number - planned} unknown, false answers: {bad or 'none'}"
    )
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()

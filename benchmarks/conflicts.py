"""Explains drawn years with planted conflicts, repairs them, and compares with what was planted.

    python -m benchmarks.conflicts --number 100 --lecturers 18 --repair
    python -m benchmarks.conflicts --number 3 --classes 33 --days 32

Each year is written to a file of results as soon as it is done: ``results/conflicts-DATE.json``.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from benchmarks.planning import can_be_planned
from benchmarks.results import RESULTS, write_tables
from benchmarks.setting import setting
from benchmarks.years.conflicts import Planted, conflicting
from classplanner import explain
from classplanner.deltas import apply
from classplanner.explaining import Condition, Conditions, Conflict, Oracle, find_repairs
from classplanner.explaining.changes import without
from classplanner.explaining.plannable import plannable
from classplanner.explaining.remedies import Remedy, remedies
from classplanner.scenario import Scenario
from classplanner.solve import Control

__all__ = ["cheaper", "explained", "repaired"]

# So many changes at once are tried by brute force.
_TOGETHER = 3
_DATE = dt.datetime.now(dt.UTC).date().isoformat()


def cheaper(year: Planted, price: int) -> bool:
    """Whether less than a price resolves the planted conflicts, by trying all sets of changes of their facts.

    Whatever resolves a conflict does so by changes of its own facts. What is left of these is tried alone
    first; a limit that is eased may then run into others, so the whole year is asked where that has a plan.
    """
    conditions = Conditions(year.scenario)
    planted_facts = frozenset().union(*year.conflicts)
    facts = [one for one in conditions.all if one.instance in planted_facts or one.is_class]
    options = _options(conditions, facts, price)
    for number in range(1, _TOGETHER + 1):
        for some in itertools.combinations(options, number):
            if sum(one.price for one in some) >= price or len({one.place for one in some}) < number:
                continue
            cured = frozenset[Condition]().union(*(one.cures for one in some))
            left = without(conditions, cured)
            alone = left & _parts(conditions, facts)
            if all(_may_have_a_plan(conditions.keeping(some)) for some in (alone, left)):
                return True
    return False


def _may_have_a_plan(scenario: Scenario) -> bool:
    return bool(scenario.cohorts) and plannable(scenario, Control(60)).plannable is not False


def _options(conditions: Conditions, facts: Iterable[Condition], price: int) -> list[Remedy]:
    """List the changes of some facts that cost less than a price."""
    found = {
        (one.statement, one.cures): one
        for fact in facts
        for part in conditions.steps(fact)
        for one in remedies(conditions, part)
        if one.price < price
    }
    return list(found.values())


def _parts(conditions: Conditions, facts: Iterable[Condition]) -> frozenset[Condition]:
    """Return facts, whole and in their steps."""
    return frozenset(part for fact in facts for part in (fact, *conditions.steps(fact)))


def explained(year: Planted, seconds: float) -> dict[str, Any]:
    """Explain a year; say whether only planted conflicts were found, all of them, each proved minimal."""
    begun = time.perf_counter()
    found = explain(year.scenario, time_limit=seconds)
    taken = time.perf_counter() - begun
    cores = [
        frozenset(one.instance for one in conflict.members if not one.is_class)
        for conflict in found.conflicts
    ]
    return {
        "facts": found.facts,
        "sizes": [len(core) for core in cores],
        "as_planted": set(cores) == set(year.conflicts),
        "minimal": all(conflict.minimal for conflict in found.conflicts),
        "resolved": all(_is_minimal(year.scenario, conflict) for conflict in found.conflicts),
        "false_alarm": _false_alarm(year, seconds),
        "explain_seconds": round(taken, 1),
    }


def _is_minimal(scenario: Scenario, conflict: Conflict) -> bool:
    """Whether the planner finds a plan without any one member of a conflict."""
    conditions, members = Conditions(scenario), conflict.members
    return all(
        can_be_planned(conditions.keeping([other for other in members if other != one])) for one in members
    )


def _false_alarm(year: Planted, seconds: float) -> bool:
    """Whether a conflict is reported where one fact of each planted conflict is taken away."""
    conditions = Conditions(year.scenario)
    dropped = {min(one, key=str) for one in year.conflicts}
    left = conditions.keeping([one for one in conditions.all if one.instance not in dropped])
    return explain(left, time_limit=seconds).status == "impossible"


def repaired(year: Planted, seconds: float) -> dict[str, Any]:
    """Repair a year; say whether the first way out is the cheapest, and whether all lead to plans."""
    begun = time.perf_counter()
    found = find_repairs(Oracle(Conditions(year.scenario), control=Control(seconds)), 3)
    taken = time.perf_counter() - begun
    first = found.repairs[0] if found.repairs else None
    return {
        "prices": [one.price for one in found.repairs],
        "proven": all(one.cheapest for one in found.repairs),
        "no_others": found.complete,
        "cheapest": first is not None and first.cheapest and not cheaper(year, first.price),
        "planned": all(can_be_planned(apply(year.scenario, one.delta)) for one in found.repairs),
        "repair_seconds": round(taken, 1),
    }


def _good(row: dict[str, Any]) -> bool:
    ways = row.get("cheapest", True) and row.get("planned", True)
    enough = "prices" not in row or len(row["prices"]) >= 3 or row["no_others"]
    proven = all(row[name] for name in ("as_planted", "minimal", "resolved"))
    return bool(proven and not row["false_alarm"] and ways and enough)


@click.command()
@click.option("--number", default=100, show_default=True, help="How many years.")
@click.option("--first", default=1, show_default=True, help="The seed of the first.")
@click.option("--classes", default=3, show_default=True)
@click.option("--days", default=10, show_default=True, help="Class days of each.")
@click.option("--lecturers", type=int, help="How many; by default as many as the classes need.")
@click.option("--conflicts", default=1, show_default=True, help="How many conflicts a year.")
@click.option("--time-limit", default=120.0, show_default=True, help="Seconds a question.")
@click.option(
    "--repair", is_flag=True, help="Repair them, too, and look for a cheaper way out by brute force."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=RESULTS / f"conflicts-{_DATE}.json",
    show_default=True,
    help="The file of results; the same year, measured again, is replaced.",
)
def main(
    *, number: int, first: int, time_limit: float, repair: bool, output: Path, **drawn: int | None
) -> None:
    """Find planted conflicts and the cheapest ways out, one year after another."""
    sizes = {key: value for key, value in drawn.items() if key != "conflicts"}
    rows = json.loads(output.read_text("utf-8"))["rows"] if output.exists() else []
    bad = 0
    for seed in range(first, first + number):
        year = conflicting(seed, number=drawn["conflicts"], **sizes)  # type: ignore[arg-type]
        key = {"seed": seed, **drawn}
        row = {**key, "kinds": year.kinds, "planted": [len(one) for one in year.conflicts]}
        row |= explained(year, time_limit) | (repaired(year, time_limit) if repair else {})
        click.echo(row)
        bad += not _good(row)
        rows = [one for one in rows if {name: one[name] for name in key} != key]
        rows.append(
            {**row, "date": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "setting": setting()}
        )
        write_tables(output, rows)
    click.echo(f"{number} years, {bad} not as they should be")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()

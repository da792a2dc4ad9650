"""Makes a Markdown table and pictures of results: ``python -m benchmarks.report --help``."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import click

from benchmarks.charts import gaps_over_time, growth
from benchmarks.figures import Case, cases
from benchmarks.planners import OURS
from benchmarks.results import RESULTS, Row, merged, read_rows

__all__ = ["main", "report"]

_ABOUT = """# Benchmark

Every planner is given the same scenario file and the same wall clock, one row at a time; plans count if the
checker finds no breach in them. Costs are medians over seeds, in million VND; a gap is (cost - bound) / cost,
the bound being the best that classplanner has proven for the instance. [How to rerun any row](../README.md).
"""


def report(found: Sequence[Case]) -> str:
    """Write the tables."""
    lines = [_ABOUT, *_settings(found), "", "![gap over time](gaps.svg)", ""]
    lines += ["![time and memory over the number of classes](growth.svg)", "", *_duels(found), ""]
    for case in found:
        lines += [*_case(case), ""]
    return "\n".join(lines)


def _settings(found: Sequence[Case]) -> Iterator[str]:
    """Say on what the rows were measured, each different answer once."""
    rows = [row for case in found for own in case.rows.values() for row in own]
    for key in ("processor", "cores", "memory_gb", "python", "ortools", "timefold", "java", "commit"):
        values = {str(row.setting.get(key, "")) for row in rows}
        yield f"- {key.replace('_gb', ', GB')}: {', '.join(sorted(values))}"
    dates = sorted(row.date[:10] for row in rows)
    yield f"- measured: {dates[0]} to {dates[-1]}"


def _duels(found: Sequence[Case]) -> Iterator[str]:
    yield "## Against the best peer"
    yield ""
    yield (
        "| instance | classes | seconds | best peer | its cost | classplanner | difference | "
        "reached the peer's cost after | proven gap |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for case in found:
        duel = case.duel
        if duel is None:
            continue
        gap = median(_proven(row) for row in case.rows[OURS])
        share = "never" if math.isinf(duel.share) else f"{100 * duel.share:.0f} % of its time"
        no_peer = math.isinf(duel.peer_cost)
        yield (
            f"| {case.name} | {case.classes} | {case.seconds:g} | {'-' if no_peer else duel.peer} "
            f"| {_million(duel.peer_cost)} | {_million(duel.cost)} | {_percent(duel.above, sign=True)} "
            f"| {'-' if no_peer else share} | {_percent(gap)} |"
        )


def _proven(row: Row) -> float:
    """Return the gap that a run of classplanner proved itself."""
    return math.inf if not row.costs or not row.bounds else (row.cost - row.bound) / max(1.0, row.cost)


def _case(case: Case) -> Iterator[str]:
    yield f"## {case.name}"
    yield ""
    yield f"{case.classes} classes, {case.seconds:g} s; best proven bound {_million(case.bound)}"
    yield ""
    yield "| planner | with a plan | first plan, s | cost | gap | peak memory, MB | longest, s | remarks |"
    yield "|---|---|---|---|---|---|---|---|"
    for planner, rows in case.rows.items():
        cost = case.cost(planner)
        yield (
            f"| {planner} | {sum(bool(row.costs) for row in rows)} of {len(rows)} "
            f"| {_seconds(median(row.first for row in rows))} "
            f"| {_million(cost)} | {_percent(case.gap(cost))} "
            f"| {median(row.memory for row in rows) / 1e6:,.0f} | {max(row.took for row in rows):.1f} "
            f"| {', '.join(_remarks(rows))} |"
        )


def _remarks(rows: Sequence[Row]) -> Iterator[str]:
    yield from sorted({row.status for row in rows} - {"feasible"})
    rejected = sum(row.rejected for row in rows)
    if rejected:
        yield f"{rejected} plans with breaches"


def _million(cost: float) -> str:
    return "-" if math.isinf(cost) else f"{cost / 1e6:,.2f}"


def _percent(share: float, *, sign: bool = False) -> str:
    if not math.isfinite(share):
        return "-"
    return f"{100 * share:+.2f} %" if sign else f"{100 * share:.2f} %"


def _seconds(value: float) -> str:
    return "-" if math.isinf(value) else f"{value:.1f}"


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=RESULTS)
def main(files: tuple[Path, ...], output: Path) -> None:
    """Report FILES, all dated results by default; of rows that were rerun, the last one counts."""
    paths = files or sorted(RESULTS.glob("[0-9]*.json"))
    rows = merged(sorted((row for path in paths for row in read_rows(path)), key=lambda row: row.date))
    if not rows:
        raise click.UsageError("there are no results yet: run python -m benchmarks.run")
    try:
        found = cases(rows)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    output.mkdir(parents=True, exist_ok=True)
    (output / "benchmark.md").write_text(report(found), "utf-8")
    gaps_over_time(found, output / "gaps.svg")
    growth(found, output / "growth.svg")


if __name__ == "__main__":
    main()

"""Shows that the report reckons medians, gaps and the time to the best peer's cost as it says."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from benchmarks.figures import cases
from benchmarks.planners import OURS
from benchmarks.report import main, report
from benchmarks.results import Row, write_rows
from click.testing import CliRunner

Moments = list[tuple[float, int]]


def _row(planner: str, seed: int, costs: Moments, *, instance: str = "8-loose-1", bound: int = 0) -> Row:
    bounds = [(0.5, bound)] if bound else []
    status = "feasible" if costs else "unknown"
    return Row(instance, planner, seed, 8, 60.0, 60.5, status, costs, bounds, 0, 2 * 10**8, "2026-01-01")


def _rows() -> list[Row]:
    """Make up rows: the medians of the final costs are 100, 110 and 120 million VND."""
    ours = [
        _row(OURS, seed, [(1.0, 130_000_000), (6.0 * seed, 110_000_000), (50.0, last)], bound=99_000_000)
        for seed, last in enumerate((99_500_000, 100_000_000, 101_000_000), 1)
    ]
    peer = [_row("timefold", seed, [(2.0, last)]) for seed, last in enumerate((105_000_000, 110_000_000), 1)]
    peer.append(_row("timefold", 3, []))
    return [*ours, *peer, _row("greedy", 1, [(0.1, 120_000_000)])]


def test_the_best_peer_is_the_one_with_the_lowest_median() -> None:
    """Of 105, 110 and no plan the median is 110: below greedy's 120."""
    [case] = cases(_rows())
    duel = case.duel
    assert duel is not None
    assert (duel.peer, duel.peer_cost, duel.cost) == ("timefold", 110_000_000, 100_000_000)
    assert duel.above == pytest.approx(-1 / 11)


def test_the_time_to_the_peers_cost_is_a_share_of_its_wall_clock() -> None:
    """110 million were reached after 6, 12 and 18 of 60 seconds: 20 % in the median."""
    [case] = cases(_rows())
    assert case.duel is not None
    assert case.duel.share == pytest.approx(0.2)


def test_gaps_are_to_the_best_bound() -> None:
    [case] = cases(_rows())
    assert case.bound == 99_000_000
    assert case.gap(case.cost("timefold")) == pytest.approx(0.1)


def test_without_a_bound_costs_are_compared_with_the_cheapest_plan() -> None:
    [case] = cases([_row("timefold", 1, [(1.0, 80)]), _row("greedy", 1, [(1.0, 100)])])
    assert case.duel is None
    assert case.gap(case.cost("greedy")) == pytest.approx(0.2)


def test_no_plan_is_worse_than_any() -> None:
    [case] = cases([_row(OURS, 1, [], bound=50), _row("greedy", 1, [(1.0, 100)])])
    assert case.duel is not None
    assert (case.duel.above, case.duel.share) == (math.inf, math.inf)
    [case] = cases([_row(OURS, 1, [], bound=50), _row("greedy", 1, [])])
    assert case.duel is not None
    assert math.isnan(case.duel.above)


def test_rows_of_different_wall_clocks_are_not_compared() -> None:
    row = _row(OURS, 1, [])
    other = Row(**{**vars(row), "planner": "greedy", "seconds": 30.0})
    with pytest.raises(ValueError, match="8-loose-1"):
        cases([row, other])


def test_the_tables_say_it() -> None:
    text = report(cases(_rows()))
    duel = "| 8-loose-1 | 8 | 60 | timefold | 110.00 | 100.00 | -9.09 % | 20 % of its time | 1.00 % |"
    assert duel in text
    assert "| timefold | 2 of 3 | 2.0 | 110.00 | 10.00 % | 200 | 60.5 | unknown |" in text


def test_files_become_a_report_with_pictures(tmp_path: Path) -> None:
    rows = [*_rows(), _row(OURS, 1, [(3.0, 9)], instance="16-tight-1", bound=8)]
    results = tmp_path / "2026-01-01.json"
    write_rows(results, rows)
    outputs = tmp_path / "a", tmp_path / "b"
    for output in outputs:
        result = CliRunner().invoke(main, [str(results), "-o", str(output)], catch_exceptions=False)
        assert result.exit_code == 0
    for name in ("gaps.svg", "growth.svg"):
        pictures = [(output / name).read_text("utf-8") for output in outputs]
        assert pictures[0] == pictures[1]
        assert OURS in pictures[0]
    assert "16-tight-1" in (tmp_path / "a" / "gaps.svg").read_text("utf-8")
    assert "![gap over time](gaps.svg)" in (tmp_path / "a" / "benchmark.md").read_text("utf-8")


def test_no_results_are_no_report(tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    write_rows(empty, [])
    result = CliRunner().invoke(main, [str(empty), "-o", str(tmp_path)])
    assert result.exit_code == 2
    assert "no results" in result.output

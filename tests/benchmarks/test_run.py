"""Shows that the benchmark runs rows as it says: one at a time, watched, judged, ended when too greedy."""

from __future__ import annotations

import fcntl
import json
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from benchmarks.openings import keep_openings
from benchmarks.peers.found import Found
from benchmarks.planners import OURS, PLANNERS, judged
from benchmarks.results import Row, merged, read_rows, write_rows
from benchmarks.run import main, rows_of
from benchmarks.suite import Instance, load_suite
from benchmarks.watched import alone, watched
from click.testing import CliRunner

from classplanner import check, load_timetable
from classplanner.timetable import Timetable
from tests.builders import scenario, timetable

_SCENARIOS = Path(__file__).parents[2] / "scenarios"
_SUITE = f"""
seeds = [1, 2]
memory_gb = 2
[[years]]
classes = 1
draws = [1]
seconds = 5
[[scenarios]]
file = "{(_SCENARIOS / "two-classes.toml").as_posix()}"
seconds = 5
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    path = tmp_path / "suite.toml"
    path.write_text(_SUITE, "utf-8")
    return path


def _run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_half_of_the_drawn_years_are_tight() -> None:
    instances = load_suite().instances
    assert {name.split("-")[0] for name in instances} == {"8", "16", "33", "133", "2000", "hanoi"}
    loose, tight = ([name for name in instances if word in name] for word in ("loose", "tight"))
    assert [name.replace("loose", "tight") for name in loose] == tight


def test_every_planner_runs_with_every_seed_unless_it_draws_nothing(suite: Path) -> None:
    instance = load_suite(suite).instances["two-classes"]
    rows = [(planner, seed) for _, planner, seed in rows_of([instance], list(PLANNERS), ())]
    assert {planner for planner, _ in rows} == set(PLANNERS)
    assert [seed for planner, seed in rows if planner == OURS] == [1, 2]
    assert [seed for planner, seed in rows if planner == "greedy"] == [1]
    assert [seed for *_, seed in rows_of([instance], [OURS], (7,))] == [7]


def test_rows_are_measured_and_judged(suite: Path, tmp_path: Path) -> None:
    output = tmp_path / "results.json"
    arguments = ("--suite", suite, "--instance", "two-classes", "--seed", "1", "-o", output)
    told = _run(*arguments, "--planner", OURS, "--planner", "greedy", "--planner", "cpsat-intervals")
    assert len(told.splitlines()) == 3
    ours, greedy, intervals = sorted(read_rows(output), key=lambda row: (row.planner != OURS, -row.cost))
    expected = json.loads((_SCENARIOS / "two-classes.expected.json").read_text("utf-8"))
    assert ours.cost == intervals.cost == ours.bound == expected["total"] <= greedy.cost
    assert ours.status == "optimal"
    assert (ours.classes, ours.seconds, ours.rejected, ours.error) == (2, 5.0, 0, "")
    assert 0 < ours.first <= ours.took < 5
    assert 3e7 < ours.memory < 2e9
    assert {"processor", "cores", "memory_gb", "python", "ortools", "commit"} <= set(ours.setting)
    assert _run(*arguments, "--planner", OURS, "--missing") == ""


def test_a_planner_that_lacks_openings_says_so(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.openings.FOLDER", tmp_path)
    output = tmp_path / "results.json"
    row = ("--suite", suite, "--instance", "two-classes", "--seed", "1", "-o", output, "--planner")
    _run(*row, "highs-openings")
    assert read_rows(output)[0].status == "failed"
    _run(*row, OURS, "--keep-openings")
    _run(*row, "highs-openings")
    by_planner = {one.planner: one for one in read_rows(output)}
    assert by_planner["highs-openings"].cost == by_planner[OURS].cost


def test_an_unknown_instance_is_refused(suite: Path) -> None:
    result = CliRunner().invoke(main, ["--suite", str(suite), "--instance", "one"])
    assert result.exit_code == 2
    assert "1-loose-1, 1-tight-1, two-classes" in result.output


def test_a_plan_with_a_breach_does_not_count() -> None:
    """The second plan is cheaper, as K2 is taught less than its programme."""
    whole = timetable()
    torn = Timetable(cohorts=whole.cohorts, meetings=whole.meetings[:-3])
    outcome = judged(scenario(), [Found(1.0, 1, whole), Found(2.0, 0, torn)])
    assert outcome.costs == ((1.0, check(scenario(), whole).terms.total),)
    assert (outcome.rejected, outcome.timetable) == (1, whole)
    assert judged(scenario(), [Found(2.0, 0, torn)]).status == "unknown"


def test_openings_are_noted_when_they_are_of_a_cheaper_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.openings.FOLDER", tmp_path)
    instance = Instance("one", 1.0, (1,), tmp_path)
    plan = tmp_path / "plan.json"
    plan.write_text(timetable().model_dump_json(), "utf-8")
    assert keep_openings(instance, scenario(), plan)
    assert not keep_openings(instance, scenario(), plan)
    noted = load_timetable(tmp_path / "one.json", scenario())
    assert noted.cohorts == timetable().cohorts
    assert noted.meetings == ()


def test_memory_of_children_counts() -> None:
    child = "import time; held = bytearray(150_000_000); time.sleep(1.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('done')"
    seen = watched([sys.executable, "-c", parent], word="done", seconds=30, memory=1e9)
    assert (seen.ended, seen.code) == (None, 0)
    assert 1.5e8 < seen.peak < 5e8


@pytest.mark.parametrize(("ended", "seconds", "memory"), [("memory", 30.0, 5e7), ("time", 0.5, 1e9)])
def test_who_takes_too_much_is_ended(ended: str, seconds: float, memory: float) -> None:
    greedy = "held = bytearray(100_000_000); import time; time.sleep(60)"
    began = time.monotonic()
    seen = watched([sys.executable, "-c", greedy], word="done", seconds=seconds, memory=memory)
    assert seen.ended == ended
    assert time.monotonic() - began < 30


def test_what_comes_after_the_word_is_not_timed() -> None:
    late = "print('done', flush=True); import time; time.sleep(1.5); print('judged')"
    seen = watched([sys.executable, "-c", late], word="done", seconds=1.2, memory=1e9)
    assert (seen.ended, seen.code) == (None, 0)


def test_a_failure_is_told() -> None:
    seen = watched([sys.executable, "-c", "raise SystemExit('no luck')"], word="done", seconds=9, memory=1e9)
    assert (seen.ended, seen.code, seen.errors) == (None, 1, "no luck")


def test_two_rows_are_never_measured_at_once() -> None:
    entered = threading.Event()

    def other() -> None:
        with alone():
            entered.set()

    with alone():
        thread = threading.Thread(target=other)
        thread.start()
        assert not entered.wait(0.3)
    assert entered.wait(10)
    thread.join()
    with (Path(tempfile.gettempdir()) / "classplanner-benchmarks.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    row = Row(
        "i", OURS, 1, 8, 60.0, 60.1, "feasible", [(1.5, 7)], [(0.1, 3)], 0, 10**8, "2026-01-01", {"a": 1}
    )
    again = Row("i", OURS, 1, 8, 60.0, 59.0, "optimal", [(1.0, 6)], [(0.1, 6)], 0, 10**8, "2026-01-02")
    path = tmp_path / "results.json"
    write_rows(path, merged([row, again]))
    assert read_rows(path) == [again]
    assert read_rows(tmp_path / "none.json") == []
    assert (row.first, row.reached(7), row.reached(6)) == (1.5, 1.5, float("inf"))

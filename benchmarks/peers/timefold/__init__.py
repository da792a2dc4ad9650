"""Timefold Solver, in Java: simulated annealing over hand-made moves, the better of two runs side by side."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.peers.drafts import timetable_of
from benchmarks.peers.found import Found, Openings
from benchmarks.peers.limits import limits_of
from benchmarks.peers.timefold.program import classpath
from benchmarks.peers.timefold.writing import courses_of, problem_text
from classplanner.compile import Problem, compile_scenario
from classplanner.scenario import Scenario

__all__ = ["run"]

_RUNS = 2
_LAST_WORDS = 0.3  # seconds to write the last plan down and to end


def run(
    scenario: Scenario,
    seconds: float,
    seed: int = 1,
    openings: Openings | None = None,
    *,
    mode: str = "NO_ASSERT",
    settings: tuple[str, ...] = (),
) -> list[Found]:
    """Plan with Timefold; see `Peer`.

    Parameters
    ----------
    mode
        Timefold's environment mode; ``FULL_ASSERT`` recomputes the score after each move, for tests.
    settings
        Further options of the Java machine.
    """
    path = classpath()  # compiled once, which is no part of planning
    began = time.time()
    problem = compile_scenario(scenario)
    text = problem_text(problem, limits_of(problem, openings))
    with tempfile.TemporaryDirectory() as scratch:
        given, plans = Path(scratch) / "problem.txt", Path(scratch) / "plans.txt"
        given.write_text(text, "ascii")
        times = (str(round(1000 * moment)) for moment in (began, began + seconds - _LAST_WORDS))
        seeds = (str(_RUNS * seed + index) for index in range(_RUNS))
        command = ["java", "-XX:+UseParallelGC", "-Xmx8g", *settings, "-cp", path, "Main"]
        subprocess.run([*command, str(given), str(plans), *times, mode, *seeds], check=True)
        return [_found(problem, line) for line in plans.read_text("ascii").splitlines()]


def _found(problem: Problem, line: str) -> Found:
    milliseconds, total, *numbers = map(int, line.split())
    return Found(milliseconds / 1000, total, timetable_of(problem, courses_of(problem, numbers)))

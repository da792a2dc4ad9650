"""Ctrl-C in a terminal reaches all processes that plan: the plan is kept, nothing is shown, nobody is left.

So it is at SIGTERM, at the time limit, and at the very start; helpers end with a program that is killed. They
are started in two ways: where temporary files have long paths, there is no fork server.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from benchmarks.years import Sizes, year

from tests.cli.running import ROOT, default_signals, wait_for, write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals of POSIX")

# The command, for which four classes are a large year.
PROGRAM = """
import sys
from classplanner.solve import engine
from classplanner.cli import main
engine.BLOCK_CLASSES = 4
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenario = year(3, **Sizes(classes=6, provinces=3, days=8))
    return write(scenario, tmp_path_factory.mktemp("small") / "small.json")


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a year that is at work for long after the first plan."""
    scenario = year(1, **Sizes(classes=16, provinces=8, days=8))
    return write(scenario, tmp_path_factory.mktemp("larger") / "larger.json")


@contextlib.contextmanager
def planning(
    scenario: Path, output: Path, *, seconds: int = 100, temporary: Path | str = "/tmp"
) -> Iterator[subprocess.Popen[str]]:
    """Plan in a group of processes of its own, as a shell does."""
    words = ["plan", scenario, "-o", output, "--lang", "en", "--time-limit", seconds, "--workers", "2"]
    with default_signals():
        started = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *map(str, words)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
    with started:
        try:
            yield started
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)


@pytest.fixture(params=["fork server", "spawn"])
def temporary(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a place of temporary files, so that processes are started in one way or the other."""
    if request.param == "fork server":
        return Path("/tmp")
    place = tmp_path / ("long" * 20)
    place.mkdir()
    return place


def helpers_of(started: subprocess.Popen[str], number: int = 1) -> list[psutil.Process]:
    """Wait until there are so many helpers; return all."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        helpers = psutil.Process(started.pid).children(recursive=True)
        if len(helpers) >= number:
            return helpers
        time.sleep(0.002)
    raise AssertionError("there are no helpers")


def gone(processes: list[psutil.Process]) -> bool:
    """Whether processes end soon."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("ended", ["Ctrl-C", "SIGTERM"])
def test_signals_keep_the_plan_and_leave_nobody_behind(larger: Path, tmp_path: Path, ended: str) -> None:
    with planning(larger, tmp_path / "out") as started:
        wait_for(started.stderr, "best")
        helpers = helpers_of(started)
        if ended == "Ctrl-C":
            os.killpg(started.pid, signal.SIGINT)
        else:
            started.terminate()
        _, said = started.communicate(timeout=60)
        assert started.returncode == 0
        assert (tmp_path / "out" / "timetable.json").exists()
        assert "Traceback" not in said
        assert gone(helpers)


def test_the_time_limit_leaves_nobody_behind(larger: Path, tmp_path: Path) -> None:
    with planning(larger, tmp_path / "out", seconds=2) as started:
        helpers = helpers_of(started, 2)
        _, said = started.communicate(timeout=60)
        assert "none below" in said or "balancing" in said
        assert "Traceback" not in said
        assert gone(helpers)


def test_ctrl_c_at_the_very_start(small: Path, tmp_path: Path, temporary: Path) -> None:
    with planning(small, tmp_path / "out", temporary=temporary) as started:
        helpers = helpers_of(started, 2)  # one of them does not plan, but keeps account of what is shared
        time.sleep(0.05)
        os.killpg(started.pid, signal.SIGINT)
        _, said = started.communicate(timeout=60)
        assert "Traceback" not in said
        assert "Nothing was written" in said
        assert gone(helpers)


def test_helpers_end_with_a_program_that_is_killed(small: Path, tmp_path: Path, temporary: Path) -> None:
    with planning(small, tmp_path / "out", temporary=temporary) as started:
        wait_for(started.stderr, "none below")
        helpers = helpers_of(started)
        started.kill()
        assert gone(helpers)

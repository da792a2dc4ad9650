"""Ctrl-C in a terminal reaches all processes that plan: the plan is kept, nothing is shown, nobody is left.

So does the end of the program itself, however it comes.
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


@contextlib.contextmanager
def planning(scenario: Path, output: Path) -> Iterator[subprocess.Popen[str]]:
    """Plan in a group of processes of its own, as a shell does."""
    words = ["plan", scenario, "-o", output, "--lang", "en", "--time-limit", "100", "--workers", "2"]
    with default_signals():
        started = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *map(str, words)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": "/tmp"},
        )
    with started:
        try:
            yield started
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)


def gone(processes: list[psutil.Process]) -> bool:
    """Whether processes end soon."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes):
            return True
        time.sleep(0.05)
    return False


def test_ctrl_c_keeps_the_plan_and_leaves_nobody_behind(small: Path, tmp_path: Path) -> None:
    with planning(small, tmp_path / "out") as started:
        wait_for(started.stderr, "best")
        helpers = psutil.Process(started.pid).children(recursive=True)
        assert helpers
        os.killpg(started.pid, signal.SIGINT)
        _, said = started.communicate(timeout=60)
        assert started.returncode == 0
        assert (tmp_path / "out" / "timetable.json").exists()
        assert "Traceback" not in said
        assert gone(helpers)


def test_helpers_end_with_a_program_that_is_killed(small: Path, tmp_path: Path) -> None:
    with planning(small, tmp_path / "out") as started:
        wait_for(started.stderr, "none below")
        helpers = psutil.Process(started.pid).children(recursive=True)
        assert helpers
        started.kill()
        assert gone(helpers)

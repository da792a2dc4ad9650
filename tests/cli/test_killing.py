"""Shows that a run that is killed at whatever moment leaves whole files or none, and no trace but these."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from classplanner import check, load, load_timetable

_RUNS = 20
_BLIND = 12

# Forks runs of the command line, so that they need not load everything anew, and kills each at another
# moment: the first ones at any moment of a run, the others as soon as something appears in the folder.
_SCRIPT = f"""
import os, random, signal, sys, time
from pathlib import Path
from classplanner.cli import main

def start(folder):
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        main(["plan", sys.argv[1], "-o", folder])
    return child

since = time.monotonic()
assert os.waitpid(start("whole"), 0)[1] == 0
whole = time.monotonic() - since
chance = random.Random(1)
for number in range({_RUNS}):
    folder = Path(str(number))
    if number >= {_BLIND}:
        folder.mkdir()
    child = start(str(number))
    if number < {_BLIND}:
        time.sleep(chance.uniform(0, 1.2) * whole)
    else:
        end = time.monotonic() + 20 * whole + 5
        while not any(os.scandir(folder)) and time.monotonic() < end:
            time.sleep(0.0001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(os.name == "nt", reason="forks")
def test_killing_leaves_whole_files_or_none(small: Path, folder: Path) -> None:
    subprocess.run([sys.executable, "-c", _SCRIPT, str(small)], check=True, timeout=200)
    scenario = load(small)
    finished = []
    for number in ["whole", *range(_RUNS)]:
        data, page = (folder / str(number) / f"timetable.{ending}" for ending in ("json", "html"))
        if data.exists():
            assert check(scenario, load_timetable(data, scenario)).ok
        if page.exists():
            assert page.read_text("utf-8").rstrip().endswith("</html>")
            assert data.exists()
            finished.append(number)
    assert "whole" in finished
    assert len(finished) < _RUNS

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
_LARGEST = (100, 6000)  # less than the data; less than the page

# Forks runs of the command line, so that they need not load everything anew, and kills each at another
# moment: some at any moment of a run, some as soon as something appears in the folder. The last ones are
# killed by the system in the midst of writing, when a file grows too large.
_SCRIPT = f"""
import os, random, resource, signal, sys, time
from pathlib import Path
from classplanner.cli import main

def start(folder, largest=None):
    child = os.fork()
    if not child:
        if largest is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        main(["plan", sys.argv[1], "-o", folder])
    return child

def appeared(folder):
    return any(not entry.name.startswith("tmp") for entry in os.scandir(folder))

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
        while not appeared(folder) and time.monotonic() < end:
            time.sleep(0.0003)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
for largest in {_LARGEST}:
    assert os.WTERMSIG(os.waitpid(start(f"{{largest}} bytes", largest), 0)[1]) == signal.SIGXFSZ
"""


@pytest.mark.skipif(os.name == "nt", reason="forks")
def test_killing_leaves_whole_files_or_none(small: Path, folder: Path) -> None:
    subprocess.run([sys.executable, "-c", _SCRIPT, str(small)], check=True, timeout=200)
    scenario = load(small)
    finished = []
    for number in ["whole", *range(_RUNS), *(f"{largest} bytes" for largest in _LARGEST)]:
        data, page = (folder / str(number) / f"timetable.{ending}" for ending in ("json", "html"))
        if data.exists():
            assert check(scenario, load_timetable(data, scenario)).ok
        if page.exists():
            assert page.read_text("utf-8").rstrip().endswith("</html>")
            assert data.exists()
            finished.append(number)
    assert "whole" in finished
    assert len(finished) < _RUNS
    assert not any((folder / "100 bytes").glob("timetable.*"))
    assert [path.name for path in (folder / "6000 bytes").glob("timetable.*")] == ["timetable.json"]

"""Shows that commands that do not plan start without the solver, which takes longer to load than all else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import classplanner
from classplanner.solve import Progress

_HEAVY = {"numpy", "ortools", "pandas", "scipy"}
_SCRIPT = """
import sys
from classplanner.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert end.code == 0
print(*sys.modules, file=sys.stderr)
"""


def _loaded(*words: object) -> set[str]:
    """Run a command in a process of its own; return what it has loaded of the heavy modules."""
    line = [sys.executable, "-c", _SCRIPT, *map(str, words)]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=120, check=True)
    return _HEAVY & set(done.stderr.split())


def test_only_planning_loads_the_solver(small: Path) -> None:
    assert _loaded("--help") == set()
    assert _loaded("calendar", small) == set()
    assert _loaded("plan", small, "-o", "out") == _HEAVY
    assert _loaded("check", small, "out/timetable.json") == set()


def test_what_comes_with_the_solver_is_there_when_asked_for() -> None:
    assert classplanner.Progress is Progress
    with pytest.raises(AttributeError, match="no attribute 'Progres'"):
        _ = getattr(classplanner, "Progres")  # noqa: B009

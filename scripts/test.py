"""Runs everything that a change must pass: formatting, lint, types, layers, tests.

    python3 scripts/test.py [ARGUMENTS FOR PYTEST]

Needs Python 3.11 or newer with venv and pip, and nothing else: all tools are installed into .venv, which is
made if it is not there. Every step is run, whatever became of the ones before; the exit code is 0 if all
passed, and pytest's own summary is the last line.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")

PIP = ("python", "-m", "pip", "--disable-pip-version-check")
STEPS = {
    "install": (*PIP, "install", "--quiet", "--editable", ".[dev]"),
    "format": ("ruff", "format", "--check"),
    "lint": ("ruff", "check"),
    "types": ("mypy",),
    "layers": ("lint-imports",),
}
# A file a worker: the oracle works out each scenario once, and all of its tests look at it. A worker that a
# test has ended is not replaced: the same test would be run again, and hang again.
TESTS = ("pytest", "-n", "auto", "--dist", "loadfile", "--max-worker-restart", "0")


def main(arguments: Sequence[str]) -> int:
    """Run all steps; return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one gets a word, not a traceback
        return complain(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    make_environment()
    failed = [name for name, command in STEPS.items() if not step(name, command)]
    if "install" in failed:
        return complain("The tools could not be installed; see above.")
    command = (*TESTS, *arguments)
    say(f"=== tests: {' '.join(command)}")
    passed = run_quoting(failed, command) if failed else run(command)
    return 0 if passed and not failed else 1


def make_environment() -> None:
    """Make .venv, or make it anew where it is broken."""
    probe = [str(BIN / "python"), "-m", "pip", "--version"]
    try:
        broken = subprocess.run(probe, capture_output=True, check=False).returncode != 0
    except OSError:
        broken = True
    if broken:
        say(f"=== environment: {VENV.name}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], cwd=ROOT, check=True)


def step(name: str, command: Sequence[str]) -> bool:
    """Run one step and say how it went."""
    say(f"=== {name}: {' '.join(command)}")
    started = time.monotonic()
    passed = run(command)
    say(f"--- {name}: {'passed' if passed else 'FAILED'} after {time.monotonic() - started:.1f} s")
    return passed


def run(command: Sequence[str]) -> bool:
    """Run a tool of the environment; return whether it succeeded."""
    return subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, check=False).returncode == 0


def run_quoting(failed: Sequence[str], command: Sequence[str]) -> bool:
    """Run the tests; name the steps that failed before them, just above the line in which the tests end."""
    last = ""
    with subprocess.Popen(
        [BIN / command[0], *command[1:]], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
    ) as tests:
        assert tests.stdout is not None
        for line in tests.stdout:
            say(last, end="")
            last = line
    say(f"--- failed before the tests: {', '.join(failed)}")
    say(last, end="")
    return tests.returncode == 0


def say(text: str, end: str = "\n") -> None:
    """Print at once, so that the lines of the tools stand in their places."""
    print(text, end=end, flush=True)


def complain(text: str) -> int:
    """Say why nothing more can be done; return the exit code."""
    say(text)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

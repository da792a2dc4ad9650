"""Runs the command line: in this process, where a test looks into it, or in one of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from classplanner.cli import main
from classplanner.scenario import Scenario

__all__ = [
    "ROOT",
    "TWO_CLASSES",
    "Run",
    "default_signals",
    "process",
    "run",
    "spawn",
    "wait_for",
    "write",
]

ROOT = Path(__file__).resolve().parents[2]
TWO_CLASSES = ROOT / "scenarios" / "two-classes.toml"


@dataclass(frozen=True)
class Run:
    """What a command came to."""

    code: int
    out: str = ""
    err: str = ""


def run(capsys: pytest.CaptureFixture[str], *words: object) -> Run:
    """Run a command in this process."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return Run(end.value.code, out, err)


def process(*words: object, environment: Mapping[str, str] | None = None, **streams: Any) -> Run:
    """Run a command in a process of its own; streams that are not given are read."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    done = subprocess.run(
        _line(words), env=_environment(environment), timeout=120, encoding="utf-8", check=False, **streams
    )
    return Run(done.returncode, done.stdout or "", done.stderr or "")


@contextmanager
def spawn(
    *words: object, environment: Mapping[str, str] | None = None, **options: Any
) -> Iterator[subprocess.Popen[str]]:
    """Start a command in a process of its own, which does not outlive the test."""
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE} | options
    with default_signals():
        started = subprocess.Popen(_line(words), env=_environment(environment), encoding="utf-8", **options)
    with started:
        try:
            yield started
        finally:
            started.kill()


@contextmanager
def default_signals() -> Iterator[None]:
    """Handle signals as a program does that nobody told otherwise.

    Tests may run where some are ignored (below `nohup`, in the background), and a process hands this down.
    """
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {
        number: signal.signal(
            number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        )
        for number in numbers
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_for(stream: IO[str] | None, text: str) -> None:
    """Read lines until one holds the text."""
    assert stream is not None
    read = []
    for line in stream:
        read.append(line)
        if text in line:
            return
    raise AssertionError(f"{text!r} was never said: {read}")


def write(scenario: Scenario, path: Path) -> Path:
    """Write a scenario as JSON."""
    document = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    path.write_text(json.dumps(document), "utf-8")
    return path


def _line(words: tuple[object, ...]) -> list[str]:
    return [sys.executable, "-m", "classplanner", *map(str, words)]


def _environment(changes: Mapping[str, str] | None) -> dict[str, str]:
    return {**os.environ, **(changes or {})}

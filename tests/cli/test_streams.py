"""Shows that no plan is lost, and no exit code wrong, whoever reads the output, or no longer does."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Run, process, run, spawn

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def closed() -> Iterator[int]:
    """Return a pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


def _written(folder: Path) -> list[str]:
    return sorted(entry.name for entry in (folder / "out").iterdir())


_ALL = ["scenario.json", "timetable.html", "timetable.json"]


def test_head_loses_no_file(small: Path, folder: Path) -> None:
    line = f"set -o pipefail; {sys.executable} -m classplanner plan {small} -o out | head -1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("Class K1")
    assert done.stderr.splitlines()[-1] == "Written: out/timetable.html"
    assert "Traceback" not in done.stderr
    assert _written(folder) == _ALL


def test_a_reader_who_has_gone_changes_no_exit_code(small: Path, folder: Path, closed: int) -> None:
    done = process("plan", small, "-o", "out", stdout=closed)
    assert done.code == 0
    assert done.err.splitlines()[-1] == "Written: out/timetable.html"
    (folder / "out" / "timetable.json").write_text('{"cohorts": [], "meetings": []}', "utf-8")
    assert process("check", small, "out/timetable.json", stdout=closed) == Run(1)
    assert process("--help", stdout=closed) == Run(0)


@pytest.mark.parametrize("words", [["schema"], ["calendar", "small.json"], ["--version"]], ids=str)
def test_a_reader_who_has_gone_misses_nothing_else(
    words: list[str], small: Path, closed: int, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with os.fdopen(os.dup(closed), "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert run(capsys, *words) == Run(0)


def test_a_reader_of_messages_who_has_gone_costs_nothing(small: Path, folder: Path, closed: int) -> None:
    done = process("plan", small, "-o", "out", stderr=closed)
    assert done.code == 0
    assert "Lê An" in done.out
    assert _written(folder) == _ALL


@pytest.mark.parametrize("words", [["plan", "none.toml"], ["plan"]], ids=str)
def test_a_reader_of_messages_who_has_gone_changes_no_exit_code(
    words: list[str], closed: int, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with os.fdopen(os.dup(closed), "w") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        assert run(capsys, *words) == Run(2)


def test_both_readers_may_have_gone(small: Path, folder: Path, closed: int) -> None:
    assert process("plan", small, "-o", "out", stdout=closed, stderr=closed).code == 0
    assert _written(folder) == _ALL


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_below_the_output_is_told_after_writing(small: Path, folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("plan", small, "-o", "out", "--lang", "vi", stdout=full)
    assert done.code == 2
    assert done.err.splitlines()[-4:] == [
        "Đã ghi: out/timetable.json",
        "Đã ghi: out/scenario.json",
        "Đã ghi: out/timetable.html",
        "Không ghi được stdout: đĩa đã đầy.",
    ]
    assert _written(folder) == _ALL


def test_characters_that_the_output_lacks_do_no_harm(small: Path, folder: Path, capsys: Capture) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    done = process("plan", small, "-o", "out", "--lang", "vi", environment=ascii_only)
    assert done.code == 0
    assert r"L\xea An" in done.out
    assert done.err.endswith("ghi: out/timetable.html\n")
    words = ["check", small, "out/timetable.json", "--json", "--lang", "vi"]
    narrow = process(*words, environment=ascii_only).out
    assert narrow.isascii()
    assert json.loads(narrow) == json.loads(run(capsys, *words).out)


def _all_of(keyboard: int) -> bytes:
    """Read what is written to a terminal until nobody holds it any more."""
    text = b""
    with contextlib.suppress(OSError):  # that is how Linux says so; others do by an empty answer
        while some := os.read(keyboard, 65536):
            text += some
    return text


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_in_a_terminal_one_line_is_kept_up_to_date(small: Path, folder: Path) -> None:
    import pty  # noqa: PLC0415  # not everywhere

    keyboard, terminal = pty.openpty()
    environment = {"TERM": "xterm", "COLUMNS": "100", "LINES": "30"}
    with spawn("plan", small, "-o", "out", environment=environment, stderr=terminal) as started:
        os.close(terminal)
        shown = _all_of(keyboard).decode()
        assert started.wait() == 0
    os.close(keyboard)
    assert "\x1b[?25l" in shown  # the cursor is hidden,
    assert "\x1b[?25h" in shown  # shown again,
    assert re.search(r"\d s · planning", shown)
    line, _, after = shown.rpartition("\x1b[2K")  # the line erased
    assert "best plan 12,600 VND" in line
    names = ("timetable.json", "scenario.json", "timetable.html")
    assert after.splitlines()[-3:] == [f"Written: out/{name}" for name in names]

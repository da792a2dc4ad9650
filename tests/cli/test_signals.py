"""Shows that a run ended early, by Ctrl-C, a signal or the loss of the terminal, leaves its best plan."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.instances import instance

from classplanner.cli.signals import stop_on_signals
from tests.cli.running import default_signals, run, spawn, wait_for, write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals of POSIX")

Capture = pytest.CaptureFixture[str]

_AT_ONCE = 4
"""Seconds of computing in which a run comes to its end: a second to stop the solver, then check and write."""
_PATIENCE = 100
"""Seconds that a loaded machine may take for that."""


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a scenario that has a plan after some seconds, but no proof for long."""
    return write(instance(1, classes=3, window_days=150), tmp_path_factory.mktemp("three") / "three.json")


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a scenario whose first plan takes long."""
    return write(instance(1, classes=6, window_days=150), tmp_path_factory.mktemp("six") / "six.json")


def _end(started: subprocess.Popen[str], *numbers: int) -> tuple[float, str]:
    """Send signals one after the other; return how long it still computes, and what is said.

    The seconds are those of the processor: how long they take depends on what else the machine does.
    """
    before = _computed(started)
    for number in numbers:
        started.send_signal(number)
        time.sleep(0.02)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    _, said = started.communicate(timeout=_PATIENCE)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    computed = now.ru_utime + now.ru_stime - ended.ru_utime - ended.ru_stime
    return computed - before, said


def _computed(started: subprocess.Popen[str]) -> float:
    """Return the seconds of the processor that a process has taken; 0 where the system does not tell."""
    stat = Path(f"/proc/{started.pid}/stat")
    if not stat.exists():
        return 0
    fields = stat.read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([signal.SIGINT], "en"),
        ([signal.SIGTERM], "vi"),
        ([signal.SIGHUP], "en"),
        ([signal.SIGINT] * 3, "en"),  # somebody in a hurry
    ],
)
def test_the_best_plan_so_far_is_written(
    numbers: list[int], code: str, three: Path, folder: Path, capsys: Capture
) -> None:
    with spawn("plan", three, "-o", "out", "--time-limit", 1000, "--lang", code) as started:
        wait_for(started.stderr, {"en": "best plan", "vi": "phương án tốt nhất"}[code])
        seconds, said = _end(started, *numbers)
        assert started.returncode == 0
    assert seconds < _AT_ONCE
    assert said.splitlines()[-1] == {"en": "Written: ", "vi": "Đã ghi: "}[code] + "out/timetable.html"
    assert "Traceback" not in said
    assert run(capsys, "check", three, "out/timetable.json").code == 0


def test_before_the_first_plan_nothing_is_written(six: Path, folder: Path) -> None:
    with spawn("plan", six, "-o", "out", "--time-limit", 1000) as started:
        wait_for(started.stderr, "balancing lecturers")
        seconds, said = _end(started, signal.SIGINT)
        assert started.returncode == 3
    assert seconds < _AT_ONCE
    assert said.splitlines()[-1].startswith("The search ended with neither a plan nor a proof")
    assert list(folder.iterdir()) == []


def test_a_terminal_that_is_closed_loses_no_plan(three: Path, folder: Path, capsys: Capture) -> None:
    import pty  # noqa: PLC0415  # not everywhere

    keyboard, terminal = pty.openpty()
    streams = {"stdin": terminal, "stdout": terminal, "stderr": terminal, "start_new_session": True}
    with spawn(
        "plan", three, "-o", "out", "--time-limit", 1000, environment={"TERM": "xterm"}, **streams
    ) as started:
        os.close(terminal)
        text = b""
        while b"best plan" not in text:
            text += os.read(keyboard, 65536)
        os.close(keyboard)  # from now on all that is written to the terminal fails,
        started.send_signal(signal.SIGHUP)  # and the system says so
        assert started.wait(_PATIENCE) == 2  # for the timetable could not be shown
    assert run(capsys, "check", three, "out/timetable.json").code == 0


@pytest.mark.parametrize("stage", ["load", "Plan.save"])
def test_a_signal_outside_the_search_ends_the_program_only_where_there_is_nothing_to_lose(
    stage: str, small: Path, folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from classplanner.cli import plan as module  # noqa: PLC0415

    owner, _, name = stage.rpartition(".")
    place = getattr(module, owner) if owner else module
    before: Callable[..., object] = getattr(place, name)

    def interrupted(*arguments: object, **options: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)
        return before(*arguments, **options)

    monkeypatch.setattr(place, name, interrupted)
    with default_signals():
        done = run(capsys, "plan", small, "-o", "out")
    if stage == "load":
        assert (done.code, done.out, done.err) == (130, "", "\nStopped.\n")
        assert not (folder / "out").exists()
    else:
        assert done.code == 0
        assert run(capsys, "check", small, "out/timetable.json").code == 0


def test_signals_are_handled_as_before_afterwards() -> None:
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    with default_signals():
        before = [signal.getsignal(number) for number in numbers]
        with stop_on_signals() as asked:
            assert not asked()
            signal.raise_signal(signal.SIGTERM)
            assert asked()
        assert [signal.getsignal(number) for number in numbers] == before


def test_an_ignored_signal_stays_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stop_on_signals() as asked:
            signal.raise_signal(signal.SIGHUP)
            assert not asked()
    finally:
        signal.signal(signal.SIGHUP, before)

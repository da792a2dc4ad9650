"""Runs a command in processes of its own and measures from outside how much memory they take."""

from __future__ import annotations

import contextlib
import fcntl
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Watched", "alone", "watched"]

_PAUSE = 0.2  # seconds between two measurements


@dataclass(frozen=True)
class Watched:
    """How a command went.

    Attributes
    ----------
    peak
        The most memory that its processes held at once until it printed its word, in bytes: the sum of their
        resident sets, so that what they share counts once for each.
    ended
        Why it was ended; None if it ended by itself.
    code
        Its exit code.
    errors
        The end of what it wrote to stderr.
    """

    peak: int
    ended: str | None
    code: int
    errors: str


def watched(
    command: Sequence[str], *, word: str, seconds: float, memory: float, folder: Path | None = None
) -> Watched:
    """Run a command.

    Parameters
    ----------
    word
        A line on stdout from which on neither time nor memory count.
    folder
        Where it runs; None for here.
    seconds, memory
        It is ended, with all its children, when it has not printed the word by then or takes more bytes.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=folder,
            start_new_session=True,
        )
        stdout = process.stdout
        assert stdout is not None
        said = threading.Event()
        reader = threading.Thread(target=_listen, args=(stdout, word, said))
        reader.start()
        peak, ended = 0, None
        try:
            began = time.monotonic()
            while ended is None and process.poll() is None and not said.wait(_PAUSE):
                peak = max(peak, _resident(process.pid))
                if peak > memory:
                    ended = "memory"
                elif time.monotonic() - began > seconds:
                    ended = "time"
        finally:
            if ended is not None or not said.is_set():
                _end(process.pid)
            process.wait()
            reader.join()
            stdout.close()
        errors.seek(0)
        return Watched(peak, ended, process.returncode, errors.read()[-2000:].strip())


def _listen(stdout: Iterable[str], word: str, said: threading.Event) -> None:
    for line in stdout:
        if line.strip() == word:
            said.set()


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _resident(pid: int) -> int:
    total = 0
    for process in _family(pid):
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            total += process.memory_info().rss
    return total


def _end(pid: int) -> None:
    for process in reversed(_family(pid)):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other row is measured on this machine, and have others wait.

    A file lock, which the system frees whatever becomes of the process.
    """
    with (Path(tempfile.gettempdir()) / "classplanner-benchmarks.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

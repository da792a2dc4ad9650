"""Hands tasks to an executor, and hands them out again where a worker is lost with them."""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any

__all__ = ["Crew", "Processes", "asked_to_end"]

_MOST_LOSSES = 5
"""So many losses in turn, with nothing done between them, and tasks are done in this process instead."""

_MOMENT = 2.0
_LONGEST_PLACE = 60
"""Characters: a socket's path may have about a hundred."""
_IGNORED = ("SIGINT", "SIGTERM", "SIGHUP")


def _start_method() -> str:
    """Choose how processes are started; the fork server's socket lies where temporary files do."""
    fits = len(tempfile.gettempdir()) <= _LONGEST_PLACE
    return "forkserver" if fits and "forkserver" in mp.get_all_start_methods() else "spawn"


class Processes(ProcessPoolExecutor):
    """Processes of this machine, which end with this one, and at once when told to.

    They are not forked from this process, whose threads and locks they would inherit half-way. Ctrl-C reaches
    them as well, as they are in the same group; what to do about it is decided here alone.
    """

    def __init__(self, workers: int) -> None:
        method = _start_method()
        context = mp.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload([__name__, "classplanner.solve.block_tasks"])
        self._end_of_line, self._line = context.Pipe(duplex=False)
        self._ending = context.Event()
        arguments = self._end_of_line, self._ending
        super().__init__(workers, context, initializer=_begin, initargs=arguments)

    def ask_to_end(self) -> None:
        """Let workers know that what they are at should come to an end (`asked_to_end`)."""
        self._ending.set()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Give out a task; a worker that is started for it is deaf to signals from its first moment on."""
        with _deaf():
            return super().submit(function, *arguments, **options)

    def end(self) -> None:
        """End all workers, whatever they are at."""
        self._line.close()
        # Once they are gone, what they shared is cleared away; that takes a moment.
        clearing = threading.Thread(target=self.shutdown, kwargs={"cancel_futures": True}, daemon=True)
        clearing.start()
        clearing.join(_MOMENT)
        if clearing.is_alive():  # one that has not come so far as to look at the line
            for process in list((self._processes or {}).values()):
                process.kill()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Put off signals to this thread; processes that it starts meanwhile put them off, too."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _signals() -> list[signal.Signals]:
    return [getattr(signal, name) for name in _IGNORED if hasattr(signal, name)]


_wish: Event | None = None


def asked_to_end() -> bool:
    """Whether the task that this process is at should come to an end with what it has found."""
    return _wish is not None and _wish.is_set()


def _begin(end_of_line: Connection, ending: Event) -> None:
    """Prepare a worker: signals are not for it, and it ends with the line to the process that started it."""
    global _wish  # noqa: PLW0603 - a worker has one crew, and tasks are functions
    _wish = ending
    for number in _signals():
        signal.signal(number, signal.SIG_IGN)

    def watch() -> None:
        end_of_line.poll(None)  # nothing is ever sent: this returns when the other end is closed
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


@dataclass(frozen=True)
class _Task:
    key: Hashable
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    options: Mapping[str, Any]


class Crew:
    """Workers behind an executor, each at one task at a time.

    Parameters
    ----------
    size
        How many tasks to give out at a time.
    executor
        Who does them; by default processes of this machine, which are started anew when one of them dies.
        An executor that is given is not shut down.
    """

    def __init__(self, size: int, executor: Executor | None = None) -> None:
        self.size = size
        self._given = executor
        self._executor: Executor = executor or Processes(size)
        self._running: dict[Future[Any], tuple[_Task, Executor]] = {}
        self._losses = 0
        self._here = False

    @property
    def idle(self) -> int:
        """How many tasks more can be given out now."""
        return self.size - len(self._running)

    @property
    def busy(self) -> bool:
        """Whether any task is being done."""
        return bool(self._running)

    def start(self, key: Hashable, function: Callable[..., Any], *arguments: Any, **options: Any) -> None:
        """Give out a task; function, arguments, options and result pass between processes."""
        self._submit(_Task(key, function, arguments, options))

    def wait(self, seconds: float) -> list[tuple[Any, Any]]:
        """Wait until a task is done, or so long; return keys and results of what is done.

        An exception that a task raised is raised here. Tasks that are lost are given out again.
        """
        done, _ = wait(self._running, seconds, FIRST_COMPLETED)
        results, lost = [], []
        for future in done:
            task, executor = self._running.pop(future)
            error = _error(future)
            if error is None:
                results.append((task.key, future.result()))
                self._losses = 0
            elif _is_loss(error) and not self._here:
                lost.append(task)
                if executor is self._executor:  # else it has been replaced already
                    self._begin_anew()
            else:
                raise error
        for task in lost:
            self._submit(task)
        return results

    def ask_to_end(self) -> None:
        """Let processes of this machine know that what they are at should come to an end."""
        if isinstance(self._executor, Processes):
            self._executor.ask_to_end()

    def close(self) -> None:
        """Leave off all tasks."""
        for future in self._running:
            future.cancel()
        self._running.clear()
        self._dismiss()

    def _submit(self, task: _Task) -> None:
        while True:
            try:
                future = self._executor.submit(task.function, *task.arguments, **task.options)
            except (BrokenExecutor, RuntimeError, OSError, EOFError):
                # RuntimeError: it was shut down; the last two: who starts its workers is gone.
                self._begin_anew()
            else:
                self._running[future] = (task, self._executor)
                return

    def _begin_anew(self) -> None:
        """Replace a broken executor by a sound one."""
        self._losses += 1
        if self._losses > _MOST_LOSSES:
            self._dismiss()
            self._given, self._executor, self._here = None, ThreadPoolExecutor(self.size), True
        elif self._given is None:
            self._dismiss()
            self._executor = Processes(self.size)

    def _dismiss(self) -> None:
        if isinstance(self._executor, Processes):
            self._executor.end()
        elif self._executor is not self._given:
            self._executor.shutdown(wait=False, cancel_futures=True)


def _error(future: Future[Any]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _is_loss(error: BaseException) -> bool:
    """Whether a task failed because its worker, or the way to it, is gone; not by itself."""
    return isinstance(error, BrokenExecutor | CancelledError | OSError) or type(error).__module__.startswith(
        "distributed"
    )

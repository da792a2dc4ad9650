"""Tasks are done whatever becomes of workers: what killed ones were at is done again by others."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from classplanner.solve.crew import Crew


def double(number: int) -> int:
    return 2 * number


def die_first(mark: Path, number: int) -> int:
    """Kill the worker the first time, as the kernel does when memory runs out."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def fail(number: int) -> int:
    raise ZeroDivisionError(number)


def wait_long() -> None:
    time.sleep(300)


def who() -> int:
    return os.getpid()


def everything(crew: Crew, number: int) -> dict[Any, Any]:
    """Wait until so many tasks are done."""
    results: dict[Any, Any] = {}
    until = time.monotonic() + 60
    while len(results) < number and time.monotonic() < until:
        results.update(crew.wait(0.1))
    return results


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    crew = Crew(2)
    yield crew
    crew.close()


def test_tasks_are_done_by_other_processes(crew: Crew) -> None:
    crew.start("mine", who)
    assert everything(crew, 1)["mine"] != os.getpid()


def test_as_many_tasks_at_a_time_as_there_are_workers(crew: Crew) -> None:
    assert crew.idle == 2
    crew.start("a", double, 3)
    crew.start("b", double, number=4)
    assert crew.idle == 0
    assert everything(crew, 2) == {"a": 6, "b": 8}


def test_what_a_killed_worker_was_at_is_done_again(crew: Crew, tmp_path: Path) -> None:
    crew.start("killed", die_first, tmp_path / "mark", 5)
    crew.start("other", double, 6)
    assert everything(crew, 2) == {"killed": 10, "other": 12}
    assert (tmp_path / "mark").exists()


def test_an_exception_of_a_task_is_raised(crew: Crew) -> None:
    crew.start("bad", fail, 1)
    with pytest.raises(ZeroDivisionError):
        everything(crew, 1)


def test_workers_end_at_once_with_their_crew() -> None:
    crew = Crew(1)
    crew.start("who", who)
    worker = everything(crew, 1)["who"]
    crew.start("long", wait_long)
    started = time.monotonic()
    crew.close()
    while _lives(worker) and time.monotonic() - started < 20:
        time.sleep(0.02)
    assert not _lives(worker)


def _lives(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


class _Hopeless(Executor):
    """Loses every task."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("lost"))
        return future


def test_where_every_worker_dies_tasks_are_done_here() -> None:
    crew = Crew(1, _Hopeless())
    crew.start("who", who)
    assert everything(crew, 1) == {"who": os.getpid()}
    crew.close()


def test_what_fails_by_itself_wherever_it_is_done_is_raised() -> None:
    crew = Crew(1, _Hopeless())
    crew.start("bad", open, "/there/is/no/such/file")
    with pytest.raises(FileNotFoundError):
        everything(crew, 1)
    crew.close()


def test_an_executor_of_the_callers_is_not_shut_down() -> None:
    with ThreadPoolExecutor(1) as executor:
        crew = Crew(1, executor)
        crew.start("thread", threading.get_ident)
        assert everything(crew, 1)["thread"] != threading.get_ident()
        crew.close()
        assert executor.submit(double, 1).result() == 2

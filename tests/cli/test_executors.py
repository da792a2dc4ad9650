"""A large year is planned by a Dask cluster when asked; where that cannot be, it is said what is missing.

The cluster is a real one, of two worker processes on this machine.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.years import Sizes, year

from classplanner.api import plan
from classplanner.check import check
from classplanner.cli import executors
from classplanner.errors import Fault
from classplanner.language import LANGUAGES, Language, LanguageCode
from classplanner.solve import Progress, engine
from tests.cli.running import TWO_CLASSES, run

distributed = pytest.importorskip("distributed")

# What Dask warns of on its way up and down is not for planners, nor about them.
pytestmark = pytest.mark.filterwarnings("ignore")

SMALL = Sizes(classes=6, provinces=3, days=8)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture(autouse=True)
def _small_years_have_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BLOCK_CLASSES", 4)


def test_a_cluster_plans_even_when_a_worker_is_killed(cluster: Any) -> None:
    scenario = year(3, **SMALL)
    told: list[Progress | str] = []

    def look(progress: Progress) -> None:
        told.append(progress)

    def kill() -> None:
        while not any(isinstance(one, Progress) and one.bound for one in told):
            time.sleep(0.01)
        with executors.opened("dask", cluster.scheduler_address) as (executor, _):
            assert executor is not None
            os.kill(executor.submit(os.getpid).result(), signal.SIGKILL)
        told.append("killed")

    def close() -> bool:
        plans = [one for one in told if isinstance(one, Progress) and one.gap is not None]
        return "killed" in told and bool(plans) and (plans[-1].gap or 0) < 0.05

    killer = threading.Thread(target=kill)
    with executors.opened("dask", cluster.scheduler_address) as (executor, workers):
        assert workers == 2
        killer.start()
        result = plan(
            scenario, executor=executor, workers=workers, time_limit=100, on_progress=look, stop=close
        )
        killer.join()
    assert "killed" in told
    assert result.timetable is not None
    assert check(scenario, result.timetable).ok
    assert result.gap is not None
    assert result.gap < 0.05


def test_a_cluster_is_named_on_the_command_line(cluster: Any, capsys: pytest.CaptureFixture[str]) -> None:
    address = cluster.scheduler_address
    done = run(capsys, "plan", TWO_CLASSES, "--executor", "dask", "--scheduler", address, "--quiet")
    assert (done.code, done.err) == (0, "")


def test_a_cluster_plans_variants(cluster: Any, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("what-if", TWO_CLASSES, "--set", "fees percent=20", "--set", "fees percent=-20", "--json")
    here = run(capsys, *words, "--workers", 1)
    done = run(capsys, *words, "--executor", "dask", "--scheduler", cluster.scheduler_address)
    assert (done.code, here.code) == (0, 0)
    there, alone = (json.loads(one.out)["variants"] for one in (done, here))
    assert [one["status"] for one in there] == ["optimal"] * 3
    assert [one["cost"] for one in there] == [one["cost"] for one in alone]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cluster_at_an_address(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: LanguageCode
) -> None:
    monkeypatch.setattr(executors, "_SECONDS_TO_CONNECT", 1)
    address = "tcp://127.0.0.1:9"
    words = ("plan", TWO_CLASSES, "--executor", "dask", "--scheduler", address, "--lang", language)
    done = run(capsys, *words)
    assert done.code == 2
    assert Fault("", "", "no-scheduler", {"address": address}).describe(Language(language)) in done.err
    assert "Traceback" not in done.err


def test_a_cluster_without_workers(capsys: pytest.CaptureFixture[str]) -> None:
    with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as empty:
        address = empty.scheduler_address
        done = run(capsys, "plan", TWO_CLASSES, "--executor", "dask", "--scheduler", address)
    assert done.code == 2
    assert Fault("", "", "no-workers", {"address": address}).describe(Language("en")) in done.err


def test_an_address_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "plan", TWO_CLASSES, "--executor", "dask", "--scheduler", "nonsense://:x")
    assert done.code == 2
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", [("--executor", "dask"), ("--scheduler", "tcp://127.0.0.1:9")])
def test_address_and_cluster_belong_together(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    done = run(capsys, "plan", TWO_CLASSES, *words)
    assert done.code == 2
    assert "The address of a Dask cluster is needed" in done.err


def test_dask_is_not_installed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:9", "-o", tmp_path / "out")
    done = run(capsys, "plan", TWO_CLASSES, *words)
    assert done.code == 2
    assert "Dask is not installed here" in done.err
    assert not (tmp_path / "out").exists()

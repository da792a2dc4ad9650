"""Shows that plans are kept on the way, and that a run goes on from what an earlier one has left."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
from benchmarks.years import year

from classplanner import check, load, load_timetable
from tests.cli.running import process, run, spawn, write

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a year whose plans get better for a while."""
    return write(year(1, classes=6), tmp_path_factory.mktemp("six") / "six.json")


def test_a_run_that_is_killed_leaves_its_best_plan_and_the_next_one_goes_on_from_it(
    six: Path, folder: Path
) -> None:
    kept = folder / "out" / "timetable.json"
    with spawn("plan", six, "-o", "out", "--time-limit", 1000, stderr=subprocess.DEVNULL) as started:
        end = time.monotonic() + 120
        while not kept.exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        started.send_signal(signal.SIGKILL)
        started.wait(30)
    scenario = load(six)
    before = load_timetable(kept, scenario)
    assert check(scenario, before).ok
    assert before.status == "feasible"
    assert before.objective is not None
    assert not (folder / "out" / "timetable.html").exists()

    done = process("plan", six, "--resume", "out", "--time-limit", 3, "--quiet")
    assert done.code == 0
    after = load_timetable(kept, scenario)
    assert check(scenario, after).ok
    assert after.objective is not None
    assert after.objective.total <= before.objective.total
    assert (folder / "out" / "timetable.html").exists()


def test_what_is_gone_on_from_may_stand_elsewhere(small: Path, planned: Path, capsys: Capture) -> None:
    before = (planned / "timetable.json").read_bytes()
    assert run(capsys, "plan", small, "--resume", planned, "-o", "elsewhere").code == 0
    assert (planned / "timetable.json").read_bytes() == before
    assert Path("elsewhere/timetable.json").exists()


def test_a_timetable_that_breaches_a_rule_is_not_gone_on_from(
    small: Path, planned: Path, capsys: Capture
) -> None:
    path = planned / "timetable.json"
    document = json.loads(path.read_text("utf-8"))
    del document["meetings"][0]
    path.write_text(json.dumps(document), "utf-8")
    before = path.read_bytes()
    done = run(capsys, "plan", small, "--resume", planned)
    assert done.code == 2
    assert done.err == (
        f"{path}: A rule does not hold in this timetable, so nothing can be based on it; "
        '"classplanner check" says which.\n'
    )
    assert path.read_bytes() == before


def test_neither_partial_plans_nor_none_are_gone_on_from(small: Path, planned: Path, capsys: Capture) -> None:
    done = run(capsys, "plan", small, "--resume", planned, "--partial")
    assert done.code == 2
    assert "This plan leaves out classes" in done.err
    done = run(capsys, "plan", small, "--resume", "nowhere")
    assert done.code == 2
    assert done.err.startswith("nowhere/timetable.json: ")


def test_a_full_disk_on_the_way_is_told_of_at_the_end_only(
    small: Path, folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from classplanner.api import answer  # noqa: PLC0415
    from classplanner.errors import OutputError  # noqa: PLC0415

    written: list[Path] = []

    def full(path: Path, text: str) -> None:
        written.append(path)
        raise OutputError(str(path), "disk-full")

    monkeypatch.setattr(answer, "write_atomic", full)
    done = run(capsys, "plan", small, "-o", "out")
    assert done.code == 2
    assert len(written) >= 2
    assert "Class K1" in done.out  # shown, as it could not be written anywhere

"""Shows that a plan that cannot be written is not lost, and that one is told as early as possible."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from classplanner import check, load, load_timetable
from tests.cli.running import run

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def _fill_disk(monkeypatch: Patch, *full: Path, but: bytes | None = None) -> None:
    """Let no file below some folders be written to the disk, but for those that begin so."""
    sync = os.fsync

    def fail(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        fits = but is not None and path.read_bytes().startswith(but)
        if not fits and any(path.is_relative_to(folder) for folder in full):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)


def _listed(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("file", "file cannot be written: a part of the path is a file, not a folder."),
        ("file/a/b", "file/a/b cannot be written: a part of the path is a file, not a folder."),
        ("a/" + "x" * 300, f"a/{'x' * 300} cannot be written: File name too long."),
    ],
)
def test_a_place_that_cannot_be_written_to_is_told_before_planning(
    output: str, told: str, small: Path, folder: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    (folder / "file").touch()
    monkeypatch.setattr("classplanner.cli.plan.plan", None)  # to call it would be a bug, exit code 70
    done = run(capsys, "plan", small, "-o", output)
    assert (done.code, done.out, done.err) == (2, "", told + "\n")
    assert _listed(folder) == ["file", "small.json"]


def test_looking_whether_a_place_can_be_written_to_leaves_no_trace(
    small: Path, folder: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    (folder / "there").mkdir()

    def look(*_: object, **__: object) -> None:
        assert _listed(folder) == ["small.json", "there"]
        assert _listed(folder / "there") == []
        raise KeyboardInterrupt

    monkeypatch.setattr("classplanner.cli.plan.plan", look)
    for output in ("there", "there/a/b", "new", "new/a"):
        assert run(capsys, "plan", small, "-o", output).code == 130
    assert _listed(folder) == ["small.json", "there"]


@pytest.mark.skipif(os.name == "nt", reason="looks up open files in /proc")
class TestFullDisk:
    """The disk is full by the time the plan is to be written."""

    def test_the_plan_is_kept_elsewhere_and_shown(
        self, small: Path, folder: Path, tmp_path: Path, capsys: Capture, monkeypatch: Patch
    ) -> None:
        _fill_disk(monkeypatch, folder / "out")
        done = run(capsys, "plan", small, "-o", "out", "--lang", "vi")
        assert done.code == 2
        assert "Lê An" in done.out
        full, kept = done.err.splitlines()[-2:]
        assert full == "Không ghi được out/timetable.json: đĩa đã đầy."
        (elsewhere,) = (tmp_path / "temporary").iterdir()
        files = [elsewhere / name for name in ("scenario.json", "timetable.html", "timetable.json")]
        assert kept == f"Phương án được lưu ở nơi khác: {', '.join(map(str, files))}"
        scenario = load(small)
        assert check(scenario, load_timetable(files[2], scenario)).ok
        assert _listed(folder / "out") == []

    def test_what_fits_stays(
        self, small: Path, folder: Path, tmp_path: Path, capsys: Capture, monkeypatch: Patch
    ) -> None:
        _fill_disk(monkeypatch, folder / "out", but=b"{")
        done = run(capsys, "plan", small, "-o", "out", "--quiet")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("out/timetable.html cannot be written: the disk is full.\n")
        assert run(capsys, "check", small, "out/timetable.json").code == 0
        (elsewhere,) = (tmp_path / "temporary").iterdir()
        assert _listed(elsewhere) == ["scenario.json", "timetable.html", "timetable.json"]

    def test_the_folder_one_is_in_is_the_last_resort(
        self, small: Path, folder: Path, tmp_path: Path, capsys: Capture, monkeypatch: Patch
    ) -> None:
        _fill_disk(monkeypatch, folder / "out", tmp_path / "temporary")
        done = run(capsys, "plan", small, "-o", "out", "--quiet")
        assert (done.code, done.out) == (2, "")
        (elsewhere,) = folder.glob("classplanner-plan-*")
        assert f"The plan was kept here instead: {elsewhere}/scenario.json" in done.err
        assert _listed(tmp_path / "temporary") == []

    def test_where_nothing_can_be_kept_the_plan_is_shown_even_if_asked_to_be_quiet(
        self, small: Path, folder: Path, tmp_path: Path, capsys: Capture, monkeypatch: Patch
    ) -> None:
        _fill_disk(monkeypatch, tmp_path)
        done = run(capsys, "plan", small, "-o", "out", "--quiet")
        assert done.code == 2
        assert "Lê An" in done.out
        assert done.err.splitlines()[-1].startswith("The plan could not be kept elsewhere either")
        assert _listed(tmp_path / "temporary") == []
        assert _listed(folder) == ["out", "small.json"]

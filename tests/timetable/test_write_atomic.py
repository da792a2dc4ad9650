"""Shows that a result is written whole or not at all, and that no trace of a failure is left."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from classplanner.errors import OutputError
from classplanner.language import Language
from classplanner.timetable import write_atomic


def test_a_file_is_written_in_utf8_with_unix_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.json"
    write_atomic(path, "Hà Nội\n")
    assert path.read_bytes() == "Hà Nội\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_file_is_replaced_and_its_permissions_kept(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("a much longer text than the new one")
    path.chmod(0o600)
    write_atomic(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    path, other = tmp_path / "plan.json", tmp_path / "other.json"
    write_atomic(path, "new")
    other.write_text("new")
    assert path.stat().st_mode == other.stat().st_mode


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    path = tmp_path / "2018" / "khóa 2" / "plan.json"
    write_atomic(path, "new")
    assert path.read_text() == "new"


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "plan-3.json", tmp_path / "plan.json"
    target.write_text("old")
    link.symlink_to(target)
    write_atomic(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_very_long_name_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".json")
    write_atomic(path, "new")
    assert path.read_text() == "new"


@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "replace")])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(owner, step, full)
    with pytest.raises(OutputError) as caught:
        write_atomic(path, "new")
    assert str(caught.value) == f"{path} cannot be written: the disk is full."
    assert caught.value.describe(Language("vi")) == f"Không ghi được {path}: đĩa đã đầy."
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_text_that_is_no_unicode_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")
    with pytest.raises(OutputError, match="surrogates not allowed"):
        write_atomic(path, "new \ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match="permission is denied, or another program has the file open"):
        write_atomic(tmp_path / "plan.json", "new")


def test_a_place_that_can_hold_no_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("old")
    for path, reason in [
        (file / "plan.json", "a part of the path is a file, not a folder"),
        (tmp_path, "this is a folder"),
        (tmp_path / "a\0b", "no file can have this name"),
    ]:
        with pytest.raises(OutputError) as caught:
            write_atomic(path, "new")
        assert str(caught.value) == f"{path} cannot be written: {reason}."
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_text() == "old"

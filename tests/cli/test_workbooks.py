"""Shows how a planner gets an empty workbook, and a scenario from one kind of file to another."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from classplanner.scenario import load
from tests.cli.running import TWO_CLASSES, run


def test_a_workbook_goes_in_place_of_a_toml_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, text = tmp_path / "năm.xlsx", tmp_path / "năm.toml"
    assert run(capsys, "convert", TWO_CLASSES, book, "--lang", "vi").err == f"Đã ghi: {book}\n"
    assert run(capsys, "convert", book, text).code == 0
    assert load(text) == load(TWO_CLASSES)
    assert run(capsys, "calendar", book).out == run(capsys, "calendar", TWO_CLASSES).out


def test_faults_of_a_workbook_are_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = tmp_path / "năm.xlsx", tmp_path / "năm.toml"
    run(capsys, "convert", TWO_CLASSES, path, "--lang", "vi")
    book = openpyxl.load_workbook(path)
    book["Giảng viên"]["E2"] = "nhiều"
    book["Lớp"]["D2"] = None
    book.save(path)
    done = run(capsys, "convert", path, target, "--lang", "vi")
    assert done.code == 2
    assert done.err.splitlines() == [
        f'{path}: Giảng viên!E2: Ở đây cần một số nguyên, không phải "nhiều".',
        f'{path}: Lớp!D2: Thiếu "Số học viên".',
    ]
    assert not target.exists()


def test_the_template_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "năm.xlsx"
    assert run(capsys, "template", "-o", path, "--lang", "vi").code == 0
    before = path.read_bytes()
    done = run(capsys, "template", "-o", path, "--lang", "vi")
    assert (done.code, done.err) == (2, f"{path}: Tệp này đã có; hãy chọn tên khác.\n")
    assert path.read_bytes() == before
    done = run(capsys, "template", "-o", tmp_path / "năm.ods")
    assert done.code == 2
    assert "must end in one of: .xlsx, .docx" in done.err

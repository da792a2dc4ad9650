"""Shows how a planner gets an empty workbook, and a scenario from one kind of file to another."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click import Argument
from openpyxl.utils.cell import coordinate_from_string

from classplanner.cli.main import command
from classplanner.language import Language
from classplanner.scenario import load
from tests.cli.running import TWO_CLASSES, run
from tests.scenario.workbook.books import cells, sound_cells, write


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


_COMMANDS: dict[str, tuple[str, ...]] = {
    "plan": (),
    "check": ("t.json",),
    "explain": (),
    "repair": (),
    "why": ("t.json", "--cohort", "K1", "--module", "M"),
    "why-not": ("t.json", "--cohort", "K1", "--module", "M", "--lecturer", "an"),
    "suggest": ("t.json", "--cohort", "K1", "--module", "M"),
    "what-if": ("--set", "fees percent=20"),
    "replan": ("t.json", "--from", "2018-04-02"),
    "stress": ("t.json",),
    "frontier": (),
    "calendar": (),
    "convert": ("x.toml",),
    "export": ("out",),
}


def test_every_command_that_takes_a_scenario_is_tried_below() -> None:
    takers = {
        name
        for name, one in command(Language("en")).commands.items()
        if any(parameter.name == "scenario" and isinstance(parameter, Argument) for parameter in one.params)
    }
    assert takers == set(_COMMANDS)


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_tells_the_faults_of_a_workbook_by_their_cells(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = sound_cells()
    book["Giảng viên"]["E2"] = "nhiều"
    path = write(book, tmp_path / "năm.xlsx")
    done = run(capsys, name, path, *_COMMANDS[name], "--lang", "vi")
    assert (done.code, done.out) == (2, "")
    assert done.err == f'{path}: Giảng viên!E2: Ở đây cần một số nguyên, không phải "nhiều".\n'


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


def test_from_the_empty_workbook_to_what_is_handed_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "năm.xlsx", tmp_path / "kết quả"
    run(capsys, "template", "-o", path, "--lang", "vi")
    book = openpyxl.load_workbook(path)
    for title, page in cells(load(TWO_CLASSES)).items():
        sheet = book[title]
        below = 0 if sheet["A1"].value == "Mục" else 1  # the example stays where there is one
        for name, value in page.items():
            column, row = coordinate_from_string(name)
            if column != "A" and (row > 1 or not below):
                sheet[f"{column}{row + below}"] = value
    book.save(path)
    assert load(path) == load(TWO_CLASSES)
    assert run(capsys, "plan", path, "-o", out, "--quiet", "--lang", "vi").code == 0
    assert run(capsys, "export", out, "--all", "--lang", "vi").code == 0
    assert run(capsys, "check", path, out / "timetable.xlsx", "--lang", "vi").code == 0
    assert {file.name for file in (out / "word").iterdir()} == {"MC-1.docx", "MC-2.docx"}

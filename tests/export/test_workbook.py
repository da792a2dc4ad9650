"""Shows that a timetable comes back the same from Excel, and that an edited one is judged cell by cell."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from classplanner.check import check
from classplanner.errors import InputError
from classplanner.language import LANGUAGES, Language, LanguageCode
from classplanner.scenario import Scenario
from classplanner.timetable import LeftOut, PartialRecord, load_timetable, read_timetable
from tests.builders import scenario as small
from tests.builders import timetable as small_timetable
from tests.cli.running import Run, run, write
from tests.export.samples import NASTY, edited, in_order, renamed, workbook
from tests.report.samples import MAKERS, hanoi, plan, two_classes


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", sorted(MAKERS))
def test_it_is_read_back_as_it_was(name: str, code: LanguageCode, tmp_path: Path) -> None:
    scenario = MAKERS[name]()
    timetable, path = plan(scenario), tmp_path / "x.xlsx"
    path.write_bytes(workbook(scenario, timetable, code))
    back = load_timetable(path, scenario)
    assert in_order(back) == in_order(timetable)
    assert (
        check(scenario, back).breaches
        == check(scenario, timetable.model_copy(update={"partial": None})).breaches
    )


def test_names_that_look_like_formulas_or_are_the_same_come_back(tmp_path: Path) -> None:
    for number, names in enumerate([NASTY, ("Nguyễn Văn A",)]):
        scenario = renamed(two_classes(), names)
        timetable, path = plan(scenario), tmp_path / f"{number}.xlsx"
        path.write_bytes(workbook(scenario, timetable))
        assert in_order(load_timetable(path, scenario)) == in_order(timetable)


def test_no_cell_is_a_formula_but_our_own_sums() -> None:
    scenario = renamed(two_classes())
    book = openpyxl.load_workbook(io.BytesIO(workbook(scenario, plan(scenario))))
    formulas, texts = [], 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas.append(str(cell.value))
                elif isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    texts += 1
                    assert cell.quotePrefix, (sheet.title, cell.coordinate)
    assert texts > 10
    assert all(formula.startswith(("=SUM(", "=D")) for formula in formulas)


def test_the_same_plan_gives_the_same_file() -> None:
    scenario = two_classes()
    assert workbook(scenario, plan(scenario)) == workbook(scenario, plan(scenario))


def test_the_sheets_and_columns_are_those_of_an_office() -> None:
    scenario = two_classes()
    book = openpyxl.load_workbook(io.BytesIO(workbook(scenario, plan(scenario))))
    titles = book.sheetnames
    assert titles[:6] == ["Tổng quan", "Theo tuần", "Số buổi, thù lao", "Chi phí", "Lớp MC-1", "Lớp MC-2"]
    assert [title for title in titles if title.startswith("GV ")]
    assert [title for title in titles if title.startswith("HT ")]
    sheet = book["Lớp MC-1"]
    assert [cell.value for cell in sheet[7]] == [
        "TT",
        "Thứ, ngày",
        "Buổi",
        "Nội dung/Chuyên đề",
        "Giảng viên",
        "Địa điểm",
        "Ghi chú",
    ]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$7:$7"
    assert sheet["B8"].number_format.endswith("dd/mm/yyyy")
    loads = [row[1].value for row in book["Số buổi, thù lao"].iter_rows(min_row=4)]
    assert loads[:2] == ["Giảng viên HVHCQG 1", "Giảng viên HVHCQG 2"]


def test_pages_break_between_days() -> None:
    scenario = hanoi()
    book = openpyxl.load_workbook(io.BytesIO(workbook(scenario, plan(scenario))))
    sheet = book["Lớp K2"]
    breaks = [one.id for one in sheet.row_breaks.brk]
    assert 1 <= len(breaks) <= 3
    assert all(sheet.cell(row + 1, 2).value for row in breaks)  # a date, or why there are no lessons
    assert 50 <= (sheet.page_setup.scale or 0) <= 100
    fitting = sheet.sheet_properties.pageSetUpPr
    assert fitting is None or not fitting.fitToPage  # Excel would not heed the breaks


# --- edited by hand


def _small(tmp_path: Path, changes: dict[str, dict[str, Any]]) -> tuple[Scenario, Path]:
    scenario = small()
    return scenario, edited(workbook(scenario, small_timetable()), tmp_path / "x.xlsx", changes)


def _checked(tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, dict[str, Any]]) -> Run:
    scenario, path = _small(tmp_path, changes)
    return run(capsys, "check", write(scenario, tmp_path / "s.json"), path, "--lang", "vi")


def test_an_unedited_file_has_no_breach(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = _checked(tmp_path, capsys, {})
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Mọi quy tắc đều được giữ.")


@pytest.mark.parametrize(
    ("changes", "rule", "cells"),
    [
        ({"E10": "Lê An"}, None, []),
        ({"E10": "Lê An; Võ Bình"}, "programme-complete", ["Lớp K1!D10"]),
        ({"E10": None}, "programme-complete", ["Lớp K1!D10"]),
        ({"E11": "Lê An"}, "lecturer-qualified", ["Lớp K1!E11"]),
        ({"F10": "Đi thực tế"}, "home-room", ["Lớp K1!F10"]),
        ({"F10": "west/hall"}, "home-room", ["Lớp K1!F10"]),
        ({"B10": dt.date(2018, 4, 14)}, "working-days", ["Lớp K1!B10"]),
        ({"D10": None, "E10": None, "F10": None}, "programme-complete", ["Lớp K1!C4"]),
        ({"D10": "LAW"}, "programme-complete", ["Lớp K1!D8", "Lớp K1!D9", "Lớp K1!D10"]),
        ({"C6": dt.date(2018, 4, 19)}, "consecutive-days", ["Lớp K1!C6"]),
        ({"F5": "Ba Vì"}, None, []),
    ],
)
def test_each_breach_of_an_edited_file_is_told_with_its_cells(
    changes: dict[str, Any],
    rule: str | None,
    cells: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    scenario, path = _small(tmp_path, {"Lớp K1": changes})
    done = run(capsys, "check", write(scenario, tmp_path / "s.json"), path, "--json", "--lang", "vi")
    if not done.out:
        assert done.code == 2
        assert "Lớp K1!F5: Không có phòng" in done.err
        return
    verdict = json.loads(done.out)
    found: dict[str, list[str]] = {breach["rule"]: [] for breach in verdict["breaches"]}
    for breach in verdict["breaches"]:
        found[breach["rule"]] += breach["cells"]
    assert done.code == (1 if rule else 0)
    if rule:
        assert set(cells) <= set(found[rule]), found
    text = run(capsys, "check", tmp_path / "s.json", path, "--lang", "vi").out
    assert all(cell in text for cell in cells)


def test_every_cell_that_cannot_be_understood_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: dict[str, dict[str, Any]] = {
        "Lớp K1": {"E8": "Lê Ann", "D10": "XYZ", "C11": "trưa", "F8": "Văn Phu"},
        "Lớp K2": {"B8": "hôm sau", "C5": "sớm", "C9": None, "D10": None},
    }
    done = _checked(tmp_path, capsys, changes)
    assert done.code == 2
    told = [line.removeprefix(f"{tmp_path / 'x.xlsx'}: ") for line in done.err.splitlines()]
    assert told == [
        'Lớp K1!E8: Không có giảng viên "Lê Ann". Có phải ý bạn là "Lê An"?',
        'Lớp K1!F8: Không có phòng "Văn Phu". Có phải ý bạn là "hall, Văn Phú"?',
        'Lớp K1!D10: Chương trình này không có chuyên đề "XYZ".',
        'Lớp K1!C11: Lịch không có buổi "trưa".',
        'Lớp K2!C5: Ở đây cần một ngày như 16/03/2018, không phải "sớm".',
        'Lớp K2!B8: Ở đây cần một ngày như 16/03/2018, không phải "hôm sau".',
        'Lớp K2!C9: Thiếu "Buổi".',
        'Lớp K2!D10: Thiếu "Nội dung/Chuyên đề".',
    ]


def test_cells_merged_downwards_hold_for_all_their_rows(tmp_path: Path) -> None:
    scenario = small()
    path = _small(tmp_path, {})[1]
    book = openpyxl.load_workbook(path)
    sheet = book["Lớp K1"]
    assert "B8:B9" in {str(area) for area in sheet.merged_cells.ranges}
    for column in "DEFG":  # both sessions of a module, as offices write it
        sheet.merge_cells(f"{column}8:{column}9")
    book.save(path)
    assert in_order(load_timetable(path, scenario)) == in_order(small_timetable())
    sheet["B8"], sheet["E8"] = "hôm sau", "Lê Ann"
    book.save(path)
    with pytest.raises(InputError) as caught:
        load_timetable(path, scenario)
    assert [fault.place for fault in caught.value.faults] == ["Lớp K1!E8", "Lớp K1!B8"]


def test_rows_may_be_moved_and_dates_typed(tmp_path: Path) -> None:
    scenario = small()
    path = edited(
        workbook(scenario, small_timetable()),
        tmp_path / "x.xlsx",
        {"Lớp K1": {"B8": "Thứ Hai, 16/04/2018", "C8": "SÁNG", "E8": "an", "D8": "Luật", "F8": "east/hall"}},
    )
    assert in_order(load_timetable(path, scenario)) == in_order(small_timetable())


def test_a_file_without_classes_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    path = tmp_path / "x.xlsx"
    book.save(path)
    with pytest.raises(InputError) as caught:
        load_timetable(path, small())
    assert caught.value.faults[0].key == "no-class-sheets"
    assert "chỉ đọc được tệp do lệnh" in caught.value.describe(Language("vi"))


def test_what_a_partial_plan_leaves_out_is_read_back(tmp_path: Path) -> None:
    scenario = small()
    partial = PartialRecord(left_out=(LeftOut(cohort="K2", reason="no-place"),))
    timetable = small_timetable(
        cohorts={"K2": None},
        meetings={("K2", module): None for module in ("LAW", "TALK", "VISIT")},
        partial=partial,
    )
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook(scenario, timetable))
    back, _ = read_timetable(path, scenario)
    assert back.partial == PartialRecord(left_out=(LeftOut(cohort="K2"),))
    assert check(scenario, back).ok

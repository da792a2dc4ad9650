"""Shows that whatever is wrong in a workbook is told with its sheet and cell, all at once."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

from classplanner.errors import InputError
from classplanner.language import Language
from classplanner.scenario import load, parse
from classplanner.scenario.workbook import dump_workbook, template
from tests.documents import DELETED, changed
from tests.scenario.workbook.books import Cells, sound_cells, told, write

FAULTS: list[tuple[str, str, Any, str]] = [
    ("Lịch", "B3", "31/02/2018", 'Lịch!B3: Ở đây cần một ngày như 16/03/2018, không phải "31/02/2018".'),
    ("Lịch", "B3", 43175, "Lịch!B3: Ở đây cần một ngày như 16/03/2018, không phải 43175."),
    ("Lịch", "B4", None, 'Lịch!B4: Thiếu "Ngày cuối".'),
    ("Lịch", "B4", dt.date(2017, 1, 1), 'Lịch!B4: "Ngày cuối" đứng trước "Ngày đầu".'),
    ("Lịch", "B6", "T2; T9", 'Lịch!B6: "T9" không thuộc các giá trị: T2, T3, T4, T5, T6, T7, CN.'),
    ("Lịch", "A3", "Ngày dau tien", 'Lịch!A3: Ở đây không có mục "Ngày dau tien".'),
    ("Giảng viên", "B2", None, 'Giảng viên!B2: Thiếu "Mã giảng viên".'),
    (
        "Giảng viên",
        "B3",
        "nguyen-van-a",
        'Giảng viên!B3: "nguyen-van-a" bị ghi hai lần, lần đầu ở: Giảng viên!B2.',
    ),
    ("Giảng viên", "E2", "nhiều", 'Giảng viên!E2: Ở đây cần một số nguyên, không phải "nhiều".'),
    ("Giảng viên", "E2", 1.5, "Giảng viên!E2: Ở đây cần một số nguyên, không phải 1.5."),
    ("Giảng viên", "E2", -1, "Giảng viên!E2: -1 quá nhỏ: ít nhất là 0."),
    (
        "Giảng viên",
        "E2",
        "=1/0",
        (
            "Giảng viên!E2: Công thức này chưa có giá trị; "
            "hãy mở tệp bằng Excel rồi lưu lại, hoặc nhập thẳng giá trị."
        ),
    ),
    ("Giảng viên", "E2", "#REF!", "Giảng viên!E2: Excel báo lỗi ở ô này: #REF!."),
    ("Giảng viên", "D2", dt.date(2018, 3, 1), "Giảng viên!D2: Ở đây cần chữ, không phải 2018-03-01."),
    ("Giảng viên", "E1", "Thu lao mot buoi (dong) ", ""),
    ("Giảng viên", "E1", "Thù lao mỗi buổi", 'Giảng viên!E1: Ở đây không có cột "Thù lao mỗi buổi".'),
    ("Giảng viên", "B1", "Điện thoại", 'Giảng viên: Thiếu cột "Mã giảng viên".'),
    (
        "Lịch bận",
        "B2",
        "nguyen-van-x",
        'Lịch bận!B2: Không có giảng viên "nguyen-van-x". Có phải ý bạn là "nguyen-van-a"?',
    ),
    ("Lịch bận", "C2", "ốm", 'Lịch bận!C2: "ốm" không thuộc các giá trị: Bận, Chỉ dạy.'),
    ("Lịch bận", "C2", None, 'Lịch bận!C2: Thiếu "Loại".'),
    ("Lịch bận", "G3", "tối", 'Lịch bận!G3: Lịch không có buổi "evening".'),
    ("Hội trường", "E2", None, 'Hội trường!E2: Thiếu "Số chỗ".'),
    ("Hội trường", "E2", "chín mươi", 'Hội trường!E2: Ở đây cần một số nguyên, không phải "chín mươi".'),
    ("Chuyên đề", "G2", "nguyen-van-a; ai đó", 'Chuyên đề!G2: Không có giảng viên "ai đó".'),
    (
        "Chuyên đề",
        "B3",
        "cap-xaa",
        'Chuyên đề!B3: Không có chương trình "cap-xaa". Có phải ý bạn là "cap-xa"?',
    ),
    ("Chuyên đề", "L3", "có thể", 'Chuyên đề!L3: "có thể" không thuộc các giá trị: Có, Không.'),
    ("Chỉ tiêu", "G2", "một trăm", 'Chỉ tiêu!G2: Ở đây cần một số nguyên, không phải "một trăm".'),
    ("Chỉ tiêu", "F2", 18, "Chỉ tiêu!F2: Ở đây cần một năm từ 1990 đến 2100, không phải 18."),
    ("Chỉ tiêu", "F2", None, 'Chỉ tiêu!F2: Thiếu "Năm".'),
    ("Chỉ tiêu", "E2", None, 'Chỉ tiêu!E2: Thiếu "Số học viên tối đa một lớp".'),
    ("Lớp", "E2", "16-3-18", 'Lớp!E2: Ở đây cần một ngày như 16/03/2018, không phải "16-3-18".'),
    ("Lớp", "I2", "van-phu", 'Lớp!I2: "van-phu" không phải là phòng; hãy viết địa-điểm/phòng.'),
    ("Đã chốt", "C2", None, "Đã chốt!B2: Thiếu chuyên đề; cần có chuyên đề để chốt: Giảng viên."),
    ("Trọng số", "B4", 10**12, "Trọng số!B4: 1000000000000 quá lớn: nhiều nhất là 1.000.000.000."),
    ("Kinh phí", "C2", "2 tỷ", 'Kinh phí!C2: Ở đây cần một số nguyên, không phải "2 tỷ".'),
    ("Kinh phí", "C2", None, 'Kinh phí!C2: Thiếu "Số tiền (đồng)".'),
]


@pytest.mark.parametrize(("title", "name", "value", "says"), FAULTS)
def test_a_fault_names_its_cell(title: str, name: str, value: Any, says: str, tmp_path: Path) -> None:
    book = sound_cells()
    assert name in book[title] or title in ("Giảng viên", "Lịch bận", "Chuyên đề", "Lớp", "Lịch", "Trọng số")
    book[title][name] = value
    said = told(write(book, tmp_path / "năm.xlsx"))
    assert (says in said) if says else said == []


def test_all_faults_come_at_once_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    book = sound_cells()
    for title, name, value in [
        ("Lịch", "B3", "sớm"),
        ("Giảng viên", "E2", "nhiều"),
        ("Lịch bận", "B3", "ai"),
        ("Hội trường", "B2", "đâu"),
        ("Lớp", "D2", 0),
    ]:
        book[title][name] = value
    places = [line.split(":")[0] for line in told(write(book, tmp_path / "x.xlsx"))]
    assert [place for place in places if place != "Chỉ tiêu!B2"] == [
        "Lịch!B3",
        "Giảng viên!E2",
        "Lịch bận!B3",
        "Hội trường!B2",
        "Lớp!D2",
    ]


def _same(book: Cells, path: Path) -> bool:
    return load(write(book, path)) == load(write(sound_cells(), path.with_name("sound.xlsx")))


def test_what_offices_do_to_tables_is_understood(tmp_path: Path) -> None:
    """Rows above the titles, empty rows, columns of one's own, dates and numbers as texts, other capitals."""
    book = sound_cells()
    lecturers = dict(book["Giảng viên"])
    moved = {
        f"{name[0]}{int(name[1:]) + (4 if name[1:] == '1' else 6)}": value
        for name, value in lecturers.items()
    }
    moved |= {"A1": "DANH SÁCH GIẢNG VIÊN", "E8": "600.000", "L5": "Điện thoại", "L8": "0912 345 678"}
    moved |= {"A11": "VD", "B11": "không-tính", "E11": "không tính"}
    book["GIẢNG VIÊN"] = moved
    del book["Giảng viên"]
    book["Lịch"] |= {
        "B3": "1/3/2018",
        "B4": "2018-12-31",
        "B6": "Thứ Hai, T3; tue; T4; thứ năm; T6",
        "B7": "Sáng; chiều",
    }
    book["Lớp"]["E2"] = dt.datetime(2018, 3, 16)  # noqa: DTZ001 - as Excel has it
    book["Ghi chú của phòng"] = {"A1": "gì cũng được"}
    del book["Lịch"]["B6"], book["Lịch"]["B7"]
    assert _same(book, tmp_path / "office.xlsx")


def test_weekdays_and_sessions_are_read_in_words_of_either_language(tmp_path: Path) -> None:
    book = sound_cells()
    book["Lịch"] |= {"B6": "Thứ Hai, tue\nT4; Chủ Nhật; Fri", "B7": "Sáng; Evening; giữa trưa"}
    book["Lịch bận"]["G3"] = "sáng"
    calendar = load(write(book, tmp_path / "words.xlsx")).calendar
    assert calendar.weekdays == ("mon", "tue", "wed", "sun", "fri")
    assert calendar.sessions == ("morning", "evening", "giữa trưa")


def test_cells_merged_downwards_hold_for_every_row_and_across_are_refused(tmp_path: Path) -> None:
    book = sound_cells()
    del book["Chuyên đề"]["B3"]
    merged = write(book, tmp_path / "down.xlsx", {"Chuyên đề": "B2:B3"})
    assert told(merged) == []
    assert load(merged) == load(write(sound_cells(), tmp_path / "sound.xlsx"))
    across = told(write(sound_cells(), tmp_path / "across.xlsx", {"Chuyên đề": "C2:D2"}))
    assert across == ["Chuyên đề!C2: Ở đây các ô của nhiều cột bị gộp (C2:D2); hãy bỏ gộp."]


def test_formulas_count_by_their_values(tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 - only this writer stores the values of formulas

    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as file:
        for title, page in sound_cells().items():
            sheet = file.add_worksheet(title)
            for name, value in page.items():
                sheet.write(name, value.isoformat() if isinstance(value, dt.date) else value)
            if title == "Giảng viên":
                sheet.write_formula("E2", "=300000*2", None, 600_000)
    assert load(path) == load(write(sound_cells(), tmp_path / "sound.xlsx"))


def test_titles_are_understood_in_english_too(tmp_path: Path) -> None:
    assert load(write(sound_cells("en"), tmp_path / "en.xlsx")) == load(
        write(sound_cells(), tmp_path / "vi.xlsx")
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Tệp này không phải tệp Excel"),
        (b"name = 'x'", "Tệp này không phải tệp Excel"),
        (b"PK\x03\x04 half", "Tệp này không phải tệp Excel"),
    ],
)
def test_other_files_are_refused(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    (said,) = told(path)
    assert said.startswith(says)
    old = tmp_path / "x.xls"
    old.write_bytes(content)
    assert told(old) == ["Chỉ đọc được tệp Excel dạng .xlsx; hãy lưu lại tệp ở dạng này."]


def test_a_workbook_of_other_things_is_told_so(tmp_path: Path) -> None:
    assert told(write({"Sheet1": {"A1": "x"}}, tmp_path / "x.xlsx")) == ['Thiếu trang "Lịch".']


@pytest.mark.parametrize("code", ["vi", "en"])
def test_the_empty_template_says_what_to_fill_in_and_its_examples_do_not_count(
    code: Any, tmp_path: Path
) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template(Language(code)))
    assert told(path) == [
        "Không có gì để lập kế hoạch: chưa điền lớp nào, cũng chưa điền chỉ tiêu nào.",
        f'{"Lịch" if code == "vi" else "Calendar"}!B3: Thiếu "Ngày đầu".',
        f'{"Lịch" if code == "vi" else "Calendar"}!B4: Thiếu "Ngày cuối".',
    ]


def test_a_row_that_contradicts_one_before_is_told(tmp_path: Path) -> None:
    book = sound_cells()
    book["Chỉ tiêu"] |= {"B3": "xa", "D3": "cap-xb", "F3": 2018, "G3": 90}
    book["Ngày nghỉ, làm bù"] |= {"B2": "Làm bù", "C2": dt.date(2018, 3, 3), "D2": dt.date(2018, 3, 4)}
    book["Đã chốt"] |= {"B3": "K2"}
    assert told(write(book, tmp_path / "x.xlsx")) == [
        "Ngày nghỉ, làm bù!D2: Mỗi dòng làm bù chỉ ghi một ngày; hãy ghi mỗi ngày một dòng.",
        'Chỉ tiêu!D3: Ở đây ghi "cap-xb", nhưng dòng đầu của "xa" ghi "cap-xa".',
        'Chỉ tiêu!F3: "2018" bị ghi hai lần, lần đầu ở: Chỉ tiêu!G2.',
        "Đã chốt!B3: Dòng này không chốt gì; hãy điền thêm ít nhất một ô.",
    ]


def test_sheets_and_columns_that_are_there_twice_or_without_rows_are_told(tmp_path: Path) -> None:
    book = sound_cells()
    book["Lecturers"] = {"B1": "Lecturer id"}
    book["Địa điểm"]["D1"] = "Tên địa điểm"
    book["Phần chương trình"] = {"A1": "?"}
    book["Chương trình"]["B3"] = "trống"
    assert told(write(book, tmp_path / "x.xlsx")) == [
        'Trang "Giảng viên" và trang "Lecturers" ghi cùng một loại dữ liệu; chỉ giữ lại một trang.',
        'Địa điểm!C1: Cột "Tên địa điểm" có hai lần.',
        'Chương trình!B3: Trang "Chuyên đề" không có dòng nào cho mục này.',
        "Phần chương trình: Trang này không có dòng tên cột.",
        'Chuyên đề!E2: Chương trình này không có phần "theory".',
    ]


def test_a_list_that_no_cell_can_hold_is_told() -> None:
    lecturers = [{"id": f"{number:05}{'x' * 90}"} for number in range(400)]
    modules = [{"id": "M", "lecturers": [lecturer["id"] for lecturer in lecturers]}]
    scenario = parse(changed({"lecturers": lecturers, "programmes.0.modules": modules, "locks": DELETED}))
    with pytest.raises(InputError) as caught:
        dump_workbook(scenario, Language("vi"))
    (fault,) = caught.value.faults
    assert fault.describe(Language("vi")).startswith('Chuyên đề!G2: "00000xxx')
    assert "quá dài so với một ô của Excel" in fault.describe(Language("vi"))


def test_what_is_missing_to_read_such_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(sound_cells(), tmp_path / "x.xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (said,) = told(path)
    assert said == 'Để dùng loại tệp này cần cài thêm: pip install -e ".[office]"'

"""Shows that the pack holds all there is to hand out, the same for the same plan, and what it rests on."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import icalendar
import openpyxl
import pytest

from classplanner.check import check
from classplanner.errors import InputError
from classplanner.export import Pack, load_waivers, write_pack
from classplanner.export.names import file_names
from classplanner.export.tables import csv_tables, neutralised
from classplanner.export.waivers import waiver_of
from classplanner.language import Language
from classplanner.scenario import load
from classplanner.timetable import dump_timetable, load_timetable
from tests.builders import scenario as small
from tests.builders import timetable as small_timetable
from tests.cli.running import run, write
from tests.export.samples import edition, renamed
from tests.report.samples import plan, two_classes

_WAIVERS = """
[[waivers]]
rule = "lecturer-one-venue"
reason = "không liên quan"
author = "Trần Văn B"

[[waivers]]
rule = "lecturer-qualified"
module = "LAW"
reason = "được cử đi học về"
author = "Nguyễn Thị A, Phó Giám đốc"
date = 2018-04-02
"""


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_whole_pack_is_there_and_the_same_each_time(tmp_path: Path) -> None:
    scenario = two_classes()
    timetable = plan(scenario)
    made, verdict = edition(scenario, timetable), check(scenario, timetable)
    for name in ("a", "b"):
        write_pack(made, verdict, tmp_path / name, Pack(whole=True))
    files = _files(tmp_path / "a")
    assert files == _files(tmp_path / "b")
    folders = {name.split("/")[0] for name in files}
    assert folders == {
        *("timetable.html", "timetable.json", "timetable.xlsx", "scenario.json"),
        *("decision.html", "decision.json", "waivers.xlsx", "word", "calendars", "csv"),
    }
    assert sum(name.startswith("word/") for name in files) == 2
    assert load(tmp_path / "a" / "scenario.json") == scenario
    assert load_timetable(tmp_path / "a" / "timetable.json", scenario) == timetable
    record = json.loads(files["decision.json"])
    assert record["scenario"]["sha256"] == scenario.sha256
    assert record["run"]["seed"] == 1
    assert record["objective"]["bound"] == timetable.objective.bound if timetable.objective else False
    assert set(record["versions"]) == {"classplanner", "python", "ortools", "holidays", "numpy"}
    stated = {name: entry["sha256"] for name, entry in record["files"].items()}
    assert stated == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if not name.startswith("decision")
    }


def _breached(tmp_path: Path) -> tuple[Path, Path]:
    scenario = small(modules={"LAW": {"lecturers": ["binh"]}})
    folder = tmp_path / "out"
    folder.mkdir()
    folder.joinpath("timetable.json").write_text(dump_timetable(small_timetable()), "utf-8")
    return write(scenario, tmp_path / "s.json"), folder


def test_breaches_that_nobody_has_accepted_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, folder = _breached(tmp_path)
    done = run(capsys, "export", scenario, folder, "--all", "--lang", "vi")
    assert done.code == 1
    assert done.err.splitlines()[-2].startswith("Số chỗ trái quy tắc chưa được chấp nhận: 1.")
    record = json.loads(folder.joinpath("decision.json").read_text("utf-8"))
    assert (record["verdict"]["ok"], record["verdict"]["accepted"]) == (False, False)


def test_what_was_accepted_is_told_with_reason_and_author(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, folder = _breached(tmp_path)
    waivers = tmp_path / "w.toml"
    waivers.write_text(_WAIVERS, "utf-8")
    done = run(capsys, "export", scenario, folder, "--all", "--waivers", waivers, "--lang", "vi")
    assert done.code == 0
    record = json.loads(folder.joinpath("decision.json").read_text("utf-8"))
    (breach,) = record["verdict"]["breaches"]
    assert breach["waived"]["author"] == "Nguyễn Thị A, Phó Giám đốc"
    assert record["verdict"]["accepted"]
    assert [waiver["rule"] for waiver in record["unused_waivers"]] == ["lecturer-one-venue"]
    page = folder.joinpath("decision.html").read_text("utf-8")
    assert "được cử đi học về – Nguyễn Thị A, Phó Giám đốc, thứ Hai 02/04/2018" in page
    assert Language("vi").number(record["verdict"]["total"]) in page  # a planner's own plan states no costs


def test_breaches_are_accepted_in_the_workbook_that_lists_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, folder = _breached(tmp_path)
    words = ("export", scenario, folder, "--all", "--lang", "vi")
    assert str(folder / "waivers.xlsx") in run(capsys, *words).err
    book = openpyxl.load_workbook(folder / "waivers.xlsx")
    sheet = book["Chấp nhận"]
    assert [cell.value for cell in sheet[4]][:3] == ["TT", "Quy tắc", "Lớp"]
    assert (sheet["B5"].value, sheet["D5"].value, sheet["I5"].value) == ("lecturer-qualified", "LAW", None)
    sheet["I5"], sheet["J5"], sheet["K5"] = "=được cử đi học về", "Nguyễn Thị A", "02/04/2018"
    sheet["I5"].data_type = "s"
    book.save(folder / "waivers.xlsx")
    for _ in range(2):  # the second time it reads what it has written itself
        assert run(capsys, *words).code == 0
        record = json.loads(folder.joinpath("decision.json").read_text("utf-8"))
        (breach,) = record["verdict"]["breaches"]
        waived = breach["waived"]
        assert (waived["reason"], waived["author"]) == ("=được cử đi học về", "Nguyễn Thị A")
        assert waived["date"] == "2018-04-02"


def test_accepting_one_breach_accepts_no_other_of_the_same_rule(tmp_path: Path) -> None:
    scenario = small()
    saturdays = {("K1", "TALK"): {"sessions": ["14 am"]}, ("K2", "TALK"): {"sessions": ["21 am"]}}
    timetable = small_timetable(meetings=saturdays)
    verdict = check(scenario, timetable)
    first, second = (one for one in verdict.breaches if one.instance.rule == "working-days")
    made = edition(scenario, timetable)
    write_pack(made, verdict, tmp_path, Pack(whole=True))
    path = tmp_path / "waivers.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Chấp nhận"]
    row = next(row for row in range(5, 20) if sheet.cell(row, 2).value == "working-days")
    sheet.cell(row, 9).value, sheet.cell(row, 10).value = "học bù", "Nguyễn Thị A"
    book.save(path)
    waivers = load_waivers(path)
    assert [waiver_of(one, waivers) is not None for one in (first, second)] == [True, False]


def test_faulty_rows_of_the_workbook_are_told_by_their_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, folder = _breached(tmp_path)
    words = ("export", scenario, folder, "--all", "--lang", "vi")
    run(capsys, *words)
    path = folder / "waivers.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Chấp nhận"]
    sheet["B5"], sheet["I5"], sheet["K5"] = "lecturer-qualifid", "đi học về", "hôm qua"
    sheet["J6"] = "=1/0"
    book.save(path)
    done = run(capsys, *words)
    assert done.code == 2
    told = [line.removeprefix(f"{path}: ") for line in done.err.splitlines()]
    assert told[0].startswith('Chấp nhận!B5: "lecturer-qualifid"')
    assert [line.split(":")[0] for line in told] == [f"Chấp nhận!{cell}5" for cell in "BJK"] + [
        "Chấp nhận!B6",
        "Chấp nhận!I6",
        "Chấp nhận!J6",
    ]
    sheet["B4"] = "Quy định"
    book.save(path)
    assert run(capsys, *words).err.startswith(f'{path}: Không có bảng nào với các cột "Quy tắc"')
    assert told[2] == 'Chấp nhận!K5: Ở đây cần một ngày như 16/03/2018, không phải "hôm qua".'
    assert told[1] == 'Chấp nhận!J5: Thiếu "Người chấp nhận".'


def test_faulty_waivers_are_told(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_text('[[waivers]]\nrule = "lecturer-lod"\nreason = ""\n', "utf-8")
    with pytest.raises(InputError) as caught:
        load_waivers(path)
    assert [fault.key for fault in caught.value.faults] == ["not-one-of", "too-few", "missing"]
    assert 'Có phải ý bạn là "lecturer-load"?' in caught.value.describe(Language("vi"))


def test_csv_holds_no_formulas_and_every_session() -> None:
    scenario = renamed(two_classes())
    timetable = plan(scenario)
    tables = csv_tables(edition(scenario, timetable), check(scenario, timetable))
    for content in tables.values():
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in {"=", "+", "-", "@"}]
    sessions = list(csv.DictReader(io.StringIO(tables["sessions.csv"].decode("utf-8-sig"))))
    assert len(sessions) == sum(len(meeting.sessions) for meeting in timetable.meetings)
    lengths = {(meeting.cohorts[0], meeting.module): len(meeting.sessions) for meeting in timetable.meetings}
    for row in sessions:  # numbers, since spreadsheets make a date of 1/2
        assert 1 <= int(row["part"]) <= int(row["parts"]) == lengths[row["class"], row["module"]]


@pytest.mark.parametrize(
    ("text", "safe"), [("=1", "'=1"), (" =1", "' =1"), ("+84", "'+84"), ("a=1", "a=1"), ("-", "'-"), ("", "")]
)
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str, safe: str) -> None:
    assert neutralised(text) == safe


def test_files_are_called_after_the_ids_and_no_two_the_same() -> None:
    names = file_names(
        ["K2", "k2", "Lớp 1", "van-phu/hall", "van-phu-hall", "../../x", "..", "CON", "a" * 300]
    )
    assert (names["K2"], names["Lớp 1"], names["van-phu-hall"]) == ("K2", "Lớp 1", "van-phu-hall")
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert not [name for name in names.values() if "/" in name or name.startswith(".") or len(name) > 70]
    assert names["CON"] != "CON"


def test_calendars_go_on_from_those_beside_the_base(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = write(small(), tmp_path / "s.json")
    moved = small_timetable(meetings={("K2", "TALK"): {"sessions": ["23 am"]}, ("K2", "VISIT"): None})
    for folder, timetable in (("old", small_timetable()), ("new", moved)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "timetable.json").write_text(dump_timetable(timetable), "utf-8")
    run(capsys, "export", scenario, tmp_path / "old", "--ics")
    run(capsys, "export", scenario, tmp_path / "new", "--ics", "--base", tmp_path / "old" / "timetable.json")
    events = icalendar.Calendar.from_ical((tmp_path / "new/calendars/class/K2.ics").read_bytes())
    told = sorted((str(event["status"]), event.decoded("sequence")) for event in events.walk("VEVENT"))
    assert told == [("CANCELLED", 1), ("CONFIRMED", 0), ("CONFIRMED", 0), ("CONFIRMED", 1)]


def test_faulty_input_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, folder = _breached(tmp_path)
    calendar = folder / "calendars" / "class" / "K1.ics"
    calendar.parent.mkdir(parents=True)
    calendar.write_text("?", "utf-8")
    before = _files(folder)
    done = run(capsys, "export", scenario, folder, "--all", "--lang", "vi")
    assert done.code == 2
    assert str(calendar) in done.err
    assert _files(folder) == before


def test_without_a_kind_excel_and_the_page_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, folder = _breached(tmp_path)
    run(capsys, "export", scenario, folder)
    assert set(_files(folder)) == {"timetable.json", "timetable.html", "timetable.xlsx"}
    assert run(capsys, "export", folder).code == 2
    missing = run(capsys, "export", scenario, "--all")
    assert (missing.code, "The folder with the timetable is missing" in missing.err) == (2, True)
    run(capsys, "export", scenario, folder, "--all")
    assert run(capsys, "export", folder, "--all").code == 1
    run(capsys, "export", scenario, folder, "--csv", "--timetable", folder / "timetable.xlsx")
    assert "csv/sessions.csv" in _files(folder)

"""``diff`` shows what changed and whom to tell, as text, as JSON that can be applied, and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from classplanner.diff import Difference, compare, patch
from classplanner.diff import notices as all_notices
from classplanner.language import LANGUAGES, Language, LanguageCode
from classplanner.rules import Names
from classplanner.timetable import Timetable, dump_timetable
from tests.builders import scenario, timetable
from tests.cli.running import run, write
from tests.export.samples import workbook

Capture = pytest.CaptureFixture[str]

_AFTER = timetable(
    {"K2": {"room": "west/hall"}},
    {("K1", "TALK"): {"lecturers": ["an"]}, ("K2", "VISIT"): {"sessions": ["23 am"]}},
)


def _files(folder: Path, second: Timetable = _AFTER) -> tuple[Path, Path]:
    files = folder / "a.json", folder / "b.json"
    for file, plan in zip(files, (timetable(), second), strict=True):
        file.write_text(dump_timetable(plan), "utf-8")
    return files


def test_changes_are_counted_by_kind_and_told_by_class_lecturer_and_hall(
    tmp_path: Path, capsys: Capture
) -> None:
    done = run(capsys, "diff", *_files(tmp_path), "--lang", "en")
    assert (done.code, done.err) == (0, "")
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0] == "Changes: 3"
    assert [line.split() for line in lines[1:4]] == [
        ["another", "day", "1"],
        ["another", "lecturer", "1"],
        ["another", "room", "1"],
    ]
    for title in ("By class", "By lecturer", "By hall"):
        assert title in lines
    assert "To an:" not in done.out
    assert "To an:" in run(capsys, "diff", *_files(tmp_path), "--notices", "--lang", "en").out


def test_the_json_makes_the_second_of_the_first(tmp_path: Path, capsys: Capture) -> None:
    document = json.loads(run(capsys, "diff", *_files(tmp_path), "--json").out)
    assert (document["number"], len(document["notices"])) == (3, 4)
    found = Difference(cohorts=document["cohorts"], meetings=document["meetings"])
    assert found == compare(timetable(), _AFTER)
    assert set(patch(timetable(), found).meetings) == set(_AFTER.meetings)


def test_the_page_holds_every_notice_and_runs_nothing(tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "diff.html"
    done = run(capsys, "diff", *_files(tmp_path), "--html", page, "--lang", "vi")
    assert done.err == f"Đã ghi: {page}\n"
    text = page.read_text("utf-8")
    assert text.count('<article class="card">') == 4
    assert "Kính gửi an: lịch giảng có thay đổi như sau." in text
    assert "<script" not in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_workbook_holds_every_change_and_every_notice(
    tmp_path: Path, capsys: Capture, code: LanguageCode
) -> None:
    book = tmp_path / "changes.xlsx"
    words = ("--scenario", write(scenario(), tmp_path / "year.json"), "--xlsx", book, "--lang", code)
    assert run(capsys, "diff", *_files(tmp_path), *words).code == 0
    changed, people, halls, notices = openpyxl.load_workbook(book).worksheets
    assert [[cell.value for cell in row[:1]] for row in changed.iter_rows(4, 6)] == [["K1"], ["K2"], ["K2"]]
    told = " ".join(str(cell.value) for row in people.iter_rows(4) for cell in row)
    assert all(name in told for name in ("Lê An", "Võ Bình"))
    assert len(list(halls.iter_rows(4))) == 2
    difference, names = compare(timetable(), _AFTER), Names(scenario())
    texts = [notice.text for notice in all_notices(difference, names, Language(code))]
    assert [row[1].value for row in notices.iter_rows(4)] == texts


def test_an_edited_workbook_is_compared_and_tells_what_was_edited(tmp_path: Path, capsys: Capture) -> None:
    before, _ = _files(tmp_path)
    after = tmp_path / "edited.xlsx"
    after.write_bytes(workbook(scenario(), _AFTER))
    done = run(capsys, "diff", before, after, "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert f"{after}: An Excel file calls people, halls and modules by name" in done.err
    words = ("--scenario", write(scenario(), tmp_path / "year.json"), "--json")
    document = json.loads(run(capsys, "diff", before, after, *words).out)
    found = Difference(cohorts=document["cohorts"], meetings=document["meetings"])
    assert found == compare(timetable(), _AFTER)


def test_nothing_changed(tmp_path: Path, capsys: Capture) -> None:
    assert run(capsys, "diff", *_files(tmp_path, timetable()), "--lang", "en").out == "Nothing changes.\n"


def test_a_faulty_file_is_told_and_no_page_written(tmp_path: Path, capsys: Capture) -> None:
    first, second = _files(tmp_path)
    second.write_text('{"cohorts": 7}', "utf-8")
    page = tmp_path / "diff.html"
    done = run(capsys, "diff", first, second, "--html", page, "--lang", "en")
    assert (done.code, done.out, page.exists()) == (2, "", False)
    assert f"{second}: cohorts: A list is expected here, not 7." in done.err
    assert f'{second}: meetings: "meetings" is missing.' in done.err

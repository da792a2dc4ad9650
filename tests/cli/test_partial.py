"""Shows that ``plan --partial`` plans what it can and says what it leaves out, and that ``check`` agrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classplanner.language import LANGUAGES, LanguageCode
from tests import builders
from tests.cli.running import run, write

Capture = pytest.CaptureFixture[str]

_SHOWN = {
    "en": ["50 of 90 trainees are planned; no plan has more.", "Left out", "K2", "Proven optimal"],
    "vi": ["Đã xếp lịch cho 50/90 học viên; không phương án nào", "Chưa xếp lịch", "K2", "chứng minh tối ưu"],
}
_WHY = {
    "en": "The planned classes leave it no hall for 3 working days in a row.",
    "vi": "Các lớp đã xếp không để lại hội trường nào cho lớp này trong 3 ngày làm việc liên tục.",
}


@pytest.fixture
def crowded(folder: Path) -> Path:
    """Return a scenario with two classes, one hall and three days; K1 has more trainees."""
    calendar = {"last_day": "2018-04-11"}
    return write(builders.scenario(calendar=calendar, venues={"west": None}), folder / "crowded.json")


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_left_out_is_shown_written_and_holds_when_checked_again(
    code: LanguageCode, crowded: Path, folder: Path, capsys: Capture
) -> None:
    assert run(capsys, "plan", crowded).code == 1
    done = run(capsys, "plan", crowded, "--partial", "-o", "out", "--lang", code)
    assert done.code == 0
    assert [text for text in (*_SHOWN[code], _WHY[code]) if text not in done.out] == []
    assert _WHY[code] in (folder / "out" / "timetable.html").read_text("utf-8")
    document = json.loads((folder / "out" / "timetable.json").read_text("utf-8"))
    assert document["status"] == "optimal"
    assert document["partial"] == {
        "trainees": 50,
        "most": 50,
        "left_out": [{"cohort": "K2", "reason": "halls-taken", "modules": []}],
    }
    again = run(capsys, "check", crowded, "out/timetable.json", "--lang", code)
    assert again.code == 0
    assert _WHY[code] not in again.out  # a check says what it has checked


def test_a_check_names_what_is_left_out(crowded: Path, folder: Path, capsys: Capture) -> None:
    run(capsys, "plan", crowded, "--partial", "--quiet", "-o", "out")
    plain = run(capsys, "check", crowded, "out/timetable.json").out
    assert "50 of 90 trainees are planned.\n" in plain
    assert "says that no plan trains more than 50 people; a check cannot confirm that." in plain
    found = json.loads(run(capsys, "check", crowded, "out/timetable.json", "--json").out)
    assert (found["ok"], found["left_out"]) == (True, [{"cohort": "K2", "trainees": 40}])


def test_a_check_finds_what_is_planned_and_yet_left_out(crowded: Path, folder: Path, capsys: Capture) -> None:
    run(capsys, "plan", crowded, "--partial", "--quiet", "-o", "out")
    path = folder / "out" / "timetable.json"
    document = json.loads(path.read_text("utf-8"))
    document["partial"]["left_out"][0]["cohort"] = "K1"
    path.write_text(json.dumps(document), "utf-8")
    done = run(capsys, "check", crowded, path)
    assert done.code == 1
    assert "[quota] Class K1 is left out: nothing is planned for it." in done.out
    assert "[quota] Class K2 (40 trainees) is planned." in done.out


def test_a_partial_plan_of_all_classes_is_the_ordinary_one(
    small: Path, folder: Path, capsys: Capture
) -> None:
    done = run(capsys, "plan", small, "--partial", "-o", "out")
    assert done.code == 0
    assert "All 90 trainees are planned." in done.out
    document = json.loads((folder / "out" / "timetable.json").read_text("utf-8"))
    assert document["objective"]["total"] == document["objective"]["bound"] == 12_600
    assert document["partial"] == {"trainees": 90, "most": 90, "left_out": []}


def test_no_class_at_all_is_a_plan(folder: Path, capsys: Capture) -> None:
    nobody = write(builders.scenario(venues={"east": None, "west": None}), folder / "nobody.json")
    done = run(capsys, "plan", nobody, "--partial", "-o", "out")
    assert done.code == 0
    assert "No class is planned." in done.out
    assert "No hall has 50 seats." in done.out
    assert run(capsys, "check", nobody, "out/timetable.json").code == 0


def test_progress_tells_trainees_first(crowded: Path, capsys: Capture) -> None:
    lines = run(capsys, "plan", crowded, "--partial").err.splitlines()
    assert lines[0] == "0 s · planning · 0 trainees, at most 90"
    assert any(line.startswith("0 s · planning · 50 trainees, at most 50 · best plan") for line in lines)


def test_without_a_plan_the_way_out_is_told(crowded: Path, capsys: Capture) -> None:
    assert "With --partial, as many trainees as possible are planned." in run(capsys, "plan", crowded).err

"""Shows that ``plan`` shows, writes and tells what it should, and ends with the right exit code."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from benchmarks.instances import instance

from classplanner import InputError, load
from classplanner.language import LANGUAGES, Language, LanguageCode
from tests import builders
from tests.cli.running import ROOT, TWO_CLASSES, run, write

Capture = pytest.CaptureFixture[str]

_SHOWN = {
    "en": ["Class MC-1", "19/04/2018 to 26/04/2018", "Lecturers' fees", "8,400,000", "Proven optimal"],
    "vi": [
        "Lớp MC-1",
        "19/04/2018 đến 26/04/2018",
        "Thù lao giảng viên",
        "8.400.000",
        "Đã chứng minh tối ưu",
    ],
}
_WRITTEN: dict[str, str] = {"en": "Written", "vi": "Đã ghi"}
_HOLDS = {"en": "Every rule holds.", "vi": "Mọi quy tắc đều được giữ."}


def _listed(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("code", LANGUAGES)
def test_two_classes_are_shown_written_and_hold_when_checked_again(
    code: LanguageCode, folder: Path, capsys: Capture
) -> None:
    done = run(capsys, "plan", TWO_CLASSES, "-o", "out", "--lang", code)
    assert done.code == 0
    assert [text for text in _SHOWN[code] if text not in done.out] == []
    files = ("timetable.json", "scenario.json", "timetable.html")
    assert done.err.splitlines()[-3:] == [f"{_WRITTEN[code]}: {Path('out', name)}" for name in files]
    assert _listed(folder / "out") == ["scenario.json", "timetable.html", "timetable.json"]
    assert f'<html lang="{code}"' in (folder / "out" / "timetable.html").read_text("utf-8")
    assert (
        json.loads((folder / "out" / "timetable.json").read_text("utf-8"))["objective"]["total"] == 34_130_000
    )
    again = run(capsys, "check", TWO_CLASSES, "out/timetable.json", "--lang", code)
    assert (again.code, again.out.splitlines()[0]) == (0, _HOLDS[code])


def test_the_year_of_hanoi_is_planned_and_holds_when_checked_again(capsys: Capture) -> None:
    scenario = ROOT / "scenarios" / "hanoi-2018.toml"  # planned once only: it takes some seconds
    done = run(capsys, "plan", scenario, "-o", "out", "--lang", "vi")
    assert done.code == 0
    assert "16/03/2018 đến 03/05/2018" in done.out
    for code in LANGUAGES:
        again = run(capsys, "check", scenario, "out/timetable.json", "--lang", code)
        assert (again.code, again.out.splitlines()[0]) == (0, _HOLDS[code])


def test_nothing_is_written_unless_asked_for(small: Path, folder: Path, capsys: Capture) -> None:
    done = run(capsys, "plan", small)
    assert done.code == 0
    assert "Lê An" in done.out
    assert "Written" not in done.err
    assert _listed(folder) == ["small.json"]


def test_quiet_shows_messages_only(small: Path, folder: Path, capsys: Capture) -> None:
    done = run(capsys, "plan", small, "--quiet", "-o", "out")
    assert (done.code, done.out) == (0, "")
    assert (
        done.err == "Written: out/timetable.json\nWritten: out/scenario.json\nWritten: out/timetable.html\n"
    )
    assert _listed(folder / "out") == ["scenario.json", "timetable.html", "timetable.json"]


def test_folders_are_made_and_files_replaced(small: Path, folder: Path, capsys: Capture) -> None:
    out = folder / "năm" / "2018"
    for _ in range(2):
        assert run(capsys, "plan", small, "--quiet", "-o", out).code == 0
        assert _listed(out) == ["scenario.json", "timetable.html", "timetable.json"]


def test_options_reach_the_solver_and_the_record(small: Path, folder: Path, capsys: Capture) -> None:
    words = ["--seed", 7, "--workers", 2, "--time-limit", "45.5", "--quiet", "-o", "out"]
    assert run(capsys, "plan", small, *words).code == 0
    record = json.loads((folder / "out" / "timetable.json").read_text("utf-8"))["run"]
    assert (record["seed"], record["workers"], record["time_limit"]) == (7, 2, 45.5)


def test_progress_is_told_line_by_line_where_there_is_no_terminal(small: Path, capsys: Capture) -> None:
    lines = run(capsys, "plan", small).err.splitlines()
    assert lines[0] == "0 s · planning"
    assert any("best plan 12,600 VND · none below 12,400 VND · gap 1.59 %" in line for line in lines)
    assert "\x1b" not in "".join(lines)
    vietnamese = run(capsys, "plan", small, "--lang", "vi").err
    assert "phương án tốt nhất 12.600 đồng · không thể dưới 12.400 đồng · chênh 1,59 %" in vietnamese


# --- no plan


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "There is no plan: it is proven"), ("vi", "Không có phương án nào: đã chứng minh")],
)
def test_without_a_plan_nothing_is_written(code: str, told: str, folder: Path, capsys: Capture) -> None:
    crowded = write(builders.scenario(cohorts={"K1": {"size": 500}}), folder / "crowded.json")
    done = run(capsys, "plan", crowded, "-o", "a/b", "--lang", code)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-1].startswith(told)
    assert _listed(folder) == ["crowded.json"]


@pytest.mark.parametrize("limit", [0.001, 0.3, 1.5])
def test_too_short_a_time_is_kept_and_leaves_a_plan_or_nothing(
    limit: float, folder: Path, capsys: Capture
) -> None:
    large = write(instance(1, classes=6, window_days=150), folder / "large.json")
    before = time.process_time()  # seconds of the processor: on a busy machine all others are longer
    done = run(capsys, "plan", large, "-o", "out", "--time-limit", limit)
    assert time.process_time() - before < limit + 2
    assert "Traceback" not in done.err
    if done.code == 0:
        assert run(capsys, "check", large, "out/timetable.json").code == 0
    else:
        assert done.code == 3
        assert "neither a plan nor a proof" in done.err
        assert _listed(folder) == ["large.json"]


def test_no_time_at_all_leaves_nothing(small: Path, folder: Path, capsys: Capture) -> None:
    done = run(capsys, "plan", small, "-o", "out", "--time-limit", "1e-9", "--lang", "vi")
    assert (done.code, done.out) == (3, "")
    assert "Đã dừng tìm mà chưa có phương án" in done.err
    assert _listed(folder) == ["small.json"]


# --- bad input


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_fault_is_listed_and_nothing_is_written(
    code: LanguageCode, folder: Path, capsys: Capture
) -> None:
    faulty = folder / "faulty.toml"
    faulty.write_text(
        'name = "x"\nnam = 1\n'
        "[calendar]\nfirst_day = 2018-03-01\nlast_day = 2018-02-01\n"
        '[[lecturers]]\nid = "a"\nfee = -1\n'
        '[[cohorts]]\nid = "K1"\nprogramme = "nothing"\nsize = "ten"\n',
        "utf-8",
    )
    with pytest.raises(InputError) as caught:
        load("faulty.toml")
    assert len(caught.value.faults) == 5
    done = run(capsys, "plan", "faulty.toml", "-o", "out", "--lang", code)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [fault.describe(Language(code)) for fault in caught.value.faults]
    assert _listed(folder) == ["faulty.toml"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none.toml"], "none.toml: The file cannot be read: there is no such file or folder."),
        (["."], ".: The name of the file must end in one of: .toml, .json, .xlsx."),
        ([], "Missing argument 'SCENARIO'"),
        (["x.toml", "y.toml"], "Got unexpected extra argument (y.toml)"),
        (["x.toml", "--frobnicate"], "No such option"),
        (["x.toml", "--seed", "x"], "x is not a whole number from 0 to 2,147,483,647."),
        (["x.toml", "--seed", "1.5"], "1.5 is not a whole number from 0 to 2,147,483,647."),
        (["x.toml", "--seed", "-1"], "-1 is not a whole number from 0 to 2,147,483,647."),
        (["x.toml", "--workers", "0"], "0 is not a whole number from 1 to 256."),
        (["x.toml", "--workers", "257"], "257 is not a whole number from 1 to 256."),
        (["x.toml", "--time-limit", "0"], "0 is not a number of seconds above 0."),
        (["x.toml", "--time-limit", "inf"], "inf is not a number of seconds above 0."),
        (["x.toml", "--time-limit", "nan"], "nan is not a number of seconds above 0."),
        (["x.toml", "--time-limit", "1h"], "1h is not a number of seconds above 0."),
        (["x.toml", "--lang", "fr"], "'fr' is not one of 'en', 'vi'."),
    ],
)
def test_a_faulty_command_line_is_told(words: list[str], told: str, folder: Path, capsys: Capture) -> None:
    done = run(capsys, "plan", *words, "-o", "out")
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert _listed(folder) == []


def test_an_unknown_command_is_told(capsys: Capture) -> None:
    done = run(capsys, "plann", "x.toml")
    assert (done.code, done.out) == (2, "")
    assert "No such command 'plann'." in done.err

"""Shows that a bug in classplanner is told as such, and that what is needed to look into it is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classplanner import check, solve
from classplanner.api import answer
from classplanner.scenario import parse
from classplanner.solve import Result
from classplanner.timetable import parse_timetable
from tests.cli.running import run

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch

_TOLD = {
    "en": ["The checker contradicts the solver. This is a bug in classplanner", "The case was kept in"],
    "vi": [
        "Bộ kiểm tra không đồng ý với bộ giải. Đây là lỗi của classplanner",
        "Trường hợp này được lưu tại",
    ],
}


def _spoil(monkeypatch: Patch, name: str = "find", **changes: Any) -> None:
    """Have a search return something else than it found."""
    search = getattr(solve, name)

    def spoilt(*arguments: Any, **options: Any) -> Result:
        found: Result = search(*arguments, **options)
        return replace(found, **{key: change(found) for key, change in changes.items()})

    monkeypatch.setattr(solve, name, spoilt)


def _case(folder: Path) -> Any:
    (kept,) = folder.glob("classplanner-case-*.json")
    return json.loads(kept.read_text("utf-8"))


@pytest.mark.parametrize("code", ["en", "vi"])
def test_a_plan_that_breaks_a_rule_is_not_passed_off_as_one(
    code: str, small: Path, folder: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    _spoil(monkeypatch, meetings=lambda found: found.meetings[1:])
    done = run(capsys, "plan", small, "-o", "out", "--lang", code)
    assert (done.code, done.out) == (70, "")
    assert [text for text in _TOLD[code] if text not in done.err] == []
    assert "exactly once" in done.err
    assert not (folder / "out" / "timetable.html").exists()
    kept = folder / "out" / "timetable.json"  # a good plan that was found on the way, if any
    assert not kept.exists() or run(capsys, "check", small, kept).code == 0
    case = _case(folder)
    scenario = parse(case["scenario"])
    breaches = check(scenario, parse_timetable(case["timetable"], scenario)).breaches
    assert [breach.instance.rule for breach in breaches] == ["programme-complete"]


@pytest.mark.parametrize(
    ("status", "shift", "told"),
    [
        ("optimal", 1, "the solver proves 12601 VND (optimal), the checker counts 12600 VND"),
        ("optimal", -1, "the solver proves 12599 VND (optimal), the checker counts 12600 VND"),
        ("feasible", 1, "the solver proves 12601 VND (feasible), the checker counts 12600 VND"),
    ],
)
def test_a_bound_that_the_plan_belies_is_told(
    status: str, shift: int, told: str, small: Path, folder: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    _spoil(monkeypatch, status=lambda _: status, bound=lambda found: found.bound + shift)
    done = run(capsys, "plan", small, "-o", "out")
    assert done.code == 70
    assert told in done.err
    assert set(_case(folder)) == {"scenario", "timetable"}


def test_a_bound_below_a_plan_that_is_not_called_optimal_is_no_bug(
    small: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    _spoil(monkeypatch, status=lambda _: "feasible", bound=lambda found: found.bound - 1)
    assert run(capsys, "plan", small).code == 0


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "Something went wrong that should not. This is a bug in classplanner"),
        ("vi", "Đã xảy ra lỗi ngoài dự kiến. Đây là lỗi của classplanner"),
    ],
)
def test_an_unexpected_exception_shows_no_traceback_but_keeps_it(
    code: str, told: str, small: Path, folder: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("bất ngờ \udcff")

    monkeypatch.setattr(solve, "find", fail)
    done = run(capsys, "plan", small, "-o", "out", "--lang", code)
    assert (done.code, done.out) == (70, "")
    assert told in done.err
    assert "Traceback" not in done.err
    (kept,) = folder.glob("classplanner-case-*.txt")
    assert str(kept) in done.err
    assert "Traceback" in kept.read_text("utf-8")
    assert "RuntimeError: bất ngờ" in kept.read_text("utf-8")


def test_a_plan_whose_page_cannot_be_made_is_still_written_as_data(
    small: Path, folder: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(answer, "render_html", None)
        assert run(capsys, "plan", small, "-o", "out").code == 70
    assert run(capsys, "check", small, folder / "out" / "timetable.json").code == 0


def test_details_are_kept_elsewhere_where_the_folder_one_is_in_does_not_do(
    small: Path, folder: Path, tmp_path: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(solve, "find", None)
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    done = run(capsys, "plan", small)
    assert done.code == 70
    (kept,) = (tmp_path / "temporary").iterdir()
    assert str(kept) in done.err


@pytest.mark.parametrize("most", [89, 91])
def test_a_wrong_proof_of_how_many_can_be_trained_is_found_out(
    most: int, small: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    _spoil(monkeypatch, "find_partial", most=lambda _: most)
    done = run(capsys, "plan", small, "--partial")
    assert done.code == 70
    assert f"the solver proves {most} trainees (optimal), the plan has 90" in done.err

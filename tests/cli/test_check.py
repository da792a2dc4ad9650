"""Shows that ``check`` finds what a hand has spoilt and works out the costs, for people and programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run

Capture = pytest.CaptureFixture[str]
Edit = Callable[[dict[str, Any]], object]


def _edit(planned: Path, edit: Edit) -> Path:
    path = planned / "timetable.json"
    document = json.loads(path.read_text("utf-8"))
    edit(document)
    path.write_text(json.dumps(document), "utf-8")
    return path


def _meeting(document: dict[str, Any], module: str) -> Any:
    return next(meeting for meeting in document["meetings"] if meeting["module"] == module)


def _unteach(document: dict[str, Any]) -> None:
    document["meetings"].remove(_meeting(document, "TALK"))


def _move_to_sunday(document: dict[str, Any]) -> None:
    _meeting(document, "TALK")["sessions"] = [["2018-04-15", "morning"]]


@pytest.mark.parametrize(
    ("edit", "rules"),
    [
        (_unteach, {"programme-complete"}),
        (_move_to_sunday, {"working-days", "consecutive-days"}),
        (lambda document: document["cohorts"].pop(), {"quota", "programme-complete", "home-room"}),
    ],
)
def test_every_breach_of_a_hand_edited_timetable_is_told(
    edit: Edit, rules: set[str], small: Path, planned: Path, capsys: Capture
) -> None:
    path = _edit(planned, edit)
    plain = run(capsys, "check", small, path)
    assert plain.code == 1
    assert "Every rule holds." not in plain.out
    found = json.loads(run(capsys, "check", small, path, "--json").out)
    told = {breach["rule"] for breach in found["breaches"]}
    assert told & rules
    assert told <= rules | {"cohort-window"}
    assert plain.out.startswith(f"Breaches: {len(found['breaches'])}.\n")
    for breach in found["breaches"]:
        assert f"[{breach['rule']}] {breach['sentence']}" in plain.out
        assert [text for text in breach["evidence"] if text not in plain.out] == []


def test_the_costs_are_worked_out_anew_object_by_object(small: Path, planned: Path, capsys: Capture) -> None:
    lines = run(capsys, "check", small, planned / "timetable.json").out.splitlines()
    assert lines[0] == "Every rule holds."
    assert lines[-1].split() == ["Total", "12,600"]
    vietnamese = run(capsys, "check", small, planned / "timetable.json", "--lang", "vi").out.splitlines()
    assert vietnamese[0] == "Mọi quy tắc đều được giữ."
    assert vietnamese[-1].split() == ["Tổng", "cộng", "12.600"]


def test_programs_read_the_result_as_json(small: Path, planned: Path, capsys: Capture) -> None:
    done = run(capsys, "check", small, planned / "timetable.json", "--json")
    found = json.loads(done.out)
    assert done.code == 0
    assert list(found) == ["ok", "breaches", "left_out", "notes", "total", "terms", "costs"]
    assert (found["ok"], found["breaches"], found["left_out"]) == (True, [], [])
    assert found["notes"] == ["The timetable says that no plan costs less; a check cannot confirm that."]
    assert found["total"] == sum(found["terms"].values()) == sum(cost["amount"] for cost in found["costs"])
    assert found["total"] == 12_600


def test_what_a_timetable_wrongly_says_of_itself_is_noted(
    small: Path, planned: Path, capsys: Capture
) -> None:
    def boast(document: dict[str, Any]) -> None:
        document["objective"]["terms"]["fees"] -= 100
        document["objective"]["total"] -= 100

    path = _edit(planned, boast)
    done = run(capsys, "check", small, path)
    notes = json.loads(run(capsys, "check", small, path, "--json").out)["notes"]
    assert done.code == 0  # no rule is breached by it
    assert notes[0] == "Fees: the timetable states 3,500 VND, the check finds 3,600 VND."
    assert [note for note in notes if note not in done.out] == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none.json", "none.json: The file cannot be read: there is no such file or folder.\n"),
        ("small.json", 'small.json: meetings: "meetings" is missing.\n'),
    ],
)
def test_a_file_that_is_no_timetable_is_told(
    name: str, told: str, small: Path, folder: Path, capsys: Capture
) -> None:
    done = run(capsys, "check", small, name)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_every_unknown_name_in_a_timetable_is_told(small: Path, planned: Path, capsys: Capture) -> None:
    def rename(document: dict[str, Any]) -> None:
        document["cohorts"][0]["room"] = "east/hal"
        _meeting(document, "TALK")["lecturers"] = ["ann"]

    done = run(capsys, "check", small, _edit(planned, rename), "--json")
    assert (done.code, done.out) == (2, "")
    assert [line.partition("There is ")[2] for line in done.err.splitlines()] == [
        'no room "east/hal". Did you mean "east/hall"?',
        'no lecturer "ann". Did you mean "an"?',
    ]

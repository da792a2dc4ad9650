"""Shows that timetables are written and read back the same, and how hand-edited ones are faulted."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from classplanner.errors import InputError
from classplanner.language import Language
from classplanner.scenario import parse
from classplanner.timetable import (
    LeftOut,
    Meeting,
    ObjectiveRecord,
    PartialRecord,
    PlannedCohort,
    RunRecord,
    ScenarioRecord,
    Terms,
    Timetable,
    dump_timetable,
    load_timetable,
    parse_timetable,
)
from tests.documents import DELETED, SOUND, changed

_SCENARIO = parse(SOUND)
_DAY = dt.date(2018, 3, 16)
_TERMS = Terms(fees=600_000, order=50_000)
_TIMETABLE = Timetable(
    scenario=ScenarioRecord(name="thử", sha256=_SCENARIO.sha256),
    status="optimal",
    objective=ObjectiveRecord(total=650_000, bound=650_000, gap=0.0, terms=_TERMS),
    run=RunRecord(version="0.1.0", seed=1, time_limit=None, seconds=1.25, workers=2),
    cohorts=(PlannedCohort(id="K2", room="van-phu/hall", opens=_DAY, closes=dt.date(2018, 3, 19)),),
    meetings=(
        Meeting(
            cohorts=("K2",),
            module="M01",
            lecturers=("nguyen-van-a",),
            room="van-phu/hall",
            sessions=((_DAY, "morning"),),
        ),
        Meeting(cohorts=("K2",), module="M02", sessions=((_DAY, "afternoon"), (_DAY, "morning"))),
    ),
)
_DOCUMENT = json.loads(dump_timetable(_TIMETABLE))
_LINES = """{
 "scenario": {"name": "", "sha256": "abc"},
 "status": "feasible",
 "objective": null,
 "run": null,
 "cohorts": [
  {"id": "K2", "room": "van-phu/hall", "opens": "2018-03-16", "closes": "2018-03-19"}],
 "meetings": [
  {"cohorts": ["K2"], "module": "Mở", "lecturers": [], "room": null, "sessions": [["2018-03-16", "morning"]]},
  {"cohorts": ["K2"], "module": "M2", "lecturers": [], "room": null, "sessions": [["2018-03-16", "morning"]]}]
}
"""


def _told(changes: dict[str, Any]) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_timetable(changed(changes, _DOCUMENT), _SCENARIO)
    assert caught.value.describe(Language("vi"))
    return str(caught.value).splitlines()


def test_a_timetable_is_read_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.json"
    path.write_text(dump_timetable(_TIMETABLE), "utf-8")
    assert load_timetable(path, _SCENARIO) == _TIMETABLE
    assert load_timetable(str(path), _SCENARIO) == _TIMETABLE


def test_the_file_has_the_shape_of_the_contract() -> None:
    assert list(_DOCUMENT) == ["scenario", "status", "objective", "run", "cohorts", "meetings"]
    assert _DOCUMENT["objective"] == {
        "total": 650_000,
        "bound": 650_000,
        "gap": 0.0,
        "terms": {"fees": 600_000, "rooms": 0, "order": 50_000, "delay": 0, "preference": 0, "overload": 0},
    }
    assert _DOCUMENT["meetings"][0] == {
        "cohorts": ["K2"],
        "module": "M01",
        "lecturers": ["nguyen-van-a"],
        "room": "van-phu/hall",
        "sessions": [["2018-03-16", "morning"]],
    }


def test_each_class_and_each_meeting_has_a_line_of_its_own() -> None:
    slots = ((_DAY, "morning"),)
    timetable = Timetable(
        scenario=ScenarioRecord(sha256="abc"),
        cohorts=_TIMETABLE.cohorts,
        meetings=tuple(Meeting(cohorts=("K2",), module=name, sessions=slots) for name in ("Mở", "M2")),
    )
    assert dump_timetable(timetable) == _LINES


_PARTIAL = """{
 "scenario": null,
 "status": "feasible",
 "objective": null,
 "partial": {
  "trainees": 0,
  "most": 90,
  "left_out": [
   {"cohort": "K2", "reason": "lecturers-taken", "modules": ["M01"]}]
 },
 "run": null,
 "cohorts": [],
 "meetings": []
}
"""


def test_a_partial_timetable_says_so_with_a_line_for_each_class_left_out() -> None:
    left_out = (LeftOut(cohort="K2", reason="lecturers-taken", modules=("M01",)),)
    partial = PartialRecord(trainees=0, most=90, left_out=left_out)
    timetable = Timetable(partial=partial, cohorts=(), meetings=())
    assert dump_timetable(timetable) == _PARTIAL
    assert parse_timetable(json.loads(_PARTIAL), _SCENARIO) == timetable


def test_a_partial_timetable_need_only_name_the_classes_left_out() -> None:
    by_hand = {"partial": {"left_out": [{"cohort": "K2"}]}, "cohorts": [], "meetings": []}
    partial = PartialRecord(left_out=(LeftOut(cohort="K2"),))
    assert parse_timetable(by_hand, _SCENARIO) == Timetable(partial=partial, cohorts=(), meetings=())


@pytest.mark.parametrize(
    ("partial", "told"),
    [
        (
            {"left_out": [{"cohort": "k-2"}]},
            'partial.left_out[0].cohort: There is no class "k-2". Did you mean "K2"?',
        ),
        (
            {"left_out": [{"cohort": "K2", "modules": ["M1"]}]},
            'partial.left_out[0].modules[0]: There is no module "M1". Did you mean "M01"?',
        ),
        ({"most": "90"}, 'partial.most: A whole number is expected here, not "90".'),
        (["K2"], "partial: A table is expected here, not […]."),
    ],
    ids=str,
)
def test_a_faulty_word_on_classes_left_out_is_told_with_its_place(partial: object, told: str) -> None:
    assert _told({"partial": partial}) == [told]


def test_an_empty_timetable_is_read_back_the_same() -> None:
    empty = Timetable(cohorts=(), meetings=(), status="infeasible")
    assert parse_timetable(json.loads(dump_timetable(empty)), _SCENARIO) == empty


def test_only_classes_and_meetings_are_needed() -> None:
    assert parse_timetable({"cohorts": [], "meetings": []}, _SCENARIO) == Timetable(cohorts=(), meetings=())
    assert _told({"cohorts": DELETED, "meetings": DELETED}) == [
        'cohorts: "cohorts" is missing.',
        'meetings: "meetings" is missing.',
    ]


def test_terms_add_up() -> None:
    assert (
        Terms(fees=1, rooms=20, order=300, delay=4_000, preference=50_000, overload=600_000).total == 654_321
    )


def test_a_timetable_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        _TIMETABLE.status = "feasible"  # type: ignore[misc]


# --- faults of hand-edited files

_MEETING = "meetings[0]"
_NOT_DAY = "A date such as 2018-03-16 is expected here, not"
_NO_SESSION = 'There is no session "Morning" in the calendar.'
_NOT_SLOT = 'A date and a session are expected here, such as ["2018-03-16", "morning"], not'


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("cohorts.0.id", "K2a", 'cohorts[0] "K2a" → id: There is no class "K2a". Did you mean "K2"?'),
        (
            "cohorts.0.room",
            "van-phu/hal",
            'cohorts[0] "K2" → room: There is no room "van-phu/hal". Did you mean "van-phu/hall"?',
        ),
        (
            "cohorts.0.opens",
            "16/03/2018",
            f'cohorts[0] "K2" → opens: {_NOT_DAY} "16/03/2018". Did you mean "2018-03-16"?',
        ),
        (
            "meetings.0.cohorts.0",
            "k-2",
            f'{_MEETING}.cohorts[0]: There is no class "k-2". Did you mean "K2"?',
        ),
        ("meetings.0.cohorts", [], f"{_MEETING}.cohorts: At least 1 needed here, 0 given."),
        ("meetings.0.module", "M1", f'{_MEETING}.module: There is no module "M1". Did you mean "M01"?'),
        (
            "meetings.0.lecturers.0",
            "Nguyễn Văn A",
            f'{_MEETING}.lecturers[0]: There is no lecturer "Nguyễn Văn A". Did you mean "nguyen-van-a"?',
        ),
        ("meetings.0.room", "hall", f'{_MEETING}.room: There is no room "hall".'),
        ("meetings.0.sessions", [], f"{_MEETING}.sessions: At least 1 needed here, 0 given."),
        (
            "meetings.0.sessions.0.0",
            "2018-02-30",
            f'{_MEETING}.sessions[0][0]: {_NOT_DAY} "2018-02-30".',
        ),
        (
            "meetings.0.sessions.0.1",
            "Morning",
            f'{_MEETING}.sessions[0][1]: {_NO_SESSION} Did you mean "morning"?',
        ),
        ("meetings.0.sessions.0.1", 1, f"{_MEETING}.sessions[0][1]: A text is expected here, not 1."),
        (
            "meetings.0.sessions.0",
            ["2018-03-16"],
            f"{_MEETING}.sessions[0]: {_NOT_SLOT} […].",
        ),
        (
            "meetings.0.sessions.0",
            "2018-03-16",
            f'{_MEETING}.sessions[0]: {_NOT_SLOT} "2018-03-16".',
        ),
        ("status", "done", 'status: "done" is not one of: optimal, feasible, infeasible, unknown.'),
        ("objective.total", "1", 'objective.total: A whole number is expected here, not "1".'),
        ("objective.gap", "0", 'objective.gap: A number is expected here, not "0".'),
        ("objective.gap", float("inf"), "objective.gap: A number is expected here, not inf."),
        ("run.second", 1, 'run.second: "second" is not known here. Did you mean "seconds"?'),
    ],
)
def test_a_fault_is_told_with_its_place(path: str, value: object, told: str) -> None:
    assert _told({path: value}) == [told]


def test_faults_of_shape_and_of_reference_come_together_in_the_order_of_the_file() -> None:
    changes = {
        "cohorts.0.opens": 7,
        "cohorts.0.room": "x/y",
        "meetings.0.module": "M001",
        "meetings.1.room": 1,
    }
    assert _told(changes) == [
        'cohorts[0] "K2" → room: There is no room "x/y".',
        'cohorts[0] "K2" → opens: A date such as 2018-03-16 is expected here, not 7.',
        'meetings[0].module: There is no module "M001". Did you mean "M01"?',
        "meetings[1].room: A text is expected here, not 1.",
    ]


@pytest.mark.parametrize("wrong", [None, 7, "x", {"a": 1}, [7], [[]], [{}]])
@pytest.mark.parametrize(
    "path", ["", "cohorts", "meetings", "meetings.0.cohorts", "meetings.0.sessions", "objective", "run"]
)
def test_any_part_may_have_the_wrong_type(path: str, wrong: object) -> None:
    if path in ("objective", "run") and wrong is None:
        assert parse_timetable(changed({path: wrong}, _DOCUMENT), _SCENARIO)
    else:
        assert _told({path: wrong})


def test_a_file_that_is_not_json_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.json"
    path.write_text('{"cohorts": [}', "utf-8")
    with pytest.raises(InputError, match="Line 1 is not JSON: Expecting value"):
        load_timetable(path, _SCENARIO)
    with pytest.raises(InputError, match="there is no such file"):
        load_timetable(tmp_path / "x.json", _SCENARIO)

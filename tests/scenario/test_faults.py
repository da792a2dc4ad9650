"""Shows what a planner reads for each kind of fault in a scenario: the file, the place, the fault, a guess.

The messages stand word for word in `data/faults.toml`, the same for TOML and JSON. Several faults are
reported together, in the order of the file, without false ones that follow from the others.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from classplanner.errors import Fault, InputError
from classplanner.language import LANGUAGES, Language, catalogue
from classplanner.scenario import load, parse
from classplanner.scenario.faults import faults, shape_findings, similar
from tests.documents import DELETED, SOUND, as_json, as_toml, changed

_TESTS = Path(__file__).parents[1]
_FILE = _TESTS / "data" / "faults.toml"
_CASES = [(key, case) for key, cases in tomllib.loads(_FILE.read_text("utf-8")).items() for case in cases]
_IDS = [f"{key}-{number}" for number, (key, _) in enumerate(_CASES)]
_CELLS = (
    "not-xlsx",
    "not-xlsx-old",
    "no-office",
    "missing-sheet",
    "missing-rows",
    "sheet-twice",
    "no-header",
    "missing-column",
    "column-twice",
    "unknown-column",
    "unknown-item",
    "merged",
    "formula-empty",
    "cell-error",
    "not-day-cell",
    "lock-module-cell",
    "lock-empty-cell",
    "no-cohorts-cell",
    "open-one-day",
    "differs",
)
_ELSEWHERE = {
    "did-you-mean": "data/faults.toml",
    "invalid": "scenario/test_faults.py",
    "unreadable": "scenario/test_files.py",
    "unknown-format": "scenario/test_files.py",
    "file-too-large": "scenario/test_files.py",
    "not-utf8": "scenario/test_files.py",
    "not-toml": "scenario/test_files.py",
    "not-json": "scenario/test_files.py",
    "not-json-number": "scenario/test_files.py",
    "long-number": "scenario/test_files.py",
    "too-deep": "scenario/test_files.py",
    "key-twice": "scenario/test_files.py",
    "not-slot": "timetable/test_files.py",
    "not-number": "timetable/test_files.py",
    "unknown-module-anywhere": "timetable/test_files.py",
    "question-breach": "cli/test_explain.py",
    "wish-empty": "cli/test_explain.py",
    "wish-until": "cli/test_explain.py",
    "no-meeting": "explaining/test_wishes.py",
    "no-working-day": "explaining/test_wishes.py",
    "exactly-one": "deltas/test_faults.py",
    "at-least-one": "deltas/test_faults.py",
    "unknown-audience": "deltas/test_faults.py",
    "unknown-institution": "deltas/test_faults.py",
    "nobody-left": "deltas/test_faults.py",
    "nothing-settled": "deltas/test_faults.py",
    "below-zero": "deltas/test_faults.py",
    "open-quote": "deltas/test_faults.py",
    "not-change": "deltas/test_faults.py",
    "no-delta": "cli/test_what_if.py",
    "replan-partial": "replanning/test_replan.py",
    "replan-past": "replanning/test_replan.py",
    "exists": "cli/test_workbooks.py",
    "no-class-sheets": "export/test_workbook.py",
    "names-of-what": "cli/test_diff.py",
    "not-docx": "export/test_document.py",
    "unknown-placeholder": "export/test_document.py",
    "no-table-placeholder": "export/test_document.py",
    "no-hours": "export/test_calendars.py",
    "no-waivers": "export/test_pack.py",
    "export-where": "export/test_pack.py",
    "not-ics": "export/test_calendars.py",
    **dict.fromkeys(_CELLS, "scenario/workbook/test_cells.py"),
    "cell-too-long": "scenario/workbook/test_round_trip.py",
    "scheduler-and-dask": "cli/test_executors.py",
    "no-dask": "cli/test_executors.py",
    "no-scheduler": "cli/test_executors.py",
    "no-workers": "cli/test_executors.py",
    "resume-partial": "cli/test_resume.py",
    "resume-breach": "cli/test_resume.py",
}
_LANGUAGES = [Language(code) for code in LANGUAGES]
_RAISED_BY_OTHER_LAYERS = {"too-costly"}


def _faulty(case: Mapping[str, Any]) -> Any:
    return changed(case.get("set", {}) | dict.fromkeys(case.get("delete", ()), DELETED))


def _faults(document: Any, file: str = "") -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        parse(document, file)
    return caught.value.faults


def _lines(changes: Mapping[str, Any]) -> list[str]:
    return [fault.describe(Language("en")) for fault in _faults(changed(changes))]


def test_the_scenario_that_the_cases_change_is_sound() -> None:
    assert parse(SOUND).name == "thử"


@pytest.mark.parametrize(("suffix", "write"), [(".toml", as_toml), (".json", as_json)])
@pytest.mark.parametrize(("key", "case"), _CASES, ids=_IDS)
def test_each_fault_is_told_word_for_word(
    key: str, case: Mapping[str, Any], suffix: str, write: Any, tmp_path: Path
) -> None:
    path = tmp_path / f"lớp{suffix}"
    path.write_text(write(_faulty(case)), "utf-8")
    with pytest.raises(InputError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: {case['says']}"
    assert [fault.key for fault in caught.value.faults] == [key]


@pytest.mark.parametrize(("key", "case"), _CASES, ids=_IDS)
def test_each_fault_is_told_in_vietnamese(key: str, case: Mapping[str, Any]) -> None:
    (fault,) = _faults(_faulty(case), "lớp.toml")
    told = fault.describe(Language("vi"))
    beginning = catalogue("vi")[f"fault.{key}"].partition("{")[0]
    assert told.startswith("lớp.toml: ")
    assert fault.place in told
    assert beginning in told
    assert "{" not in told.replace("{…}", "")
    assert told != fault.describe(Language("en"))


def test_every_fault_of_the_catalogue_is_shown_by_a_test() -> None:
    known = {key.removeprefix("fault.") for key in catalogue("en") if key.startswith("fault.")}
    assert {key for key, _ in _CASES} | set(_ELSEWHERE) | _RAISED_BY_OTHER_LAYERS == known
    for key, file in _ELSEWHERE.items():
        text = (_TESTS / file).read_text("utf-8")
        said = [max(re.split(r"{\w+}", catalogue(code)[f"fault.{key}"]), key=len)[:20] for code in LANGUAGES]
        assert f'"{key}"' in text or any(words in text for words in said), key


# --- several faults


def test_faults_come_in_the_order_of_the_file() -> None:
    reversed_sound = {key: SOUND[key] for key in reversed(SOUND)}
    changes = {
        "name": 7,
        "budget.1800": 1,
        "objective.order": -1,
        "locks.0.lecturer": "nobody",
        "cohorts.0.venue": "nowhere",
        "venues.0.rooms.0.capacity": "x",
        "calendar.last_day": DELETED,
        "calendar.weekdays": ["mon", 1, 2],
    }
    order = [
        "budget.1800: A year from 1990 to 2100 is expected here, not 1800.",
        "objective.order: -1 is too small: 0 at least.",
        'locks[0].lecturer: There is no lecturer "nobody".',
        'cohorts[0] "K2" → venue: There is no venue "nowhere".',
        'venues[0] "van-phu" → rooms[0] "hall" → capacity: A whole number is expected here, not "x".',
        "calendar.weekdays[1]: 1 is not one of: mon, tue, wed, thu, fri, sat, sun.",
        "calendar.weekdays[2]: 2 is not one of: mon, tue, wed, thu, fri, sat, sun.",
        'calendar.last_day: "last_day" is missing.',
        "name: A text is expected here, not 7.",
    ]
    found = _faults(changed(changes, reversed_sound))
    assert [fault.describe(Language("en")) for fault in found] == order


def test_faults_of_a_list_come_in_its_order_whatever_finds_them() -> None:
    cohorts = [{"id": name, "programme": "cap-xa", "size": size} for name, size in (("A", 1), ("B", "x"))]
    found = _faults(
        changed({"cohorts": cohorts, "cohorts.0.venue": "x", "cohorts.1.venue": "x", "locks": []})
    )
    assert [fault.place for fault in found] == [
        'cohorts[0] "A" → venue',
        'cohorts[1] "B" → size',
        'cohorts[1] "B" → venue',
    ]


def test_a_list_is_not_called_too_short_for_its_faulty_entries() -> None:
    assert _lines({"programmes.0.modules": [{"id": 7}], "locks": []}) == [
        'programmes[0] "cap-xa" → modules[0].id: A text is expected here, not 7.'
    ]


def test_dates_in_the_wrong_order_are_told_beside_other_faults_of_the_same_table() -> None:
    assert _lines({"calendar.last_day": dt.date(2018, 1, 1), "calendar.country": 7}) == [
        'calendar.last_day: "last_day" comes before "first_day".',
        "calendar.country: A text is expected here, not 7.",
    ]


@pytest.mark.parametrize("wrong", [7, "x", [], {}, None, [7], [[]], [None], {"a": 1}])
@pytest.mark.parametrize("section", [key for key in SOUND if key != "name"])
def test_a_section_of_the_wrong_type_hides_no_other_fault(section: str, wrong: object) -> None:
    path = "audiences.0.cohort_size" if section == "cohorts" else "cohorts.0.size"
    faulty = {fault.place for fault in _faults(changed({section: wrong, path: "7"}))}
    assert faulty >= (
        {'audiences[0] "xa" → cohort_size'} if section == "cohorts" else {'cohorts[0] "K2" → size'}
    )


@pytest.mark.parametrize("section", ["lecturers", "venues", "programmes", "audiences", "cohorts", "calendar"])
def test_what_a_faulty_section_names_is_not_called_unknown(section: str) -> None:
    places = {"locks.0.room": "van-phu/hall", "locks.0.venue": "van-phu", "locks.0.session": "morning"}
    document = changed(places)
    assert parse(document)
    (fault,) = _faults(changed({section: 7}, document))
    assert fault.place == section


def test_what_a_faulty_list_of_rooms_names_is_not_called_unknown() -> None:
    (fault,) = _faults(changed({"locks.0.room": "van-phu/hall", "venues.0.rooms": 7}))
    assert fault.key == "not-list"


@pytest.mark.parametrize("document", [None, 7, "x", [], True, dt.date(2018, 3, 16)])
def test_a_document_that_is_no_table_is_told_so(document: object) -> None:
    (fault,) = _faults(document, "lớp.json")
    assert (fault.place, fault.key) == ("", "not-table")


def test_an_empty_document_lacks_a_calendar_and_something_to_plan() -> None:
    assert [fault.key for fault in _faults({})] == ["no-cohorts", "missing"]


def test_a_table_that_lacks_several_keys_names_each() -> None:
    assert [fault.place for fault in _faults(changed({"audiences.0": {}}))] == [
        f"audiences[0].{key}" for key in ("id", "programme", "cohort_size", "trainees")
    ]


def test_several_circles_of_modules_are_each_told_once() -> None:
    modules = [
        {"id": name, "after": [after]}
        for name, after in [("A", "B"), ("B", "A"), ("C", "D"), ("D", "D"), ("E", "A")]
    ]
    found = _faults(changed({"programmes.0.modules": modules, "locks": []}))
    assert [fault.values["modules"] for fault in found] == ["A → B → A", "D → D"]


def test_a_long_chain_of_modules_is_no_circle() -> None:
    modules = [{"id": "M0"}, *({"id": f"M{n}", "after": [f"M{n - 1}"]} for n in range(1, 3_000))]
    assert len(parse(changed({"programmes.0.modules": modules, "locks": []})).programmes[0].modules) == 3_000


# --- how values and places are shown


def test_dates_are_shown_as_the_file_writes_them() -> None:
    day = dt.date(2018, 3, 16)
    for value, shown in [
        (day, "2018-03-16"),
        (dt.datetime(2018, 3, 16, 8, tzinfo=dt.UTC), "2018-03-16T08:00:00+00:00"),
        (dt.time(8), "08:00:00"),
    ]:
        (fault,) = _faults(changed({"lecturers.0.name": value}))
        assert fault.describe(Language("en")).endswith(f"A text is expected here, not {shown}.")
    (fault,) = _faults(changed({"cohorts.0.opens": dt.datetime(2018, 3, 16, 8, tzinfo=dt.UTC)}))
    assert fault.key == "not-day"


def test_awkward_values_are_shown_shortly() -> None:
    long, shown = "a" * 61, '"' + "a" * 59 + '…"'
    for value, text in [(long, shown), (None, "null"), (float("inf"), "inf"), (1 << 20_000, "…"), ((), "[]")]:
        (fault,) = _faults(changed({"cohorts.0.size": value}))
        assert f" {text}" in fault.describe(Language("en"))


def test_numbers_too_long_to_write_are_faults_wherever_they_stand() -> None:
    number = 1 << 20_000
    owners = ("lecturers.0.id", "programmes.0.id", "audiences.0.id", "cohorts.0.id", "locks.0.cohort")
    for path in (*owners, "audiences.0.cohort_size", "audiences.0.trainees.2018", "budget.2018"):
        for fault in _faults(changed({path: number})):
            assert all(fault.describe(language) for language in _LANGUAGES), path


def test_half_a_surrogate_pair_is_unprintable_and_does_not_break_the_message() -> None:
    found = _faults(changed({"name": "a\ud800", "lecturers.1.id": "b\udfff", "x\ud800": 1}))
    assert {fault.key for fault in found} >= {"unprintable", "not-identifier", "unknown-key"}
    assert all(fault.describe(language).encode() for fault in found for language in _LANGUAGES)


def test_keys_that_are_not_bare_are_quoted_in_the_place() -> None:
    assert [fault.place for fault in _faults(changed({"budget": {"20 18": 1, "a\tb": 2}}))] == [
        'budget."20 18"',
        'budget."a�b"',
    ]


def test_keys_need_not_be_texts_in_a_program() -> None:
    assert parse(changed({"budget": {2018: 1}})).budget == {2018: 1}
    odd: list[tuple[object, str]] = [(1800, "1800"), (True, "True"), ((1,), '"(1,)"'), (1 << 20_000, '"…"')]
    for key, shown in odd:
        (fault,) = _faults(changed({"budget": {key: 1}}))
        told = fault.describe(Language("en"))
        assert told == f"budget.{shown}: A year from 1990 to 2100 is expected here, not {shown}."


def test_a_fault_that_pydantic_may_report_one_day_is_still_told() -> None:
    class Odd(BaseModel):
        share: Decimal

    with pytest.raises(ValidationError) as caught:
        Odd.model_validate({"share": "x"})
    (fault,) = faults(shape_findings(caught.value, Odd), {"share": "x"}, "lớp.toml")
    assert fault.key == "invalid"
    assert fault.describe(Language("en")) == 'lớp.toml: share: "x" is not allowed here.'


# --- guesses


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("VĂN PHÚ", "van-phu"),
        ("van phu", "van-phu"),
        ("Đống Đa", "dong-da"),
        ("vanphu", "van-phu"),
        ("ha-dong", None),
        (7, None),
        ("", None),
    ],
)
def test_a_guess_overlooks_diacritics_capitals_and_spaces(word: object, guess: str | None) -> None:
    assert similar(word, {"van-phu", "dong-da"}) == guess


def test_guesses_stop_before_they_take_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classplanner.scenario.faults._MOST_COMPARISONS", 9)
    locks = [{"cohort": f"{number}K2", "opens": "2018-03-16"} for number in range(5)]
    guesses = [fault.guess for fault in _faults(changed({"locks": locks}))]
    assert guesses == ["K2", "K2", "K2", None, None]


def test_the_same_mistake_is_guessed_every_time_it_is_made() -> None:
    locks = [{"cohort": "K22", "opens": "2018-03-16"}] * 3
    assert [fault.guess for fault in _faults(changed({"locks": locks}))] == ["K2"] * 3


def test_vietnamese_in_decomposed_and_composed_form_is_the_same() -> None:
    composed, decomposed = "Vạn Phú", "Va\u0323n Phu\u0301"
    changes = {"venues.0.id": composed, "cohorts.0.venue": decomposed, "name": decomposed}
    scenario = parse(changed(changes))
    assert scenario.cohorts[0].venue == scenario.venues[0].id == scenario.name == composed

"""Shows that models have the defaults of the contract, cannot be changed, and hash by what they say."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from classplanner import scenario as models
from classplanner.scenario import Cohort, Lecturer, Module, Period, Programme, Scenario, parse
from tests.documents import DELETED, SOUND, changed

_DAY = dt.date(2018, 3, 16)
_REQUIRED: dict[str, dict[str, Any]] = {
    "Calendar": {"first_day": _DAY, "last_day": _DAY},
    "Closure": {"from": _DAY},
    "OpenDay": {"date": _DAY},
    "Period": {},
    "Lecturer": {"id": "x"},
    "Room": {"id": "x", "capacity": 90},
    "Venue": {"id": "x"},
    "Component": {"id": "x"},
    "Module": {"id": "x"},
    "Programme": {"id": "x", "modules": [{"id": "M01"}]},
    "Audience": {"id": "x", "programme": "P", "cohort_size": 90, "trainees": {}},
    "Cohort": {"id": "x", "programme": "P", "size": 90},
    "Lock": {"cohort": "K2", "opens": _DAY},
    "Objective": {},
    "Repair": {},
    "Scenario": {"calendar": {"first_day": _DAY, "last_day": _DAY}},
}
_NO_NAME = {"name": ""}
_REPAIR = {
    "leave_day": 500_000,
    "hall_day": 1_000_000,
    "work_day": 2_000_000,
    "qualify": 3_000_000,
    "session": 300_000,
    "window_day": 500_000,
    "module_day": 200_000,
    "start_session": 200_000,
    "precedence": 1_000_000,
    "lock": 1_000_000,
    "trainee": 1_000_000,
    "budget": 5_000_000,
    "keep": (),
}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "Calendar": {
        "country": "VN",
        "weekdays": ("mon", "tue", "wed", "thu", "fri"),
        "sessions": ("morning", "afternoon"),
        "hours": {},
        "closed": (),
        "open": (),
    },
    "Closure": {"to": None, "reason": ""},
    "OpenDay": {"reason": ""},
    "Period": {"from_": None, "to": None, "weekdays": None, "sessions": None, "reason": ""},
    "Lecturer": _NO_NAME
    | {
        "institution": "",
        "fee": 0,
        "unavailable": (),
        "available": None,
        "max_sessions_per_day": None,
        "max_sessions_per_week": None,
        "max_sessions": None,
        "target_sessions": None,
    },
    "Room": _NO_NAME | {"daily_cost": 0, "closed": ()},
    "Venue": _NO_NAME | {"closed": (), "rooms": ()},
    "Component": _NO_NAME,
    "Module": _NO_NAME
    | {
        "component": None,
        "sessions": 1,
        "lecturers": (),
        "after": (),
        "earliest_day": 1,
        "latest_day": None,
        "start_sessions": None,
        "off_site": False,
    },
    "Programme": _NO_NAME | {"days": None, "components": ()},
    "Audience": _NO_NAME | {"venues": None},
    "Cohort": {
        "opens": None,
        "opens_from": None,
        "finishes_by": None,
        "venue": None,
        "venues": None,
        "room": None,
    },
    "Lock": {"module": None, "lecturer": None, "date": None, "session": None, "room": None, "venue": None},
    "Objective": {
        "fees": 1,
        "rooms": 1,
        "order": 50_000,
        "delay": 20_000,
        "preference": 0,
        "overload": 0,
    },
    "Repair": _REPAIR,
    "Scenario": _NO_NAME
    | {
        "lecturers": (),
        "venues": (),
        "programmes": (),
        "audiences": (),
        "cohorts": (),
        "locks": (),
        "objective": models.Objective(),
        "repair": models.Repair(),
        "budget": {},
    },
}


def _made(name: str) -> BaseModel:
    model: type[BaseModel] = getattr(models, name)
    return model.model_validate(_REQUIRED[name])


@pytest.mark.parametrize("name", _DEFAULTS)
def test_what_is_left_out_has_the_default_of_the_contract(name: str) -> None:
    made = _made(name)
    left_out = set(type(made).model_fields) - made.model_fields_set
    assert {key: getattr(made, key) for key in left_out} == _DEFAULTS[name]


def test_every_model_is_covered() -> None:
    exported = {name for name in models.__all__ if isinstance(getattr(models, name), type(BaseModel))}
    assert set(_DEFAULTS) == set(_REQUIRED) == exported


@pytest.mark.parametrize("name", _DEFAULTS)
def test_models_cannot_be_changed(name: str) -> None:
    made = _made(name)
    for key in type(made).model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(made, key, None)


@pytest.mark.parametrize("name", _DEFAULTS)
def test_models_refuse_unknown_keys(name: str) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        type(_made(name)).model_validate(_REQUIRED[name] | {"unknown": 1})


def test_names_lose_superfluous_white_space_and_ids_do_not() -> None:
    assert Lecturer(id="a b", name=" Nguyễn\u00a0Văn \n A ").name == "Nguyễn Văn A"
    with pytest.raises(ValidationError):
        Lecturer(id="a\u00a0b")


def test_a_period_without_an_end_is_one_day_and_one_without_a_beginning_has_none() -> None:
    assert Period(from_=_DAY).last == _DAY
    assert Period(to=_DAY).last == _DAY
    assert Period(to=_DAY).from_ is None
    assert Period(weekdays=("mon",)).last is None


@pytest.mark.parametrize(("days", "sessions", "expected"), [(None, [2, 1], 2), (None, [4], 2), (32, [1], 32)])
def test_a_programme_takes_its_days_or_as_many_as_its_modules_fill(
    days: int | None, sessions: list[int], expected: int
) -> None:
    modules = tuple(Module(id=f"M{index}", sessions=length) for index, length in enumerate(sessions))
    assert Programme(id="P", days=days, modules=modules).class_days(sessions_per_day=2) == expected


def test_a_class_may_open_on_the_day_it_may_open_from() -> None:
    cohort = Cohort(id="K2", programme="P", size=90, opens=_DAY, opens_from=_DAY, finishes_by=_DAY)
    assert cohort.opens == cohort.finishes_by


_LIMITS = [
    ("Lecturer", "fee", 0, 10**12),
    ("Lecturer", "max_sessions_per_day", 1, 10**6),
    ("Lecturer", "max_sessions_per_week", 1, 10**6),
    ("Lecturer", "max_sessions", 1, 10**6),
    ("Lecturer", "target_sessions", 0, 10**6),
    ("Room", "capacity", 1, 10**6),
    ("Room", "daily_cost", 0, 10**12),
    ("Module", "sessions", 1, 1_000),
    ("Module", "earliest_day", 1, 10_000),
    ("Module", "latest_day", 1, 10_000),
    ("Programme", "days", 1, 10_000),
    ("Audience", "cohort_size", 1, 10**6),
    ("Audience", "trainees", 0, 10**7),
    ("Cohort", "size", 1, 10**6),
    *(("Objective", term, 0, 1_000) for term in ("fees", "rooms")),
    *(("Objective", term, 0, 10**9) for term in ("order", "delay", "preference", "overload")),
    *(("Repair", price, 0, 10**9) for price in _REPAIR if price not in ("keep", "budget")),
    ("Scenario", "budget", 0, 10**15),
]


@pytest.mark.parametrize(("name", "key", "least", "most"), _LIMITS)
def test_numbers_have_limits(name: str, key: str, least: int, most: int) -> None:
    def accepts(number: int) -> bool:
        value = {2018: number} if key in ("trainees", "budget") else number
        try:
            type(_made(name)).model_validate(_REQUIRED[name] | {key: value})
        except ValidationError:
            return False
        return True

    assert [accepts(number) for number in (least - 1, least, most, most + 1)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("name", "key", "most"),
    [("Lecturer", "id", 100), ("Audience", "id", 80), ("Lecturer", "name", 500), ("Cohort", "room", 201)],
)
def test_texts_have_limits(name: str, key: str, most: int) -> None:
    text = "a/" + "b" * (most - 2) if key == "room" else "a" * most
    assert type(_made(name)).model_validate(_REQUIRED[name] | {key: text})
    with pytest.raises(ValidationError, match="string_too_long"):
        type(_made(name)).model_validate(_REQUIRED[name] | {key: text + "b"})


def test_years_have_limits() -> None:
    for year in (1990, 2100):
        assert parse(changed({"budget": {str(year): 1}})).budget == {year: 1}
        assert Period(from_=dt.date(year, 1, 1))
    for year in (1989, 2101):
        with pytest.raises(ValidationError):
            Period(from_=dt.date(year, 1, 1))


def test_a_calendar_may_span_twenty_years() -> None:
    assert parse(changed({"calendar.last_day": "2038-12-31"})).calendar.last_day.year == 2038


# --- hash


def test_the_hash_is_a_sha256_and_does_not_change() -> None:
    assert parse(SOUND).sha256 == "d80c6ed3b1e9d3e00021a3585ebdee0b88b7711b76c4c16b5c5e29588fead35c"


def test_the_hash_does_not_depend_on_order_of_keys_or_stated_defaults() -> None:
    sound = parse(SOUND)
    assert parse({key: SOUND[key] for key in reversed(SOUND)}).sha256 == sound.sha256
    stated = {"calendar.country": "VN", "lecturers.0.max_sessions": None, "objective.delay": 20_000}
    assert parse(changed(stated)).sha256 == sound.sha256
    assert parse(changed({"cohorts.0.opens": "2018-03-16"})).sha256 == sound.sha256
    assert parse(changed({"name": " thử "})).sha256 == sound.sha256


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", "khác"),
        ("calendar.country", ""),
        ("calendar.last_day", "2018-12-30"),
        ("lecturers.0.fee", 600_001),
        ("lecturers.0.unavailable", DELETED),
        ("lecturers.0.unavailable.0.reason", "họp"),
        ("venues.0.rooms.0.capacity", 91),
        ("programmes.0.modules.0.lecturers", ["tran-thi-b", "nguyen-van-a"]),
        ("audiences.0.trainees.2018", 181),
        ("cohorts.0.opens", "2018-03-19"),
        ("locks", DELETED),
        ("objective.order", 50_001),
        ("budget.2018", 2_000_000_001),
        ("budget.2019", 0),
    ],
)
def test_the_hash_changes_with_the_content(path: str, value: object) -> None:
    assert parse(changed({path: value})).sha256 != parse(SOUND).sha256


def test_a_scenario_passes_to_another_process_unchanged() -> None:
    scenario = parse(SOUND)
    before = scenario.sha256, scenario.all_cohorts
    copied: Scenario = pickle.loads(pickle.dumps(scenario))
    assert copied == scenario
    assert (copied.sha256, copied.all_cohorts) == before
    assert scenario.programme_by_id["cap-xa"] is scenario.programmes[0]

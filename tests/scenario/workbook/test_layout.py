"""Shows that every key of a scenario has its column, so that none is lost on the way through a workbook."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from classplanner.scenario.models import (
    Audience,
    Calendar,
    Closure,
    Cohort,
    Component,
    Lecturer,
    Lock,
    Module,
    Objective,
    OpenDay,
    Period,
    Programme,
    Repair,
    Room,
    Scenario,
    Venue,
)
from classplanner.scenario.workbook.layout import SHEET_BY_KEY

_MODELS: dict[str, tuple[type[BaseModel], ...]] = {
    "calendar": (Calendar,),
    "days_off": (Closure, OpenDay),
    "lecturers": (Lecturer,),
    "absences": (Period,),
    "venues": (Venue,),
    "rooms": (Room,),
    "closures": (Period,),
    "programmes": (Programme,),
    "components": (Component,),
    "modules": (Module,),
    "quotas": (Audience,),
    "classes": (Cohort,),
    "locks": (Lock,),
    "weights": (Objective,),
    "repair": (Repair,),
}
# Keys that hold other tables, which have sheets of their own, and the date of a day worked.
_ELSEWHERE = {"closed", "open", "unavailable", "available", "components", "modules", "date"}


def _keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def test_every_key_has_a_column() -> None:
    for sheet, models in _MODELS.items():
        columns: set[Any] = {column.key for column in SHEET_BY_KEY[sheet].columns}
        for model in models:
            missing = _keys(model) - columns - _ELSEWHERE
            missing -= {"rooms"} if sheet == "venues" else set()
            assert not missing, (sheet, missing)


def test_every_section_has_a_sheet() -> None:
    sections = {"objective": "weights", "audiences": "quotas", "cohorts": "classes", "name": "calendar"}
    assert {sections.get(name, name) for name in Scenario.model_fields} <= set(SHEET_BY_KEY)

"""Timetables to export, and what becomes of names that office programs could take for something else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl

from classplanner.check import check
from classplanner.export import Edition
from classplanner.export.workbook import timetable_workbook
from classplanner.language import Language, LanguageCode
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable

NASTY = ("=1+1", "+84 24", "-2", "@SUM(A1)", "<b>&amp;", 'a;b "c"', "  =x")


def edition(scenario: Scenario, timetable: Timetable, code: LanguageCode = "vi") -> Edition:
    return Edition(scenario, timetable, Language(code))


def workbook(scenario: Scenario, timetable: Timetable, code: LanguageCode = "vi") -> bytes:
    return timetable_workbook(edition(scenario, timetable, code), check(scenario, timetable))


def edited(content: bytes, path: Path, changes: dict[str, dict[str, Any]]) -> Path:
    """Change cells of a workbook as a planner does, and save it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for title, cells in changes.items():
        for name, value in cells.items():
            book[title][name] = value
    book.save(path)
    return path


def in_order(timetable: Timetable) -> tuple[Any, Any]:
    """Return classes and meetings in an order that does not depend on the file."""
    return (
        sorted(timetable.cohorts, key=lambda entry: entry.id),
        sorted(timetable.meetings, key=lambda meeting: (meeting.cohorts, meeting.module)),
    )


def renamed(scenario: Scenario, names: tuple[str, ...] = NASTY) -> Scenario:
    """Give everything in a scenario one of the names in turn."""
    number = 0

    def rename(value: Any) -> Any:
        nonlocal number
        if isinstance(value, dict):
            changed = {key: rename(child) for key, child in value.items()}
            if "name" in changed:
                changed["name"] = names[number % len(names)]
                number += 1
            return changed
        return [rename(child) for child in value] if isinstance(value, list) else value

    return Scenario.model_validate(
        rename(scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    )

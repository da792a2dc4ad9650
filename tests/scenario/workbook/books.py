"""Workbooks for tests: the cells of a scenario's sheets, changed and written without any dress."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from classplanner.errors import InputError
from classplanner.language import Language, LanguageCode
from classplanner.scenario import Scenario, load, parse
from classplanner.scenario.workbook.layout import SHEETS
from classplanner.scenario.workbook.tables import flatten
from classplanner.scenario.workbook.values import write_value
from tests.documents import SOUND

WORKBOOKS = int(os.environ.get("CLASSPLANNER_WORKBOOKS", "10"))
"""How many random scenarios and damaged workbooks to try."""

Cells = dict[str, dict[str, Any]]
"""By the title of the sheet, then by the name of the cell."""


def cells(scenario: Scenario, code: LanguageCode = "vi") -> Cells:
    """Lay a scenario out as plain cells: titles in row 1 from column B on, the objects below."""
    language = Language(code)
    rows = flatten(scenario.model_dump(by_alias=True, exclude_defaults=True))
    book: Cells = {}
    for sheet in SHEETS:
        page = book[language.text(f"sheet.{sheet.key}.title")] = {}
        for place, column in enumerate(sheet.columns):
            title = language.text(f"sheet.{sheet.key}.column.{column.key}")
            for number, row in enumerate(rows[sheet.key], start=2):
                value = row.get(column.key)
                if value not in (None, ""):
                    name = f"{chr(66 + place)}{number}" if sheet.listed else f"B{place + 2}"
                    page[name] = write_value(column, value, language)
            page[f"{chr(66 + place)}1" if sheet.listed else f"A{place + 2}"] = title
    return book


def sound_cells(code: LanguageCode = "vi") -> Cells:
    """Lay out the sound scenario of the tests."""
    return cells(parse(SOUND), code)


def write(book: Mapping[str, Mapping[str, Any]], path: Path, merges: Mapping[str, str] | None = None) -> Path:
    """Write cells as a workbook; texts that begin with ``=`` are formulas."""
    file = openpyxl.Workbook()
    file.remove(file.worksheets[0])
    for title, page in book.items():
        sheet = file.create_sheet(title)
        for name, value in page.items():
            sheet[name] = value
        if merges and title in merges:
            sheet.merge_cells(merges[title])
    buffer = io.BytesIO()
    file.save(buffer)
    path.write_bytes(buffer.getvalue())
    return path


def told(path: Path, code: LanguageCode = "vi") -> list[str]:
    """Return what a planner reads when a file is loaded, without the name of the file."""
    try:
        load(path)
    except InputError as error:
        language = Language(code)
        return [fault.describe(language).removeprefix(f"{path}: ") for fault in error.faults]
    return []

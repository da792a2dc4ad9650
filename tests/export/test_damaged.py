"""Shows that a timetable's workbook, whatever a hand does to it, is read, or refused cell by cell.

The environment variable ``CLASSPLANNER_WORKBOOKS`` says how many damaged ones to try.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from classplanner.check import check
from classplanner.cli.breaches import breach_text
from classplanner.errors import InputError
from classplanner.language import LANGUAGES, Language
from classplanner.rules import Names
from classplanner.timetable import read_timetable
from tests.builders import scenario as small
from tests.builders import timetable as small_timetable
from tests.export.samples import workbook
from tests.scenario.workbook.books import WORKBOOKS

_TYPED = [
    *(None, "", "x", "=1+1", "#REF!", "K1", "K9", "LAW", "TALK Giao tiếp", "Lê An; Võ Bình", "Sáng, chiều"),
    *("cả ngày", "31/02/2018", "Thứ Hai, 16/04/2018", 43206, 1.5, True, dt.date(2018, 4, 16), "ư" * 90),
]


def _damage(book: openpyxl.Workbook, rng: random.Random) -> None:
    """Do to a class's sheet what a hurried planner may do."""
    sheet: Any = rng.choice(book.worksheets[4:6])
    row, column, more = rng.randint(1, 14), rng.randint(1, 7), rng.randint(1, 3)
    cell, merged = sheet.cell(row, column), sorted(sheet.merged_cells.ranges, key=str)
    kind = rng.choice(["type", "type", "type", "copy", "delete", "insert", "move", "merge", "unmerge"])
    if kind == "type" and not isinstance(cell, MergedCell):
        cell.value = rng.choice(_TYPED)
    elif kind == "copy":
        book.copy_worksheet(sheet)
    elif kind == "delete":
        sheet.delete_rows(row, more)
    elif kind == "insert":
        sheet.insert_cols(column)
    elif kind == "move":
        sheet.move_range(f"A{row}:G{row + 1}", rows=more)
    elif kind == "merge":
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column + 1)
    elif merged:
        sheet.merged_cells.remove(rng.choice(merged))


@pytest.mark.parametrize("seed", range(WORKBOOKS))
def test_damaged_timetables_are_told_cell_by_cell(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    scenario = small()
    book = openpyxl.load_workbook(io.BytesIO(workbook(scenario, small_timetable(), LANGUAGES[seed % 2])))
    for _ in range(rng.randint(1, 5)):
        _damage(book, rng)
    path = tmp_path / "x.xlsx"
    book.save(path)
    titles = "|".join(re.escape(sheet.title) for sheet in book)
    try:
        timetable, cells = read_timetable(path, scenario)
    except InputError as error:
        for fault in error.faults:
            assert fault.place == "" or re.fullmatch(rf"({titles})(![A-Z]+\d+)?", fault.place), fault
            assert all(fault.describe(Language(code)) for code in LANGUAGES)
    else:
        for breach in check(scenario, timetable).breaches:
            assert breach_text(breach, Names(scenario), Language("vi"), cells)

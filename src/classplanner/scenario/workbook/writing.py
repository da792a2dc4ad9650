"""Writes the workbook of a scenario, empty with examples or filled in, for planners who work in Excel.

Texts are written as texts, never as formulas, and those that would become formulas when edited are quoted.
The same scenario gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from classplanner.errors import Fault, InputError
from classplanner.language import Language
from classplanner.scenario.documents import printable
from classplanner.scenario.models import Scenario
from classplanner.scenario.workbook.layout import SHEET_BY_KEY, SHEETS, Column, Sheet
from classplanner.scenario.workbook.places import letters
from classplanner.scenario.workbook.spreadsheet import Spreadsheet
from classplanner.scenario.workbook.tables import Row, flatten
from classplanner.scenario.workbook.values import write_value

__all__ = ["dump_workbook", "template"]

_EMPTY_ROWS = 200
"""How many rows below the last one have drop-downs, at least."""


def template(language: Language) -> bytes:
    """Make the workbook that a planner begins with: every sheet with an example row, nothing filled in."""
    return _Writer(language, {}, examples=True).content()


def dump_workbook(scenario: Scenario, language: Language) -> bytes:
    """Write a scenario as a workbook; `load` reads an equal one.

    Raises
    ------
    InputError
        A list is too long for a cell, or the package that writes such files is not installed.
    """
    document = scenario.model_dump(by_alias=True, exclude_defaults=True)
    return _Writer(language, flatten(document), examples=False).content()


class _Writer:
    def __init__(self, language: Language, rows: Mapping[str, Sequence[Row]], *, examples: bool) -> None:
        self.language, self.rows, self.examples = language, rows, examples
        self.file = Spreadsheet(language.text("sheet.instructions.heading"))

    def text(self, key: str, **values: object) -> str:
        return self.language.text(f"sheet.{key}", **values)

    def content(self) -> bytes:
        self._instructions()
        for sheet in SHEETS:
            if sheet.listed:
                self._listed(sheet, self.rows.get(sheet.key, ()))
            else:
                self._items(sheet, next(iter(self.rows.get(sheet.key, ())), {}))
        return self.file.content()

    def _instructions(self) -> None:
        page = self.file.sheet(self.text("instructions.title"), color="#174a7c")
        page.widths([24, 140])
        page.write(0, 0, self.text("instructions.heading"), "heading")
        points = ("start", "example", "id", "date", "list", "required", "columns", "run")
        row = 2
        for point in points:
            page.write(row, 0, row - 1, "note", align="center")
            page.write(row, 1, self.text(f"instructions.{point}", file="nam.xlsx"), "wrapped")
            row += 1
        page.write(row + 1, 0, self.text("instructions.sheets"), "title")
        for sheet in SHEETS:
            row += 1
            title = self.text(f"{sheet.key}.title")
            page.link(row + 1, 0, title)
            page.write(row + 1, 1, self.text(f"{sheet.key}.help"), "wrapped")
        page.print_setup(landscape=True)

    def _items(self, sheet: Sheet, values: Row) -> None:
        page = self.file.sheet(self.text(f"{sheet.key}.title"))
        page.widths([40, 44, 70])
        for place, key in enumerate(("item", "value", "meaning")):
            page.write(0, place, self.text(key), "header")
        for row, column in enumerate(sheet.columns, start=1):
            page.write(row, 0, self._title(sheet, column), "label")
            value = values.get(column.key)
            if value is not None and (value or column.key != "name"):
                page.write(row, 1, write_value(column, value, self.language), _style(column))
            else:
                page.write(row, 1, None, _style(column))
            page.write(row, 2, self._meaning(sheet, column), "note")
            self._validate(page, sheet, column, (row, row), 1)
        page.freeze(1, 0)
        page.print_setup(landscape=True)

    def _meaning(self, sheet: Sheet, column: Column) -> str:
        hint = self.text(f"{sheet.key}.hint.{column.key}")
        example = self._example(column)
        if isinstance(example, dt.date):
            example = f"{example:%d/%m/%Y}"
        return f"{hint} {self.text('example')}: {example}." if self.examples and example else hint

    def _title(self, sheet: Sheet, column: Column) -> str:
        title = self.text(f"{sheet.key}.column.{column.key}")
        return f"{title} *" if column.required else title

    def _listed(self, sheet: Sheet, rows: Sequence[Row]) -> None:
        page = self.file.sheet(self.text(f"{sheet.key}.title"))
        page.widths([5, *(column.width for column in sheet.columns)])
        page.write(0, 0, self.text("number"), "header")
        for place, column in enumerate(sheet.columns, start=1):
            page.write(0, place, self._title(sheet, column), "header")
            page.comment(0, place, self.text(f"{sheet.key}.hint.{column.key}"))
        first = 1
        if self.examples:
            page.write(1, 0, self.text("example"), "example")
            for place, column in enumerate(sheet.columns, start=1):
                page.write(1, place, self._example(column), "example")
            first = 2
        for row, values in enumerate(rows, start=first):
            self._row(page, sheet, row, values, number=row - first + 1)
        last = first + len(rows) + _EMPTY_ROWS
        for row in range(first + len(rows), last + 1):
            for place, column in enumerate(sheet.columns, start=1):
                page.write(row, place, None, _style(column))
        for place, column in enumerate(sheet.columns, start=1):
            self._validate(page, sheet, column, (first, last), place)
        if sheet.key == "rooms":
            self._full_names(page, sheet, rows, first, last)
        page.freeze(1, 2)
        page.filter(0, 0, max(first + len(rows) - 1, 1), len(sheet.columns))
        page.print_setup(landscape=True, repeat=0)

    def _row(self, page: Any, sheet: Sheet, row: int, values: Row, number: int) -> None:
        page.write(row, 0, number, "number")
        for place, column in enumerate(sheet.columns, start=1):
            value = values.get(column.key)
            written = None if value is None or value == "" else write_value(column, value, self.language)
            if isinstance(written, str) and not page.fits(written):
                where = f"{page.title}!{letters(place + 1)}{row + 1}"
                raise InputError([Fault("", where, "cell-too-long", {"value": f'"{printable(written)}"'})])
            page.write(row, place, written, _style(column))

    def _full_names(self, page: Any, sheet: Sheet, rows: Sequence[Row], first: int, last: int) -> None:
        """Spell out venue/room beside each room, for the drop-downs of other sheets."""
        place = len(sheet.columns) + 1
        page.write(0, place, self.text("full-name"), "header")
        page.widths([34], first=place)
        for row in range(first, last + 1):
            values = rows[row - first] if row - first < len(rows) else None
            name = f"{values['venue']}/{values['id']}" if values else ""
            page.formula(row, place, f'=IF(C{row + 1}="","",B{row + 1}&"/"&C{row + 1})', name)
        page.print_rows(first + max(len(rows), 20), place)

    def _example(self, column: Column) -> str | int | dt.date | None:
        """Return what the example row says of a column."""
        if not column.example:
            return None
        words = [
            self.language.text(word[1:]) if word.startswith("@") else word
            for word in column.example.split(";")
        ]
        match column.kind:
            case "number":
                return int(column.example)
            case "day":
                return dt.date.fromisoformat(column.example)
            case "weekdays":
                return write_value(column, words, self.language)
        return write_value(column, words[0], self.language) if column.choices else "; ".join(words)

    def _validate(self, page: Any, sheet: Sheet, column: Column, rows: tuple[int, int], place: int) -> None:
        """Offer what a column takes, explain it, and stop what it cannot be."""
        rule: dict[str, Any] = {"validate": "any"}
        match column:
            case Column(choices=choices) if choices:
                rule = {"validate": "list", "source": [self.text(f"choice.{choice}") for choice in choices]}
            case Column(kind="truth"):
                rule = {"validate": "list", "source": [self.text("yes"), self.text("no")]}
            case Column(kind="day"):
                rule = {
                    "validate": "date",
                    "criteria": "between",
                    "minimum": dt.date(1990, 1, 1),
                    "maximum": dt.date(2100, 12, 31),
                    "error_type": "warning",
                }
            case Column(kind="number"):
                rule = {"validate": "integer", "criteria": ">=", "value": 0}
            case Column(kind="session"):
                words = [
                    self.language.text(f"session.{name}") for name in ("morning", "afternoon", "evening")
                ]
                rule = {"validate": "list", "source": words, "error_type": "information"}
            case Column(source=(of, key)):
                rule = {"validate": "list", "source": self._range(of, key), "error_type": "information"}
        page.validate(
            rows,
            place,
            {
                **rule,
                "input_title": self.text(f"{sheet.key}.column.{column.key}")[:32],
                "input_message": self.text(f"{sheet.key}.hint.{column.key}")[:255],
            },
        )

    def _range(self, of: str, key: str) -> str:
        """Name the cells of another sheet's column."""
        sheet = SHEET_BY_KEY[of]
        keys = [column.key for column in sheet.columns]
        letter = letters(2 + (keys.index(key) if key in keys else len(keys)))
        first = 3 if self.examples else 2
        last = first + len(self.rows.get(of, ())) + _EMPTY_ROWS
        title = self.text(f"{of}.title").replace("'", "''")
        return f"='{title}'!${letter}${first}:${letter}${last}"


def _style(column: Column) -> str:
    return {"day": "day", "number": "amount"}.get(column.kind, "text")

"""Reads a scenario from an Excel workbook: the document that a TOML file would hold, and its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classplanner.errors import InputError
from classplanner.language import LANGUAGES, Phrase, catalogue
from classplanner.scenario.documents import Location, notation, printable
from classplanner.scenario.faults import Finding, faults, folded, similar
from classplanner.scenario.workbook.assembly import Assembly, SheetRow
from classplanner.scenario.workbook.grids import Grid, Problem, open_grids
from classplanner.scenario.workbook.layout import SHEET_BY_KEY, SHEETS, Column, Sheet
from classplanner.scenario.workbook.places import CellPlaces, Spot
from classplanner.scenario.workbook.values import UnusableError, read_value

__all__ = ["Workbook", "read_workbook"]

_LAST_HEADER_ROW = 20


@dataclass
class Workbook:
    """What was read: the document, the cells its values stand in, and what was wrong on the way."""

    document: dict[str, Any] = field(default_factory=dict)
    places: CellPlaces = field(default_factory=CellPlaces)
    findings: list[Finding] = field(default_factory=list)

    def all_findings(self, findings: list[Finding]) -> list[Finding]:
        """Add what was found in the document; without what is only the echo of a cell found wrong before."""
        places = {self.places.place(finding.location) for finding in self.findings}
        return self.findings + [
            finding for finding in findings if finding.key != "missing" or not self._is_echo(finding, places)
        ]

    def _is_echo(self, finding: Finding, places: set[str]) -> bool:
        """Whether something is missing from the document because its cell or column has been refused."""
        spot = self.places.spot(finding.location)
        if spot is None:
            return False
        sheet = SHEET_BY_KEY[spot.sheet]
        column = sheet.column(spot.column)
        gone = column is not None and column.required and (sheet.key, column.key) not in self.places.columns
        return (gone and sheet.listed) or self.places.place(finding.location) in places


def read_workbook(path: Path) -> Workbook:
    """Read the workbook of a scenario.

    Parameters
    ----------
    path
        An Excel file with sheets as `classplanner template` makes them, titles in either language.

    Raises
    ------
    InputError
        It is no sound Excel file, or not one sheet of it is known.
    """
    book = Workbook()
    sheets = _known_sheets(open_grids(path), book)
    if not sheets:
        missing = Finding((), "missing-sheet", {"key": Phrase("sheet.calendar.title")})
        raise InputError(faults([missing], {}, str(path), book.places))
    assembly = Assembly(book.places)
    for sheet in SHEETS:
        if sheet.key in sheets:
            reader = _Listed if sheet.listed else _Items
            assembly.add(sheet.key, list(reader(sheet, sheets[sheet.key], book).rows()))
    book.document = assembly.finish()
    book.findings += assembly.findings
    return book


def _known_sheets(grids: list[Grid], book: Workbook) -> dict[str, Grid]:
    """Tell which sheet is which by its title in either language."""
    wanted = {
        folded(catalogue(code)[f"sheet.{sheet.key}.title"]): sheet.key
        for code in LANGUAGES
        for sheet in SHEETS
    }
    found: dict[str, Grid] = {}
    for grid in grids:
        key = wanted.get(folded(grid.title.strip()))
        if key is None:
            continue
        if key in found:
            values = {"first": found[key].title, "value": grid.title}
            book.findings.append(Finding((), "sheet-twice", values))
        else:
            found[key] = grid
            book.places.titles[key] = grid.title
    return found


def _titles(sheet: Sheet) -> dict[str, str]:
    """Return the keys of a sheet's columns by their titles in either language, folded, and by the keys."""
    titles = {column.key: column.key for column in sheet.columns}
    for code in LANGUAGES:
        for column in sheet.columns:
            titles[folded(catalogue(code)[f"sheet.{sheet.key}.column.{column.key}"])] = column.key
    return titles


def _title(value: Any) -> str:
    """Fold the title in a cell; the mark of required columns does not count."""
    return folded(str(value).replace("*", "").replace("\n", " ").strip()) if isinstance(value, str) else ""


class _Reader:
    """Reads the values of one sheet."""

    def __init__(self, sheet: Sheet, grid: Grid, book: Workbook) -> None:
        self.sheet, self.grid, self.book = sheet, grid, book
        self.titles = _titles(sheet)

    def report(self, row: int, column: str, key: str, values: Mapping[str, object] | None = None) -> None:
        """Note something wrong with a cell."""
        location: Location = ("cell", self.sheet.key, row, column)
        self.book.places.spots[location] = Spot(self.sheet.key, row, column)
        self.book.findings.append(Finding(location, key, values or {}))

    def value(self, column: Column, row: int, content: Any, shown: str) -> Any:
        """Read a cell as its column is meant; None where it cannot be used, which is then noted."""
        if isinstance(content, Problem):
            self.report(row, shown, content.key, content.values)
            return None
        try:
            return read_value(column, content)
        except UnusableError as unusable:
            values = {"value": notation(unusable.value), "expected": unusable.expected}
            self.report(row, shown, "not-one-of", values)
            return None


class _Listed(_Reader):
    """A sheet with a row an object."""

    def rows(self) -> Iterator[SheetRow]:
        """Go through the rows that say something."""
        header = self._header()
        if header is None:
            if self.grid.cells:
                self.report(0, "", "no-header")
            return
        columns = self._columns(header)
        self._merged(header, set(columns.values()))
        for row, cells in self.grid.rows().items():
            if row <= header or _is_example(cells, columns) or not set(cells) & set(columns.values()):
                continue
            values, faulty = {}, set()
            for key, place in columns.items():
                column, content = self.sheet.column(key), self.grid.filled(row, place)
                if column is None or content is None:
                    continue
                values[key] = self.value(column, row, content, key)
                if values[key] is None:
                    del values[key]
                    faulty.add(key)
            yield SheetRow(row, values, frozenset(faulty))

    def _header(self) -> int | None:
        """Find the row with the titles of the columns: among the first, the one that has most of them."""
        counts = {
            row: sum(_title(value) in self.titles for value in cells.values())
            for row, cells in self.grid.rows().items()
            if row <= _LAST_HEADER_ROW
        }
        best = max(counts, key=lambda row: (counts[row], -row), default=None)
        return best if best is not None and counts[best] > 0 else None

    def _columns(self, header: int) -> dict[str, int]:
        """Return where each column stands."""
        columns: dict[str, int] = {}
        unknown: list[tuple[int, str]] = []
        for place, value in self.grid.rows()[header].items():
            key = self.titles.get(_title(value))
            if key is None:
                unknown.append((place, str(value)))
            elif key in columns:
                self.report(header, key, "column-twice", {"key": str(value)})
            else:
                columns[key] = place
                self.book.places.columns[self.sheet.key, key] = place
        self._missing(header, columns, unknown)
        return columns

    def _missing(self, header: int, columns: Mapping[str, int], unknown: list[tuple[int, str]]) -> None:
        """Complain of titles that look misspelt, and of required columns that are not there."""
        absent = {title: key for title, key in self.titles.items() if key not in columns}
        for place, value in unknown:
            if similar(_title(value), absent) is not None:
                name = f"?{place}"
                self.book.places.columns[self.sheet.key, name] = place
                self.report(header, name, "unknown-column", {"value": printable(value)})
        for column in self.sheet.columns:
            if column.required and column.key not in columns:
                key = Phrase(f"sheet.{self.sheet.key}.column.{column.key}")
                self.report(0, column.key, "missing-column", {"key": key})

    def _merged(self, header: int, used: set[int]) -> None:
        """Complain of cells merged across columns; nobody knows to which the value belongs."""
        for merge in self.grid.across(header + 1):
            places = used & set(range(merge.first_column, merge.last_column + 1))
            if places and self.grid.cells.get((merge.first_row, merge.first_column)) is not None:
                name = f"?{merge.first_column}"
                self.book.places.columns[self.sheet.key, name] = merge.first_column
                self.report(merge.first_row, name, "merged", {"value": merge.name})


class _Items(_Reader):
    """A sheet with a row an item and its value beside it."""

    def rows(self) -> Iterator[SheetRow]:
        """Return its one row, whose values stand below one another."""
        values: dict[str, Any] = {}
        faulty = set()
        spots: dict[str, int] = {}
        for row, cells in self.grid.rows().items():
            place, title = next(iter(cells.items()))
            key = self.titles.get(_title(title))
            column = self.sheet.column(key or "")
            if key is None or column is None:
                self._unknown(row, place, title)
                continue
            self.book.places.columns.setdefault((self.sheet.key, key), place + 1)
            if key in spots:
                self.report(row, key, "column-twice", {"key": str(title)})
                continue
            spots[key] = row
            content = cells.get(place + 1)
            if content is not None:
                values[key] = self.value(column, row, content, key)
                if values[key] is None:
                    del values[key]
                    faulty.add(key)
        yield SheetRow(0, values, frozenset(faulty), spots)

    def _unknown(self, row: int, place: int, title: Any) -> None:
        """Complain of an item that looks misspelt."""
        if isinstance(title, str) and similar(_title(title), self.titles) is not None:
            name = f"?{place}"
            self.book.places.columns[self.sheet.key, name] = place
            self.report(row, name, "unknown-item", {"value": printable(title)})


def _is_example(cells: Mapping[int, Any], columns: Mapping[str, int]) -> bool:
    """Whether a row is marked as an example, left of the columns that count."""
    first = min(cells)
    marks = {folded(catalogue(code)["sheet.example"]) for code in LANGUAGES}
    value = cells[first]
    return first < min(columns.values(), default=0) and isinstance(value, str) and folded(value) in marks

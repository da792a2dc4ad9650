"""Opens an Excel file, however it was made or damaged, and hands out the values of its cells."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classplanner.errors import Fault, InputError
from classplanner.scenario.content import read_bytes
from classplanner.scenario.documents import printable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Grid", "Merge", "Problem", "open_grids"]

_LARGEST_CONTENT = 128 * 2**20
# A formula with no value behind it, however the elements are prefixed.
_VALUELESS = re.compile(
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:</|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</)"
)


@dataclass(frozen=True)
class Problem:
    """What makes the value of a cell unusable: a sentence below ``fault.`` and its values."""

    key: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Merge:
    """Cells merged into one, by the numbers of their first and last row and column."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    name: str


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet that hold something, by row and column, both from 1.

    Texts are stripped, and blank ones left out; dates are dates, whole numbers are whole. A cell merged with
    those above it has their value in `filled`.
    """

    title: str
    cells: dict[tuple[int, int], Any]
    merges: tuple[Merge, ...] = ()

    def rows(self) -> dict[int, dict[int, Any]]:
        """Return the rows that hold something, in order, with their cells by column."""
        found: dict[int, dict[int, Any]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, {})[column] = self.cells[row, column]
        return found

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that says what a cell holds: itself, or the merged one that reaches down to it."""
        if (row, column) not in self.cells:
            for merge in self.merges:
                if (
                    merge.first_column <= column <= merge.last_column
                    and merge.first_row < row <= merge.last_row
                ):
                    return merge.first_row, merge.first_column
        return row, column

    def filled(self, row: int, column: int) -> Any:
        """Return the value of a cell, or of the merged cell that reaches down to it; None for none."""
        return self.cells.get(self.origin(row, column))

    def across(self, first_row: int) -> Iterator[Merge]:
        """Go through what is merged across columns, from a row on, and not empty."""
        for merge in self.merges:
            if merge.first_row >= first_row and merge.first_column < merge.last_column:
                yield merge


def open_grids(path: Path) -> list[Grid]:
    """Read all sheets of an Excel file.

    Parameters
    ----------
    path
        A file whose name ends in ``.xlsx`` or ``.xlsm``.

    Raises
    ------
    InputError
        The file cannot be read, is far too large, or is no such file; or the package that reads such files
        is not installed.
    """
    try:
        import openpyxl  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise InputError([Fault(str(path), "", "no-office")]) from error
    content = read_bytes(path)
    try:
        _refuse_bombs(content, path)
        with _plain_merges():
            values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            book = openpyxl.load_workbook(io.BytesIO(content)) if _lacks_values(content) else values
        return [_grid(sheet, shown) for sheet, shown in zip(book.worksheets, values.worksheets, strict=True)]
    except InputError:
        raise
    except Exception as error:  # a damaged file makes the reader fail in any way it can
        reason = printable(f"{type(error).__name__}: {error}")
        raise InputError([Fault(str(path), "", "not-xlsx", {"reason": reason})]) from error


def _refuse_bombs(content: bytes, path: Path) -> None:
    """Refuse a small file that becomes a huge one when unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > _LARGEST_CONTENT:
        raise InputError([Fault(str(path), "", "file-too-large", {"megabytes": _LARGEST_CONTENT // 2**20})])


def _lacks_values(content: bytes) -> bool:
    """Whether there are formulas that were saved without a value; to tell them takes reading all twice."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(
            _VALUELESS.search(archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/worksheets/")
        )


@contextlib.contextmanager
def _plain_merges() -> Iterator[None]:
    """Have merged cells read without their borders, which take ten times as long as all else to work out."""
    from openpyxl.worksheet.merge import MergedCellRange  # noqa: PLC0415 - an extra

    drawing = MergedCellRange.format
    MergedCellRange.format = lambda _: None  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        MergedCellRange.format = drawing  # type: ignore[method-assign]


def _stored(sheet: Worksheet) -> Iterator[Any]:
    # Going through rows would make cells up to the last one that anybody ever touched.
    yield from sheet._cells.values()


def _grid(sheet: Worksheet, shown: Worksheet) -> Grid:
    cells: dict[tuple[int, int], Any] = {}
    for cell in _stored(sheet):
        value = _value(cell, shown)
        if value is not None:
            cells[cell.row, cell.column] = value
    merges = tuple(
        Merge(area.min_row, area.max_row, area.min_col, area.max_col, area.coord)
        for area in sheet.merged_cells.ranges
    )
    return Grid(sheet.title, cells, merges)


def _value(cell: Any, shown: Worksheet) -> Any:
    """Read a cell; a formula by the value it had when the file was saved."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        stored = shown._cells.get((cell.row, cell.column))
        value, kind = (stored.value, stored.data_type) if stored is not None else (None, "n")
        if value is None:
            return Problem("formula-empty")
    if kind == "e":
        return Problem("cell-error", {"value": printable(str(value))})
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value

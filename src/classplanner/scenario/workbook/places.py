"""Where in a workbook a value of the document stands, and what a planner calls it there."""

from __future__ import annotations

from typing import NamedTuple

from classplanner.language import Phrase
from classplanner.scenario.documents import Location
from classplanner.scenario.faults import Finding
from classplanner.scenario.workbook.layout import SHEET_BY_KEY, SHEETS

__all__ = ["CellPlaces", "Spot", "letters"]

_ORDER = {sheet.key: number for number, sheet in enumerate(SHEETS)}
# Keys of the document that a sheet calls otherwise.
_COLUMN_OF = {
    ("days_off", "date"): "from",
    ("quotas", "[key]"): "year",
    ("budget", "[key]"): "year",
}
_SHEET_OF = {"audiences": "quotas", "cohorts": "classes", "objective": "weights"}
# Sentences that speak of the keys of a TOML file, and those that speak of cells instead.
_SENTENCES = {
    "not-day": "not-day-cell",
    "lock-module": "lock-module-cell",
    "lock-empty": "lock-empty-cell",
    "no-cohorts": "no-cohorts-cell",
}


class Spot(NamedTuple):
    """A row of a sheet, and a column of it where a value is meant."""

    sheet: str
    row: int
    column: str = ""


def letters(column: int) -> str:
    """Write the number of a column, from 1, as Excel does: A, B, …, Z, AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


class CellPlaces:
    """Knows the cell of each value of a document.

    Attributes
    ----------
    titles
        What the sheets are called in the file.
    columns
        In which column of the file, from 1, each column of a sheet stands.
    spots
        Where the tables and values of the document come from.
    """

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.columns: dict[tuple[str, str], int] = {}
        self.spots: dict[Location, Spot] = {}

    def spot(self, location: Location) -> Spot | None:
        """Find the cell of a value, or the row of the table that it is missing from."""
        for length in range(len(location), 0, -1):
            found = self.spots.get(location[:length])
            if found is not None:
                key = location[length] if length < len(location) else ""
                return found if found.column or not isinstance(key, str) else found._replace(column=key)
        return None

    def place(self, location: Location) -> str:
        """Name the cell, ``Giảng viên!D7``; or the sheet, where there is no cell."""
        spot = self.spot(location)
        if spot is None:
            key = _sheet_of(location)
            return self.titles.get(key, "") if key else ""
        column = self.columns.get((spot.sheet, _column(spot))) or self.columns.get(
            (spot.sheet, SHEET_BY_KEY[spot.sheet].columns[0].key)
        )
        where = f"{letters(column) if column else ''}{spot.row}" if spot.row else ""
        title = self.titles.get(spot.sheet, "")
        return f"{title}!{where}" if where else title

    def position(self, location: Location) -> tuple[int, ...]:
        """Say where the cell stands, to sort by: sheets in their order, then rows, then columns."""
        spot = self.spot(location)
        if spot is None:
            return (_ORDER.get(_sheet_of(location), -1),)
        column = self.columns.get((spot.sheet, _column(spot)), 0)
        return (_ORDER.get(spot.sheet, -1), spot.row, column)

    def tell(self, finding: Finding) -> Finding:
        """Speak of sheets and columns where a finding speaks of keys."""
        spot = self.spot(finding.location)
        sheet = spot.sheet if spot else _sheet_of(finding.location)
        values = dict(finding.values)
        for name in {"key", "first", "last"} & values.keys():
            values[name] = _title(sheet, values[name])
        if "keys" in values:
            values["keys"] = tuple(_title(sheet, key) for key in str(values["keys"]).split(", "))
        key = _SENTENCES.get(finding.key, finding.key)
        named = values.get("key")
        if key == "missing" and isinstance(named, Phrase) and named.key.endswith(".title"):
            key = "missing-rows" if spot else "missing-sheet"
        return finding._replace(key=key, values=values)


def _column(spot: Spot) -> str:
    """Return the column that is meant; that of a row as a whole is its first."""
    return _COLUMN_OF.get((spot.sheet, spot.column), spot.column) or SHEET_BY_KEY[spot.sheet].columns[0].key


def _sheet_of(location: Location) -> str:
    key = next((step for step in reversed(location) if isinstance(step, str)), "")
    key = _SHEET_OF.get(key, key)
    return key if key in SHEET_BY_KEY else ""


def _title(sheet: str, key: object) -> object:
    """Name a column, or a sheet; what is neither stays as it is."""
    if sheet and isinstance(key, str):
        name = _COLUMN_OF.get((sheet, key), key)
        if SHEET_BY_KEY[sheet].column(name):
            return Phrase(f"sheet.{sheet}.column.{name}")
    named = _SHEET_OF.get(str(key), str(key))
    return Phrase(f"sheet.{named}.title") if named in SHEET_BY_KEY else key

"""Puts the rows of the sheets together into the document of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from classplanner.scenario.documents import Location, notation
from classplanner.scenario.faults import At, Finding, shape_findings, unknown
from classplanner.scenario.models import Component, Module, Period, Room
from classplanner.scenario.values import FIRST_YEAR, LAST_YEAR
from classplanner.scenario.workbook.layout import SHEET_BY_KEY
from classplanner.scenario.workbook.places import CellPlaces, Spot
from classplanner.scenario.workbook.tables import PERIODS_OF_LECTURERS

__all__ = ["Assembly", "SheetRow"]

Table = dict[str, Any]


class SheetRow(NamedTuple):
    """A row that says something.

    Attributes
    ----------
    number
        Its number in the file.
    values
        By the keys of the columns; empty cells are left out.
    faulty
        The columns whose cells are not empty but cannot be used, which has been said.
    spots
        In which row each value stands, where they stand below one another.
    """

    number: int
    values: Table
    faulty: frozenset[str]
    spots: Mapping[str, int] = {}


class Assembly:
    """A document in the making; sheets are added in their order.

    Parameters
    ----------
    places
        Is told which cells the values of the document come from.
    """

    def __init__(self, places: CellPlaces) -> None:
        self.places = places
        self.document: Table = {}
        self.findings: list[Finding] = []
        self._homes: dict[tuple[str, str], tuple[Location, Table]] = {}
        self._orphans = 0

    def finish(self) -> Table:
        """Return the document."""
        return self.document

    def add(self, sheet: str, rows: list[SheetRow]) -> None:
        """Add the rows of a sheet."""
        adders = {
            "calendar": self._calendar,
            "weights": lambda row: self._items("weights", "objective", row),
            "repair": lambda row: self._items("repair", "repair", row),
            "days_off": self._days_off,
            "absences": self._absence,
            "rooms": self._room,
            "closures": self._closure,
            "components": self._component,
            "modules": self._module,
            "quotas": self._quota,
            "budget": self._budget,
        }
        for row in rows:
            self._required(sheet, row)
            if sheet in adders:
                adders[sheet](row)
            else:
                self._object(sheet, "cohorts" if sheet == "classes" else sheet, row)

    # --- sheets

    def _calendar(self, row: SheetRow) -> None:
        values = dict(row.values)
        if "name" in values:
            self.document["name"] = values.pop("name")
        self.document["calendar"] = values
        for key, number in row.spots.items():
            location: Location = ("name",) if key == "name" else ("calendar", key)
            self.places.spots[location] = Spot("calendar", number, key)

    def _items(self, sheet: str, section: str, row: SheetRow) -> None:
        self.document[section] = row.values
        for key, number in row.spots.items():
            self.places.spots[section, key] = Spot(sheet, number, key)

    def _days_off(self, row: SheetRow) -> None:
        values = dict(row.values)
        kind = values.pop("kind", "closed")
        if kind == "open":
            first, last = values.pop("from", None), values.pop("to", None)
            values |= {} if first is None else {"date": first}
            if last not in (None, first):
                self._report("days_off", row, "to", "open-one-day")
        if not row.faulty & {"from", "date"} and ("from" in values or "date" in values):
            calendar = self.document.setdefault("calendar", {})
            self._append(calendar, ("calendar",), kind, values, Spot("days_off", row.number))

    def _object(self, sheet: str, section: str, row: SheetRow) -> None:
        location = self._append(self.document, (), section, row.values, Spot(sheet, row.number))
        identifier = row.values.get("id")
        if isinstance(identifier, str):
            self._homes.setdefault((section, identifier), (location, row.values))

    def _absence(self, row: SheetRow) -> None:
        values = dict(row.values)
        kind = values.pop("kind", PERIODS_OF_LECTURERS[0])
        self._child("absences", row, values, ("lecturer", "lecturers", kind), Period)

    def _room(self, row: SheetRow) -> None:
        values = dict(row.values)
        venue = values.get("venue")
        found = self._child("rooms", row, values, ("venue", "venues", "rooms"), Room)
        if found is not None and isinstance(values.get("id"), str):
            self._homes.setdefault(("rooms", f"{venue}/{values['id']}"), (found, values))

    def _closure(self, row: SheetRow) -> None:
        place = row.values.get("place")
        section = "rooms" if isinstance(place, str) and "/" in place else "venues"
        self._child("closures", row, dict(row.values), ("place", section, "closed"), Period)

    def _component(self, row: SheetRow) -> None:
        parent = ("programme", "programmes", "components")
        self._child("components", row, dict(row.values), parent, Component)

    def _module(self, row: SheetRow) -> None:
        self._child("modules", row, dict(row.values), ("programme", "programmes", "modules"), Module)

    def _quota(self, row: SheetRow) -> None:
        values = dict(row.values)
        year, trainees = values.pop("year", None), values.pop("trainees", None)
        identifier = values.get("id")
        if not isinstance(identifier, str):
            return
        if ("audiences", identifier) not in self._homes:
            location = self._append(
                self.document, (), "audiences", {**values, "trainees": {}}, Spot("quotas", row.number)
            )
            self._homes["audiences", identifier] = (location, self.document["audiences"][-1])
        location, audience = self._homes["audiences", identifier]
        for key in values.keys() & {"name", "programme", "cohort_size", "venues"}:
            if audience.setdefault(key, values[key]) != values[key]:
                said = {"value": notation(values[key]), "first": notation(audience[key]), "id": identifier}
                self._report("quotas", row, key, "differs", said)
        self._year("quotas", row, (year, trainees), audience["trainees"], (*location, "trainees"))

    def _budget(self, row: SheetRow) -> None:
        budget = self.document.setdefault("budget", {})
        self._year("budget", row, (row.values.get("year"), row.values.get("amount")), budget, ("budget",))

    # --- steps

    def _year(
        self, sheet: str, row: SheetRow, entry: tuple[Any, Any], years: Table, location: Location
    ) -> None:
        """Enter what a row says of a year."""
        year, amount = entry
        column = "trainees" if sheet == "quotas" else "amount"
        if year is None:
            if amount is not None and sheet == "quotas" and "year" not in row.faulty:
                self._report(sheet, row, "year", "missing", {"key": "year"})
            return
        if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
            said = {"value": notation(year), "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
            self._report(sheet, row, "year", "not-year", said)
            return
        where = (*location, str(year))
        if str(year) in years:
            self._report(sheet, row, "year", "duplicate", {"value": str(year), "first": At(where)})
        elif amount is not None:
            years[str(year)] = amount
            self.places.spots[where] = Spot(sheet, row.number, column)
        elif sheet == "quotas" and column not in row.faulty:
            self._report(sheet, row, column, "missing", {"key": column})

    def _append(self, parent: Table, location: Location, key: str, table: Table, spot: Spot) -> Location:
        """Append a table to a list of the document; return its location."""
        tables = parent.setdefault(key, [])
        tables.append(table)
        where = (*location, key, len(tables) - 1)
        self.places.spots[where] = spot
        return where

    def _child(
        self,
        sheet: str,
        row: SheetRow,
        values: Table,
        parent: tuple[str, str, str],
        model: type[BaseModel],
    ) -> Location | None:
        """Append what a row says to the object it names; judge it alone where there is no such object."""
        column, section, key = parent
        name = values.pop(column, None)
        home = self._homes.get((section, name)) if isinstance(name, str) else None
        if home is not None:
            location, table = home
            return self._append(table, location, key, values, Spot(sheet, row.number))
        if name is not None:
            kind = {"venues": "venue", "rooms": "room", "programmes": "programme"}.get(section, "lecturer")
            known = {known for of, known in self._homes if of == section}
            self.findings += unknown(kind, [(self._cell(sheet, row, column), str(name))], known)
        self._orphan(sheet, row, values, model)
        return None

    def _orphan(self, sheet: str, row: SheetRow, values: Table, model: type[BaseModel]) -> None:
        location: Location = ("orphan", self._orphans)
        self._orphans += 1
        self.places.spots[location] = Spot(sheet, row.number)
        try:
            model.model_validate(values, by_alias=True, by_name=False)
        except ValidationError as error:
            self.findings += [
                finding._replace(location=(*location, *finding.location))
                for finding in shape_findings(error, model)
                if finding.key != "missing"
            ]

    def _required(self, sheet: str, row: SheetRow) -> None:
        """Complain of empty cells where the document's own check would not, or would name another place."""
        for column in SHEET_BY_KEY[sheet].columns:
            known = (sheet, column.key) in self.places.columns or not SHEET_BY_KEY[sheet].listed
            empty = column.key not in row.values and column.key not in row.faulty
            if column.required and known and empty:
                self._report(sheet, row, column.key, "missing", {"key": column.key})

    def _report(
        self, sheet: str, row: SheetRow, column: str, key: str, values: Mapping[str, object] | None = None
    ) -> None:
        self.findings.append(Finding(self._cell(sheet, row, column), key, values or {}))

    def _cell(self, sheet: str, row: SheetRow, column: str) -> Location:
        """Return a location that stands for a cell itself."""
        number = row.number or row.spots.get(column, 0)
        location: Location = ("cell", sheet, number, column)
        self.places.spots[location] = Spot(sheet, number, column)
        return location

"""Reads a timetable back from an Excel file that `classplanner export` wrote and a planner has edited.

Only the sheets of the classes count; those of lecturers, halls and weeks say the same in another order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from classplanner.errors import Fault, InputError
from classplanner.language import LANGUAGES, Phrase, catalogue
from classplanner.scenario import Cohort, Scenario
from classplanner.scenario.documents import notation, printable
from classplanner.scenario.faults import folded, iso_date, similar
from classplanner.scenario.workbook.grids import Grid, Problem, open_grids
from classplanner.scenario.workbook.places import letters
from classplanner.scenario.workbook.words import session_id, split_items
from classplanner.timetable.cells import CellIndex, Entry
from classplanner.timetable.labels import Labels
from classplanner.timetable.models import LeftOut, Meeting, PartialRecord, PlannedCohort, Timetable

__all__ = ["read_timetable_workbook"]

_COLUMNS = ("number", "date", "session", "content", "lecturer", "place", "note", "class")
_LABELS = ("class", "opens", "closes", "room")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}", re.ASCII)


def read_timetable_workbook(path: Path, scenario: Scenario) -> tuple[Timetable, CellIndex]:
    """Read the timetable of a scenario from an Excel file.

    Parameters
    ----------
    path
        The file.
    scenario
        The scenario whose classes, modules, lecturers and rooms it names.

    Returns
    -------
    Timetable
        What its sheets of classes say.
    CellIndex
        In which cells they say it.

    Raises
    ------
    InputError
        With every cell that cannot be understood.
    """
    reader = _Reader(path, scenario)
    for grid in open_grids(path):
        reader.read(grid)
    if not reader.faults and not reader.cohorts:
        reader.faults.append(Fault(str(path), "", "no-class-sheets"))
    if reader.faults:  # those of a merged cell were found in each of its rows
        raise InputError({(fault.place, fault.key): fault for fault in reader.faults}.values())
    timetable = Timetable(
        partial=reader.partial, cohorts=tuple(reader.cohorts), meetings=tuple(reader.meetings())
    )
    return timetable, reader.index


class _Line(NamedTuple):
    """What a row of a class's table says."""

    module: str
    lecturers: tuple[str, ...]
    room: str | None
    slots: tuple[tuple[dt.date, str], ...]


@dataclass
class _Sheet:
    """A sheet with the columns of its table and the labels above it."""

    grid: Grid
    header: int
    columns: dict[str, int]
    labels: dict[str, tuple[int, int]] = field(default_factory=dict)

    def name(self, row: int, column: int) -> str:
        """Name a cell; a merged one by its first row."""
        row, column = self.grid.origin(row, column)
        return f"{self.grid.title}!{letters(column)}{row}"


class _Reader:
    """Gathers classes and meetings sheet by sheet."""

    def __init__(self, path: Path, scenario: Scenario) -> None:
        self.path, self.scenario = path, scenario
        self.labels = Labels(scenario)
        self.classes = {cohort.id: cohort for cohort in scenario.all_cohorts}
        self.faults: list[Fault] = []
        self.cohorts: list[PlannedCohort] = []
        self.partial: PartialRecord | None = None
        self.index = CellIndex()
        self._lines: dict[str, list[_Line]] = {}

    def read(self, grid: Grid) -> None:
        """Read a sheet if it is that of a class, or lists what is left out."""
        if folded(grid.title) in _texts("office.sheet.left-out"):
            self._left_out(grid)
        sheet = _table(grid)
        if sheet is None or "class" not in sheet.labels:
            return
        cohort = self._class(sheet)
        if cohort is not None:
            self._planned(sheet, cohort)
            for row in grid.rows():
                if row > sheet.header:
                    self._row(sheet, cohort, row)

    def meetings(self) -> Iterator[Meeting]:
        """Put the rows together: those of one module, with the same lecturers and place, are one meeting."""
        for cohort, lines in self._lines.items():
            groups: dict[tuple[str, tuple[str, ...], str | None], list[tuple[dt.date, str]]] = {}
            for line in lines:
                groups.setdefault((line.module, line.lecturers, line.room), []).extend(line.slots)
            for (module, lecturers, room), slots in groups.items():
                order = self.scenario.calendar.sessions.index
                taken = tuple(sorted(slots, key=lambda slot: (slot[0], order(slot[1]))))
                yield Meeting(
                    cohorts=(cohort,), module=module, lecturers=lecturers, room=room, sessions=taken
                )

    def _fault(
        self, place: str, key: str, values: Mapping[str, object] | None = None, guess: str | None = None
    ) -> None:
        self.faults.append(Fault(str(self.path), place, key, values or {}, guess))

    # --- the head of a sheet

    def _class(self, sheet: _Sheet) -> Cohort | None:
        row, column = sheet.labels["class"]
        name = str(sheet.grid.cells[row, column])
        cohort = self.classes.get(name)
        where = sheet.name(row, column)
        if cohort is None:
            self._fault(where, "unknown-cohort", {"value": printable(name)}, similar(name, self.classes))
        elif name in self._lines:
            self._fault(where, "duplicate", {"value": name, "first": self.index.of_class(name)})
            return None
        return cohort

    def _planned(self, sheet: _Sheet, cohort: Cohort) -> None:
        """Read where and when a class is held."""
        self._lines[cohort.id] = []
        cells: dict[str, str] = {}
        values: dict[str, Any] = {}
        for label in _LABELS:
            if label not in sheet.labels:
                key = Phrase(f"office.label.{label}")
                self._fault(sheet.grid.title, "missing", {"key": key})
                continue
            row, column = sheet.labels[label]
            cells[label] = sheet.name(row, column)
            values[label] = sheet.grid.cells[row, column]
        self.index.add_class(cohort.id, cells)
        opens = self._date(values.get("opens"), cells.get("opens", ""))
        closes = self._date(values.get("closes"), cells.get("closes", ""))
        room = self._room(values.get("room"), cells.get("room", ""))
        if opens and closes and room:
            self.cohorts.append(PlannedCohort(id=cohort.id, room=room, opens=opens, closes=closes))

    # --- a row

    def _row(self, sheet: _Sheet, cohort: Cohort, row: int) -> None:
        own = {key: sheet.grid.filled(row, column) for key, column in sheet.columns.items()}
        if own.get("content") is None:
            if own.get("lecturer") is not None:
                self._missing(sheet, row, "content")
            return
        where = {key: sheet.name(row, column) for key, column in sheet.columns.items()}
        module = self._module(cohort, own["content"], where["content"])
        lecturers = self._lecturers(own.get("lecturer"), where.get("lecturer", ""))
        room = self._place(own.get("place"), where.get("place", ""))
        date, sessions = own["date"], own["session"]
        for key in ("date", "session"):
            if own[key] is None:
                self._missing(sheet, row, key)
        if date is None or sessions is None or module is None:
            return
        day = self._date(date, where["date"])
        names = self._sessions(sessions, where["session"])
        if day is not None:
            slots = tuple((day, name) for name in names)
            self._lines[cohort.id].append(_Line(module, lecturers, room, slots))
            self.index.add(Entry(cohort.id, module, lecturers, slots, where))

    def _missing(self, sheet: _Sheet, row: int, key: str) -> None:
        place = sheet.name(row, sheet.columns[key])
        self._fault(place, "missing", {"key": Phrase(f"office.column.{key}")})

    def _usable(self, value: Any, where: str) -> bool:
        if isinstance(value, Problem):
            self._fault(where, value.key, value.values)
            return False
        return value is not None

    def _date(self, value: Any, where: str) -> dt.date | None:
        if not self._usable(value, where):
            return None
        if isinstance(value, str) and (found := _DATE.search(value)):
            iso = iso_date(found[0])
            value = dt.date.fromisoformat(iso) if iso else value
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            self._fault(where, "not-day-cell", {"value": notation(value)})
            return None
        return value

    def _sessions(self, value: Any, where: str) -> list[str]:
        if not self._usable(value, where):
            return []
        text, known = str(value), self.scenario.calendar.sessions
        if folded(text) in _texts("office.full-day"):
            return list(known)
        by_name = {folded(name): name for name in known}
        names = []
        for item, quoted in split_items(text):
            name = by_name.get(folded(item)) or (None if quoted else session_id(item))
            if name not in known:
                self._fault(where, "unknown-session", {"value": printable(item)}, similar(item, known))
            else:
                names.append(name)
        return names

    def _module(self, cohort: Cohort, value: Any, where: str) -> str | None:
        if not self._usable(value, where):
            return None
        found = self.labels.find_module(cohort.programme, str(value))
        if found is None:
            self._fault(where, "unknown-module", {"value": printable(str(value))})
        return found

    def _lecturers(self, value: Any, where: str) -> tuple[str, ...]:
        if not self._usable(value, where):
            return ()
        found = self.labels.find_lecturers(str(value))
        if found is None:
            guess = similar(str(value), self.labels.lecturers.values())
            self._fault(where, "unknown-lecturer", {"value": printable(str(value))}, guess)
        return tuple(found or ())

    def _place(self, value: Any, where: str) -> str | None:
        if value is None or (isinstance(value, str) and self.labels.is_off_site(value)):
            return None
        return self._room(value, where)

    def _room(self, value: Any, where: str) -> str | None:
        if not self._usable(value, where):
            return None
        found = self.labels.find_room(str(value))
        if found is None:
            guess = similar(str(value), self.labels.rooms.values())
            self._fault(where, "unknown-room", {"value": printable(str(value))}, guess)
        return found

    def _left_out(self, grid: Grid) -> None:
        """Read which classes are left out: the first column of the sheet that lists them."""
        names = [str(cells[min(cells)]) for cells in grid.rows().values()]
        left_out = tuple(LeftOut(cohort=name) for name in names if name in self.classes)
        self.partial = PartialRecord(left_out=left_out)


def _texts(key: str) -> set[str]:
    return {folded(catalogue(code)[key]) for code in LANGUAGES}


def _table(grid: Grid) -> _Sheet | None:
    """Find the titles of a timetable's columns, and the labels above them with the cells beside them."""
    titles = {title: key for key in _COLUMNS for title in _texts(f"office.column.{key}")}
    labels = {title: key for key in _LABELS for title in _texts(f"office.label.{key}")}
    found: dict[str, tuple[int, int]] = {}
    for row, cells in grid.rows().items():
        columns = {
            titles[folded(str(value))]: place
            for place, value in cells.items()
            if folded(str(value)) in titles
        }
        if {"date", "session", "content"} <= set(columns):
            return _Sheet(grid, row, columns, found)
        places = list(cells)
        for place, after in pairwise(places):
            label = labels.get(folded(str(cells[place]).rstrip(": ")))
            if label is not None:
                found[label] = (row, after)
    return None

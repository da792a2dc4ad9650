"""The workbook in which an office accepts breaches: one a row, with room for why, and who says so."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from classplanner.check import Breach, Verdict
from classplanner.errors import Fault, InputError
from classplanner.export.lines import Edition
from classplanner.language import LANGUAGES, Phrase, catalogue
from classplanner.scenario.faults import Finding, Location, folded, iso_date
from classplanner.scenario.workbook.grids import Grid, Problem, open_grids
from classplanner.scenario.workbook.places import letters
from classplanner.scenario.workbook.spreadsheet import Spreadsheet

__all__ = ["WaiverCells", "breach_mark", "read_waiver_book", "waiver_book"]

_OBJECTS = ("cohort", "module", "lecturer", "room", "venue")
_COLUMNS = ("rule", *_OBJECTS, "told", "reason", "author", "date", "mark")
_WIDTHS = (22, 16, 12, 22, 22, 16, 70, 36, 30, 13, 11)
_SAID = ("reason", "author")


def waiver_book(
    edition: Edition,
    verdict: Verdict,
    accepted: Mapping[Breach, Mapping[str, Any]],
    unused: Iterable[Mapping[str, Any]],
) -> bytes:
    """Write the breaches of a timetable, for an office to accept or not.

    Parameters
    ----------
    edition
        The timetable, and what its files say.
    verdict
        What the checker says of it.
    accepted
        The waivers of breaches that are accepted already.
    unused
        Waivers of what is no breach any more.
    """
    file = Spreadsheet(edition.text("waiver.title"))
    page = file.sheet(edition.text("waiver.title"))
    page.widths([5, *_WIDTHS])
    page.write(0, 0, edition.text("waiver.title"), "heading")
    page.write(1, 0, edition.text("waiver.help"), "title")
    page.write(3, 0, edition.text("column.number"), "header")
    for column, key in enumerate(_COLUMNS, start=1):
        page.write(3, column, edition.text(f"waiver.column.{key}"), "header")
    rows = [_row(breach, accepted.get(breach, {}), edition) for breach in verdict.breaches]
    rows += [{"told": edition.text("decision.unused"), **waiver} for waiver in unused]
    for number, row in enumerate(rows, start=1):
        page.write(3 + number, 0, number, "number")
        for column, key in enumerate(_COLUMNS, start=1):
            page.write(3 + number, column, row.get(key), "day" if key == "date" else "text")
    page.freeze(4, 2)
    page.print_setup(landscape=True, repeat=3)
    return file.content()


def _row(breach: Breach, waiver: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    facts = dict(breach.instance.facts)
    objects = {key: str(facts[key]) for key in _OBJECTS if key in facts}
    told = breach.describe(edition.names, edition.language)
    marked = {"rule": breach.instance.rule, **objects, "mark": breach_mark(breach)}
    return {**(waiver or marked), "told": told}


def breach_mark(breach: Breach) -> str:
    """Return a mark that only this breach has: the same rule broken by something else has another."""
    said = [(one.key, one.facts) for one in (breach.instance, *breach.evidence)]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:8]


class WaiverCells:
    """Knows the cells of the waivers that were read: ``("waivers", 0, "reason")`` is ``Chấp nhận!I5``."""

    def __init__(self, title: str, columns: Mapping[str, int], rows: Sequence[int]) -> None:
        self.title, self.columns, self.rows = title, columns, rows

    def place(self, location: Location) -> str:
        """Name a cell; the first of its row for what is not a cell."""
        _, row, column = self.position(location)
        return f"{self.title}!{letters(column)}{row}" if row else self.title

    def position(self, location: Location) -> tuple[int, ...]:
        """Say where a cell stands, to sort by."""
        match location:
            case ("waivers", int(index), *rest):
                return (0, self.rows[index], self.columns.get(str(rest[0]) if rest else "", 1))
        return (0, 0, 0)

    def tell(self, finding: Finding) -> Finding:
        """Speak of columns where a finding speaks of keys."""
        key = finding.values.get("key")
        named = {"key": Phrase(f"office.waiver.column.{key}")} if key in _COLUMNS else {}
        sentence = "not-day-cell" if finding.key == "not-day" else finding.key
        return finding._replace(key=sentence, values={**finding.values, **named})


def read_waiver_book(path: Path) -> tuple[dict[str, Any], WaiverCells, list[Finding]]:
    """Read the accepted breaches: the rows that have a reason or an author.

    Returns
    -------
    dict
        The document that a TOML file would hold.
    WaiverCells
        Where in the file its values stand.
    list of Finding
        The cells that cannot be used.

    Raises
    ------
    InputError
        It is no sound Excel file, or has no table of this kind.
    """
    for grid in open_grids(path):
        found = _header(grid)
        if found is not None:
            return _waivers(grid, *found)
    raise InputError([Fault(str(path), "", "no-waivers")])


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Find the row with the titles of the columns, in either language."""
    titles = {
        folded(catalogue(code)[f"office.waiver.column.{key}"]): key for code in LANGUAGES for key in _COLUMNS
    }
    for row, cells in grid.rows().items():
        columns = {titles.get(folded(str(value)), ""): column for column, value in cells.items()}
        if {"rule", *_SAID} <= columns.keys():
            return row, columns
    return None


def _waivers(
    grid: Grid, header: int, columns: Mapping[str, int]
) -> tuple[dict[str, Any], WaiverCells, list[Finding]]:
    waivers: list[dict[str, Any]] = []
    rows: list[int] = []
    findings: list[Finding] = []
    for row, cells in grid.rows().items():
        if row <= header or not any(columns[key] in cells for key in _SAID):
            continue
        waiver = {}
        for key in _COLUMNS:
            value = cells.get(columns.get(key, 0))
            if isinstance(value, Problem):
                findings.append(Finding(("waivers", len(waivers), key), value.key, value.values))
            elif value is not None and key != "told":
                waiver[key] = _plain(value) if key == "date" else str(value)
        waivers.append(waiver)
        rows.append(row)
    return {"waivers": waivers}, WaiverCells(grid.title, columns, rows), findings


def _plain(value: Any) -> Any:
    """Return a date as TOML has it, where a cell holds one."""
    day = iso_date(value) if isinstance(value, str) else None
    return dt.date.fromisoformat(day) if day else value

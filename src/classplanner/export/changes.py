"""What changed between two timetables as an Excel workbook: by class, lecturer and hall, and the notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from classplanner.diff import Difference, notices
from classplanner.language import Language
from classplanner.report import numbers_by_kind, sections_of, sentence
from classplanner.report.changes import changes
from classplanner.rules import Names
from classplanner.scenario.workbook.spreadsheet import Page, Spreadsheet

__all__ = ["changes_workbook"]


def changes_workbook(difference: Difference, names: Names, language: Language) -> bytes:
    """Write what changes as a workbook.

    Parameters
    ----------
    names
        The names of the scenario's objects.

    Returns
    -------
    bytes
        The file: one sheet with all changes class by class, one by lecturer, one by hall, one of notices;
        sheets that would be empty are left out.

    Raises
    ------
    InputError
        The package that writes such files is not installed.
    """
    title = names.scenario.name or language.text("diff.title")
    file = Spreadsheet(title)
    _all(_page(file, "title", title, language), difference, names, language)
    sections = sections_of(difference, names, language)
    for key, kind in (("lecturers", "lecturer"), ("halls", "room")):
        if key in sections:
            _section(_page(file, key, title, language), kind, sections[key], language)
    told = notices(difference, names, language)
    if told:
        page = _page(file, "notices", title, language)
        page.widths([44, 110])
        _header(page, 2, ["diff.column.to", "diff.notice.title"], language)
        for row, notice in enumerate(told, start=3):
            page.write(row, 0, notice.name, "text")
            page.write(row, 1, notice.text, "text")
    return file.content()


def _page(file: Spreadsheet, key: str, title: str, language: Language) -> Page:
    """Append a sheet with the name of the plan, and what it is."""
    heading = language.text(f"diff.{key}")
    page = file.sheet(heading)
    page.print_setup(landscape=True, repeat=2)
    page.write(0, 0, title, "title")
    page.write(1, 0, heading.upper(), "title")
    page.freeze(3, 1)
    return page


def _header(page: Page, row: int, keys: Sequence[str], language: Language) -> None:
    for column, key in enumerate(keys):
        page.write(row, column, language.text(key), "header")


def _all(page: Page, difference: Difference, names: Names, language: Language) -> None:
    """Write every change, class by class, and below how many there are of each kind."""
    page.widths([12, 46, 22, 52, 52])
    columns = ["what", "kind", "before", "after"]
    _header(page, 2, ["report.column.class", *(f"diff.column.{key}" for key in columns)], language)
    listed = changes(difference, names, language)
    for row, change in enumerate(listed, start=3):
        told = (change.cohort, change.what, change.kind, change.before, change.now)
        for column, text in enumerate(told):
            page.write(row, column, text)
    last = 2 + len(listed)
    page.filter(2, 0, last, len(columns))
    for row, (kind, number) in enumerate(numbers_by_kind(difference, language), start=last + 2):
        page.write(row, 1, sentence(kind), "total-text")
        page.write(row, 2, number, "total")


def _section(page: Page, kind: str, lines: Mapping[str, Sequence[str]], language: Language) -> None:
    """Write the changes of each lecturer, or each hall."""
    page.widths([44, 110])
    _header(page, 2, [f"report.column.{kind}", "diff.title"], language)
    rows = [(name, line) for name, some in lines.items() for line in some]
    for row, told in enumerate(rows, start=3):
        for column, text in enumerate(told):
            page.write(row, column, text)
    page.filter(2, 0, 2 + len(rows), 1)

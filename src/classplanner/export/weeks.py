"""The weeks of a timetable, one below the other: who is taught what by whom, class by class."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from classplanner.export.lines import Edition, Line
from classplanner.report.words import sentence
from classplanner.scenario import WEEKDAYS
from classplanner.scenario.workbook.spreadsheet import Page

__all__ = ["write_weeks"]

_DAY = dt.timedelta(days=1)


def write_weeks(page: Page, edition: Edition) -> None:
    """Write all weeks on one sheet: a row a class and session, a column a weekday."""
    by_week: dict[dt.date, list[Line]] = defaultdict(list)
    for lines in edition.by_class.values():
        for line in lines:
            if line.module is not None:
                by_week[line.date - line.date.weekday() * _DAY].append(line)
    columns = _columns(edition, (line for lines in by_week.values() for line in lines))
    page.widths([18, 9, *(30 for _ in columns)])
    page.merge((0, 0), (0, 1 + len(columns)), edition.scenario.name, "centred")
    page.merge((1, 0), (1, 1 + len(columns)), edition.text("sheet.weeks").upper(), "sheet-heading")
    page.write(2, 0, edition.text("column.class"), "header")
    page.write(2, 1, edition.text("column.session"), "header")
    for place, column in enumerate(columns, start=2):
        page.write(
            2, place, sentence(edition.language.weekday(dt.date(2018, 1, 1) + column * _DAY)), "header"
        )
    row, starts = 3, []
    for monday in sorted(by_week):
        first, last = (monday + place(columns) * _DAY for place in (min, max))
        title = edition.text("week", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
        page.merge((row, 0), (row, 1 + len(columns)), title, "label")
        _, *others, below = _week(page, row + 1, by_week[monday], columns, edition)
        starts += [row, *others]  # the first class stays with its week
        row = below
    page.break_between(starts, row, repeat=2)
    page.freeze(3, 2)


def _columns(edition: Edition, lines: Iterable[Line]) -> list[int]:
    usual = {WEEKDAYS.index(weekday) for weekday in edition.scenario.calendar.weekdays}
    return sorted(usual | {line.date.weekday() for line in lines})


def _week(page: Page, row: int, lines: Sequence[Line], columns: Sequence[int], edition: Edition) -> list[int]:
    """Write the classes of one week from a row on; return the row of each, and the one below them."""
    sessions = edition.scenario.calendar.sessions
    at: dict[tuple[str, str, int], list[Line]] = defaultdict(list)
    for line in lines:
        at[line.cohort, line.session, line.date.weekday()].append(line)
    rows = [row]
    for cohort in dict.fromkeys(line.cohort for line in lines):
        used = [name for name in sessions if any((cohort, name, column) in at for column in columns)]
        page.merge_value((row, 0), (row + len(used) - 1, 0), cohort, "middle")
        for session in used:
            page.write(row, 1, sentence(edition.language.session(session)), "middle")
            for place, column in enumerate(columns, start=2):
                here = at.get((cohort, session, column), [])
                page.write(row, place, "\n".join(_told(line, edition) for line in here), "small")
            row += 1
        rows.append(row)
    return rows


def _told(line: Line, edition: Edition) -> str:
    return "\n".join(part for part in (edition.content(line), edition.lecturer(line)) if part)

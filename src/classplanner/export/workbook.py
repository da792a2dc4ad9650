"""The timetable as an Excel workbook: overview, weeks, loads, costs, and a sheet a class, lecturer and hall.

The sheets of the classes may be edited; `classplanner check` reads them back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from classplanner.check import Verdict
from classplanner.export.lines import Edition, Line
from classplanner.export.weeks import write_weeks
from classplanner.report.courses import Course
from classplanner.report.left_out import left_out_rows
from classplanner.report.words import sentence
from classplanner.scenario.workbook.spreadsheet import Page, Spreadsheet
from classplanner.timetable import Terms

__all__ = ["timetable_workbook"]

_WIDTHS = (5, 22, 11, 54, 44, 60, 11)
_COLUMNS = ("number", "date", "session", "content", "lecturer", "place", "note")


def timetable_workbook(edition: Edition, verdict: Verdict) -> bytes:
    """Write a timetable as a workbook.

    Parameters
    ----------
    edition
        The timetable, and what its files say.
    verdict
        What the checker says of it, for the costs.

    Raises
    ------
    InputError
        The package that writes such files is not installed.
    """
    return _Workbook(edition, verdict).content()


class _Workbook:
    def __init__(self, edition: Edition, verdict: Verdict) -> None:
        self.edition, self.verdict = edition, verdict
        self.text, self.language = edition.text, edition.language
        self.title = edition.scenario.name or edition.text("timetable")
        self.file = Spreadsheet(self.title)

    def content(self) -> bytes:
        overview = self._page("overview", landscape=True)
        write_weeks(self._page("weeks", landscape=True), self.edition)
        self._loads(self._page("loads", landscape=True))
        self._costs(self._page("costs", landscape=False))
        if self.edition.timetable.partial is not None:
            self._left_out(self._page("left-out", landscape=False))
        titles = {course.cohort.id: self._class(course) for course in self.edition.courses}
        self._overview(overview, titles)
        for lecturer, lines in self.edition.by_lecturer.items():
            self._lecturer(lecturer, lines)
        for room, lines in self.edition.by_room.items():
            self._room(room, lines)
        return self.file.content()

    def _page(self, key: str, name: str = "", *, landscape: bool, repeat: int = 2, color: str = "") -> Page:
        page = self.file.sheet(self.text(f"sheet.{key}", name=name), color)
        footer = f"&L{self.title[:80].replace('&', '&&')}&R&P/&N"
        page.print_setup(landscape=landscape, repeat=repeat, footer=footer)
        return page

    def _head(self, page: Page, heading: str, columns: int) -> None:
        """Write the name of the plan, and what the sheet is, over all columns."""
        page.merge((0, 0), (0, columns - 1), self.title, "centred")
        page.merge((1, 0), (1, columns - 1), heading, "sheet-heading")

    def _header(self, page: Page, row: int, titles: Sequence[str]) -> None:
        for column, title in enumerate(titles):
            page.write(row, column, title, "header")

    def _column(self, *keys: str) -> list[str]:
        return [self.language.text(f"report.column.{key}") for key in keys]

    # --- sums

    def _overview(self, page: Page, sheets: dict[str, str]) -> None:
        page.widths([5, 26, 46, 11, 13, 13, 58])
        self._head(page, self.text("sheet.overview").upper(), 7)
        number = self.text("column.number")
        columns = self._column("class", "programme", "trainees", "opens", "closes", "room")
        self._header(page, 2, [number, *columns])
        for row, course in enumerate(self.edition.courses, start=3):
            cohort = course.cohort
            page.write(row, 0, row - 2, "number")
            page.link(row, 1, sheets[cohort.id], cohort.id, "text-link")
            page.write(row, 2, self.edition.names.programme(cohort.programme))
            page.write(row, 3, cohort.size, "amount")
            page.write(row, 4, course.opens, "day")
            page.write(row, 5, course.closes, "day")
            page.write(row, 6, self._hall(course))
        row = 3 + len(self.edition.courses)
        page.merge((row, 0), (row, 2), self.language.text("report.page.all"), "total-text")
        page.write(row, 3, sum(course.cohort.size for course in self.edition.courses), "total")
        page.freeze(3, 2)

    def _loads(self, page: Page) -> None:
        page.widths([5, 48, 46, 10, 12, 12, 18, 20])
        self._head(page, self.text("sheet.loads").upper(), 8)
        columns = self._column(
            "lecturer", "institution", "sessions", "target", "teaching-days", "fee", "fees"
        )
        self._header(page, 2, [self.text("column.number"), *columns])
        row, sessions, fees = 3, 0, 0
        for lecturer in self.edition.lecturers:
            lines = self.edition.by_lecturer.get(lecturer.id, ())
            page.write(row, 0, row - 2, "number")
            page.write(row, 1, self.edition.labels.lecturers[lecturer.id])
            page.write(row, 2, lecturer.institution)
            page.write(row, 3, len(lines), "amount")
            page.write(row, 4, lecturer.target_sessions, "amount")
            page.write(row, 5, len({line.date for line in lines}), "amount")
            page.write(row, 6, lecturer.fee, "amount")
            page.formula(row, 7, f"=D{row + 1}*G{row + 1}", len(lines) * lecturer.fee, "amount")
            sessions, fees, row = sessions + len(lines), fees + len(lines) * lecturer.fee, row + 1
        page.merge((row, 0), (row, 2), self.language.text("report.page.all"), "total-text")
        page.formula(row, 3, f"=SUM(D4:D{row})" if row > 3 else "=0", sessions, "total")
        for column in (4, 5, 6):
            page.write(row, column, None, "total")
        page.formula(row, 7, f"=SUM(H4:H{row})" if row > 3 else "=0", fees, "total")
        page.freeze(3, 2)

    def _costs(self, page: Page) -> None:
        page.widths([44, 66, 12, 22])
        self._head(page, self.text("sheet.costs").upper(), 4)
        columns = [
            *self._column("term"),
            self.text("cost-of"),
            self.text("cost-count"),
            *self._column("amount"),
        ]
        self._header(page, 2, columns)
        row = 3
        for term in Terms.model_fields:
            for cost in (cost for cost in self.verdict.costs if cost.term == term):
                page.write(row, 0, self.language.text(f"report.term.{term}"))
                page.write(row, 1, cost.subject.describe(self.edition.names, self.language))
                page.write(row, 2, cost.count, "amount")
                page.write(row, 3, cost.amount, "amount")
                row += 1
        page.merge((row, 0), (row, 2), self.language.text("report.cost.total"), "total-text")
        total = self.verdict.terms.total
        page.formula(row, 3, f"=SUM(D4:D{row})" if row > 3 else "=0", total, "total")
        page.merge((row + 2, 0), (row + 2, 3), self.language.text("report.cost.equivalent"), "note")
        page.freeze(3, 0)
        page.filter(2, 0, max(row - 1, 2), 3)

    def _left_out(self, page: Page) -> None:
        page.widths([28, 14, 90])
        self._head(page, self.text("sheet.left-out").upper(), 3)
        self._header(page, 2, self._column("class", "trainees", "reason"))
        rows = left_out_rows(self.edition.scenario, self.edition.timetable, self.language)
        for row, (name, size, reason) in enumerate(rows, start=3):
            page.write(row, 0, name)
            page.write(row, 1, size, "amount")
            page.write(row, 2, reason)

    # --- a class

    def _hall(self, course: Course) -> str:
        return self.edition.labels.rooms.get(course.room or "", course.room or self.text("no-place"))

    def _class(self, course: Course) -> str:
        cohort = course.cohort
        page = self._page("class", cohort.id, landscape=True, repeat=6, color="#174a7c")
        page.widths(_WIDTHS)
        title = self.language.text("report.class", cohort=cohort.id).upper()
        self._head(page, f"{self.text('timetable')} {title}", len(_COLUMNS))
        page.merge((2, 0), (2, 6), self.text("editable"), "note-centred")
        facts: list[list[tuple[str, str | int | dt.date]]] = [
            [("class", cohort.id), ("programme", self.edition.names.programme(cohort.programme))],
            [("opens", course.opens), ("room", self._hall(course))],
            [("closes", course.closes), ("trainees", cohort.size)],
        ]
        for row, ((left, value), (right, other)) in enumerate(facts, start=3):
            page.write(row, 1, self.text(f"label.{left}"), "title")
            page.write(row, 2, value, "fact")
            page.write(row, 4, self.text(f"label.{right}"), "title")
            page.write(row, 5, other, "fact")
        self._header(page, 6, [self.text(f"column.{key}") for key in _COLUMNS])
        self._class_rows(page, course)
        page.freeze(7, 2)
        return page.title

    def _class_rows(self, page: Page, course: Course) -> None:
        """Write the sessions, cells of one day merged, and why there are none on days off in between."""
        off = self.edition.off_days(course)
        row, last, starts = 7, dt.date.min, []
        for date, lines in groupby(self.edition.by_class[course.cohort.id], key=lambda line: line.date):
            for told in [told for start, told in off.items() if last < start < date]:
                page.write(row, 0, None, "off")
                page.merge((row, 1), (row, 6), told, "off")
                starts.append(row)
                row += 1
            starts.append(row)
            row, last = self._day(page, row, list(lines)), date
        page.break_between(starts, row, repeat=6)
        rows = (7, row + 100)
        page.suggest(rows, 4, self._lecturers_range())
        page.suggest(rows, 2, [sentence(self.language.session(name)) for name in self._sessions()])

    def _sessions(self) -> tuple[str, ...]:
        return self.edition.scenario.calendar.sessions

    def _lecturers_range(self) -> str:
        title = self.text("sheet.loads").replace("'", "''")
        return f"='{title}'!$B$4:$B${3 + max(len(self.edition.lecturers), 1)}"

    def _day(self, page: Page, row: int, lines: Sequence[Line]) -> int:
        last = row + len(lines) - 1
        page.merge_value((row, 0), (last, 0), lines[0].number, "middle")
        page.merge_value((row, 1), (last, 1), lines[0].date, "middle", num_format=self._date_format())
        for place, line in enumerate(lines, start=row):
            page.write(place, 2, self.edition.session(line), "middle")
            page.write(place, 3, self.edition.content(line))
            page.write(place, 4, self.edition.lecturer(line))
            page.write(place, 5, self.edition.place(line))
            page.write(place, 6, self.edition.note(line))
        return last + 1

    def _date_format(self) -> str:
        """Have the program itself write the weekday, so that it stays right when the date is changed."""
        locale = "[$-42A]" if self.language.code == "vi" else "[$-809]"
        return f'{locale}dddd", "dd/mm/yyyy'

    # --- views

    def _lecturer(self, lecturer: str, lines: Sequence[Line]) -> None:
        name = self.edition.labels.lecturers[lecturer]
        person = next(one for one in self.edition.lecturers if one.id == lecturer)
        page = self._page("lecturer", name, landscape=True, repeat=5, color="#2f7d4f")
        facts = [
            ("institution", person.institution or "–"),
            ("sessions", self.language.number(len(lines))),
            ("fees", self.language.number(len(lines) * person.fee)),
        ]
        told = "    ".join(f"{self.text(f'label.{key}')}: {value}" for key, value in facts)
        self._view(page, name.upper(), told, lines)

    def _room(self, room: str, lines: Sequence[Line]) -> None:
        name = self.edition.labels.rooms[room]
        page = self._page("hall", name, landscape=True, repeat=5, color="#8a4b00")
        self._view(page, name.upper(), "", lines)

    def _view(self, page: Page, name: str, told: str, lines: Sequence[Line]) -> None:
        page.widths((5, 22, 9, 18, 54, 44, 60))
        self._head(page, f"{self.text('timetable')}: {name}", 7)
        page.merge((2, 0), (2, 6), told, "centred")
        page.merge((3, 0), (3, 6), self.text("view-only"), "note-centred")
        keys = ("number", "date", "session", "class", "content", "lecturer", "place")
        self._header(page, 5, [self.text(f"column.{key}") for key in keys])
        row, starts = 6, []
        for number, (_, group) in enumerate(groupby(lines, key=lambda line: line.date), start=1):
            day = list(group)
            starts.append(row)
            last = row + len(day) - 1
            page.merge_value((row, 0), (last, 0), number, "middle")
            page.merge_value((row, 1), (last, 1), day[0].date, "middle", num_format=self._date_format())
            for place, line in enumerate(day, start=row):
                page.write(place, 2, self.edition.session(line), "middle")
                page.write(place, 3, line.cohort, "middle")
                page.write(place, 4, self.edition.content(line))
                page.write(place, 5, self.edition.lecturer(line))
                page.write(place, 6, self.edition.place(line))
            row = last + 1
        page.break_between(starts, row, repeat=5)
        page.freeze(6, 2)

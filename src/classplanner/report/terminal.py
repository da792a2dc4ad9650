"""Shows timetables and their costs in the terminal.

Names come from scenarios, so they never pass through Rich's markup: every text is a ``Text``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from classplanner.language import Language
from classplanner.report.calendar import calendar_view
from classplanner.report.costs import bound_label, cost_rows, describe_gap, describe_status
from classplanner.report.courses import (
    Course,
    CourseDay,
    Part,
    describe_off_days,
    make_courses,
    missing_cohorts,
    session_names,
)
from classplanner.report.entries import Writer
from classplanner.report.left_out import left_out_table
from classplanner.report.words import count, full_range, sentence
from classplanner.rules import Names
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable

__all__ = ["calendar_view", "objective_table", "timetable_table"]

_MOST_IN_FULL = 4
_NARROWEST_SESSION = 24


def timetable_table(scenario: Scenario, timetable: Timetable, language: Language) -> RenderableType:
    """Show a timetable: each class day by day, or, of more than four classes, when and where each one meets.

    Parameters
    ----------
    scenario
        What was planned.
    timetable
        Its ids must be those of `scenario`, as `load_timetable` proves.
    language
        The reader's language.
    """
    courses = make_courses(scenario, timetable, language)
    writer = Writer(scenario, language)
    shown: list[RenderableType] = []
    if len(courses) > _MOST_IN_FULL:
        shown.append(_overview(courses, scenario, language))
    else:
        for course in courses:
            shown += [_heading(course, scenario, language), _Days(course, writer), Text()]
    if not courses:
        shown.append(Text(language.text("report.nothing-planned")))
    shown.append(left_out_table(scenario, timetable, language))
    missing = [cohort.id for cohort in missing_cohorts(scenario, timetable)]
    if courses and missing:
        shown.append(Text(language.text("report.not-planned", cohorts=missing), style="bold"))
    if timetable.scenario and timetable.scenario.sha256 != scenario.sha256:
        shown.append(Text(language.text("report.stale"), style="bold yellow"))
    return Group(*shown)


def objective_table(timetable: Timetable, language: Language) -> RenderableType:
    """Show what a plan costs, term by term, how good it is proven to be, and its status in words."""
    status = Text(sentence(describe_status(timetable, language)), style="bold")
    if timetable.objective is None:
        return Group(status, Text(language.text("report.cost.none")))
    objective = timetable.objective
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(Text(language.text("report.column.term")))
    table.add_column(Text(language.text("report.column.amount")), justify="right", no_wrap=True)
    for _, term, amount in cost_rows(timetable, language):
        table.add_row(Text(term), Text(amount))
    table.add_section()
    total, bound = language.number(objective.total), language.number(objective.bound)
    table.add_row(Text(language.text("report.cost.total")), Text(total), style="bold")
    table.add_row(Text(bound_label(timetable, language)), Text(bound))
    table.add_row(Text(language.text("report.cost.gap")), Text(describe_gap(objective.gap, language)))
    return Group(
        Text(language.text("report.cost.title"), style="bold"),
        Text(),
        table,
        Text(),
        status,
        Text(language.text("report.cost.equivalent"), style="dim"),
    )


def _overview(courses: Sequence[Course], scenario: Scenario, language: Language) -> Group:
    """List the classes one a line; the rooms, whose names are long, by id with their names below.

    Where their days are to be found is said at the end.
    """
    names = Names(scenario)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in ("class", "opens", "closes"):
        table.add_column(Text(language.text(f"report.column.{column}")), no_wrap=column != "class")
    table.add_column(Text(language.text("report.column.trainees")), justify="right")
    table.add_column(Text(language.text("report.column.room")), overflow="fold")
    for course in courses:
        table.add_row(
            Text(course.cohort.id, style="bold", overflow="fold"),
            Text(f"{course.opens:%d/%m/%Y}"),
            Text(f"{course.closes:%d/%m/%Y}"),
            Text(language.number(course.cohort.size)),
            Text(course.room or language.text("report.no-room")),
        )
    rooms = sorted({course.room for course in courses if course.room})
    legend = [Text(f"{room}: {names.room(room)}", style="dim") for room in rooms]
    days = Text(language.text("report.day-by-day"), style="dim")
    return Group(table, Text(), *legend, Text(), days, Text())


def _heading(course: Course, scenario: Scenario, language: Language) -> Text:
    names = Names(scenario)
    facts = (
        full_range(course.opens, course.closes, language),
        count("class-days", course.class_days, language),
        count("trainees", course.cohort.size, language),
    )
    return Text.assemble(
        (language.text("report.class", cohort=course.cohort.id), "bold reverse"),
        (f"  {names.programme(course.cohort.programme)}\n", "bold"),
        " · ".join(facts),
        f"\n{names.room(course.room) if course.room else language.text('report.no-room')}",
    )


@dataclass(frozen=True)
class _Days:
    """The days of a course; sessions side by side where the terminal is wide enough, else in one list."""

    course: Course
    writer: Writer

    @property
    def _sessions(self) -> tuple[str, ...]:
        return self.writer.scenario.calendar.sessions

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        sessions, language = self._sessions, self.writer.language
        dates = [self._date(day) for day in self.course.days]
        first = max(line.cell_len for date in dates for line in date.split())
        room = options.max_width - first - 2
        wide = room // len(sessions) - 3 >= _NARROWEST_SESSION
        headings = [sentence(language.session(session)) for session in sessions]
        if not wide:
            headings = [language.text("report.column.module")]
        width = min(room // len(headings) - 3, 60)
        line = first + 2 + len(headings) * (width + 3)
        for index, stretch in enumerate(self.course.stretches):
            if not stretch[0].meets:
                told = describe_off_days(stretch, language)
                joined = " · ".join(told)
                yield from (_rule(text, line) for text in ([joined] if cell_len(joined) + 4 < line else told))
            else:
                yield self._table(stretch, headings, first, width, wide=wide, header=index == 0)

    def _table(
        self,
        days: Sequence[CourseDay],
        headings: Sequence[str],
        first: int,
        width: int,
        *,
        wide: bool,
        header: bool,
    ) -> Table:
        table = Table(
            box=box.MINIMAL, show_edge=False, show_header=header, show_lines=True, border_style="dim"
        )
        table.add_column(Text(self.writer.language.text("report.column.day")), width=first)
        for heading in headings:
            table.add_column(Text(heading), width=width, overflow="fold")
        for day in days:
            cells = self._cells(day) if wide else [self._list(day)]
            table.add_row(self._date(day), *cells)
        return table

    def _date(self, day: CourseDay) -> Text:
        weekday = self.writer.language.weekday(day.date)
        date = Text(f"{sentence(weekday)}\n{day.date:%d/%m}")
        date.stylize("bold", len(weekday) + 1)
        return date

    def _cells(self, day: CourseDay) -> list[Text]:
        cells = [Text() for _ in self._sessions]
        for part in day.parts:
            for place in range(part.first, part.first + part.length):
                if cells[place]:
                    cells[place].append("\n")
                if place == part.first:
                    cells[place].append_text(self._describe(part))
                else:
                    again = self.writer.language.text("report.continued", module=part.meeting.module)
                    cells[place].append(f"↳ {again}", style="dim")
        return [cell or Text("–", style="dim") for cell in cells]

    def _list(self, day: CourseDay) -> Text:
        lines = []
        for part in day.parts:
            when = session_names(part, self._sessions, self.writer.language)
            lines.append(Text.assemble((f"{sentence(when)}: ", "italic"), self._describe(part)))
        return Text("\n").join(lines) if lines else Text("–", style="dim")

    def _describe(self, part: Part) -> Text:
        entry = self.writer.entry(part, self.course.cohort.id, self.course.room)
        text = Text.assemble((entry.module, "bold"), f" {entry.title}" if entry.title else "")
        lecturers = ", ".join(name for _, name in entry.lecturers)
        note = " · ".join(filter(None, (lecturers, entry.share, *entry.notes)))
        return text.append(f"\n{note}", style="cyan") if note else text


def _rule(text: str, width: int) -> Text:
    """Draw a thin line that says why no class meets, as long as the table is wide."""
    line = f"── {text} "
    return Text(line + "─" * (width - cell_len(line)), style="dim")

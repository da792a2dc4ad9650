"""A timetable hall by hall: one lane a hall, day by day along the weeks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from classplanner.report.courses import Course
from classplanner.report.entries import Writer
from classplanner.report.words import day_range, full_range
from classplanner.rules import describe_period
from classplanner.scenario import WEEKDAYS, Period, Room, Venue, day_statuses
from classplanner.timetable import Timetable

__all__ = ["Bar", "Block", "Hall", "Lane", "lane_blocks", "used_halls"]

_MOST_WEEKS = 12
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Bar:
    """A stretch of a lane: a class in the hall, the hall closed, or nothing.

    Attributes
    ----------
    days
        How many days wide it is.
    before, after
        It began in an earlier block of weeks, or goes on in a later one.
    """

    kind: Literal["class", "closed", "free"]
    first: dt.date
    last: dt.date
    label: str = ""
    detail: str = ""
    cohort: str = ""
    before: bool = False
    after: bool = False

    @property
    def days(self) -> int:
        """How many days wide it is."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Hall:
    """A hall with its sums: class days, and their cost in VND."""

    reference: str
    venue: Venue
    room: Room
    days: int
    cost: int
    closures: tuple[str, ...]


@dataclass(frozen=True)
class Lane:
    """A hall in one block of weeks; more than one row only where bars overlap."""

    hall: Hall
    rows: tuple[tuple[Bar, ...], ...]


@dataclass(frozen=True)
class Block:
    """Some weeks, by their Mondays, with all halls."""

    title: str
    weeks: tuple[dt.date, ...]
    lanes: tuple[Lane, ...]

    def is_narrow(self, bar: Bar) -> bool:
        """Whether a bar is the end of a class that is named in another block, too narrow to name it again."""
        return 4 * bar.days < len(self.weeks)

    def is_short(self, bar: Bar) -> bool:
        """Whether a bar has no room for its dates."""
        return 2 * bar.days < len(self.weeks)


def used_halls(courses: Sequence[Course], writer: Writer) -> tuple[Hall, ...]:
    """Sum up every hall of the scenario."""
    days: dict[str, int] = defaultdict(int)
    for course in courses:
        if course.room:
            days[course.room] += course.class_days
    return tuple(
        Hall(
            reference=f"{venue.id}/{room.id}",
            venue=venue,
            room=room,
            days=days[f"{venue.id}/{room.id}"],
            cost=days[f"{venue.id}/{room.id}"] * room.daily_cost,
            closures=tuple(
                describe_period(period, writer.language) for period in (*venue.closed, *room.closed)
            ),
        )
        for venue in writer.scenario.venues
        for room in venue.rooms
    )


def lane_blocks(
    courses: Sequence[Course], halls: Sequence[Hall], timetable: Timetable, writer: Writer
) -> tuple[Block, ...]:
    """Draw the halls in blocks of weeks, from the first opening to the last closing.

    A block has twelve weeks at most, and fewer where classes are so short that their names would not fit.
    """
    dates = [day.date for course in courses for day in (course.days[0], course.days[-1])]
    if not dates:
        return ()
    monday = min(dates) - dt.timedelta(days=min(dates).weekday())
    number = (max(dates) - monday).days // 7 + 1
    shortest = min((course.closes - course.opens).days + 1 for course in courses)
    blocks = -(-number // min(_MOST_WEEKS, 2 * shortest))
    weeks = [monday + dt.timedelta(weeks=week) for week in range(number)]
    bars = {
        hall.reference: [
            *_class_bars(courses, hall.reference),
            *_guest_bars(timetable, hall.reference),
            *_closed_bars(hall, weeks[0], weeks[-1] + 6 * _DAY, writer),
        ]
        for hall in halls
    }
    size = -(-number // blocks)
    return tuple(_block(weeks[start : start + size], halls, bars, writer) for start in range(0, number, size))


def _block(
    weeks: Sequence[dt.date], halls: Sequence[Hall], bars: Mapping[str, Sequence[Bar]], writer: Writer
) -> Block:
    first, last = weeks[0], weeks[-1] + 6 * _DAY
    return Block(
        title=writer.language.text("report.page.lanes", dates=full_range(first, last, writer.language)),
        weeks=tuple(weeks),
        lanes=tuple(Lane(hall, _rows(bars[hall.reference], first, last)) for hall in halls),
    )


def _class_bars(courses: Iterable[Course], room: str) -> Iterator[Bar]:
    for course in courses:
        if course.room == room:
            detail = day_range(course.opens, course.closes)
            yield Bar("class", course.opens, course.closes, course.cohort.id, detail, course.cohort.id)


def _guest_bars(timetable: Timetable, room: str) -> Iterator[Bar]:
    """Draw meetings of classes that are at home elsewhere."""
    home = {cohort.id: cohort.room for cohort in timetable.cohorts}
    for meeting in timetable.meetings:
        if meeting.room == room and room not in {home.get(cohort) for cohort in meeting.cohorts}:
            label = f"{', '.join(meeting.cohorts)}: {meeting.module}"
            for date in sorted({date for date, _ in meeting.sessions}):
                yield Bar("class", date, date, label, day_range(date, date), meeting.cohorts[0])


def _closed_bars(hall: Hall, first: dt.date, last: dt.date, writer: Writer) -> Iterator[Bar]:
    """Draw when a hall is closed on working days; runs go on over days off between them."""
    calendar = writer.scenario.calendar
    run: list[dt.date] = []
    for status in day_statuses(calendar, writer.language.code):
        if not (first <= status.date <= last and status.is_working):
            continue
        if any(_matches(period, status.date) for period in (*hall.venue.closed, *hall.room.closed)):
            run.append(status.date)
        elif run:
            yield Bar("closed", run[0], run[-1])
            run = []
    if run:
        yield Bar("closed", run[0], run[-1])


def _matches(period: Period, date: dt.date) -> bool:
    """Whether a period holds a session of a date: any closes the venue for the whole class day."""
    return (
        (period.from_ is None or period.from_ <= date)
        and (period.last is None or date <= period.last)
        and (period.weekdays is None or WEEKDAYS[date.weekday()] in period.weekdays)
    )


def _rows(bars: Iterable[Bar], first: dt.date, last: dt.date) -> tuple[tuple[Bar, ...], ...]:
    """Lay bars side by side from `first` to `last`, in as few rows as their overlaps allow."""
    rows: list[list[Bar]] = [[]]
    for bar in sorted(bars, key=lambda bar: (bar.first, bar.last)):
        if bar.last < first or last < bar.first:
            continue
        shown = Bar(
            bar.kind,
            max(first, bar.first),
            min(last, bar.last),
            bar.label,
            bar.detail,
            bar.cohort,
            before=bar.first < first,
            after=last < bar.last,
        )
        row = next((row for row in rows if not row or row[-1].last < shown.first), None)
        if row is None:
            rows.append(row := [])
        row.append(shown)
    return tuple(tuple(_filled(row, first, last)) for row in rows)


def _filled(row: Sequence[Bar], first: dt.date, last: dt.date) -> Iterator[Bar]:
    for bar in row:
        if first < bar.first:
            yield Bar("free", first, bar.first - _DAY)
        yield bar
        first = bar.last + _DAY
    if first <= last:
        yield Bar("free", first, last)

"""A timetable class by class and day by day: what both the terminal and the page show."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from classplanner.language import Language
from classplanner.report.words import day_range
from classplanner.scenario import Cohort, DayStatus, Scenario, day_statuses
from classplanner.timetable import Meeting, PlannedCohort, Timetable

__all__ = [
    "Course",
    "CourseDay",
    "Part",
    "describe_off_days",
    "make_courses",
    "missing_cohorts",
    "session_names",
    "split",
]


@dataclass(frozen=True)
class Part:
    """What of a meeting lies on one day without a break.

    Attributes
    ----------
    meeting, index
        The meeting, and its place in the timetable.
    first, length
        Its first session of the day, counted from 0, and how many.
    number, total
        Part `number` (from 1) of `total` that the meeting has.
    """

    meeting: Meeting
    index: int
    date: dt.date
    first: int
    length: int
    number: int
    total: int


@dataclass(frozen=True)
class CourseDay:
    """A date of a course, worked or not.

    Attributes
    ----------
    number
        The class day, counted from 1; None on a day off, and on days before the opening or after the closing
        on which a faulty plan lays a meeting.
    """

    date: dt.date
    status: DayStatus
    number: int | None
    parts: tuple[Part, ...]

    @property
    def meets(self) -> bool:
        """Whether the class meets, or should."""
        return self.number is not None or bool(self.parts)


@dataclass(frozen=True)
class Course:
    """A planned class with all dates from its first to its last."""

    cohort: Cohort
    room: str | None
    opens: dt.date
    closes: dt.date
    days: tuple[CourseDay, ...]

    @cached_property
    def class_days(self) -> int:
        """How many working days there are from the opening to the closing."""
        return sum(day.number is not None for day in self.days)

    @cached_property
    def stretches(self) -> tuple[tuple[CourseDay, ...], ...]:
        """The days in runs, class days and days off in turn."""
        runs: list[list[CourseDay]] = []
        for day in self.days:
            if not runs or runs[-1][-1].meets != day.meets:
                runs.append([])
            runs[-1].append(day)
        return tuple(tuple(run) for run in runs)


def split(meeting: Meeting, index: int, sessions: Sequence[str]) -> list[Part]:
    """Cut a meeting where a day ends or a session is left out."""
    runs: list[tuple[dt.date, int, int]] = []
    for date, place in sorted((date, sessions.index(session)) for date, session in set(meeting.sessions)):
        if runs and runs[-1][0] == date and sum(runs[-1][1:]) == place:
            runs[-1] = (date, runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((date, place, 1))
    return [
        Part(meeting, index, date, first, length, number, len(runs))
        for number, (date, first, length) in enumerate(runs, start=1)
    ]


def make_courses(scenario: Scenario, timetable: Timetable, language: Language) -> tuple[Course, ...]:
    """Lay out every class that the timetable speaks of, in the order of their openings."""
    statuses = {status.date: status for status in day_statuses(scenario.calendar, language.code)}
    planned = {cohort.id: cohort for cohort in timetable.cohorts}
    parts: dict[str, list[Part]] = defaultdict(list)
    for index, meeting in enumerate(timetable.meetings):
        for cohort in dict.fromkeys(meeting.cohorts):
            parts[cohort] += split(meeting, index, scenario.calendar.sessions)
    courses = [
        _course(cohort, planned.get(cohort.id), parts[cohort.id], statuses, language)
        for cohort in scenario.all_cohorts
        if cohort.id in planned or cohort.id in parts
    ]
    return tuple(sorted(courses, key=lambda course: (course.opens, course.closes)))


def missing_cohorts(scenario: Scenario, timetable: Timetable) -> tuple[Cohort, ...]:
    """List the classes that the timetable lacks without a word."""
    planned = {cohort.id for cohort in timetable.cohorts}
    planned |= {entry.cohort for entry in timetable.partial.left_out} if timetable.partial else set()
    planned |= {cohort for meeting in timetable.meetings for cohort in meeting.cohorts}
    return tuple(cohort for cohort in scenario.all_cohorts if cohort.id not in planned)


def _course(
    cohort: Cohort,
    planned: PlannedCohort | None,
    parts: Sequence[Part],
    statuses: Mapping[dt.date, DayStatus],
    language: Language,
) -> Course:
    dates = {part.date for part in parts}
    frame = {planned.opens, planned.closes} if planned else dates
    opens, closes = min(frame), max(frame)
    dates |= frame
    by_date: dict[dt.date, list[Part]] = defaultdict(list)
    for part in sorted(parts, key=lambda part: (part.first, part.length, part.index)):
        by_date[part.date].append(part)
    days = []
    number = 0
    for day in _dates(min(dates), max(dates)):
        status = statuses.get(day) or DayStatus(day, "closed", language.text("report.outside-calendar"))
        counts = status.is_working and opens <= day <= closes
        number += counts
        days.append(CourseDay(day, status, number if counts else None, tuple(by_date.get(day, ()))))
    return Course(cohort, planned.room if planned else None, opens, closes, tuple(days))


def _dates(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (dt.date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))


def describe_off_days(days: Iterable[CourseDay], language: Language) -> list[str]:
    """Say of days off what they are: ``28/04–29/04: weekly day off``, ``30/04: public holiday (…)``."""
    runs: list[list[CourseDay]] = []
    for day in days:
        if not runs or runs[-1][-1].status.kind != day.status.kind:
            runs.append([])
        runs[-1].append(day)
    told = []
    for run in runs:
        kind = run[0].status.kind
        what = language.text("report.free" if run[0].status.is_working else f"report.day.{kind}")
        reasons = "; ".join(dict.fromkeys(day.status.reason for day in run if day.status.reason))
        dates = day_range(run[0].date, run[-1].date)
        told.append(f"{dates}: {what} ({reasons})" if reasons else f"{dates}: {what}")
    return told


def session_names(part: Part, sessions: Sequence[str], language: Language) -> str:
    """Name the sessions of a part: ``morning``, ``morning, afternoon``, or ``all day``."""
    if part.length == len(sessions) > 1:
        return language.text("report.all-day")
    return ", ".join(language.session(session) for session in sessions[part.first : part.first + part.length])

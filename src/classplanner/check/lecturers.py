"""Judges what is asked of lecturers: qualified, free, one thing and one place at a time, not too much."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby

from classplanner.check.evidence import double_bookings, found, taught
from classplanner.check.registry import Finding, checks
from classplanner.check.view import Lesson, View
from classplanner.rules import RuleInstance, Statement, catalogue
from classplanner.scenario import Lecturer
from classplanner.timetable import Slot

__all__ = [
    "lecturer_available",
    "lecturer_clash",
    "lecturer_load",
    "lecturer_one_venue",
    "lecturer_qualified",
]


def _teaching(view: View) -> Iterator[tuple[Lecturer, list[Lesson]]]:
    for name, lecturer in view.setting.lecturers.items():
        lessons = view.by_lecturer.get(name)
        if lessons:
            yield lecturer, lessons


@checks("lecturer-clash")
def lecturer_clash(view: View) -> Iterator[Finding]:
    """Find slots in which a lecturer has two meetings."""
    for lecturer, lessons in _teaching(view):
        evidence = list(double_bookings(lessons))
        if evidence:
            yield catalogue.lecturer_clash(lecturer.id), evidence


@checks("lecturer-qualified")
def lecturer_qualified(view: View) -> Iterator[Finding]:
    """Find lecturers of modules that they are not listed for."""
    for curriculum in view.setting.curricula.values():
        programme = curriculum.programme.id
        for module in curriculum.programme.modules:
            for cohort in curriculum.cohorts:
                for lesson in view.by_cohort.get(cohort, {}).get(module.id, ()):
                    for lecturer in lesson.meeting.lecturers:
                        if lecturer not in module.lecturers:
                            yield (
                                catalogue.lecturer_qualified(programme, module.id, module.lecturers),
                                taught(lesson, "meeting-by", cohort=cohort, lecturer=lecturer),
                            )


@checks("lecturer-available")
def lecturer_available(view: View) -> Iterator[Finding]:
    """Find sessions in which the lecturer is away."""
    absences = view.setting.absences
    for lecturer, lessons in _teaching(view):
        for lesson in lessons:
            missed: dict[RuleInstance, list[Slot]] = {}
            for slot in lesson.slots:
                for absence in absences(lecturer.id, slot):
                    missed.setdefault(absence, []).append(slot)
            for absence, slots in missed.items():
                yield absence, taught(lesson, slots=slots)


@checks("lecturer-load")
def lecturer_load(view: View) -> Iterator[Finding]:
    """Find days, weeks and scenarios with more sessions than a lecturer gives."""
    for lecturer, lessons in _teaching(view):
        if lecturer.max_sessions_per_day is not None:
            limit = lecturer.max_sessions_per_day
            for overfull in _overfull(lessons, limit, _day, "load-day"):
                yield catalogue.lecturer_load(lecturer.id, "day", limit), overfull
        if lecturer.max_sessions_per_week is not None:
            limit = lecturer.max_sessions_per_week
            for overfull in _overfull(lessons, limit, _monday, "load-week"):
                yield catalogue.lecturer_load(lecturer.id, "week", limit), overfull
        if lecturer.max_sessions is not None:
            limit = lecturer.max_sessions
            number = sum(len(lesson.slots) for lesson in lessons)
            if number > limit:
                meetings = (statement for lesson in lessons for statement in taught(lesson))
                evidence = [found("load-scenario", number=number), *meetings]
                yield catalogue.lecturer_load(lecturer.id, "scenario", limit), evidence


def _day(date: dt.date) -> dt.date:
    return date


def _monday(date: dt.date) -> dt.date:
    """Return the first day of the ISO week of a date."""
    return date - dt.timedelta(days=date.weekday())


def _overfull(
    lessons: list[Lesson], limit: int, span: Callable[[dt.date], dt.date], sentence: str
) -> Iterator[list[Statement]]:
    """Show the spans of time, named by their first dates, with more than `limit` sessions."""
    numbers = Counter(span(date) for lesson in lessons for date, _ in lesson.slots)
    if max(numbers.values()) <= limit:
        return
    meetings: defaultdict[dt.date, list[Statement]] = defaultdict(list)
    for lesson in lessons:
        for begin, slots in groupby(lesson.slots, lambda slot: span(slot[0])):
            meetings[begin] += taught(lesson, slots=slots)
    for begin in sorted(numbers):
        if numbers[begin] > limit:
            yield [found(sentence, date=begin, number=numbers[begin]), *meetings[begin]]


@checks("lecturer-one-venue")
def lecturer_one_venue(view: View) -> Iterator[Finding]:
    """Find days on which a lecturer is sent to two venues."""
    for lecturer, lessons in _teaching(view):
        if len({_venue(lesson) for lesson in lessons} - {None}) > 1:
            evidence = list(_torn(lessons))
            if evidence:
                yield catalogue.lecturer_one_venue(lecturer.id), evidence


def _venue(lesson: Lesson) -> str | None:
    room = lesson.meeting.room
    return None if room is None else room.partition("/")[0]


def _torn(lessons: list[Lesson]) -> Iterator[Statement]:
    """Show the days with lessons at several venues."""
    days: defaultdict[dt.date, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        for date in {date for date, _ in lesson.slots}:
            days[date].append(lesson)
    for date in sorted(days):
        on_site = [lesson for lesson in days[date] if lesson.meeting.room is not None]
        if len({_venue(lesson) for lesson in on_site}) > 1:
            for lesson in on_site:
                slots = [slot for slot in lesson.slots if slot[0] == date]
                yield from taught(lesson, "meeting-in", slots=slots, room=lesson.meeting.room or "")

"""Judges the days of the classes: working days, class days, openings, and that every class is planned."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from classplanner.check.evidence import double_bookings, found, taught
from classplanner.check.registry import Finding, checks
from classplanner.check.view import Course, View
from classplanner.rules import Statement, catalogue
from classplanner.timetable import PlannedCohort

__all__ = ["cohort_clash", "cohort_window", "consecutive_days", "quota", "working_days"]


@checks("working-days")
def working_days(view: View) -> Iterator[Finding]:
    """Find openings and sessions on dates that are no working days."""
    working = view.setting.working
    off: defaultdict[dt.date, list[Statement]] = defaultdict(list)
    for course in view.courses.values():
        opens = course.planned.opens
        if opens not in working:
            off[opens].append(found("opens", cohort=course.cohort.id, date=opens))
    for lesson in view.lessons:
        for date, slots in groupby(lesson.off, itemgetter(0)):
            off[date] += taught(lesson, slots=slots)
    for date in sorted(off):
        yield working.why_off(date), off[date]


@checks("consecutive-days")
def consecutive_days(view: View) -> Iterator[Finding]:
    """Find closings on another than the last class day, and sessions on other than class days."""
    for course in view.courses.values():
        evidence = [*_wrong_end(view, course), *_outside(view, course)]
        if evidence:
            yield catalogue.consecutive_days(course.cohort.id, course.curriculum.days), evidence


def _wrong_end(view: View, course: Course) -> Iterator[Statement]:
    days, opens = course.curriculum.days, course.planned.opens
    if course.end - course.first < days:
        yield found("calendar-ends", first=opens, days=course.end - course.first)
    elif course.planned.closes != view.last_date(course):
        yield found(
            "closes-instead",
            cohort=course.cohort.id,
            date=course.planned.closes,
            days=days,
            first=opens,
            last=view.last_date(course),
        )


def _outside(view: View, course: Course) -> Iterator[Statement]:
    per_day, name = view.setting.sessions_per_day, course.cohort.id
    first, end = course.first * per_day, course.end * per_day
    for lessons in view.by_cohort.get(name, {}).values():
        for lesson in lessons:
            if lesson.positions[0] < first or lesson.positions[-1] >= end:
                # What is on no working day is the business of working-days.
                outside = [
                    slot
                    for slot, position in zip(lesson.slots, lesson.positions, strict=True)
                    if not first <= position < end and slot not in lesson.off
                ]
                yield from taught(lesson, cohort=name, slots=outside)


@checks("cohort-window")
def cohort_window(view: View) -> Iterator[Finding]:
    """Find classes that open or close on other dates than theirs."""
    for name, (cohort, _, planned, *_) in view.courses.items():
        opens = found("opens", cohort=name, date=planned.opens)
        if cohort.opens is not None and planned.opens != cohort.opens:
            yield catalogue.cohort_window(name, "opens", cohort.opens), [opens]
        if cohort.opens_from is not None and planned.opens < cohort.opens_from:
            yield catalogue.cohort_window(name, "opens_from", cohort.opens_from), [opens]
        if cohort.finishes_by is not None and planned.closes > cohort.finishes_by:
            closes = found("closes", cohort=name, date=planned.closes)
            yield catalogue.cohort_window(name, "finishes_by", cohort.finishes_by), [closes]


@checks("cohort-clash")
def cohort_clash(view: View) -> Iterator[Finding]:
    """Find slots in which a class has two meetings."""
    for name in view.setting.cohorts:
        by_module = view.by_cohort.get(name, {})
        evidence = list(double_bookings((one for lessons in by_module.values() for one in lessons), name))
        if evidence:
            yield catalogue.cohort_clash(name), evidence


@checks("quota")
def quota(view: View) -> Iterator[Finding]:
    """Find classes that are not listed, listed twice, left out and yet planned, or not of this scenario."""
    for name, cohort in view.setting.cohorts.items():
        if name not in view.courses and name not in view.left_out:
            number = sum(len(lessons) for lessons in view.by_cohort.get(name, {}).values())
            yield (
                catalogue.quota(name, cohort.size),
                [
                    found("unlisted", cohort=name, number=number)
                    if number
                    else found("unplanned", cohort=name)
                ],
            )
    if len(view.courses) < len(view.timetable.cohorts):
        yield from _listed_wrongly(view)
    yield from _left_out_wrongly(view)
    for name, by_module in view.by_cohort.items():
        if name not in view.setting.cohorts:
            for lessons in by_module.values():
                for lesson in lessons:
                    yield catalogue.foreign_cohort(name), taught(lesson, cohort=name)


def _listed_wrongly(view: View) -> Iterator[Finding]:
    entries = view.timetable.cohorts
    times = Counter(entry.id for entry in entries)
    for entry in entries:
        cohort = view.setting.cohorts.get(entry.id)
        if cohort is None:
            yield catalogue.foreign_cohort(entry.id), [_listed(entry)]
        elif times[entry.id] > 1:
            yield catalogue.quota(entry.id, cohort.size), [_listed(entry)]


def _left_out_wrongly(view: View) -> Iterator[Finding]:
    for name in view.left_out:
        if name not in view.setting.cohorts:
            yield catalogue.foreign_cohort(name), [found("left-out", cohort=name)]
            continue
        if name in view.courses:
            yield catalogue.left_out(name), [_listed(view.courses[name].planned)]
        for lessons in view.by_cohort.get(name, {}).values():
            for lesson in lessons:
                yield catalogue.left_out(name), taught(lesson, cohort=name)


def _listed(entry: PlannedCohort) -> Statement:
    return found("listed", cohort=entry.id, room=entry.room, first=entry.opens, last=entry.closes)

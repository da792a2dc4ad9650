"""Judges a plan by what is settled: the rooms and venues of classes, and the list of locks."""

from __future__ import annotations

from collections.abc import Iterator

from classplanner.check.evidence import found, home, taught
from classplanner.check.registry import Finding, checks
from classplanner.check.view import Course, Lesson, View
from classplanner.rules import catalogue
from classplanner.scenario import Cohort, Lock

__all__ = ["lock"]


@checks("lock")
def lock(view: View) -> Iterator[Finding]:
    """Find what is planned otherwise than settled; what is not planned at all breaches other rules."""
    for course in view.courses.values():
        yield from _room(view, course, course.cohort)
    for settled in view.setting.scenario.locks:
        planned = view.courses.get(settled.cohort)
        if planned is None:
            continue
        yield from _room(view, planned, settled)
        if settled.opens is not None and planned.planned.opens != settled.opens:
            evidence = found("opens", cohort=settled.cohort, date=planned.planned.opens)
            yield catalogue.lock(settled.cohort, "opens", settled.opens), [evidence]
        if settled.module is not None:
            for lesson in view.by_cohort.get(settled.cohort, {}).get(settled.module, ()):
                yield from _lesson(settled, settled.module, lesson)


def _room(view: View, course: Course, settled: Cohort | Lock) -> Iterator[Finding]:
    room = course.planned.room
    if settled.venue is not None and room.partition("/")[0] != settled.venue:
        yield catalogue.lock(course.cohort.id, "venue", settled.venue), [home(view, course)]
    if isinstance(settled, Cohort) and settled.venues and room.partition("/")[0] not in settled.venues:
        yield catalogue.lock(course.cohort.id, "venues", settled.venues), [home(view, course)]
    if settled.room is not None and room != settled.room:
        yield catalogue.lock(course.cohort.id, "room", settled.room), [home(view, course)]


def _lesson(settled: Lock, module: str, lesson: Lesson) -> Iterator[Finding]:
    cohort = settled.cohort
    date, session = lesson.slots[0]
    if settled.date is not None and date != settled.date:
        evidence = taught(lesson, cohort=cohort, slots=lesson.slots[:1])
        yield catalogue.lock(cohort, "date", settled.date, module), evidence
    if settled.session is not None and session != settled.session:
        evidence = taught(lesson, cohort=cohort, slots=lesson.slots[:1])
        yield catalogue.lock(cohort, "session", settled.session, module), evidence
    lecturers = lesson.meeting.lecturers
    if settled.lecturer is not None and settled.lecturer not in lecturers:
        instance = catalogue.lock(cohort, "lecturer", settled.lecturer, module)
        if not lecturers:
            yield instance, [found("no-lecturer")]
        for lecturer in lecturers:
            yield instance, taught(lesson, "meeting-by", cohort=cohort, lecturer=lecturer)

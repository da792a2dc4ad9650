"""Judges what each class is taught: the whole programme, each module in one piece and at its time."""

from __future__ import annotations

from collections.abc import Iterator

from classplanner.check.evidence import found, taught
from classplanner.check.registry import Finding, checks
from classplanner.check.view import Lesson, View
from classplanner.rules import Statement, catalogue
from classplanner.scenario import Module

__all__ = ["module_shape", "module_window", "precedence", "programme_complete"]


@checks("programme-complete")
def programme_complete(view: View) -> Iterator[Finding]:
    """Find modules of the programme that are not taught exactly once and whole, and modules of others."""
    for course, module, lessons in view.modules:
        evidence = list(_incomplete(course.cohort.id, module, lessons))
        if evidence:
            yield catalogue.programme_complete(course.cohort.id, module.id), evidence
    for name, course in view.courses.items():
        for taught_module, lessons in view.by_cohort.get(name, {}).items():
            if taught_module not in course.curriculum.modules:
                for lesson in lessons:
                    yield catalogue.foreign_module(name, taught_module), taught(lesson, cohort=name)


def _incomplete(cohort: str, module: Module, lessons: list[Lesson]) -> Iterator[Statement]:
    if not lessons:
        yield found("missing", cohort=cohort, module=module.id)
    if len(lessons) > 1:
        yield found("several-meetings", number=len(lessons))
        for lesson in lessons:
            yield from taught(lesson, cohort=cohort)
    for lesson in lessons:
        yield from _not_whole(module, lesson)
        if len(lesson.meeting.cohorts) > 1:
            yield found("joint", cohorts=lesson.meeting.cohorts)


def _not_whole(module: Module, lesson: Lesson) -> Iterator[Statement]:
    if len(lesson.slots) != module.sessions:
        yield found("session-count", number=len(lesson.slots), wanted=module.sessions)
    for date, session in lesson.unknown:
        yield found("unknown-session", date=date, session=session)
    lecturers = lesson.meeting.lecturers
    if module.lecturers and not lecturers:
        yield found("no-lecturer")
    # A lecturer of a module that needs none is the business of lecturer-qualified.
    elif module.lecturers and len(lecturers) > 1:
        yield found("several-lecturers", number=len(lecturers), lecturers=lecturers)


@checks("module-shape")
def module_shape(view: View) -> Iterator[Finding]:
    """Find meetings whose sessions are not consecutive or lie badly in the day."""
    per_day = view.setting.sessions_per_day
    for course, module, lessons in view.modules:
        for lesson in lessons:
            if not _is_in_shape(module, lesson, per_day):
                name = course.cohort.id
                yield catalogue.module_shape(name, module, per_day), taught(lesson, cohort=name)


def _is_in_shape(module: Module, lesson: Lesson, per_day: int) -> bool:
    if module.sessions <= per_day:
        return lesson.consecutive and lesson.slots[0][0] == lesson.slots[-1][0]
    return lesson.consecutive and lesson.positions[0] % per_day == 0


@checks("module-window")
def module_window(view: View) -> Iterator[Finding]:
    """Find modules taught before or after their class days, or started in other sessions than theirs."""
    per_day = view.setting.sessions_per_day
    for course, module, lessons in view.modules:
        name = course.cohort.id
        for lesson in lessons:
            first_day = lesson.positions[0] // per_day - course.first + 1
            last_day = lesson.positions[-1] // per_day - course.first + 1
            # What lies before class day 1 is the business of consecutive-days.
            if 1 < module.earliest_day > first_day:
                evidence = _class_day(name, lesson, 0, first_day)
                yield catalogue.earliest_day(name, module.id, module.earliest_day), [evidence]
            if module.latest_day is not None and last_day > module.latest_day:
                evidence = _class_day(name, lesson, -1, last_day)
                yield catalogue.latest_day(name, module.id, module.latest_day), [evidence]
            if module.start_sessions is not None and lesson.slots[0][1] not in module.start_sessions:
                yield (
                    catalogue.start_sessions(name, module.id, module.start_sessions),
                    taught(lesson, cohort=name, slots=lesson.slots[:1]),
                )


def _class_day(cohort: str, lesson: Lesson, index: int, day: int) -> Statement:
    date, _ = lesson.slots[index]
    return found("class-day", cohort=cohort, module=lesson.meeting.module, date=date, day=day)


@checks("precedence")
def precedence(view: View) -> Iterator[Finding]:
    """Find modules that begin before another, which they come after, is over."""
    order = view.setting.working.order
    for course, module, lessons in view.modules:
        if not module.after or not lessons:
            continue
        name = course.cohort.id
        begin = min(lessons, key=lambda lesson: order(lesson.slots[0]))
        for before in module.after:
            for lesson in view.by_cohort[name].get(before, ()):
                if order(lesson.slots[-1]) >= order(begin.slots[0]):
                    yield (
                        catalogue.precedence(name, module.id, before),
                        [
                            *taught(lesson, cohort=name, slots=lesson.slots[-1:]),
                            *taught(begin, cohort=name, slots=begin.slots[:1]),
                        ],
                    )

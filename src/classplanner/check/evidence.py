"""Says what was found: sentences with the meetings and numbers that show a breach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from classplanner.check.view import Course, Lesson, View
from classplanner.rules import Fact, Statement
from classplanner.timetable import Slot

__all__ = ["double_bookings", "found", "home", "taught"]


def found(sentence: str, /, **facts: Fact) -> Statement:
    """Make the statement ``found.<sentence>``."""
    return Statement(f"found.{sentence}", tuple(facts.items()))


def taught(
    lesson: Lesson,
    sentence: str = "meeting",
    /,
    *,
    cohort: str | None = None,
    slots: Iterable[Slot] | None = None,
    **facts: Fact,
) -> Iterator[Statement]:
    """Say when a meeting takes place, one sentence a date.

    Parameters
    ----------
    cohort
        The class to name; by default the first of the meeting.
    slots
        Only these of its slots.
    facts
        What else the sentence says.
    """
    for date, same_date in groupby(lesson.slots if slots is None else slots, itemgetter(0)):
        yield found(
            sentence,
            cohort=cohort or lesson.meeting.cohorts[0],
            module=lesson.meeting.module,
            date=date,
            sessions_of_day=tuple(session for _, session in same_date),
            **facts,
        )


def home(view: View, course: Course) -> Statement:
    """Say which room a class has, and from when to when."""
    return found(
        "home",
        cohort=course.cohort.id,
        room=course.planned.room,
        first=course.planned.opens,
        last=view.last_date(course),
    )


def double_bookings(lessons: Iterable[Lesson], cohort: str | None = None) -> Iterator[Statement]:
    """Show the lessons that share a slot, slot by slot, and the slots that a meeting names twice."""
    lessons = list(lessons)
    booked = [slot for lesson in lessons for slot in lesson.meeting.sessions]
    if len(set(booked)) == len(booked):
        return
    at: dict[Slot, list[Lesson]] = {}
    for lesson in lessons:
        for slot in lesson.slots:
            at.setdefault(slot, []).append(lesson)
        yield from _named_twice(lesson, cohort)
    for slot, together in at.items():
        if len(together) > 1:
            for lesson in together:
                yield from taught(lesson, cohort=cohort, slots=[slot])


def _named_twice(lesson: Lesson, cohort: str | None) -> Iterator[Statement]:
    twice = [slot for slot in lesson.slots if lesson.meeting.sessions.count(slot) > 1]
    return taught(lesson, "named-twice", cohort=cohort, slots=twice)

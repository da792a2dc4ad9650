"""Judges the rooms: one for each class, large enough, open, and shared with nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from classplanner.check.evidence import found, home, taught
from classplanner.check.registry import Finding, checks
from classplanner.check.view import Course, Lesson, View
from classplanner.rules import Statement, catalogue
from classplanner.scenario import Module

__all__ = ["home_room", "room_capacity", "room_clash", "venue_open"]


@checks("room-clash")
def room_clash(view: View) -> Iterator[Finding]:
    """Find class days on which a room is the home of two classes."""
    residents: defaultdict[str, list[Course]] = defaultdict(list)
    for course in view.courses.values():
        residents[course.planned.room].append(course)
    dates = view.setting.working.dates
    for room in sorted(residents):
        courses = sorted(residents[room], key=lambda course: course.first)
        for index, course in enumerate(courses):
            for other in courses[index + 1 :]:
                end = min(course.end, other.end)
                if other.first >= end:
                    continue
                shared = found(
                    "shared",
                    cohort=course.cohort.id,
                    other=other.cohort.id,
                    first=dates[other.first],
                    last=dates[end - 1],
                )
                yield catalogue.room_clash(room), [shared]


@checks("home-room")
def home_room(view: View) -> Iterator[Finding]:
    """Find classes without a room of the scenario, and meetings in other than the right room."""
    for name, course in view.courses.items():
        evidence: list[Statement] = []
        if course.planned.room not in view.setting.rooms:
            evidence.append(found("unknown-room", cohort=name, room=course.planned.room))
        for module, lessons in view.by_cohort.get(name, {}).items():
            for lesson in lessons:
                evidence += _misplaced(course, course.curriculum.modules.get(module), lesson)
        if evidence:
            yield catalogue.home_room(name), [home(view, course), *evidence]


def _misplaced(course: Course, module: Module | None, lesson: Lesson) -> Iterator[Statement]:
    name, room = course.cohort.id, lesson.meeting.room
    if room is None:
        # Whether a module of another programme is off site is not known here.
        if module is not None and not module.off_site:
            yield from taught(lesson, "meeting-nowhere", cohort=name)
    elif module is not None and module.off_site:
        yield from taught(lesson, "off-site-in", cohort=name, room=room)
    elif room != course.planned.room:
        yield from taught(lesson, "meeting-in", cohort=name, room=room)


@checks("room-capacity")
def room_capacity(view: View) -> Iterator[Finding]:
    """Find classes that do not fit into their rooms."""
    for name, course in view.courses.items():
        room = view.setting.rooms.get(course.planned.room)
        size = course.cohort.size
        if room is not None and size > room.capacity:
            instance = catalogue.room_capacity(name, size, course.planned.room, room.capacity)
            yield instance, [home(view, course)]


@checks("venue-open")
def venue_open(view: View) -> Iterator[Finding]:
    """Find class days on which the home room or its venue is closed, if only in one session."""
    closures = view.setting.closures
    for name, course in view.courses.items():
        room = course.planned.room
        venue = room.partition("/")[0]
        for date in view.class_dates(course):
            present = [found("present", cohort=name, date=date)]
            for period in closures(venue, date):
                yield catalogue.venue_open(venue, period), present
            for period in closures(room, date):
                yield catalogue.room_open(room, period), present

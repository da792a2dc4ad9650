"""A timetable as the checker looks at it: by class and module, by lecturer, and with the class days."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import NamedTuple

from classplanner.check.setting import Curriculum, Setting
from classplanner.scenario import Cohort, Module
from classplanner.timetable import Meeting, PlannedCohort, Slot, Timetable

__all__ = ["Course", "Lesson", "View"]


class Lesson(NamedTuple):
    """A meeting, and what its `Times` say of it."""

    meeting: Meeting
    slots: tuple[Slot, ...]
    positions: tuple[int, ...]
    consecutive: bool
    off: tuple[Slot, ...]
    unknown: tuple[Slot, ...]


class Course(NamedTuple):
    """A class that the timetable plans; its class days are the working days `first` to before `end`."""

    cohort: Cohort
    curriculum: Curriculum
    planned: PlannedCohort
    first: int
    end: int


class View:
    """One timetable in its setting.

    Attributes
    ----------
    lessons
        All meetings.
    courses
        The planned classes in the order of the scenario; of a class listed twice, the first entry.
    by_cohort
        For each class that meetings name, its lessons by module.
    by_lecturer
        For each lecturer that meetings name, the lessons.
    left_out
        The classes that need not be planned, in the order of the timetable, then of the scenario.
    """

    def __init__(self, setting: Setting, timetable: Timetable, *, partial: bool | None = None) -> None:
        self.setting = setting
        self.timetable = timetable
        self.lessons: list[Lesson] = []
        self.by_cohort: dict[str, dict[str, list[Lesson]]] = {}
        self.by_lecturer: dict[str, list[Lesson]] = {}
        for meeting in timetable.meetings:
            self._add(meeting)
        listed = {entry.id: entry for entry in reversed(timetable.cohorts)}
        self.courses = {
            cohort.id: self._course(cohort, listed[cohort.id])
            for cohort in setting.cohorts.values()
            if cohort.id in listed
        }
        self.left_out = self._left_out(partial)

    @cached_property
    def modules(self) -> list[tuple[Course, Module, list[Lesson]]]:
        """The modules that each planned class is to be taught, with the lessons there are."""
        return [
            (course, module, self.by_cohort.get(cohort, {}).get(name, []))
            for cohort, course in self.courses.items()
            for name, module in course.curriculum.modules.items()
        ]

    def class_dates(self, course: Course) -> tuple[dt.date, ...]:
        """Return the class days of a class."""
        return self.setting.working.dates[course.first : course.end]

    def last_date(self, course: Course) -> dt.date:
        """Return the last class day of a class; its opening if it has none."""
        dates = self.setting.working.dates
        return dates[course.end - 1] if course.end > course.first else course.planned.opens

    def _add(self, meeting: Meeting) -> None:
        lesson = Lesson(meeting, *self.setting.times(meeting.sessions))
        self.lessons.append(lesson)
        for cohort in _once(meeting.cohorts):
            self.by_cohort.setdefault(cohort, {}).setdefault(meeting.module, []).append(lesson)
        for lecturer in _once(meeting.lecturers):
            self.by_lecturer.setdefault(lecturer, []).append(lesson)

    def _left_out(self, partial: bool | None) -> tuple[str, ...]:  # noqa: FBT001
        if partial is False:
            return ()
        record = self.timetable.partial
        named = () if record is None else _once(tuple(entry.cohort for entry in record.left_out))
        if partial is None:
            return named
        absent = (name for name in self.setting.cohorts if name not in self.courses | self.by_cohort)
        return _once((*named, *absent))

    def _course(self, cohort: Cohort, planned: PlannedCohort) -> Course:
        curriculum = self.setting.curriculum(cohort)
        first = self.setting.working.index(planned.opens)
        end = min(first + curriculum.days, len(self.setting.working.dates))
        return Course(cohort, curriculum, planned, first, end)


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) < 2 else tuple(dict.fromkeys(names))

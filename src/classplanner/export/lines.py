"""A timetable session by session, in the words that all files to hand out share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from classplanner.language import Language
from classplanner.language.sorting import name_key
from classplanner.report.courses import Course, describe_off_days, make_courses
from classplanner.report.words import sentence
from classplanner.rules import Names
from classplanner.scenario import Lecturer, Module, Scenario
from classplanner.timetable import Meeting, Timetable
from classplanner.timetable.labels import Labels

__all__ = ["Edition", "Line"]


@dataclass(frozen=True)
class Line:
    """A session of a class.

    Attributes
    ----------
    cohort, date, session
        Which one; `session` is an id.
    number
        The class day, from 1; None on a day that is none.
    module, lecturers, room
        Ids; no module where the class is free.
    part
        Which session of the meeting it is, and how many the meeting has.
    """

    cohort: str
    date: dt.date
    session: str
    number: int | None
    module: str | None = None
    lecturers: tuple[str, ...] = ()
    room: str | None = None
    part: tuple[int, int] = (1, 1)


class Edition:
    """A timetable with what its files say in one language.

    Parameters
    ----------
    scenario
        What was planned.
    timetable
        Its ids must be those of `scenario`.
    language
        The reader's language.
    """

    def __init__(self, scenario: Scenario, timetable: Timetable, language: Language) -> None:
        self.scenario, self.timetable, self.language = scenario, timetable, language
        self.labels = Labels(scenario)
        self.names = Names(scenario)

    def text(self, key: str, **values: object) -> str:
        """Return a text of the files."""
        return self.language.text(f"office.{key}", **values)

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """The planned classes by their openings."""
        return make_courses(self.scenario, self.timetable, self.language)

    @cached_property
    def by_class(self) -> Mapping[str, tuple[Line, ...]]:
        """The lines of each planned class, free sessions of its class days included."""
        return {course.cohort.id: tuple(self._class_lines(course)) for course in self.courses}

    @cached_property
    def by_lecturer(self) -> Mapping[str, tuple[Line, ...]]:
        """The lines of each lecturer who teaches, in order of time; lecturers by their given names."""
        taught: dict[str, list[Line]] = {lecturer.id: [] for lecturer in self.lecturers}
        for line in self._taught:
            for lecturer in line.lecturers:
                taught[lecturer].append(line)
        return {name: tuple(lines) for name, lines in taught.items() if lines}

    @cached_property
    def by_room(self) -> Mapping[str, tuple[Line, ...]]:
        """The lines of each room that is used, in order of time."""
        used: dict[str, list[Line]] = {room: [] for room in self.labels.rooms}
        for line in self._taught:
            if line.room is not None:
                used[line.room].append(line)
        return {room: tuple(lines) for room, lines in used.items() if lines}

    @cached_property
    def lecturers(self) -> tuple[Lecturer, ...]:
        """The lecturers in Vietnamese order of their given names."""
        return tuple(
            sorted(self.scenario.lecturers, key=lambda lecturer: name_key(self.names.lecturer(lecturer.id)))
        )

    @cached_property
    def _taught(self) -> tuple[Line, ...]:
        order = self.scenario.calendar.sessions.index
        lines = (line for lines in self.by_class.values() for line in lines if line.module is not None)
        return tuple(sorted(lines, key=lambda line: (line.date, order(line.session))))

    def _class_lines(self, course: Course) -> Iterator[Line]:
        cohort, sessions = course.cohort.id, self.scenario.calendar.sessions
        for day in course.days:
            if not day.meets:
                continue
            for place, session in enumerate(sessions):
                here = [part for part in day.parts if part.first <= place < part.first + part.length]
                for part in here:
                    slots = _slots(part.meeting, sessions)
                    yield Line(
                        cohort=cohort,
                        date=day.date,
                        session=session,
                        number=day.number,
                        module=part.meeting.module,
                        lecturers=part.meeting.lecturers,
                        room=part.meeting.room,
                        part=(slots.index((day.date, session)) + 1, len(slots)),
                    )
                if not here:
                    yield Line(cohort, day.date, session, day.number)

    def off_days(self, course: Course) -> Mapping[dt.date, str]:
        """Say why there is nothing on days between class days, by the first of the days in a row."""
        told = {
            stretch[0].date: describe_off_days(
                [day for day in stretch if day.status.kind in ("holiday", "closed")], self.language
            )
            for stretch in course.stretches
            if not stretch[0].meets
        }
        return {date: " · ".join(reasons) for date, reasons in told.items() if reasons}

    # --- words

    def session(self, line: Line) -> str:
        """Write the session of the day."""
        return sentence(self.language.session(line.session))

    def content(self, line: Line) -> str:
        """Write the module with its id; nothing where the class is free."""
        if line.module is None:
            return ""
        module = self.module(line)
        return self.labels.module(module) if module else line.module

    def title(self, line: Line) -> str:
        """Write the module without its id, if it has a name."""
        module = self.module(line)
        return module.name or module.id if module else line.module or ""

    def module(self, line: Line) -> Module | None:
        """Return the module of a line."""
        return self._modules.get((self._programme_of[line.cohort], line.module or ""))

    def lecturer(self, line: Line) -> str:
        """Write who teaches."""
        return "; ".join(self.labels.lecturers.get(one, one) for one in line.lecturers)

    def place(self, line: Line) -> str:
        """Write where it is."""
        if line.module is None:
            return ""
        if line.room is None:
            module = self.module(line)
            return self.text("place-off-site" if module is None or module.off_site else "no-place")
        return self.labels.rooms.get(line.room, line.room)

    def note(self, line: Line) -> str:
        """Say which part of its module a session is, where there are several."""
        number, total = line.part
        return self.language.text("report.part", number=number, total=total) if total > 1 else ""

    @cached_property
    def _programme_of(self) -> Mapping[str, str]:
        return {cohort.id: cohort.programme for cohort in self.scenario.all_cohorts}

    @cached_property
    def _modules(self) -> Mapping[tuple[str, str], Module]:
        return {
            (programme.id, module.id): module
            for programme in self.scenario.programmes
            for module in programme.modules
        }


def _slots(meeting: Meeting, sessions: tuple[str, ...]) -> list[tuple[dt.date, str]]:
    return sorted(set(meeting.sessions), key=lambda slot: (slot[0], sessions.index(slot[1])))

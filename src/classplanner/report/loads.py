"""A timetable lecturer by lecturer: when, where and what each teaches, how much, and for what fee."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from classplanner.language.sorting import name_key
from classplanner.report.courses import Part, split
from classplanner.report.entries import Entry, Writer
from classplanner.scenario import Lecturer
from classplanner.timetable import Timetable

__all__ = ["Load", "lecturer_loads"]


@dataclass(frozen=True)
class Load:
    """What one lecturer does.

    Attributes
    ----------
    entries
        The parts of the meetings with the classes that are taught, in order of time.
    sessions, days, fees
        How many sessions, on how many dates, for how much in all (VND).
    places
        Where, each once.
    """

    lecturer: Lecturer
    name: str
    entries: tuple[tuple[Entry, tuple[str, ...]], ...]
    sessions: int
    days: int
    fees: int
    places: tuple[str, ...]


def lecturer_loads(timetable: Timetable, writer: Writer) -> tuple[Load, ...]:
    """Sum up every lecturer of the scenario, in Vietnamese order of their given names."""
    sessions = writer.scenario.calendar.sessions
    home = {cohort.id: cohort.room for cohort in timetable.cohorts}
    parts: dict[str, list[Part]] = defaultdict(list)
    for index, meeting in enumerate(timetable.meetings):
        for name in dict.fromkeys(meeting.lecturers):
            parts[name] += split(meeting, index, sessions)
    loads = []
    for lecturer in writer.scenario.lecturers:
        taught = sorted(parts[lecturer.id], key=lambda part: (part.date, part.first, part.index))
        number = sum(part.length for part in taught)
        entries = []
        for part in taught:
            cohort = part.meeting.cohorts[0]
            entries.append((writer.entry(part, cohort, home.get(cohort)), part.meeting.cohorts))
        loads.append(
            Load(
                lecturer=lecturer,
                name=writer.names.lecturer(lecturer.id),
                entries=tuple(entries),
                sessions=number,
                days=len({part.date for part in taught}),
                fees=number * lecturer.fee,
                places=tuple(dict.fromkeys(entry.place for entry, _ in entries)),
            )
        )
    return tuple(sorted(loads, key=lambda load: name_key(load.name)))

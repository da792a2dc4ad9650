"""What makes two timetables the same: the one form in which both sides of the oracle are compared."""

from __future__ import annotations

import datetime as dt

from classplanner.timetable import Meeting, PlannedCohort, Timetable

__all__ = ["CohortKey", "Key", "MeetingKey", "key", "restore"]

CohortKey = tuple[str, str, dt.date, dt.date]
"""A class, its home room, its first and its last class day."""

MeetingKey = tuple[tuple[str, ...], str, tuple[str, ...], str, tuple[tuple[dt.date, str], ...]]
"""The classes, the module, the lecturers, the room ("" off site) and the slots of a meeting."""

Key = tuple[tuple[CohortKey, ...], tuple[MeetingKey, ...]]
"""What a timetable decides, in an order of its own; repetitions are kept."""


def key(timetable: Timetable) -> Key:
    """Return the decisions of a timetable, without the order it happens to list them in."""
    cohorts = ((cohort.id, cohort.room, cohort.opens, cohort.closes) for cohort in timetable.cohorts)
    return tuple(sorted(cohorts)), tuple(sorted(map(_meeting, timetable.meetings)))


def restore(key: Key) -> Timetable:
    """Make a timetable of its key."""
    cohorts, meetings = key
    return Timetable(
        cohorts=tuple(
            PlannedCohort(id=name, room=room, opens=opens, closes=closes)
            for name, room, opens, closes in cohorts
        ),
        meetings=tuple(
            Meeting(cohorts=names, module=module, lecturers=lecturers, room=room or None, sessions=sessions)
            for names, module, lecturers, room, sessions in meetings
        ),
    )


def _meeting(meeting: Meeting) -> MeetingKey:
    return (
        tuple(sorted(meeting.cohorts)),
        meeting.module,
        tuple(sorted(meeting.lecturers)),
        meeting.room or "",
        tuple(sorted(meeting.sessions)),
    )

"""What a timetable does otherwise than another one, class by class, for the page."""

from __future__ import annotations

from dataclasses import dataclass

from classplanner.diff import compare, tell_class, tell_meeting
from classplanner.report.entries import Writer
from classplanner.report.words import sentence
from classplanner.timetable import Meeting, PlannedCohort, Timetable

__all__ = ["Change", "changes"]


@dataclass(frozen=True)
class Change:
    """A class, or one module of it, that is planned otherwise: what was said before, and what is said now.

    Attributes
    ----------
    meeting
        The place of the meeting in the timetable; None for a class, or for a meeting that is gone.
    """

    cohort: str
    what: str
    before: str
    now: str
    meeting: int | None = None


def changes(base: Timetable, timetable: Timetable, writer: Writer) -> tuple[Change, ...]:
    """List what differs, class by class in the scenario's order: first dates and hall, then meetings."""
    names, language = writer.names, writer.language

    def course(entry: PlannedCohort | None) -> str:
        return "" if entry is None else sentence(tell_class(entry, names, language))

    def taught(meeting: Meeting | None) -> str:
        return "" if meeting is None else sentence(tell_meeting(meeting, names, language))

    difference = compare(base, timetable)
    places = {meeting: place for place, meeting in enumerate(timetable.meetings)}
    heading = language.text("report.changes.class")
    found = [Change(one.cohort, heading, course(one.before), course(one.after)) for one in difference.cohorts]
    for change in difference.meetings:
        place = None if change.after is None else places[change.after]
        for cohort in change.meeting.cohorts:
            module = names.module_of_cohort(cohort, change.meeting.module)
            found.append(Change(cohort, module, taught(change.before), taught(change.after), place))
    order = {cohort.id: place for place, cohort in enumerate(writer.scenario.all_cohorts)}
    return tuple(sorted(found, key=lambda change: order.get(change.cohort, len(order))))

"""What changed between two timetables as rows of a table, class by class: for pages and for Excel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from classplanner.diff import (
    ClassChange,
    Difference,
    MeetingChange,
    in_order,
    tell_course,
    tell_meeting,
)
from classplanner.language import Language
from classplanner.report.words import sentence
from classplanner.rules import Names
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["Change", "changes"]


@dataclass(frozen=True)
class Change:
    """A class, or a meeting of it, that is planned otherwise: what was said before, and what is said now.

    Attributes
    ----------
    kind
        What changes: the day, the lecturer, …
    before, now
        In words; empty for what is new or dropped.
    meeting
        The meeting as it is now; None for a class, and for a meeting that is dropped.
    """

    cohort: str
    what: str
    kind: str
    before: str
    now: str
    meeting: Meeting | None = None


def changes(difference: Difference, names: Names, language: Language) -> tuple[Change, ...]:
    """List what changes, class by class in the scenario's order: first dates and hall, then its meetings.

    A meeting of several classes stands with each of them.
    """
    found = [_of_class(course, names, language) for course in difference.cohorts]
    for change in difference.meetings:
        found += _of_meeting(change, names, language)
    order = in_order((change.cohort for change in found), names)
    return tuple(sorted(found, key=lambda change: order.index(change.cohort)))


def _of_class(course: ClassChange, names: Names, language: Language) -> Change:
    def told(entry: PlannedCohort | None) -> str:
        return "" if entry is None else sentence(tell_course(entry, names, language, tiers))

    tiers = course.tiers or ("opening", "room")
    kinds = course.tiers or ("new" if course.before is None else "dropped",)
    kind = ", ".join(language.text(f"diff.tier.{one}") for one in kinds)
    what = language.text("report.changes.class")
    return Change(course.cohort, what, kind, told(course.before), told(course.after))


def _of_meeting(change: MeetingChange, names: Names, language: Language) -> Iterator[Change]:
    def told(meeting: Meeting | None) -> str:
        return "" if meeting is None else sentence(tell_meeting(meeting, names, language))

    kind = change.tier or ("new" if change.before is None else "dropped")
    for cohort in change.meeting.cohorts:
        yield Change(
            cohort,
            names.module_of_cohort(cohort, change.meeting.module),
            language.text(f"diff.tier.{kind}"),
            told(change.before),
            told(change.after),
            change.after,
        )

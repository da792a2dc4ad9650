"""Compares two timetables, and makes the second out of the first and what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import zip_longest
from typing import TypeVar

from classplanner.diff.models import ClassChange, Difference, MeetingChange
from classplanner.timetable import Meeting, PlannedCohort, Timetable

__all__ = ["compare", "patch"]

_Entry = TypeVar("_Entry", PlannedCohort, Meeting)


def compare(first: Timetable, second: Timetable) -> Difference:
    """Find what changed from one timetable to another.

    A meeting is the same one if its classes and its module are; where a class has a module several times, the
    meetings are matched in order of time. What else a timetable says (status, costs, run) is not compared.
    """
    return Difference(
        cohorts=tuple(_classes(first.cohorts, second.cohorts)),
        meetings=tuple(sorted(_meetings(first.meetings, second.meetings), key=_time)),
    )


def patch(first: Timetable, difference: Difference) -> Timetable:
    """Return the second timetable: the first with the changes made.

    Its classes and meetings are those of the second, changed ones in the place they had, new ones behind.

    Raises
    ------
    ValueError
        The difference is not one from this timetable.
    """
    return first.model_copy(
        update={
            "cohorts": _patched(first.cohorts, [(one.before, one.after) for one in difference.cohorts]),
            "meetings": _patched(first.meetings, [(one.before, one.after) for one in difference.meetings]),
        }
    )


def _patched(
    entries: Iterable[_Entry], changes: Iterable[tuple[_Entry | None, _Entry | None]]
) -> tuple[_Entry, ...]:
    ahead: defaultdict[_Entry, list[_Entry | None]] = defaultdict(list)
    new: list[_Entry] = []
    for before, after in changes:
        if before is not None:
            ahead[before].append(after)
        elif after is not None:
            new.append(after)
    made: list[_Entry] = []
    for entry in entries:
        after = ahead[entry].pop() if ahead.get(entry) else entry
        if after is not None:
            made.append(after)
    if any(ahead.values()):
        raise ValueError("the difference is not one from this timetable")
    return tuple(made + new)


def _classes(first: Iterable[PlannedCohort], second: Iterable[PlannedCohort]) -> Iterator[ClassChange]:
    before, after = _grouped(first, lambda entry: entry.id), _grouped(second, lambda entry: entry.id)
    for cohort in dict.fromkeys((*after, *before)):
        for old, new in _pairs(before[cohort], after[cohort]):
            yield ClassChange(cohort=cohort, before=old, after=new)


def _meetings(first: Iterable[Meeting], second: Iterable[Meeting]) -> Iterator[MeetingChange]:
    def key(meeting: Meeting) -> tuple[tuple[str, ...], str]:
        return meeting.cohorts, meeting.module

    before, after = _grouped(first, key), _grouped(second, key)
    for name in dict.fromkeys((*after, *before)):
        for old, new in _pairs(before[name], after[name]):
            yield MeetingChange(before=old, after=new)


def _grouped(
    entries: Iterable[_Entry], key: Callable[[_Entry], Hashable]
) -> defaultdict[Hashable, list[_Entry]]:
    groups: defaultdict[Hashable, list[_Entry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return groups


def _pairs(
    before: Iterable[_Entry], after: Iterable[_Entry]
) -> Iterator[tuple[_Entry | None, _Entry | None]]:
    """Match what is not the same in both, in order of time; None stands for what is new or dropped."""
    old, new = Counter(before), Counter(after)
    left, come = old - new, new - old
    yield from zip_longest(sorted(left.elements(), key=_begin), sorted(come.elements(), key=_begin))


def _begin(entry: PlannedCohort | Meeting) -> tuple[object, ...]:
    if isinstance(entry, PlannedCohort):
        return entry.opens, entry.room
    return entry.sessions, entry.lecturers, entry.room or ""


def _time(change: MeetingChange) -> tuple[object, ...]:
    meeting = change.before or change.meeting
    return meeting.sessions[0][0], meeting.cohorts, meeting.module

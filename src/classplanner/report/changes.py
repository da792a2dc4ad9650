"""What a timetable does otherwise than another one, for the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from classplanner.report.entries import Writer
from classplanner.report.words import sentence
from classplanner.timetable import Meeting, Timetable

__all__ = ["Change", "changes"]


@dataclass(frozen=True)
class Change:
    """A class, or one module of it, that is planned otherwise: what was said before, and what is said now.

    Attributes
    ----------
    meetings
        The places of the meetings concerned in the timetable.
    """

    cohort: str
    what: str
    before: str
    now: str
    meetings: tuple[int, ...] = ()


def changes(base: Timetable, timetable: Timetable, writer: Writer) -> tuple[Change, ...]:
    """List what differs, class by class in the scenario's order: first dates and hall, then modules."""
    old, new = (_classes(plan, writer) for plan in (base, timetable))
    taught_before, taught = _meetings(base), _meetings(timetable)
    found = []
    for cohort in writer.scenario.all_cohorts:
        name = cohort.id
        what = writer.language.text("report.changes.class")
        if old.get(name) != new.get(name):
            found.append(Change(name, what, old.get(name, ""), new.get(name, "")))
        for module in writer.programme_of[name].modules:
            before, now = (plan.get((name, module.id), []) for plan in (taught_before, taught))
            old_words, new_words = (_tell([one for _, one in plan], writer) for plan in (before, now))
            if old_words != new_words:
                label = f"{module.id} {module.name}".strip()
                places = tuple(index for index, _ in now)
                found.append(Change(name, label, old_words, new_words, places))
    return tuple(found)


def _classes(timetable: Timetable, writer: Writer) -> Mapping[str, str]:
    return {
        entry.id: f"{entry.opens:%d/%m/%Y}–{entry.closes:%d/%m/%Y}, {writer.names.room(entry.room)}"
        for entry in timetable.cohorts
    }


def _meetings(timetable: Timetable) -> Mapping[tuple[str, str], list[tuple[int, Meeting]]]:
    found: dict[tuple[str, str], list[tuple[int, Meeting]]] = defaultdict(list)
    for index, meeting in enumerate(timetable.meetings):
        for cohort in meeting.cohorts:
            found[cohort, meeting.module].append((index, meeting))
    return found


def _tell(meetings: Sequence[Meeting], writer: Writer) -> str:
    """Say when meetings are, and who teaches."""
    told = []
    order = writer.scenario.calendar.sessions.index
    for meeting in meetings:
        slots = sorted(set(meeting.sessions), key=lambda slot: (slot[0], order(slot[1])))
        days = [
            f"{writer.language.date(date)} ({', '.join(writer.language.session(name) for _, name in group)})"
            for date, group in groupby(slots, key=lambda slot: slot[0])
        ]
        who = [writer.names.lecturer(lecturer) for lecturer in meeting.lecturers]
        told.append(sentence(" · ".join(["; ".join(days), *who])))
    return " | ".join(told)

"""What changed between two timetables, as frozen models: enough to make the second out of the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal, get_args

from classplanner.scenario.base import Model
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["TIERS", "ClassChange", "Difference", "MeetingChange", "Tier"]

Tier = Literal["room", "lecturer", "session", "day", "opening"]
"""What kind of change, the least first."""

TIERS: tuple[Tier, ...] = get_args(Tier)


class ClassChange(Model):
    """A class that opens on another day or is held in another room; new or dropped without one of both."""

    cohort: str
    """Id of the class."""
    before: PlannedCohort | None
    """As the first timetable has it."""
    after: PlannedCohort | None
    """As the second has it."""

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """What changed; nothing of classes that are new or dropped."""
        if self.before is None or self.after is None:
            return ()
        changed: dict[Tier, bool] = {
            "room": self.before.room != self.after.room,
            "opening": (self.before.opens, self.before.closes) != (self.after.opens, self.after.closes),
        }
        return tuple(tier for tier, differs in changed.items() if differs)


class MeetingChange(Model):
    """A meeting that is held at another time, by somebody else or elsewhere; or is new, or dropped."""

    before: Meeting | None
    """As the first timetable has it."""
    after: Meeting | None
    """As the second has it."""

    @property
    def meeting(self) -> Meeting:
        """The meeting as it is now, or else as it was."""
        meeting = self.after or self.before
        assert meeting is not None
        return meeting

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of the lecturers who have to be told."""
        both = (
            *(self.before.lecturers if self.before else ()),
            *(self.after.lecturers if self.after else ()),
        )
        return tuple(dict.fromkeys(both))

    @property
    def tier(self) -> Tier | None:
        """The gravest of what changed; None of meetings that are new or dropped."""
        before, after = self.before, self.after
        if before is None or after is None:
            return None
        if [date for date, _ in before.sessions] != [date for date, _ in after.sessions]:
            return "day"
        if before.sessions != after.sessions:
            return "session"
        return "lecturer" if before.lecturers != after.lecturers else "room"


class Difference(Model):
    """All that changed between two timetables."""

    cohorts: tuple[ClassChange, ...] = ()
    """The classes that are held elsewhere or at other dates, new or dropped, in the order of the second."""
    meetings: tuple[MeetingChange, ...] = ()
    """The meetings that changed, in order of time. Those that a class takes along into another room are here,
    too, but do not count."""

    @property
    def counted(self) -> tuple[MeetingChange, ...]:
        """The meetings that count as changes: moved or given by another lecturer, not only in a new home."""
        moved = {change.cohort for change in self.cohorts if "room" in change.tiers}
        return tuple(
            change
            for change in self.meetings
            if change.tier is not None
            and not (change.tier == "room" and moved.issuperset(change.meeting.cohorts))
        )

    @property
    def tiers(self) -> Mapping[Tier, int]:
        """How many changes of each kind there are: of classes, room and opening; of meetings, the gravest."""
        found = Counter(tier for change in self.cohorts for tier in change.tiers)
        found.update(change.tier for change in self.counted if change.tier is not None)
        return {tier: found[tier] for tier in TIERS}

    @property
    def number(self) -> int:
        """How many changes there are. What is new or dropped does not count: it was asked for."""
        return sum(self.tiers.values())

    @property
    def by_person(self) -> Mapping[str, int]:
        """How many of the meetings that count concern each lecturer, before or after."""
        return Counter(person for change in self.counted for person in change.people)

"""What the checker reads from a scenario once, before it judges any timetable."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from classplanner.check.calendar import WorkingDays, matches
from classplanner.rules import RuleInstance, catalogue
from classplanner.scenario import Cohort, Module, Period, Programme, Scenario
from classplanner.timetable import Slot

__all__ = ["Curriculum", "Setting", "Times"]


class Curriculum(NamedTuple):
    """A programme with its length in class days, its modules' nominal days and the classes that take it."""

    programme: Programme
    days: int
    modules: dict[str, Module]
    nominal_days: dict[str, int]
    cohorts: tuple[str, ...]


class Times(NamedTuple):
    """When a meeting takes place.

    Attributes
    ----------
    slots
        Its slots in order, each once.
    positions
        The same, as numbers that run through the slots of all working days.
    consecutive
        Whether they follow one another without a gap.
    off, unknown
        Those on dates that are no working days; those whose session the calendar lacks.
    """

    slots: tuple[Slot, ...]
    positions: tuple[int, ...]
    consecutive: bool
    off: tuple[Slot, ...]
    unknown: tuple[Slot, ...]


class Setting:
    """A scenario, indexed.

    `times`, `absences` and `closures` remember their answers: many timetables are judged in one setting.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.working = WorkingDays(scenario.calendar)
        self.sessions_per_day = len(scenario.calendar.sessions)
        self.cohorts = {cohort.id: cohort for cohort in scenario.all_cohorts}
        self.lecturers = {lecturer.id: lecturer for lecturer in scenario.lecturers}
        self.rooms = {f"{venue.id}/{room.id}": room for venue in scenario.venues for room in venue.rooms}
        self.curricula = self._curricula()
        self._closed = {venue.id: venue.closed for venue in scenario.venues} | {
            name: room.closed for name, room in self.rooms.items()
        }
        self.times = cache(self._times)
        self.absences = cache(self._absences)
        self.closures = cache(self._closures)

    def curriculum(self, cohort: Cohort) -> Curriculum:
        """Return what a class is taught."""
        return self.curricula[cohort.programme]

    def _curricula(self) -> dict[str, Curriculum]:
        takers = defaultdict(list)
        for cohort in self.cohorts.values():
            takers[cohort.programme].append(cohort.id)
        return {
            programme.id: Curriculum(
                programme=programme,
                days=programme.class_days(self.sessions_per_day),
                modules={module.id: module for module in programme.modules},
                nominal_days=_nominal_days(programme, self.sessions_per_day),
                cohorts=tuple(takers[programme.id]),
            )
            for programme in self.scenario.programmes
        }

    def _times(self, sessions: tuple[Slot, ...]) -> Times:
        """Bring the slots of a meeting into their order."""
        slots = tuple(sorted(set(sessions), key=self.working.order))
        positions = tuple(self.working.position(slot) for slot in slots)
        return Times(
            slots=slots,
            positions=positions,
            consecutive=positions == tuple(range(positions[0], positions[0] + len(positions))),
            off=tuple(slot for slot in slots if slot[0] not in self.working),
            unknown=tuple(slot for slot in slots if slot[1] not in self.working.sessions),
        )

    def _absences(self, lecturer: str, slot: Slot) -> tuple[RuleInstance, ...]:
        """Name all that keeps a lecturer from teaching in a slot."""
        person = self.lecturers[lecturer]
        away = [
            catalogue.lecturer_unavailable(lecturer, period)
            for period in person.unavailable
            if matches(period, *slot)
        ]
        if person.available is not None and not any(matches(period, *slot) for period in person.available):
            away.append(catalogue.lecturer_only_available(lecturer))
        return tuple(away)

    def _closures(self, place: str, date: dt.date) -> tuple[Period, ...]:
        """List the periods for which a venue, or a room, is closed on a date, if only in one session."""
        return tuple(
            period
            for period in self._closed.get(place, ())
            if any(matches(period, date, session) for session in self.working.sessions)
        )


def _nominal_days(programme: Programme, sessions_per_day: int) -> dict[str, int]:
    days, sessions = {}, 0
    for module in programme.modules:
        days[module.id] = sessions // sessions_per_day
        sessions += module.sessions
    return days

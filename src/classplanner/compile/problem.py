"""The scenario as arrays: dates become working days and slots, ids become positions.

A *day* is the position of a working day in the calendar, a *slot* is ``day * sessions_per_day + session``.
Positions of rooms, lecturers and cohorts follow the order of the scenario; so do those of modules, counted on
over all programmes.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from classplanner.compile.periods import covered
from classplanner.scenario import Cohort, Module, Period, Programme, Scenario, day_statuses

__all__ = [
    "Absences",
    "Closed",
    "CohortData",
    "Engagements",
    "Integers",
    "ModuleData",
    "Problem",
    "ProgrammeData",
    "compile_scenario",
]

Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ModuleData:
    """A module of a programme.

    Attributes
    ----------
    module
        As the scenario has it.
    programme
        The id of its programme.
    lecturers
        Positions of the qualified lecturers, the preferred first.
    after
        Positions of the modules that must be over before.
    nominal_day
        The class day (from 0) on which the programme's order puts it.
    """

    module: Module
    programme: str
    lecturers: Integers
    after: tuple[int, ...]
    nominal_day: int


@dataclass(frozen=True)
class ProgrammeData:
    """A programme: its class days, and the positions of its modules."""

    programme: Programme
    days: int
    modules: Integers


@dataclass(frozen=True)
class CohortData:
    """A class: its programme, and the earliest day (from 0) on which it may open."""

    cohort: Cohort
    programme: ProgrammeData
    earliest: int


@dataclass(frozen=True)
class Absences:
    """When lecturers are away, sorted by lecturer and slot; one row for each slot and cause.

    Attributes
    ----------
    key
        ``lecturer * slots + slot``.
    cause
        Position in `causes`; both of shape (rows,).
    causes
        Position of the lecturer, and the period of leave; None where it is that no period of `available`
        covers the slot.
    """

    key: Integers
    cause: Integers
    causes: tuple[tuple[int, Period | None], ...]


@dataclass(frozen=True)
class Closed:
    """Days on which a venue or one of its rooms is closed, in one session or more, for one period.

    Attributes
    ----------
    venue, room
        Positions; no room where the whole venue is closed.
    period
        As the scenario has it.
    days
        Positions.
    """

    venue: int
    room: int | None
    period: Period
    days: Integers


@dataclass(frozen=True)
class Engagements:
    """What lecturers do for classes that are not part of a problem.

    Attributes
    ----------
    sessions
        Whether a lecturer teaches such a class in a slot; shape (lecturers, slots).
    on_site
        Whether a lecturer is on a day at a venue that no class of the problem can be at; shape (lecturers,
        days).
    kept
        Of each lecturer's maximum in all, so many sessions more are kept for such classes; shape
        (lecturers,).
    """

    sessions: Truths
    on_site: Truths
    kept: Integers


@dataclass(frozen=True)
class Problem:
    """A scenario in positions and arrays.

    Attributes
    ----------
    scenario
        What it was made of.
    days
        The working days, ``datetime64[D]``, shape (days,).
    week, year
        Of each working day: a number for its ISO week (the same week, the same number), its calendar year.
    absences
        What keeps lecturers away.
    closures
        When venues and rooms are closed.
    room_venue, room_capacity, room_cost
        Shape (rooms,): position of the venue, seats, VND a class day.
    engaged
        What lecturers do for classes that are planned elsewhere; None for nothing.
    """

    scenario: Scenario
    days: npt.NDArray[np.datetime64]
    week: Integers
    year: Integers
    cohorts: tuple[CohortData, ...]
    modules: tuple[ModuleData, ...]
    absences: Absences
    closures: tuple[Closed, ...]
    room_names: tuple[str, ...]
    room_venue: Integers
    room_capacity: Integers
    room_cost: Integers
    engaged: Engagements | None = None

    @property
    def sessions_per_day(self) -> int:
        """How many sessions a day has."""
        return len(self.scenario.calendar.sessions)

    @cached_property
    def module_sessions(self) -> Integers:
        """The length of each module, in sessions."""
        return _integers(data.module.sessions for data in self.modules)

    @cached_property
    def module_off_site(self) -> Truths:
        """Which modules take no room."""
        return np.array([data.module.off_site for data in self.modules], dtype=bool)

    @cached_property
    def cohort_sizes(self) -> Integers:
        """The number of trainees of each class."""
        return _integers(data.cohort.size for data in self.cohorts)

    @cached_property
    def cohort_days(self) -> Integers:
        """The number of class days of each class."""
        return _integers(data.programme.days for data in self.cohorts)

    @cached_property
    def engaged_by_day(self) -> Integers:
        """The sessions that lecturers give elsewhere; shape (lecturers, days)."""
        lecturers, days = len(self.scenario.lecturers), len(self.days)
        if self.engaged is None:
            return np.zeros((lecturers, days), dtype=np.int64)
        by_day: Integers = self.engaged.sessions.reshape(lecturers, days, self.sessions_per_day).sum(axis=2)
        return by_day

    @cached_property
    def dates(self) -> list[dt.date]:
        """The dates of the working days."""
        dates: list[dt.date] = self.days.tolist()
        return dates

    @cached_property
    def first_lesson(self) -> Integers:
        """Number of the first lesson of each class, and behind the last: shape (classes + 1,).

        A *lesson* is a module of a class; the lessons of a class are numbered in the programme's order.
        """
        count = [len(data.programme.modules) for data in self.cohorts]
        return np.concatenate([[0], np.cumsum(np.array(count, dtype=np.int64))])

    def lesson(self, cohort: Integers, module: Integers) -> Integers:
        """Return the lessons of classes and modules, by positions."""
        return (self.first_lesson[:-1] - self._first_module)[cohort] + module

    @cached_property
    def lesson_cohort(self) -> Integers:
        """The class of each lesson."""
        return np.repeat(np.arange(len(self.cohorts)), np.diff(self.first_lesson))

    @cached_property
    def lesson_module(self) -> Integers:
        """The module of each lesson."""
        within = np.arange(self.first_lesson[-1]) - self.first_lesson[self.lesson_cohort]
        return self._first_module[self.lesson_cohort] + within

    @cached_property
    def _first_module(self) -> Integers:
        return _integers(data.programme.modules[0] for data in self.cohorts)

    def closed_rooms(self, closed: Closed) -> Truths:
        """Mark the rooms that a closure concerns; shape (rooms,)."""
        marked: Truths = self.room_venue == closed.venue
        if closed.room is not None:
            marked = np.arange(len(self.room_names)) == closed.room
        return marked

    def module_position(self, cohort: int, module: str) -> int:
        """Return the position of a module of a class's programme."""
        positions = self.cohorts[cohort].programme.modules
        return next(int(position) for position in positions if self.modules[position].module.id == module)

    def date(self, day: int) -> dt.date:
        """Return the date of a working day."""
        date: dt.date = self.days[day].astype(dt.date)
        return date

    @cached_property
    def lecturer_position(self) -> dict[str, int]:
        """Positions of the lecturers by their ids."""
        return {lecturer.id: position for position, lecturer in enumerate(self.scenario.lecturers)}

    @cached_property
    def cohort_position(self) -> dict[str, int]:
        """Positions of the classes by their ids."""
        return {data.cohort.id: position for position, data in enumerate(self.cohorts)}

    @cached_property
    def venue_position(self) -> dict[str, int]:
        """Positions of the venues by their ids."""
        return {venue.id: position for position, venue in enumerate(self.scenario.venues)}


def compile_scenario(scenario: Scenario) -> Problem:
    """Turn a scenario into positions and arrays."""
    dates = [status.date for status in day_statuses(scenario.calendar) if status.is_working]
    days = np.array(dates, dtype="datetime64[D]")
    rooms = [
        (position, venue, room) for position, venue in enumerate(scenario.venues) for room in venue.rooms
    ]
    modules = _modules(scenario)
    return Problem(
        scenario=scenario,
        days=days,
        week=_integers(date.toordinal() - date.weekday() for date in dates),
        year=_integers(date.year for date in dates),
        cohorts=_cohorts(scenario, days, modules),
        modules=modules,
        absences=_absences(scenario, dates),
        closures=tuple(_closures(scenario, dates)),
        room_names=tuple(f"{venue.id}/{room.id}" for _, venue, room in rooms),
        room_venue=_integers(position for position, _, _ in rooms),
        room_capacity=_integers(room.capacity for _, _, room in rooms),
        room_cost=_integers(room.daily_cost for _, _, room in rooms),
    )


def _integers(values: Iterable[int]) -> Integers:
    return np.fromiter(values, dtype=np.int64)


def _absences(scenario: Scenario, dates: Sequence[dt.date]) -> Absences:
    sessions = scenario.calendar.sessions
    causes: list[tuple[int, Period | None]] = []
    away: list[Integers] = []
    for position, lecturer in enumerate(scenario.lecturers):
        first = position * len(dates) * len(sessions)
        for period in lecturer.unavailable:
            causes.append((position, period))
            away.append(first + np.flatnonzero(covered([period], dates, sessions)))
        if lecturer.available is not None:
            causes.append((position, None))
            away.append(first + np.flatnonzero(~covered(lecturer.available, dates, sessions)))
    key = np.concatenate([np.empty(0, dtype=np.int64), *away])
    cause = np.repeat(np.arange(len(away)), [len(slots) for slots in away])
    order = np.argsort(key, kind="stable")
    return Absences(key[order], cause[order], tuple(causes))


def _closures(scenario: Scenario, dates: Sequence[dt.date]) -> Iterator[Closed]:
    sessions = scenario.calendar.sessions

    def days(period: Period) -> Integers:
        closed = covered([period], dates, sessions).reshape(len(dates), len(sessions))
        return np.flatnonzero(closed.any(axis=1))

    rooms = itertools.count()
    for position, venue in enumerate(scenario.venues):
        for period in venue.closed:
            yield Closed(position, None, period, days(period))
        for room in venue.rooms:
            number = next(rooms)
            for period in room.closed:
                yield Closed(position, number, period, days(period))


def _cohorts(
    scenario: Scenario, days: npt.NDArray[np.datetime64], modules: Sequence[ModuleData]
) -> tuple[CohortData, ...]:
    sessions_per_day = len(scenario.calendar.sessions)
    positions: dict[str, list[int]] = {programme.id: [] for programme in scenario.programmes}
    for position, data in enumerate(modules):
        positions[data.programme].append(position)
    programmes = {
        programme.id: ProgrammeData(
            programme, programme.class_days(sessions_per_day), _integers(positions[programme.id])
        )
        for programme in scenario.programmes
    }
    cohorts = []
    for cohort in scenario.all_cohorts:
        earliest = max(filter(None, (scenario.calendar.first_day, cohort.opens_from, cohort.opens)))
        position = int(np.searchsorted(days, np.datetime64(earliest, "D")))
        cohorts.append(CohortData(cohort, programmes[cohort.programme], position))
    return tuple(cohorts)


def _modules(scenario: Scenario) -> tuple[ModuleData, ...]:
    sessions_per_day = len(scenario.calendar.sessions)
    lecturer_position = {lecturer.id: position for position, lecturer in enumerate(scenario.lecturers)}
    modules: list[ModuleData] = []
    for programme in scenario.programmes:
        first, before = len(modules), 0
        module_position = {module.id: first + index for index, module in enumerate(programme.modules)}
        for module in programme.modules:
            modules.append(
                ModuleData(
                    module=module,
                    programme=programme.id,
                    lecturers=_integers(lecturer_position[lecturer] for lecturer in module.lecturers),
                    after=tuple(module_position[after] for after in module.after),
                    nominal_day=before // sessions_per_day,
                )
            )
            before += module.sessions
    return tuple(modules)

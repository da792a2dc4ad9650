"""Prices that suit a year, and a plan of it, by names and dates, so that a variant of it can begin with them.

A bound follows from any prices (`prices`); those that prove much of a year prove nearly as much of one that
differs in a few things, and better ones are near. The plan tells when classes open and what they are taught
when, as far as the variant has the same classes, rooms, lecturers and days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import LEFT_OUT, NOBODY, Draft, encode_openings
from classplanner.solve.control import Control
from classplanner.solve.courses import groups
from classplanner.solve.multipliers import ROUNDS, Multipliers, Stride
from classplanner.solve.packing import Packing
from classplanner.solve.prices import Prices, free_prices
from classplanner.solve.ties import TIED_ROUNDS, TIED_STEP, TiedAssignments
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["Footing", "footing_of"]


@dataclass(frozen=True)
class Footing:
    """Prices of a year, and whose and when they are.

    Attributes
    ----------
    lecturers, dates, weeks, sessions
        What the axes of the prices stand for: ids; working days; the Mondays of weeks, as ordinals; the
        sessions of a day.
    prices
        In VND a session; they suit bounds with ties (`ties`).
    bound
        What prices alone prove: no plan of the year costs less, in equivalent VND.
    cohorts, meetings
        A plan of the year; empty where none is known.
    """

    lecturers: tuple[str, ...]
    dates: tuple[dt.date, ...]
    weeks: tuple[int, ...]
    sessions: tuple[str, ...]
    prices: Prices
    bound: int
    cohorts: tuple[PlannedCohort, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    def with_plan(self, cohorts: Iterable[PlannedCohort], meetings: Iterable[Meeting]) -> Footing:
        """Return this with a plan of the year."""
        return replace(self, cohorts=tuple(cohorts), meetings=tuple(meetings))

    def draft_for(self, problem: Problem) -> Draft | None:
        """Return what the plan says of another problem; None without a plan.

        A class that cannot open as it says opens on day `LEFT_OUT`, and lessons may be left out.
        """
        if not self.cohorts:
            return None
        days, rooms = _places(problem.dates), _places(problem.room_names)
        sessions, per_day = _places(problem.scenario.calendar.sessions), problem.sessions_per_day
        day, room = np.full((2, len(problem.cohorts)), LEFT_OUT)
        for entry in self.cohorts:
            cohort = problem.cohort_position.get(entry.id)
            if cohort is not None and entry.opens in days and entry.room in rooms:
                day[cohort], room[cohort] = days[entry.opens], rooms[entry.room]
        lessons = {
            (problem.cohorts[cohort].cohort.id, problem.modules[module].module.id): lesson
            for lesson, (cohort, module) in enumerate(
                zip(problem.lesson_cohort.tolist(), problem.lesson_module.tolist(), strict=True)
            )
        }
        start, lecturer = np.full(len(lessons), LEFT_OUT), np.full(len(lessons), NOBODY)
        for meeting in self.meetings:
            lesson, (date, session) = lessons.get((meeting.cohorts[0], meeting.module)), meeting.sessions[0]
            if lesson is None or date not in days or session not in sessions:
                continue
            cohort = problem.lesson_cohort[lesson]
            first = (days[date] - day[cohort]) * per_day + sessions[session]
            if day[cohort] != LEFT_OUT and 0 <= first < problem.cohort_days[cohort] * per_day:
                start[lesson] = first
            if meeting.lecturers:
                lecturer[lesson] = problem.lecturer_position.get(meeting.lecturers[0], NOBODY)
        return Draft(day, room, start, lecturer)

    def prices_for(self, problem: Problem) -> Prices:
        """Return the prices of the lecturers and days that another problem has, too; 0 for all others."""
        made = free_prices(problem)
        now = _footing(problem, made, 0)
        if now.sessions != self.sessions:
            return made
        who, whose = _both(now.lecturers, self.lecturers)
        day, on_day = _both(now.dates, self.dates)
        week, in_week = _both(now.weeks, self.weeks)
        per_day = np.arange(len(self.sessions))
        slot, in_slot = ((days[:, None] * len(per_day) + per_day).reshape(-1) for days in (day, on_day))
        made.slot[np.ix_(who, slot)] = self.prices.slot[np.ix_(whose, in_slot)]
        made.day[np.ix_(who, day)] = self.prices.day[np.ix_(whose, on_day)]
        made.week[np.ix_(who, week)] = self.prices.week[np.ix_(whose, in_week)]
        made.total[who] = self.prices.total[whose]
        return made


def footing_of(problem: Problem, control: Control) -> Footing | None:
    """Find prices that suit a problem; None where there cannot be a plan, or the clock stops at once."""
    model = encode_openings(problem)
    packing = Packing(problem, model.openings, model.cost[: model.first_start], groups(problem))
    multipliers = Multipliers(problem, packing)
    found = multipliers.raise_bound(ROUNDS, lambda: control.stopped)
    if found is None:
        return None
    tied = Multipliers(problem, packing, TiedAssignments(multipliers.assignments))
    closer = tied.raise_bound(
        TIED_ROUNDS, lambda: control.stopped, prices=found.prices, stride=Stride(TIED_STEP)
    )
    return _footing(problem, (closer or found).prices, found.bound)


def _footing(problem: Problem, prices: Prices, bound: int) -> Footing:
    return Footing(
        lecturers=tuple(lecturer.id for lecturer in problem.scenario.lecturers),
        dates=tuple(problem.dates),
        weeks=tuple(np.unique(problem.week).tolist()),
        sessions=tuple(problem.scenario.calendar.sessions),
        prices=prices,
        bound=bound,
    )


def _places(names: Iterable[object]) -> dict[object, int]:
    """Return where each name stands."""
    return {name: place for place, name in enumerate(names)}


def _both(now: tuple[object, ...], before: tuple[object, ...]) -> tuple[Integers, Integers]:
    """Return where what is in both stands in each."""
    places = _places(before)
    pairs = [(place, places[name]) for place, name in enumerate(now) if name in places]
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return first, second

"""The plan that is adapted, in positions of the problem it is adapted to, and what of it stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classplanner.compile import Integers, Problem
from classplanner.encode import NOBODY, Truths
from classplanner.timetable import Meeting, Slot, Timetable

__all__ = ["GONE", "Base", "base_of", "first_free_day"]

GONE = -2
"""In place of a position: what the plan has there, the scenario has no longer."""

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Base:
    """The plan at hand. A *lesson* is a module of a class (`Problem.lesson`).

    Attributes
    ----------
    free_from
        The first date that may be touched.
    known
        Which classes it plans; shape (classes,).
    opens, closes, room
        Of each class; NaT, and -1, where it is not planned, `GONE` for a room that is no more.
    slots
        Of each lesson: its sessions; empty where the plan lacks it.
    lecturer
        Of each lesson: who gives it, `NOBODY`, or `GONE`; shape (lessons,).
    lost
        Lessons that cannot stay as they are, whatever else is planned; shape (lessons,).
    """

    free_from: np.datetime64
    known: Truths
    opens: Days
    closes: Days
    room: Integers
    slots: tuple[tuple[Slot, ...], ...]
    lecturer: Integers
    lost: Truths

    @property
    def taught(self) -> Truths:
        """Which lessons the plan has."""
        return np.array([len(slots) > 0 for slots in self.slots], dtype=bool)

    @property
    def first(self) -> Days:
        """The date of each lesson's first session; NaT where the plan lacks it."""
        return np.array([slots[0][0] if slots else "NaT" for slots in self.slots], dtype="datetime64[D]")

    @property
    def last(self) -> Days:
        """The date of each lesson's last session; NaT where the plan lacks it."""
        return np.array([slots[-1][0] if slots else "NaT" for slots in self.slots], dtype="datetime64[D]")

    @property
    def frozen(self) -> Truths:
        """The lessons that begin before anything may be touched."""
        marked: Truths = self.first < self.free_from
        return marked

    @property
    def running(self) -> Truths:
        """The classes that open before anything may be touched."""
        marked: Truths = self.opens < self.free_from
        return marked


def first_free_day(problem: Problem, from_: dt.date, notice: int) -> np.datetime64:
    """Return the first date that may be touched: `notice` working days after `from_`, or later."""
    first = int(np.searchsorted(problem.days, np.datetime64(from_, "D"))) + notice
    if first < len(problem.days):
        return np.datetime64(problem.dates[first], "D") if notice else np.datetime64(from_, "D")
    return np.datetime64(problem.scenario.calendar.last_day, "D") + np.timedelta64(1, "D")


def base_of(problem: Problem, timetable: Timetable, free_from: np.datetime64) -> Base:
    """Put a plan into positions of a problem; what the problem lacks is passed over, or marked as gone."""
    entries = {entry.id: entry for entry in timetable.cohorts}
    planned = [entries.get(data.cohort.id) for data in problem.cohorts]
    rooms = {name: position for position, name in enumerate(problem.room_names)}
    taught = _meetings(problem, timetable)
    lecturer = [_lecturer(problem, meeting) for meeting in taught]
    slots = tuple(() if meeting is None else meeting.sessions for meeting in taught)
    return Base(
        free_from=free_from,
        known=np.array([entry is not None for entry in planned], dtype=bool),
        opens=np.array([entry.opens if entry else "NaT" for entry in planned], dtype="datetime64[D]"),
        closes=np.array([entry.closes if entry else "NaT" for entry in planned], dtype="datetime64[D]"),
        room=np.array([rooms.get(entry.room, GONE) if entry else -1 for entry in planned], dtype=np.int64),
        slots=slots,
        lecturer=np.array(lecturer, dtype=np.int64),
        lost=np.array(list(_lost(problem, slots, lecturer)), dtype=bool),
    )


def _meetings(problem: Problem, timetable: Timetable) -> list[Meeting | None]:
    """Return the meeting of each lesson."""
    found = {(meeting.cohorts[0], meeting.module): meeting for meeting in timetable.meetings}
    return [
        found.get((problem.cohorts[cohort].cohort.id, problem.modules[module].module.id))
        for cohort, module in zip(problem.lesson_cohort, problem.lesson_module, strict=True)
    ]


def _lecturer(problem: Problem, meeting: Meeting | None) -> int:
    if meeting is None or not meeting.lecturers:
        return NOBODY
    return problem.lecturer_position.get(meeting.lecturers[0], GONE)


def _lost(problem: Problem, slots: Sequence[tuple[Slot, ...]], lecturers: Sequence[int]) -> Iterator[bool]:
    """Say of each lesson whether its days, its length or its lecturer are no longer possible."""
    working = {date: day for day, date in enumerate(problem.dates)}
    sessions = {session: index for index, session in enumerate(problem.scenario.calendar.sessions)}
    away = set(np.unique(problem.absences.key).tolist())
    width = len(problem.dates) * problem.sessions_per_day
    for module, times, lecturer in zip(problem.lesson_module, slots, lecturers, strict=True):
        data = problem.modules[module]
        on_list = lecturer in data.lecturers if len(data.lecturers) else lecturer == NOBODY
        cells = [
            working[date] * problem.sessions_per_day + sessions[session]
            for date, session in times
            if date in working and session in sessions
        ]
        yield bool(times) and not (
            on_list
            and len(cells) == len(times) == data.module.sessions
            and (lecturer < 0 or away.isdisjoint(lecturer * width + cell for cell in cells))
        )

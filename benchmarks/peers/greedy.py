"""First come, first served: what a planner does by hand in a spreadsheet.

Classes are taken in the order of the day from which they may open. Each gets the first day and hall that are
free; each half day gets the first module of the programme that is due and that someone can give, by the first
lecturer of its list who is free. Where a class cannot be finished so, some last entries are tried otherwise,
and then the class opens a day later or in another hall. What has been entered for a class stays. When a class
finds no place at all, the sheet is begun anew with that class first, as long as there is time.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from benchmarks.peers.diary import Diary
from benchmarks.peers.drafts import Course, timetable_of
from benchmarks.peers.found import Found, Openings
from benchmarks.peers.limits import Limits, limits_of, module_starts
from classplanner.compile import Problem, compile_scenario
from classplanner.scenario import Scenario

__all__ = ["run"]

_TRIES = 3_000  # entries for one opening of a class


def run(scenario: Scenario, seconds: float, seed: int = 1, openings: Openings | None = None) -> list[Found]:
    """Plan by hand; see `Peer`. There is no chance in it."""
    began = time.monotonic()
    problem = compile_scenario(scenario)
    limits = limits_of(problem, openings)
    order = sorted(range(len(problem.cohorts)), key=lambda cohort: problem.cohorts[cohort].earliest)
    tried: set[tuple[int, ...]] = set()
    while time.monotonic() < began + seconds and tuple(order) not in tried:
        tried.add(tuple(order))
        desk = _Desk(problem, limits, began + seconds)
        courses = desk.plan_all(order)
        if len(courses) == len(order):
            timetable = timetable_of(problem, [courses[cohort] for cohort in sorted(courses)])
            return [Found(time.monotonic() - began, desk.diary.total, timetable)]
        order.insert(0, order.pop(len(courses)))
    return []


class _Desk:
    """The planner's sheet: halls, lecturers, and one class after another."""

    def __init__(self, problem: Problem, limits: Limits, deadline: float) -> None:
        self.problem = problem
        self.limits = limits
        self.deadline = deadline
        self.diary = Diary(problem, limits)
        self._starts = [
            frozenset(
                module_starts(
                    problem,
                    place,
                    problem.scenario.programme_by_id[data.programme].class_days(problem.sessions_per_day),
                )
            )
            for place, data in enumerate(problem.modules)
        ]

    def plan_all(self, order: Iterable[int]) -> dict[int, Course]:
        """Enter classes until one finds no place."""
        courses: dict[int, Course] = {}
        for cohort in order:
            course = self.plan(cohort)
            if course is None:
                break
            courses[cohort] = course
        return courses

    def plan(self, cohort: int) -> Course | None:
        """Enter a class; None where none of its openings works out, or time is up."""
        for day, room in self._openings(cohort):
            if time.monotonic() > self.deadline:
                return None
            if not self.diary.open(cohort, day, room):
                continue
            filling = _Filling(self, cohort, day, room)
            if filling.fill(0):
                return filling.course()
            self.diary.close(cohort, day, room)
        return None

    def starts(self, module: int) -> frozenset[int]:
        """Say at which slots of a class a module may start."""
        return self._starts[module]

    def _openings(self, cohort: int) -> Iterator[tuple[int, int]]:
        days = int(self.problem.cohort_days[cohort])
        for day in range(self.limits.first[cohort], self.limits.last[cohort] + 1):
            for room in self.limits.rooms[cohort]:
                if not (
                    self.limits.closed[room, day : day + days].any()
                    or self.diary.taken[room, day : day + days].any()
                ):
                    yield day, room


class _Filling:
    """One class being entered, half day by half day."""

    def __init__(self, desk: _Desk, cohort: int, day: int, room: int) -> None:
        problem = desk.problem
        self.desk, self.cohort, self.day, self.room = desk, cohort, day, room
        self.modules: list[int] = problem.cohorts[cohort].programme.modules.tolist()
        self.slots = int(problem.cohort_days[cohort]) * problem.sessions_per_day
        self.length: list[int] = problem.module_sessions[self.modules].tolist()
        self.free = self.slots - sum(self.length)
        self.locks = [lock for lock in desk.limits.locks if lock.cohort == cohort]
        self.start: dict[int, int] = {}
        self.lecturer: dict[int, int] = {}
        self.tries = 0

    def course(self) -> Course:
        places = range(len(self.modules))
        return Course(
            self.day,
            self.room,
            tuple(self.start[place] for place in places),
            tuple(self.lecturer[place] for place in places),
        )

    def fill(self, slot: int) -> bool:
        """Fill the class from a slot on; False, with all undone, where that does not work out."""
        if len(self.start) == len(self.modules):
            return True
        self.tries += 1
        if slot >= self.slots or self.tries > _TRIES or not self._in_time(slot):
            return False
        for place in range(len(self.modules)):
            if place not in self.start and self._is_due(place, slot) and self._entered(place, slot):
                return True
        if self.free == 0:
            return False
        self.free -= 1
        if self.fill(slot + 1):
            return True
        self.free += 1
        return False

    def _in_time(self, slot: int) -> bool:
        """Whether no module is left behind whose time is over."""
        starts = self.desk.starts
        return all(
            place in self.start or max(starts(module), default=-1) >= slot
            for place, module in enumerate(self.modules)
        )

    def _is_due(self, place: int, slot: int) -> bool:
        module = self.modules[place]
        first = self.modules[0]
        before = (after - first for after in self.desk.problem.modules[module].after)
        return slot in self.desk.starts(module) and all(
            one in self.start and self.start[one] + self.length[one] <= slot for one in before
        )

    def _entered(self, place: int, slot: int) -> bool:
        problem, diary = self.desk.problem, self.desk.diary
        module, length = self.modules[place], self.length[place]
        first = self.day * problem.sessions_per_day + slot
        for lecturer in self._lecturers(place, first):
            if lecturer >= 0 and not diary.is_free(lecturer, module, self.room, first):
                continue
            diary.enter(lecturer, module, self.room, slot, first)
            self.start[place], self.lecturer[place] = slot, lecturer
            if self.fill(slot + length):
                return True
            del self.start[place], self.lecturer[place]
            diary.erase(lecturer, module, self.room, slot, first)
        return False

    def _lecturers(self, place: int, first: int) -> list[int]:
        """List who may give a module then, as far as it is settled; -1 where it needs nobody."""
        per_day = self.desk.problem.sessions_per_day
        lecturers: list[int] = self.desk.problem.modules[self.modules[place]].lecturers.tolist() or [-1]
        for lock in self.locks:
            if lock.place != place:
                continue
            if lock.day not in (None, first // per_day) or lock.session not in (None, first % per_day):
                return []
            if lock.lecturer is not None:
                lecturers = [one for one in lecturers if one == lock.lecturer]
        return lecturers

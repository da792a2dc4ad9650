"""A diary of halls and lecturers, kept entry by entry, with what it all costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from benchmarks.peers.limits import Limits
from classplanner.compile import Problem

__all__ = ["Diary"]


class Diary:
    """Who is where when, and what it costs.

    Attributes
    ----------
    taken
        Whether a hall is taken on a day; shape (rooms, days).
    total
        The cost of all entries, in equivalent VND.
    """

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.taken = np.zeros(limits.closed.shape, dtype=bool)
        self.total = 0
        self._problem = problem
        self._scenario = problem.scenario
        self._busy = [set(slots) for slots in limits.absent]
        self._sessions: Counter[tuple[int, str, int]] = Counter()  # by lecturer and day, week or all
        self._visits: Counter[tuple[int, int, int]] = Counter()  # by lecturer, day and venue
        self._spent: Counter[int] = Counter()
        self._year: list[int] = problem.year.tolist()
        self._week: list[int] = problem.week.tolist()
        self._venue: list[int] = problem.room_venue.tolist()

    def open(self, cohort: int, day: int, room: int) -> bool:
        """Take a hall for a class, if the budget allows."""
        self._book(cohort, day, room, 1)
        if self._within_budget():
            return True
        self._book(cohort, day, room, -1)
        return False

    def close(self, cohort: int, day: int, room: int) -> None:
        """Give the hall of a class back."""
        self._book(cohort, day, room, -1)

    def _book(self, cohort: int, day: int, room: int, sign: int) -> None:
        data, objective = self._problem.cohorts[cohort], self._scenario.objective
        days, price = data.programme.days, int(self._problem.room_cost[room])
        self.taken[room, day : day + days] = sign > 0
        for one in range(day, day + days):
            self._spent[self._year[one]] += sign * price
        self.total += sign * (objective.rooms * price * days + objective.delay * (day - data.earliest))

    def is_free(self, lecturer: int, module: int, room: int, first: int) -> bool:
        """Whether a lecturer can give a module from a slot on."""
        data, lecturer_data = self._problem.modules[module].module, self._scenario.lecturers[lecturer]
        slots = range(first, first + data.sessions)
        if not self._busy[lecturer].isdisjoint(slots):
            return False
        wanted: Counter[tuple[int, str, int]] = Counter()
        for key in self._spans(lecturer, slots):
            wanted[key] += 1
        limits = {
            "day": lecturer_data.max_sessions_per_day,
            "week": lecturer_data.max_sessions_per_week,
            "all": lecturer_data.max_sessions,
        }
        for key, number in wanted.items():
            limit = limits[key[1]]
            if limit is not None and self._sessions[key] + number > limit:
                return False
        return self._can_come(lecturer, room, slots) if not data.off_site else self._can_pay(lecturer, slots)

    def _can_come(self, lecturer: int, room: int, slots: range) -> bool:
        venue, per_day = self._venue[room], self._problem.sessions_per_day
        days = {slot // per_day for slot in slots}
        elsewhere = (one for one in range(len(self._scenario.venues)) if one != venue)
        return self._can_pay(lecturer, slots) and not any(
            self._visits[lecturer, day, one] for one in elsewhere for day in days
        )

    def _can_pay(self, lecturer: int, slots: range) -> bool:
        budget, per_day = self._scenario.budget, self._problem.sessions_per_day
        if not budget:
            return True
        fees: Counter[int] = Counter()
        for slot in slots:
            fees[self._year[slot // per_day]] += self._scenario.lecturers[lecturer].fee
        return all(self._spent[year] + fee <= budget.get(year, 2**63) for year, fee in fees.items())

    def enter(self, lecturer: int, module: int, room: int, slot: int, first: int) -> None:
        """Enter a module: at a slot of its class, from a slot of the calendar on; lecturer -1 is nobody."""
        self._entry(lecturer, module, room, slot, first, sign=1)

    def erase(self, lecturer: int, module: int, room: int, slot: int, first: int) -> None:
        """Take back what has been entered."""
        self._entry(lecturer, module, room, slot, first, sign=-1)

    def _entry(self, lecturer: int, module: int, room: int, slot: int, first: int, *, sign: int) -> None:
        data, objective, per_day = (
            self._problem.modules[module],
            self._scenario.objective,
            self._problem.sessions_per_day,
        )
        self.total += sign * objective.order * abs(slot // per_day - data.nominal_day)
        if lecturer < 0:
            return
        slots = range(first, first + data.module.sessions)
        rank = data.lecturers.tolist().index(lecturer)
        fee = self._scenario.lecturers[lecturer].fee
        self.total += sign * (objective.fees * fee * len(slots) + objective.preference * rank)
        self.total -= self._overload(lecturer)
        for key in self._spans(lecturer, slots):
            self._sessions[key] += sign
        self.total += self._overload(lecturer)
        for one in slots:
            (self._busy[lecturer].add if sign > 0 else self._busy[lecturer].discard)(one)
            self._spent[self._year[one // per_day]] += sign * fee
            if not data.module.off_site:
                self._visits[lecturer, one // per_day, self._venue[room]] += sign

    def _overload(self, lecturer: int) -> int:
        target = self._scenario.lecturers[lecturer].target_sessions
        if target is None:
            return 0
        return self._scenario.objective.overload * max(0, self._sessions[lecturer, "all", 0] - target)

    def _spans(self, lecturer: int, slots: range) -> Iterator[tuple[int, str, int]]:
        """Name the day, the week and the whole to which each session of a lecturer counts."""
        for slot in slots:
            day = slot // self._problem.sessions_per_day
            yield lecturer, "day", day
            yield lecturer, "week", self._week[day]
            yield lecturer, "all", 0

    def _within_budget(self) -> bool:
        return all(self._spent[year] <= amount for year, amount in self._scenario.budget.items())

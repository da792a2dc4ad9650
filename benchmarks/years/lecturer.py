"""One lecturer: what a hidden plan lets him or her teach, and what the scenario then says of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from benchmarks.years.halls import Days
from classplanner.scenario import WEEKDAYS

__all__ = ["Kind", "Lecturer"]

Kind = Literal["central", "senior", "professor", "lecturer"]
Table = dict[str, Any]

_FEES: dict[Kind, Sequence[int]] = {
    "central": (800_000,),
    "senior": (700_000, 800_000),
    "professor": (600_000, 700_000),
    "lecturer": (400_000, 500_000, 600_000),
}
_A_WEEK: dict[Kind, Sequence[int]] = {
    "central": (2, 3),
    "senior": (2,),
    "professor": (3, 4),
    "lecturer": (4, 4, 5, 6),
}
_A_MONTH: dict[Kind, int] = {"central": 6, "senior": 4}
_SESSIONS = ("morning", "afternoon")


class Lecturer:
    """A lecturer with habits, leave and what he or she teaches in the hidden plan.

    A slot is a half day: twice the position of the working day, plus one in the afternoon.

    Parameters
    ----------
    chance
        Draws fee, maxima, weekly habits and leave.
    name
        The id.
    kind
        Seniors and central lecturers have a few half days a month, all others their leave.
    days
        The working days.
    """

    def __init__(self, chance: random.Random, name: str, kind: Kind, days: Days) -> None:
        self.id = name
        self.kind = kind
        self.fee = chance.choice(_FEES[kind])
        self.a_day = 1 if kind in ("senior", "lecturer") and chance.random() < 0.15 else 2
        self.a_week = chance.choice(_A_WEEK[kind])
        self.in_all: int | None = None
        self.target: int | None = None
        self.slots: set[int] = set()
        self._days = days
        self._venue: dict[int, str] = {}
        self._load: Counter[tuple[str, int]] = Counter()
        self.habits = _habits(chance, kind)
        self.free = {slot for slot in range(2 * len(days.dates)) if self._by_habit(slot)}
        self.away: set[int] = set()
        if kind in ("professor", "lecturer"):
            self._take_leave(chance, chance.uniform(0.05, 0.15))

    def _by_habit(self, slot: int) -> bool:
        return (self._days.dates[slot // 2].weekday(), slot % 2) not in self.habits

    def _take_leave(self, chance: random.Random, share: float) -> None:
        number = len(self._days.dates)
        while len(self.away) < share * number:
            first = chance.randrange(number)
            self.leave(range(first, min(number, first + chance.randint(2, 10))))

    def leave(self, positions: Iterable[int]) -> None:
        """Be away on these days."""
        for day in positions:
            self.away.add(day)
            self.free -= {2 * day, 2 * day + 1}

    @property
    def few(self) -> bool:
        """Whether it is told when he or she is there, not when away."""
        return self.kind in _A_MONTH

    def can_teach(self, slots: Sequence[int], venue: str) -> bool:
        """Say whether habits, leave, maxima and what is planned already allow these sessions."""
        if not self.free.issuperset(slots) or not self.slots.isdisjoint(slots):
            return False
        if any(self._venue.get(slot // 2, venue) != venue for slot in slots):
            return False
        more = Counter(span for slot in slots for span in self._spans(slot))
        return all(self._load[span] + number <= self._limit(span[0]) for span, number in more.items())

    def _limit(self, span: str) -> int:
        return {"day": self.a_day, "week": self.a_week, "month": _A_MONTH.get(self.kind, 100)}[span]

    def _spans(self, slot: int) -> list[tuple[str, int]]:
        day = slot // 2
        date = self._days.dates[day]
        return [("day", day), ("week", self._days.week[day]), ("month", 12 * date.year + date.month)]

    def teach(self, slots: Sequence[int], venue: str) -> None:
        """Take these sessions."""
        self.slots.update(slots)
        for slot in slots:
            self._venue[slot // 2] = venue
            self._load.update(self._spans(slot))

    def forget(self, slots: Sequence[int]) -> None:
        """Give these sessions back."""
        self.slots.difference_update(slots)
        for slot in slots:
            self._load.subtract(self._spans(slot))
            if not self._load["day", slot // 2]:
                del self._venue[slot // 2]

    def fits(self, sessions: int) -> bool:
        """Say whether the maxima allow a module of so many sessions."""
        return self.a_day >= min(2, sessions) and self.a_week >= sessions

    def in_week_of(self, slot: int) -> int:
        """How many sessions he or she has in the week of a slot."""
        return self._load["week", self._days.week[slot // 2]]

    @property
    def possible(self) -> int:
        """How many sessions he or she could give, whatever classes there are."""
        total = sum(self._possible_in(week) for week in self._days.in_week)
        return total if self.in_all is None else min(total, self.in_all)

    def _possible_in(self, week: int) -> int:
        days = ((2 * day in self.free) + (2 * day + 1 in self.free) for day in self._days.in_week[week])
        return min(self.a_week, sum(min(self.a_day, number) for number in days))

    def lower_week(self, chance: random.Random) -> None:
        """Lower the weekly maximum to what the hidden plan needs, or one more."""
        weeks = Counter(self._days.week[slot // 2] for slot in self.slots)
        self.a_week = max(2, min(self.a_week, max(weeks.values(), default=2) + chance.randint(0, 1)))

    def settle(self, chance: random.Random, wanted: int) -> None:
        """Take away time that the hidden plan does not need until only so many sessions are possible.

        Parameters
        ----------
        chance
            Decides what.
        wanted
            Sessions that stay possible, those of the plan among them.
        """
        wanted = max(1, wanted, len(self.slots))
        if self.few:
            others = sorted(self.free - self.slots)
            more = chance.sample(others, min(len(others), wanted - len(self.slots)))
            self.free = self.slots | set(more)
        else:
            for shortest in (3, 2):
                self._stay_away(chance, self.possible - wanted, shortest)
        if self.possible > wanted or chance.random() < 0.1:
            self.in_all = wanted
        if chance.random() < 0.6:
            self.target = round(len(self.slots) * chance.uniform(0.8, 1.1))

    def _stay_away(self, chance: random.Random, surplus: int, shortest: int) -> None:
        """Take leave in runs of so many days at least, on which the plan has nothing."""
        number = len(self._days.dates)
        busy = {slot // 2 for slot in self.slots} | self.away
        for first in chance.sample(range(number), number):
            if surplus <= 0:
                break
            end = min(number, first + chance.randint(shortest, 10))
            run = range(first, next((day for day in range(first, end) if day in busy), end))
            if len(run) >= shortest:
                weeks = {self._days.week[day] for day in run}
                surplus += sum(-self._possible_in(week) for week in weeks)
                self.leave(run)
                surplus += sum(self._possible_in(week) for week in weeks)
                busy.update(run)

    def table(self) -> Table:
        """Say it all as the scenario does."""
        limits = {
            "max_sessions_per_day": self.a_day,
            "max_sessions_per_week": self.a_week,
            "max_sessions": self.in_all,
            "target_sessions": self.target,
        }
        table: Table = {"id": self.id, "fee": self.fee}
        table |= {key: limit for key, limit in limits.items() if limit is not None}
        if self.few:
            table["available"] = self._presence()
        away = [*_weekly(self.habits), *self._days.periods(sorted(self.away))]
        return table | ({"unavailable": away} if away and not self.few else {})

    def _presence(self) -> list[Table]:
        halves = [
            [slot // 2 for slot in sorted(self.free) if slot % 2 == half and slot ^ 1 not in self.free]
            for half in (0, 1)
        ]
        whole = [slot // 2 for slot in sorted(self.free) if slot % 2 == 0 and slot + 1 in self.free]
        periods = list(self._days.periods(whole))
        for half, positions in enumerate(halves):
            periods += [{**period, "sessions": [_SESSIONS[half]]} for period in self._days.periods(positions)]
        return sorted(periods, key=lambda period: (period["from"], period.get("sessions", [])))


def _habits(chance: random.Random, kind: Kind) -> set[tuple[int, int]]:
    """Draw weekly half days off: never on Monday mornings, a day a week, an afternoon."""
    if kind in ("central", "senior"):
        return {(0, 0)}
    drawn = chance.random()
    weekday = chance.randrange(5)
    if drawn < 0.3:
        return {(weekday, 0), (weekday, 1)}
    return {(weekday, chance.randrange(2))} if drawn < 0.6 else set()


def _weekly(habits: set[tuple[int, int]]) -> list[Table]:
    days = {weekday for weekday, _ in habits}
    periods = []
    for weekday in sorted(days):
        period: Table = {"weekdays": [WEEKDAYS[weekday]]}
        halves = [half for day, half in sorted(habits) if day == weekday]
        if len(halves) == 1:
            period["sessions"] = [_SESSIONS[halves[0]]]
        periods.append(period)
    return periods

"""A small scenario in the making."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from classplanner.scenario import Calendar, Programme, Scenario, day_statuses, parse

__all__ = ["Draft", "Table", "TooLargeError"]

Table = dict[str, Any]

_SESSIONS = {1: ("day",), 2: ("morning", "afternoon"), 3: ("morning", "afternoon", "evening")}
_MOST_DATES = 14


class TooLargeError(Exception):
    """This draw has too many timetables to list; another one is made."""


@dataclass
class Draft:
    """A scenario in the making: the parts of its document, and how much room its calendar leaves."""

    rng: random.Random
    per_day: int
    first_day: dt.date
    slack: int
    trailing: int
    calendar: Table = field(default_factory=dict)
    lecturers: list[Table] = field(default_factory=list)
    venues: list[Table] = field(default_factory=list)
    programmes: list[Table] = field(default_factory=list)
    audiences: list[Table] = field(default_factory=list)
    cohorts: list[Table] = field(default_factory=list)
    locks: list[Table] = field(default_factory=list)
    objective: Table = field(default_factory=dict)
    budget: dict[int, int] = field(default_factory=dict)

    def scenario(self) -> Scenario:
        """Read the document as any other scenario is read."""
        return parse(
            {
                "name": "oracle",
                "calendar": self.calendar,
                "lecturers": self.lecturers,
                "venues": self.venues,
                "programmes": self.programmes,
                "audiences": self.audiences,
                "cohorts": self.cohorts,
                "locks": self.locks,
                "objective": self.objective,
                "budget": self.budget,
            }
        )

    def chance(self, probability: float) -> bool:
        """Throw a coin."""
        return self.rng.random() < probability

    def set_sessions(self, per_day: int) -> None:
        """Divide the day."""
        self.per_day = per_day
        self.calendar["sessions"] = self.sessions

    @property
    def sessions(self) -> tuple[str, ...]:
        """The sessions of a day."""
        return _SESSIONS[self.per_day]

    @property
    def modules(self) -> list[Table]:
        """The modules of all programmes."""
        return [module for programme in self.programmes for module in programme["modules"]]

    @property
    def rooms(self) -> list[str]:
        """All rooms, as ``venue/room``."""
        return [f"{venue['id']}/{room['id']}" for venue in self.venues for room in venue["rooms"]]

    def working_days(self) -> list[dt.date]:
        """List the working days, once the calendar has its last day."""
        return [day.date for day in day_statuses(Calendar.model_validate(self.calendar)) if day.is_working]

    def class_days(self) -> int:
        """Return the class days of the longest programme."""
        return max(
            Programme.model_validate(programme).class_days(self.per_day) for programme in self.programmes
        )

    def costs(self) -> tuple[int, int]:
        """Return the least and the most that fees and rooms can come to."""
        scenario = self.scenario()
        fees = {lecturer.id: lecturer.fee for lecturer in scenario.lecturers}
        costs = [room.daily_cost for venue in scenario.venues for room in venue.rooms]
        low = high = 0
        for cohort in scenario.all_cohorts:
            programme = scenario.programme_by_id[cohort.programme]
            days = programme.class_days(len(scenario.calendar.sessions))
            choices = [
                [fees[name] * module.sessions for name in module.lecturers] or [0]
                for module in programme.modules
            ]
            low += days * min(costs) + sum(map(min, choices))
            high += days * max(costs) + sum(map(max, choices))
        return low, high

    def fix_calendar(self) -> None:
        """End the calendar where the longest programme has `slack` working days to spare."""
        self.calendar["first_day"] = self.first_day
        if len(self.cohorts) > len(self.rooms) and self.chance(0.8):
            self.slack = max(self.slack, self.class_days() * (len(self.cohorts) // len(self.rooms)))
        needed = self.class_days() + self.slack
        for length in range(needed, _MOST_DATES + 1):
            self.calendar["last_day"] = self.first_day + dt.timedelta(days=length - 1)
            if len(self.working_days()) >= needed:
                break
        else:
            raise TooLargeError
        self.calendar["last_day"] += dt.timedelta(days=self.trailing)

    def room_for_two(self) -> None:
        """Plan two classes at least."""
        if len(self.cohorts) < 2 and not self.audiences:
            self.add_cohort()

    def add_cohort(self) -> None:
        """Add a class of a random programme."""
        programme = self.rng.choice(self.programmes)["id"]
        self.cohorts.append(
            {"id": f"K{len(self.cohorts) + 1}", "programme": programme, "size": self.rng.choice((20, 30, 40))}
        )

    def add_room(self, *, new_venue: bool) -> None:
        """Add a room; two venues use the same ids for their rooms."""
        if new_venue or not self.venues:
            self.venues.append({"id": f"V{len(self.venues) + 1}", "rooms": []})
        venue = self.rng.choice(self.venues) if not new_venue else self.venues[-1]
        venue["rooms"].append(
            {
                "id": f"r{len(venue['rooms']) + 1}",
                "capacity": self.rng.choice((40, 40, 50)),
                "daily_cost": self.rng.choice((0, 100, 250, 300)),
            }
        )

    def add_lecturer(self) -> None:
        """Add a lecturer with a random fee."""
        self.lecturers.append({"id": f"L{len(self.lecturers) + 1}", "fee": self.rng.choice((0, 10, 25, 70))})

    def add_module(self, programme: Table, sessions: int | None = None) -> None:
        """Add a module to the end of a programme."""
        longest = self.per_day + (self.per_day == 1) if self.chance(0.5) else 1
        programme["modules"].append(
            {
                "id": f"M{len(programme['modules']) + 1}",
                "sessions": sessions or self.rng.randint(1, longest),
                "lecturers": self.some_lecturers(),
            }
        )

    def some_lecturers(self) -> list[str]:
        """Choose lecturers in random order; sometimes none is needed."""
        known = [lecturer["id"] for lecturer in self.lecturers]
        if self.chance(0.12):
            return []
        return self.rng.sample(known, self.rng.randint(1, len(known)) if self.chance(0.5) else len(known))

"""Scenarios in which some facts do not hold, or hold in part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from classplanner.scenario import (
    Cohort,
    Lecturer,
    Lock,
    Module,
    Period,
    Programme,
    Room,
    Scenario,
    Venue,
    day_statuses,
)

__all__ = ["Part", "Place", "dropping", "moved", "working_days"]

Place = tuple[str | int, ...]
"""Where in a scenario a fact stands: section, object, key, and position in a list."""

Part = tuple[tuple[str | int, ...], tuple[str | int, ...]]
"""Of a fact that holds in part: the steps that hold, and those that do not (`steps`)."""

_ANY_SIZE = 10**9
_LOCKED = ("lecturer", "date", "session", "opens", "room", "venue")
_LOADS = ("max_sessions_per_day", "max_sessions_per_week", "max_sessions")


def working_days(scenario: Scenario) -> list[dt.date]:
    """Return the working days of a scenario."""
    return [status.date for status in day_statuses(scenario.calendar) if status.is_working]


def moved(days: list[dt.date], date: dt.date, number: int) -> dt.date:
    """Return a date so many working days later (earlier below 0), within the calendar."""
    if number > 0:
        later = [day for day in days if day > date][:number]
        return later[-1] if later else date
    earlier = [day for day in days if day < date][number:] if number else []
    return earlier[0] if earlier else date


def dropping(scenario: Scenario, places: Collection[Place], parts: Mapping[Place, Part]) -> Scenario:
    """Return the scenario without the facts at some places, and with parts only of others.

    Every change makes more plans possible, but for days off that are worked: class days are consecutive
    working days, so a day more is one on which classes meet.

    Parameters
    ----------
    scenario
        All of whose classes are named one by one.
    places
        As in `conditions`.
    parts
        What is left of facts that hold in part.
    """
    left = _Left(scenario, places, parts)
    cohorts = tuple(left.cohort(one) for one in scenario.cohorts if ("cohorts", one.id) not in left.dropped)
    held = {cohort.id for cohort in cohorts}
    locks = tuple(
        lock
        for index, whole in enumerate(scenario.locks)
        if whole.cohort in held and (lock := left.lock(index, whole)) is not None
    )
    cohorts, programmes = _programmes(scenario, cohorts, locks, left)
    closed = left.listed(scenario.calendar.closed, "calendar", "closed")
    changed = {
        "calendar": scenario.calendar.model_copy(update={"closed": closed}),
        "lecturers": tuple(map(left.lecturer, scenario.lecturers)),
        "venues": tuple(map(left.venue, scenario.venues)),
        "programmes": programmes,
        "cohorts": cohorts,
        "locks": locks,
        "budget": {
            year: left.budget(year, amount)
            for year, amount in scenario.budget.items()
            if ("budget", year) not in left.dropped
        },
    }
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    return Scenario.model_construct(**fields | changed)


class _Left:
    """What is left of the objects of a scenario."""

    def __init__(self, scenario: Scenario, dropped: Collection[Place], parts: Mapping[Place, Part]) -> None:
        self.scenario, self.dropped, self.parts = scenario, frozenset(dropped), parts
        self._concerned = {place[:length] for place in (*dropped, *parts) for length in (2, 3)}

    @cached_property
    def days(self) -> list[dt.date]:
        """The working days, as the scenario has them."""
        return working_days(self.scenario)

    def has_changed(self, *owner: str | int) -> bool:
        """Whether something of an object is dropped, wholly or in part."""
        return owner in self._concerned

    def least(self, *place: str | int) -> int:
        """Return by how many steps a limit is eased."""
        held, _ = self.parts.get(place, ((0,), ()))
        return min(map(int, held))

    def listed(self, items: Collection[Any], *place: str | int) -> tuple[Any, ...]:
        """Return what is left of a list of periods or closures."""
        kept: list[Any] = []
        for index, item in enumerate(items):
            here = (*place, index)
            if here in self.parts:
                dates = (dt.date.fromisoformat(str(day)) for day in self.parts[here][0])
                kept += (item.model_copy(update={"from_": date, "to": date}) for date in dates)
            elif here not in self.dropped:
                kept.append(item)
        return tuple(kept)

    def cohort(self, cohort: Cohort) -> Cohort:
        place = ("cohorts", cohort.id)
        if not self.has_changed(*place):
            return cohort
        changed: dict[str, Any] = {
            key: None
            for key in ("opens", "opens_from", "finishes_by", "venue", "room", "venues")
            if (*place, key) in self.dropped
        }
        if place in self.parts:
            changed["size"] = max(int(step) for step in self.parts[place][0])
        for key, way in (("opens_from", -1), ("finishes_by", 1)):
            if (*place, key) in self.parts:
                changed[key] = moved(self.days, getattr(cohort, key), way * self.least(*place, key))
        if (*place, "opens") in self.parts and cohort.opens is not None:
            by = self.least(*place, "opens")
            if by:
                eased = cohort.model_copy(update=changed)
                changed |= around(self.scenario, eased, self.days, by)
        return cohort.model_copy(update=changed)

    def lock(self, index: int, lock: Lock) -> Lock | None:
        keys = [key for key in _LOCKED if ("locks", index, key) in self.dropped]
        if not keys:
            return lock
        left = lock.model_copy(update=dict.fromkeys(keys))
        return left if any(getattr(left, key) is not None for key in _LOCKED) else None

    def lecturer(self, lecturer: Lecturer) -> Lecturer:
        place = ("lecturers", lecturer.id)
        if not self.has_changed(*place):
            return lecturer
        changed: dict[str, Any] = {}
        for key in _LOADS:
            if (*place, key) in self.dropped:
                changed[key] = None
            elif (*place, key) in self.parts:
                changed[key] = getattr(lecturer, key) + self.least(*place, key)
        if (*place, "available") in self.dropped:
            changed["available"] = None
        elif (*place, "available") in self.parts and lecturer.available is not None:
            free = (dt.date.fromisoformat(str(day)) for day in self.parts[*place, "available"][1])
            changed["available"] = (*lecturer.available, *(Period(from_=date) for date in free))
        changed["unavailable"] = self.listed(lecturer.unavailable, *place, "unavailable")
        return lecturer.model_copy(update=changed)

    def venue(self, venue: Venue) -> Venue:
        rooms = tuple(self._room(f"{venue.id}/{room.id}", room) for room in venue.rooms)
        closed = self.listed(venue.closed, "venues", venue.id, "closed")
        return venue.model_copy(update={"rooms": rooms, "closed": closed})

    def _room(self, name: str, room: Room) -> Room:
        place = ("rooms", name)
        if not self.has_changed(*place):
            return room
        changed: dict[str, Any] = {"closed": self.listed(room.closed, *place, "closed")}
        if (*place, "capacity") in self.dropped:
            changed["capacity"] = _ANY_SIZE
        return room.model_copy(update=changed)

    def module(self, programme: str, module: Module) -> Module:
        place = ("modules", programme, module.id)
        if not self.has_changed(*place):
            return module
        changed: dict[str, Any] = {}
        if self.is_open(programme, module.id):
            changed["lecturers"] = ()
        elif (*place, "lecturers") in self.parts:
            more = (name for name in self.parts[*place, "lecturers"][1] if name)
            changed["lecturers"] = (*module.lecturers, *map(str, more))
        for key, sign, free in (("earliest_day", -1, 1), ("latest_day", 1, None)):
            if (*place, key) in self.dropped:
                changed[key] = free
            elif (*place, key) in self.parts:
                changed[key] = max(1, getattr(module, key) + sign * self.least(*place, key))
        if (*place, "start_sessions") in self.dropped:
            changed["start_sessions"] = None
        changed["after"] = tuple(one for one in module.after if (*place, "after", one) not in self.dropped)
        return module.model_copy(update=changed)

    def is_open(self, programme: str, module: str) -> bool:
        """Whether anybody may teach a module."""
        place = ("modules", programme, module, "lecturers")
        return place in self.dropped or (place in self.parts and "" in self.parts[place][1])

    def budget(self, year: int, amount: int) -> int:
        return amount * (100 + self.least("budget", year)) // 100


def around(scenario: Scenario, cohort: Cohort, days: list[dt.date], by: int) -> dict[str, Any]:
    """Return the keys of a class that opens so many working days earlier or later at most than it is to."""
    assert cohort.opens is not None
    programme = scenario.programme_by_id[cohort.programme]
    length = programme.class_days(len(scenario.calendar.sessions))
    first = max(filter(None, (moved(days, cohort.opens, -by), cohort.opens_from)))
    last = moved(days, moved(days, cohort.opens, by), length - 1)
    return {"opens": None, "opens_from": first, "finishes_by": min(filter(None, (last, cohort.finishes_by)))}


def _programmes(
    scenario: Scenario, cohorts: tuple[Cohort, ...], locks: tuple[Lock, ...], left: _Left
) -> tuple[tuple[Cohort, ...], tuple[Programme, ...]]:
    """Return classes and programmes without what is dropped of programmes.

    A module whose list of lecturers is dropped may be taught by anybody: it needs none of those named here.
    Where a lecturer is settled for it, though, it is taught by that one, so the class concerned then has a
    programme of its own.
    """
    changed = {
        programme.id: programme.model_copy(
            update={"modules": tuple(left.module(programme.id, module) for module in programme.modules)}
        )
        for programme in scenario.programmes
    }
    programmes = list(changed.values())
    named = []
    for cohort in cohorts:
        settled = dict(_settled(cohort, locks, left))
        if settled:
            programme = changed[cohort.programme]
            modules = tuple(
                module.model_copy(update={"lecturers": settled.get(module.id, module.lecturers)})
                for module in programme.modules
            )
            own = f"{programme.id} / {cohort.id}"
            programmes.append(programme.model_copy(update={"id": own, "modules": modules}))
            cohort = cohort.model_copy(update={"programme": own})  # noqa: PLW2901
        named.append(cohort)
    return tuple(named), tuple(programmes)


def _settled(cohort: Cohort, locks: tuple[Lock, ...], left: _Left) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through the modules of a class that anybody may teach, with the lecturers settled for them."""
    settled: dict[str, dict[str, None]] = {}
    for lock in locks:
        if lock.cohort != cohort.id or lock.module is None or lock.lecturer is None:
            continue
        if left.is_open(cohort.programme, lock.module):
            settled.setdefault(lock.module, {})[lock.lecturer] = None
    for module, lecturers in settled.items():
        yield module, tuple(lecturers)

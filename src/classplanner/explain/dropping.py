"""Scenarios in which some facts do not hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from classplanner.scenario import Cohort, Lecturer, Lock, Module, Programme, Room, Scenario, Venue

__all__ = ["dropping"]

Place = tuple[str | int, ...]
_ANY_SIZE = 10**9
_LOCKED = ("lecturer", "date", "session", "opens", "room", "venue")


def dropping(scenario: Scenario, places: Collection[Place]) -> Scenario:
    """Return the scenario without the facts at some places.

    Every change makes more plans possible, but for days off that are worked: class days are consecutive
    working days, so a day more is one on which classes meet.

    Parameters
    ----------
    scenario
        All of whose classes are named one by one.
    places
        As in `conditions`.
    """
    dropped = _Dropped(places)
    cohorts = tuple(dropped.cohort(one) for one in scenario.cohorts if ("cohorts", one.id) not in dropped)
    held = {cohort.id for cohort in cohorts}
    locks = tuple(
        left
        for index, lock in enumerate(scenario.locks)
        if lock.cohort in held and (left := dropped.lock(index, lock)) is not None
    )
    cohorts, programmes = _programmes(scenario, cohorts, locks, dropped)
    calendar = scenario.calendar
    closed = tuple(
        closure
        for index, closure in enumerate(calendar.closed)
        if ("calendar", "closed", index) not in dropped
    )
    changed = {
        "calendar": calendar.model_copy(update={"closed": closed}),
        "lecturers": tuple(map(dropped.lecturer, scenario.lecturers)),
        "venues": tuple(map(dropped.venue, scenario.venues)),
        "programmes": programmes,
        "cohorts": cohorts,
        "locks": locks,
        "budget": {year: sum_ for year, sum_ in scenario.budget.items() if ("budget", year) not in dropped},
    }
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    return Scenario.model_construct(**fields | changed)


class _Dropped:
    """Which places are dropped, by the object they belong to."""

    def __init__(self, places: Collection[Place]) -> None:
        self._places = frozenset(places)
        self._keys: dict[Place, set[str]] = {}
        for place in places:
            for length in (2, 3):
                if len(place) > length:
                    self._keys.setdefault(place[:length], set()).add(str(place[length]))

    def __contains__(self, place: Place) -> bool:
        return place in self._places

    def keys(self, *owner: str | int) -> set[str]:
        """Return which keys of an object are dropped, wholly or in part."""
        return self._keys.get(owner, set())

    def kept(self, items: Collection[Any], *place: str | int) -> tuple[Any, ...]:
        """Return the items of a list that are not dropped."""
        return tuple(item for index, item in enumerate(items) if (*place, index) not in self)

    def cohort(self, cohort: Cohort) -> Cohort:
        keys = self.keys("cohorts", cohort.id)
        return cohort.model_copy(update=dict.fromkeys(keys)) if keys else cohort

    def lock(self, index: int, lock: Lock) -> Lock | None:
        keys = self.keys("locks", index)
        if not keys:
            return lock
        left = lock.model_copy(update=dict.fromkeys(keys))
        return left if any(getattr(left, key) is not None for key in _LOCKED) else None

    def lecturer(self, lecturer: Lecturer) -> Lecturer:
        keys = self.keys("lecturers", lecturer.id)
        if not keys:
            return lecturer
        changed: dict[str, Any] = dict.fromkeys(keys - {"unavailable"})
        changed["unavailable"] = self.kept(lecturer.unavailable, "lecturers", lecturer.id, "unavailable")
        return lecturer.model_copy(update=changed)

    def venue(self, venue: Venue) -> Venue:
        rooms = tuple(self._room(f"{venue.id}/{room.id}", room) for room in venue.rooms)
        closed = self.kept(venue.closed, "venues", venue.id, "closed")
        return venue.model_copy(update={"rooms": rooms, "closed": closed})

    def _room(self, name: str, room: Room) -> Room:
        keys = self.keys("rooms", name)
        if not keys:
            return room
        changed: dict[str, Any] = {"closed": self.kept(room.closed, "rooms", name, "closed")}
        if "capacity" in keys:
            changed["capacity"] = _ANY_SIZE
        return room.model_copy(update=changed)

    def module(self, programme: str, module: Module) -> Module:
        keys = self.keys("modules", programme, module.id)
        if not keys:
            return module
        changed: dict[str, Any] = {}
        if "lecturers" in keys:
            changed["lecturers"] = ()
        if "earliest_day" in keys:
            changed["earliest_day"] = 1
        for key in keys & {"latest_day", "start_sessions"}:
            changed[key] = None
        place = ("modules", programme, module.id, "after")
        changed["after"] = tuple(after for after in module.after if (*place, after) not in self)
        return module.model_copy(update=changed)


def _programmes(
    scenario: Scenario, cohorts: tuple[Cohort, ...], locks: tuple[Lock, ...], dropped: _Dropped
) -> tuple[tuple[Cohort, ...], tuple[Programme, ...]]:
    """Return classes and programmes without what is dropped of programmes.

    A module whose list of lecturers is dropped may be taught by anybody: it needs none of those named here.
    Where a lecturer is settled for it, though, it is taught by that one, so the class concerned then has a
    programme of its own.
    """
    changed = {
        programme.id: programme.model_copy(
            update={"modules": tuple(dropped.module(programme.id, module) for module in programme.modules)}
        )
        for programme in scenario.programmes
    }
    programmes = list(changed.values())
    named = []
    for cohort in cohorts:
        settled = dict(_settled(cohort, locks, dropped))
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


def _settled(
    cohort: Cohort, locks: tuple[Lock, ...], dropped: _Dropped
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through the modules of a class whose lists are dropped, with the lecturers settled for them."""
    settled: dict[str, dict[str, None]] = {}
    for lock in locks:
        if lock.cohort != cohort.id or lock.module is None or lock.lecturer is None:
            continue
        if "lecturers" in dropped.keys("modules", cohort.programme, lock.module):
            settled.setdefault(lock.module, {})[lock.lecturer] = None
    for module, lecturers in settled.items():
        yield module, tuple(lecturers)

"""The facts of a scenario that a planner could change, each with the sentence that says it.

A *condition* is a fact at the grain a planner speaks of: one period of leave, one closure, one lock, one
maximum, one class that has to be planned. It is named by a rule instance, as a breach is. What is not listed
here is background: holidays and weekdays, the calendar's ends, what programmes consist of, and that nobody
does two things at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, get_args

from classplanner.explaining.dropping import Part, Place, dropping, working_days
from classplanner.explaining.steps import steps_of
from classplanner.rules import RuleInstance, catalogue
from classplanner.scenario import Cohort, Lock, Module, Period, Scenario

__all__ = ["Condition", "Conditions", "Place"]

_Window = Literal["opens", "opens_from", "finishes_by"]
_Locked = Literal["lecturer", "date", "session", "opens", "room", "venue"]
_Taught = Literal["earliest_day", "latest_day", "start_sessions"]
_HELD: tuple[Literal["venue", "room", "venues"], ...] = ("venue", "room", "venues")
_LOADS: Mapping[str, Literal["day", "week", "scenario"]] = {
    "max_sessions_per_day": "day",
    "max_sessions_per_week": "week",
    "max_sessions": "scenario",
}


@dataclass(frozen=True)
class Condition:
    """A fact of a scenario.

    Attributes
    ----------
    place
        Where it stands; no two conditions of a scenario stand in the same place.
    instance
        What it says.
    step
        A part of it: a day of a period, or by how much a limit can be eased; None for the whole.
    """

    place: Place
    instance: RuleInstance
    step: str | int | None = None

    @property
    def is_class(self) -> bool:
        """Whether it says that a class has to be planned."""
        return self.place[0] == "cohorts" and len(self.place) == 2

    @property
    def is_calendar(self) -> bool:
        """Whether it decides which days are working days."""
        return self.place[0] == "calendar"


class Conditions:
    """The conditions of a scenario, and the scenarios in which only some of them hold.

    Parameters
    ----------
    scenario
        The scenario; the classes of its audiences are taken one by one.
    given
        Ids of rules whose facts cannot be changed: background, too.
    variant
        The scenario with more locks, behind its own; what they settle is background.
    """

    def __init__(
        self, scenario: Scenario, given: Collection[str] = (), *, variant: Scenario | None = None
    ) -> None:
        self.scenario = named(variant or scenario)
        self.all = tuple(one for one in _conditions(scenario) if one.instance.rule not in given)
        self._days = working_days(scenario)
        self._steps: dict[Place, tuple[Condition, ...]] = {}

    def keeping(self, kept: Collection[Condition]) -> Scenario:
        """Return the scenario in which the other conditions do not hold, or not wholly."""
        whole = {one.place for one in kept if one.step is None}
        held: dict[Place, list[str | int]] = {}
        for one in kept:
            if one.step is not None and one.place not in whole:
                held.setdefault(one.place, []).append(one.step)
        parts: dict[Place, Part] = {}
        for one in self.all:
            if one.place in held:
                steps = held[one.place]
                every = (part.step for part in self.steps(one))
                parts[one.place] = (
                    tuple(steps),
                    tuple(step for step in every if step is not None and step not in steps),
                )
        dropped = {one.place for one in self.all} - whole - set(parts)
        return dropping(self.scenario, dropped, parts)

    def steps(self, condition: Condition) -> tuple[Condition, ...]:
        """Return the parts of a condition that can give way one by one; itself where there are none."""
        if condition.place not in self._steps:
            found = tuple(
                replace(condition, step=step) for step in steps_of(self.scenario, self._days, condition)
            )
            self._steps[condition.place] = found or (condition,)
        return self._steps[condition.place]

    def about(self, facts: Collection[Condition], classes: Collection[str]) -> frozenset[Condition]:
        """Return those of some facts that concern no class, or one of some classes."""
        if not self.classes:
            return frozenset(facts)
        return frozenset(one for one in facts if self.cohort_of(one) in {None, *classes})

    def planned(self, facts: Collection[Condition]) -> list[str]:
        """Return the classes that have to be planned where some facts hold, in the scenario's order."""
        return list(dict.fromkeys(str(one.place[1]) for one in self.ordered(facts) if one.is_class))

    def ordered(self, facts: Collection[Condition]) -> list[Condition]:
        """Return facts in the order of the scenario."""
        return sorted(facts, key=lambda one: (self._order[one.place], str(one.step or "")))

    @cached_property
    def _order(self) -> Mapping[Place, int]:
        return {one.place: position for position, one in enumerate(self.all)}

    def cohort_of(self, condition: Condition) -> str | None:
        """Return the class that a condition is about; None for what concerns any class."""
        section, owner = condition.place[:2]
        if section == "locks":
            return self.scenario.locks[int(owner)].cohort
        return str(owner) if section == "cohorts" else None

    @cached_property
    def classes(self) -> tuple[Condition, ...]:
        """Those that say that a class has to be planned."""
        return tuple(one for one in self.all if one.is_class)

    @cached_property
    def breached_as(self) -> Mapping[RuleInstance, tuple[Condition, ...]]:
        """The conditions that do not hold in a timetable in which the checker finds this breach."""
        found: dict[RuleInstance, list[Condition]] = {}
        for one in self.all:
            for instance in _breaches(one, self.scenario):
                found.setdefault(instance, []).append(one)
        return {instance: tuple(conditions) for instance, conditions in found.items()}


def named(scenario: Scenario) -> Scenario:
    """Return the scenario with all classes named one by one."""
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    return Scenario.model_construct(**fields | {"audiences": (), "cohorts": scenario.all_cohorts})


def _conditions(scenario: Scenario) -> Iterator[Condition]:
    """List all facts: those of classes, then of all else, so that what belongs together stands together."""
    for cohort in scenario.all_cohorts:
        yield Condition(("cohorts", cohort.id), catalogue.quota(cohort.id, cohort.size))
    for cohort in scenario.cohorts:
        yield from _of_class(cohort)
    for index, lock in enumerate(scenario.locks):
        yield from _of_lock(index, lock)
    for index, closure in enumerate(scenario.calendar.closed):
        period = Period(from_=closure.from_, to=closure.to, reason=closure.reason)
        yield Condition(("calendar", "closed", index), catalogue.closed_period(period))
    for year, amount in scenario.budget.items():
        yield Condition(("budget", year), catalogue.budget(year, amount))
    yield from _of_venues(scenario)
    for programme in scenario.programmes:
        for module in programme.modules:
            yield from _of_module(programme.id, module)
    yield from _of_lecturers(scenario)


def _of_class(cohort: Cohort) -> Iterator[Condition]:
    for key in get_args(_Window):
        date = getattr(cohort, key)
        if date is not None:
            yield Condition(("cohorts", cohort.id, key), catalogue.cohort_window(cohort.id, key, date))
    for place in _HELD:
        value = getattr(cohort, place)
        if value is not None:
            yield Condition(("cohorts", cohort.id, place), catalogue.lock(cohort.id, place, value))


def _of_lock(index: int, lock: Lock) -> Iterator[Condition]:
    for key in get_args(_Locked):
        value = getattr(lock, key)
        if value is not None:
            yield Condition(("locks", index, key), catalogue.lock(lock.cohort, key, value, lock.module))


def _of_venues(scenario: Scenario) -> Iterator[Condition]:
    for venue in scenario.venues:
        for index, period in enumerate(venue.closed):
            yield Condition(("venues", venue.id, "closed", index), catalogue.venue_open(venue.id, period))
        for room in venue.rooms:
            name = f"{venue.id}/{room.id}"
            yield Condition(("rooms", name, "capacity"), catalogue.room_seats(name, room.capacity))
            for index, period in enumerate(room.closed):
                yield Condition(("rooms", name, "closed", index), catalogue.room_open(name, period))


def _of_module(programme: str, module: Module) -> Iterator[Condition]:
    place = ("modules", programme, module.id)
    if module.lecturers:
        instance = catalogue.lecturer_qualified(programme, module.id, module.lecturers)
        yield Condition((*place, "lecturers"), instance)
    for key in get_args(_Taught):
        value = getattr(module, key)
        if value is not None and (key, value) != ("earliest_day", 1):
            instance = catalogue.module_window(programme, module.id, key, value)
            yield Condition((*place, key), instance)
    for after in module.after:
        yield Condition((*place, "after", after), catalogue.programme_precedence(programme, module.id, after))


def _of_lecturers(scenario: Scenario) -> Iterator[Condition]:
    for lecturer in scenario.lecturers:
        place = ("lecturers", lecturer.id)
        for index, period in enumerate(lecturer.unavailable):
            instance = catalogue.lecturer_unavailable(lecturer.id, period)
            yield Condition((*place, "unavailable", index), instance)
        if lecturer.available is not None:
            yield Condition((*place, "available"), catalogue.lecturer_only_available(lecturer.id))
        for key, per in _LOADS.items():
            limit = getattr(lecturer, key)
            if limit is not None:
                yield Condition((*place, key), catalogue.lecturer_load(lecturer.id, per, limit))


def _breaches(condition: Condition, scenario: Scenario) -> Iterable[RuleInstance]:
    """Return how the checker names breaches of a condition."""
    facts: dict[str, Any] = dict(condition.instance.facts)
    match condition.place:
        case ("modules", programme, module, *key):
            takers = [cohort.id for cohort in scenario.cohorts if cohort.programme == programme]
            name = _breach_of_module(str(module), tuple(map(str, key)), facts)
            own = [condition.instance] if key == ["lecturers"] else []
            return [*own, *map(name, takers)]
        case ("rooms", room, "capacity"):
            return [
                catalogue.room_capacity(cohort.id, cohort.size, str(room), facts["capacity"])
                for cohort in scenario.cohorts
            ]
        case ("calendar", "closed", index):
            closure = scenario.calendar.closed[int(index)]
            days = range((closure.last - closure.from_).days + 1)
            dates = (closure.from_ + dt.timedelta(days=day) for day in days)
            return [catalogue.closed_day(date, closure.reason) for date in dates]
        case _:
            return [condition.instance]


def _breach_of_module(
    module: str, key: tuple[str, ...], facts: Mapping[str, Any]
) -> Callable[[str], RuleInstance]:
    """Return what names a breach, by a class, of what a programme says of a module."""
    match key:
        case ("after", after):
            return lambda cohort: catalogue.precedence(cohort, module, after)
        case ("earliest_day",):
            return lambda cohort: catalogue.earliest_day(cohort, module, facts["day"])
        case ("latest_day",):
            return lambda cohort: catalogue.latest_day(cohort, module, facts["day"])
        case ("start_sessions",):
            return lambda cohort: catalogue.start_sessions(cohort, module, facts["sessions_of_day"])
        case _:
            return lambda cohort: catalogue.programme_complete(cohort, module)

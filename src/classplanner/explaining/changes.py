"""Writes the difference between a scenario and one in which some facts give way as a delta."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from classplanner.deltas import (
    AnyChange,
    Budget,
    ChangeLoad,
    ChangeModule,
    Delta,
    DropClass,
    Free,
    LiftLock,
    Qualify,
    Reopen,
    Resize,
    Window,
    WorkDay,
)
from classplanner.explaining.conditions import Condition, Conditions
from classplanner.scenario import Cohort, Lecturer, Module, Scenario

__all__ = ["delta_of", "document_of", "without"]

_LOADS = ("max_sessions_per_day", "max_sessions_per_week", "max_sessions")
_WINDOW = ("opens", "opens_from", "finishes_by")
_TAUGHT = ("after", "earliest_day", "latest_day", "start_sessions")


def delta_of(conditions: Conditions, cured: frozenset[Condition], name: str = "") -> Delta:
    """Return the delta that makes facts, or steps of facts, hold no longer.

    Parameters
    ----------
    cured
        Whole facts that have no steps, and steps of those that have.
    """
    eased = conditions.keeping(without(conditions, cured))
    original = conditions.scenario
    changes: list[AnyChange] = [*_days(cured)]
    changes += _classes(original, eased)
    changes += _lifted(conditions, cured)
    for before, after in zip(original.lecturers, eased.lecturers, strict=True):
        changes += _loads(before, after)
    for programme, other in zip(original.programmes, eased.programmes, strict=False):
        for module, changed in zip(programme.modules, other.modules, strict=True):
            changes += _module(programme.id, module, changed)
    for year, amount in eased.budget.items():
        if amount != original.budget[year]:
            changes.append(Budget(year=year, amount=amount))
    return Delta(name=name, changes=tuple(changes))


def without(conditions: Conditions, cured: frozenset[Condition]) -> frozenset[Condition]:
    """Return all facts but some; of facts of which steps hold no longer, the other steps."""
    places = {one.place for one in cured}
    left: set[Condition] = set()
    for one in conditions.all:
        if one.place not in places:
            left.add(one)
        else:
            left.update(part for part in conditions.steps(one) if part not in cured)
    return frozenset(left)


def _days(cured: frozenset[Condition]) -> Iterator[AnyChange]:
    """Free lecturers, halls and the calendar on days."""
    told: dict[tuple[str, str, str], None] = {}
    for one in sorted(cured, key=lambda one: (str(one.place), str(one.step))):
        match one.place:
            case ("lecturers", name, "unavailable" | "available", *_):
                told["lecturers", str(name), str(one.step)] = None
            case ("venues" | "rooms" as kind, name, "closed", _):
                told[kind, str(name), str(one.step)] = None
            case ("calendar", *_):
                told["calendar", "", str(one.step)] = None
    for what, name, day in told:
        date = dt.date.fromisoformat(day)
        match what:
            case "lecturers":
                yield Free(lecturer=name, from_=date)
            case "venues":
                yield Reopen(venue=name, from_=date)
            case "rooms":
                yield Reopen(room=name, from_=date)
            case _:
                yield WorkDay(date=date)


def _classes(original: Scenario, eased: Scenario) -> Iterator[AnyChange]:
    left = {cohort.id: cohort for cohort in eased.cohorts}
    for cohort in original.cohorts:
        after = left.get(cohort.id)
        if after is None:
            yield DropClass(cohort=cohort.id)
        else:
            yield from _class(cohort, after)


def _class(before: Cohort, after: Cohort) -> Iterator[AnyChange]:
    if after.size != before.size:
        yield Resize(cohort=before.id, size=after.size)
    changed = [key for key in _WINDOW if getattr(before, key) != getattr(after, key)]
    if changed:
        given = {key: value for key in changed if (value := getattr(after, key)) not in (None, ())}
        lift = tuple(key for key in changed if key not in given)
        yield Window.model_validate({"cohort": before.id, "lift": lift, **given})


def _lifted(conditions: Conditions, cured: frozenset[Condition]) -> Iterator[AnyChange]:
    for one in conditions.all:
        if one not in cured:
            continue
        match one.place:
            case ("locks", index, key):
                lock = conditions.scenario.locks[int(index)]
                yield LiftLock.model_validate({"cohort": lock.cohort, "module": lock.module, "keys": (key,)})
            case ("cohorts", name, "venue" | "room" | "venues" as key):
                yield LiftLock.model_validate({"cohort": name, "keys": (key,)})


def _loads(before: Lecturer, after: Lecturer) -> Iterator[AnyChange]:
    changed = {key: getattr(after, key) for key in _LOADS if getattr(before, key) != getattr(after, key)}
    if changed:
        yield ChangeLoad.model_validate({"lecturer": before.id, **changed})


def _module(programme: str, before: Module, after: Module) -> Iterator[AnyChange]:
    for lecturer in after.lecturers[len(before.lecturers) :]:
        yield Qualify(lecturer=lecturer, modules=(before.id,), programme=programme)
    changed = [key for key in _TAUGHT if getattr(before, key) != getattr(after, key)]
    if changed:
        given = {key: value for key in changed if (value := getattr(after, key)) not in (None, ())}
        lift = tuple(key for key in changed if key not in given)
        yield ChangeModule.model_validate(
            {"programme": programme, "module": before.id, "lift": lift, **given}
        )


def document_of(delta: Delta) -> dict[str, Any]:
    """Return a delta as the raw document of a file."""
    changes = [
        {"kind": change.kind, **change.model_dump(mode="json", by_alias=True, exclude_defaults=True)}
        for change in delta.changes
    ]
    return {"name": delta.name, "changes": changes}

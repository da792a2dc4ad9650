"""What locks on modules settle of a class beyond themselves: its days, and a programme of its own.

The rules are the same; they are only stated where more of the search sees them. A class one of whose modules
is settled for a date opens so that the date is one of its class days. A module that is settled for a lecturer
or a session of the day has this one lecturer and this one session in the programme of the class.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from classplanner.scenario import Cohort, Lock, Module, Programme, Scenario, day_statuses

__all__ = ["settle"]


def settle(scenario: Scenario) -> Scenario | None:
    """Return a scenario with the same plans; None where locks on modules alone rule out any plan.

    Parameters
    ----------
    scenario
        All of whose classes are named one by one. What its plans cost may change.
    """
    locks: dict[str, list[Lock]] = {}
    for lock in scenario.locks:
        if lock.module is not None:
            locks.setdefault(lock.cohort, []).append(lock)
    if not locks:
        return scenario
    dates = [status.date for status in day_statuses(scenario.calendar) if status.is_working]
    programmes = {programme.id: programme for programme in scenario.programmes}
    cohorts: list[Cohort] = []
    for cohort in scenario.cohorts:
        own = locks.get(cohort.id)
        if own is not None:
            programme = _programme(programmes[cohort.programme], own, cohort.id)
            length = programme.class_days(len(scenario.calendar.sessions)) if programme else 0
            bound = None if programme is None else _bound(cohort, own, dates, length)
            if programme is None or bound is None:
                return None
            programmes[programme.id] = programme
            cohort = bound.model_copy(update={"programme": programme.id})  # noqa: PLW2901
        cohorts.append(cohort)
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    changed = {"programmes": tuple(programmes.values()), "cohorts": tuple(cohorts)}
    return Scenario.model_construct(**fields | changed)


def _programme(programme: Programme, locks: Sequence[Lock], cohort: str) -> Programme | None:
    """Return the programme of a class with what is settled of its modules; None where that cannot be."""
    modules = []
    for module in programme.modules:
        settled = _module(module, [lock for lock in locks if lock.module == module.id])
        if settled is None:
            return None
        modules.append(settled)
    # Its length is that of the programme: modules are as long as before.
    return programme.model_copy(update={"id": f"{programme.id} / {cohort}", "modules": tuple(modules)})


def _module(module: Module, locks: Sequence[Lock]) -> Module | None:
    lecturers = {lock.lecturer for lock in locks} - {None}
    sessions = {lock.session for lock in locks} - {None}
    dates = {lock.date for lock in locks} - {None}
    if len(lecturers) > 1 or len(sessions) > 1 or len(dates) > 1 or not lecturers <= set(module.lecturers):
        return None
    if module.start_sessions is not None and not sessions <= set(module.start_sessions):
        return None
    changed: dict[str, Any] = {}
    if lecturers:
        changed["lecturers"] = tuple(lecturers)
    if sessions:
        changed["start_sessions"] = tuple(sessions)
    return module.model_copy(update=changed)


def _bound(cohort: Cohort, locks: Sequence[Lock], dates: Sequence[dt.date], length: int) -> Cohort | None:
    """Return a class bound to days among which all settled dates are; None where there are none."""
    settled = [lock.date for lock in locks if lock.date is not None]
    if not settled:
        return cohort
    position = {date: index for index, date in enumerate(dates)}
    if not set(settled) <= set(position):
        return None
    first = max(0, max(position[date] for date in settled) - length + 1)
    last = min(len(dates) - 1, min(position[date] for date in settled) + length - 1)
    begin = max(filter(None, (dates[first], cohort.opens_from)))
    end = min(filter(None, (dates[last], cohort.finishes_by)))
    return None if begin > end else cohort.model_copy(update={"opens_from": begin, "finishes_by": end})

"""The rule of locks: what is settled for a class or for one of its modules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from classplanner.compile import Problem
from classplanner.encode.columns import Truths
from classplanner.encode.model import Model, TableName
from classplanner.encode.registry import encodes
from classplanner.rules import RuleInstance, catalogue

__all__: list[str] = []

Key = Literal["lecturer", "date", "session", "opens", "room", "venue"]
_PLACES: tuple[Key, ...] = ("venue", "room")


@dataclass(frozen=True)
class _Lock:
    """One key of a lock: positions of the class and of the module, if any; the key and its value."""

    cohort: int
    module: int | None
    key: Key
    value: str | dt.date
    instance: RuleInstance


def _locks(problem: Problem, *keys: Key) -> Iterator[_Lock]:
    """Go through all that is settled under some of the keys, by the classes themselves and by `locks`."""
    scenario = problem.scenario
    for position, data in enumerate(problem.cohorts):
        for key in _PLACES:
            value = getattr(data.cohort, key)
            if key in keys and value is not None:
                yield _Lock(position, None, key, value, catalogue.lock(data.cohort.id, key, value))
    for lock in scenario.locks:
        cohort = problem.cohort_position[lock.cohort]
        for key in keys:
            value = getattr(lock, key)
            if value is not None:
                module = problem.module_position(cohort, lock.module) if lock.module else None
                yield _Lock(cohort, module, key, value, catalogue.lock(lock.cohort, key, value, lock.module))


@encodes("lock", "openings")
def openings(model: Model) -> None:
    """Ban openings of a class on another day, in another room, at another venue than settled."""
    problem = model.problem
    for lock in _locks(problem, "opens", "room", "venue"):
        table = model.openings
        if lock.key == "opens":
            agrees = problem.days[table.day] == np.datetime64(lock.value, "D")
        elif lock.key == "room":
            agrees = np.array([name == lock.value for name in problem.room_names], dtype=bool)[table.room]
        else:
            agrees = problem.room_venue[table.room] == problem.venue_position[str(lock.value)]
        _ban(model, "openings", (table.cohort == lock.cohort) & ~agrees, lock)


@encodes("lock", "openings")
def one_of_some_venues(model: Model) -> None:
    """Ban openings of a class at other venues than those that it may be held at."""
    problem = model.problem
    chosen = [data.cohort.venues for data in problem.cohorts]
    allowed = np.array(
        [[venues is None or venue.id in venues for venue in problem.scenario.venues] for venues in chosen],
        dtype=bool,
    ).reshape(len(chosen), len(problem.scenario.venues))
    table = model.openings
    banned = np.flatnonzero(~allowed[table.cohort, problem.room_venue[table.room]])

    def name(cohort: int) -> RuleInstance:
        return catalogue.lock(model.cohort_id(cohort), "venues", chosen[cohort] or ())

    model.ban("lock", "openings", banned, table.cohort[banned], name)


@encodes("lock", "starts")
def starts(model: Model) -> None:
    """Ban starts of a module on another day or in another session than settled."""
    problem = model.problem
    sessions = problem.scenario.calendar.sessions
    for lock in _locks(problem, "date", "session"):
        if lock.key == "date":
            agrees = problem.days[model.start_day] == np.datetime64(lock.value, "D")
        else:
            agrees = model.starts.slot % len(sessions) == sessions.index(str(lock.value))
        _ban(model, "starts", _of_module(model, lock) & ~agrees, lock)


@encodes("lock", "lectures")
def lectures(model: Model) -> None:
    """Ban lectures of a module by another lecturer than settled."""
    for lock in _locks(model.problem, "lecturer"):
        agrees = model.lectures.lecturer == model.problem.lecturer_position[str(lock.value)]
        _ban(model, "lectures", _of_module(model, lock)[model.lectures.start] & ~agrees, lock)


@encodes("lock", "starts")
def lecturer_of_unstaffed(model: Model) -> None:
    """Ban starts of a module that needs no lecturer where one is settled for it."""
    for lock in _locks(model.problem, "lecturer"):
        if lock.module is not None and len(model.problem.modules[lock.module].lecturers) == 0:
            _ban(model, "starts", _of_module(model, lock), lock)


def _of_module(model: Model, lock: _Lock) -> Truths:
    """Mark the starts of the module that a lock is for."""
    marked: Truths = (model.start_cohort == lock.cohort) & (model.starts.module == lock.module)
    return marked


def _ban(model: Model, table: TableName, banned: Truths, lock: _Lock) -> None:
    position = np.flatnonzero(banned)
    model.ban("lock", table, position, position, lambda _: lock.instance)

"""Rules of lecturers: one thing at a time, qualified, available, not overloaded, one venue a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from classplanner.compile import Integers
from classplanner.encode.columns import Truths, ragged
from classplanner.encode.model import NO_LIMIT, Entries, Model, Naming
from classplanner.encode.registry import encodes
from classplanner.rules import RuleInstance, catalogue

__all__: list[str] = []


@encodes("lecturer-qualified", "lectures")
def qualified(model: Model) -> None:
    """State nothing: there are lectures only by the lecturers on a module's list."""


@encodes("lecturer-available", "lectures")
def available(model: Model) -> None:
    """Ban lectures of which a session falls on a slot when the lecturer is away."""
    absences, lecturers = model.problem.absences, model.problem.scenario.lecturers
    slots = len(model.problem.days) * model.problem.sessions_per_day
    cells = model.lecture_cells()
    taught = model.lectures.lecturer[cells.of] * slots + cells.slot
    first = np.searchsorted(absences.key, taught)
    cell, absence = ragged(first, np.searchsorted(absences.key, taught, side="right") - first)

    def name(cause: int) -> RuleInstance:
        lecturer, period = absences.causes[cause]
        if period is None:
            return catalogue.lecturer_only_available(lecturers[lecturer].id)
        return catalogue.lecturer_unavailable(lecturers[lecturer].id, period)

    model.ban("lecturer-available", "lectures", cells.of[cell], absences.cause[absence], name)


@encodes("lecturer-clash", "rows")
def one_thing_at_a_time(model: Model) -> None:
    """Let a lecturer teach one class in a slot at most."""
    slots = len(model.problem.days) * model.problem.sessions_per_day
    lecturers = model.problem.scenario.lecturers
    cells = model.lecture_cells()
    model.add_rows(
        "lecturer-clash",
        [Entries(model.lectures.lecturer[cells.of] * slots + cells.slot, model.first_lecture + cells.of)],
        lambda key: catalogue.lecturer_clash(lecturers[key // slots].id),
        upper=1,
    )


@encodes("lecturer-clash", "lectures")
def not_while_elsewhere(model: Model) -> None:
    """Ban lectures of which a session falls on one that the lecturer gives elsewhere."""
    engaged, lecturers = model.problem.engaged, model.problem.scenario.lecturers
    if engaged is not None:
        cells = model.lecture_cells()
        _ban_cells(
            model,
            "lecturer-clash",
            cells.of[engaged.sessions[model.lectures.lecturer[cells.of], cells.slot]],
            lambda lecturer: catalogue.lecturer_clash(lecturers[lecturer].id),
        )


def _ban_cells(model: Model, rule: str, lecture: Integers, name: Naming) -> None:
    """Ban lectures, of which some may be named twice; `name` makes a rule instance of a lecturer."""
    banned = np.unique(lecture)
    model.ban(rule, "lectures", banned, model.lectures.lecturer[banned], name)


@encodes("lecturer-load", "rows")
def load(model: Model) -> None:
    """Limit the sessions of a lecturer by day, by ISO week, and in all."""
    problem, lecturers = model.problem, model.problem.scenario.lecturers
    days = np.arange(len(problem.days))
    week = np.unique(problem.week, return_inverse=True)[1].reshape(-1)
    _load(model, "day", days, lambda index: lecturers[index].max_sessions_per_day)
    _load(model, "week", week, lambda index: lecturers[index].max_sessions_per_week)
    _load(model, "scenario", np.zeros_like(days), lambda index: lecturers[index].max_sessions)


def _load(
    model: Model,
    per: Literal["day", "week", "scenario"],
    span_of_day: Integers,
    limit: Callable[[int], int | None],
) -> None:
    """Limit the sessions of each lecturer in each span, less those given elsewhere."""
    problem, cells = model.problem, model.lecture_cells()
    lecturers, spans = problem.scenario.lecturers, int(span_of_day.max(initial=0)) + 1
    limits = np.array([limit(index) or NO_LIMIT for index in range(len(lecturers))], dtype=np.int64)
    left = np.repeat(limits[:, None], spans, axis=1)
    np.subtract.at(left.T, span_of_day, problem.engaged_by_day.T)
    if problem.engaged is not None and per == "scenario":
        left -= problem.engaged.kept[:, None]
    lecturer = model.lectures.lecturer[cells.of]
    limited = limits[lecturer] < NO_LIMIT
    span = span_of_day[cells.slot // problem.sessions_per_day]
    model.add_rows(
        "lecturer-load",
        [Entries((lecturer * spans + span)[limited], model.first_lecture + cells.of[limited])],
        lambda key: catalogue.lecturer_load(lecturers[key // spans].id, per, int(limits[key // spans])),
        upper=lambda keys: np.maximum(left.reshape(-1)[keys], 0),
    )


@encodes("lecturer-one-venue", "lectures")
def not_at_another_venue(model: Model) -> None:
    """Ban lectures at the venue of a class on days on which the lecturer is at another one."""
    problem, lecturers = model.problem, model.problem.scenario.lecturers
    if problem.engaged is not None:
        cells = model.lecture_cells()
        on_site = ~problem.module_off_site[model.starts.module[model.lectures.start[cells.of]]]
        day = cells.slot // problem.sessions_per_day
        away = on_site & problem.engaged.on_site[model.lectures.lecturer[cells.of], day]
        _ban_cells(
            model,
            "lecturer-one-venue",
            cells.of[away],
            lambda lecturer: catalogue.lecturer_one_venue(lecturers[lecturer].id),
        )


@encodes("lecturer-one-venue", "rows")
def one_venue(model: Model) -> None:
    """Send a lecturer to one venue a day at most.

    On a day on which a lecturer can meet several classes at several venues, a further column a venue says
    that the lecturer goes there. A session for a class forces it, unless the class is at another venue then.
    The lectures of one slot share a row: `lecturer-clash` allows one of them at most. Where that rule may be
    switched off, each has a row of its own.
    """
    problem = model.problem
    if len(model.cohorts) < 2 or len(problem.scenario.venues) < 2:
        return
    stays = _stays(model)
    visits = _contested(_visits(model, stays))
    shared = visits.lecture if model.guarded else np.zeros_like(visits.lecture)
    rows = np.stack([visits.lecturer, visits.cohort, visits.slot, visits.venue, shared])
    _, first, row = np.unique(rows, axis=1, return_index=True, return_inverse=True)
    trips, trip = np.unique(
        np.stack([visits.lecturer, visits.day, visits.venue])[:, first], axis=1, return_inverse=True
    )
    going = model.add_columns([1] * trips.shape[1])
    joined, stay = stays.of(visits.cohort[first], visits.day[first])
    elsewhere = stays.venue[stay] != visits.venue[first][joined]
    lecturers = problem.scenario.lecturers
    model.add_rows(
        "lecturer-one-venue",
        [
            Entries(row.reshape(-1), model.first_lecture + visits.lecture),
            Entries(np.arange(len(first)), going[trip.reshape(-1)], -1),
            Entries(joined[elsewhere], stays.opening[stay][elsewhere], -1),
        ],
        lambda key: catalogue.lecturer_one_venue(lecturers[visits.lecturer[first[key]]].id),
        upper=0,
    )
    days = len(problem.days)
    model.add_rows(
        "lecturer-one-venue",
        [Entries(trips[0] * days + trips[1], going)],
        lambda key: catalogue.lecturer_one_venue(lecturers[key // days].id),
        upper=1,
    )


@dataclass(frozen=True)
class _Stays:
    """Where a class can be on a day: a row for each class day of each opening, sorted by `key`."""

    key: Integers
    opening: Integers
    venue: Integers
    days: int

    def of(self, cohort: Integers, day: Integers) -> tuple[Integers, Integers]:
        """Join classes and days with these rows: the positions on both sides."""
        wanted = cohort * self.days + day
        first = np.searchsorted(self.key, wanted)
        return ragged(first, np.searchsorted(self.key, wanted, side="right") - first)


def _stays(model: Model) -> _Stays:
    problem, openings = model.problem, model.openings
    opening, day = ragged(openings.day, problem.cohort_days[openings.cohort])
    key = openings.cohort[opening] * len(problem.days) + day
    order = np.argsort(key, kind="stable")
    venue = problem.room_venue[openings.room[opening]]
    return _Stays(key[order], opening[order], venue[order], len(problem.days))


@dataclass(frozen=True)
class _Visits:
    """A session that a lecturer may give to a class, at a venue where the class can be then."""

    lecture: Integers
    lecturer: Integers
    cohort: Integers
    slot: Integers
    day: Integers
    venue: Integers

    def where(self, kept: Truths) -> _Visits:
        """Keep the rows that are marked."""
        return _Visits(**{name: values[kept] for name, values in vars(self).items()})


def _visits(model: Model, stays: _Stays) -> _Visits:
    problem, cells = model.problem, model.lecture_cells()
    on_site = ~problem.module_off_site[model.starts.module[model.lectures.start[cells.of]]]
    lecture, slot = cells.of[on_site], cells.slot[on_site]
    cohort = model.start_cohort[model.lectures.start[lecture]]
    day = slot // problem.sessions_per_day
    index, stay = stays.of(cohort, day)
    venues = max(len(problem.scenario.venues), 1)
    places = np.unique(index * venues + stays.venue[stay])
    index, venue = places // venues, places % venues
    lecture = lecture[index]
    return _Visits(lecture, model.lectures.lecturer[lecture], cohort[index], slot[index], day[index], venue)


def _contested(visits: _Visits) -> _Visits:
    """Keep the visits of a lecturer and a day with several classes and several venues."""
    trip = np.unique(np.stack([visits.lecturer, visits.day]), axis=1, return_inverse=True)[1].reshape(-1)
    return visits.where(_several(trip, visits.cohort)[trip] & _several(trip, visits.venue)[trip])


def _several(group: Integers, value: Integers) -> Truths:
    """Say of each group whether it has more than one value."""
    pairs = np.unique(np.stack([group, value]), axis=1)
    return np.bincount(pairs[0], minlength=int(group.max(initial=-1)) + 1) > 1

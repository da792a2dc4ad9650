"""The fewest halls, lecturers and days that the classes of a scenario need."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from classplanner.deltas import ChangeCalendar, Close, Delta, Leave, apply
from classplanner.frontier.probe import Answer, Prober, least
from classplanner.scenario import Module, Scenario, day_statuses

if TYPE_CHECKING:
    from classplanner.encode import Program

__all__ = ["fewest_days", "fewest_halls", "fewest_lecturers"]

_MOST_CHOICES = 200
_MOST_TRIES = 30
_NO_LIMIT = 2**62


def fewest_days(scenario: Scenario, prober: Prober) -> Answer:
    """Find in how many working days, from the first of the calendar on, all classes can be held.

    The name is the day on which the last of them is.
    """
    dates = [status.date for status in day_statuses(scenario.calendar) if status.is_working]
    longest = max(
        scenario.programme_by_id[cohort.programme].class_days(len(scenario.calendar.sessions))
        for cohort in scenario.all_cohorts
    )

    def ends(number: int) -> Scenario:
        return apply(scenario, Delta(changes=(ChangeCalendar(last_day=dates[number - 1]),)))

    found = least(min(longest, len(dates) + 1), len(dates), lambda number: prober(ends(number)))
    names = () if found.found is None else (dates[found.found - 1].isoformat(),)
    return Answer(found.found, found.bound, names)


def fewest_halls(scenario: Scenario, prober: Prober) -> Answer:
    """Find the fewest halls in which all classes can be held."""
    rooms = [(f"{venue.id}/{room.id}", room.capacity) for venue in scenario.venues for room in venue.rooms]
    names = [name for name, _ in sorted(rooms, key=lambda room: -room[1])]
    bound = 1
    for number in range(1, len(names) + 1):
        proven = True
        for kept in itertools.islice(itertools.combinations(names, number), _MOST_CHOICES):
            closed = tuple(Close(room=name) for name in names if name not in kept)
            answer = prober(apply(scenario, Delta(changes=closed)) if closed else scenario)
            if answer:
                return Answer(number, bound, kept)
            proven &= answer is False
        choices = sum(1 for _ in itertools.islice(itertools.combinations(names, number), _MOST_CHOICES + 1))
        if proven and choices <= _MOST_CHOICES and bound == number:
            bound = number + 1
    return Answer(None, bound)


def fewest_lecturers(scenario: Scenario, prober: Prober) -> Answer:
    """Find the fewest lecturers who can teach all classes.

    A relaxation says who are needed at least: who can teach which modules how often, within maxima and the
    sessions that they are free in all. Whether these suffice is planned; those that do not are ruled out,
    and the next choice is made. Where that takes too many tries, one after another is sent home as long as
    there is a plan.
    """
    banned: list[frozenset[str]] = []
    bound = 0
    for _ in range(_MOST_TRIES):
        chosen = _needed(scenario, banned)
        if chosen is None:
            return Answer(None, len(scenario.lecturers) + 1)
        bound = len(chosen)
        answer = prober(_only(scenario, chosen))
        if answer:
            return Answer(bound, bound, tuple(sorted(chosen)))
        if answer is None:
            break
        banned.append(chosen)
    return _one_by_one(scenario, prober, bound)


def _only(scenario: Scenario, lecturers: Collection[str]) -> Scenario:
    """Return a scenario in which only some lecturers come."""
    gone = tuple(Leave(lecturer=one.id) for one in scenario.lecturers if one.id not in lecturers)
    return apply(scenario, Delta(changes=gone)) if gone else scenario


def _one_by_one(scenario: Scenario, prober: Prober, bound: int) -> Answer:
    """Send home one lecturer after another, those who may teach least first, as long as there is a plan."""
    listed = Counter(
        name for programme in scenario.programmes for module in programme.modules for name in module.lecturers
    )
    kept = sorted((one.id for one in scenario.lecturers), key=lambda name: listed[name])
    if not prober(scenario):
        return Answer(None, bound)
    for name in list(kept):
        without = [other for other in kept if other != name]
        if prober(_only(scenario, without)):
            kept = without
    return Answer(len(kept), bound, tuple(sorted(kept)))


def _needed(scenario: Scenario, banned: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """Return the fewest lecturers who could teach everything, were it not for when; None for none.

    Parameters
    ----------
    banned
        Choices that do not suffice; neither does any part of them.
    """
    from classplanner.solve import Control  # noqa: PLC0415
    from classplanner.solve.cpsat import decide  # noqa: PLC0415

    people = [lecturer.id for lecturer in scenario.lecturers]
    position = {name: index for index, name in enumerate(people)}
    rows: list[tuple[dict[int, int], int, int]] = []
    upper = [1] * len(people)
    given: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for module, number in _lessons(scenario):
        columns = {name: len(upper) + index for index, name in enumerate(module.lecturers)}
        upper += [number] * len(columns)
        rows.append((dict.fromkeys(columns.values(), 1), number, number))
        for name, column in columns.items():
            rows.append(({column: 1, position[name]: -number}, -number, 0))
            given[name][column] = module.sessions
    for name, most in _capacity(scenario).items():
        rows.append(({**given[name], position[name]: -most}, -_NO_LIMIT, 0))
    rows += [({position[name]: 1 for name in people if name not in some}, 1, len(people)) for some in banned]
    outcome = decide(_program([1] * len(people), upper, rows), Control(None))
    if outcome.values is None:
        return None
    return frozenset(name for name in people if outcome.values[position[name]])


def _lessons(scenario: Scenario) -> Iterator[tuple[Module, int]]:
    """Go through the modules that need a lecturer, with the number of classes that are taught them."""
    classes = Counter(cohort.programme for cohort in scenario.all_cohorts)
    for programme in scenario.programmes:
        for module in programme.modules:
            if module.lecturers and classes[programme.id]:
                yield module, classes[programme.id]


def _capacity(scenario: Scenario) -> dict[str, int]:
    """Say how many sessions each lecturer can give: when free, within maxima by day, by week and in all."""
    from classplanner.compile import compile_scenario  # noqa: PLC0415
    from classplanner.solve.prices import Capacity  # noqa: PLC0415

    capacity = Capacity(compile_scenario(scenario))
    days = capacity.free.reshape(len(capacity.free), -1, capacity.per_day).sum(axis=2)
    days = np.minimum(days, capacity.a_day[:, None])
    weeks = np.zeros((len(days), capacity.weeks), dtype=np.int64)
    np.add.at(weeks.T, capacity.week_of_day, days.T)
    most = np.minimum(np.minimum(weeks, capacity.a_week[:, None]).sum(axis=1), capacity.in_all)
    return {lecturer.id: int(most[index]) for index, lecturer in enumerate(scenario.lecturers)}


def _program(
    cost: Sequence[int], upper: Sequence[int], rows: Sequence[tuple[dict[int, int], int, int]]
) -> Program:
    """Put rows of coefficients by column, each between two limits, into a program."""
    from classplanner.encode import Program  # noqa: PLC0415

    count = [len(entries) for entries, _, _ in rows]
    return Program(
        cost=np.array([*cost, *[0] * (len(upper) - len(cost))], dtype=np.int64),
        upper=np.array(upper, dtype=np.int64),
        first=np.concatenate([[0], np.cumsum(np.array(count, dtype=np.int64))]),
        column=np.array([column for entries, _, _ in rows for column in entries], dtype=np.int64),
        weight=np.array([weight for entries, _, _ in rows for weight in entries.values()], dtype=np.int64),
        row_lower=np.array([lower for _, lower, _ in rows], dtype=np.int64),
        row_upper=np.array([upper for _, _, upper in rows], dtype=np.int64),
    )

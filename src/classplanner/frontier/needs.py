"""The fewest halls, lecturers and days that the classes of a scenario need."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection

from classplanner.deltas import ChangeCalendar, Close, Delta, Leave, apply
from classplanner.frontier.probe import Answer, Prober, least
from classplanner.frontier.staff import needed
from classplanner.scenario import Scenario, day_statuses

__all__ = ["fewest_days", "fewest_halls", "fewest_lecturers"]

_MOST_CHOICES = 200
_MOST_TRIES = 30


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
        chosen = needed(scenario, banned)
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

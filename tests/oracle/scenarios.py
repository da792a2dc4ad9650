"""Random small scenarios in which the rules bite, small enough for every timetable to be listed.

A seed picks a few rules; `features` says, rule by rule, what to do to a plain scenario so that the rule
decides something. The 20 rules take turns as the first one picked; a quarter of the seeds stops there, the
others combine it with up to three more.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from math import prod

from classplanner.rules import RULES
from classplanner.scenario import Cohort, Scenario, day_statuses
from tests.oracle.draft import Draft, Table, TooLargeError
from tests.oracle.features import DETAILS, STRUCTURE

__all__ = ["random_scenario"]

_LARGEST = 3_000
"""Timetables that a scenario may have when only the layout of the days restricts it."""
_MOST_SLOTS = 12

# How often a rule is combined with others: rules of many forms more often, those that decide something in
# every scenario less.
_WEIGHTS = {
    **dict.fromkeys(("programme-complete", "home-room", "consecutive-days", "quota", "cohort-clash"), 1),
    **dict.fromkeys(
        ("lock", "lecturer-load", "module-window", "lecturer-available", "lecturer-one-venue"), 4
    ),
}


def random_scenario(seed: int) -> Scenario:
    """Draw a scenario: the same for the same seed, whose timetables can be listed in about a second."""
    for attempt in itertools.count():
        rng = random.Random(f"{seed}/{attempt}")
        try:
            scenario = _draw(rng, RULES[seed % len(RULES)])
        except TooLargeError:
            continue
        if _size(scenario) <= _LARGEST:
            return scenario
    raise AssertionError("unreachable")


def _draw(rng: random.Random, first_rule: str) -> Scenario:
    more = 0 if rng.random() < 0.25 else rng.randint(1, 3)
    rules = {first_rule, *rng.choices(RULES, [_WEIGHTS.get(rule, 2) for rule in RULES], k=more)}
    draft = _plain(rng)
    for rule, features in STRUCTURE.items():
        if rule in rules:
            rng.choice(features)(draft)
    draft.fix_calendar()
    for rule, features in DETAILS.items():
        if rule in rules:
            rng.choice(features)(draft)
    return draft.scenario()


def _plain(rng: random.Random) -> Draft:
    """Draw a small scenario in which hardly any rule bites yet."""
    draft = Draft(
        rng,
        per_day=rng.choices((1, 2, 3), (2, 5, 2))[0],
        first_day=dt.date(2018, 3, 5) + dt.timedelta(days=rng.randint(0, 13)),
        slack=rng.choice((0, 1, 1, 2, 2, 3)),
        trailing=rng.choice((0, 0, 1)),
    )
    draft.calendar = {"country": "", "sessions": draft.sessions}
    for _ in range(rng.choice((1, 2, 2, 3))):
        draft.add_lecturer()
    for _ in range(rng.choice((1, 1, 2, 3))):
        draft.add_room(new_venue=not draft.venues)
    draft.programmes.append({"id": "P1", "modules": []})
    for _ in range(rng.choice((1, 2, 2, 3, 4))):
        draft.add_module(draft.programmes[0])
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        draft.add_cohort()
    draft.objective = _objective(rng)
    for lecturer in draft.lecturers:
        if rng.random() < 0.4:
            lecturer["target_sessions"] = rng.randint(0, 3)
    return draft


def _objective(rng: random.Random) -> Table:
    """Draw the weights: of all terms, of one term alone, or those that scenarios have by default."""
    keys = ("fees", "rooms", "order", "delay", "preference", "overload")
    kind = rng.choices(("all", "one", "default"), (5, 4, 1))[0]
    if kind == "default":
        return {}
    only = rng.choice(keys)
    return {key: rng.randint(1, 9) if kind == "all" or key == only else 0 for key in keys}


def _size(scenario: Scenario) -> int:
    """Bound the number of timetables from above: layouts of the class days, openings, rooms, lecturers."""
    working = [day.date for day in day_statuses(scenario.calendar) if day.is_working]
    return prod(_courses(scenario, cohort, working) for cohort in scenario.all_cohorts)


def _courses(scenario: Scenario, cohort: Cohort, working: list[dt.date]) -> int:
    per_day = len(scenario.calendar.sessions)
    programme = scenario.programme_by_id[cohort.programme]
    days = programme.class_days(per_day)
    if days * per_day > _MOST_SLOTS:
        return _LARGEST + 1
    openings = [
        day
        for day in working[: max(0, len(working) - days + 1)]
        if cohort.opens in (None, day) and (cohort.opens_from is None or cohort.opens_from <= day)
    ]
    rooms = sum(len(venue.rooms) for venue in scenario.venues)
    layouts = _layouts([module.sessions for module in programme.modules], days, per_day, frozenset())
    lecturers = prod(max(1, len(module.lecturers)) for module in programme.modules)
    return max(1, len(openings) * rooms) * max(1, layouts) * lecturers


def _layouts(lengths: list[int], days: int, per_day: int, taken: frozenset[int]) -> int:
    """Count the ways to lay modules into the free slots of the class days."""
    if not lengths:
        return 1
    count = 0
    for start in range(days * per_day - lengths[0] + 1):
        slots = range(start, start + lengths[0])
        room_left = per_day - start % per_day
        fits = lengths[0] <= room_left or (start % per_day == 0 and lengths[0] > per_day)
        if fits and taken.isdisjoint(slots):
            count += _layouts(lengths[1:], days, per_day, taken | set(slots))
    return count

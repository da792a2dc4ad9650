"""Years without a plan: drawn years in which one thing falls short by as little as can be."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, Literal, Unpack, get_args

from benchmarks.years.halls import Days
from benchmarks.years.plant import Sizes, planted
from benchmarks.years.usage import matches
from classplanner.scenario import Scenario, Venue, parse
from classplanner.timetable import Slot, Timetable

__all__ = ["SHORTAGES", "Shortage", "impossible"]

Table = dict[str, Any]
Shortage = Literal["sessions", "half-days", "halls"]
SHORTAGES: tuple[Shortage, ...] = get_args(Shortage)


def impossible(seed: int, shortage: Shortage, **sizes: Unpack[Sizes]) -> Scenario:
    """Draw a year that has no plan, which counting proves.

    ``sessions``
        The `max_sessions` of all lecturers together are one session less than all classes need.
    ``half-days``
        The lecturers of one module are there on one half day less than its classes need.
    ``halls``
        Between closures the halls have room for fewer classes than there are, by one or two.

    Parameters
    ----------
    seed, sizes
        As for `planted`; one year, one province.
    shortage
        What falls short.

    Raises
    ------
    ValueError
        Several years or provinces are asked for, or what `planted` refuses.
    """
    if sizes.get("years", 1) > 1 or sizes.get("provinces", 1) > 1:
        raise ValueError("shortages are counted in one year and one province")
    scenario, timetable = planted(seed, **sizes)
    chance = random.Random(f"{seed} {shortage}")
    document: Table = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    document["name"] += f", too few {shortage}"
    if shortage == "halls":
        closed = _closed(chance, scenario)
        document["venues"] = [{**table, "closed": closed[table["id"]]} for table in document["venues"]]
    else:
        limits = (_maxima if shortage == "sessions" else _presence)(chance, scenario, timetable)
        document["lecturers"] = [{**table, **limits.get(table["id"], {})} for table in document["lecturers"]]
    return parse(document, document["name"])


def _maxima(chance: random.Random, scenario: Scenario, timetable: Timetable) -> dict[str, Table]:
    """Limit each lecturer to the sessions of a plan, and one of them to one less."""
    given: Counter[str] = Counter()
    for meeting in timetable.meetings:
        for lecturer in meeting.lecturers:
            given[lecturer] += len(meeting.sessions)
    given[chance.choice([lecturer for lecturer, number in sorted(given.items()) if number > 1])] -= 1
    idle = {lecturer.id: _never() for lecturer in scenario.lecturers if not given[lecturer.id]}
    return idle | {lecturer: {"max_sessions": number} for lecturer, number in given.items()}


def _presence(chance: random.Random, scenario: Scenario, timetable: Timetable) -> dict[str, Table]:
    """Let the lecturers of one module be there when a plan needs them for it, but for one half day."""
    module = chance.choice([module for module in scenario.programmes[0].modules if module.lecturers])
    slots: defaultdict[str, list[Slot]] = defaultdict(list)
    for meeting in timetable.meetings:
        if meeting.module == module.id:
            slots[meeting.lecturers[0]] += meeting.sessions
    slots[chance.choice(sorted(slots))].pop()
    return {
        lecturer: _there(slots[lecturer]) if slots[lecturer] else _never() for lecturer in module.lecturers
    }


def _there(slots: Iterable[Slot]) -> Table:
    return {"available": [{"from": f"{date}", "sessions": [session]} for date, session in sorted(slots)]}


def _never() -> Table:
    """Say that a lecturer is away all the time."""
    return {"unavailable": [{"reason": "on leave the whole year"}]}


def _closed(chance: random.Random, scenario: Scenario) -> dict[str, list[Table]]:
    """Close venues on one day after another until the halls have room for too few classes."""
    days, length = Days(1), scenario.programmes[0].days or 0
    left = {venue.id: _open(venue, days) for venue in scenario.venues}
    rooms = {venue.id: len(venue.rooms) for venue in scenario.venues}
    need = len(scenario.all_cohorts)
    while sum(rooms[venue] * _holds(opened, length) for venue, opened in left.items()) >= need:
        opened = left[chance.choice(sorted(venue for venue, opened in left.items() if opened))]
        opened.remove(chance.choice(sorted(opened)))
    every = set(range(len(days.dates)))
    return {
        venue: [_iso(period) for period in days.periods(sorted(every - opened))]
        for venue, opened in left.items()
    }


def _open(venue: Venue, days: Days) -> set[int]:
    """Return the positions of the days on which a venue is open."""
    return {
        position
        for position, date in enumerate(days.dates)
        if not any(matches(venue.closed, (date, session)) for session in days.calendar.sessions)
    }


def _holds(opened: set[int], length: int) -> int:
    """Return how many classes of so many days a hall has room for, one after another."""
    held = run = 0
    for day in sorted(opened):
        run = run + 1 if day - 1 in opened else 1
        if run == length:
            held, run = held + 1, 0
    return held


def _iso(period: Table) -> Table:
    return {key: f"{date}" for key, date in period.items()}

"""Seeded instances: classes of half-day modules, lecturers with leave and weekly maxima, halls with closures.

An instance is a scenario like any other; the same seed and parameters give the same one everywhere.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from classplanner.scenario import Scenario, parse

__all__ = ["instance"]

_FIRST_DAY = dt.date(2018, 1, 2)


def instance(
    seed: int,
    *,
    classes: int = 1,
    lecturers: int = 20,
    halls: int = 2,
    days: int = 20,
    window_days: int = 120,
    precedences: int = 10,
    leave: float = 0.2,
) -> Scenario:
    """Make one instance.

    Parameters
    ----------
    seed
        Decides everything that the other parameters leave open.
    classes, lecturers, halls
        How many of each; a hall is a venue of its own.
    days
        Class days of the programme, two sessions each.
    window_days
        Dates of the calendar.
    precedences
        Pairs of modules of which one must be over before the other.
    leave
        Share of the dates on which a lecturer is away, in runs of some days.
    """
    chance = random.Random(seed)
    document: dict[str, Any] = {
        "name": f"{classes} classes, seed {seed}",
        "calendar": {"first_day": _FIRST_DAY, "last_day": _FIRST_DAY + dt.timedelta(days=window_days - 1)},
        "lecturers": [_lecturer(chance, index, window_days, leave) for index in range(lecturers)],
        "venues": [_venue(chance, index, window_days) for index in range(halls)],
        "programmes": [
            {"id": "programme", "days": days, "modules": _modules(chance, 2 * days, lecturers, precedences)}
        ],
        "cohorts": [
            {"id": f"K{index + 1:03d}", "programme": "programme", "size": chance.randint(60, 90)}
            for index in range(classes)
        ],
        "objective": {"preference": 10_000, "overload": 30_000},
    }
    return parse(document, document["name"])


def _lecturer(chance: random.Random, index: int, window_days: int, leave: float) -> dict[str, Any]:
    rank = chance.choice((400_000, 500_000, 600_000, 800_000, 1_000_000))
    lecturer: dict[str, Any] = {
        "id": f"L{index:03d}",
        "fee": rank,
        "unavailable": list(_runs(chance, window_days, leave)),
        "max_sessions_per_day": 2,
        "max_sessions_per_week": chance.randint(4, 8),
        "target_sessions": chance.randint(2, 8),
    }
    if chance.random() < 0.3:
        weekdays = chance.sample(["mon", "tue", "wed", "thu", "fri"], 2)
        lecturer["unavailable"].append(
            {"weekdays": weekdays, "sessions": [chance.choice(["morning", "afternoon"])]}
        )
    return lecturer


def _runs(chance: random.Random, window_days: int, share: float) -> Iterator[dict[str, Any]]:
    """Scatter runs of 1 to 10 dates until about `share` of the window is covered."""
    covered = 0
    while covered < share * window_days:
        length = chance.randint(1, 10)
        first = _FIRST_DAY + dt.timedelta(days=chance.randrange(window_days))
        covered += length
        yield {"from": first, "to": first + dt.timedelta(days=length - 1)}


def _venue(chance: random.Random, index: int, window_days: int) -> dict[str, Any]:
    return {
        "id": f"venue-{index + 1}",
        "closed": list(_runs(chance, window_days, 0.05)),
        "rooms": [
            {
                "id": "hall",
                "capacity": chance.choice((80, 90, 100, 120)),
                "daily_cost": chance.randint(15, 35) * 100_000,
            }
        ],
    }


def _modules(chance: random.Random, slots: int, lecturers: int, precedences: int) -> list[dict[str, Any]]:
    modules: list[dict[str, Any]] = []
    while slots > 0:
        sessions = min(slots, chance.choice((1, 1, 2, 2, 2, 3)))
        slots -= sessions
        module: dict[str, Any] = {"id": f"M{len(modules) + 1:02d}", "sessions": sessions}
        if chance.random() < 0.9:
            number = chance.randint(2, 4)
            module["lecturers"] = [f"L{index:03d}" for index in chance.sample(range(lecturers), number)]
        else:
            module["off_site"] = chance.random() < 0.5
        modules.append(module)
    for _ in range(precedences):
        before, after = sorted(chance.sample(range(len(modules)), 2))
        if modules[before]["id"] not in modules[after].setdefault("after", []):
            modules[after]["after"].append(modules[before]["id"])
    return modules

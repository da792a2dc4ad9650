"""Working days, halls, and a hidden plan of which class is in which hall when."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classplanner.scenario import Calendar, day_statuses

__all__ = ["Days", "Stay", "draw_stays", "halls_for", "venues"]

Table = dict[str, Any]

FIRST_YEAR = 2018


class Days:
    """The working days of whole years from 2018 on, by their positions.

    Attributes
    ----------
    dates
        The working days.
    week
        Of each, the ordinal of the Monday of its ISO week.
    in_week
        Of each week, the positions of its days.
    years
        Of each year, the positions of its days.
    """

    def __init__(self, years: int) -> None:
        self.calendar = Calendar(
            first_day=dt.date(FIRST_YEAR, 1, 1), last_day=dt.date(FIRST_YEAR + years - 1, 12, 31)
        )
        self.dates = [status.date for status in day_statuses(self.calendar) if status.is_working]
        self.week = [date.toordinal() - date.weekday() for date in self.dates]
        self.in_week: dict[int, list[int]] = {}
        for position, week in enumerate(self.week):
            self.in_week.setdefault(week, []).append(position)
        self.years = {year: self._of(year) for year in range(FIRST_YEAR, FIRST_YEAR + years)}

    def _of(self, year: int) -> range:
        positions = [position for position, date in enumerate(self.dates) if date.year == year]
        return range(positions[0], positions[-1] + 1)

    def periods(self, positions: Sequence[int]) -> Iterator[Table]:
        """Describe sorted days as periods; days next to each other make one."""
        first = 0
        for index, position in enumerate(positions):
            if index + 1 == len(positions) or positions[index + 1] != position + 1:
                begin, end = self.dates[positions[first]], self.dates[position]
                yield {"from": begin} if begin == end else {"from": begin, "to": end}
                first = index + 1


@dataclass(frozen=True)
class Stay:
    """A class in a hall: the year it belongs to, the hall's position, the first day's position."""

    year: int
    hall: int
    first: int


def halls_for(days: Days, classes: int, length: int) -> int:
    """Return how many halls are enough for so many classes a year, with a tenth to spare where they can."""
    shortest = min(len(positions) for positions in days.years.values())
    wanted = -(-classes * length * 10 // (shortest * 9))
    return max(1, wanted) if wanted * (shortest // length) >= classes else wanted + 1


def draw_stays(
    chance: random.Random, days: Days, classes: Mapping[int, int], halls: int, length: int
) -> list[Stay]:
    """Put each year's classes into halls, one after another with gaps of random lengths.

    Parameters
    ----------
    chance
        Decides.
    days
        The working days.
    classes
        How many classes each year has.
    halls
        How many halls there are.
    length
        Class days of a class.

    Raises
    ------
    ValueError
        The halls cannot hold the classes.
    """
    stays = []
    for year, number in classes.items():
        if number > halls * (len(days.years[year]) // length):
            raise ValueError(f"{halls} halls cannot hold {number} classes of {length} days in {year}")
        order = chance.sample(range(halls), halls)
        for rank, hall in enumerate(order):
            here = number // halls + (rank < number % halls)
            spare = len(days.years[year]) - here * length
            cuts = sorted(chance.randint(0, spare) for _ in range(here))
            begin = days.years[year].start
            stays += [Stay(year, hall, begin + cut + index * length) for index, cut in enumerate(cuts)]
    return sorted(stays, key=lambda stay: (stay.first, stay.hall))


def venues(
    chance: random.Random,
    days: Days,
    stays: Sequence[Stay],
    *,
    halls: int,
    length: int,
    slack: float,
    prefix: str,
) -> tuple[list[Table], list[str]]:
    """Draw venues of one or two halls, and close them on days on which no class is there.

    Parameters
    ----------
    chance
        Decides.
    days, stays, halls, length
        As for `draw_stays`.
    slack
        Hall days that stay free, as a share of those that are used; more stay where all are needed.
    prefix
        Of the ids.

    Returns
    -------
    venues, rooms
        Tables of the scenario; of each hall what the scenario calls it.
    """
    tables: list[Table] = []
    rooms: list[str] = []
    groups: list[list[int]] = []
    while len(rooms) < halls:
        number = min(halls - len(rooms), 2 if chance.random() < 0.3 else 1)
        venue = f"{prefix}venue-{len(tables) + 1}"
        groups.append(list(range(len(rooms), len(rooms) + number)))
        halls_here = [_hall(chance, index) for index in range(number)]
        rooms += [f"{venue}/{hall['id']}" for hall in halls_here]
        tables.append({"id": venue, "rooms": halls_here})
    surplus = len(days.dates) * halls - round((1 + slack) * len(stays) * length)
    closed = _closures(chance, _free(days, stays, groups, length), groups, surplus)
    for table, positions in zip(tables, closed, strict=True):
        if positions:
            table["closed"] = list(days.periods(sorted(positions)))
    return tables, rooms


def _hall(chance: random.Random, index: int) -> Table:
    cost = chance.randint(15, 35) * 100_000
    return {"id": f"hall-{index + 1}", "capacity": chance.choice((90, 100, 120)), "daily_cost": cost}


def _free(days: Days, stays: Sequence[Stay], groups: Sequence[Sequence[int]], length: int) -> list[list[int]]:
    """Return of each venue the days on which none of its halls is used."""
    used: list[set[int]] = [set() for _ in groups]
    venue_of = {hall: venue for venue, group in enumerate(groups) for hall in group}
    for stay in stays:
        used[venue_of[stay.hall]].update(range(stay.first, stay.first + length))
    return [[day for day in range(len(days.dates)) if day not in taken] for taken in used]


def _closures(
    chance: random.Random, free: Sequence[Sequence[int]], groups: Sequence[Sequence[int]], surplus: int
) -> list[set[int]]:
    """Close runs of free days until no surplus of hall days is left, or nothing more can be closed."""
    left = [set(positions) for positions in free]
    closed: list[set[int]] = [set() for _ in free]
    while surplus > 0 and any(left):
        venue = chance.choice([venue for venue, positions in enumerate(left) if positions])
        first = chance.choice(sorted(left[venue]))
        for day in range(first, first + chance.randint(2, 20)):
            if day not in left[venue]:
                break
            left[venue].remove(day)
            closed[venue].add(day)
            surplus -= len(groups[venue])
    return closed

"""Draws a year together with a plan of it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from benchmarks.years.faculty import central_lecturers
from benchmarks.years.halls import Days
from benchmarks.years.lecturer import Lecturer
from benchmarks.years.province import Province, Tightness
from benchmarks.years.syllabus import draw_syllabus
from classplanner.scenario import Scenario, parse
from classplanner.timetable import ScenarioRecord, Timetable

__all__ = ["TIGHTNESS", "Sizes", "planted", "year"]

TIGHTNESS: Mapping[str, Tightness] = {
    "loose": Tightness(use=0.6, slack=0.17, crew=0.5),
    "tight": Tightness(use=0.93, slack=0.1, crew=0.7),
}
"""What the names of a tightness stand for."""


class Sizes(TypedDict, total=False):
    """The parameters of `planted` besides the seed."""

    classes: int
    years: int
    provinces: int
    tightness: str
    days: int
    halls: int | None
    lecturers: int | None
    precedences: int


def year(seed: int, **sizes: Unpack[Sizes]) -> Scenario:
    """Draw a scenario that has a plan; `planted` describes the parameters."""
    return planted(seed, **sizes)[0]


def planted(
    seed: int,
    *,
    classes: int = 33,
    years: int = 1,
    provinces: int = 1,
    tightness: str = "loose",
    days: int = 32,
    halls: int | None = None,
    lecturers: int | None = None,
    precedences: int = 10,
) -> tuple[Scenario, Timetable]:
    """Draw a scenario and a plan of it in which every rule holds; the plan is not a cheap one.

    The same arguments give the same scenario everywhere.

    Parameters
    ----------
    seed
        Decides everything that the other parameters leave open.
    classes
        How many classes, over all years and provinces.
    years
        Calendar years, from 2018.
    provinces
        Each with halls, lecturers and a programme of its own; where there are several, they share central
        lecturers.
    tightness
        A name in `TIGHTNESS`.
    days
        Class days of the programme, two half days each; 8 at least.
    halls
        How many a province has; None for a tenth more than its classes need.
    lecturers
        How many a province has to begin with; None for what the tightness says. Where the hidden plan needs
        more, they are added.
    precedences
        Pairs of modules of which one must be over before the other.

    Raises
    ------
    ValueError
        The halls cannot hold the classes, a province is without, or the tightness is not known.
    """
    if tightness not in TIGHTNESS:
        raise ValueError(f"tightness {tightness!r}: one of {', '.join(TIGHTNESS)}")
    if classes < provinces:
        raise ValueError(f"{provinces} provinces cannot share {classes} classes")
    chance, calendar = random.Random(f"{seed}"), Days(years)
    syllabus = draw_syllabus(chance, days, precedences)
    central = central_lecturers(chance, calendar, 0 if provinces == 1 else 8 + provinces // 4)
    parts = [
        Province(
            random.Random(f"{seed} {index}"),
            calendar,
            syllabus,
            classes=shares,
            tightness=TIGHTNESS[tightness],
            halls=halls,
            lecturers=lecturers,
            central=central,
            prefix=f"p{index + 1:02d}-" if provinces > 1 else "",
        )
        for index, shares in enumerate(_shares(classes, provinces, list(calendar.years)))
    ]
    # In the order of their first days, so that no province takes all half days of a central lecturer.
    stays = [
        (stay.first, index, rank) for index, part in enumerate(parts) for rank, stay in enumerate(part.stays)
    ]
    for _, index, rank in sorted(stays):
        parts[index].plan(rank)
    name = f"{classes} classes, {provinces} provinces, {years} years, {tightness}, seed {seed}"
    return _whole(chance, name, parts, central, calendar)


def _shares(classes: int, provinces: int, years: Sequence[int]) -> list[dict[int, int]]:
    """Split classes over provinces and years as evenly as can be."""
    cells = provinces * len(years)
    counts = [classes * (cell + 1) // cells - classes * cell // cells for cell in range(cells)]
    return [dict(zip(years, counts[index * len(years) :], strict=False)) for index in range(provinces)]


def _whole(
    chance: random.Random, name: str, parts: Sequence[Province], central: Sequence[Lecturer], days: Days
) -> tuple[Scenario, Timetable]:
    """Put the provinces together."""
    for lecturer in central:
        lecturer.settle(chance, round(1.2 * len(lecturer.slots)))
    document: dict[str, Any] = {
        "name": name,
        "calendar": {"first_day": days.calendar.first_day, "last_day": days.calendar.last_day},
        "lecturers": [lecturer.table() for lecturer in central],
        "venues": [],
        "programmes": [],
        "audiences": [],
        "objective": {"preference": chance.randint(10, 15) * 10_000, "overload": 100_000},
    }
    for part in parts:
        for key, tables in part.tables().items():
            document[key] += tables
    scenario = parse(document, name)
    plans = [part.planned() for part in parts]
    timetable = Timetable(
        scenario=ScenarioRecord(name=scenario.name, sha256=scenario.sha256),
        cohorts=tuple(cohort for cohorts, _ in plans for cohort in cohorts),
        meetings=tuple(meeting for _, meetings in plans for meeting in meetings),
    )
    return scenario, timetable

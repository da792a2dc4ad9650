"""One province of a drawn year: halls, lecturers, programme, and the hidden plan of its classes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.years.faculty import Faculty, Lesson
from benchmarks.years.halls import Days, draw_stays, halls_for, venues
from benchmarks.years.lecturer import Lecturer
from benchmarks.years.syllabus import Syllabus
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["COHORT_SIZE", "Province", "Tightness"]

Table = dict[str, Any]

COHORT_SIZE = 90
_SESSIONS = ("morning", "afternoon")
_MEAN_WEEK = 3.9
"""Sessions a week of a lecturer, on average, leave counted."""


@dataclass(frozen=True)
class Tightness:
    """How much there is to spare.

    Attributes
    ----------
    use
        Sessions to be taught, as a share of those that the lecturers could give.
    slack
        Hall days to spare, as a share of those that are needed.
    crew
        Sessions of a full week, as a share of what the lecturers to begin with give in a week.
    """

    use: float
    slack: float
    crew: float


class Province:
    """Halls, lecturers and classes of one province.

    Parameters
    ----------
    chance
        Decides.
    days
        The working days.
    syllabus
        Its programme.
    classes
        How many classes each year has.
    tightness
        What is to spare.
    halls, lecturers
        How many; None for as many as are needed.
    central
        Lecturers of all provinces.
    prefix
        Of all ids; empty where there is one province only.

    Attributes
    ----------
    stays
        Which class is where when, by first days.
    """

    def __init__(
        self,
        chance: random.Random,
        days: Days,
        syllabus: Syllabus,
        *,
        classes: Mapping[int, int],
        tightness: Tightness,
        halls: int | None,
        lecturers: int | None,
        central: Sequence[Lecturer],
        prefix: str,
    ) -> None:
        self._chance = chance
        self._days = days
        self._syllabus = syllabus
        self._tightness = tightness
        self._prefix = prefix
        self._classes = classes
        number = halls or halls_for(days, max(classes.values()), syllabus.days)
        self.stays = draw_stays(chance, days, classes, number, syllabus.days)
        self._venues, self._rooms = venues(
            chance,
            days,
            self.stays,
            halls=number,
            length=self._syllabus.days,
            slack=tightness.slack,
            prefix=prefix,
        )
        taught = sum(module.sessions for module in syllabus.modules if module.taught) / self._syllabus.days
        crew = max(4, round(5 * number * taught / (_MEAN_WEEK * tightness.crew)))
        self._faculty = Faculty(
            chance, days, syllabus, number=lecturers or crew, central=central, prefix=prefix
        )
        self._cohorts: list[PlannedCohort] = []
        self._meetings: list[Meeting] = []
        self._numbers = dict.fromkeys(classes, 0)

    def plan(self, position: int) -> None:
        """Plan the class of one stay."""
        stay = self.stays[position]
        self._numbers[stay.year] += 1
        name = f"{self._prefix}xa-{stay.year}-{self._numbers[stay.year]:02d}"
        room, dates = self._rooms[stay.hall], self._days.dates
        opens, closes = dates[stay.first], dates[stay.first + self._syllabus.days - 1]
        self._cohorts.append(PlannedCohort(id=name, room=room, opens=opens, closes=closes))
        off_site = {module.id for module in self._syllabus.modules if module.keys.get("off_site")}
        for lesson in self._faculty.plan(stay.first, room.partition("/")[0]):
            self._meetings.append(self._meeting(name, None if lesson.module in off_site else room, lesson))

    def _meeting(self, cohort: str, room: str | None, lesson: Lesson) -> Meeting:
        return Meeting(
            cohorts=(cohort,),
            module=lesson.module,
            lecturers=() if lesson.lecturer is None else (lesson.lecturer,),
            room=room,
            sessions=tuple((self._days.dates[slot // 2], _SESSIONS[slot % 2]) for slot in lesson.slots),
        )

    def planned(self) -> tuple[list[PlannedCohort], list[Meeting]]:
        """Return the plan."""
        return self._cohorts, self._meetings

    def tables(self) -> dict[str, list[Table]]:
        """Take away what the plan does not need, and say the rest as the scenario does."""
        self._faculty.settle(self._tightness.use)
        lists, name = self._faculty.lists(), f"{self._prefix}cap-xa"
        modules = [module.table(lists.get(module.id)) for module in self._syllabus.modules]
        trainees = {
            f"{year}": number * COHORT_SIZE - self._chance.randrange(min(2 * number, COHORT_SIZE) or 1)
            for year, number in self._classes.items()
        }
        audience = {
            "id": f"{self._prefix}xa",
            "programme": name,
            "cohort_size": COHORT_SIZE,
            "trainees": trainees,
        }
        if self._prefix:
            audience["venues"] = [venue["id"] for venue in self._venues]
        return {
            "lecturers": [lecturer.table() for lecturer in self._faculty.lecturers],
            "venues": self._venues,
            "programmes": [{"id": name, "days": self._syllabus.days, "modules": modules}],
            "audiences": [audience],
        }

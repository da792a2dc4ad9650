"""Who teaches what: lists of qualified lecturers, and the lecturers of a hidden plan."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.years.halls import Days
from benchmarks.years.lecturer import Kind, Lecturer
from benchmarks.years.syllabus import Entry, draw_layout

__all__ = ["Faculty", "Lesson", "central_lecturers"]

_TRIES = 12
_LONGEST_LIST = 5


@dataclass(frozen=True)
class Lesson:
    """A module of a class: its sessions as slots of the scenario, and who teaches it."""

    module: str
    slots: range
    lecturer: str | None


def central_lecturers(chance: random.Random, days: Days, number: int) -> list[Lecturer]:
    """Draw lecturers who teach in all provinces on a few half days a month."""
    return [Lecturer(chance, f"central-{index + 1:02d}", "central", days) for index in range(number)]


class Faculty:
    """The lecturers of one province and the lists of the modules of its programme.

    Parameters
    ----------
    chance
        Decides.
    days
        The working days.
    syllabus
        The modules.
    number
        Lecturers to begin with, seniors included; more are hired where a class would be without.
    central
        Those of all provinces.
    prefix
        Of the ids.

    Attributes
    ----------
    lecturers
        Those of the province.
    """

    def __init__(
        self,
        chance: random.Random,
        days: Days,
        syllabus: Sequence[Entry],
        *,
        number: int,
        central: Sequence[Lecturer],
        prefix: str,
    ) -> None:
        self._chance = chance
        self._days = days
        self._prefix = prefix
        self._syllabus = syllabus
        self.lecturers: list[Lecturer] = []
        for index in range(number):
            self._hire(("lecturer", "lecturer", "professor", "senior")[index % 4])
        taught = [module for module in syllabus if module.taught]
        self._lists: dict[str, list[Lecturer]] = {}
        self._used: dict[str, set[str]] = {module.id: set() for module in taught}
        for module in sorted(taught, key=lambda module: -module.sessions):
            self._lists[module.id] = self._qualified(module)
        short = [module.id for module in taught if module.sessions <= 2]
        for index, lecturer in enumerate(central):
            self._lists[short[index % len(short)]].insert(0, lecturer)

    def _hire(self, kind: Kind) -> Lecturer:
        name = f"{self._prefix}{kind}-{len(self.lecturers) + 1:02d}"
        lecturer = Lecturer(self._chance, name, kind, self._days)
        self.lecturers.append(lecturer)
        return lecturer

    def _qualified(self, module: Entry) -> list[Lecturer]:
        """Draw two or three lecturers, those with the fewest modules first; and a senior for some modules."""
        asked = {lecturer.id: 0 for lecturer in self.lecturers}
        for listed in self._lists.values():
            for lecturer in listed:
                asked[lecturer.id] += 1
        fit = [lecturer for lecturer in self.lecturers if lecturer.fits(module.sessions)]
        fit.sort(key=lambda lecturer: (asked[lecturer.id] / lecturer.a_week, self._chance.random()))
        seniors = [lecturer for lecturer in fit if lecturer.few]
        others = [lecturer for lecturer in fit if not lecturer.few]
        first = seniors[:1] if self._chance.random() < 0.5 else []
        return [*first, *others[: self._chance.randint(2, 3)]]

    def plan(self, first: int, venue: str) -> list[Lesson]:
        """Order the modules of one class and give each a lecturer; lists grow only in need.

        Parameters
        ----------
        first
            Position of the first class day.
        venue
            Where the class is.
        """
        for attempt in range(_TRIES):
            layout = draw_layout(self._chance, self._syllabus)
            slots = {
                module.id: range(start := 2 * first + layout[module.id], start + module.sessions)
                for module in self._syllabus
            }
            chosen = self._match(slots, venue)
            missing = [module for module in self._lists if module not in chosen]
            if not missing or attempt == _TRIES - 1:
                break
            for module, lecturer in chosen.items():
                lecturer.forget(slots[module])
        for module in missing:
            chosen[module] = self._find(module, slots[module], venue)
            chosen[module].teach(slots[module], venue)
        for module, lecturer in chosen.items():
            self._used[module].add(lecturer.id)
        return [
            Lesson(module, where, chosen[module].id if module in chosen else None)
            for module, where in slots.items()
        ]

    def _match(self, slots: Mapping[str, range], venue: str) -> dict[str, Lecturer]:
        """Give modules lecturers of their lists, the modules with the fewest that are free first."""
        chosen: dict[str, Lecturer] = {}
        free = {
            module: [lecturer for lecturer in listed if lecturer.can_teach(slots[module], venue)]
            for module, listed in self._lists.items()
        }
        for module in sorted(free, key=lambda module: len(free[module])):
            able = [lecturer for lecturer in free[module] if lecturer.can_teach(slots[module], venue)]
            if able:
                chosen[module] = min(able, key=lambda lecturer: self._burden(lecturer, slots[module]))
                chosen[module].teach(slots[module], venue)
        return chosen

    def _burden(self, lecturer: Lecturer, slots: range) -> float:
        """Say how little a lecturer should be chosen: weeks begun are filled, then loads are levelled."""
        begun = 0 < lecturer.in_week_of(slots[0]) < lecturer.a_week
        return len(lecturer.slots) / lecturer.a_week - (3 if begun else 0) + self._chance.random()

    def _find(self, module: str, slots: range, venue: str) -> Lecturer:
        """Find somebody else for a module: one of the province, else one who is hired."""
        listed = self._lists[module]
        others = [lecturer for lecturer in self.lecturers if lecturer not in listed and not lecturer.few]
        able = [lecturer for lecturer in others if lecturer.can_teach(slots, venue)]
        if able and len(self._used[module]) < _LONGEST_LIST:
            listed.append(min(able, key=lambda lecturer: self._burden(lecturer, slots)))
            return listed[-1]
        while True:
            hired = self._hire("lecturer")
            if hired.can_teach(slots, venue):
                listed.append(hired)
                return hired
            self.lecturers.pop()

    def lists(self) -> dict[str, list[str]]:
        """Return who may teach each module, the preferred first: those of the plan and some more."""
        lists = {}
        for module, listed in self._lists.items():
            used = self._used[module]
            idle = [lecturer for lecturer in listed if lecturer.id not in used]
            extra = idle[: max(0, _LONGEST_LIST - len(used))]
            kept = [lecturer for lecturer in listed if lecturer.id in used or lecturer in extra]
            rank = {"central": 0.0, "senior": 1.0, "professor": 2.0, "lecturer": 2.5}
            kept.sort(key=lambda lecturer: rank[lecturer.kind] + self._chance.random())
            lists[module] = [lecturer.id for lecturer in kept]
        return lists

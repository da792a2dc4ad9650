"""Who teaches what: lists of qualified lecturers, and the lecturers of a hidden plan."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.years.halls import Days
from benchmarks.years.lecturer import Kind, Lecturer
from benchmarks.years.syllabus import Entry, Syllabus

__all__ = ["Faculty", "Lesson", "central_lecturers"]

_TRIES = 24
_LONGEST_LIST = 5
_MORE = 3
"""Modules that who is hired may teach besides."""


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
        The programme.
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
        syllabus: Syllabus,
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
        taught = [module for module in syllabus.modules if module.taught]
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
            layout = self._chance.choice(self._syllabus.layouts)
            slots = {
                module.id: range(start := 2 * first + layout[module.id], start + module.sessions)
                for module in self._syllabus.modules
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
            lecturer = self._best(free[module], slots[module], venue)
            if lecturer is None:
                lecturer = self._make_room(module, slots, chosen, venue)
            if lecturer is not None:
                chosen[module] = lecturer
                lecturer.teach(slots[module], venue)
        return chosen

    def _best(self, listed: Sequence[Lecturer], slots: range, venue: str) -> Lecturer | None:
        able = [lecturer for lecturer in listed if lecturer.can_teach(slots, venue)]
        return min(able, key=lambda lecturer: self._burden(lecturer, slots), default=None)

    def _make_room(
        self, module: str, slots: Mapping[str, range], chosen: dict[str, Lecturer], venue: str
    ) -> Lecturer | None:
        """Free a lecturer of a module by giving another module of the class to somebody else."""
        for lecturer in self._lists[module]:
            for other in [name for name, taken in chosen.items() if taken is lecturer]:
                lecturer.forget(slots[other])
                if lecturer.can_teach(slots[module], venue):
                    rest = [able for able in self._lists[other] if able is not lecturer]
                    instead = self._best(rest, slots[other], venue)
                    if instead is not None:
                        chosen[other] = instead
                        instead.teach(slots[other], venue)
                        return lecturer
                lecturer.teach(slots[other], venue)
        return None

    def _burden(self, lecturer: Lecturer, slots: range) -> float:
        """Say how little a lecturer should be chosen: weeks begun are filled, then loads are levelled."""
        begun = 0 < lecturer.in_week_of(slots[0]) < lecturer.a_week
        return len(lecturer.slots) / lecturer.a_week - (20 if begun else 0) + self._chance.random()

    def _find(self, module: str, slots: range, venue: str) -> Lecturer:
        """Find somebody else for a module: one of the province, else one who is hired."""
        listed = self._lists[module]
        others = [lecturer for lecturer in self.lecturers if lecturer not in listed and not lecturer.few]
        able = self._best(others, slots, venue)
        if able is not None and len(self._used[module]) < _LONGEST_LIST:
            listed.append(able)
            return able
        while True:
            hired = self._hire("lecturer")
            if hired.can_teach(slots, venue):
                listed.append(hired)
                shortest = sorted(self._lists.values(), key=len)
                for short in [others for others in shortest if hired not in others][:_MORE]:
                    short.append(hired)
                return hired
            self.lecturers.pop()

    def settle(self, use: float) -> None:
        """Take away time until the plan needs only so large a share of what all lecturers could give.

        Seniors keep few half days besides those of the plan; of all others each loses the same share of what
        the plan leaves over.
        """
        for lecturer in self.lecturers:
            lecturer.lower_week(self._chance)
        seniors = [lecturer for lecturer in self.lecturers if lecturer.few]
        others = [lecturer for lecturer in self.lecturers if not lecturer.few]
        for lecturer in seniors:
            lecturer.settle(self._chance, round(len(lecturer.slots) / max(use, 0.8)))
        needed = sum(len(lecturer.slots) for lecturer in self.lecturers)
        needed_here = sum(len(lecturer.slots) for lecturer in others)
        possible = sum(lecturer.possible for lecturer in others)
        wanted = needed / use - sum(lecturer.possible for lecturer in seniors)
        kept = (wanted - needed_here) / max(1, possible - needed_here)
        for lecturer in others:
            surplus = lecturer.possible - len(lecturer.slots)
            lecturer.settle(self._chance, len(lecturer.slots) + round(min(1.0, max(0.0, kept)) * surplus))

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

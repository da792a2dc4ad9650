"""Programmes, and orders in which a class may take one: half-day modules on consecutive class days."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Entry", "Layout", "Syllabus", "draw_syllabus"]

SPREAD = 5.0
"""Standard deviation, in sessions, of how far a hidden plan puts modules from their nominal places."""

_TRIES, _EASY = 600, 0.1
"""Of so many orders drawn of a programme, this share must come out."""

Layout = Mapping[str, int]
"""The session of the course, from 0 and two a day, in which each module starts."""


@dataclass
class Entry:
    """A module before anybody is named to teach it.

    Attributes
    ----------
    id
        Its id.
    sessions
        How many half days it takes.
    taught
        Whether it needs a lecturer.
    keys
        Further keys of the scenario: windows, start sessions, off site.
    after
        Ids of the modules that must be over first.
    """

    id: str
    sessions: int = 1
    taught: bool = False
    keys: dict[str, Any] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)

    def allows(self, start: int) -> bool:
        """Say whether windows and start sessions let it start in a session of the course."""
        first, last = start // 2 + 1, (start + self.sessions - 1) // 2 + 1
        named = ("morning", "afternoon")[start % 2]
        return (
            self.keys.get("earliest_day", 1) <= first
            and last <= self.keys.get("latest_day", last)
            and named in self.keys.get("start_sessions", (named,))
        )

    def table(self, lecturers: Sequence[str] | None) -> dict[str, Any]:
        """Say it as the scenario does."""
        table: dict[str, Any] = {"id": self.id, "sessions": self.sessions, **self.keys}
        if lecturers:
            table["lecturers"] = list(lecturers)
        if self.after:
            table["after"] = list(self.after)
        return table


@dataclass(frozen=True)
class Syllabus:
    """A programme and orders in which a class may take it.

    Attributes
    ----------
    days
        Class days, two half days each.
    modules
        In their nominal order; opening, test and closing are the first and the last two.
    layouts
        Orders that hold windows, shapes and precedences and leave no half day free.
    """

    days: int
    modules: Sequence[Entry]
    layouts: Sequence[Layout]


def draw_syllabus(chance: random.Random, days: int, precedences: int) -> Syllabus:
    """Draw a programme that fills all half days of its class days, and orders of it.

    A field study of two days and a visit of one stand in the middle; most other modules take a half day,
    many a day, a few a day and a half or two days. A programme for which few orders come out is drawn again.

    Parameters
    ----------
    chance
        Decides.
    days
        Class days; 8 at least.
    precedences
        Pairs of modules of which one must be over before the other.

    Raises
    ------
    ValueError
        There are fewer than 8 class days.
    """
    if days < 8:
        raise ValueError(f"{days} class days are too few: 8 at least")
    while True:
        modules = _drawn(chance, days, precedences)
        drawn = (_placed(chance, modules) for _ in range(_TRIES))
        layouts = [layout for layout in drawn if layout is not None]
        if len(layouts) >= _EASY * _TRIES:
            return Syllabus(days, modules, layouts)


def _drawn(chance: random.Random, days: int, precedences: int) -> list[Entry]:
    """Draw a programme, perhaps one that nobody can order."""
    middle = _middle(chance, days)
    _restrict(chance, middle)
    opening = Entry("KG", keys={"latest_day": 1, "start_sessions": ["morning"]})
    test = Entry("KT", keys={"earliest_day": days - 1})
    closing = Entry("BG", keys={"earliest_day": days, "start_sessions": ["afternoon"]})
    _precede(chance, middle, precedences)
    return [opening, *middle, test, closing]


def _middle(chance: random.Random, days: int) -> list[Entry]:
    """Draw all modules but the first and the last two, in their order."""
    long = [4, 3, 3] if days >= 16 else [3]
    rest = 2 * days - 3 - 4 - 2 - 2 - sum(long)  # opening, test, closing; field study; visit; discussions
    doubles = max(0, min(rest // 3 + chance.randint(-1, 1), rest // 2 - 1))
    lengths = [*long, *[2] * doubles, *[1] * (rest - 2 * doubles)]
    chance.shuffle(lengths)
    modules = [
        Entry(f"M{index:02d}", sessions, taught=True) for index, sessions in enumerate(lengths, start=1)
    ]
    window = {"earliest_day": max(1, days // 2 - 4), "latest_day": days * 3 // 4 + 4, "off_site": True}
    modules.insert(len(modules) * 3 // 5, Entry("TT1", 4, keys=dict(window)))
    modules.insert(len(modules) * 2 // 3, Entry("TT2", 2, keys=dict(window)))
    modules.insert(len(modules) // 3, Entry("TL1"))
    modules.insert(len(modules) * 4 // 5, Entry("TL2", after=["TT1"]))
    return modules


def _restrict(chance: random.Random, modules: list[Entry]) -> None:
    """Give some of the early modules a last day, some of the late ones a first day, one a half day."""
    place, third = 1, len(modules) // 3
    for index, module in enumerate(modules):
        nominal = place // 2 + 1
        place += module.sessions
        if module.taught and index < third and chance.random() < 0.3:
            module.keys["latest_day"] = nominal + module.sessions + chance.randint(5, 8)
        elif module.taught and index > 2 * third and chance.random() < 0.2:
            module.keys["earliest_day"] = max(1, nominal - chance.randint(5, 8))
    single = chance.choice([module for module in modules if module.taught and module.sessions == 1])
    single.keys["start_sessions"] = ["morning"]


def _precede(chance: random.Random, modules: list[Entry], precedences: int) -> None:
    """Draw pairs of modules that stand near each other, the earlier to be over before the later."""
    taught = [module for module in modules if module.taught]
    for _ in range(precedences):
        before = chance.randrange(len(taught) - 1)
        after = min(len(taught) - 1, before + chance.randint(1, 8))
        if taught[before].id not in taught[after].after:
            taught[after].after.append(taught[before].id)


def _placed(chance: random.Random, syllabus: Sequence[Entry]) -> Layout | None:
    """Place modules first come, first served, by nominal places and some noise; None where one is left."""
    place, drawn = 0, []
    for module in syllabus[:-2]:
        earliest = 2 * module.keys.get("earliest_day", 1) - 2
        latest = 2 * module.keys.get("latest_day", 1_000) - 4
        drawn.append((min(max(place + chance.gauss(0, SPREAD), earliest), latest), module.id, module))
        place += module.sessions
    waiting = [module for _, _, module in sorted(drawn)]
    starts, ends = dict[str, int](), dict[str, int]()
    slot = 0
    while waiting:
        # What begins in an afternoon has half a day.
        longest = 1 if slot % 2 else 4
        chosen = next((module for module in waiting if _fits(module, slot, longest, ends)), None)
        if chosen is None:
            return None
        waiting.remove(chosen)
        starts[chosen.id] = slot
        slot += chosen.sessions
        ends[chosen.id] = slot
    test, closing = syllabus[-2:]
    return {**starts, test.id: slot, closing.id: slot + 1}


def _fits(module: Entry, slot: int, longest: int, ends: Mapping[str, int]) -> bool:
    if module.sessions > longest or not module.allows(slot):
        return False
    return all(ends.get(other, slot + 1) <= slot for other in module.after)

"""Asks whether a scenario can be planned with some of its facts only, and remembers what that proves.

A plan answers more than was asked: whatever other facts hold in it can be added. The checker tells which: it
names breaches as conditions are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache, cached_property

from classplanner.check import Checker
from classplanner.explaining.conditions import Condition, Conditions
from classplanner.explaining.plannable import plannable
from classplanner.rules import Statement
from classplanner.scenario import Cohort, Lock
from classplanner.solve import Control
from classplanner.timetable import Timetable

__all__ = ["Oracle"]

Kept = frozenset[Condition]


class Oracle:
    """Answers for one scenario.

    Parameters
    ----------
    conditions
        The facts that can be left out; of several variants with the same facts, one has to be plannable.
    control
        When to stop; questions are then answered by "not known".

    Attributes
    ----------
    asked
        How many questions took a solver.
    """

    def __init__(self, *conditions: Conditions, control: Control, seed: int = 1, workers: int = 1) -> None:
        self.conditions, self._variants = conditions[0], conditions
        self.control = control
        self.asked = 0
        self._seed, self._workers = seed, workers
        self._hold: list[Kept] = []
        self._clash: list[Kept] = []
        self._like: dict[object, bool] = {}
        self._checker = cache(self._checker_of)

    def plannable(self, kept: Collection[Condition]) -> bool | None:
        """Whether there is a plan in which some facts hold; None if that is not known."""
        asked = frozenset(kept)
        if any(asked <= held and _same_days(asked, held) for held in self._hold):
            return True
        if any(asked >= clash and _same_days(asked, clash) for clash in self._clash):
            return False
        like = self._likeness(asked)
        if like not in self._like:
            answer = self._ask(asked)
            if answer is None:
                return None
            self._like[like] = answer
        return self._like[like]

    def clash(self, kept: Collection[Condition]) -> bool:
        """Whether it is proven that some facts cannot all hold."""
        return self.plannable(kept) is False

    def _ask(self, kept: Kept) -> bool | None:
        known = True
        for variant in self._variants:
            self.asked += 1
            scenario = variant.keeping(kept)
            answer = plannable(scenario, self.control, seed=self._seed, workers=self._workers)
            if answer.timetable is not None:
                self._hold.append(kept | self._holding(kept, answer.timetable))
                return True
            known = known and answer.plannable is False
        if not known:
            return None
        self._clash.append(kept)
        return False

    def _holding(self, kept: Kept, timetable: Timetable) -> Kept:
        """Return the conditions that hold in a timetable; none where it breaches what is no condition."""
        verdict = self._checker(_calendar(kept)).judge(timetable, partial=False)
        broken: set[Condition] = set()
        for breach in verdict.breaches:
            conditions = self.conditions.breached_as.get(breach.instance)
            if conditions is None:
                return frozenset()
            broken.update(conditions)
        free = _calendar(self.conditions.all) - kept
        return frozenset(self.conditions.all) - broken - free

    def _checker_of(self, closures: Kept) -> Checker:
        everything_else = frozenset(self.conditions.all) - _calendar(self.conditions.all)
        return Checker(self.conditions.keeping(everything_else | closures))

    def _likeness(self, kept: Kept) -> object:
        """Return a key that is the same for questions that differ in the names of classes only."""
        own: dict[str, list[object]] = {name: [] for name in self._nameless}
        shared = []
        for one in kept:
            name = self.conditions.cohort_of(one)
            if name is None:
                shared.append(one)
            else:
                own[name].append((_nameless(one.instance), one.step))
        places = {one.place for one in kept}
        dropped = {one.place[1] for one in self.conditions.classes if one.place not in places}
        held = ((self._nameless[name], frozenset(said)) for name, said in own.items() if name not in dropped)
        return frozenset(shared), frozenset(Counter(held).items())

    @cached_property
    def _nameless(self) -> Mapping[str, tuple[Cohort, tuple[Lock, ...]]]:
        """What is background of each class: itself and its locks, without its name and its conditions."""
        said: dict[str, dict[str, None]] = {}
        settled: set[int] = set()
        for one in self.conditions.all:
            match one.place:
                case ("cohorts", name, key):
                    said.setdefault(str(name), {})[str(key)] = None
                case ("locks", index, _):
                    settled.add(int(index))
        locks: dict[str, list[Lock]] = {}
        for index, lock in enumerate(self.conditions.scenario.locks):
            if index not in settled:
                locks.setdefault(lock.cohort, []).append(lock.model_copy(update={"cohort": ""}))
        return {
            cohort.id: (
                cohort.model_copy(update={"id": "", **said.get(cohort.id, {})}),
                tuple(locks.get(cohort.id, ())),
            )
            for cohort in self.conditions.scenario.cohorts
        }


def _calendar(kept: Collection[Condition]) -> Kept:
    return frozenset(one for one in kept if one.is_calendar)


def _same_days(some: Kept, others: Kept) -> bool:
    """Whether the working days are the same: class days are consecutive, so a day more can hurt."""
    return not _calendar(some ^ others)


def _nameless(instance: Statement) -> Statement:
    return Statement(instance.key, tuple(fact for fact in instance.facts if fact[0] != "cohort"))

"""A problem with some of its classes only, and drafts in which the others are not held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import LEFT_OUT, NOBODY, Draft, Openings, Truths
from classplanner.scenario import Scenario

__all__ = ["Subset", "exchanged", "held", "lacking_sessions", "nothing_held", "spending", "without_classes"]


def nothing_held(problem: Problem) -> Draft:
    """Return the draft in which no class is held; a class that is not held opens on day `LEFT_OUT`."""
    lessons = int(problem.first_lesson[-1])
    nowhere = np.full(len(problem.cohorts), LEFT_OUT)
    return Draft(nowhere, nowhere, np.full(lessons, LEFT_OUT), np.full(lessons, NOBODY))


def held(draft: Draft) -> Truths:
    """Mark the classes that a draft holds, with or without gaps."""
    marked: Truths = draft.day != LEFT_OUT
    return marked


def without_classes(problem: Problem, draft: Draft, classes: Integers) -> Draft:
    """Return a draft in which some classes are not held."""
    gone = np.zeros(len(problem.cohorts), dtype=bool)
    gone[classes] = True
    lesson_gone = gone[problem.lesson_cohort]
    return Draft(
        np.where(gone, LEFT_OUT, draft.day),
        np.where(gone, LEFT_OUT, draft.room),
        np.where(lesson_gone, LEFT_OUT, draft.start),
        np.where(lesson_gone, NOBODY, draft.lecturer),
    )


def exchanged(problem: Problem, draft: Draft, first: int, second: int) -> Draft:
    """Return a draft in which two classes of one programme have changed places; one may not be held."""
    other, first_lesson = np.arange(len(problem.cohorts)), problem.first_lesson
    other[[first, second]] = second, first
    shift = (first_lesson[other] - first_lesson[:-1])[problem.lesson_cohort]
    lesson = np.arange(first_lesson[-1]) + shift
    return Draft(draft.day[other], draft.room[other], draft.start[lesson], draft.lecturer[lesson])


@dataclass(frozen=True)
class Subset:
    """Some classes of a problem.

    Attributes
    ----------
    whole
        The problem.
    classes
        Their positions in it, in its order; shape (kept,).
    """

    whole: Problem
    classes: Integers

    @cached_property
    def problem(self) -> Problem:
        """The problem of these classes alone; its plans are plans of the whole that leave out the rest."""
        cohorts = tuple(self.whole.cohorts[position] for position in self.classes)
        names = {data.cohort.id for data in cohorts}
        scenario = self.whole.scenario
        # Not a copy: that would keep what is cached of the whole.
        fields = {name: getattr(scenario, name) for name in Scenario.model_fields} | {
            "cohorts": tuple(data.cohort for data in cohorts),
            "audiences": (),
            "locks": tuple(lock for lock in scenario.locks if lock.cohort in names),
        }
        return replace(self.whole, cohorts=cohorts, scenario=Scenario.model_construct(**fields))

    @cached_property
    def _kept(self) -> Truths:
        kept = np.zeros(len(self.whole.cohorts), dtype=bool)
        kept[self.classes] = True
        return kept

    @cached_property
    def _lessons(self) -> Integers:
        return np.flatnonzero(self._kept[self.whole.lesson_cohort])

    def narrow(self, draft: Draft) -> Draft:
        """Return a draft of the whole as one of these classes."""
        return Draft(
            draft.day[self.classes],
            draft.room[self.classes],
            draft.start[self._lessons],
            draft.lecturer[self._lessons],
        )

    def widen(self, draft: Draft) -> Draft:
        """Return a draft of these classes as one of the whole."""
        wide = nothing_held(self.whole)
        day, room, start, lecturer = (
            values.copy() for values in (wide.day, wide.room, wide.start, wide.lecturer)
        )
        day[self.classes], room[self.classes] = draft.day, draft.room
        start[self._lessons], lecturer[self._lessons] = draft.start, draft.lecturer
        return Draft(day, room, start, lecturer)

    def openings(self, openings: Openings) -> tuple[Openings, Integers]:
        """Return the openings of these classes among those of the whole, and where they stand there."""
        mine = np.flatnonzero(self._kept[openings.cohort])
        cohort = np.searchsorted(self.classes, openings.cohort[mine])
        return Openings(cohort, openings.day[mine], openings.room[mine]), mine


def lacking_sessions(problem: Problem, draft: Draft) -> Integers:
    """Return how many sessions each class lacks that a draft holds; shape (classes,)."""
    lesson = np.flatnonzero((draft.start == LEFT_OUT) & held(draft)[problem.lesson_cohort])
    lacking = np.zeros(len(problem.cohorts), dtype=np.int64)
    sessions = problem.module_sessions[problem.lesson_module[lesson]]
    np.add.at(lacking, problem.lesson_cohort[lesson], sessions)
    return lacking


def spending(problem: Problem, draft: Draft) -> Integers:
    """Return what each class spends on fees and its hall, in VND; shape (classes,)."""
    room = np.where(held(draft), problem.room_cost[draft.room] * problem.cohort_days, 0)
    given = np.flatnonzero(draft.lecturer != NOBODY)
    fee = np.array([lecturer.fee for lecturer in problem.scenario.lecturers], dtype=np.int64)
    paid = fee[draft.lecturer[given]] * problem.module_sessions[problem.lesson_module[given]]
    np.add.at(room, problem.lesson_cohort[given], paid)
    return room

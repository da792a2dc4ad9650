"""What operators look at: the lessons of a draft, and when they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Draft, Truths
from classplanner.solve.neighbourhood import Neighbourhood

__all__ = ["Operator", "View"]

_LACKING_FIRST = 0.8


@dataclass(frozen=True)
class View:
    """A draft of a problem, lesson by lesson.

    Attributes
    ----------
    busy
        Classes that somebody else is at; operators leave them alone. Shape (classes,).
    """

    problem: Problem
    draft: Draft
    busy: Truths

    @cached_property
    def cohort(self) -> Integers:
        """The class of each lesson."""
        return self.problem.lesson_cohort

    @cached_property
    def sessions(self) -> Integers:
        """How many sessions each lesson has."""
        return self.problem.module_sessions[self.problem.lesson_module]

    @cached_property
    def taught(self) -> Truths:
        """Which lessons are taught."""
        return self.draft.start >= 0

    @cached_property
    def begin(self) -> Integers:
        """The calendar's slot in which each lesson begins; of no meaning where it is not taught."""
        return self.draft.day[self.cohort] * self.problem.sessions_per_day + self.draft.start

    @property
    def idle(self) -> Integers:
        """The classes that nobody else is at."""
        return np.flatnonzero(~self.busy)

    def any_class(self, rng: np.random.Generator) -> int | None:
        """Pick an idle class, mostly one that lacks lessons if there are any; None where all are busy."""
        if len(self.idle) == 0:
            return None
        lacking = np.intersect1d(self.idle, self.cohort[self.draft.left_out])
        some = lacking if len(lacking) and rng.random() < _LACKING_FIRST else self.idle
        return int(rng.choice(some))

    def near(self, cohort: int, *, everyone: bool = False) -> Integers:
        """Return the classes, by default only idle ones, that are held while a class is; not itself."""
        first, last = self.draft.day, self.draft.day + self.problem.cohort_days
        overlaps: Truths = np.logical_and(first < last[cohort], first[cohort] < last)
        if not everyone:
            overlaps &= ~self.busy
        return np.setdiff1d(np.flatnonzero(overlaps), [cohort])

    def lessons_of(self, cohort: int) -> Integers:
        """Return the lessons of a class."""
        return np.arange(self.problem.first_lesson[cohort], self.problem.first_lesson[cohort + 1])

    def no_slots(self) -> Truths:
        """Return slots of all classes, none marked; shape (classes, slots)."""
        days = int(self.problem.cohort_days.max(initial=0))
        return np.zeros((len(self.draft.day), days * self.problem.sessions_per_day), dtype=bool)

    def within(self, slots: Truths) -> Integers:
        """Return the lessons of idle classes within marked slots, and those that such classes lack."""
        marked = np.concatenate([np.zeros((len(slots), 1), dtype=np.int64), slots.cumsum(axis=1)], axis=1)
        start = np.maximum(self.draft.start, 0)
        count = marked[self.cohort, start + self.sessions] - marked[self.cohort, start]
        inside = np.where(self.taught, count == self.sessions, np.any(slots, axis=1)[self.cohort])
        return np.flatnonzero(inside & ~self.busy[self.cohort])


Operator = Callable[[View, np.random.Generator, int], Neighbourhood | None]
"""Picks a neighbourhood of about so many lessons; None where it finds none."""

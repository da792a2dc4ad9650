"""What is decided already: a draft of a plan, and the part that stays while the rest is decided anew."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode.columns import Lectures, Starts, Truths

__all__ = ["LEFT_OUT", "NOBODY", "Draft", "Part"]

LEFT_OUT = -1
"""In place of a slot: the lesson is not taught (yet)."""

NOBODY = -1
"""In place of a lecturer."""


@dataclass(frozen=True)
class Draft:
    """A plan in positions, possibly with gaps; a *lesson* is a module of a class (`Problem.lesson`).

    Attributes
    ----------
    day, room
        Of each class: the working day on which it opens, and its room; shape (classes,).
    start
        Of each lesson: the slot of its course in which it starts, or `LEFT_OUT`; shape (lessons,).
    lecturer
        Of each lesson: who gives it, or `NOBODY`; shape (lessons,).
    """

    day: Integers
    room: Integers
    start: Integers
    lecturer: Integers

    @property
    def left_out(self) -> Integers:
        """The lessons that are not taught."""
        return np.flatnonzero(self.start == LEFT_OUT)

    def with_lessons(self, other: Draft, lessons: Integers) -> Draft:
        """Take some lessons from another draft."""
        start, lecturer = self.start.copy(), self.lecturer.copy()
        start[lessons], lecturer[lessons] = other.start[lessons], other.lecturer[lessons]
        return replace(self, start=start, lecturer=lecturer)


@dataclass(frozen=True)
class Part:
    """A draft of which some lessons are free to be decided anew, and all others stay.

    Attributes
    ----------
    free
        Which lessons are free; shape (lessons,).
    slots
        Of each class: the slots of its course that free lessons may use; shape (classes, slots).
    """

    draft: Draft
    free: Truths
    slots: Truths

    def may_leave_out(self, lesson: Integers) -> Truths:
        """Mark the lessons that are free, or left out and stay so."""
        marked: Truths = self.free[lesson] | (self.draft.start[lesson] == LEFT_OUT)
        return marked

    def starts(self, problem: Problem, cohort: Integers, starts: Starts) -> Starts:
        """Leave out the starts that are not chosen, of lessons that stay, or not allowed, of free ones.

        Parameters
        ----------
        cohort
            The class of each start.
        """
        lesson = problem.lesson(cohort, starts.module)
        length = problem.module_sessions[starts.module]
        open_slots = np.cumsum(self.slots, axis=1)
        until = np.concatenate([np.zeros((len(self.slots), 1), dtype=np.int64), open_slots], axis=1)
        allowed = until[cohort, starts.slot + length] - until[cohort, starts.slot] == length
        kept = np.where(self.free[lesson], allowed, self.draft.start[lesson] == starts.slot)
        return Starts(starts.course[kept], starts.module[kept], starts.slot[kept])

    def lectures(self, problem: Problem, cohort: Integers, starts: Starts, lectures: Lectures) -> Lectures:
        """Leave out the lectures, of lessons that stay, that another lecturer would give.

        Parameters
        ----------
        cohort
            The class of each start.
        """
        lesson = problem.lesson(cohort, starts.module)[lectures.start]
        kept = self.free[lesson] | (self.draft.lecturer[lesson] == lectures.lecturer)
        return Lectures(lectures.start[kept], lectures.lecturer[kept])

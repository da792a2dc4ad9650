"""Judges a draft by the encoded rules: whether they hold, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Draft, Goal, Model, Openings, Part, columns_of, encode, holds, program_of

__all__ = ["Judged", "judge"]


@dataclass(frozen=True)
class Judged:
    """A draft as the encoded rules see it.

    Attributes
    ----------
    draft
        The draft.
    model, values
        The model that holds nothing else, and the values of its columns.
    holds, total
        Whether all rules hold, but for gaps; what the draft and its gaps cost, in equivalent VND.
    """

    draft: Draft
    model: Model
    values: Integers
    holds: bool
    total: int

    @property
    def complete(self) -> bool:
        """Whether the draft is a plan."""
        return self.holds and not self.values[self.model.gaps].any()


def judge(problem: Problem, draft: Draft, price: int = 0) -> Judged:
    """State all rules on a draft alone.

    Parameters
    ----------
    price
        On each session of lessons that are left out, in equivalent VND; 0: none may be.
    """
    nothing = np.zeros(len(draft.start), dtype=bool)
    slots = int(problem.cohort_days.max(initial=0)) * problem.sessions_per_day
    part = Part(draft, nothing, np.zeros((len(draft.day), slots), dtype=bool))
    model = encode(
        problem,
        Openings(np.arange(len(draft.day)), draft.day, draft.room),
        part=part,
        goal=Goal(lessons=price),
    )
    if len(model.openings.day) < len(draft.day):
        return Judged(draft, model, np.empty(0, dtype=np.int64), holds=False, total=0)
    program = program_of(model)
    values = columns_of(model, program, draft)
    return Judged(draft, model, values, holds(program, values), program.total(values))

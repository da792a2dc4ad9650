"""What is asked of a plan beside the rules: every class or some, for the least cost or the most people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["EVERY_CLASS", "Goal"]


@dataclass(frozen=True)
class Goal:
    """What a plan may leave out, and what is to be made as small as possible.

    "As many trainees as possible first, then cost" takes two goals, one after the other: the fewest trainees
    left out, whatever it costs; then the least cost with no more than those left out. One weighted sum of
    both would need weights so large that linear relaxations could no longer tell small costs apart.

    Attributes
    ----------
    leave_out
        Classes with so many trainees in all may be left out.
    least
        ``cost``, in equivalent VND, or the number of trainees ``left-out``.
    lessons
        Lessons may be left out at this price, in equivalent VND per session, and budgets overspent; 0: all
        must be taught. Drafts with gaps are what the search for a first plan passes through.
    """

    leave_out: int = 0
    least: Literal["cost", "left-out"] = "cost"
    lessons: int = 0


EVERY_CLASS = Goal()
"""The cheapest plan of all classes."""

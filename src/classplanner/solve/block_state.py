"""How far each block of a year has come."""

from __future__ import annotations

from dataclasses import dataclass

from classplanner.encode import Draft, Truths
from classplanner.solve.block_tasks import PlannedBlock
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["BlockState"]


@dataclass
class BlockState:
    """How far a block has come.

    Attributes
    ----------
    bound
        On what it costs at the shared prices.
    start
        Its part of the plan to begin with; None where there is none.
    best
        The best of what was found.
    visits, in_vain
        How often it was planned, and how often in turn that did not help.
    barred
        Weeks that were taken from it while it was being planned; shape (its shared lecturers, weeks).
    """

    bound: int
    start: Draft | None = None
    best: PlannedBlock | None = None
    visits: int = 0
    in_vain: int = 0
    busy: bool = False
    barred: Truths | None = None

    @property
    def whole(self) -> bool:
        """Whether it has a plan."""
        return self.best is not None and self.best.lacking == 0

    @property
    def cost(self) -> int:
        """What its best draft costs, overloads of shared lecturers not counted; 0 before the first."""
        return 0 if self.best is None else self.best.cost

    @property
    def plan(self) -> tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]]:
        """Its best draft as a timetable; empty before the first."""
        return ((), ()) if self.best is None else self.best.plan

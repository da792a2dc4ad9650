"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass

from classplanner.solve.incumbent import Incumbent
from classplanner.timetable import Meeting, PlannedCohort, Status

__all__ = ["Result", "result_of"]


@dataclass(frozen=True)
class Result:
    """What the search found.

    Attributes
    ----------
    status
        ``optimal`` and ``infeasible`` are proven.
    cohorts, meetings
        The best plan; empty without one.
    bound
        Proven: no plan costs less, in equivalent VND; or leaves out fewer trainees, where those count.
    most
        Of a plan that may leave out classes: proven that none trains more people, and `bound` is of plans
        that train as many as this one. None otherwise.
    """

    status: Status
    cohorts: tuple[PlannedCohort, ...]
    meetings: tuple[Meeting, ...]
    bound: int
    most: int | None = None


def result_of(incumbent: Incumbent, *, feasible: bool | None) -> Result:
    """Return what a run came to.

    Parameters
    ----------
    feasible
        False where it was proven that there is no plan.
    """
    if incumbent.plan is None:
        return Result("infeasible" if feasible is False else "unknown", (), (), incumbent.bound)
    assert incumbent.total is not None
    status: Status = "optimal" if incumbent.proven else "feasible"
    return Result(status, *incumbent.plan, min(incumbent.bound, incumbent.total))

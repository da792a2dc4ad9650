"""What a partial plan leaves out, and whom it trains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classplanner.scenario import Scenario
from classplanner.timetable import LeftOut, PartialRecord

if TYPE_CHECKING:
    from classplanner.compile import Problem
    from classplanner.solve import Result

__all__ = ["partial_record", "partial_record_with_reasons", "trainees_of"]


def partial_record_with_reasons(problem: Problem, result: Result) -> PartialRecord | None:
    """Say what a plan leaves out and why; None where every class had to be planned."""
    if result.most is None:
        return None
    from classplanner.solve import why_left_out  # noqa: PLC0415

    trainees = trainees_of(problem.scenario, result)
    return PartialRecord(trainees=trainees, most=result.most, left_out=why_left_out(problem, result))


def partial_record(scenario: Scenario, result: Result) -> PartialRecord | None:
    """Name what a plan leaves out; to look for reasons would take too long on the way."""
    if result.most is None:
        return None
    planned = {entry.id for entry in result.cohorts}
    left_out = (LeftOut(cohort=one.id) for one in scenario.all_cohorts if one.id not in planned)
    return PartialRecord(trainees=trainees_of(scenario, result), most=result.most, left_out=tuple(left_out))


def trainees_of(scenario: Scenario, result: Result) -> int:
    """Count the people that a plan trains."""
    sizes = {cohort.id: cohort.size for cohort in scenario.all_cohorts}
    return sum(sizes[entry.id] for entry in result.cohorts)

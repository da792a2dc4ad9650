"""Reads what commands begin with: a plan in which every rule holds."""

from __future__ import annotations

from pathlib import Path

from classplanner.api import check
from classplanner.errors import Fault, InputError
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable, load_timetable

__all__ = ["read_plan"]


def read_plan(
    file: str | Path,
    scenario: Scenario,
    *,
    partial: str | None = "replan-partial",
    breach: str = "resume-breach",
) -> Timetable:
    """Read a plan in which every rule holds.

    Parameters
    ----------
    partial
        The fault of a plan that leaves out classes; None where it may.
    breach
        The fault of a timetable in which a rule does not hold.

    Raises
    ------
    InputError
        It cannot be read, or has one of these faults.
    """
    timetable = load_timetable(file, scenario)
    if partial is not None and timetable.partial is not None:
        raise InputError([Fault(str(file), "", partial)])
    if not check(scenario, timetable).ok:
        raise InputError([Fault(str(file), "", breach)])
    return timetable

"""What counts how much: against a plan, and against changes of facts where there is none."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from classplanner.scenario.base import Model
from classplanner.scenario.values import Weight

__all__ = ["Objective", "Repair"]


class Objective(Model):
    """What counts against a plan, in equivalent VND."""

    fees: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 1
    """Per VND of lecturers' fees."""
    rooms: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 1
    """Per VND of the rooms' daily costs."""
    order: Weight = 50_000
    """Per working day that a module is taught away from its place in the programme's order."""
    delay: Weight = 20_000
    """Per working day that a class opens later than the earliest allowed."""
    preference: Weight = 0
    """Per rank of the chosen lecturer in the module's list, 0 for the first."""
    overload: Weight = 0
    """Per session above a lecturer's target_sessions."""


class Repair(Model):
    """What it takes to change facts where there is no plan, in equivalent VND."""

    leave_day: Weight = 500_000
    """Per working day of a lecturer's leave on which he or she teaches after all."""
    hall_day: Weight = 1_000_000
    """Per working day on which a venue or room is open after all."""
    work_day: Weight = 2_000_000
    """Per day closed in the calendar on which classes meet after all."""
    qualify: Weight = 3_000_000
    """Per lecturer and module that he or she may teach in future."""
    session: Weight = 300_000
    """Per session by which a lecturer's maximum is raised: a day, a week or in all."""
    window_day: Weight = 500_000
    """Per working day that a class may open or finish outside its dates."""
    module_day: Weight = 200_000
    """Per class day that a module may be taught before its first or after its last one."""
    start_session: Weight = 200_000
    """Per module that may start in any session of the day."""
    precedence: Weight = 1_000_000
    """Per module that need not be over before another."""
    lock: Weight = 1_000_000
    """Per lock that is lifted."""
    trainee: Weight = 1_000_000
    """Per trainee who is not trained: in a smaller class, or in one that is not held."""
    budget: Weight = 5_000_000
    """Per cent by which a yearly budget is raised."""
    keep: tuple[
        Literal[
            "leave_day",
            "hall_day",
            "work_day",
            "qualify",
            "session",
            "window_day",
            "module_day",
            "start_session",
            "precedence",
            "lock",
            "trainee",
            "budget",
        ],
        ...,
    ] = ()
    """What is not to be changed at any price."""

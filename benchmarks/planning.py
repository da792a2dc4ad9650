"""Whether there is a plan, asked of the planner itself: explanations ask in a way of their own."""

from __future__ import annotations

from classplanner import plan
from classplanner.scenario import Objective, Scenario

__all__ = ["can_be_planned"]

_NOTHING = Objective(fees=0, rooms=0, order=0, delay=0, preference=0, overload=0)


def can_be_planned(asked: Scenario) -> bool:
    """Plan a scenario in which nothing costs anything, so that the first plan is the answer."""
    found = plan(asked.model_copy(update={"objective": _NOTHING}), time_limit=60)
    assert found.status != "unknown"
    return found.timetable is not None

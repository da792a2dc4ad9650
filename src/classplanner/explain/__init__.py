"""Says why there is no plan, what the cheapest way out is, and why a plan is as it is."""

from classplanner.explain.conditions import Condition, Conditions
from classplanner.explain.conflicts import Conflict
from classplanner.explain.explanation import Explanation, Plannability, explain_scenario
from classplanner.explain.shortages import Shortage

__all__ = [
    "Condition",
    "Conditions",
    "Conflict",
    "Explanation",
    "Plannability",
    "Shortage",
    "explain_scenario",
]

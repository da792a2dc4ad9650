"""Says why there is no plan, what the cheapest way out is, and why a plan is as it is."""

from classplanner.explain.changes import document_of
from classplanner.explain.conditions import Condition, Conditions
from classplanner.explain.conflicts import Conflict
from classplanner.explain.explanation import Explanation, Plannability, explain_scenario
from classplanner.explain.oracle import Oracle
from classplanner.explain.repairs import Repair, Repairs, find_repairs
from classplanner.explain.shortages import Shortage
from classplanner.explain.telling import (
    document_explanation,
    document_repairs,
    tell_explanation,
    tell_repair,
    tell_repairs,
)

__all__ = [
    "Condition",
    "Conditions",
    "Conflict",
    "Explanation",
    "Oracle",
    "Plannability",
    "Repair",
    "Repairs",
    "Shortage",
    "document_explanation",
    "document_of",
    "document_repairs",
    "explain_scenario",
    "find_repairs",
    "tell_explanation",
    "tell_repair",
    "tell_repairs",
]

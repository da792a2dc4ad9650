"""Says why there is no plan, what the cheapest way out is, and why a plan is as it is."""

from classplanner.explaining.asking import Why, explain, suggest, why, why_not
from classplanner.explaining.changes import document_of
from classplanner.explaining.conditions import Condition, Conditions
from classplanner.explaining.conflicts import Conflict
from classplanner.explaining.explanation import Explanation, Plannability
from classplanner.explaining.oracle import Oracle
from classplanner.explaining.repairs import Repair, Repairs, find_repairs
from classplanner.explaining.shortages import Shortage
from classplanner.explaining.suggestions import Suggestion
from classplanner.explaining.telling import (
    document_explanation,
    document_repairs,
    tell_explanation,
    tell_repair,
    tell_repairs,
)
from classplanner.explaining.telling_plans import (
    document_answer,
    document_suggestions,
    document_why,
    tell_answer,
    tell_suggestions,
    tell_why,
)
from classplanner.explaining.wishes import Answer

__all__ = [
    "Answer",
    "Condition",
    "Conditions",
    "Conflict",
    "Explanation",
    "Oracle",
    "Plannability",
    "Repair",
    "Repairs",
    "Shortage",
    "Suggestion",
    "Why",
    "document_answer",
    "document_explanation",
    "document_of",
    "document_repairs",
    "document_suggestions",
    "document_why",
    "explain",
    "find_repairs",
    "suggest",
    "tell_answer",
    "tell_explanation",
    "tell_repair",
    "tell_repairs",
    "tell_suggestions",
    "tell_why",
    "why",
    "why_not",
]

"""Says why there is no plan, what the cheapest way out is, and why a plan is as it is."""

from classplanner.explaining.asking import Why, explain, suggest, why, why_not
from classplanner.explaining.changes import document_of
from classplanner.explaining.conditions import Condition, Conditions
from classplanner.explaining.conflicts import Conflict
from classplanner.explaining.explanation import Explanation, Plannability
from classplanner.explaining.oracle import Oracle
from classplanner.explaining.records import RESULTS, PlannedRecord, RepairsRecord
from classplanner.explaining.repairs import Repair, Repairs, find_repairs
from classplanner.explaining.shortages import Shortage
from classplanner.explaining.suggestions import Suggestion
from classplanner.explaining.telling import (
    record_explanation,
    record_repair,
    tell_explanation,
    tell_repair,
)
from classplanner.explaining.telling_plans import (
    record_answer,
    record_suggestions,
    record_why,
    tell_answer,
    tell_suggestions,
    tell_why,
)
from classplanner.explaining.wishes import Answer

__all__ = [
    "RESULTS",
    "Answer",
    "Condition",
    "Conditions",
    "Conflict",
    "Explanation",
    "Oracle",
    "Plannability",
    "PlannedRecord",
    "Repair",
    "Repairs",
    "RepairsRecord",
    "Shortage",
    "Suggestion",
    "Why",
    "document_of",
    "explain",
    "find_repairs",
    "record_answer",
    "record_explanation",
    "record_repair",
    "record_suggestions",
    "record_why",
    "suggest",
    "tell_answer",
    "tell_explanation",
    "tell_repair",
    "tell_suggestions",
    "tell_why",
    "why",
    "why_not",
]

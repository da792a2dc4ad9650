"""What-if: variants of a scenario planned from the plan of the base, and what each of them changes."""

from classplanner.whatif.outcome import Outcome
from classplanner.whatif.running import results
from classplanner.whatif.variants import (
    MOST_COMBINED,
    Job,
    Shares,
    combinations,
    find_footing,
    plan_one,
    shares,
    what_if,
)
from classplanner.whatif.view import document, render_outcomes, views

__all__ = [
    "MOST_COMBINED",
    "Job",
    "Outcome",
    "Shares",
    "combinations",
    "document",
    "find_footing",
    "plan_one",
    "render_outcomes",
    "results",
    "shares",
    "views",
    "what_if",
]

"""What-if: variants of a scenario planned from the plan of the base, and what each of them changes."""

from classplanner.whatif.attribution import Shares, shares
from classplanner.whatif.outcome import Outcome
from classplanner.whatif.page import render_outcomes
from classplanner.whatif.running import results
from classplanner.whatif.variants import (
    MOST_COMBINED,
    Job,
    combinations,
    find_footing,
    good_enough,
    plan_one,
    what_if,
)
from classplanner.whatif.view import document, views

__all__ = [
    "MOST_COMBINED",
    "Job",
    "Outcome",
    "Shares",
    "combinations",
    "document",
    "find_footing",
    "good_enough",
    "plan_one",
    "render_outcomes",
    "results",
    "shares",
    "views",
    "what_if",
]

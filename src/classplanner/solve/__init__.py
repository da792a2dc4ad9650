"""Finds the best plan of a problem and proves how good it is."""

from classplanner.solve.control import Control, Progress, Stage
from classplanner.solve.partial import Engine, search_partial
from classplanner.solve.reasons import why_left_out
from classplanner.solve.search import WHOLE, Result, search

__all__ = [
    "WHOLE",
    "Control",
    "Engine",
    "Progress",
    "Result",
    "Stage",
    "search",
    "search_partial",
    "why_left_out",
]

"""Finds the best plan of a problem and proves how good it is."""

from classplanner.solve.control import Control, Progress, Stage
from classplanner.solve.search import WHOLE, Result, search

__all__ = ["WHOLE", "Control", "Progress", "Result", "Stage", "search"]

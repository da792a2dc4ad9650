"""Finds the best plan of a problem and proves how good it is."""

from classplanner.solve.blocks import Block, find_blocks
from classplanner.solve.blockwise import search_blocks
from classplanner.solve.control import Control, Progress, Stage
from classplanner.solve.engine import (
    EXACT_CLASSES,
    cores,
    default_workers,
    find,
    find_partial,
    uses_footing,
)
from classplanner.solve.footing import Footing, footing_of
from classplanner.solve.partial import Engine, search_partial
from classplanner.solve.partial_year import search_partial_year
from classplanner.solve.reasons import why_left_out
from classplanner.solve.result import Result
from classplanner.solve.search import WHOLE, search
from classplanner.solve.year import search_year

__all__ = [
    "EXACT_CLASSES",
    "WHOLE",
    "Block",
    "Control",
    "Engine",
    "Footing",
    "Progress",
    "Result",
    "Stage",
    "cores",
    "default_workers",
    "find",
    "find_blocks",
    "find_partial",
    "footing_of",
    "search",
    "search_blocks",
    "search_partial",
    "search_partial_year",
    "search_year",
    "uses_footing",
    "why_left_out",
]

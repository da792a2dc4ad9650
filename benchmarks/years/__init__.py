"""Seeded years: scenarios of up to thousands of classes, each drawn around a hidden plan.

The plan is made first: halls, openings, the order of modules, lecturers, every rule held. What it does not
need is then taken away until lecturers and halls have only so much to spare: leave, closures, maxima. So
every year that is drawn has a plan, however tight it is, and `planted` tells it.
"""

from benchmarks.years.impossible import SHORTAGES, Shortage, impossible
from benchmarks.years.plant import TIGHTNESS, Sizes, planted, year
from benchmarks.years.usage import possible_sessions, usage

__all__ = [
    "SHORTAGES",
    "TIGHTNESS",
    "Shortage",
    "Sizes",
    "impossible",
    "planted",
    "possible_sessions",
    "usage",
    "year",
]

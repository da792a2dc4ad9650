"""The independent checker: re-reads the scenario and judges a timetable from scratch.

It shares no code with the solver, so that a fault in either shows.
"""

from classplanner.check.checker import Checker, check
from classplanner.check.objective import Cost
from classplanner.check.registry import CHECKS
from classplanner.check.verdict import Breach, Verdict

__all__ = ["CHECKS", "Breach", "Checker", "Cost", "Verdict", "check"]

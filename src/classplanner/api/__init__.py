"""Loads, plans and checks: what a program needs of classplanner.

>>> from classplanner import load, plan, check
>>> scenario = load("scenarios/two-classes.toml")
>>> result = plan(scenario)
>>> result.status, check(scenario, result.timetable).ok
('optimal', True)
"""

from classplanner.api.answer import Plan
from classplanner.api.planning import plan
from classplanner.check import check
from classplanner.scenario import load

__all__ = ["Plan", "check", "load", "plan"]

"""Plans training classes: modules, lecturers, halls and half days, with a proof of how good the plan is.

Three functions do the work: `load` reads a scenario, `plan` finds the cheapest timetable and proves how good
it is, `check` judges any timetable from scratch. `explain` and `repair` say why there is no plan and what the
cheapest way out is; `why`, `why_not` and `suggest` say why a plan is so, and what anything else would cost.
"""

from typing import TYPE_CHECKING

from classplanner._version import __version__
from classplanner.api import Plan, check, load, plan
from classplanner.check import Breach, Verdict
from classplanner.errors import ClassplannerError, ContradictionError, Fault, InputError, OutputError
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable, load_timetable

if TYPE_CHECKING:
    from classplanner.explaining import Answer, Explanation, Suggestion, Why, explain, suggest, why, why_not
    from classplanner.repairing import WaysOut, repair
    from classplanner.solve import Progress

__all__ = [
    "Answer",
    "Breach",
    "ClassplannerError",
    "ContradictionError",
    "Explanation",
    "Fault",
    "InputError",
    "OutputError",
    "Plan",
    "Progress",
    "Scenario",
    "Suggestion",
    "Timetable",
    "Verdict",
    "WaysOut",
    "Why",
    "__version__",
    "check",
    "explain",
    "load",
    "load_timetable",
    "plan",
    "repair",
    "suggest",
    "why",
    "why_not",
]


if not TYPE_CHECKING:
    from importlib import import_module

    _LATE = {
        "classplanner.explaining": (
            *("Answer", "Explanation", "Suggestion", "Why"),
            *("explain", "suggest", "why", "why_not"),
        ),
        "classplanner.repairing": ("WaysOut", "repair"),
        "classplanner.solve": ("Progress",),
    }

    def __getattr__(name: str) -> object:
        """Import what comes with the solver once it is asked for: it takes longer than all else together."""
        for module, names in _LATE.items():
            if name in names:
                return getattr(import_module(module), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

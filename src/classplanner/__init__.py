"""Plans training classes: modules, lecturers, halls and half days, with a proof of how good the plan is.

Three functions do the work: `load` reads a scenario, `plan` finds the cheapest timetable and proves how good
it is, `check` judges any timetable from scratch.
"""

from typing import TYPE_CHECKING

from classplanner._version import __version__
from classplanner.api import Plan, check, explain, load, plan
from classplanner.check import Breach, Verdict
from classplanner.errors import ClassplannerError, ContradictionError, Fault, InputError, OutputError
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable, load_timetable

if TYPE_CHECKING:
    from classplanner.solve import Progress

__all__ = [
    "Breach",
    "ClassplannerError",
    "ContradictionError",
    "Fault",
    "InputError",
    "OutputError",
    "Plan",
    "Progress",
    "Scenario",
    "Timetable",
    "Verdict",
    "__version__",
    "check",
    "explain",
    "load",
    "load_timetable",
    "plan",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what comes with the solver once it is asked for: it takes longer than all else together."""
        if name == "Progress":
            from classplanner.solve import Progress  # noqa: PLC0415

            return Progress
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

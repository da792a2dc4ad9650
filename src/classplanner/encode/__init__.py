"""States the rules to the solver, one function a rule, as one linear model.

Each rule has two readings that share no code: the one here, and the one in `check` in the file of the same
name. `STAGES` tells when a rule is stated: while a table of columns is filled (it then bans columns), or once
all columns are known (it then adds rows).
"""

from classplanner.encode import budget, cohorts, lecturers, locks, modules, rooms
from classplanner.encode.columns import Courses, Lectures, Openings, Starts, Truths, possible_openings
from classplanner.encode.decode import decode
from classplanner.encode.encoding import allowed_openings, encode, encode_openings
from classplanner.encode.goal import EVERY_CLASS, Goal
from classplanner.encode.model import NO_LIMIT, Bans, Model, Rows
from classplanner.encode.program import Program, program_of
from classplanner.encode.registry import ENCODERS

__all__ = [
    "ENCODERS",
    "EVERY_CLASS",
    "NO_LIMIT",
    "Bans",
    "Courses",
    "Goal",
    "Lectures",
    "Model",
    "Openings",
    "Program",
    "Rows",
    "Starts",
    "Truths",
    "allowed_openings",
    "decode",
    "encode",
    "encode_openings",
    "possible_openings",
    "program_of",
]

# Importing the families registers their rules.
_FAMILIES = (budget, cohorts, lecturers, locks, modules, rooms)

"""States the rules to the solver, one function a rule, as one linear model.

Each rule has two readings that share no code: the one here, and the one in `check` in the file of the same
name. `Stage` tells when a rule is stated: while a table of columns is filled (it then bans columns), or once
all columns are known (it then adds rows).
"""

from classplanner.encode import budget, cohorts, lecturers, locks, modules, rooms
from classplanner.encode.columns import (
    Courses,
    Lectures,
    Openings,
    Starts,
    Truths,
    possible_openings,
    ragged,
)
from classplanner.encode.decode import decode, draft_from
from classplanner.encode.draft import columns_of, draft_of, holds
from classplanner.encode.encoding import allowed_openings, encode, encode_openings, encode_starts
from classplanner.encode.goal import EVERY_CLASS, Goal
from classplanner.encode.model import NO_LIMIT, Bans, Model, Rows
from classplanner.encode.part import LEFT_OUT, NOBODY, Draft, Part
from classplanner.encode.program import Program, program_of
from classplanner.encode.reduce import Reduced, reduce_program
from classplanner.encode.registry import ENCODERS

__all__ = [
    "ENCODERS",
    "EVERY_CLASS",
    "LEFT_OUT",
    "NOBODY",
    "NO_LIMIT",
    "Bans",
    "Courses",
    "Draft",
    "Goal",
    "Lectures",
    "Model",
    "Openings",
    "Part",
    "Program",
    "Reduced",
    "Rows",
    "Starts",
    "Truths",
    "allowed_openings",
    "columns_of",
    "decode",
    "draft_from",
    "draft_of",
    "encode",
    "encode_openings",
    "encode_starts",
    "holds",
    "possible_openings",
    "program_of",
    "ragged",
    "reduce_program",
]

# Importing the families registers their rules.
_FAMILIES = (budget, cohorts, lecturers, locks, modules, rooms)

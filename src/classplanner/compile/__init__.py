"""From dates and ids to positions and arrays, for the engine."""

from classplanner.compile.problem import (
    Absences,
    Closed,
    CohortData,
    Engagements,
    Integers,
    ModuleData,
    Problem,
    ProgrammeData,
    compile_scenario,
)

__all__ = [
    "Absences",
    "Closed",
    "CohortData",
    "Engagements",
    "Integers",
    "ModuleData",
    "Problem",
    "ProgrammeData",
    "compile_scenario",
]

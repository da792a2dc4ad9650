"""The folder of a plan: the timetable, and beside it the scenario that it answers."""

from __future__ import annotations

from pathlib import Path

from classplanner.errors import InputError
from classplanner.language import Language
from classplanner.scenario import Scenario, load
from classplanner.scenario.dumping import dump_scenario
from classplanner.timetable.files import dump_timetable, write_atomic
from classplanner.timetable.models import Timetable

__all__ = ["SCENARIO_FILE", "TIMETABLE_FILE", "write_plan"]

SCENARIO_FILE = "scenario.json"
TIMETABLE_FILE = "timetable.json"


def write_plan(directory: Path, scenario: Scenario, timetable: Timetable) -> tuple[Path, Path]:
    """Write a timetable and its scenario, each file whole or not at all.

    A scenario that is there already and says the same stays as it is: it may be the planner's own file.

    Returns
    -------
    tuple of Path
        The two files.

    Raises
    ------
    OutputError
        A file cannot be written.
    """
    planned, asked = directory / TIMETABLE_FILE, directory / SCENARIO_FILE
    write_atomic(planned, dump_timetable(timetable))
    if not _says(asked, scenario):
        write_atomic(asked, dump_scenario(scenario, asked.suffix, Language("en")))
    return planned, asked


def _says(path: Path, scenario: Scenario) -> bool:
    try:
        return path.exists() and load(path) == scenario
    except (InputError, OSError):
        return False

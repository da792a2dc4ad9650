"""The timetable: the answer in ids and dates, and its file."""

from classplanner.timetable.cells import CellIndex
from classplanner.timetable.files import (
    dump_timetable,
    load_timetable,
    parse_timetable,
    read_timetable,
    write_atomic,
)
from classplanner.timetable.folder import SCENARIO_FILE, TIMETABLE_FILE, write_plan
from classplanner.timetable.models import (
    LeftOut,
    Meeting,
    ObjectiveRecord,
    PartialRecord,
    PlannedCohort,
    Reason,
    RunRecord,
    ScenarioRecord,
    Slot,
    Status,
    Terms,
    Timetable,
    gap_of,
)

__all__ = [
    "SCENARIO_FILE",
    "TIMETABLE_FILE",
    "CellIndex",
    "LeftOut",
    "Meeting",
    "ObjectiveRecord",
    "PartialRecord",
    "PlannedCohort",
    "Reason",
    "RunRecord",
    "ScenarioRecord",
    "Slot",
    "Status",
    "Terms",
    "Timetable",
    "dump_timetable",
    "gap_of",
    "load_timetable",
    "parse_timetable",
    "read_timetable",
    "write_atomic",
    "write_plan",
]

"""The scenario: what is to be planned, read from a file, with every fault of the file reported at once."""

from classplanner.scenario.calendar import (
    WEEKDAYS,
    DayStatus,
    day_statuses,
    make_up_days,
    public_holidays,
)
from classplanner.scenario.files import load, parse
from classplanner.scenario.models import (
    Audience,
    Calendar,
    Closure,
    Cohort,
    Component,
    Lecturer,
    Lock,
    Module,
    Objective,
    OpenDay,
    Period,
    Programme,
    Repair,
    Room,
    Scenario,
    Venue,
)

__all__ = [
    "WEEKDAYS",
    "Audience",
    "Calendar",
    "Closure",
    "Cohort",
    "Component",
    "DayStatus",
    "Lecturer",
    "Lock",
    "Module",
    "Objective",
    "OpenDay",
    "Period",
    "Programme",
    "Repair",
    "Room",
    "Scenario",
    "Venue",
    "day_statuses",
    "load",
    "make_up_days",
    "parse",
    "public_holidays",
]

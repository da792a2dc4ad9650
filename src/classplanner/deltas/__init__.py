"""Deltas: what is different in a variant of a scenario, as typed changes, read from files and applied."""

from classplanner.deltas.applying import apply
from classplanner.deltas.base import Change
from classplanner.deltas.classes import AddClass, DropClass, Quota, Resize, Window
from classplanner.deltas.costs import Budget, Weights
from classplanner.deltas.days import ChangeCalendar, Holiday, WorkDay
from classplanner.deltas.files import Delta, load_delta, parse_delta, parse_words
from classplanner.deltas.kinds import KINDS, AnyChange
from classplanner.deltas.lecturers import (
    AddLecturer,
    Away,
    ChangeLoad,
    Disqualify,
    Fees,
    Free,
    Leave,
    Qualify,
)
from classplanner.deltas.programmes import ChangeModule, ChangeProgramme
from classplanner.deltas.settled import AddLock, LiftLock
from classplanner.deltas.venues import AddRoom, AddVenue, ChangeRoom, Close, Reopen

__all__ = [
    "KINDS",
    "AddClass",
    "AddLecturer",
    "AddLock",
    "AddRoom",
    "AddVenue",
    "AnyChange",
    "Away",
    "Budget",
    "Change",
    "ChangeCalendar",
    "ChangeLoad",
    "ChangeModule",
    "ChangeProgramme",
    "ChangeRoom",
    "Close",
    "Delta",
    "Disqualify",
    "DropClass",
    "Fees",
    "Free",
    "Holiday",
    "Leave",
    "LiftLock",
    "Qualify",
    "Quota",
    "Reopen",
    "Resize",
    "Weights",
    "Window",
    "WorkDay",
    "apply",
    "load_delta",
    "parse_delta",
    "parse_words",
]

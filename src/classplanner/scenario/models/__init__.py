"""The scenario: what is to be planned, as frozen models in the shape of its file.

The models speak of one object each; that references between objects hold is checked in `references`. The
texts below the fields are those of the JSON Schema, which planners' editors show.
"""

from classplanner.scenario.models.classes import Audience, Cohort, Lock
from classplanner.scenario.models.days import Calendar, Closure, OpenDay, Period
from classplanner.scenario.models.programmes import Component, Module, Programme
from classplanner.scenario.models.resources import Lecturer, Room, Venue
from classplanner.scenario.models.scenario import Scenario
from classplanner.scenario.models.weights import Objective, Repair

__all__ = [
    "Audience",
    "Calendar",
    "Closure",
    "Cohort",
    "Component",
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
]

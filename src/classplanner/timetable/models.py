"""The timetable: the answer in ids and dates, as frozen models in the shape of its file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from classplanner.scenario.base import Model
from classplanner.scenario.values import Day

__all__ = [
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
    "gap_of",
]


def _slot(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise PydanticCustomError("slot", "not a date and a session")
    return value


Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Reason = Literal[
    "short-calendar",
    "no-seats",
    "no-days",
    "no-lecturers",
    "impossible",
    "halls-taken",
    "lecturers-taken",
    "no-place",
    "crowded-out",
    "not-found",
]
"""Why a class is left out; the sentences stand in the language catalogues under ``left-out``."""

Slot = Annotated[tuple[Day, str], BeforeValidator(_slot)]
"""A session of a date."""

_Whole = Annotated[int, Field(strict=True)]
_Number = Annotated[float, Field(strict=True)]


class ScenarioRecord(Model):
    """Which scenario a timetable answers."""

    name: str = ""
    """Its name."""
    sha256: str
    """The hash of its content."""


class Terms(Model):
    """The cost of a plan by objective term, in equivalent VND."""

    fees: _Whole = 0
    """Lecturers' fees."""
    rooms: _Whole = 0
    """The rooms' daily costs."""
    order: _Whole = 0
    """Modules taught away from their nominal days."""
    delay: _Whole = 0
    """Classes that open later than the earliest allowed."""
    preference: _Whole = 0
    """Lecturers who are not the first in a module's list."""
    overload: _Whole = 0
    """Sessions above the lecturers' fair shares."""

    @property
    def total(self) -> int:
        """The sum of all terms."""
        return self.fees + self.rooms + self.order + self.delay + self.preference + self.overload


def gap_of(total: int, bound: int) -> float:
    """Return the share of a cost that can be saved at most, where no plan costs less than a bound."""
    return (total - bound) / total if total else 0.0


class ObjectiveRecord(Model):
    """What a plan costs and how much less any plan could cost."""

    total: _Whole
    """The sum of the terms, in equivalent VND."""
    bound: _Whole
    """Proven: no plan of the whole scenario (that trains as many people, if partial) costs less."""
    gap: _Number
    """(total - bound) / total; 0 for a total of 0."""
    terms: Terms
    """The cost by objective term."""


class LeftOut(Model):
    """A class that a partial plan leaves out."""

    cohort: str
    """Id of the class."""
    reason: Reason | None = None
    """Why, as far as that was found out."""
    modules: tuple[str, ...] = ()
    """Ids of the modules that the reason speaks of, if it speaks of any."""


class PartialRecord(Model):
    """That a plan may leave out classes, and which ones it leaves out."""

    trainees: _Whole | None = None
    """How many people it trains."""
    most: _Whole | None = None
    """Proven: no plan trains more."""
    left_out: tuple[LeftOut, ...] = ()
    """The classes that are not planned."""


class RunRecord(Model):
    """How a timetable was made."""

    version: str
    """Of classplanner."""
    seed: _Whole
    """Of the random choices."""
    time_limit: _Number | None
    """In seconds; null for none."""
    seconds: _Number
    """How long it took."""
    workers: _Whole
    """How many worked at once."""


class PlannedCohort(Model):
    """A class with its room and its dates."""

    id: str
    """Id of the class."""
    room: str
    """The room it has for the whole course, written venue/room."""
    opens: Day
    """First class day."""
    closes: Day
    """Last class day."""


class Meeting(Model):
    """One module taught to one class."""

    cohorts: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of the classes, for now one."""
    module: str
    """Id of the module."""
    lecturers: tuple[str, ...] = ()
    """Ids of the lecturers: one, or none where the module needs none."""
    room: str | None = None
    """The room, written venue/room; null off site."""
    sessions: Annotated[tuple[Slot, ...], Field(min_length=1)]
    """The dates and sessions."""


class Timetable(Model):
    """A plan in ids and dates; what a solver, a program or a planner's own hand wrote.

    Its classes and meetings are judged, and the classes it leaves out; the rest says where it comes from.
    """

    scenario: ScenarioRecord | None = None
    """The scenario it answers."""
    status: Status = "feasible"
    """What is known of how good it is."""
    objective: ObjectiveRecord | None = None
    """What it costs."""
    partial: PartialRecord | None = None
    """Which classes it leaves out; None where every class is planned."""
    run: RunRecord | None = None
    """How it was made."""
    cohorts: tuple[PlannedCohort, ...]
    """The classes."""
    meetings: tuple[Meeting, ...]
    """The meetings."""

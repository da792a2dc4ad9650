"""The timetable: the answer in ids and dates, as frozen models in the shape of its file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from classplanner.scenario.values import Day

__all__ = [
    "Meeting",
    "ObjectiveRecord",
    "PlannedCohort",
    "RunRecord",
    "ScenarioRecord",
    "Slot",
    "Status",
    "Terms",
    "Timetable",
]

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Slot = tuple[Day, str]
"""A session of a date."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ScenarioRecord(_Model):
    """Which scenario a timetable answers."""

    name: str = ""
    sha256: str


class Terms(_Model):
    """The cost of a plan by objective term, in equivalent VND."""

    fees: int = 0
    rooms: int = 0
    order: int = 0
    delay: int = 0
    preference: int = 0
    overload: int = 0

    @property
    def total(self) -> int:
        """The sum of all terms."""
        return self.fees + self.rooms + self.order + self.delay + self.preference + self.overload


class ObjectiveRecord(_Model):
    """What a plan costs and how much less any plan could cost.

    Attributes
    ----------
    total
        The sum of `terms`, in equivalent VND.
    bound
        Proven: no plan of the whole scenario costs less.
    gap
        (total - bound) / total; 0 for a total of 0.
    """

    total: int
    bound: int
    gap: float
    terms: Terms


class RunRecord(_Model):
    """How a timetable was made; times in seconds."""

    version: str
    seed: int
    time_limit: float | None
    seconds: float
    workers: int


class PlannedCohort(_Model):
    """A class with its home room (``venue/room``), its first and its last class day."""

    id: str
    room: str
    opens: Day
    closes: Day


class Meeting(_Model):
    """One module taught to one class by one lecturer (or none), in its room (None off site)."""

    cohorts: Annotated[tuple[str, ...], Field(min_length=1)]
    module: str
    lecturers: tuple[str, ...] = ()
    room: str | None = None
    sessions: Annotated[tuple[Slot, ...], Field(min_length=1)]


class Timetable(_Model):
    """A plan in ids and dates; what a solver, a program or a planner's own hand wrote.

    `scenario`, `objective` and `run` say where it comes from; only `cohorts` and `meetings` are judged.
    """

    scenario: ScenarioRecord | None = None
    status: Status = "feasible"
    objective: ObjectiveRecord | None = None
    run: RunRecord | None = None
    cohorts: tuple[PlannedCohort, ...]
    meetings: tuple[Meeting, ...]

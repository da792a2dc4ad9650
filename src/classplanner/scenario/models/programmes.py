"""What is taught."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from classplanner.scenario.base import Model, not_before
from classplanner.scenario.values import DayNumber, Identifier, Name

__all__ = ["Component", "Module", "Programme"]


class Component(Model):
    """A part of a programme, such as theory or skills."""

    id: Identifier
    """The id by which modules refer to the component."""
    name: Name = ""
    """Shown to the reader."""


class Module(Model):
    """A module of a programme."""

    id: Identifier
    """The id, unique in its programme."""
    name: Name = ""
    """Shown to the reader."""
    component: Identifier | None = None
    """The component of the programme that it is part of."""
    sessions: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 1
    """How many sessions it takes, one after another."""
    lecturers: tuple[Identifier, ...] = ()
    """Ids of the lecturers who may teach it, the preferred first; none when it needs none."""
    after: tuple[Identifier, ...] = ()
    """Ids of the modules that must be over in an earlier session."""
    earliest_day: DayNumber = 1
    """First class day on which it may be taught, counted from 1."""
    latest_day: DayNumber | None = None
    """Last class day on which it may be taught, counted from 1."""
    start_sessions: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    """Sessions of the day in which it may start; any when left out."""
    off_site: Annotated[bool, Field(strict=True)] = False
    """Field study: takes no room, while the room of the class stays booked."""

    _latest_day_in_order = field_validator("latest_day")(
        lambda last, info: not_before(last, info, "earliest_day")
    )


class Programme(Model):
    """What a class is taught, on so many class days."""

    id: Identifier
    """The id by which classes refer to the programme."""
    name: Name = ""
    """Shown to the reader."""
    days: DayNumber | None = None
    """How many class days it takes; as many as all its modules fill when left out."""
    components: tuple[Component, ...] = ()
    """Its parts."""
    modules: Annotated[tuple[Module, ...], Field(min_length=1)]
    """Its modules, in their order."""

    def class_days(self, sessions_per_day: int) -> int:
        """How many class days the programme takes: `days`, or as many as all its modules fill."""
        return self.days or -(-sum(module.sessions for module in self.modules) // sessions_per_day)

"""Who teaches, and where."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from classplanner.scenario.base import Model
from classplanner.scenario.models.days import Period
from classplanner.scenario.values import Count, Identifier, Money, Name

__all__ = ["Lecturer", "Room", "Venue"]


class Lecturer(Model):
    """A lecturer: the fee, when he or she is free, and how much he or she teaches at most."""

    id: Identifier
    """The id by which modules and locks refer to the lecturer."""
    name: Name = ""
    """Shown to the reader."""
    institution: Name = ""
    """Shown to the reader."""
    fee: Money = 0
    """VND per session."""
    unavailable: tuple[Period, ...] = ()
    """When the lecturer is away."""
    available: Annotated[tuple[Period, ...], Field(min_length=1)] | None = None
    """The lecturer teaches in these periods only; any time when left out."""
    max_sessions_per_day: Count | None = None
    """Most sessions a day."""
    max_sessions_per_week: Count | None = None
    """Most sessions a week, Monday to Sunday."""
    max_sessions: Count | None = None
    """Most sessions in the whole plan."""
    target_sessions: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] | None = None
    """A fair share of sessions in the whole plan; more are possible, but count as overload."""


class Room(Model):
    """A hall."""

    id: Identifier
    """The id; elsewhere the room is called venue/room."""
    name: Name = ""
    """Shown to the reader."""
    capacity: Count
    """How many trainees it seats."""
    daily_cost: Money = 0
    """VND per class day."""
    closed: tuple[Period, ...] = ()
    """When it is closed while the venue is open, such as for repairs."""


class Venue(Model):
    """A place with rooms."""

    id: Identifier
    """The id by which classes and locks refer to the venue."""
    name: Name = ""
    """Shown to the reader."""
    closed: tuple[Period, ...] = ()
    """When it is closed; a day that is closed in one session is closed for a class."""
    rooms: tuple[Room, ...] = ()
    """Its rooms."""

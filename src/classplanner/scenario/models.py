"""The scenario: what is to be planned, as frozen models in the shape of its file.

The models speak of one object each; that references between objects hold is checked in `references`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from classplanner.scenario.values import (
    Count,
    Day,
    Identifier,
    Money,
    Name,
    RoomReference,
    Weekday,
    Weight,
    Year,
)

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
    "Room",
    "Scenario",
    "Venue",
]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


def _in_order(first: Any, last: Any, first_key: str, last_key: str) -> None:
    if first is not None and last is not None and last < first:
        raise PydanticCustomError("order", "ends before it begins", {"first": first_key, "last": last_key})


class Closure(_Model):
    """Days on which no class meets, from `from_` to `to` inclusive (`to` defaults to `from_`)."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    reason: Name = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _in_order(self.from_, self.to, "from", "to")
        return self

    @property
    def last(self) -> dt.date:
        """The last day of the closure."""
        return self.to or self.from_


class OpenDay(_Model):
    """A day that is worked although its weekday, a holiday or a closure says otherwise."""

    date: Day
    reason: Name = ""


class Calendar(_Model):
    """Which days and sessions classes may use.

    Attributes
    ----------
    first_day, last_day
        The first and the last date of the plan.
    country
        Public holidays of this country (ISO 3166 code); ``""`` for none.
    weekdays
        Weekdays on which classes meet.
    sessions
        The sessions of a day, in order.
    closed, open
        More days off; more working days (these win).
    """

    first_day: Day
    last_day: Day
    country: Name = "VN"
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = ("mon", "tue", "wed", "thu", "fri")
    sessions: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=24)] = ("morning", "afternoon")
    closed: tuple[Closure, ...] = ()
    open: tuple[OpenDay, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _in_order(self.first_day, self.last_day, "first_day", "last_day")
        if self.last_day.year - self.first_day.year > 20:
            raise PydanticCustomError("span", "too long", {"years": "20"})
        return self


class Period(_Model):
    """A set of slots: those that match every key that is present.

    Attributes
    ----------
    from_, to
        First and last date; `to` defaults to `from_`.
    weekdays, sessions
        Only these weekdays, only these sessions.
    reason
        For the reader.
    """

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] | None = None
    sessions: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    reason: Name = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _in_order(self.from_, self.to, "from", "to")
        return self

    @property
    def last(self) -> dt.date | None:
        """The last date, or None where the period has no end."""
        return self.to if self.to is not None else self.from_


class Lecturer(_Model):
    """A lecturer: the fee in VND a session, when free, and how much at most (in sessions)."""

    id: Identifier
    name: Name = ""
    institution: Name = ""
    fee: Money = 0
    unavailable: tuple[Period, ...] = ()
    available: Annotated[tuple[Period, ...], Field(min_length=1)] | None = None
    max_sessions_per_day: Count | None = None
    max_sessions_per_week: Count | None = None
    max_sessions: Count | None = None
    target_sessions: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] | None = None


class Room(_Model):
    """A hall: how many it seats, and its price in VND a class day."""

    id: Identifier
    name: Name = ""
    capacity: Count
    daily_cost: Money = 0


class Venue(_Model):
    """A place with rooms, and when it is closed."""

    id: Identifier
    name: Name = ""
    closed: tuple[Period, ...] = ()
    rooms: tuple[Room, ...] = ()


class Component(_Model):
    """A part of a programme, such as theory or skills."""

    id: Identifier
    name: Name = ""


class Module(_Model):
    """A module of a programme.

    Attributes
    ----------
    sessions
        Its length in sessions.
    lecturers
        Ids of the qualified lecturers, the preferred first; empty when it needs none.
    after
        Ids of modules that must be over in an earlier session.
    earliest_day, latest_day
        Class days, counted from 1, between which all its sessions lie.
    start_sessions
        The sessions of the day in which it may start; None for any.
    off_site
        Field study: takes no room, while the home room stays booked.
    """

    id: Identifier
    name: Name = ""
    component: Identifier | None = None
    sessions: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 1
    lecturers: tuple[Identifier, ...] = ()
    after: tuple[Identifier, ...] = ()
    earliest_day: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 1
    latest_day: Annotated[int, Field(strict=True, ge=1, le=10_000)] | None = None
    start_sessions: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    off_site: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _in_order(self.earliest_day, self.latest_day, "earliest_day", "latest_day")
        return self


class Programme(_Model):
    """What a class is taught: modules in their order, over `days` class days."""

    id: Identifier
    name: Name = ""
    days: Annotated[int, Field(strict=True, ge=1, le=10_000)] | None = None
    components: tuple[Component, ...] = ()
    modules: Annotated[tuple[Module, ...], Field(min_length=1)]

    def class_days(self, sessions_per_day: int) -> int:
        """How many class days the programme takes: `days`, or as many as all its modules fill."""
        return self.days or -(-sum(module.sessions for module in self.modules) // sessions_per_day)


class Audience(_Model):
    """A yearly quota of trainees, to be taught in classes of at most `cohort_size`."""

    id: Identifier
    name: Name = ""
    programme: Identifier
    cohort_size: Count
    trainees: dict[Year, Annotated[int, Field(strict=True, ge=0, le=10_000_000)]]

    def cohorts(self) -> Iterator[Cohort]:
        """Split each year's trainees into ``ceil(trainees / cohort_size)`` classes.

        Sizes differ by one at most, the larger classes first; a class ``<audience>-<year>-<nn>`` opens from
        1 January and finishes by 31 December of its year.
        """
        for year, trainees in sorted(self.trainees.items()):
            number = -(-trainees // self.cohort_size)
            for index in range(number):
                yield Cohort(
                    id=f"{self.id}-{year}-{index + 1:02d}",
                    programme=self.programme,
                    size=trainees // number + (index < trainees % number),
                    opens_from=dt.date(year, 1, 1),
                    finishes_by=dt.date(year, 12, 31),
                )


class Cohort(_Model):
    """A class of `size` trainees who take one programme together."""

    id: Identifier
    programme: Identifier
    size: Count
    opens: Day | None = None
    opens_from: Day | None = None
    finishes_by: Day | None = None
    venue: Identifier | None = None
    room: RoomReference | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _in_order(self.opens_from, self.finishes_by, "opens_from", "finishes_by")
        _in_order(self.opens, self.finishes_by, "opens", "finishes_by")
        return self


class Lock(_Model):
    """What is settled for a class, or for one module of it; `date` and `session` are its first session's."""

    cohort: Identifier
    module: Identifier | None = None
    lecturer: Identifier | None = None
    date: Day | None = None
    session: Identifier | None = None
    opens: Day | None = None
    room: RoomReference | None = None
    venue: Identifier | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.module is None and (self.lecturer or self.date or self.session):
            raise PydanticCustomError("lock-module", "needs a module")
        if not any((self.lecturer, self.date, self.session, self.opens, self.room, self.venue)):
            raise PydanticCustomError("lock-empty", "locks nothing")
        return self


class Objective(_Model):
    """What counts against a plan, in equivalent VND per unit.

    Attributes
    ----------
    fees, rooms
        Per VND of lecturers' fees and of hall costs.
    order
        Per working day that a module is taught away from its nominal day.
    delay
        Per working day of opening later than the earliest allowed.
    preference
        Per rank of the chosen lecturer in the module's list (0 for the first).
    overload
        Per session above a lecturer's `target_sessions`.
    """

    fees: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 1
    rooms: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 1
    order: Weight = 50_000
    delay: Weight = 20_000
    preference: Weight = 0
    overload: Weight = 0


class Scenario(_Model):
    """All that is known of what is to be planned."""

    name: Name = ""
    calendar: Calendar
    lecturers: tuple[Lecturer, ...] = ()
    venues: tuple[Venue, ...] = ()
    programmes: tuple[Programme, ...] = ()
    audiences: tuple[Audience, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    locks: tuple[Lock, ...] = ()
    objective: Objective = Objective()
    budget: dict[Year, Annotated[int, Field(strict=True, ge=0, le=10**15)]] = {}

    @cached_property
    def all_cohorts(self) -> tuple[Cohort, ...]:
        """Every class to plan: those named one by one, then those that the quotas ask for."""
        return (*self.cohorts, *(cohort for audience in self.audiences for cohort in audience.cohorts()))

    @cached_property
    def sha256(self) -> str:
        """The hash of the content, the same for a TOML and a JSON file that say the same."""
        content: Mapping[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def programme_by_id(self) -> Mapping[str, Programme]:
        """The programmes by their ids."""
        return {programme.id: programme for programme in self.programmes}

"""The scenario: what is to be planned, as frozen models in the shape of its file.

The models speak of one object each; that references between objects hold is checked in `references`. The
texts below the fields are those of the JSON Schema, which planners' editors show.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from classplanner.scenario.base import Model, not_before
from classplanner.scenario.values import (
    Count,
    Day,
    DayNumber,
    Hours,
    Identifier,
    Money,
    Name,
    RoomReference,
    ShortIdentifier,
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
    "Repair",
    "Room",
    "Scenario",
    "Venue",
]

_LONGEST_CALENDAR = 20
_ONLY_YEARS = Field(json_schema_extra={"additionalProperties": False})


class Closure(Model):
    """Days on which no class meets."""

    from_: Day = Field(alias="from", title="From")
    """First day."""
    to: Day | None = None
    """Last day; the first day when left out."""
    reason: Name = ""
    """Shown to the reader."""

    _to_in_order = field_validator("to")(lambda last, info: not_before(last, info, "from_"))

    @property
    def last(self) -> dt.date:
        """The last day of the closure."""
        return self.to or self.from_


class OpenDay(Model):
    """A day that is worked although its weekday, a holiday or a closure says otherwise."""

    date: Day
    """The day."""
    reason: Name = ""
    """Shown to the reader."""


class Calendar(Model):
    """Which days and sessions classes may use."""

    first_day: Day
    """First day of the plan."""
    last_day: Day
    """Last day of the plan."""
    country: Name = "VN"
    """Classes do not meet on the public holidays of this country (ISO 3166 code); empty for none."""
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = ("mon", "tue", "wed", "thu", "fri")
    """Weekdays on which classes meet."""
    sessions: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=24)] = ("morning", "afternoon")
    """The sessions of a day, in their order."""
    hours: Mapping[Identifier, Hours] = {}
    """When sessions begin and end, for calendars to hand out; the solver does not look at it."""
    closed: tuple[Closure, ...] = ()
    """More days off."""
    open: tuple[OpenDay, ...] = ()
    """More working days, such as make-up days; they win over weekdays, holidays and days off."""

    @field_validator("last_day")
    @classmethod
    def _span(cls, last: dt.date, info: ValidationInfo) -> dt.date:
        not_before(last, info, "first_day")
        if "first_day" in info.data and last.year - info.data["first_day"].year > _LONGEST_CALENDAR:
            raise PydanticCustomError("span", "too long", {"years": _LONGEST_CALENDAR})
        return last


class Period(Model):
    """A set of sessions of days: those that match every key that is present."""

    from_: Day | None = Field(default=None, alias="from", title="From")
    """First day."""
    to: Day | None = None
    """Last day; the first day when left out."""
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] | None = None
    """Only these weekdays."""
    sessions: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    """Only these sessions of the day."""
    reason: Name = ""
    """Shown to the reader."""

    _to_in_order = field_validator("to")(lambda last, info: not_before(last, info, "from_"))

    @property
    def last(self) -> dt.date | None:
        """The last date, or None where the period has no end."""
        return self.to if self.to is not None else self.from_


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


class Audience(Model):
    """Trainees to be taught year by year, in as few classes as possible."""

    id: ShortIdentifier
    """The id; the classes are called id-year-01, id-year-02 and so on."""
    name: Name = ""
    """Shown to the reader."""
    programme: Identifier
    """Id of the programme they are taught."""
    cohort_size: Count
    """Most trainees in a class."""
    trainees: Annotated[Mapping[Year, Annotated[int, Field(strict=True, ge=0, le=10_000_000)]], _ONLY_YEARS]
    """How many trainees in each year; their classes open and finish in that year."""
    venues: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    """The classes are held at these venues only; at any when left out."""

    def cohorts_a_year(self) -> dict[int, int]:
        """Return how many classes each year takes, in the order of the years."""
        return {year: -(-trainees // self.cohort_size) for year, trainees in sorted(self.trainees.items())}

    def cohorts(self) -> Iterator[Cohort]:
        """Split each year's trainees into ``ceil(trainees / cohort_size)`` classes.

        Sizes differ by one at most, the larger classes first; a class ``<audience>-<year>-<nn>`` opens from
        1 January and finishes by 31 December of its year.
        """
        for year, number in self.cohorts_a_year().items():
            size, larger = divmod(self.trainees[year], number or 1)
            for index in range(number):
                yield Cohort(
                    id=f"{self.id}-{year}-{index + 1:02d}",
                    programme=self.programme,
                    size=size + (index < larger),
                    opens_from=dt.date(year, 1, 1),
                    finishes_by=dt.date(year, 12, 31),
                    venues=self.venues,
                )


class Cohort(Model):
    """A class: trainees who take one programme together."""

    id: Identifier
    """The id by which locks and timetables refer to the class."""
    programme: Identifier
    """Id of the programme it is taught."""
    size: Count
    """How many trainees it has."""
    opens: Day | None = None
    """It opens on this very day."""
    opens_from: Day | None = None
    """It opens on this day or later."""
    finishes_by: Day | None = None
    """It finishes on this day or earlier."""
    venue: Identifier | None = None
    """It is held at this venue."""
    venues: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    """It is held at one of these venues."""
    room: RoomReference | None = None
    """It is held in this room, written venue/room."""

    _finishes_in_order = field_validator("finishes_by")(
        lambda last, info: not_before(last, info, "opens", "opens_from")
    )


class Lock(Model):
    """What is settled for a class, or for one module of it."""

    cohort: Identifier
    """Id of the class."""
    module: Identifier | None = None
    """Id of the module; lecturer, date and session need one."""
    lecturer: Identifier | None = None
    """Id of the lecturer who teaches it."""
    date: Day | None = None
    """Day of its first session."""
    session: Identifier | None = None
    """Session of the day in which it starts."""
    opens: Day | None = None
    """Day on which the class opens."""
    room: RoomReference | None = None
    """Room of the class, written venue/room."""
    venue: Identifier | None = None
    """Venue of the class."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        of_module = [key for key in ("lecturer", "date", "session") if getattr(self, key) is not None]
        if of_module and self.module is None:
            raise PydanticCustomError("lock-module", "needs a module", {"keys": ", ".join(of_module)})
        if not of_module and self.opens is None and self.room is None and self.venue is None:
            raise PydanticCustomError("lock-empty", "locks nothing")
        return self


class Objective(Model):
    """What counts against a plan, in equivalent VND."""

    fees: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 1
    """Per VND of lecturers' fees."""
    rooms: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 1
    """Per VND of the rooms' daily costs."""
    order: Weight = 50_000
    """Per working day that a module is taught away from its place in the programme's order."""
    delay: Weight = 20_000
    """Per working day that a class opens later than the earliest allowed."""
    preference: Weight = 0
    """Per rank of the chosen lecturer in the module's list, 0 for the first."""
    overload: Weight = 0
    """Per session above a lecturer's target_sessions."""


class Repair(Model):
    """What it takes to change facts where there is no plan, in equivalent VND."""

    leave_day: Weight = 500_000
    """Per working day of a lecturer's leave on which he or she teaches after all."""
    hall_day: Weight = 1_000_000
    """Per working day on which a venue or room is open after all."""
    work_day: Weight = 2_000_000
    """Per day closed in the calendar on which classes meet after all."""
    qualify: Weight = 3_000_000
    """Per lecturer and module that he or she may teach in future."""
    session: Weight = 300_000
    """Per session by which a lecturer's maximum is raised: a day, a week or in all."""
    window_day: Weight = 500_000
    """Per working day that a class may open or finish outside its dates."""
    module_day: Weight = 200_000
    """Per class day that a module may be taught before its first or after its last one."""
    start_session: Weight = 200_000
    """Per module that may start in any session of the day."""
    precedence: Weight = 1_000_000
    """Per module that need not be over before another."""
    lock: Weight = 1_000_000
    """Per lock that is lifted."""
    trainee: Weight = 1_000_000
    """Per trainee who is not trained: in a smaller class, or in one that is not held."""
    budget: Weight = 5_000_000
    """Per cent by which a yearly budget is raised."""
    keep: tuple[
        Literal[
            "leave_day",
            "hall_day",
            "work_day",
            "qualify",
            "session",
            "window_day",
            "module_day",
            "start_session",
            "precedence",
            "lock",
            "trainee",
            "budget",
        ],
        ...,
    ] = ()
    """What is not to be changed at any price."""


class Scenario(Model):
    """All that is known of what is to be planned."""

    name: Name = ""
    """Shown to the reader."""
    calendar: Calendar
    """The days of the plan."""
    lecturers: tuple[Lecturer, ...] = ()
    """Who teaches."""
    venues: tuple[Venue, ...] = ()
    """Where classes are held."""
    programmes: tuple[Programme, ...] = ()
    """What is taught."""
    audiences: tuple[Audience, ...] = ()
    """Who is to be taught, as yearly numbers of trainees."""
    cohorts: tuple[Cohort, ...] = ()
    """Who is to be taught, as classes named one by one."""
    locks: tuple[Lock, ...] = ()
    """What is settled already."""
    objective: Objective = Objective()
    """What counts against a plan."""
    repair: Repair = Repair()
    """What it takes to change facts where there is no plan."""
    budget: Annotated[Mapping[Year, Annotated[int, Field(strict=True, ge=0, le=10**15)]], _ONLY_YEARS] = {}
    """By year, the most VND that fees and rooms may cost."""

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

"""Which days there are: the calendar, and sets of sessions of days within it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from classplanner.scenario.base import Model, not_before
from classplanner.scenario.values import Day, Hours, Identifier, Name, Weekday

__all__ = ["Calendar", "Closure", "OpenDay", "Period"]

_LONGEST_CALENDAR = 20


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

"""Changes of the calendar: days off, days worked, the span of the plan."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from classplanner.deltas.base import Change
from classplanner.deltas.draft import Draft, listed
from classplanner.scenario import Closure, OpenDay
from classplanner.scenario.values import Day

__all__ = ["ChangeCalendar", "Holiday", "WorkDay"]


class Holiday(Change, Closure):
    """Days on which no class meets, such as a holiday declared late; make-up days among them are off, too."""

    kind: Literal["holiday"] = "holiday"
    """What the change does."""

    def edit(self, draft: Draft) -> None:
        """Add days off; days declared open that lie in them are open no longer."""
        calendar = draft.calendar
        listed(calendar, "closed").append(self.part(Closure))
        calendar["open"] = [
            day for day in listed(calendar, "open") if not self.from_ <= day["date"] <= self.last
        ]


class WorkDay(Change, OpenDay):
    """A day that is worked although its weekday, a holiday or a closure says otherwise."""

    kind: Literal["work-day"] = "work-day"
    """What the change does."""

    def edit(self, draft: Draft) -> None:
        """Add a working day."""
        days = listed(draft.calendar, "open")
        days[:] = [day for day in days if day["date"] != self.date]
        days.append(self.part(OpenDay))


class ChangeCalendar(Change):
    """The plan begins or ends on another day."""

    kind: Literal["calendar"] = "calendar"
    """What the change does."""
    first_day: Day | None = None
    """First day of the plan."""
    last_day: Day | None = None
    """Last day of the plan."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        self.needs("first_day", "last_day")
        return self

    def edit(self, draft: Draft) -> None:
        """Set the days."""
        draft.calendar.update(self.given("first_day", "last_day"))

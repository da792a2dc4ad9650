"""The checker's own reading of dates: working days, the order of slots, and what a period matches."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

from classplanner.rules import RuleInstance, catalogue
from classplanner.scenario import WEEKDAYS, Calendar, Period, public_holidays
from classplanner.timetable import Slot

__all__ = ["WorkingDays", "matches"]


class WorkingDays:
    """The dates on which classes may meet.

    Attributes
    ----------
    dates
        The working days, in order.
    sessions
        The position of each session in the day, from 0.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.sessions = {session: position for position, session in enumerate(calendar.sessions)}
        self._opened = {day.date for day in calendar.open}
        self._holidays = public_holidays(calendar.country, calendar.first_day.year, calendar.last_day.year)
        length = (calendar.last_day - calendar.first_day).days + 1
        dates = (calendar.first_day + dt.timedelta(days=passed) for passed in range(length))
        self.dates = tuple(date for date in dates if self._is_working(date))
        self._indices = {date: index for index, date in enumerate(self.dates)}

    def __contains__(self, date: dt.date) -> bool:
        """Whether classes may meet on a date."""
        return date in self._indices

    def index(self, date: dt.date) -> int:
        """Count the working days before a date: for a working day, its place among them."""
        index = self._indices.get(date)
        return bisect_left(self.dates, date) if index is None else index

    def order(self, slot: Slot) -> tuple[dt.date, int]:
        """Return a key that sorts slots in time; a session that the calendar lacks comes last in its day."""
        date, session = slot
        return date, self.sessions.get(session, len(self.sessions))

    def position(self, slot: Slot) -> int:
        """Return the number of a slot among those of all working days, from 0."""
        date, place = self.order(slot)
        return self.index(date) * len(self.sessions) + place

    def why_off(self, date: dt.date) -> RuleInstance:
        """Name what keeps classes from meeting on a date that is no working day."""
        calendar = self.calendar
        if not calendar.first_day <= date <= calendar.last_day:
            return catalogue.outside_calendar(date, calendar.first_day, calendar.last_day)
        for closure in calendar.closed:
            if closure.from_ <= date <= closure.last:
                return catalogue.closed_day(date, closure.reason)
        if date in self._holidays:
            return catalogue.holiday(date, self._holidays[date])
        return catalogue.weekend(date, calendar.weekdays)

    def _is_working(self, date: dt.date) -> bool:
        if date in self._opened:
            return True
        return (
            WEEKDAYS[date.weekday()] in self.calendar.weekdays
            and date not in self._holidays
            and not any(closure.from_ <= date <= closure.last for closure in self.calendar.closed)
        )


def matches(period: Period, date: dt.date, session: str) -> bool:
    """Whether a slot matches all keys that a period has."""
    if period.from_ is not None and date < period.from_:
        return False
    last = period.to or period.from_
    if last is not None and date > last:
        return False
    if period.weekdays is not None and WEEKDAYS[date.weekday()] not in period.weekdays:
        return False
    return period.sessions is None or session in period.sessions

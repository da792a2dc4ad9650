"""What is left of periods when another one is taken out of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from classplanner.scenario import WEEKDAYS, Calendar, Period

__all__ = ["without"]

_DAY = dt.timedelta(days=1)


def without(periods: Iterable[Period], taken: Period, calendar: Calendar) -> Iterator[Period]:
    """Go through periods that together hold what `periods` hold and `taken` does not, within a calendar.

    Parameters
    ----------
    periods
        Sets of sessions of days.
    taken
        What is taken out of each.
    calendar
        Bounds periods without an end; its sessions are those of a day.
    """
    for period in periods:
        yield from _without(period, taken, calendar)


def _without(period: Period, taken: Period, calendar: Calendar) -> Iterator[Period]:
    """Split a period: what lies before; then on other weekdays, and in other sessions; what lies behind."""
    (first, last), (from_, to) = _span(period, calendar), _span(taken, calendar)
    from_, to = max(first, from_), min(last, to)
    weekdays, other_days = _parted(period.weekdays or WEEKDAYS, taken.weekdays or WEEKDAYS)
    every = calendar.sessions
    sessions, other_sessions = _parted(period.sessions or every, taken.sessions or every)
    if from_ > to or not weekdays or not sessions:
        yield period
        return
    if first < from_:
        yield period.model_copy(update={"to": from_ - _DAY})
    between = period.model_copy(update={"from_": from_, "to": to})
    if other_days:
        yield between.model_copy(update={"weekdays": other_days})
    if other_sessions:
        only = period.weekdays if len(weekdays) == len(WEEKDAYS) else weekdays
        yield between.model_copy(update={"weekdays": only, "sessions": other_sessions})
    if to < last:
        yield period.model_copy(update={"from_": to + _DAY, "to": last})


def _span(period: Period, calendar: Calendar) -> tuple[dt.date, dt.date]:
    return period.from_ or calendar.first_day, period.last or calendar.last_day


def _parted(mine: Iterable[str], others: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part what is in both from what is in the first only."""
    mine = tuple(mine)
    return tuple(one for one in mine if one in others), tuple(one for one in mine if one not in others)

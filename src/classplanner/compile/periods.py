"""Which slots periods cover."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from classplanner.scenario import WEEKDAYS, Period

__all__ = ["covered"]


def covered(
    periods: Iterable[Period], dates: Sequence[dt.date], sessions: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Mark the slots that at least one of the periods matches; shape (dates * sessions,).

    Parameters
    ----------
    dates
        In ascending order.
    """
    weekdays = np.array([date.weekday() for date in dates], dtype=np.int64)
    marked = np.zeros((len(dates), len(sessions)), dtype=bool)
    for period in periods:
        first = 0 if period.from_ is None else bisect_left(dates, period.from_)
        behind = len(dates) if period.last is None else bisect_right(dates, period.last)
        days: slice | npt.NDArray[np.int64] = slice(first, behind)
        if period.weekdays is not None:
            chosen = [WEEKDAYS.index(weekday) for weekday in period.weekdays]
            days = first + np.flatnonzero(np.isin(weekdays[first:behind], chosen))
        if period.sessions is None:
            marked[days] = True
        else:
            for position, session in enumerate(sessions):
                if session in period.sessions:
                    marked[days, position] = True
    return marked.reshape(-1)

"""Which slots periods cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from classplanner.scenario import WEEKDAYS, Period

__all__ = ["covered"]


def covered(
    periods: Iterable[Period], dates: Sequence[dt.date], sessions: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Mark the slots that at least one of the periods matches; shape (dates * sessions,)."""
    days = np.array(dates, dtype="datetime64[D]")
    weekdays = np.array([date.weekday() for date in dates], dtype=np.int64)
    marked = np.zeros((len(dates), len(sessions)), dtype=bool)
    for period in periods:
        on_day = np.ones(len(dates), dtype=bool)
        if period.from_ is not None:
            on_day &= days >= np.datetime64(period.from_, "D")
        if period.last is not None:
            on_day &= days <= np.datetime64(period.last, "D")
        if period.weekdays is not None:
            on_day &= np.isin(weekdays, [WEEKDAYS.index(weekday) for weekday in period.weekdays])
        in_session = [period.sessions is None or session in period.sessions for session in sessions]
        marked |= on_day[:, None] & np.array(in_session, dtype=bool)[None, :]
    return marked.reshape(-1)

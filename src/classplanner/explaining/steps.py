"""The parts of facts that can give way one by one: the days of a leave, the sessions of a maximum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from classplanner.compile.periods import covered
from classplanner.scenario import Period, Scenario

if TYPE_CHECKING:
    from classplanner.explaining.conditions import Condition

__all__ = ["steps_of"]

_NUMBERS: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...] = (
    (("cohorts", "opens", "opens_from", "finishes_by"), (*range(6), 8, 10, 15, 20, 30)),
    (("modules", "earliest_day", "latest_day"), (*range(6), 8, 10, 15, 20, 40)),
    (("lecturers", "max_sessions_per_day", "max_sessions_per_week", "max_sessions"), tuple(range(9))),
    (("budget",), (0, 1, 2, 5, 10, 20, 50, 100)),
)
"""By how much limits are eased: working days, class days, sessions, per cent."""


def steps_of(scenario: Scenario, days: Sequence[dt.date], condition: Condition) -> Iterable[str | int]:
    """Return the steps in which a condition can give way; none where it holds or does not.

    A step is a date of a period, in which it holds; or a number by which a limit can be eased: the limit is
    eased by the smallest number that holds. Sizes of a class fall from one hall's capacity to the next. Of a
    list of lecturers, each other lecturer is a step, and the empty name stands for anybody else.

    Parameters
    ----------
    days
        The working days.
    """
    section, owner, *key = condition.place
    match section, *key:
        case ("cohorts",):
            return _sizes(scenario, int(str(condition.instance["size"])))
        case ("modules", module, "lecturers"):
            return _others(scenario, str(owner), str(module))
        case ("calendar", index):
            return _closed(scenario, int(index))
        case ("lecturers", "available"):
            return _not_available(scenario, days, str(owner))
    if "period" in dict(condition.instance.facts):
        return _dates(scenario, days, condition.instance["period"])
    return next(
        (steps for (of, *keys), steps in _NUMBERS if section == of and (not keys or key[-1] in keys)), ()
    )


def _closed(scenario: Scenario, index: int) -> list[str]:
    closure = scenario.calendar.closed[index]
    length = (closure.last - closure.from_).days + 1
    return [(closure.from_ + dt.timedelta(days=day)).isoformat() for day in range(length)]


def _sizes(scenario: Scenario, size: int) -> list[int]:
    seats = {room.capacity for venue in scenario.venues for room in venue.rooms}
    return [size, *sorted((number for number in seats if number < size), reverse=True)]


def _dates(scenario: Scenario, days: Sequence[dt.date], period: object) -> list[str]:
    """Return the working days that a period touches."""
    assert isinstance(period, Period)
    sessions = scenario.calendar.sessions
    marked = covered([period], days, sessions).reshape(len(days), len(sessions)).any(axis=1)
    return [days[index].isoformat() for index in np.flatnonzero(marked).tolist()]


def _not_available(scenario: Scenario, days: Sequence[dt.date], name: str) -> list[str]:
    """Return the working days of which a lecturer's periods leave out some session."""
    lecturer = next(one for one in scenario.lecturers if one.id == name)
    sessions = scenario.calendar.sessions
    free = covered(lecturer.available or (), days, sessions).reshape(len(days), len(sessions)).all(axis=1)
    return [days[index].isoformat() for index in np.flatnonzero(~free).tolist()]


def _others(scenario: Scenario, programme: str, module: str) -> list[str]:
    modules = scenario.programme_by_id[programme].modules
    listed = next(one.lecturers for one in modules if one.id == module)
    return [*(one.id for one in scenario.lecturers if one.id not in listed), ""]

"""How much of what lecturers and halls can give the classes of a scenario need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from classplanner.scenario import WEEKDAYS, Lecturer, Period, Scenario, day_statuses
from classplanner.timetable import Slot

__all__ = ["matches", "possible_sessions", "usage"]


def usage(scenario: Scenario) -> float:
    """Return the sessions that need a lecturer, as a share of those that all lecturers could give."""
    needed = Counter(cohort.programme for cohort in scenario.all_cohorts)
    demand = sum(
        needed[programme.id] * module.sessions
        for programme in scenario.programmes
        for module in programme.modules
        if module.lecturers
    )
    return demand / sum(possible_sessions(scenario, lecturer) for lecturer in scenario.lecturers)


def possible_sessions(scenario: Scenario, lecturer: Lecturer) -> int:
    """Return how many sessions a lecturer could give, by periods and maxima, whatever classes there are."""
    days: Counter[int] = Counter()
    for date in (status.date for status in day_statuses(scenario.calendar) if status.is_working):
        for session in scenario.calendar.sessions:
            slot = (date, session)
            there = lecturer.available is None or matches(lecturer.available, slot)
            days[date.toordinal()] += there and not matches(lecturer.unavailable, slot)
    weeks: Counter[int] = Counter()
    for day, number in days.items():
        weeks[(day - 1) // 7] += min(number, lecturer.max_sessions_per_day or number)
    total = sum(min(number, lecturer.max_sessions_per_week or number) for number in weeks.values())
    return min(total, lecturer.max_sessions or total)


def matches(periods: Iterable[Period], slot: Slot) -> bool:
    """Say whether one of the periods holds a session of a day."""
    date, session = slot
    return any(
        (period.from_ is None or period.from_ <= date)
        and (period.last is None or date <= period.last)
        and (period.weekdays is None or WEEKDAYS[date.weekday()] in period.weekdays)
        and (period.sessions is None or session in period.sessions)
        for period in periods
    )

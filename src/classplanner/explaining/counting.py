"""What counting alone proves: more is needed than there is, with the numbers.

Each check leaves out most rules, so that what it finds stands in the way of any plan. None searches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from classplanner.compile import Problem
from classplanner.explaining.halls import hall_shortages
from classplanner.explaining.places import rooms_settled, rooms_suitable
from classplanner.explaining.shortages import Shortage, shortage
from classplanner.explaining.spans import Span, spans
from classplanner.explaining.teaching import course_shortages, teaching_shortages

__all__ = ["count", "first_shortage"]


def count(problem: Problem) -> Iterator[Shortage]:
    """Go through what there is too little of, the plainest first.

    Parameters
    ----------
    problem
        What is to be planned.
    """
    windows = list(spans(problem))
    found = False
    for check in _CHECKS:
        for one in check(problem, windows):
            found = True
            yield one
        if found and check in _PLAIN:
            return  # what follows would count the same again


def first_shortage(problem: Problem) -> Shortage | None:
    """Return one shortage, None where counting finds none."""
    return next(count(problem), None)


def _calendar(problem: Problem, windows: list[Span]) -> Iterator[Shortage]:
    """Compare the class days of each class with the working days in its window."""
    dates, calendar = problem.dates, problem.scenario.calendar
    for span in windows:
        data = problem.cohorts[span.cohort]
        if span.days < data.programme.days:
            first = dates[span.first] if span.first < len(dates) else calendar.last_day
            last = dates[span.last] if 0 <= span.last < len(dates) else calendar.first_day
            yield shortage(
                "calendar",
                data.programme.days,
                span.days,
                (data.cohort.id,),
                cohort=data.cohort.id,
                first=min(first, last),
                last=max(first, last),
            )


def _seats(problem: Problem, windows: list[Span]) -> Iterator[Shortage]:
    """Compare the size of each class with the largest hall in which it may be held."""
    settled = rooms_settled(problem)
    for span in windows:
        cohort = problem.cohorts[span.cohort].cohort
        most = int(problem.room_capacity[settled[span.cohort]].max(initial=0))
        if cohort.size > most:
            yield shortage("seats", cohort.size, most, (cohort.id,), cohort=cohort.id)


def _programmes(problem: Problem, _windows: list[Span]) -> Iterator[Shortage]:
    """Compare the sessions of each programme with its class days."""
    per_day = problem.sessions_per_day
    for name in dict.fromkeys(data.cohort.programme for data in problem.cohorts):
        takers = [data for data in problem.cohorts if data.cohort.programme == name]
        programme = takers[0].programme
        needed = int(problem.module_sessions[programme.modules].sum())
        if needed > programme.days * per_day:
            classes = tuple(data.cohort.id for data in takers)
            there = programme.days * per_day
            yield shortage("programme", needed, there, classes, programme=name, days=programme.days)


def _budget(problem: Problem, windows: list[Span]) -> Iterator[Shortage]:
    """Compare each year's budget with the cheapest halls and lecturers of the classes bound to that year."""
    for year, amount in problem.scenario.budget.items():
        bound = [
            span.cohort
            for span in windows
            if span.days and {problem.year[span.first], problem.year[span.last]} == {year}
        ]
        least = sum(_least_cost(problem, cohort) for cohort in bound)
        if least > amount:
            classes = tuple(problem.cohorts[cohort].cohort.id for cohort in bound)
            yield shortage("budget", least, amount, classes, year=str(year), number=len(classes))


def _least_cost(problem: Problem, cohort: int) -> int:
    """Return what the cheapest hall and the cheapest lecturer of each module cost a class, in VND."""
    data = problem.cohorts[cohort]
    suitable = rooms_suitable(problem)[cohort]
    rooms = int(problem.room_cost[suitable].min()) if suitable.any() else 0
    fee = np.array([lecturer.fee for lecturer in problem.scenario.lecturers], dtype=np.int64)
    fees = sum(
        int(fee[problem.modules[module].lecturers].min()) * int(problem.module_sessions[module])
        for module in data.programme.modules
        if len(problem.modules[module].lecturers)
    )
    return rooms * data.programme.days + fees


_Check = Callable[[Problem, list[Span]], Iterator[Shortage]]
_PLAIN: tuple[_Check, ...] = (_calendar, _seats, _programmes)
_CHECKS: tuple[_Check, ...] = (*_PLAIN, hall_shortages, teaching_shortages, course_shortages, _budget)

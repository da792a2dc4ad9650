"""When classes can be held at all, as far as the dates they are bound to go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from classplanner.compile import Problem

__all__ = ["Span", "spans"]


@dataclass(frozen=True)
class Span:
    """The working days a class can use, first and last by position; `last` < `first` where there are none."""

    cohort: int
    first: int
    last: int

    @property
    def days(self) -> int:
        """How many working days that are."""
        return max(0, self.last - self.first + 1)


def spans(problem: Problem) -> Iterator[Span]:
    """Go through the classes with the days that their dates and locks leave them."""
    opened: dict[str, list[dt.date]] = {}
    for lock in problem.scenario.locks:
        if lock.opens is not None:
            opened.setdefault(lock.cohort, []).append(lock.opens)
    for position, data in enumerate(problem.cohorts):
        cohort = data.cohort
        on = [*opened.get(cohort.id, ()), *([cohort.opens] if cohort.opens else ())]
        first = max(
            [problem.scenario.calendar.first_day, *on, *([cohort.opens_from] if cohort.opens_from else [])]
        )
        begin = int(np.searchsorted(problem.days, np.datetime64(first, "D")))
        end = len(problem.days) - 1
        if cohort.finishes_by is not None:
            end = int(np.searchsorted(problem.days, np.datetime64(cohort.finishes_by, "D"), side="right")) - 1
        if on:
            end = min(end, begin + data.programme.days - 1)
        yield Span(position, begin, end)

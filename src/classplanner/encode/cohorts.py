"""Rules of a class as a whole: which days it runs on, one thing at a time, and that it is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

from classplanner.encode.columns import Truths
from classplanner.encode.model import Entries, Model
from classplanner.encode.registry import encodes
from classplanner.rules import RuleInstance, catalogue

__all__: list[str] = []

Dates = npt.NDArray[np.datetime64]


@encodes("working-days", "openings")
@encodes("consecutive-days", "openings")
def class_days(model: Model) -> None:
    """State nothing: every opening is a working day, and its course runs on those that follow."""


@encodes("cohort-window", "openings")
def window(model: Model) -> None:
    """Ban openings outside the dates a class is bound to."""
    _window(model, "opens", lambda first, last, date: first != date)
    _window(model, "opens_from", lambda first, last, date: first < date)
    _window(model, "finishes_by", lambda first, last, date: last > date)


def _window(
    model: Model,
    key: Literal["opens", "opens_from", "finishes_by"],
    breaks: Callable[[Dates, Dates, Dates], Truths],
) -> None:
    problem, openings = model.problem, model.openings
    dates: list[dt.date | None] = [getattr(data.cohort, key) for data in problem.cohorts]
    date = np.array(dates, dtype="datetime64[D]")[openings.cohort]
    first = problem.days[openings.day]
    last = problem.days[openings.day + problem.cohort_days[openings.cohort] - 1]
    banned = np.flatnonzero(~np.isnat(date) & breaks(first, last, date))

    def name(cohort: int) -> RuleInstance:
        date = dates[cohort]
        assert date is not None
        return catalogue.cohort_window(model.cohort_id(cohort), key, date)

    model.ban("cohort-window", "openings", banned, openings.cohort[banned], name)


@encodes("quota", "rows")
def planned(model: Model) -> None:
    """Open every class once, or leave it out where the goal allows for that."""
    cohorts, optional = [data.cohort for data in model.problem.cohorts], model.optional
    model.left_out = model.add_columns([1] * len(optional))
    model.add_rows(
        "quota",
        [Entries(model.openings.cohort, model.opening_columns), Entries(optional, model.left_out)],
        lambda cohort: catalogue.quota(cohorts[cohort].id, cohorts[cohort].size),
        keys=model.cohorts,
        lower=1,
        upper=1,
    )
    if len(optional):
        sizes = model.problem.cohort_sizes[optional]
        model.add_rows(
            "quota",
            [Entries(np.zeros_like(optional), model.left_out, sizes)],
            _no_rule,
            upper=model.goal.leave_out,
        )


def _no_rule(key: int) -> RuleInstance:
    raise AssertionError("how many may be left out is asked for, no rule of a scenario")


@encodes("cohort-clash", "rows")
def one_thing_at_a_time(model: Model) -> None:
    """Let at most one module occupy a slot of a course, and none where the course is not held."""
    cells, courses = model.start_cells(), model.courses
    slots = int(model.problem.cohort_days.max(initial=0)) * model.problem.sessions_per_day
    occupied = model.starts.course[cells.of] * slots + cells.course_slot
    keys = np.unique(occupied)
    model.add_rows(
        "cohort-clash",
        [Entries(occupied, model.first_start + cells.of), model.held(keys, keys // slots)],
        lambda key: catalogue.cohort_clash(model.cohort_id(courses.cohort[key // slots])),
        upper=0,
    )

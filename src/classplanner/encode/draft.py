"""Between drafts and the columns of a model."""

from __future__ import annotations

import numpy as np

from classplanner.compile import Integers
from classplanner.encode.columns import Truths
from classplanner.encode.model import NO_LIMIT, Model
from classplanner.encode.part import LEFT_OUT, NOBODY, Draft
from classplanner.encode.program import Program

__all__ = ["columns_of", "draft_of", "holds"]


def columns_of(model: Model, program: Program, draft: Draft) -> Integers:
    """Return the values of the columns that stand for a draft; shape (columns,).

    Columns behind the three tables get the least values that their rows ask for.
    """
    problem, openings, starts, lectures = model.problem, model.openings, model.starts, model.lectures
    values = np.zeros(len(program.cost), dtype=np.int64)
    values[: model.first_start] = (openings.day == draft.day[openings.cohort]) & (
        openings.room == draft.room[openings.cohort]
    )
    cohort = model.start_cohort
    lesson = problem.lesson(cohort, starts.module)
    held = model.courses.day[starts.course] == draft.day[cohort]
    started = held & (draft.start[lesson] == starts.slot)
    values[model.first_start : model.first_lecture] = started
    given = started[lectures.start] & (draft.lecturer[lesson[lectures.start]] == lectures.lecturer)
    values[model.first_lecture : model.first_extra] = given
    _fill_in(program, values, model.first_extra)
    return values


def _fill_in(program: Program, values: Integers, first: int) -> None:
    """Give the columns from `first` on the least values with which their rows hold."""
    row, extra = program.row, program.column >= first
    sums = np.bincount(row, program.weight * values[program.column], minlength=len(program.row_lower))
    weight, column, row = program.weight[extra], program.column[extra], row[extra]
    above = np.where(program.row_upper[row] >= NO_LIMIT, -np.inf, sums[row] - program.row_upper[row])
    below = np.where(program.row_lower[row] <= -NO_LIMIT, -np.inf, program.row_lower[row] - sums[row])
    asked = np.ceil(np.where(weight < 0, above, below) / np.abs(weight))
    np.maximum.at(values, column, np.maximum(asked, 0).astype(np.int64))


def holds(program: Program, values: Integers) -> bool:
    """Whether all rows hold."""
    sums = np.bincount(program.row, program.weight * values[program.column], minlength=len(program.row_lower))
    return bool(np.all((sums >= program.row_lower) & (sums <= program.row_upper)))


def draft_of(model: Model, values: Integers, before: Draft) -> Draft:
    """Return the draft that a solution stands for; classes that are not in the model stay as they were."""
    problem = model.problem
    day, room, start, lecturer = (
        values_.copy() for values_ in (before.day, before.room, before.start, before.lecturer)
    )
    opened = np.flatnonzero(values[: model.first_start])
    cohorts = model.openings.cohort[opened]
    day[cohorts], room[cohorts] = model.openings.day[opened], model.openings.room[opened]
    planned: Truths = np.zeros(len(problem.cohorts), dtype=bool)
    planned[cohorts] = True
    start[np.repeat(planned, np.diff(problem.first_lesson))] = LEFT_OUT
    lecturer[np.repeat(planned, np.diff(problem.first_lesson))] = NOBODY
    started = np.flatnonzero(values[model.first_start : model.first_lecture])
    lesson = problem.lesson(model.start_cohort, model.starts.module)
    start[lesson[started]] = model.starts.slot[started]
    given = np.flatnonzero(values[model.first_lecture : model.first_extra])
    lecturer[lesson[model.lectures.start[given]]] = model.lectures.lecturer[given]
    return Draft(day, room, start, lecturer)

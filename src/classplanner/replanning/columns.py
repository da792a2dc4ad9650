"""What the columns of a model change in a plan: how often, at what price, for whom; and which may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.diff import Tier
from classplanner.encode import NOBODY, Model, Openings, Program, Truths
from classplanner.encode.model import Entries
from classplanner.replanning.base import Base
from classplanner.rules import RuleInstance

__all__ = ["Changes", "allowed_openings", "changes_of", "limit_people", "opening_changes", "with_limit"]


@dataclass(frozen=True)
class Changes:
    """What using each column of a model means; shape (columns,) each.

    Attributes
    ----------
    number
        How many changes it is.
    price
        What these cost, in equivalent VND.
    banned
        Whether it would touch what has to stay.
    """

    number: Integers
    price: Integers
    banned: Truths


def opening_changes(problem: Problem, base: Base, openings: Openings) -> tuple[Truths, Truths]:
    """Mark the openings on other dates, and those in another room, than the plan has; shape (openings,)."""
    last = openings.day + problem.cohort_days[openings.cohort] - 1
    known = base.known[openings.cohort]
    dates = (problem.days[openings.day] != base.opens[openings.cohort]) | (
        problem.days[last] != base.closes[openings.cohort]
    )
    return known & dates, known & (openings.room != base.room[openings.cohort])


def allowed_openings(problem: Problem, base: Base, openings: Openings) -> Truths:
    """Mark the openings that leave running classes where they are, and open others in time to come."""
    day = problem.days[openings.day]
    same = (day == base.opens[openings.cohort]) & (openings.room == base.room[openings.cohort])
    marked: Truths = np.where(base.running[openings.cohort], same, day >= base.free_from)
    return marked


def changes_of(model: Model, base: Base, prices: Mapping[Tier, int]) -> Changes:
    """Say of each column of a model what it changes.

    A lesson is changed once, however much of it is; a class once for its dates and once for its room. What
    the plan lacks is not changed by being planned.
    """
    problem = model.problem
    number = np.zeros(len(model.upper), dtype=np.int64)
    price = np.zeros_like(number)
    banned = np.zeros(len(number), dtype=bool)
    moved, elsewhere = opening_changes(problem, base, model.openings)
    number[: model.first_start] = moved.astype(np.int64) + elsewhere
    price[: model.first_start] = prices["opening"] * moved + prices["room"] * elsewhere
    banned[: model.first_start] = ~allowed_openings(problem, base, model.openings)

    lesson = problem.lesson(model.start_cohort, model.starts.module)
    same_day, same_time = _same_times(model, base, lesson)
    known = base.taught[lesson]
    at_time = np.where(same_time, 0, np.where(same_day, prices["session"], prices["day"]))
    alone = np.array([len(data.lecturers) == 0 for data in problem.modules], dtype=bool)[model.starts.module]
    kept = same_time & (base.lecturer[lesson] == NOBODY)
    starts = slice(model.first_start, model.first_lecture)
    number[starts] = alone & known & ~kept
    price[starts] = np.where(same_time, prices["lecturer"], at_time) * number[starts]
    frozen = base.frozen[lesson]
    banned[starts] = np.where(frozen, ~same_time, problem.days[model.start_day] < base.free_from)

    start = model.lectures.start
    own = base.lecturer[lesson[start]] == model.lectures.lecturer
    lectures = slice(model.first_lecture, model.first_extra)
    number[lectures] = known[start] & ~(same_time[start] & own)
    price[lectures] = np.where(same_time[start], prices["lecturer"], at_time[start]) * number[lectures]
    banned[lectures] = frozen[start] & ~own
    return Changes(number, price, banned)


def _same_times(model: Model, base: Base, lesson: Integers) -> tuple[Truths, Truths]:
    """Mark the starts on the dates that the plan has for their lessons, and those at the very times."""
    problem = model.problem
    per_day, sessions = problem.sessions_per_day, problem.scenario.calendar.sessions
    same_day = problem.days[model.start_day] == base.first[lesson]
    same_time = np.zeros(len(lesson), dtype=bool)
    slot = model.courses.day[model.starts.course] * per_day + model.starts.slot
    length = model.start_sessions
    for start in np.flatnonzero(same_day).tolist():
        cells = range(int(slot[start]), int(slot[start] + length[start]))
        times = tuple((problem.dates[cell // per_day], sessions[cell % per_day]) for cell in cells)
        before = base.slots[lesson[start]]
        same_time[start] = times == before
        same_day[start] = [date for date, _ in times] == [date for date, _ in before]
    return same_day, same_time


def limit_people(model: Model, base: Base, changes: Changes, most: int) -> None:
    """State that the changed lessons concern each lecturer, before or after, so many times at most."""
    lesson = model.problem.lesson(model.start_cohort, model.starts.module)
    lecture = np.flatnonzero(changes.number[model.first_lecture : model.first_extra])
    before = base.lecturer[lesson[model.lectures.start[lecture]]]
    after = model.lectures.lecturer[lecture]
    left = before[before != after], lecture[before != after]
    entries = [
        Entries(after, model.first_lecture + lecture),
        Entries(left[0][left[0] >= 0], model.first_lecture + left[1][left[0] >= 0]),
    ]
    start = np.flatnonzero(changes.number[model.first_start : model.first_lecture])
    alone = base.lecturer[lesson[start]]
    entries.append(Entries(alone[alone >= 0], model.first_start + start[alone >= 0]))
    model.add_rows("replan", entries, _no_rule, upper=most)


def _no_rule(key: int) -> RuleInstance:
    raise AssertionError("a limit on changes is no rule")


def with_limit(program: Program, number: Integers, most: int) -> Program:
    """Return a program with one row more: so many changes at most."""
    column = np.flatnonzero(number)
    return replace(
        program,
        first=np.append(program.first, program.first[-1] + len(column)),
        column=np.concatenate([program.column, column]),
        weight=np.concatenate([program.weight, number[column]]),
        row_lower=np.append(program.row_lower, 0),
        row_upper=np.append(program.row_upper, most),
    )

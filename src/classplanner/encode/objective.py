"""The objective: what each column costs, in equivalent VND."""

from __future__ import annotations

import numpy as np

from classplanner.compile import Integers
from classplanner.encode.model import Entries, Model
from classplanner.errors import Fault, InputError
from classplanner.rules import RuleInstance

__all__ = ["state_objective"]

_EXACT = 2**53


def state_objective(model: Model) -> None:
    """Set the costs of all columns, or how many trainees they leave out; overloads get a column a lecturer.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    """
    if model.goal.least == "left-out":
        model.cost = np.zeros(len(model.upper), dtype=np.int64)
        model.cost[model.left_out] = model.problem.cohort_sizes[model.optional]
        return
    _overload(model)
    extra = np.array(model.extra_cost, dtype=np.int64)
    model.cost = np.concatenate([_openings(model), _starts(model), _lectures(model), extra])
    most = float(np.sum(model.cost.astype(float) * model.upper))
    if most >= _EXACT and _most(model) >= _EXACT:
        raise InputError([Fault("", "objective", "too-costly")])


def _openings(model: Model) -> Integers:
    """Hall costs of the class days, and working days of delay behind the earliest opening allowed."""
    problem, openings, weights = model.problem, model.openings, model.problem.scenario.objective
    earliest = np.array([data.earliest for data in problem.cohorts], dtype=np.int64)
    rooms = problem.room_cost[openings.room] * problem.cohort_days[openings.cohort]
    delay = openings.day - earliest[openings.cohort]
    cost: Integers = weights.rooms * rooms + weights.delay * delay
    return cost


def _starts(model: Model) -> Integers:
    """Working days between the day of a start and the module's nominal day."""
    nominal = np.array([data.nominal_day for data in model.problem.modules], dtype=np.int64)
    away = np.abs(model.start_class_day - nominal[model.starts.module])
    cost: Integers = model.problem.scenario.objective.order * away
    return cost


def _lectures(model: Model) -> Integers:
    """Fees of the sessions, and the lecturer's rank in the module's list."""
    problem, weights = model.problem, model.problem.scenario.objective
    fee = np.array([lecturer.fee for lecturer in problem.scenario.lecturers], dtype=np.int64)
    module = model.starts.module[model.lectures.start]
    lecturers = max(len(fee), 1)
    rank = np.zeros(len(problem.modules) * lecturers, dtype=np.int64)
    for position, data in enumerate(problem.modules):
        rank[position * lecturers + data.lecturers] = np.arange(len(data.lecturers))
    fees = fee[model.lectures.lecturer] * problem.module_sessions[module]
    chosen = rank[module * lecturers + model.lectures.lecturer]
    cost: Integers = weights.fees * fees + weights.preference * chosen
    return cost


def _overload(model: Model) -> None:
    """Sessions of a lecturer above the target, in a column of their own.

    What is given elsewhere takes from the target first; what is above it there is no cost of this problem.
    """
    lecturers, weight = model.problem.scenario.lecturers, model.problem.scenario.objective.overload
    elsewhere = model.problem.engaged_by_day.sum(axis=1).tolist()
    target = {
        index: max(0, one.target_sessions - elsewhere[index])
        for index, one in enumerate(lecturers)
        if one.target_sessions is not None
    }
    targeted = np.array(sorted(target), dtype=np.int64)
    lecture = np.flatnonzero(np.isin(model.lectures.lecturer, targeted))
    if weight == 0 or len(lecture) == 0:
        return
    sessions = model.problem.module_sessions[model.starts.module[model.lectures.start[lecture]]]
    lecturer = model.lectures.lecturer[lecture]
    most = np.bincount(lecturer, sessions, minlength=len(lecturers))[targeted]
    over = model.add_columns([int(number) for number in most], [weight] * len(most))
    model.add_rows(
        "objective",
        [Entries(lecturer, model.first_lecture + lecture, sessions), Entries(targeted, over, -1)],
        _no_rule,
        upper=lambda keys: np.array([target[int(key)] for key in keys], dtype=np.int64),
    )


def _no_rule(key: int) -> RuleInstance:
    raise AssertionError("the objective forbids nothing")


def _most(model: Model) -> float:
    """Return what no plan exceeds: the dearest opening of each class, start and lecture of each module."""
    costs = model.cost.astype(float)
    cohorts, modules = len(model.problem.cohorts), len(model.problem.modules)
    openings, starts = costs[: model.first_start], costs[model.first_start : model.first_lecture]
    lectures = costs[model.first_lecture : model.first_extra]
    start_key = model.start_cohort * modules + model.starts.module
    dearest = [np.zeros(cohorts), np.zeros(cohorts * modules), np.zeros(cohorts * modules)]
    np.maximum.at(dearest[0], model.openings.cohort, openings)
    np.maximum.at(dearest[1], start_key, starts)
    np.maximum.at(dearest[2], start_key[model.lectures.start], lectures)
    extra = float(np.sum(costs[model.first_extra :] * model.upper[model.first_extra :]))
    return float(sum(part.sum() for part in dearest)) + extra

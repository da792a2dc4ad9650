"""Rules of a programme's modules: each taught once and whole, in shape, in its window, in order."""

from __future__ import annotations

import numpy as np

from classplanner.compile import Integers
from classplanner.encode.columns import ragged
from classplanner.encode.model import Entries, Model
from classplanner.encode.registry import encodes
from classplanner.rules import RuleInstance, catalogue

__all__: list[str] = []


@encodes("module-shape", "starts")
def shape(model: Model) -> None:
    """Ban starts that break a module over two days, or start a long one within a day.

    That the sessions are consecutive is true of every start.
    """
    per_day, sessions = model.problem.sessions_per_day, model.start_sessions
    position = model.starts.slot % per_day
    fits = np.where(sessions <= per_day, position + sessions <= per_day, position == 0)

    def name(cohort: int, module: int) -> RuleInstance:
        return catalogue.module_shape(model.cohort_id(cohort), model.problem.modules[module].module, per_day)

    model.ban_starts("module-shape", ~fits, name)


@encodes("module-window", "starts")
def window(model: Model) -> None:
    """Ban starts before `earliest_day`, starts that end after `latest_day`, or in a wrong session."""
    for key in ("earliest_day", "latest_day", "start_sessions"):
        _window(model, key)


def _window(model: Model, key: str) -> None:
    problem = model.problem
    per_day, sessions_of_day = problem.sessions_per_day, problem.scenario.calendar.sessions
    modules = [data.module for data in problem.modules]
    starts = model.starts
    if key == "earliest_day":
        bound = np.array([module.earliest_day for module in modules])[starts.module]
        banned = model.start_class_day + 1 < bound
    elif key == "latest_day":
        last = problem.scenario.calendar.last_day.toordinal()  # later than any class day
        bound = np.array([module.latest_day or last for module in modules])[starts.module]
        banned = (starts.slot + model.start_sessions - 1) // per_day + 1 > bound
    else:
        allowed = np.array(
            [
                [
                    module.start_sessions is None or session in module.start_sessions
                    for session in sessions_of_day
                ]
                for module in modules
            ]
        )
        banned = ~allowed[starts.module, starts.slot % per_day]

    def name(cohort: int, module: int) -> RuleInstance:
        data = modules[module]
        if key == "earliest_day":
            return catalogue.earliest_day(model.cohort_id(cohort), data.id, data.earliest_day)
        if key == "latest_day":
            return catalogue.latest_day(model.cohort_id(cohort), data.id, data.latest_day or 0)
        return catalogue.start_sessions(model.cohort_id(cohort), data.id, data.start_sessions or ())

    model.ban_starts("module-window", banned, name)


@encodes("programme-complete", "rows")
def complete(model: Model) -> None:
    """Start every module of a course once where the course is held, and have it given by one lecturer."""
    problem, courses = model.problem, model.courses
    modules = len(problem.modules)
    programme = [data.programme.modules for data in problem.cohorts]
    keys = np.concatenate(
        [
            np.empty(0, dtype=np.int64),
            *(course * modules + programme[cohort] for course, cohort in enumerate(courses.cohort)),
        ]
    )
    starts = model.starts

    def name(course: int, module: int) -> RuleInstance:
        cohort = model.cohort_id(courses.cohort[course])
        return catalogue.programme_complete(cohort, problem.modules[module].module.id)

    model.add_rows(
        "programme-complete",
        [
            Entries(starts.course * modules + starts.module, model.start_columns),
            _left_out(model, keys),
            model.held(keys, keys // modules),
        ],
        lambda key: name(key // modules, key % modules),
        keys=keys,
        lower=0,
        upper=0,
    )
    needs_lecturer = np.array([len(data.lecturers) > 0 for data in problem.modules])
    needy = np.flatnonzero(needs_lecturer[starts.module])
    model.add_rows(
        "programme-complete",
        [
            Entries(model.lectures.start, model.lecture_columns),
            Entries(needy, model.first_start + needy, -1),
        ],
        lambda start: name(starts.course[start], starts.module[start]),
        keys=needy,
        lower=0,
        upper=0,
    )


def _left_out(model: Model, keys: Integers) -> Entries:
    """Enter, where lessons may be left out, columns that say so; keys are of courses and modules."""
    course, module = np.divmod(keys, len(model.problem.modules))
    if not model.goal.lessons:
        return Entries(keys[:0], keys[:0])
    if model.part is not None:
        may = model.part.may_leave_out(model.problem.lesson(model.courses.cohort[course], module))
        keys, module = keys[may], module[may]
    price = model.goal.lessons * model.problem.module_sessions[module]
    return Entries(keys, model.add_gaps([1] * len(module), price.tolist()))


@encodes("precedence", "rows")
def precedence(model: Model) -> None:
    """For each slot: not both "started by then" and "not over before then" of the module that must be over.

    One row a slot, instead of one row over positions, is what makes the relaxation tight.
    """
    for position, data in enumerate(model.problem.modules):
        for after in data.after:
            _after(model, position, after)


def _after(model: Model, module: int, after: int) -> None:
    starts, courses = model.starts, model.courses
    later = np.flatnonzero(starts.module == module)
    earlier = np.flatnonzero(starts.module == after)
    slots = np.unique(starts.slot[later])
    if len(slots) == 0:
        return

    def key(start: Integers, index: Integers) -> Integers:
        return starts.course[start] * len(slots) + index

    # Started by slot k: from its own slot on. Not over before k: up to its last session.
    first = np.searchsorted(slots, starts.slot[later])
    started, by = ragged(first, len(slots) - first)
    end = np.searchsorted(slots, starts.slot[earlier] + model.start_sessions[earlier])
    unfinished, until = ragged(np.zeros_like(end), end)
    here = np.unique(starts.course[later])
    keys = (here[:, None] * len(slots) + np.arange(len(slots))).reshape(-1)
    running = np.isin(starts.course[earlier][unfinished], here)
    unfinished, until = unfinished[running], until[running]
    ids = model.problem.modules[module].module.id, model.problem.modules[after].module.id
    model.add_rows(
        "precedence",
        [
            Entries(key(later[started], by), model.first_start + later[started]),
            Entries(key(earlier[unfinished], until), model.first_start + earlier[unfinished]),
            model.held(keys, keys // len(slots)),
        ],
        lambda row: catalogue.precedence(model.cohort_id(courses.cohort[row // len(slots)]), *ids),
        keys=keys,
        upper=0,
    )

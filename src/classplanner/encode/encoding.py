"""Makes the model of a problem: fills its tables one after another and has every rule stated."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode.columns import Openings, possible_openings
from classplanner.encode.goal import EVERY_CLASS, Goal
from classplanner.encode.model import Model
from classplanner.encode.objective import state_objective
from classplanner.encode.part import Part
from classplanner.encode.registry import ENCODERS, Stage
from classplanner.rules import RULES

__all__ = ["allowed_openings", "encode", "encode_openings", "encode_starts"]


def encode(
    problem: Problem,
    openings: Openings | None = None,
    *,
    cohorts: Integers | None = None,
    goal: Goal = EVERY_CLASS,
    part: Part | None = None,
    without: Collection[str] = (),
    guarded: bool = False,
    objective: bool = True,
) -> Model:
    """State all rules on a problem.

    Parameters
    ----------
    openings
        Consider these openings only; None for all.
    cohorts
        Plan these classes only, by position; None for all.
    goal
        What may be left out, and what the objective is.
    part
        What is decided already; None for nothing.
    without
        Leave out these rules: a relaxation.
    guarded
        Keep what rules ban, together with the bans; for explanations.
    objective
        State the objective, too.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    """
    rules = [rule for rule in RULES if rule not in without]
    model = _with_openings(problem, openings, cohorts, goal, rules, guarded=guarded)
    model.part = part
    model.fill_starts()
    _state(model, "starts", rules)
    model.fill_lectures()
    _state(model, "lectures", rules)
    _state(model, "rows", rules)
    if objective:
        state_objective(model)
    return model


def allowed_openings(problem: Problem, openings: Openings) -> Openings:
    """Return those of some openings that no rule bans."""
    return _with_openings(problem, openings, None, EVERY_CLASS, RULES, guarded=False).openings


def encode_openings(problem: Problem, *, goal: Goal = EVERY_CLASS) -> Model:
    """State only what concerns when and where classes open: a relaxation of the whole."""
    model = _with_openings(problem, None, None, goal, RULES, guarded=False)
    _state(model, "rows", ("quota", "room-clash"))
    state_objective(model)
    return model


def encode_starts(problem: Problem, openings: Openings) -> Model:
    """State only when modules may start in some courses, and what that costs: a relaxation of each.

    Nothing is said of lecturers, and nothing of what is locked for one class only.
    """
    model = Model(problem, openings, np.unique(openings.cohort))
    model.fill_starts()
    _state(model, "starts", [rule for rule in RULES if rule != "lock"])
    state_objective(model)
    return model


def _with_openings(
    problem: Problem,
    openings: Openings | None,
    cohorts: Integers | None,
    goal: Goal,
    rules: Sequence[str],
    *,
    guarded: bool,
) -> Model:
    model = Model(
        problem,
        possible_openings(problem) if openings is None else openings,
        np.arange(len(problem.cohorts)) if cohorts is None else cohorts,
        goal,
        guarded,
    )
    _state(model, "openings", rules)
    return model


def _state(model: Model, stage: Stage, rules: Sequence[str]) -> None:
    for rule in rules:
        for at, encoder in ENCODERS[rule]:
            if at == stage:
                encoder(model)

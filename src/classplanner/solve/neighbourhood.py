"""Decides a part of a draft anew, exactly, while all else stays: the step of large-neighbourhood search.

Shaw, "Using constraint programming and local search methods to solve vehicle routing problems" (1998). The
part is stated by the same encoders as the whole, so each rule holds in it; what stays is put into the rows
(`reduce_program`), columns that cannot lead to a better draft are left out by the linear relaxation, and
CP-SAT decides the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import (
    Draft,
    Goal,
    Openings,
    Part,
    Truths,
    columns_of,
    draft_of,
    encode,
    program_of,
    reduce_program,
)
from classplanner.solve.control import Control
from classplanner.solve.cpsat import decide
from classplanner.solve.prices import ask
from classplanner.solve.relaxation import relax

__all__ = ["Better", "Decision", "Neighbourhood", "decide_anew"]

_TIGHT = 0.015


@dataclass(frozen=True)
class Neighbourhood:
    """What may change.

    Attributes
    ----------
    lessons
        The lessons that are free.
    slots
        Of each class, the slots of its course that these may use; shape (classes, slots).
    openings
        Further openings of some classes; all lessons of such a class should be free.
    """

    lessons: Integers
    slots: Truths
    openings: Openings | None = None


@dataclass(frozen=True)
class Better:
    """A draft that costs less.

    Attributes
    ----------
    draft
        The draft.
    cohorts, lessons
        What may differ from the draft before.
    """

    draft: Draft
    cohorts: Integers
    lessons: Integers


@dataclass(frozen=True)
class Decision:
    """What became of a neighbourhood.

    Attributes
    ----------
    better
        None where there is no cheaper draft, or none was found.
    settled
        Whether it is proven that there is none still cheaper.
    effort
        What that took, in CP-SAT's deterministic time.
    """

    better: Better | None
    settled: bool = True
    effort: float = 0.0


def decide_anew(
    problem: Problem,
    draft: Draft,
    neighbourhood: Neighbourhood,
    control: Control,
    *,
    price: int,
    effort: float,
    seed: int = 1,
    asked: Integers | None = None,
    enough: float = 0.0,
) -> Decision:
    """Look for a cheaper draft in a neighbourhood.

    Parameters
    ----------
    price
        Of a lesson that is left out, in equivalent VND per session.
    effort
        At most so much, in CP-SAT's deterministic time.
    asked
        Further costs of sessions, by lecturer and slot, in VND; shape (lecturers, slots).
    enough
        Be content with a draft whose cost in the neighbourhood is within this share of the best.
    """
    free = np.zeros(len(draft.start), dtype=bool)
    free[neighbourhood.lessons] = True
    model = encode(
        problem,
        _openings(draft, neighbourhood.openings),
        part=Part(draft, free, neighbourhood.slots),
        goal=Goal(lessons=price),
    )
    if asked is not None:
        ask(model, asked)
    program = program_of(model)
    here = program.total(columns_of(model, program, draft))
    reduced = reduce_program(program)
    most = here - 1 - reduced.cost
    if not reduced.possible or len(reduced.columns) == 0:
        return Decision(None)
    relaxation = relax(reduced.program, control.remaining)
    if relaxation is None or relaxation.bound > most:
        return Decision(None)
    spent = 0.0
    for limit in _limits(relaxation.bound, most):
        outcome = decide(
            reduced.program.without(relaxation.bound + relaxation.reduced > limit),
            control,
            seed=seed,
            effort=effort,
            most=limit,
            enough=enough,
        )
        spent += outcome.effort
        if outcome.status != "infeasible":
            break
    if outcome.values is None:
        return Decision(None, outcome.status == "infeasible", spent)
    moved = np.empty(0, dtype=np.int64) if neighbourhood.openings is None else neighbourhood.openings.cohort
    better = Better(
        draft_of(model, reduced.expand(outcome.values), draft), np.unique(moved), neighbourhood.lessons
    )
    return Decision(better, outcome.status == "optimal", spent)


def _limits(bound: int, most: int) -> tuple[int, ...]:
    """Return what a better draft may cost, a tight limit first: the tighter, the fewer columns are left."""
    tight = bound + int(_TIGHT * bound)
    return (tight, most) if tight < most else (most,)


def _openings(draft: Draft, further: Openings | None) -> Openings:
    """Join the openings of the draft with further ones, by class."""
    cohort = np.arange(len(draft.day))
    if further is None:
        return Openings(cohort, draft.day, draft.room)
    table = np.stack(
        [
            np.concatenate([cohort, further.cohort]),
            np.concatenate([draft.day, further.day]),
            np.concatenate([draft.room, further.room]),
        ]
    )
    return Openings(*np.unique(table, axis=1))

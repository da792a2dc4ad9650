"""Which operators a year has, and what openings cost at least, by which one of them chooses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Model, Openings
from classplanner.solve.courses import IMPOSSIBLE, groups
from classplanner.solve.multipliers import Priced
from classplanner.solve.operators import (
    Operator,
    chain_of_lecturers,
    class_again,
    days_of_classes,
    free_lecturers,
    open_elsewhere,
    window,
)
from classplanner.solve.packing import Packing

__all__ = ["least_sessions", "operators_for", "operators_of"]


def operators_for(problem: Problem, model: Model, packing: Packing, priced: Priced) -> Mapping[str, Operator]:
    """Return the operators of a year, by name.

    Parameters
    ----------
    model
        Of the openings (`encode_openings`).
    priced
        What openings cost at least.
    """
    openings = model.openings
    least = least_sessions(packing, priced.sessions, groups(problem), openings)
    return operators_of(openings, model.cost[: model.first_start] + least)


def least_sessions(packing: Packing, sessions: Integers, group: Integers, openings: Openings) -> Integers:
    """Return what the sessions of classes that open so cost at least; shape (openings,).

    Parameters
    ----------
    sessions
        What they cost in each column of the packing.
    group
        Of each class, with those alike in it.
    """
    least = np.full((int(group.max(initial=0)) + 1, len(packing.problem.days)), IMPOSSIBLE)
    least[group[packing.cohort], packing.day] = sessions
    found: Integers = least[group[openings.cohort], openings.day]
    return found


def operators_of(openings: Openings, cost: Integers) -> Mapping[str, Operator]:
    """Return the operators by name.

    Parameters
    ----------
    openings, cost
        All that classes may have, and what a class that opens so costs at least.
    """
    return {
        "chain": chain_of_lecturers,
        "class": class_again,
        "days": days_of_classes,
        "window": window,
        "lecturers": free_lecturers,
        "openings": partial(open_elsewhere, openings=openings, cost=cost),
    }

"""The answer to "why is there no plan?"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from classplanner.explaining.conditions import Conditions
from classplanner.explaining.conflicts import Conflict, conflicts, shortages
from classplanner.explaining.oracle import Oracle
from classplanner.explaining.shortages import Shortage
from classplanner.scenario import Scenario
from classplanner.solve import Control

__all__ = ["Explanation", "Plannability", "explain_scenario"]

Plannability = Literal["plannable", "impossible", "unknown"]


@dataclass(frozen=True)
class Explanation:
    """Why a scenario has no plan, or that it has one.

    Attributes
    ----------
    scenario
        What was asked about.
    status
        ``plannable``: there is a plan; ``impossible``: there is proven to be none; ``unknown``: the clock
        stopped before either was known.
    shortages
        What counting alone proves to be too little.
    conflicts
        Facts that cannot all hold; each would have to give way somewhere. They share no facts but classes to
        be planned.
    facts
        How many facts could be part of a conflict.
    given
        Ids of rules whose facts were taken for granted.
    """

    scenario: Scenario
    status: Plannability
    shortages: tuple[Shortage, ...]
    conflicts: tuple[Conflict, ...]
    facts: int
    given: tuple[str, ...] = ()


def explain_scenario(
    scenario: Scenario,
    control: Control,
    *,
    given: Collection[str] = (),
    most: int = 5,
    seed: int = 1,
    workers: int = 1,
) -> Explanation:
    """Say why there is no plan.

    Parameters
    ----------
    given
        Ids of rules whose facts cannot be changed and are not named, such as ``venue-open``.
    most
        So many conflicts at most.
    """
    conditions = Conditions(scenario, given)
    oracle = Oracle(conditions, control=control, seed=seed, workers=workers)
    counted = shortages(conditions, conditions.all)
    found = tuple(conflicts(oracle, most))
    status: Plannability = "impossible" if counted or found else "unknown"
    if status == "unknown" and oracle.plannable(conditions.all):
        status = "plannable"
    return Explanation(scenario, status, counted, found, len(conditions.all), tuple(given))

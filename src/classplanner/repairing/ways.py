"""Finds the cheapest changes with which there is a plan, and plans the scenario with each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from classplanner.api import Plan, plan
from classplanner.deltas import apply
from classplanner.explaining import Conditions, Oracle, Repair, Repairs, find_repairs
from classplanner.explaining.asking import clock, known_rules
from classplanner.scenario import Scenario

__all__ = ["WayOut", "WaysOut", "repair"]

# Of the time there is, so much may go into finding changes; no plan with them takes longer than this.
_FINDING = 2 / 3
_PLANNING = 60.0


@dataclass(frozen=True)
class WayOut:
    """A way out where there is no plan, and the plan it leads to.

    Attributes
    ----------
    repair
        What is changed, at which price; its delta is ready to be applied.
    plan
        The plan of the changed scenario, checked; None where the clock left no time for it.
    """

    repair: Repair
    plan: Plan | None


@dataclass(frozen=True)
class WaysOut:
    """The cheapest ways out where there is no plan.

    Attributes
    ----------
    scenario
        The scenario.
    repairs
        What was found and what is proven of it.
    ways
        Each repair with its plan.
    """

    scenario: Scenario
    repairs: Repairs
    ways: tuple[WayOut, ...]


def repair(
    scenario: Scenario,
    *,
    time_limit: float | None = 120.0,
    number: int = 3,
    given: Collection[str] = (),
    seed: int = 1,
    workers: int = 1,
    stop: Callable[[], bool] | None = None,
) -> WaysOut:
    """Find the cheapest changes with which there is a plan, by the prices in the scenario's `repair`.

    Parameters
    ----------
    time_limit
        Seconds of wall clock, of which a third is for plans; None for none.
    number
        How many ways out to look for.
    given, seed, workers, stop
        As for `explain`.

    Raises
    ------
    ValueError
        There are no such rules, or there cannot be such a time limit.
    ContradictionError
        The checker contradicts the solver: a bug in classplanner.
    """
    known_rules(given)
    with clock(time_limit, stop) as control:
        search = control.within(control.remaining * _FINDING)
        oracle = Oracle(Conditions(scenario, given), control=search, seed=seed, workers=workers)
        repairs = find_repairs(oracle, number)
    ways = []
    for left, one in zip(range(len(repairs.repairs), 0, -1), repairs.repairs, strict=True):
        seconds = min(_PLANNING, control.remaining / left)
        planned = None
        if seconds > 0:
            changed = apply(scenario, one.delta)
            planned = plan(changed, time_limit=seconds, seed=seed, workers=workers, stop=stop)
        ways.append(WayOut(one, planned))
    return WaysOut(scenario, repairs, tuple(ways))

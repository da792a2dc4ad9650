"""What a planner asks to be otherwise, and what that would cost: the price of a wish.

A wish is a lock that the plan does not keep, or several of which one would do, such as the days of April. It
is put into the scenario, which is planned anew; the difference of the two plans is the price, and where there
is none, the facts that clash with the wish are the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.deltas import AddLock, Delta, apply
from classplanner.diff import Difference, compare
from classplanner.explaining.conditions import Conditions
from classplanner.explaining.conflicts import Conflict, conflict_among
from classplanner.explaining.local import again
from classplanner.explaining.oracle import Oracle
from classplanner.scenario import Lock, Scenario
from classplanner.solve import EXACT_CLASSES, Control, Result, find
from classplanner.timetable import Terms, Timetable

__all__ = ["Answer", "answer", "with_lock"]

# Of the time that is left, so much may go into the plan; what remains is for a conflict.
_PLANNING = 0.6


@dataclass(frozen=True)
class Answer:
    """What a wish would cost, or why it cannot be.

    Attributes
    ----------
    wish
        What was asked for: one of these.
    status
        ``possible``; ``impossible``: proven; ``unknown``: not decided in time.
    price
        How much more the plan costs with the wish, in equivalent VND; below 0 where it costs less. None
        without a plan.
    least
        Proven: it costs at least so much more; None where that is not known.
    alone
        Only the class concerned was planned anew, on the days it has unless another opening is asked for: so
        it is in years of more than a few classes.
    terms
        The price by the terms of the objective.
    difference
        What else would change.
    timetable
        The plan with the wish.
    conflict
        Facts that clash with the wish.
    """

    wish: tuple[Lock, ...]
    status: Literal["possible", "impossible", "unknown"]
    price: int | None = None
    least: int | None = None
    alone: bool = False
    terms: Mapping[str, int] | None = None
    difference: Difference | None = None
    timetable: Timetable | None = None
    conflict: Conflict | None = None

    @property
    def exact(self) -> bool:
        """Whether the price is proven."""
        return self.price is not None and self.price == self.least


def with_lock(scenario: Scenario, lock: Lock) -> Scenario:
    """Return a scenario in which a wish is settled.

    Raises
    ------
    InputError
        It speaks of something that is not in the scenario.
    """
    change = AddLock.model_validate(lock.model_dump(by_alias=True, exclude_defaults=True))
    return apply(scenario, Delta(changes=(change,)))


def answer(
    scenario: Scenario,
    timetable: Timetable,
    wish: Sequence[Lock],
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
) -> Answer:
    """Say what it would cost if one of some locks held.

    Parameters
    ----------
    timetable
        A plan of all classes in which every rule holds.
    wish
        Locks of which one is to hold.

    Raises
    ------
    InputError
        They speak of something that is not in the scenario.
    """
    variants = [with_lock(scenario, lock) for lock in wish]
    part = control.within(_PLANNING * control.remaining)
    planned = _plan(scenario, timetable, variants, part, wish=tuple(wish), seed=seed, workers=workers)
    if planned.status != "unknown" or not variants:
        return planned
    conditions = [Conditions(scenario, variant=variant) for variant in variants]
    oracle = Oracle(*conditions, control=control, seed=seed, workers=workers)
    conflict = conflict_among(oracle, frozenset(conditions[0].all))
    if conflict is None:
        return planned
    return Answer(tuple(wish), "impossible", conflict=conflict)


def _plan(
    scenario: Scenario,
    timetable: Timetable,
    variants: Sequence[Scenario],
    control: Control,
    *,
    wish: tuple[Lock, ...],
    seed: int,
    workers: int,
) -> Answer:
    """Plan with each lock in turn and keep the cheapest plan."""
    checker = Checker(scenario)
    base = checker.judge(timetable).terms
    best: Answer | None = None
    least: int | None = None
    whole = len(scenario.all_cohorts) <= EXACT_CLASSES
    for turn, (lock, variant) in enumerate(zip(wish, variants, strict=True)):
        part = control.within(control.remaining / (len(variants) - turn))
        problem = compile_scenario(variant)
        result = (
            find(problem, part, seed=seed, workers=workers)
            if whole
            else again(problem, timetable, lock, part, seed=seed)
        )
        if result is None or result.status == "infeasible":
            continue
        bound = result.bound if whole else 0
        least = bound if least is None else min(least, bound)
        if result.cohorts:
            priced = _priced(checker, base, timetable, wish, result)
            if best is None or (priced.price or 0) < (best.price or 0):
                best = priced
    if best is None:
        return Answer(wish, "unknown", alone=not whole)
    assert least is not None
    return replace(best, least=least - base.total if whole else None, alone=not whole)


def _priced(
    checker: Checker, base: Terms, before: Timetable, wish: tuple[Lock, ...], result: Result
) -> Answer:
    after = Timetable(cohorts=result.cohorts, meetings=result.meetings)
    verdict = checker.judge(after)
    assert verdict.ok, "a plan with one lock more keeps all other rules"
    terms = {name: number - getattr(base, name) for name, number in verdict.terms.model_dump().items()}
    return Answer(
        wish,
        "possible",
        price=verdict.terms.total - base.total,
        terms=terms,
        difference=compare(before, after),
        timetable=after,
    )

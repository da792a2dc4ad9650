"""The most classes that fit: copies of a class are added until no more do."""

from __future__ import annotations

import itertools
from dataclasses import replace

from classplanner.deltas import AddClass, Delta, DropClass, apply
from classplanner.frontier.probe import Answer, Prober, least
from classplanner.scenario import Cohort, Scenario

__all__ = ["most_classes", "with_classes"]

_MOST_MORE = 200


def most_classes(scenario: Scenario, like: Cohort, prober: Prober) -> Answer:
    """Find how many classes fit at most: those of the scenario, and more that are like one of them.

    What halls alone have room for bounds the number; whether so many can be taught is planned.

    Parameters
    ----------
    like
        The class that more are made of.
    """
    already = len(scenario.all_cohorts)
    room = _room(scenario, like, prober)
    if room is None:
        return Answer(None, already - 1)
    # The most that fit is found as the least number of copies left out.
    left_out = least(0, room, lambda number: prober(_with_copies(scenario, like, room - number)))
    found = None if left_out.found is None else already + room - left_out.found
    return Answer(found, already + room - left_out.bound)


def with_classes(scenario: Scenario, like: Cohort, number: int) -> Scenario:
    """Return a scenario with so many classes: the last ones dropped, or more that are like one of them.

    Parameters
    ----------
    number
        At least 1.
    """
    there = scenario.all_cohorts
    if number >= len(there):
        return _with_copies(scenario, like, number - len(there))
    return apply(scenario, Delta(changes=tuple(DropClass(cohort=one.id) for one in there[number:])))


def _with_copies(scenario: Scenario, like: Cohort, number: int) -> Scenario:
    """Return a scenario with more classes like one; what is settled for that one does not hold for them."""
    known = {cohort.id for cohort in scenario.all_cohorts}
    names = (name for index in itertools.count(1) if (name := f"{like.id}+{index}") not in known)
    table = like.model_dump(by_alias=True, exclude_defaults=True)
    more = tuple(AddClass.model_validate(table | {"id": next(names)}) for _ in range(number))
    return apply(scenario, Delta(changes=more)) if more else scenario


def _room(scenario: Scenario, like: Cohort, prober: Prober) -> int | None:
    """Return for how many more classes halls have room at most; None where not even for those there are."""
    import numpy as np  # noqa: PLC0415

    from classplanner.compile import compile_scenario  # noqa: PLC0415
    from classplanner.encode import Goal, encode_openings, program_of  # noqa: PLC0415
    from classplanner.solve import Control  # noqa: PLC0415
    from classplanner.solve.cpsat import decide  # noqa: PLC0415

    problem = compile_scenario(_with_copies(scenario, like, _MOST_MORE))
    everyone = int(problem.cohort_sizes.sum())
    model = encode_openings(problem, goal=Goal(everyone, "left-out"))
    copies = np.array([problem.cohorts[cohort].cohort.id for cohort in model.optional])
    known = {cohort.id for cohort in scenario.all_cohorts}
    own = np.array([name in known for name in copies], dtype=bool)
    program = program_of(model)
    cost, upper = np.zeros_like(program.cost), program.upper.copy()
    cost[model.left_out[~own]] = 1
    upper[model.left_out[own]] = 0
    outcome = decide(replace(program, cost=cost, upper=upper), Control(prober.time_limit, prober.stop))
    return None if outcome.status == "infeasible" else _MOST_MORE - min(outcome.bound, _MOST_MORE)

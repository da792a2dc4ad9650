"""Minimal conflicts: facts of a scenario that cannot all hold, and none of which is superfluous.

A conflict is looked for among few classes first, as most concern one or two; then it is shrunk, classes first
and all else after that, and in the end it is asked of each fact whether the others can be planned without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from classplanner.compile import compile_scenario
from classplanner.explain.conditions import Condition, Conditions
from classplanner.explain.counting import count
from classplanner.explain.oracle import Oracle
from classplanner.explain.shortages import Shortage
from classplanner.explain.shrinking import shrink

__all__ = ["Conflict", "conflict_among", "conflicts", "shortages"]

# Of the time that is left, so much may go into pairs of classes.
_PAIRS = 0.3
_MOST_PAIRS = 300


@dataclass(frozen=True)
class Conflict:
    """Facts that cannot all hold.

    Attributes
    ----------
    members
        The facts, in the order of the scenario.
    minimal
        Proven by a plan each: without any one of them, the others can all hold. False where time ran out
        before that.
    """

    members: tuple[Condition, ...]
    minimal: bool


def shortages(conditions: Conditions, kept: Collection[Condition]) -> tuple[Shortage, ...]:
    """Return what counting finds where some facts hold."""
    return tuple(count(compile_scenario(conditions.keeping(kept))))


def conflicts(oracle: Oracle, most: int) -> Iterator[Conflict]:
    """Go through conflicts that share no facts but classes to be planned.

    Parameters
    ----------
    most
        So many at most.
    """
    alive = frozenset(oracle.conditions.all)
    for _ in range(most):
        conflict = conflict_among(oracle, alive)
        if conflict is None:
            return
        yield conflict
        facts = {one for one in conflict.members if not one.is_class}
        alive -= facts or set(conflict.members)


def conflict_among(oracle: Oracle, alive: frozenset[Condition]) -> Conflict | None:
    """Return a conflict among some facts; None where they can all hold, or that is not known."""
    start = _clash(oracle, alive)
    if start is None:
        return None
    classes = [one for one in oracle.conditions.classes if one in start]
    others = start.difference(classes)
    if len(classes) > 1:
        classes = shrink(classes, lambda some: oracle.clash(_about(oracle, others, some) | set(some)))
    facts = [one for one in oracle.conditions.all if one in _about(oracle, others, classes)]
    enough = not facts or oracle.clash(classes)
    members = [] if enough else shrink(facts, lambda some: oracle.clash({*classes, *some}))
    return _confirmed(oracle, [*classes, *members])


def _about(
    oracle: Oracle, facts: frozenset[Condition], classes: Collection[Condition]
) -> frozenset[Condition]:
    """Return those of some facts that concern no class, or one of some classes."""
    names = {oracle.conditions.cohort_of(one) for one in classes}
    if not oracle.conditions.classes:
        return facts
    return frozenset(one for one in facts if (oracle.conditions.cohort_of(one) or None) in {None, *names})


def _clash(oracle: Oracle, alive: frozenset[Condition]) -> frozenset[Condition] | None:
    """Return facts that are proven to clash, about as few classes as a quick look finds."""
    conditions = oracle.conditions
    for shortage in shortages(conditions, alive):
        few = conditions.of_classes(shortage.cohorts) & alive
        if oracle.clash(few):
            return few
    classes = [one for one in conditions.classes if one in alive]
    if len(classes) > 1:
        for one in classes:
            few = conditions.of_classes([str(one.place[1])]) & alive
            if oracle.clash(few):
                return few
        yielded = _clashing_pair(oracle, classes, alive)
        if yielded is not None:
            return yielded
    return alive if oracle.clash(alive) else None


def _clashing_pair(
    oracle: Oracle, classes: list[Condition], alive: frozenset[Condition]
) -> frozenset[Condition] | None:
    """Look at pairs of classes about which most is said, as far as time goes."""
    conditions = oracle.conditions
    said = {one: len(conditions.of_classes([str(one.place[1])]) & alive) for one in classes}
    told = [one for one in classes if said[one] > min(said.values())] or classes
    pairs = sorted(combinations(told, 2), key=lambda pair: -said[pair[0]] - said[pair[1]])
    part = oracle.control.within(_PAIRS * oracle.control.remaining)
    for pair in pairs[:_MOST_PAIRS]:
        if part.stopped:
            return None
        few = conditions.of_classes([str(one.place[1]) for one in pair]) & alive
        if oracle.clash(few):
            return few
    return None


def _confirmed(oracle: Oracle, members: list[Condition]) -> Conflict:
    """Ask of each member whether the others can be planned without it; leave out what is not needed."""
    minimal = True
    index = 0
    while index < len(members):
        rest = members[:index] + members[index + 1 :]
        needed = oracle.plannable(rest)
        if needed is False:
            members, minimal, index = rest, True, 0
            continue
        minimal = minimal and needed is True
        index += 1
    order = {one: position for position, one in enumerate(oracle.conditions.all)}
    return Conflict(tuple(sorted(members, key=order.__getitem__)), minimal)

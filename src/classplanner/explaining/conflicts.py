"""Minimal conflicts: facts of a scenario that cannot all hold, and none of which is superfluous.

A conflict is looked for among few classes first, as most concern one or two; then it is shrunk, classes first
and all else after that, and in the end it is asked of each fact whether the others can be planned without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from classplanner.compile import compile_scenario
from classplanner.explaining.conditions import Condition, Conditions
from classplanner.explaining.counting import count
from classplanner.explaining.oracle import Oracle
from classplanner.explaining.shortages import Shortage
from classplanner.explaining.shrinking import shrink

__all__ = ["Conflict", "conflict_among", "conflicts", "plain_clash", "shortages"]

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
        if not conflict.members:
            return


def conflict_among(oracle: Oracle, alive: frozenset[Condition], *, confirm: bool = True) -> Conflict | None:
    """Return a conflict among some facts; None where they can all hold, or that is not known.

    Parameters
    ----------
    alive
        Facts, or steps of facts.
    confirm
        Ask of each member whether it is needed.
    """
    start = _clash(oracle, alive)
    if start is None:
        return None
    classes = oracle.conditions.planned(start)
    if len(classes) > 1:
        classes = shrink(classes, lambda some: oracle.clash(oracle.conditions.about(start, some)))
    facts = oracle.conditions.ordered(oracle.conditions.about(start, classes))
    base = [one for one in facts if one.is_class and one.step is None]
    others = [one for one in facts if one not in base]
    enough = not others or oracle.clash(base)
    members = [] if enough else shrink(others, lambda some: oracle.clash([*base, *some]))
    members = oracle.conditions.ordered([*base, *members])
    return _confirmed(oracle, members) if confirm else Conflict(tuple(members), minimal=False)


def _clash(oracle: Oracle, alive: frozenset[Condition]) -> frozenset[Condition] | None:
    """Return facts that are proven to clash, about as few classes as a quick look finds."""
    found = plain_clash(oracle, alive)
    if found is not None:
        return found
    classes = oracle.conditions.planned(alive)
    pairs = _pairs(oracle, classes, alive) if len(classes) > 1 else ()
    return _first_clash(oracle, (oracle.conditions.about(alive, pair) for pair in pairs)) or (
        alive if oracle.clash(alive) else None
    )


def plain_clash(oracle: Oracle, alive: frozenset[Condition]) -> frozenset[Condition] | None:
    """Return facts about those that a count concerns, or about one class, that are proven to clash."""
    conditions = oracle.conditions
    counted = (shortage.cohorts for shortage in shortages(conditions, alive))
    singles = ((name,) for name in conditions.planned(alive))
    return _first_clash(oracle, (conditions.about(alive, some) for some in chain(counted, singles)))


def _first_clash(oracle: Oracle, parts: Iterable[frozenset[Condition]]) -> frozenset[Condition] | None:
    return next((part for part in parts if oracle.clash(part)), None)


def _pairs(oracle: Oracle, classes: list[str], alive: frozenset[Condition]) -> Iterator[list[str]]:
    """Go through pairs of the classes about which most is said, as far as time goes."""
    said = Counter(oracle.conditions.cohort_of(one) for one in alive)
    least = min(said[name] for name in classes)
    told = [name for name in classes if said[name] > least] or classes
    pairs = sorted(combinations(told, 2), key=lambda pair: -said[pair[0]] - said[pair[1]])
    part = oracle.control.within(_PAIRS * oracle.control.remaining)
    for pair in pairs[:_MOST_PAIRS]:
        if part.stopped:
            return
        yield list(pair)


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
    return Conflict(tuple(members), minimal)

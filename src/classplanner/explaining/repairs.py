"""The cheapest changes with which there is a plan: implicit hitting sets over conflicts.

Of every conflict, something has to give way; so the cheapest set of changes that touches each conflict found
so far costs no more than the cheapest repair. If there is a plan with these changes, they are the cheapest
repair; otherwise there is a further conflict, and one looks again (Reiter, "A theory of diagnosis from first
principles", 1987; Davies and Bacchus, "Solving MaxSAT by solving a sequence of simpler SAT instances", CP
2011; Chandrasekaran, Karp, Moreno-Centeno and Vempala, "Algorithms for implicit hitting set problems", SODA
2011). Further repairs are found by forbidding those found, and all that contain them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from classplanner.deltas import Delta
from classplanner.encode import NO_LIMIT, Program
from classplanner.explaining.changes import delta_of, without
from classplanner.explaining.conditions import Condition
from classplanner.explaining.conflicts import conflict_among
from classplanner.explaining.oracle import Oracle
from classplanner.explaining.remedies import Remedy, remedies
from classplanner.explaining.shrinking import shrink
from classplanner.rules import Statement
from classplanner.solve.cpsat import decide

__all__ = ["Repair", "Repairs", "find_repairs"]

_CLASHING = 60


@dataclass(frozen=True)
class Repair:
    """Changes with which there is a plan.

    Attributes
    ----------
    changes
        What changes, a sentence each.
    price
        What they cost by the scenario's `[repair]`, in equivalent VND.
    bound
        Proven: no other repair but the ones named before, and those that contain one of them, costs less.
    delta
        The changes, ready to be applied.
    """

    changes: tuple[Statement, ...]
    price: int
    bound: int
    delta: Delta

    @property
    def cheapest(self) -> bool:
        """Whether it is proven that none but the ones named before is cheaper."""
        return self.price <= self.bound


@dataclass(frozen=True)
class Repairs:
    """The ways out where there is no plan.

    Attributes
    ----------
    status
        ``plannable``: nothing has to be changed; ``repaired``: these are ways out; ``impossible``: it is
        proven that no allowed change leads to a plan; ``unknown``: none was found in time.
    repairs
        The cheapest first.
    bound
        Proven: no repair but these, and those that contain one of them, costs less, in equivalent VND.
    complete
        Whether there are proven to be no others.
    """

    status: Literal["plannable", "repaired", "impossible", "unknown"]
    repairs: tuple[Repair, ...]
    bound: int
    complete: bool


@dataclass
class _Hitting:
    """Sets of changes that touch all conflicts found so far."""

    remedies: list[Remedy] = field(default_factory=list)
    cuts: list[list[int]] = field(default_factory=list)
    forbidden: list[list[int]] = field(default_factory=list)
    _position: dict[tuple[Statement, frozenset[Condition]], int] = field(default_factory=dict)

    def add(self, cures: list[Remedy]) -> None:
        """Ask for one of some changes at least."""
        self.cuts.append(sorted({self._number(one) for one in cures}))

    def _number(self, remedy: Remedy) -> int:
        key = remedy.statement, remedy.cures
        if key not in self._position:
            self._position[key] = len(self.remedies)
            self.remedies.append(remedy)
        return self._position[key]

    def _as_much(self, chosen: list[int]) -> list[int]:
        """Return the changes that do what some changes do, or more; of each of these one at most is made."""
        cures = [self.remedies[number].cures for number in chosen]
        return [
            number for number, one in enumerate(self.remedies) if any(one.cures >= least for least in cures)
        ]

    def program(self) -> Program:
        """State the choice: each conflict is touched, limits are eased once, no known repair again."""
        places: dict[object, list[int]] = {}
        for number, one in enumerate(self.remedies):
            places.setdefault(one.place, []).append(number)
        once = [members for members in places.values() if len(members) > 1]
        again = [self._as_much(chosen) for chosen in self.forbidden]
        rows = [*self.cuts, *once, *again]
        lower = [1] * len(self.cuts) + [-NO_LIMIT] * (len(once) + len(again))
        upper = [NO_LIMIT] * len(self.cuts) + [1] * len(once) + [len(row) - 1 for row in self.forbidden]
        column = np.array([number for row in rows for number in row], dtype=np.int64)
        sizes = np.array([len(row) for row in rows], dtype=np.int64)
        return Program(
            cost=np.array([one.price for one in self.remedies], dtype=np.int64),
            upper=np.ones(len(self.remedies), dtype=np.int64),
            first=np.concatenate([[0], np.cumsum(sizes)]),
            column=column,
            weight=np.ones(len(column), dtype=np.int64),
            row_lower=np.array(lower, dtype=np.int64),
            row_upper=np.array(upper, dtype=np.int64),
        )


def find_repairs(oracle: Oracle, number: int = 3) -> Repairs:
    """Find the cheapest repairs.

    Parameters
    ----------
    oracle
        Knows the scenario and the clock.
    number
        How many repairs to look for.
    """
    return _Finder(oracle).run(number)


class _Finder:
    """One run."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle, self.hitting = oracle, _Hitting()
        self.found: list[Repair] = []
        self.bound, self.sure = 0, True

    def run(self, number: int) -> Repairs:
        """Choose changes, ask whether there is a plan with them, learn from the conflict if there is none."""
        while len(self.found) < number and not self.oracle.control.stopped:
            outcome = decide(self.hitting.program(), self.oracle.control)
            if outcome.status == "infeasible":
                return self._result(complete=self.sure)
            if outcome.values is None or outcome.status != "optimal":
                break
            if self.sure:
                self.bound = max(self.bound, outcome.bound)
            chosen = np.flatnonzero(outcome.values).tolist()
            answer = self._try(chosen)
            if answer and not chosen:
                return Repairs("plannable", (), 0, complete=True)
            if answer is None:
                break
        return self._result(complete=False)

    def _try(self, chosen: list[int]) -> bool | None:
        """Whether there is a plan with some changes; what that proves is kept. None: it is not known."""
        conditions = self.oracle.conditions
        cured = frozenset[Condition]().union(*(self.hitting.remedies[one].cures for one in chosen))
        left = without(conditions, cured)
        if not conditions.keeping(left).cohorts:  # no class at all is no plan
            self.hitting.forbidden.append(chosen)
            return False
        answer = self.oracle.plannable(left)
        if answer is False:
            cut = _cut(self.oracle, left)
            if cut is None:
                return None
            self.hitting.add(cut)
        elif answer is None:
            # Others may still be found, but it is no longer known that none is cheaper.
            self.sure = False
            self.hitting.forbidden.append(chosen)
            return None if not chosen else False
        elif chosen:
            self.found.append(_repair(self.oracle, self.hitting, chosen, cured, self.bound))
            self.hitting.forbidden.append(chosen)
        return answer

    def _result(self, *, complete: bool) -> Repairs:
        status: Literal["repaired", "impossible", "unknown"] = "impossible" if complete else "unknown"
        return Repairs("repaired" if self.found else status, tuple(self.found), self.bound, complete)


def _repair(
    oracle: Oracle, hitting: _Hitting, chosen: list[int], cured: frozenset[Condition], bound: int
) -> Repair:
    picked = [hitting.remedies[one] for one in chosen]
    changes = tuple(one.statement for one in picked)
    return Repair(changes, sum(one.price for one in picked), bound, delta_of(oracle.conditions, cured))


def _cut(oracle: Oracle, alive: frozenset[Condition]) -> list[Remedy] | None:
    """Return changes of which one at least has to be made; None where the clock stopped.

    A conflict is split into steps first, so that only those that clash are asked for.
    """
    conflict = conflict_among(oracle, alive, confirm=False)
    if conflict is None:
        return None
    atoms = [
        part
        for one in conflict.members
        for part in ((one,) if one.step is not None else oracle.conditions.steps(one))
    ]
    asked = 0

    def clash(some: list[Condition]) -> bool:
        nonlocal asked
        asked += 1
        return asked <= _CLASHING and oracle.clash(some)

    if len(atoms) > len(conflict.members):
        atoms = shrink(atoms, clash)
    return [remedy for atom in atoms for remedy in remedies(oracle.conditions, atom)]

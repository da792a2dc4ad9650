"""The cheapest changes with which there is a plan: implicit hitting sets over conflicts.

Of every conflict, something has to give way; so the cheapest set of changes that touches each conflict found
so far costs no more than the cheapest repair. If there is a plan with these changes, they are the cheapest
repair; otherwise there is a further conflict, and one looks again (Reiter, "A theory of diagnosis from first
principles", 1987; Davies and Bacchus, "Solving MaxSAT by solving a sequence of simpler SAT instances", CP
2011; Chandrasekaran, Karp, Moreno-Centeno and Vempala, "Algorithms for implicit hitting set problems", SODA
2011). A further repair concerns somebody or something else: another day of the same leave is no other way
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from classplanner.deltas import Delta
from classplanner.encode import NO_LIMIT, Program
from classplanner.explaining.changes import delta_of, without
from classplanner.explaining.conditions import Condition
from classplanner.explaining.conflicts import conflict_among, plain_clash
from classplanner.explaining.dropping import Place
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
        Proven: no repair that concerns others than the ones named before costs less.
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
        Proven: no repair that concerns others than these costs less, in equivalent VND.
    complete
        Whether there are proven to be no others.
    """

    status: Literal["plannable", "repaired", "impossible", "unknown"]
    repairs: tuple[Repair, ...]
    bound: int
    complete: bool


@dataclass
class _Hitting:
    """Sets of changes that touch all conflicts found so far.

    Attributes
    ----------
    remedies
        All changes known.
    cuts
        Of these, one at least is made.
    forbidden
        These are not all made together.
    told
        Not all that these changes concern is concerned again.
    """

    remedies: list[Remedy] = field(default_factory=list)
    cuts: list[list[int]] = field(default_factory=list)
    forbidden: list[list[int]] = field(default_factory=list)
    told: list[list[int]] = field(default_factory=list)
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

    def program(self) -> Program:
        """State the choice: a column a change, then one for each subject that says that it is concerned."""
        changes = len(self.remedies)
        subjects = {
            subject: changes + number for number, subject in enumerate(dict.fromkeys(self._subjects()))
        }
        places: dict[object, list[int]] = {}
        for number, one in enumerate(self.remedies):
            places.setdefault(one.place, []).append(number)
        again = [{subjects[self.remedies[one].subject] for one in chosen} for chosen in self.told]
        rows = _Rows()
        for cut in self.cuts:
            rows.add(cut, lower=1)
        for members in places.values():
            rows.add(members, upper=1)
        for some in (*self.forbidden, *again):
            rows.add(sorted(some), upper=len(some) - 1)
        for number, subject in enumerate(self._subjects()):
            rows.add([number, subjects[subject]], [1, -1], upper=0)
        cost = [one.price for one in self.remedies] + [0] * len(subjects)
        return rows.program(cost)

    def _subjects(self) -> list[Place]:
        return [one.subject for one in self.remedies]


class _Rows:
    """Collects the rows of a program over yes/no columns."""

    def __init__(self) -> None:
        self._columns: list[int] = []
        self._weights: list[int] = []
        self._first, self._lower, self._upper = [0], list[int](), list[int]()

    def add(
        self,
        columns: Sequence[int],
        weights: Sequence[int] | None = None,
        *,
        lower: int = -NO_LIMIT,
        upper: int = NO_LIMIT,
    ) -> None:
        """Add the row ``lower <= weights @ columns <= upper``; weights are 1 by default."""
        self._columns += columns
        self._weights += weights or [1] * len(columns)
        self._first.append(len(self._columns))
        self._lower.append(lower)
        self._upper.append(upper)

    def program(self, cost: Sequence[int]) -> Program:
        """Return the program."""
        made = [self._first, self._columns, self._weights, self._lower, self._upper]
        first, column, weight, lower, upper = (np.array(part, dtype=np.int64) for part in made)
        costs = np.array(cost, dtype=np.int64)
        return Program(costs, np.ones_like(costs), first, column, weight, lower, upper)


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
            chosen = np.flatnonzero(outcome.values[: len(self.hitting.remedies)]).tolist()
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
        # Of a large year it may not be known that there is no plan, but of one of its classes.
        few = plain_clash(self.oracle, left)
        answer = self.oracle.plannable(left) if few is None else False
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
            self.hitting.told.append(chosen)
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

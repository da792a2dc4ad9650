"""Makes a program smaller without changing its solutions: what rows settle on their own is put in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classplanner.compile import Integers
from classplanner.encode.columns import Truths
from classplanner.encode.model import NO_LIMIT
from classplanner.encode.program import Program

__all__ = ["Reduced", "reduce_program"]

_PASSES = 8
_OPEN = -1


@dataclass(frozen=True)
class Reduced:
    """A smaller program with the same solutions.

    Attributes
    ----------
    program
        Over the columns that are left.
    columns
        Their positions in the whole program; shape (columns left,).
    settled
        The value of each column of the whole program that is not left; 0 for the others.
    cost
        What the settled columns cost.
    possible
        False where a row was found that no values satisfy; the program is then not to be used.
    """

    program: Program
    columns: Integers
    settled: Integers
    cost: int
    possible: bool

    def expand(self, values: Integers) -> Integers:
        """Return a solution of the whole program."""
        whole = self.settled.copy()
        whole[self.columns] = values
        return whole


def reduce_program(program: Program) -> Reduced:
    """Put in what rows settle: equations with one column left, and columns for which no row has room.

    Rows that hold whatever the values are left out. A few passes; what they do not find, the solver does.
    """
    row, value = program.row, np.where(program.upper == 0, 0, _OPEN)
    possible = True
    for _ in range(_PASSES):
        limits = _Limits(program, row, value)
        possible &= limits.possible
        found = limits.settle(value)
        if not found or not possible:
            break
    limits = _Limits(program, row, value)
    return _without_settled(program, row, value, limits, possible=possible and limits.possible)


class _Limits:
    """What the settled columns leave of the rows' limits."""

    def __init__(self, program: Program, row: Integers, value: Integers) -> None:
        rows = len(program.row_lower)
        self.program, self.row = program, row
        self.open = value[program.column] == _OPEN
        put_in = np.where(self.open, 0, program.weight * value[program.column])
        taken = np.bincount(row, put_in, minlength=rows).astype(np.int64)
        self.lower = np.where(program.row_lower <= -NO_LIMIT, -NO_LIMIT, program.row_lower - taken)
        self.upper = np.where(program.row_upper >= NO_LIMIT, NO_LIMIT, program.row_upper - taken)
        size = np.where(self.open, program.weight * program.upper[program.column], 0)
        self.most = np.bincount(row, np.maximum(size, 0), minlength=rows).astype(np.int64)
        self.least = np.bincount(row, np.minimum(size, 0), minlength=rows).astype(np.int64)
        self.possible = bool(np.all((self.least <= self.upper) & (self.most >= self.lower)))

    def settle(self, value: Integers) -> bool:
        """Enter the values that rows force; return whether there were any."""
        program, row = self.program, self.row
        alone = np.bincount(row, self.open, minlength=len(self.lower)) == 1
        forced = self.open & (alone & (self.lower == self.upper))[row]
        # A column that, at 1, leaves its row too little room even when all others help.
        room = (self.upper - self.least)[row]
        too_much = self.open & (program.weight > 0) & (program.weight > room)
        before = int(np.count_nonzero(value == _OPEN))
        value[program.column[too_much]] = 0
        exact = forced & ~too_much & (value[program.column] == _OPEN)
        limit = self.lower[row[exact]]
        whole = limit % program.weight[exact] == 0
        value[program.column[exact][whole]] = (limit // program.weight[exact])[whole]
        return int(np.count_nonzero(value == _OPEN)) < before

    def needed(self) -> Truths:
        """Mark the rows that some values break."""
        return (self.most > self.upper) | (self.least < self.lower)


def _without_settled(
    program: Program, row: Integers, value: Integers, limits: _Limits, *, possible: bool
) -> Reduced:
    columns = np.flatnonzero(value == _OPEN)
    needed = limits.needed()
    kept = limits.open & needed[row]
    count = np.bincount(row[kept], minlength=len(needed))[needed]
    settled = np.where(value == _OPEN, 0, value)
    smaller = Program(
        cost=program.cost[columns],
        upper=program.upper[columns],
        first=np.concatenate([[0], np.cumsum(count)]),
        column=np.searchsorted(columns, program.column[kept]),
        weight=program.weight[kept],
        row_lower=limits.lower[needed],
        row_upper=limits.upper[needed],
    )
    return Reduced(smaller, columns, settled, int(program.cost @ settled), possible)

"""A linear program over whole numbers, as plain arrays: what a model comes down to for a solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classplanner.compile import Integers
from classplanner.encode.columns import Truths
from classplanner.encode.model import NO_LIMIT, Model

__all__ = ["Program", "program_of"]


@dataclass(frozen=True)
class Program:
    """Minimise ``cost @ x`` over whole ``0 <= x <= upper`` with ``row_lower <= A @ x <= row_upper``.

    Attributes
    ----------
    cost, upper
        Shape (columns,).
    first, column, weight
        The matrix A by rows: row i has the entries ``first[i]`` to ``first[i + 1]``.
    row_lower, row_upper
        Shape (rows,); ``-NO_LIMIT`` and ``NO_LIMIT`` for none.
    """

    cost: Integers
    upper: Integers
    first: Integers
    column: Integers
    weight: Integers
    row_lower: Integers
    row_upper: Integers

    @property
    def row(self) -> Integers:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.row_lower)), np.diff(self.first))

    def without(self, columns: Truths) -> Program:
        """Return the program with the marked columns held at 0; columns keep their positions."""
        kept = ~columns[self.column]
        return replace(
            self,
            upper=np.where(columns, 0, self.upper),
            first=np.concatenate([[0], np.cumsum(kept)])[self.first],
            column=self.column[kept],
            weight=self.weight[kept],
        )

    def total(self, values: Integers) -> int:
        """Return what a solution costs."""
        return int(self.cost @ values)


def program_of(model: Model) -> Program:
    """Put the rows of all rules of a model into one program."""
    columns = len(model.upper)
    blocks = model.rows
    count = _joined([np.bincount(rows.row, minlength=len(rows.key)) for rows in blocks])
    return Program(
        cost=model.cost if len(model.cost) else np.zeros(columns, dtype=np.int64),
        upper=model.upper,
        first=np.concatenate([[0], np.cumsum(count)]),
        column=_joined([rows.column for rows in blocks]),
        weight=_joined([rows.weight for rows in blocks]),
        row_lower=np.maximum(_joined([rows.lower for rows in blocks]), -NO_LIMIT),
        row_upper=np.minimum(_joined([rows.upper for rows in blocks]), NO_LIMIT),
    )


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate([np.empty(0, dtype=np.int64), *parts])

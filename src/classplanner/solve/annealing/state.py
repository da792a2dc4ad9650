"""Where a local search stands: each lesson is held in one of its ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import Truths
from classplanner.solve.annealing import kernel
from classplanner.solve.annealing.board import Board, Records

__all__ = ["State"]

_MOVE = np.dtype([(name, np.int64) for name in ("lesson", "slot", "way")])
_RELIEVED = 4
"""So many sessions of overload a move may save at most, as a rule."""


class State:
    """Lessons in ways that change, as they were when that cost least.

    Parameters
    ----------
    ways
        To begin with, of each lesson; shape (lessons,).
    """

    def __init__(self, board: Board, ways: Integers) -> None:
        problem = board.problem
        lecturers, slots = len(problem.scenario.lecturers), len(problem.days) * problem.sessions_per_day
        self.board = board
        self._tables = kernel.Tables(
            board.first_way,
            board.ways,
            board.least,
            board.lessons.copy(),
            board.classes,
            board.first_entry,
            board.entries,
            board.rows.copy(),
            board.visits.copy(),
            held=np.full((len(board.classes), board.width), -1),
            taught=np.full((max(lecturers, 1), slots), -1),
            move=np.zeros(kernel.MOST_MOVED, dtype=_MOVE),
            loose=np.ones(len(ways), dtype=bool),
            best=ways.copy(),
            cost=np.zeros(2, dtype=np.int64),
        )
        kernel.hold(self._tables, ways)
        self._tables.cost[:] = self.excess + int(board.ways["price"][ways].sum())

    @property
    def ways(self) -> Integers:
        """The way of each lesson now; shape (lessons,)."""
        return self._tables.lessons["way"].copy()

    @property
    def cost(self) -> int:
        """What they cost, in equivalent VND."""
        return int(self._tables.cost[0])

    @property
    def best(self) -> Integers:
        """The way of each lesson when all cost least; shape (lessons,)."""
        return self._tables.best

    @property
    def least(self) -> int:
        """What the best ways cost, in equivalent VND."""
        return int(self._tables.cost[1])

    @property
    def excess(self) -> int:
        """What the rows cost now."""
        return int(kernel.excess(self._tables))

    @property
    def rows(self) -> Records:
        """The rows, with their totals now."""
        return self._tables.rows

    def limit(self, rows: Integers, upper: Integers) -> None:
        """Set upper limits of some rows."""
        some = self._tables.rows[rows]
        over = np.maximum(some["total"] - upper, 0) - np.maximum(some["total"] - some["upper"], 0)
        self._tables.cost[0] += int((over * some["price"]).sum())
        self._tables.rows["upper"][rows] = upper

    def adopt(self, ways: Integers) -> None:
        """Hold all lessons in some ways; the best ones are kept."""
        kernel.adopt(self._tables, ways)
        if self.cost < self.least:
            self._tables.cost[1] = self.cost
            self._tables.best[:] = ways

    def begin_anew(self) -> None:
        """Let those ways be the best that lessons are held in now."""
        self._tables.cost[1] = self.cost
        self._tables.best[:] = self.ways

    def anneal(self, moves: int, heat: float, seed: int, loose: Truths | None = None) -> None:
        """Try so many moves at a heat, of all lessons or of some.

        Parameters
        ----------
        loose
            The lessons that may be moved; shape (lessons,).
        """
        board = self.board
        self._tables.loose[:] = True if loose is None else loose
        if self._tables.loose.any():
            relief = board.price if self._breached else self._bearable
            per_day = board.problem.sessions_per_day
            kernel.anneal(self._tables, moves, heat, relief, board.price // 2, per_day, seed)

    @property
    def _breached(self) -> bool:
        """Whether any rule is broken now."""
        soft = self._tables.rows[self.board.soft]
        over = np.maximum(soft["total"] - soft["upper"], 0) * soft["price"]
        return self.excess > int(over.sum())

    @property
    def _bearable(self) -> int:
        """What a move may save in rows where no rule is broken, in equivalent VND."""
        return _RELIEVED * int(self.board.rows["price"][self.board.soft].max(initial=0))

    def best_without_breaches(self) -> Truths:
        """Mark the lessons to leave out of the best ways so that all rules hold; shape (lessons,)."""
        board = self.board
        gap: Truths = board.ways["lacking"][self.best] > 0
        strict = board.rows.copy()
        strict["price"][board.soft] = 0
        best = State(replace(board, rows=strict), self.best)
        if not gap.any() and best.excess == 0:
            return gap
        for lesson in np.argsort(~gap, kind="stable").tolist():
            if kernel.take(best._tables, lesson) == 0 and not gap[lesson]:
                kernel.put(best._tables, lesson, int(self.best[lesson]))
        left_out: Truths = best._tables.lessons["way"] < 0
        return left_out

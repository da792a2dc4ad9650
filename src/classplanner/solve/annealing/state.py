"""Where a local search stands: each lesson is held in one of its ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import Truths
from classplanner.solve.annealing import kernel
from classplanner.solve.annealing.board import Board

__all__ = ["State"]

_MOVE = np.dtype([(name, np.int64) for name in ("lesson", "slot", "way")])


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
            board.lessons.copy(),
            board.classes,
            board.first_entry,
            board.entries,
            board.rows.copy(),
            board.visits.copy(),
            held=np.full((len(board.classes), board.width), -1),
            taught=np.full((max(lecturers, 1), slots), -1),
            move=np.zeros(kernel.MOST_MOVED, dtype=_MOVE),
            best=ways.copy(),
            cost=np.zeros(2, dtype=np.int64),
        )
        kernel.hold(self._tables, ways)
        self._tables.cost[:] = self.excess + int(board.ways["price"][ways].sum())

    def begin(self, seed: int) -> None:
        """Begin a sequence of moves, all in this thread; what is not compiled yet is compiled."""
        kernel.seed(seed)
        self.anneal(0, 1.0)

    def back_to_best(self) -> None:
        """Hold all lessons in the best ways."""
        for lesson in range(len(self.best)):
            kernel.take(self._tables, lesson)
        kernel.hold(self._tables, self.best)
        self._tables.cost[0] = self.least

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

    def anneal(self, moves: int, heat: float) -> None:
        """Try so many moves at a heat."""
        per_day = self.board.problem.sessions_per_day
        kernel.anneal(self._tables, moves, heat, self.board.price // 2, per_day)

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

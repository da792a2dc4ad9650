"""Anneals two parts of a year at a time, a thread each.

Classes that have no week in common share no lecturer's slot, day or week, but only what a lecturer may give
in all. So two parts of the year, inside and outside of two Mondays, can be annealed side by side, while the
classes that are held across one of these Mondays rest. The Mondays are drawn anew each time, so that every
class rests now and then only. What both parts then take of a lecturer's maximum in all may be too much; that
costs, and is annealed away like any breach.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import Truths
from classplanner.solve.annealing.board import Board
from classplanner.solve.annealing.state import State

__all__ = ["Halves"]


class Halves:
    """As `State`, annealed by two threads.

    Parameters
    ----------
    workers
        With one, all is annealed by this thread.
    """

    def __init__(self, board: Board, ways: Integers, workers: int) -> None:
        self.board = board
        self._states = [State(board, ways) for _ in range(2)] if workers > 1 else []
        self._whole = State(board, ways)
        problem, per_day = board.problem, board.problem.sessions_per_day
        day = board.classes["first_slot"] // per_day
        self._first_week = problem.week[day]
        self._last_week = problem.week[day + problem.cohort_days - 1]
        # What is not compiled yet is, before any clock of a run begins.
        self._whole.anneal(0, 1.0, 0)
        self.back_to_best()

    @property
    def best(self) -> Integers:
        """The way of each lesson when all cost least; shape (lessons,)."""
        return self._whole.best

    @property
    def least(self) -> int:
        """What the best ways cost, in equivalent VND."""
        return self._whole.least

    def best_without_breaches(self) -> Truths:
        """Mark the lessons to leave out of the best ways so that all rules hold; shape (lessons,)."""
        return self._whole.best_without_breaches()

    def back_to_best(self) -> None:
        """Hold all lessons in the best ways."""
        self._whole.adopt(self.best.copy())

    def anneal(self, moves: int, heat: float, seed: int) -> None:
        """Try so many moves at a heat, half of them in each thread."""
        random = np.random.default_rng(seed)
        parts = self._parts(random) if self._states else None
        if parts is None:
            self._whole.anneal(moves, heat, seed)
            return
        seeds = random.integers(2**31, size=2).tolist()
        before = self._whole.ways

        def half(state: State, loose: Truths, own_seed: int) -> None:
            state.adopt(before)
            state.begin_anew()
            state.anneal(moves // 2, heat, own_seed, loose)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(half, self._states, parts, seeds))
        for found in ([state.best for state in self._states], [state.ways for state in self._states]):
            ways = before.copy()
            for part, own in zip(parts, found, strict=True):
                ways[part] = own[part]
            self._whole.adopt(ways)

    def _parts(self, random: np.random.Generator) -> tuple[Truths, Truths] | None:
        """Draw two Mondays; return the lessons between them and the others; None where there are not both."""
        first, last = self._first_week, self._last_week
        order = np.argsort(first, kind="stable")
        cut = int(random.integers(len(order) // 2 + 1)) if len(order) > 1 else 0
        begin, end = first[order[cut]], first[order[min(cut + len(order) // 2, len(order) - 1)]]
        inner = (first >= begin) & (last < end)
        outer = (last < begin) | (first >= end)
        if not (inner.any() and outer.any()):
            return None
        cohort = self.board.lessons["cohort"]
        return inner[cohort], outer[cohort]

"""Anneals two parts of a year at a time, a thread each.

Classes that have no week in common share no lecturer's slot, day or week, but only what a lecturer may give
in all. So two parts of the year, inside and outside of two Mondays, can be annealed side by side, while the
classes that are held across one of these Mondays rest. The Mondays are drawn anew each time, so that every
class rests now and then only. What is left of a lecturer's maximum in all is divided by lot between the
parts, so that they do not take too much of it together.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import Truths, ragged
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
        self._long_rows, self._touched = _long_rows(board, self._first_week, self._last_week)
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
        seeds, limits = random.integers(2**31, size=2).tolist(), self._limits(parts, random)
        before = self._whole.ways

        def half(state: State, loose: Truths, upper: Integers, own_seed: int) -> None:
            state.limit(self._long_rows, upper)
            state.adopt(before)
            state.begin_anew()
            state.anneal(moves // 2, heat, own_seed, loose)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(half, self._states, parts, limits, seeds))
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

    def _limits(self, parts: tuple[Truths, Truths], random: np.random.Generator) -> list[Integers]:
        """Divide what is left in the long rows of both parts; return how far each part may fill each row."""
        cohort = self.board.lessons["cohort"]
        rows = self._whole.rows[self._long_rows]
        one, other = (self._touched[:, np.unique(cohort[part])].any(axis=1) for part in parts)
        left = np.where(one & other, np.maximum(rows["upper"] - rows["total"], 0), 0)
        given = random.integers(left + 1)
        return [rows["upper"] - given, rows["upper"] - (left - given)]


def _long_rows(board: Board, first_week: Integers, last_week: Integers) -> tuple[Integers, Truths]:
    """Find the rows of classes that have no week in common, and which classes these are.

    Parameters
    ----------
    first_week, last_week
        Of each class; shape (classes,).

    Returns
    -------
    ndarray, ndarray
        The rows, but for those that state no rule; shape (rows,). Whether a class counts in them; shape
        (rows, classes).
    """
    lesson = np.repeat(np.arange(len(board.first_way) - 1), np.diff(board.first_way)) // board.width
    cohort = board.lessons["cohort"][lesson]
    taught = board.ways["lecture"] >= 0
    column = np.concatenate([board.ways["start"], board.ways["lecture"][taught]])
    entry, place = ragged(board.first_entry[column], np.diff(board.first_entry)[column])
    target = board.entries["target"][place]
    row = np.where(target >= 0, target, board.visits["row"][-1 - np.minimum(target, -1)])
    touched = np.zeros((len(board.rows), len(first_week)), dtype=bool)
    touched[row, np.concatenate([cohort, cohort[taught]])[entry]] = True
    touched[board.soft] = False
    latest = np.where(touched, first_week, first_week.min(initial=0)).max(axis=1, initial=0)
    earliest = np.where(touched, last_week, last_week.max(initial=0)).min(axis=1, initial=2**40)
    long = np.flatnonzero(latest > earliest)
    return long, touched[long]

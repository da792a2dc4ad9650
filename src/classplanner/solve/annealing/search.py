"""Simulated annealing of a year whose openings are given (Kirkpatrick, Gelatt and Vecchi, 1983).

A million moves a second find a plan, and a cheap one, far sooner than neighbourhoods that are decided
exactly; those then find what single moves do not. What breaks a rule is borne at a price, ever less as it
cools down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import LEFT_OUT, NOBODY, Draft
from classplanner.solve.annealing.beginning import times
from classplanner.solve.annealing.board import board_of
from classplanner.solve.control import Control

if TYPE_CHECKING:
    from classplanner.solve.annealing.halves import Halves

__all__ = ["CHEAPER", "CLOSING", "FEW", "FIRST", "LONG", "SURE", "THOROUGH", "Annealing", "Heats"]

_CHUNK, _LOOKS = 100_000, 16

FEW = 3
"""So many lessons that break rules may find a place with the openings at hand."""


@dataclass(frozen=True)
class Heats:
    """A part of a schedule: from one heat to another, in units of what ways to hold a lesson differ by.

    Attributes
    ----------
    moves
        So many for each lesson.
    repair
        Only for drafts in which some lessons break rules, so many at most; 0: for all drafts.
    """

    hot: float
    cold: float
    moves: int
    repair: float = 0


def _first(repair: float) -> tuple[Heats, ...]:
    """Breaches are many units of heat dear, and no others go until these move about."""
    return Heats(5.0, 0.6, 4_000), Heats(5.0, 0.6, 6_000, repair), Heats(0.4, 0.08, 1_000)


FIRST = _first(FEW)
"""For a plan, soon."""
SURE = _first(float("inf"))
"""The same, with openings that are as good as others."""
CLOSING = (Heats(5.0, 0.4, 6_000),)
"""For a plan, where there is none yet: where such a run does not lead to one, a longer one seldom does."""
THOROUGH = (Heats(1.6, 0.05, 18_000),)
"""For a cheap plan."""
LONG = (Heats(0.5, 0.045, 48_000),)
"""For a cheaper plan than that: one long part makes more of its moves than several short ones."""
CHEAPER = (Heats(0.32, 0.053, 16_000),)
"""From a plan to a cheaper one."""


class Annealing:
    """A year whose openings are given, from any times of its lessons.

    Parameters
    ----------
    draft
        Its openings, and lessons to begin with; classes that lack some begin like one of their programme.
    price
        Of a lesson that is left out of a class that is planned by itself.
    asked
        As for `decide_anew`.
    """

    def __init__(
        self,
        problem: Problem,
        draft: Draft,
        control: Control,
        *,
        price: int,
        asked: Integers | None = None,
    ) -> None:
        self.problem, self.draft, self.control = problem, draft, control
        self._board = board_of(problem, draft.day, draft.room, asked)
        self._slots = times(self._board, draft, control, price)

    def go_on_from(self, draft: Draft) -> None:
        """Begin the next run with the lessons of another draft, all there, with the same openings."""
        self.draft, self._slots = draft, draft.start

    @property
    def possible(self) -> bool:
        """Whether each class can be held by itself; nothing else may be asked for otherwise."""
        return self._slots is not None

    def run(
        self,
        schedule: Sequence[Heats],
        clock: Control,
        seed: int,
        look: Callable[[Draft], None] | None = None,
        *,
        workers: int = 1,
    ) -> Draft:
        """Anneal; return the best draft, without the lessons that break rules.

        Parameters
        ----------
        clock
            What is left on it is enough for the schedule, or the schedule is run through faster.
        look
            Shown the first draft that is a plan, and now and then a better one.
        workers
            Threads at a time, at most two are used.
        """
        from classplanner.solve.annealing.halves import Halves  # noqa: PLC0415 - Numba takes half a second

        state = Halves(self._board, self._first_ways(), workers)
        seeds = np.random.default_rng(seed)
        draft = self._draft(state)
        for number, heats in enumerate(schedule):
            if not heats.repair or 0 < len(draft.left_out) <= heats.repair:
                part = clock.within(clock.remaining / (len(schedule) - number))
                self._cool(state, heats, part, seeds, look)
                draft = self._draft(state)
        return draft

    def _cool(
        self,
        state: Halves,
        heats: Heats,
        clock: Control,
        seeds: np.random.Generator,
        look: Callable[[Draft], None] | None,
    ) -> None:
        moves, whole = heats.moves * len(state.best), clock.remaining
        looked, look_at = state.least, 0
        state.back_to_best()
        for done in range(0, moves, _CHUNK):
            if clock.stopped:
                break
            spent = 1 - clock.remaining / whole if whole < float("inf") else 0.0
            late = (
                spent > (done + _CHUNK) / moves
            )  # so that in time, the same moves are tried at the same heat
            heat = heats.hot * (heats.cold / heats.hot) ** (spent if late else done / moves)
            state.anneal(min(_CHUNK, moves - done), heat * self._board.scale, int(seeds.integers(2**31)))
            if look is not None and state.least < looked and done >= look_at:
                looked, draft = state.least, self._draft(state)
                if len(draft.left_out) == 0:
                    look(draft)
                    look_at = done + moves // _LOOKS

    def _first_ways(self) -> Integers:
        """Hold each lesson by the lecturer of the draft, or by the one who costs least by himself."""
        assert self._slots is not None
        board, draft, found = self._board, self.draft, []
        for lesson, slot in enumerate(self._slots.tolist()):
            ways = board.ways_of(lesson, slot)
            table = board.ways[ways.start : ways.stop]
            other = (slot != draft.start[lesson]) | (table["lecturer"] != draft.lecturer[lesson])
            found.append(ways[np.lexsort((table["price"], other))[0]])
        return np.array(found)

    def _draft(self, state: Halves) -> Draft:
        """Return the best draft, without the lessons that break rules."""
        left_out = state.best_without_breaches()
        ways = self._board.ways[state.best]
        start = np.where(left_out, LEFT_OUT, ways["slot"])
        lecturer = np.where(left_out, NOBODY, ways["lecturer"])
        return Draft(self.draft.day, self.draft.room, start, lecturer)

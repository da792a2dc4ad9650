"""Two parts of a year are annealed side by side, and what that comes to is what is counted anew."""

from __future__ import annotations

import numpy as np
from benchmarks.years import year

from classplanner.compile import compile_scenario
from classplanner.solve.annealing import FIRST, Annealing
from classplanner.solve.annealing.halves import Halves
from classplanner.solve.annealing.state import State
from classplanner.solve.control import Control
from classplanner.solve.year import dearest_session
from tests.solve.annealing.test_search import openings_only


def _annealing() -> Annealing:
    problem = compile_scenario(year(1, classes=12, days=10))
    return Annealing(problem, openings_only(problem), Control(), price=dearest_session(problem))


def test_parts_have_no_week_in_common() -> None:
    annealing = _annealing()
    board, random = annealing._board, np.random.default_rng(1)
    halves = Halves(board, annealing._first_ways(), 2)
    moved = np.zeros(len(board.lessons), dtype=bool)
    for _ in range(50):
        parts = halves._parts(random)
        if parts is not None:
            weeks = []
            for part in parts:
                cohorts = np.unique(board.lessons["cohort"][part])
                moved |= part
                weeks.append(
                    {
                        week
                        for first, last in zip(
                            halves._first_week[cohorts], halves._last_week[cohorts], strict=True
                        )
                        for week in range(first, last + 7, 7)
                    }
                )
            assert not weeks[0] & weeks[1]
    assert moved.all()


def test_what_is_kept_up_with_is_what_is_counted_anew() -> None:
    annealing = _annealing()
    halves = Halves(annealing._board, annealing._first_ways(), 2)
    before = halves.least
    for seed, heat in enumerate((2.0, 0.5, 0.1)):
        halves.anneal(40_000, heat * annealing._board.scale, seed)
        halves.back_to_best()
        assert State(annealing._board, halves.best).least == halves.least
    assert halves.least < before


def test_the_same_seed_finds_the_same_draft_with_two_threads() -> None:
    one, two = (_annealing().run(FIRST, Control(), 1, workers=2) for _ in range(2))
    assert np.array_equal(one.start, two.start)
    assert np.array_equal(one.lecturer, two.lecturer)

"""The tables of local search say of any draft what the encoded rules say: whether it is a plan, and its cost.

Drafts are drawn at random for the scenarios of the oracle test, so every rule is met.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.years import year

from classplanner.compile import Problem, compile_scenario
from classplanner.encode import NOBODY, Draft, possible_openings
from classplanner.solve.annealing.board import Board, Records, board_of
from classplanner.solve.annealing.state import State
from classplanner.solve.judge import judge
from tests.oracle.scenarios import random_scenario
from tests.solve.annealing.test_search import openings_only

_DRAFTS = 12


def _random_board(problem: Problem, rng: np.random.Generator) -> tuple[Board, np.ndarray, np.ndarray] | None:
    openings = possible_openings(problem)
    chosen = [
        rng.choice(own)
        for cohort in range(len(problem.cohorts))
        if len(own := np.flatnonzero(openings.cohort == cohort))
    ]
    if len(chosen) < len(problem.cohorts):
        return None
    day, room = openings.day[chosen], openings.room[chosen]
    return board_of(problem, day, room), day, room


def _random_ways(board: Board, rng: np.random.Generator) -> np.ndarray | None:
    """Draw a way for each lesson, mostly one with a lecturer."""
    lesson = np.searchsorted(board.first_way, np.arange(len(board.ways)), side="right") - 1
    of_lesson = lesson // board.width
    ways = []
    for one in range(len(board.lessons)):
        own = np.flatnonzero(of_lesson == one)
        taught = own[board.ways["lecturer"][own] != NOBODY]
        if len(own) == 0:
            return None
        ways.append(rng.choice(taught if len(taught) else own))
    return np.array(ways)


def _without_soft(board: Board) -> Records:
    rows = board.rows.copy()
    rows["price"][board.soft] = 0
    return rows


@pytest.mark.parametrize("seed", range(150))
def test_a_draft_is_a_plan_for_both_or_for_neither(seed: int) -> None:
    problem, rng = compile_scenario(random_scenario(seed)), np.random.default_rng(seed)
    for _ in range(_DRAFTS):
        drawn = _random_board(problem, rng)
        ways = None if drawn is None else _random_ways(drawn[0], rng)
        if drawn is None or ways is None:
            return
        board, day, room = drawn
        state = State(board, ways)
        draft = Draft(day, room, board.ways["slot"][ways], board.ways["lecturer"][ways])
        judged = judge(problem, draft)
        if len(judged.values) == 0:
            continue  # an opening is banned, and lessons cannot be held at all
        opened = int((judged.model.cost * judged.values)[: judged.model.first_start].sum())
        broken = State(replace(board, rows=_without_soft(board)), ways).excess
        assert judged.complete == (broken == 0 and not state.best_without_breaches().any())
        if judged.complete:
            assert judged.total == state.least + opened
        else:
            assert state.least >= board.price


@pytest.mark.parametrize("seed", range(150))
def test_what_is_kept_up_with_is_what_is_counted_anew(seed: int) -> None:
    problem, rng = compile_scenario(random_scenario(seed)), np.random.default_rng(seed)
    drawn = _random_board(problem, rng)
    ways = None if drawn is None else _random_ways(drawn[0], rng)
    if drawn is None or ways is None:
        return
    state = State(drawn[0], ways)
    before = state.least
    for heat in (3.0, 0.3, 0.03):
        state.anneal(2_000, heat * drawn[0].scale, seed)
        assert State(drawn[0], state.best).least == state.least <= before


def test_annealing_makes_a_year_cheaper() -> None:
    problem, rng = compile_scenario(year(2, classes=4, days=8, tightness="tight")), np.random.default_rng(1)
    draft = openings_only(problem)
    board = board_of(problem, draft.day, draft.room)
    ways = _random_ways(board, rng)
    assert ways is not None
    state = State(board, ways)
    before = state.least
    state.anneal(50_000, board.scale, 1)
    assert state.least < before
    assert State(board, state.best).least == state.least

"""Annealing finds plans with given openings, in no more time than it is given, the same for the same seed."""

from __future__ import annotations

import time

import numpy as np
import pytest
from benchmarks.years import year

from classplanner.compile import Problem, compile_scenario
from classplanner.encode import LEFT_OUT, NOBODY, Draft, encode_openings
from classplanner.scenario import Period
from classplanner.solve.annealing import FIRST, THOROUGH, Annealing
from classplanner.solve.choice import whole_openings
from classplanner.solve.control import Control
from classplanner.solve.courses import groups
from classplanner.solve.judge import judge
from classplanner.solve.multipliers import Multipliers
from classplanner.solve.packing import Packing
from classplanner.solve.year import dearest_session


def openings_only(problem: Problem) -> Draft:
    """Return a draft with openings that are cheap under prices, and no lessons."""
    model = encode_openings(problem)
    packing = Packing(problem, model.openings, model.cost[: model.first_start], groups(problem))
    priced = Multipliers(problem, packing).raise_bound(60, lambda: False)
    assert priced is not None
    _, values = whole_openings(packing, priced.sessions, Control(20.0), 1)
    assert values is not None
    day, room = packing.openings(values)
    lessons = int(problem.first_lesson[-1])
    return Draft(day, room, np.full(lessons, LEFT_OUT), np.full(lessons, NOBODY))


def _annealing(problem: Problem, seconds: float | None = None) -> Annealing:
    return Annealing(problem, openings_only(problem), Control(seconds), price=dearest_session(problem))


@pytest.mark.parametrize("draw", range(3))
def test_a_year_is_planned_and_ever_cheaper(draw: int) -> None:
    problem = compile_scenario(year(draw, classes=8, days=16))
    annealing = _annealing(problem)
    plans = 0
    for seed in (1, 2, 3):
        shown: list[Draft] = []
        draft = annealing.run(THOROUGH, Control(), seed, shown.append)
        assert all(judge(problem, one).complete for one in shown)
        if not len(draft.left_out):
            plans += 1
            totals = [judge(problem, one).total for one in (*shown, draft)]
            assert judge(problem, draft).complete
            assert totals[-1] == min(totals)
    assert plans


def test_what_is_left_out_makes_the_rest_hold() -> None:
    problem = compile_scenario(year(1, classes=6, days=8, tightness="tight"))
    draft = _annealing(problem).run((), Control(), 1)
    assert len(draft.left_out)
    assert judge(problem, draft, 1).holds


def test_the_same_seed_finds_the_same_draft() -> None:
    problem = compile_scenario(year(1, classes=8, days=16))
    one, two, other = (_annealing(problem).run(FIRST, Control(), seed) for seed in (1, 1, 2))
    assert np.array_equal(one.start, two.start)
    assert np.array_equal(one.lecturer, two.lecturer)
    assert not (np.array_equal(one.start, other.start) and np.array_equal(one.lecturer, other.lecturer))


def test_it_ends_with_the_clock() -> None:
    problem = compile_scenario(year(1, classes=8, days=16))
    annealing = _annealing(problem)
    annealing.run(FIRST, Control(0.1), 1)  # compiles
    began = time.monotonic()
    draft = annealing.run(THOROUGH, Control(0.5), 1)
    assert time.monotonic() - began < 1.5
    assert judge(problem, draft, 1).holds


def test_a_class_that_cannot_be_held_is_told() -> None:
    scenario = year(1, classes=2, days=8)
    problem = compile_scenario(scenario)
    always = Period.model_validate({"from": scenario.calendar.first_day, "to": scenario.calendar.last_day})
    away = tuple(one.model_copy(update={"unavailable": (always,)}) for one in scenario.lecturers)
    deserted = compile_scenario(scenario.model_copy(update={"lecturers": away}))
    draft, price = openings_only(problem), dearest_session(problem)
    assert Annealing(problem, draft, Control(), price=price).possible
    assert not Annealing(deserted, draft, Control(), price=price).possible

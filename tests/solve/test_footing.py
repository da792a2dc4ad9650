"""Prices go over to a variant by the names of lecturers and the dates of days; what is new costs nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from benchmarks.years import planted

from classplanner.compile import Problem, compile_scenario
from classplanner.deltas import apply, parse_words
from classplanner.encode import LEFT_OUT, draft_from, encode_openings
from classplanner.scenario import Scenario
from classplanner.solve import Control, Footing, footing_of
from classplanner.solve.courses import groups
from classplanner.solve.multipliers import Multipliers
from classplanner.solve.packing import Packing
from classplanner.solve.prices import Prices
from classplanner.timetable import Timetable
from tests.builders import scenario

_BASE = scenario()


def _footing(problem: Problem) -> Footing:
    """Return a footing with a price of its own for every lecturer, slot, day, week and in all."""
    found = footing_of(problem, Control())
    assert found is not None
    number = iter(range(1, 10**6))

    def numbered(prices: np.ndarray) -> np.ndarray:
        return np.array([next(number) for _ in range(prices.size)]).reshape(prices.shape)

    return replace(found, prices=Prices(*map(numbered, vars(found.prices).values())))


@pytest.mark.parametrize(
    "words",
    [
        "fees percent=20",
        "holiday from=2018-04-10",
        "calendar last_day=2018-05-11",
        "add-lecturer id=new fee=1 modules=LAW",
    ],
)
def test_prices_are_those_of_the_same_lecturer_and_day(words: str) -> None:
    before, now = compile_scenario(_BASE), compile_scenario(apply(_BASE, parse_words(words)))
    footing = _footing(before)
    made = footing.prices_for(now)
    who = [lecturer.id for lecturer in now.scenario.lecturers]
    parts = range(now.sessions_per_day)

    def price(lecturer: str, date: dt.date, part: int) -> int:
        """Return the price by slot and day in the footing; 0 for what is new."""
        if lecturer not in footing.lecturers or date not in footing.dates:
            return 0
        row, day = footing.lecturers.index(lecturer), footing.dates.index(date)
        prices = footing.prices
        return int(prices.slot[row, day * len(parts) + part] + prices.day[row, day])

    for (row, name), (day, date), part in product(enumerate(who), enumerate(now.dates), parts):
        assert made.slot[row, day * len(parts) + part] + made.day[row, day] == price(name, date, part)
    known = [name in footing.lecturers for name in who]
    assert (made.total > 0).tolist() == known
    assert made.week[known].max() == footing.prices.week.max()


def test_prices_of_a_scenario_prove_of_it_what_they_proved() -> None:
    problem = compile_scenario(_BASE)
    footing = footing_of(problem, Control())
    assert footing is not None
    model = encode_openings(problem)
    packing = Packing(problem, model.openings, model.cost[: model.first_start], groups(problem))
    multipliers = Multipliers(problem, packing)
    again, anew = multipliers.bound(footing.prices_for(problem)), multipliers.bound(footing.prices)
    assert again is not None
    assert anew is not None
    assert again[0].bound == anew[0].bound


def test_other_sessions_of_the_day_have_no_prices() -> None:
    problem = compile_scenario(_BASE)
    footing = replace(_footing(problem), sessions=("evening",))
    assert not footing.prices_for(problem).slot.any()


# --- the plan


def _planned() -> tuple[Scenario, Timetable]:
    return planted(3, classes=3, days=8)


def _with_plan() -> tuple[Footing, Timetable]:
    year, hidden = _planned()
    footing = _footing(compile_scenario(year))
    return footing.with_plan(hidden.cohorts, hidden.meetings), hidden


def test_without_a_plan_nothing_is_said_of_it() -> None:
    problem = compile_scenario(_BASE)
    assert _footing(problem).draft_for(problem) is None


def test_of_the_same_year_the_plan_says_everything() -> None:
    footing, hidden = _with_plan()
    problem = compile_scenario(_planned()[0])
    draft, whole = footing.draft_for(problem), draft_from(problem, hidden.cohorts, hidden.meetings)
    assert draft is not None
    for name, values in vars(whole).items():
        assert np.array_equal(getattr(draft, name), values)


def test_what_a_variant_lacks_is_left_out() -> None:
    footing, hidden = _with_plan()
    year = _planned()[0]
    opened = hidden.cohorts[0]
    problem = compile_scenario(apply(year, parse_words(f"holiday from={opened.opens}")))
    draft = footing.draft_for(problem)
    assert draft is not None
    first = problem.cohort_position[opened.id]
    assert draft.day[first] == LEFT_OUT
    lessons = problem.lesson_cohort == first
    assert (draft.start[lessons] == LEFT_OUT).all()
    per_day = problem.sessions_per_day
    taught = draft.start != LEFT_OUT
    assert taught.any()
    assert (draft.start[taught] < (problem.cohort_days * per_day)[problem.lesson_cohort[taught]]).all()
    assert (draft.start[taught] >= 0).all()

"""The examples have the proven optimum that is written down beside them, term by term.

What is written down was found by the planner. Here it is proven again: the total by a new run, its terms by
showing that no plan of the same total has another value, or one beyond the range written down.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classplanner import Plan, check, load, plan
from classplanner.compile import Integers, compile_scenario
from classplanner.encode import Program, encode, program_of
from classplanner.scenario import Scenario
from classplanner.solve import Control
from classplanner.solve.cpsat import decide
from classplanner.solve.relaxation import relax
from classplanner.timetable import Terms

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NAMES = sorted(file.name.removesuffix(".expected.json") for file in SCENARIOS.glob("*.expected.json"))
TERMS = tuple(Terms.model_fields)
PATIENCE = 300.0


@cache
def scenario(name: str) -> Scenario:
    return load(SCENARIOS / f"{name}.toml")


@cache
def planned(name: str) -> Plan:
    return plan(scenario(name), time_limit=PATIENCE)


@cache
def expected(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((SCENARIOS / f"{name}.expected.json").read_text("utf-8"))
    return document


def ranges(name: str) -> dict[str, tuple[int, int]]:
    """Return the least and the most of each term."""
    unique = {term: (value, value) for term, value in expected(name)["terms"].items()}
    return unique | {term: (low, high) for term, (low, high) in expected(name)["ranges"].items()}


def test_all_examples_are_there() -> None:
    assert NAMES == ["hanoi-2018", "two-classes"]
    large = {"hanoi-commune-leaders", "hanoi-scheme"}  # no optimum of these is proven
    assert {file.stem for file in SCENARIOS.glob("*.toml")} == {*NAMES, *large}


@pytest.mark.parametrize("name", NAMES)
class TestExample:
    def test_is_planned_at_the_optimum(self, name: str) -> None:
        timetable = planned(name).timetable
        assert timetable is not None
        assert timetable.objective is not None
        assert planned(name).status == timetable.status == expected(name)["status"] == "optimal"
        assert timetable.objective.total == timetable.objective.bound == expected(name)["total"]
        assert planned(name).gap == timetable.objective.gap == 0.0

    def test_has_the_terms(self, name: str) -> None:
        timetable = planned(name).timetable
        assert timetable is not None
        terms = check(scenario(name), timetable).terms
        assert terms.total == expected(name)["total"]
        assert timetable.objective is not None
        assert timetable.objective.terms == terms
        assert set(ranges(name)) == set(TERMS)
        for term, (low, high) in ranges(name).items():
            assert low <= getattr(terms, term) <= high, term

    def test_passes_the_checker(self, name: str) -> None:
        timetable = planned(name).timetable
        assert timetable is not None
        assert check(scenario(name), timetable).ok

    def test_no_plan_of_the_same_total_has_other_terms(self, name: str) -> None:
        best = _best(name)
        for term, (low, high) in ranges(name).items():
            costs = _costs_of(scenario(name), term, len(best.cost))
            less = decide(_within(best, costs, -(2**50), low - 1), Control(PATIENCE))
            more = decide(_within(best, costs, high + 1, 2**50), Control(PATIENCE))
            assert (less.status, more.status) == ("infeasible", "infeasible"), term
            ends = {low, high} if low < high else set()
            for end in ends:
                assert decide(_within(best, costs, end, end), Control(PATIENCE)).status == "optimal", term


def test_hanoi_2018_is_the_course_that_was_held() -> None:
    """Class 2 had 32 modules, from Friday 16 March to the 32nd working day, Thursday 3 May 2018."""
    timetable = planned("hanoi-2018").timetable
    assert timetable is not None
    (entry,) = timetable.cohorts
    assert (entry.id, entry.opens, entry.closes) == ("K2", dt.date(2018, 3, 16), dt.date(2018, 5, 3))
    taught = {meeting.module: len(meeting.sessions) for meeting in timetable.meetings}
    assert len(taught) == len(timetable.meetings)
    listed = [f"M{number:02}" for number in range(1, 33)]
    assert [module for module in sorted(taught) if module[1:].isdecimal()] == listed
    assert (sum(taught[module] for module in listed), sum(taught.values())) == (54, 64)
    assert len({date for meeting in timetable.meetings for date, _ in meeting.sessions}) == 32


def _best(name: str) -> Program:
    """Return a program whose solutions are the optimal plans of a scenario, with nothing left to minimise."""
    program = program_of(encode(compile_scenario(scenario(name))))
    total, relaxation = expected(name)["total"], relax(program)
    assert relaxation is not None
    cheap = program.without(relaxation.bound + relaxation.reduced > total)
    return replace(_within(cheap, program.cost, 0, total), cost=np.zeros_like(program.cost))


def _within(program: Program, costs: Integers, least: int, most: int) -> Program:
    """Add the row ``least <= costs @ x <= most``."""
    costly = np.flatnonzero(costs)
    return replace(
        program,
        first=np.append(program.first, program.first[-1] + len(costly)),
        column=np.concatenate([program.column, costly]),
        weight=np.concatenate([program.weight, costs[costly]]),
        row_lower=np.append(program.row_lower, least),
        row_upper=np.append(program.row_upper, most),
    )


def _costs_of(scenario: Scenario, term: str, columns: int) -> Integers:
    """Return what each column costs where only one term counts."""
    weights = {key: getattr(scenario.objective, key) if key == term else 0 for key in TERMS}
    alone = scenario.model_copy(update={"objective": scenario.objective.model_copy(update=weights)})
    cost = encode(compile_scenario(alone)).cost
    return np.pad(cost, (0, columns - len(cost)))

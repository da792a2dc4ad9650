"""Model and checker name the same breaches, too, where a class, a module or a lecturer is left out.

The guarded models of scenarios made by hand and of a few random ones; choices of columns with gaps.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest

from classplanner.check import Checker
from classplanner.compile import Integers, compile_scenario
from classplanner.encode import Model, decode, encode
from classplanner.rules import RuleInstance
from classplanner.timetable import Timetable
from tests.oracle.edges import edge_scenarios
from tests.oracle.scenarios import random_scenario

EDGES = edge_scenarios()
DRAWS = 8


def _draw(model: Model, rng: random.Random, *, unstaffed: float) -> Integers:
    """Open every class somewhere, start every module somewhen, by someone; now and then leave one out."""
    values = np.zeros(len(model.upper), dtype=np.int64)
    for cohort in range(len(model.problem.cohorts)):
        openings = np.flatnonzero(model.openings.cohort == cohort)
        if not len(openings) or rng.random() < 0.05:
            continue
        opening = rng.choice(openings.tolist())
        values[opening] = 1
        mine = model.starts.course == model.course_of_opening[opening]
        for module in model.problem.cohorts[cohort].programme.modules:
            starts = np.flatnonzero(mine & (model.starts.module == module))
            if not len(starts) or rng.random() < 0.05:
                continue
            start = rng.choice(starts.tolist())
            values[model.first_start + start] = 1
            lectures = np.flatnonzero(model.lectures.start == start)
            if len(lectures) and rng.random() >= unstaffed:
                values[model.first_lecture + rng.choice(lectures.tolist())] = 1
    _send(model, values)
    return values


def _send(model: Model, values: Integers) -> None:
    """Send lecturers to venues as far as their sessions force it."""
    for rows in model.rows:
        over = np.bincount(rows.row, rows.weight * values[rows.column], minlength=len(rows.key)) > rows.upper
        forced = over[rows.row] & (rows.column >= model.first_extra) & (rows.weight < 0)
        values[rows.column[forced]] = 1


def _breached(model: Model, values: Integers) -> Iterator[RuleInstance]:
    for bans in model.bans:
        for key in bans.key[values[bans.column] > 0].tolist():
            instance = bans.name(key)
            assert instance.rule == bans.rule
            yield instance
    for rows in model.rows:
        sums = np.bincount(rows.row, rows.weight * values[rows.column], minlength=len(rows.key))
        for key in rows.key[(sums < rows.lower) | (sums > rows.upper)].tolist():
            instance = rows.name(key)
            assert instance.rule == rows.rule
            yield instance


def _judged(model: Model, values: Integers) -> set[RuleInstance]:
    cohorts, meetings = decode(model, values)
    verdict = Checker(model.problem.scenario).judge(Timetable(cohorts=cohorts, meetings=meetings))
    return {breach.instance for breach in verdict.breaches}


@pytest.mark.parametrize("name", [*EDGES, *range(20)])
def test_what_is_left_out_is_named(name: str | int) -> None:
    scenario = EDGES[name] if isinstance(name, str) else random_scenario(name)
    model = encode(compile_scenario(scenario), guarded=True, objective=False)
    rng = random.Random(str(name))
    for _ in range(DRAWS):
        values = _draw(model, rng, unstaffed=0)
        assert set(_breached(model, values)) == _judged(model, values)


@pytest.mark.parametrize("seed", range(10))
def test_a_module_without_a_lecturer_is_named(seed: int) -> None:
    model = encode(compile_scenario(random_scenario(seed)), guarded=True, objective=False)
    rng = random.Random(seed)
    for _ in range(DRAWS):
        values = _draw(model, rng, unstaffed=0.5)
        # A lock on a lecturer is breached by another lecturer's column; there is none here.
        breached, judged = (
            {instance for instance in instances if instance.rule != "lock"}
            for instances in (_breached(model, values), _judged(model, values))
        )
        assert breached == judged


def test_the_draws_leave_out_classes_and_modules() -> None:
    breached: set[str] = set()
    for seed in range(20):
        model = encode(compile_scenario(random_scenario(seed)), guarded=True, objective=False)
        breached |= {
            rule.rule for rule in _breached(model, _draw(model, random.Random(str(seed)), unstaffed=0))
        }
    assert {"quota", "programme-complete"} <= breached

"""What a choice of columns violates in the guarded model is, instance by instance, what the checker finds.

A breach and a member of an infeasible core are the same rule instance. Random complete plans, good and bad,
are drawn from the columns of random small scenarios and judged by both.
"""

from __future__ import annotations

import random

import numpy as np
import pytest

from classplanner.check import Checker
from classplanner.compile import Integers, compile_scenario
from classplanner.encode import NO_LIMIT, Model, Rows, decode, encode
from classplanner.rules import RULES, RuleInstance
from classplanner.timetable import Timetable
from tests.oracle.scenarios import random_scenario

SEEDS = range(120)
DRAWS = 25
# True of every column: no choice of columns can violate them.
BUILT_IN = {
    "working-days",
    "consecutive-days",
    "home-room",
    "lecturer-qualified",
    "programme-complete",
    "quota",
}


def _draw(model: Model, chance: random.Random) -> Integers | None:
    """Choose an opening for each class, a start for each module and a lecturer for each start."""
    values = np.zeros(len(model.upper), dtype=np.int64)
    for cohort, data in enumerate(model.problem.cohorts):
        openings = np.flatnonzero(model.openings.cohort == cohort)
        if not len(openings):
            return None
        opening = chance.choice(openings.tolist())
        values[opening] = 1
        for module in data.programme.modules:
            course = model.course_of_opening[opening]
            starts = np.flatnonzero((model.starts.course == course) & (model.starts.module == module))
            if not len(starts):
                return None
            start = chance.choice(starts.tolist())
            values[model.first_start + start] = 1
            lectures = np.flatnonzero(model.lectures.start == start)
            if len(lectures):
                values[model.first_lecture + chance.choice(lectures.tolist())] = 1
    return values


def _send_lecturers(model: Model, values: Integers) -> None:
    """Set the columns that say where lecturers go, as the sessions that they give demand."""
    for rows in model.rows:
        if rows.rule == "lecturer-one-venue":
            extra = rows.column >= model.first_extra
            short = _sums(rows, values)[rows.row] > 0
            values[rows.column[extra & short & (rows.weight < 0)]] = 1


def _sums(rows: Rows, values: Integers) -> Integers:
    return np.bincount(rows.row, rows.weight * values[rows.column], minlength=len(rows.key)).astype(np.int64)


def _violated(model: Model, values: Integers) -> set[RuleInstance]:
    found = {
        bans.name(int(key)) for bans in model.bans for key in np.unique(bans.key[values[bans.column] > 0])
    }
    for rows in model.rows:
        sums = _sums(rows, values)
        broken = (sums < rows.lower) | ((sums > rows.upper) & (rows.upper < NO_LIMIT))
        found |= {rows.name(int(key)) for key in rows.key[broken]}
    return found


def _judged(seed: int) -> list[tuple[set[RuleInstance], set[RuleInstance]]]:
    """Return what model and checker say of some random plans of one scenario."""
    scenario = random_scenario(seed)
    model = encode(compile_scenario(scenario), guarded=True, objective=False)
    checker, chance = Checker(scenario), random.Random(seed)
    both = []
    for _ in range(DRAWS):
        values = _draw(model, chance)
        if values is not None:
            _send_lecturers(model, values)
            cohorts, meetings = decode(model, values)
            verdict = checker.judge(Timetable(cohorts=cohorts, meetings=meetings))
            both.append((_violated(model, values), {breach.instance for breach in verdict.breaches}))
    return both


@pytest.mark.parametrize("seed", SEEDS)
def test_model_and_checker_name_the_same_breaches(seed: int) -> None:
    for by_model, by_checker in _judged(seed):
        assert by_model == by_checker


def test_every_rule_that_columns_can_violate_is_violated_somewhere() -> None:
    violated = {instance.rule for seed in SEEDS for by_model, _ in _judged(seed) for instance in by_model}
    assert violated == set(RULES) - BUILT_IN

"""One class, any of its openings: the plan costs what a MIP solver finds over all openings at once.

The reference is HiGHS on the same program: it knows nothing of openings, bounds of courses, columns left out
or CP-SAT. The instances are of the kind that benchmarks/single_classes.py plans, but smaller, so that HiGHS
takes a few seconds for each.
"""

from __future__ import annotations

import pytest
from benchmarks.instances import instance
from benchmarks.mip import mip_optimum

from classplanner import check, plan
from classplanner.compile import compile_scenario
from classplanner.encode import encode, program_of
from classplanner.scenario import Scenario
from classplanner.solve import Control, search

SEEDS = {20: (10, 0.4), 25: (9, 0.3), 27: (8, 0.3), 29: (10, 0.3)}
"""By seed: class days, and the share of the dates on which a lecturer is away."""

PATIENCE = 300.0


@pytest.mark.parametrize("seed", SEEDS)
def test_costs_what_the_mip_costs(seed: int) -> None:
    days, leave = SEEDS[seed]
    scenario = instance(seed, days=days, window_days=40, leave=leave)
    found = plan(scenario, time_limit=PATIENCE)
    assert (found.status, found.gap) == ("optimal", 0.0)
    assert found.timetable is not None
    assert check(scenario, found.timetable).ok
    assert found.objective == _by_mip(scenario)
    by_openings = search(compile_scenario(scenario), Control(PATIENCE), whole=0)
    assert (by_openings.status, by_openings.bound) == ("optimal", found.objective)


def _by_mip(scenario: Scenario) -> int | None:
    return mip_optimum(program_of(encode(compile_scenario(scenario))), PATIENCE)

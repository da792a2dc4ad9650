"""A year falls into the parts that share nothing but a few lecturers, and no class loses a venue by that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.years import Sizes, planted, year

from classplanner.compile import compile_scenario
from classplanner.encode import allowed_openings, draft_from, possible_openings
from classplanner.scenario import Scenario, load
from classplanner.solve import find_blocks
from classplanner.solve.judge import judge
from tests.oracle.scenarios import random_scenario

SCHEME = Path(__file__).parents[2] / "scenarios" / "hanoi-scheme.toml"
THREE = Sizes(classes=9, provinces=3, days=8)


def changed(**update: Any) -> Scenario:
    """Return a year of three provinces with some changes."""
    scenario = year(1, **THREE)
    fields = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    return Scenario(**(fields | update))


def test_provinces_are_blocks() -> None:
    scenario = year(1, **THREE)
    blocks = find_blocks(compile_scenario(scenario))
    assert [[cohort.id[:4] for cohort in block.scenario.cohorts] for block in blocks] == [
        ["p01-"] * 3,
        ["p02-"] * 3,
        ["p03-"] * 3,
    ]
    for block in blocks:
        names = [one.id for one in block.scenario.lecturers]
        common = {name for name, shared in zip(names, block.shared, strict=True) if shared}
        assert common
        assert all(name.startswith("central") for name in common)
        assert [scenario.lecturers[position].id for position in block.lecturers] == names


def test_one_province_is_not_split() -> None:
    assert find_blocks(compile_scenario(year(1, classes=6, days=8))) == []


def test_where_all_halls_are_open_to_all_nothing_is_split() -> None:
    anywhere = tuple(one.model_copy(update={"venues": None}) for one in changed().audiences)
    assert find_blocks(compile_scenario(changed(audiences=anywhere))) == []


def test_a_budget_is_for_all_so_nothing_is_split() -> None:
    assert find_blocks(compile_scenario(changed(budget={2018: 10**12}))) == []


def test_audiences_with_one_roster_are_one_block() -> None:
    scenario = load(SCHEME)
    assert find_blocks(compile_scenario(scenario)) == []


def test_one_roster_is_one_block_even_where_audiences_have_venues_of_their_own() -> None:
    scenario = load(SCHEME)
    venues = [venue.id for venue in scenario.venues]
    own = tuple(
        one.model_copy(update={"venues": (venues[number % len(venues)],)})
        for number, one in enumerate(scenario.audiences)
    )
    fields = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    assert find_blocks(compile_scenario(Scenario(**(fields | {"audiences": own})))) == []


@pytest.mark.parametrize("seed", range(120))
def test_every_opening_of_a_class_is_in_its_block(seed: int) -> None:
    problem = compile_scenario(random_scenario(seed))
    openings = allowed_openings(problem, possible_openings(problem))
    for block in find_blocks(problem):
        mine = np.isin(openings.cohort, block.cohorts)
        assert np.isin(openings.room[mine], block.rooms).all()
        others = np.isin(problem.room_venue[openings.room[~mine]], problem.room_venue[block.rooms])
        assert not others.any()


def test_some_random_scenarios_have_blocks() -> None:
    assert any(find_blocks(compile_scenario(random_scenario(seed))) for seed in range(120))


def test_a_block_is_planned_like_its_part_of_the_whole() -> None:
    scenario, plan = planted(1, **THREE)
    problem = compile_scenario(scenario)
    draft = draft_from(problem, plan.cohorts, plan.meetings)
    for block in find_blocks(problem):
        part = compile_scenario(block.scenario)
        assert judge(part, block.cut(problem, draft)).complete

"""The CP-SAT model accepts exactly the timetables that the checker accepts, and finds the cheapest of them.

On random small scenarios (as many as CLASSPLANNER_ORACLE says, 300 by default) and on some made by hand, the
set of all timetables that the model accepts is compared with the one that brute force and the checker find.
A rule stated too loosely shows as a timetable too many, one stated too tightly as one that is missing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import pytest

from classplanner.check import Checker
from classplanner.language import Language, catalogue
from classplanner.rules import RULES, Names
from classplanner.scenario import Scenario
from classplanner.solve import WHOLE
from classplanner.timetable import Timetable, dump_timetable
from tests.oracle.brute_force import Listing, cheapest, listing
from tests.oracle.coverage import Coverage, cover
from tests.oracle.edges import edge_scenarios
from tests.oracle.keys import restore
from tests.oracle.scenarios import random_scenario
from tests.oracle.solver_side import accepted_by_model, optimum_by_model

COUNT = int(os.environ.get("CLASSPLANNER_ORACLE", "300"))
EDGES = edge_scenarios()
SHOWN = 3

OF_FACTS = {
    "rule.working-days.closed-period",
    "rule.room-capacity.room",
    "rule.module-window.programme-earliest_day",
    "rule.module-window.programme-latest_day",
    "rule.module-window.programme-start_sessions",
    "rule.precedence.programme",
}
"""Forms that state a fact for all classes at once, as explanations do; a breach is of one class."""

whole_run = pytest.mark.skipif(COUNT < 300, reason="says something of 300 scenarios or more")


@dataclass(frozen=True)
class Case:
    """A scenario, random by its seed or made by hand, and what brute force found out about it."""

    name: int | str
    listing: Listing

    @property
    def scenario(self) -> Scenario:
        return self.listing.scenario


@lru_cache(maxsize=1)
def _listing(name: int | str) -> Listing:
    return listing(random_scenario(name) if isinstance(name, int) else EDGES[name])


@cache
def _coverage(name: int | str) -> Coverage:
    return cover(_listing(name), name if isinstance(name, int) else 0)


# The scope groups the tests by scenario, so that brute force runs once for each.
@pytest.fixture(scope="module", params=[*EDGES, *range(COUNT)])
def case(request: pytest.FixtureRequest) -> Case:
    return Case(request.param, _listing(request.param))


def test_accepts_the_same_timetables(case: Case) -> None:
    by_model, by_brute_force = accepted_by_model(case.scenario), case.listing.plans.keys()
    missing = [case.listing.plans[key] for key in sorted(by_brute_force - by_model)]
    too_many = [restore(key) for key in sorted(by_model - by_brute_force)]
    assert missing == too_many == [], "\n\n".join(
        (
            f"scenario {case.name}: {case.scenario.model_dump_json(by_alias=True, exclude_defaults=True)}",
            f"the model accepts {len(by_model)} timetables, the checker {len(by_brute_force)}",
            f"{len(missing)} only by the checker (the model is too tight), such as:",
            *_shown(case.scenario, missing),
            f"{len(too_many)} only by the model (it is too loose), such as:",
            *_shown(case.scenario, too_many),
        )
    )


@pytest.mark.parametrize("whole", [WHOLE, 0], ids=["whole", "by-openings"])
def test_finds_the_cheapest(case: Case, whole: int) -> None:
    optimum = optimum_by_model(case.scenario, whole=whole)
    least = cheapest(case.scenario, case.listing.plans.values())
    if not least:
        assert optimum is None
    else:
        assert optimum in least, f"scenario {case.name}: {optimum!r} is none of {least!r}"


def test_brute_force_misses_no_mutation_that_the_checker_accepts(case: Case) -> None:
    unlisted = _coverage(case.name).unlisted
    assert not unlisted, "\n\n".join((f"scenario {case.name}", *_shown(case.scenario, unlisted)))


@whole_run
def test_every_rule_decides_something_in_three_scenarios() -> None:
    decisive = Counter(rule for seed in range(COUNT) for rule in _coverage(seed).rules)
    assert {rule: decisive[rule] for rule in RULES if decisive[rule] < 3} == {}


@whole_run
def test_every_form_of_a_rule_decides_something() -> None:
    decisive = {form for name in (*EDGES, *range(COUNT)) for form in _coverage(name).forms}
    forms = {
        key
        for key in catalogue("en")
        if key.startswith("rule.") and key.rsplit(".", 1)[1] not in ("title", "foreign")
    }
    assert forms - decisive == OF_FACTS


@whole_run
def test_a_seventh_to_a_quarter_of_the_scenarios_have_no_timetable() -> None:
    infeasible = sum(not _coverage(seed).feasible for seed in range(COUNT))
    assert COUNT / 7 < infeasible < COUNT / 4


def _shown(scenario: Scenario, timetables: Iterable[Timetable]) -> list[str]:
    """Write out a few timetables with the breaches that the checker finds in them."""
    checker, names, english = Checker(scenario), Names(scenario), Language("en")
    return [
        "\n".join(
            (
                dump_timetable(timetable),
                *(breach.describe(names, english) for breach in checker.judge(timetable).breaches),
            )
        )
        for timetable in list(timetables)[:SHOWN]
    ]

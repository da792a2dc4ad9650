"""Brute force finds all timetables and nothing else: by hand counts, without shortcuts, and by the parts of
what it found.
"""

from __future__ import annotations

import random

import pytest

from classplanner.check import Checker
from classplanner.rules import RULES
from classplanner.scenario import Scenario
from classplanner.timetable import Terms
from tests.oracle.brute_force import MONOTONE, accepted, cheapest, every_candidate, listing, timetable
from tests.oracle.edges import edge_scenarios
from tests.oracle.keys import key, restore
from tests.oracle.scenarios import random_scenario

EDGES = edge_scenarios()

BY_HAND = {
    # 3 openings, 2 rooms, the whole-day module on 1 of 2 days, the other one in 2 halves of the other day by
    # one of 2 lecturers.
    "plain": 3 * 2 * 2 * 2 * 2,
    # 2 openings, 2 rooms, the whole-day module on 1 of 3 days, 4 half days left for the other, 2 lecturers.
    "days-to-spare": 2 * 2 * 3 * 4 * 2,
    # 2 openings, 2 rooms, 5 of 6 sessions from the first one on, the other module in the last by 2 lecturers.
    "module-over-three-days": 2 * 2 * 1 * 2,
    # 3 openings, 2 rooms, 2 sessions of the first day.
    "last-class-days-empty": 3 * 2 * 2,
    # As plain, with the whole-day module on the first day.
    "waits-for-the-later-one": 3 * 2 * 2 * 2,
    # The first or the last of 3 class days lies beside the weekend: 2 halves, 2 rooms; nobody but L1 has
    # sessions left.
    "load-by-iso-week": 2 * 2 * 2,
    # Morning or afternoon for one class, the other one the other way.
    "off-site-is-no-venue": 2,
    "two-venues-one-lecturer-one-day": 0,
    # Which class comes first, on the first two days and the last two; 2 * 2 layouts and 2 lecturers each.
    "two-classes-one-room": 2 * (4 * 2) * (4 * 2),
    "lock-on-everything": 1,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_counts_what_is_counted_by_hand(name: str) -> None:
    assert len(accepted(EDGES[name])) == BY_HAND[name]


def test_lists_a_class_left_out_when_it_need_not_be_planned() -> None:
    without_quota = accepted(EDGES["plain"], set(RULES) - {"quota"})
    assert without_quota == accepted(EDGES["plain"]) | {((), ())}


def test_finds_the_cheapest_as_counted_by_hand() -> None:
    # The cheaper room for two days, the cheaper lecturer for one session, the dearer for two; one of the
    # modules is a day off its nominal day 0.
    scenario = EDGES["plain"]
    plans = listing(scenario).plans.values()
    assert cheapest(scenario, plans) == {Terms(fees=10 + 2 * 25, rooms=2 * 100, order=7)}


def _tiny(seed: int) -> Scenario:
    """Make a scenario so small that all combinations can be judged: one class, two modules, few days."""
    rng = random.Random(seed)
    sessions = ["morning", "afternoon"][: rng.randint(1, 2)]
    document = {
        "calendar": {
            "first_day": "2018-03-05",
            "last_day": "2018-03-06" if sessions[1:] else "2018-03-07",
            "country": "",
            "sessions": sessions,
            "closed": [{"from": "2018-03-06"}] if rng.random() < 0.2 else [],
        },
        "lecturers": [{"id": "L1", "unavailable": [{"weekdays": [rng.choice(("mon", "thu"))]}]}],
        "venues": [{"id": "V1", "rooms": [{"id": "r1", "capacity": rng.choice((20, 20, 19))}]}],
        "programmes": [
            {
                "id": "P1",
                "days": rng.choice((1, 2)),
                "modules": [
                    {"id": "M1", "lecturers": rng.choice(([], ["L1"])), "off_site": rng.random() < 0.3},
                    {
                        "id": "M2",
                        "after": rng.choice(([], ["M1"])),
                        "latest_day": rng.choice((1, 2)),
                        "sessions": rng.choice((1, 1, 2)) if sessions[1:] else 1,
                    },
                ],
            }
        ],
        "cohorts": [{"id": "K1", "programme": "P1", "size": 20}],
    }
    return Scenario.model_validate(document)


def test_pruning_loses_nothing() -> None:
    found = 0
    for seed in range(8):
        scenario = _tiny(seed)
        checker = Checker(scenario)
        unpruned = {key(candidate) for candidate in every_candidate(scenario) if checker.accepts(candidate)}
        assert accepted(scenario) == unpruned, seed
        found += len(unpruned)
    assert found


@pytest.mark.parametrize("seed", range(0, 300, 6))
def test_parts_of_accepted_timetables_breach_no_monotone_rule(seed: int) -> None:
    scenario = random_scenario(seed)
    rng = random.Random(seed)
    checker = Checker(scenario)
    plans = list(listing(scenario).plans.values())
    for plan in rng.sample(plans, min(10, len(plans))):
        for _ in range(5):
            cohorts = [cohort for cohort in plan.cohorts if rng.random() < 0.7]
            kept = {(cohort.id,) for cohort in cohorts}
            meetings = [
                meeting for meeting in plan.meetings if meeting.cohorts in kept and rng.random() < 0.7
            ]
            assert checker.accepts(timetable(cohorts, meetings), MONOTONE)


@pytest.mark.parametrize("seed", range(1, 300, 12))
def test_what_holds_all_rules_is_what_holds_one_less_and_that_one(seed: int) -> None:
    """Without a rule the search takes other ways; it must come to the same in the end."""
    scenario = random_scenario(seed)
    checker = Checker(scenario)
    relaxable = [rule for rule in RULES if rule not in ("working-days", "consecutive-days", "module-shape")]
    rule = relaxable[seed // 12 % len(relaxable)]
    relaxed = listing(scenario, set(RULES) - {rule}).plans
    assert accepted(scenario) == {each for each, plan in relaxed.items() if checker.accepts(plan, {rule})}


def test_keys_ignore_the_order_of_lists_and_nothing_else() -> None:
    plans = [*listing(EDGES["load-in-all"]).plans.values()]
    for plan in plans:
        assert key(timetable(reversed(plan.cohorts), reversed(plan.meetings))) == key(plan)
        assert key(restore(key(plan))) == key(plan)
    assert len({key(plan) for plan in plans}) == len(plans)

"""What a course is said to cost at least is no more than it costs in any plan, and closer with each step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.encode import encode_openings
from classplanner.scenario import Scenario
from classplanner.solve import Control
from classplanner.solve.courses import IMPOSSIBLE, CourseBounds
from classplanner.timetable import Timetable
from tests.builders import scenario
from tests.oracle.brute_force import listing
from tests.oracle.scenarios import random_scenario

SEEDS = [*range(28), 58, 338, 438]
"""Of the last three, the budget decides something."""

Course = tuple[int, int]
"""The position of a class and that of the day on which it opens."""


def bounds_of(planned: Scenario) -> CourseBounds:
    return CourseBounds(compile_scenario(planned), Control(), seed=1, workers=1)


def openings(planned: Scenario) -> Iterator[tuple[int, int, int]]:
    """Yield what can be asked for: class, day and room."""
    table = encode_openings(compile_scenario(planned)).openings
    yield from zip(table.cohort.tolist(), table.day.tolist(), table.room.tolist(), strict=True)


@cache
def costs(seed: int) -> dict[Course, int]:
    """Return the least that each course costs, alone, in any timetable that brute force finds."""
    drawn = random_scenario(seed)
    checker, problem = Checker(drawn), compile_scenario(drawn)
    least: dict[Course, int] = {}
    for plan in listing(drawn).plans.values():
        for entry in plan.cohorts:
            alone = Timetable.model_construct(
                cohorts=(entry,),
                meetings=tuple(meeting for meeting in plan.meetings if meeting.cohorts == (entry.id,)),
            )
            terms = checker.judge(alone, rules=()).terms
            course = problem.cohort_position[entry.id], problem.dates.index(entry.opens)
            cost = terms.fees + terms.order + terms.preference + terms.overload
            least[course] = min(cost, least.get(course, cost))
    return least


class TestBounds:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_no_plan_is_cheaper_at_any_level(self, seed: int) -> None:
        drawn = random_scenario(seed)
        bounds = bounds_of(drawn)
        for cohort, day, room in openings(drawn):
            group, least = bounds.group[cohort], costs(seed).get((cohort, day), IMPOSSIBLE)
            levels = [int(bounds.bound[group, day])]
            for lift in (bounds.relax, bounds.solve):
                lift(cohort, day, room)
                levels.append(int(bounds.bound[group, day]))
            assert levels == sorted(levels), (cohort, day, room)
            assert levels[-1] <= least, (cohort, day, room)

    def test_the_last_level_is_exact_for_a_class_alone(self) -> None:
        compared = impossible = 0
        for seed in SEEDS:
            drawn = random_scenario(seed)
            if len(drawn.all_cohorts) > 1 or drawn.budget:
                continue
            bounds = bounds_of(drawn)
            for cohort, day, room in openings(drawn):
                bounds.solve(cohort, day, room)
                assert bounds.bound[0, day] == costs(seed).get((cohort, day), IMPOSSIBLE), (seed, day)
                compared += 1
                impossible += int(bounds.bound[0, day] == IMPOSSIBLE)
        assert compared > impossible > 0

    def test_the_levels_are_told(self) -> None:
        bounds = bounds_of(scenario())
        assert (bounds.relaxed(0, 2), bounds.exact(0, 2)) == (False, False)
        bounds.relax(0, 2, 0)
        assert (bounds.relaxed(0, 2), bounds.exact(0, 2)) == (True, False)
        bounds.solve(0, 2, 0)
        assert (bounds.relaxed(0, 2), bounds.exact(0, 2)) == (True, True)
        assert (bounds.relaxed(0, 3), bounds.exact(0, 3)) == (False, False)

    def test_what_is_known_from_elsewhere_never_lowers_a_bound(self) -> None:
        bounds = bounds_of(scenario())
        before = int(bounds.bound[0, 2])
        bounds.learn(0, 2, before - 1)
        assert (bounds.bound[0, 2], bounds.exact(0, 2)) == (before, True)
        bounds.learn(0, 2, before + 5)
        assert bounds.bound[0, 2] == before + 5

    def test_by_hand(self) -> None:
        """LAW costs 2 * 500 with the cheaper of its two, TALK 500; on their nominal days there is no more.

        From the first Monday on, Bình is away in the morning of the second day, TALK's nominal one, so TALK
        moves to the afternoon and VISIT to the morning. Away the whole second day, one of the two moves to
        the third day, for 50,000; or An gives it, for 200 more.
        """
        away = {"from": "2018-04-10", "sessions": ["morning"]}
        bounds = bounds_of(scenario(lecturers={"binh": {"unavailable": [away]}}))
        assert bounds.bound[0].tolist() == [1_500] * 14
        bounds.solve(0, 0, 0)
        assert bounds.bound[0, 0] == 1_500
        bounds = bounds_of(scenario(lecturers={"binh": {"unavailable": [{"from": "2018-04-10"}]}}))
        bounds.solve(0, 0, 0)
        assert bounds.bound[0, 0] == 1_700
        assert bounds.bound[0, 1] == 1_500

    def test_a_stopped_run_learns_nothing_wrong(self) -> None:
        for seed in SEEDS[3:12]:
            drawn = random_scenario(seed)
            bounds = CourseBounds(compile_scenario(drawn), Control(0.0), seed=1, workers=1)
            for cohort, day, room in openings(drawn):
                bounds.relax(cohort, day, room)
                bounds.solve(cohort, day, room)
                least = costs(seed).get((cohort, day), IMPOSSIBLE)
                assert bounds.bound[bounds.group[cohort], day] <= least


class TestImpossible:
    """Only Bình may teach TALK, and he comes on Wednesday 25 April, a holiday, and on Thursday 26 only."""

    def bounds(self) -> CourseBounds:
        binh = {"available": [{"from": "2018-04-25", "to": "2018-04-26"}]}
        return bounds_of(scenario(lecturers={"binh": binh}, modules={"TALK": {"lecturers": ["binh"]}}))

    def test_courses_that_cannot_be_held(self) -> None:
        bounds = self.bounds()
        possible = []
        for day, date in enumerate(bounds.problem.dates[:-2]):
            bounds.solve(0, day, 0)
            if bounds.bound[0, day] < IMPOSSIBLE:
                possible.append((date.month, date.day))
        # Three days each: Mon 23, Tue 24, Thu 26; Tue 24, Thu 26, Fri 27. (On Thursday 26 only two are left.)
        assert possible == [(4, 23), (4, 24)]

    def test_the_linear_relaxation_finds_them_too(self) -> None:
        bounds = self.bounds()
        bounds.relax(0, 0, 0)
        assert bounds.bound[0, 0] == IMPOSSIBLE
        assert bounds.exact(0, 0)
        assert bounds.of(encode_openings(bounds.problem).openings)[0] == IMPOSSIBLE


class TestGroups:
    def groups(self, *locks: dict[str, str], **changes: dict[str, object]) -> list[int]:
        cohorts = {"K3": {"programme": "P", "size": 40}, **changes}
        return [int(group) for group in bounds_of(scenario(cohorts=cohorts, locks=locks)).group]

    def test_classes_under_the_same_rules_share_their_bounds(self) -> None:
        assert self.groups() == [0, 0, 0]

    def test_what_concerns_opening_and_hall_does_not_set_classes_apart(self) -> None:
        groups = self.groups(
            {"cohort": "K1", "opens": "2018-04-16"},
            {"cohort": "K2", "venue": "east"},
            K3={"programme": "P", "size": 60, "opens_from": "2018-04-16", "room": "west/hall"},
        )
        assert groups == [0, 0, 0]

    @pytest.mark.parametrize(
        "settled",
        [{"lecturer": "binh"}, {"date": "2018-04-16"}, {"session": "afternoon"}],
        ids=["lecturer", "date", "session"],
    )
    def test_a_settled_module_sets_a_class_apart(self, settled: dict[str, str]) -> None:
        assert self.groups({"cohort": "K2", "module": "TALK", **settled}) == [0, 1, 0]

    def test_classes_with_the_same_modules_settled_share_again(self) -> None:
        talk, law = {"module": "TALK", "lecturer": "binh"}, {"module": "LAW", "date": "2018-04-16"}
        first = [{"cohort": "K1", **talk}, {"cohort": "K1", **law}]
        second = [{"cohort": "K3", **law}, {"cohort": "K3", **talk}]
        assert self.groups(*first, *second) == [0, 1, 0]

    def test_the_same_key_of_other_modules_or_with_other_values_does_not_share(self) -> None:
        groups = self.groups(
            {"cohort": "K1", "module": "TALK", "lecturer": "binh"},
            {"cohort": "K2", "module": "TALK", "lecturer": "an"},
            {"cohort": "K3", "module": "LAW", "lecturer": "an"},
        )
        assert groups == [0, 1, 2]

    def test_a_raised_bound_counts_for_all_of_the_group_on_that_day(self) -> None:
        bounds = bounds_of(scenario(locks=[{"cohort": "K2", "module": "TALK", "lecturer": "an"}]))
        table = encode_openings(bounds.problem).openings
        bounds.learn(0, 4, 123_456)
        of = bounds.of(table)
        marked = of == 123_456
        assert np.array_equal(marked, (table.cohort == 0) & (table.day == 4))
        shared = bounds_of(scenario())
        shared.learn(0, 4, 123_456)
        table = encode_openings(shared.problem).openings
        assert set(table.cohort[shared.of(table) == 123_456].tolist()) == {0, 1}

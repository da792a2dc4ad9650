"""Two searches make a partial plan: who looks for what, what is told, and that all claims hold at any moment.

That the plans are the best is shown by the oracle (`tests/oracle/test_partial.py`).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pytest
from benchmarks.instances import instance

from classplanner.compile import Problem, compile_scenario
from classplanner.encode import Goal
from classplanner.scenario import Scenario
from classplanner.solve import WHOLE, Control, Progress, Result, search, search_partial
from tests.builders import april, planned, scenario
from tests.solve.claims import assert_true, least_costs

K1, K2 = planned("K1"), planned("K2")
"""Of 50 and 40 trainees."""


class Script:
    """An engine that answers from a script, and keeps what it was asked."""

    def __init__(self, *answers: Result) -> None:
        self.answers: Iterator[Result] = iter(answers)
        self.asked: list[tuple[Goal, float]] = []
        self.told: Iterable[Progress] = ()

    def __call__(
        self,
        problem: Problem,
        control: Control,
        *,
        goal: Goal,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Result:
        self.asked.append((goal, control.remaining))
        if on_progress is not None:
            for progress in self.told:
                on_progress(progress)
        return next(self.answers)


def found(*cohorts: str, status: str = "optimal", bound: int = 0) -> Result:
    entries = {"K1": K1, "K2": K2}
    return Result(status, tuple(entries[name] for name in cohorts), (), bound)  # type: ignore[arg-type]


def run(script: Script, limit: float | None = None) -> Result:
    result = search_partial(compile_scenario(scenario()), Control(limit), script)
    assert next(script.answers, None) is None
    return result


class TestTwoSearches:
    def test_first_the_trainees_then_the_costs(self) -> None:
        script = Script(found("K1", bound=40), found("K1", bound=7))
        assert run(script) == Result("optimal", (K1,), (), 7, most=50)
        assert [goal for goal, _ in script.asked] == [Goal(89, "left-out"), Goal(40)]

    def test_everyone_is_planned_and_nobody_left_out_any_more(self) -> None:
        script = Script(found("K1", "K2"), found("K2", "K1", bound=9))
        assert run(script) == Result("optimal", (K2, K1), (), 9, most=90)
        assert script.asked[1][0] == Goal(0)

    def test_nobody_can_be_planned(self) -> None:
        assert run(Script(found(status="infeasible"))) == Result("optimal", (), (), 0, most=0)

    def test_the_plan_of_the_first_search_is_kept_where_the_second_finds_none(self) -> None:
        script = Script(found("K1", bound=40), found(status="unknown", bound=5))
        assert run(script) == Result("feasible", (K1,), (), 5, most=50)

    def test_a_search_for_costs_may_find_more_trainees(self) -> None:
        script = Script(
            found("K2", status="feasible", bound=0),
            found("K2", "K1", bound=8),
        )
        assert run(script) == Result("optimal", (K2, K1), (), 8, most=90)

    def test_half_of_the_time_is_for_the_costs_and_the_rest_for_trainees_again(self) -> None:
        script = Script(
            found("K2", status="feasible", bound=0),
            found("K2", bound=5),
            found("K1", bound=40),
            found("K1", bound=6),
        )
        assert run(script, 60) == Result("optimal", (K1,), (), 6, most=50)
        goals, seconds = zip(*script.asked, strict=True)
        assert goals == (Goal(89, "left-out"), Goal(50), Goal(49, "left-out"), Goal(40))
        assert [round(each) for each in seconds] == [30, 60, 60, 60]

    def test_that_no_plan_trains_more_can_be_proven_in_the_end(self) -> None:
        script = Script(
            found("K1", status="feasible", bound=0),
            found("K1", bound=5),
            found(status="infeasible"),
        )
        assert run(script) == Result("optimal", (K1,), (), 5, most=50)

    def test_what_is_not_proven_is_not_claimed(self) -> None:
        script = Script(
            found("K1", status="feasible", bound=10),
            found("K1", status="feasible", bound=5),
            found(status="unknown", bound=20),
        )
        assert run(script) == Result("feasible", (K1,), (), 5, most=70)

    def test_without_any_time_there_is_the_empty_plan(self) -> None:
        assert run(Script(), 0) == Result("feasible", (), (), 0, most=90)


class TestProgress:
    def test_speaks_of_trainees_first_and_of_costs_for_as_many_then(self) -> None:
        script = Script(found("K1", bound=40), found("K1", bound=7))
        script.told = [Progress("plan", None, 0, 1.0), Progress("plan", 40, 30, 2.0)]
        seen: list[Progress] = []
        search_partial(compile_scenario(scenario()), Control(), script, on_progress=seen.append)
        assert seen == [
            Progress("plan", None, 0, 1.0, trainees=0, most=90),
            Progress("plan", None, 0, 2.0, trainees=50, most=60),
            Progress("plan", None, 0, 1.0, trainees=50, most=50),
            Progress("plan", 40, 30, 2.0, trainees=50, most=50),
        ]

    @pytest.mark.parametrize("whole", [WHOLE, 0], ids=["whole", "by-openings"])
    def test_only_gets_better(self, whole: int) -> None:
        seen: list[Progress] = []
        engine = partial(search, whole=whole)
        result = search_partial(compile_scenario(crowded()), Control(), engine, on_progress=seen.append)
        for before, now in itertools.pairwise(seen):
            assert (before.trainees or 0) <= (now.trainees or 0) <= (now.most or 0) <= (before.most or 0)
            assert before.seconds <= now.seconds
        assert (seen[-1].most, seen[-1].best, seen[-1].bound) == (result.most, result.bound, result.bound)


def crowded() -> Scenario:
    """Two classes, one hall, days for one of them."""
    return instance(0, classes=2, days=6, window_days=25, halls=1)


@pytest.mark.parametrize("whole", [WHOLE, 0], ids=["whole", "by-openings"])
def test_stopped_at_any_moment_it_claims_what_is_true(whole: int) -> None:
    statuses = set()
    for seed in range(0, 60, 3):
        drawn, costs = least_costs(seed)
        for asks in (0, 1, 2, 4, random.Random(seed).randint(5, 12)):
            left = iter(range(asks))
            control = Control(None, lambda left=left: next(left, None) is None)  # type: ignore[misc]
            result = search_partial(compile_scenario(drawn), control, partial(search, whole=whole))
            statuses.add(assert_true(drawn, costs, result))
    assert statuses == {"optimal", "feasible"}


def test_a_clock_within_a_clock() -> None:
    control = Control(60)
    assert round(control.within(10).remaining) == 10
    assert round(control.within(100).remaining) == 60
    assert Control().within(float("inf")).remaining == float("inf")
    part = control.within(10)
    assert not part.stopped
    control.interrupt()
    assert part.stopped


def test_dates_of_the_builders_are_those_the_script_speaks_of() -> None:
    assert (K1.opens, K2.opens) == (april(16), april(19))

"""Shows what a caller is told while a plan is sought, and that the caller can end the search at any time."""

from __future__ import annotations

import itertools
import math
import time

import pytest
from benchmarks.instances import instance

from classplanner import Plan, check, load, plan
from classplanner.solve import Progress
from tests import builders
from tests.cli.running import TWO_CLASSES


def _tells_of_improvements_only(told: list[Progress]) -> bool:
    return all(
        now.bound >= before.bound
        and (before.best is None or (now.best is not None and now.best <= before.best))
        and now.seconds >= before.seconds
        for before, now in itertools.pairwise(told)
    )


def test_bounds_never_fall_and_plans_never_get_dearer() -> None:
    told: list[Progress] = []
    answer = plan(load(TWO_CLASSES), on_progress=told.append)
    assert _tells_of_improvements_only(told)
    assert (told[0].best, told[0].gap) == (None, None)
    assert (told[-1].best, told[-1].bound, told[-1].gap) == (answer.objective, answer.bound, 0)
    for progress in told:
        if progress.best is not None:
            assert progress.bound <= progress.best
            assert progress.gap == pytest.approx(1 - progress.bound / progress.best)


def test_the_search_by_openings_tells_of_improvements_only() -> None:
    told: list[Progress] = []
    scenario = instance(1, classes=2, window_days=150)
    answer = plan(
        scenario,
        time_limit=None,
        on_progress=told.append,
        stop=lambda: any(progress.stage == "improve" for progress in told),
    )
    assert {progress.stage for progress in told} == {"openings", "plan", "improve"}
    assert _tells_of_improvements_only(told)
    assert answer.timetable is not None
    assert told[-1].best == answer.objective


def test_a_caller_who_has_enough_gets_the_best_plan_so_far() -> None:
    told: list[Progress] = []
    stopped: list[float] = []

    def stop() -> bool:
        enough = any(progress.best is not None for progress in told)
        if enough and not stopped:
            stopped.append(time.process_time())
        return enough

    scenario = instance(1, classes=3, window_days=150)
    answer = plan(scenario, time_limit=None, on_progress=told.append, stop=stop)
    assert time.process_time() - stopped[0] < 5
    assert answer.timetable is not None
    assert answer.status in ("feasible", "optimal")
    assert answer.objective is not None
    assert 0 < answer.bound <= answer.objective <= min(told[-1].best or math.inf, 10**9)
    assert check(scenario, answer.timetable).ok


def test_a_caller_who_wants_nothing_gets_nothing() -> None:
    answer = plan(builders.scenario(), stop=lambda: True)
    assert (answer.status, answer.timetable) == ("unknown", None)


@pytest.mark.parametrize("at", ["the start", "the first plan"])
def test_an_exception_while_being_told_ends_the_search_and_is_passed_on(at: str) -> None:
    told: list[Progress] = []

    def fail(progress: Progress) -> None:
        told.append(progress)
        if at == "the start" or progress.best is not None:
            raise ZeroDivisionError(at)

    started = time.process_time()
    with pytest.raises(ZeroDivisionError, match=at):
        plan(instance(1, classes=3, window_days=150), time_limit=1000, on_progress=fail)
    assert time.process_time() - started < 60
    assert (told[-1].best is None) == (at == "the start")


def test_an_exception_on_being_asked_ends_the_search_and_is_passed_on() -> None:
    asked = itertools.count()

    def fail() -> bool:
        if next(asked) >= 3:
            raise ZeroDivisionError
        return False

    with pytest.raises(ZeroDivisionError):
        plan(instance(1, classes=3, window_days=150), time_limit=100, stop=fail)
    assert next(asked) == 4


def test_plans_are_given_as_they_come_checked_and_better_each_time() -> None:
    given: list[Plan] = []
    scenario = instance(1, classes=2, window_days=150)
    answer = plan(scenario, time_limit=20, on_plan=given.append)
    assert given
    totals = [one.objective for one in given if one.objective is not None]
    assert totals == sorted(totals, reverse=True)
    assert answer.objective is not None
    assert totals[-1] >= answer.objective
    for one in given:
        assert one.timetable is not None
        assert check(scenario, one.timetable).ok


def test_who_takes_long_to_take_a_plan_is_given_few() -> None:
    given: list[float] = []

    def take(_: Plan) -> None:
        given.append(time.monotonic())
        time.sleep(0.3)

    started = time.monotonic()
    plan(instance(1, classes=2, window_days=150), time_limit=8, on_plan=take)
    assert given
    assert all(after - before > 5 for before, after in itertools.pairwise(given))
    assert time.monotonic() - started < 20


def test_what_the_taker_of_plans_raises_ends_the_search_and_is_raised() -> None:
    def fail(_: Plan) -> None:
        raise RuntimeError("no room")

    with pytest.raises(RuntimeError, match="no room"):
        plan(load(TWO_CLASSES), on_plan=fail)


def test_a_plan_to_begin_with_is_the_least_that_is_returned() -> None:
    scenario = instance(1, classes=2, window_days=150)
    first = plan(scenario, time_limit=20)
    assert first.timetable is not None
    again = plan(scenario, time_limit=0, start=first.timetable)
    assert again.objective == first.objective


def test_what_is_begun_with_must_be_a_plan() -> None:
    scenario = load(TWO_CLASSES)
    answer = plan(scenario)
    assert answer.timetable is not None
    torn = answer.timetable.model_copy(update={"meetings": answer.timetable.meetings[1:]})
    with pytest.raises(ValueError, match="every rule holds"):
        plan(scenario, start=torn)
    with pytest.raises(ValueError, match="every rule holds"):
        plan(scenario, start=answer.timetable, partial=True)

"""Shows that three lines plan and check, and that status, bound, gap and costs of the answer agree."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from benchmarks.instances import instance

import classplanner
from classplanner import Plan, Scenario, check, load, plan, solve
from classplanner.solve import Progress
from classplanner.timetable import LeftOut, PartialRecord, dump_timetable, parse_timetable
from tests import builders
from tests.cli.running import TWO_CLASSES


def _same(first: Plan, second: Plan) -> bool:
    """Whether two runs wrote the same, apart from the seconds they took."""
    documents: list[Any] = []
    for answer in (first, second):
        assert answer.timetable is not None
        document = json.loads(dump_timetable(answer.timetable))
        assert document["run"].pop("seconds") >= 0
        documents.append(document)
    return bool(documents[0] == documents[1])


@pytest.fixture(scope="module")
def answer() -> Plan:
    return plan(load(TWO_CLASSES))


def test_three_lines_plan_and_check() -> None:
    scenario = load(TWO_CLASSES)
    result = plan(scenario)
    assert result.timetable is not None
    assert (result.status, check(scenario, result.timetable).ok) == ("optimal", True)


def test_the_answer_agrees_with_what_the_timetable_records(answer: Plan) -> None:
    assert answer.timetable is not None
    assert answer.verdict is not None
    record = answer.timetable.objective
    assert record is not None
    assert (answer.status, answer.timetable.status) == ("optimal", "optimal")
    assert answer.objective == answer.bound == record.total == record.bound == 34_130_000
    assert answer.gap == record.gap == 0
    assert record.terms == answer.verdict.terms
    assert record.terms.total == record.total
    assert answer.timetable.scenario is not None
    assert answer.timetable.scenario.sha256 == answer.scenario.sha256
    run = answer.timetable.run
    assert run is not None
    assert (run.version, run.seed, run.workers, run.time_limit) == (classplanner.__version__, 1, 1, 60)


def test_a_timetable_is_the_same_after_writing_and_reading(answer: Plan) -> None:
    assert answer.timetable is not None
    document = json.loads(dump_timetable(answer.timetable))
    assert parse_timetable(document, answer.scenario) == answer.timetable


def test_a_plan_that_is_not_proven_has_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    search = solve.find

    def stop_early(*arguments: Any, **options: Any) -> Any:
        found = search(*arguments, **options)
        return type(found)("feasible", found.cohorts, found.meetings, found.bound - 600)

    monkeypatch.setattr(solve, "find", stop_early)
    answer = plan(builders.scenario())
    assert answer.timetable is not None
    assert answer.timetable.objective is not None
    assert (answer.status, answer.objective, answer.bound) == ("feasible", 12_600, 12_000)
    assert answer.gap == answer.timetable.objective.gap == pytest.approx(600 / 12_600)


def test_a_plan_that_costs_nothing_has_no_gap() -> None:
    free = builders.scenario(objective=dict.fromkeys(("fees", "rooms", "order", "delay"), 0))
    answer = plan(free)
    assert (answer.status, answer.objective, answer.bound, answer.gap) == ("optimal", 0, 0, 0)


def test_without_a_plan_there_is_no_timetable() -> None:
    answer = plan(builders.scenario(cohorts={"K1": {"size": 500}}))
    assert answer.status == "infeasible"
    assert (answer.timetable, answer.verdict, answer.objective, answer.gap) == (None, None, None, None)


def test_without_time_nothing_is_known() -> None:
    answer = plan(builders.scenario(), time_limit=0)
    assert (answer.status, answer.timetable, answer.objective) == ("unknown", None, None)


@pytest.mark.parametrize("time_limit", [None, float("inf")])
def test_there_need_be_no_time_limit(time_limit: float | None) -> None:
    answer = plan(builders.scenario(), time_limit=time_limit)
    assert answer.timetable is not None
    assert answer.timetable.run is not None
    assert (answer.status, answer.timetable.run.time_limit) == ("optimal", None)


@pytest.mark.parametrize(
    "options",
    [{"time_limit": float("nan")}, {"time_limit": -1}, {"seed": -1}, {"seed": 2**31}, {"workers": 0}],
    ids=str,
)
def test_options_that_cannot_be_are_refused_before_planning(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve, "find", None)
    with pytest.raises(ValueError, match="|".join(options)):
        plan(builders.scenario(), **options)


@pytest.mark.parametrize("make", [lambda: load(TWO_CLASSES), lambda: instance(3, classes=1)])
def test_the_same_seed_gives_the_same_timetable(make: Any) -> None:
    assert _same(plan(make(), seed=5), plan(make(), seed=5))


def test_a_plan_is_made_outside_the_main_thread(answer: Plan) -> None:
    told: list[Progress] = []
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(plan, answer.scenario, on_progress=told.append).result()
    assert told
    assert _same(made, answer)


def test_two_plans_at_once_do_not_disturb_each_other(answer: Plan) -> None:
    scenarios: list[Scenario] = [answer.scenario, builders.scenario()]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(plan, scenarios)
    assert _same(first, answer)
    assert second.objective == 12_600


class TestPartial:
    CROWDED = builders.scenario(calendar={"last_day": "2018-04-11"}, venues={"west": None})

    def test_as_many_trainees_as_possible_are_planned_and_what_is_left_out_is_named(self) -> None:
        assert plan(self.CROWDED).status == "infeasible"
        answer = plan(self.CROWDED, partial=True)
        assert answer.timetable is not None
        assert (answer.status, answer.gap) == ("optimal", 0.0)
        left_out = (LeftOut(cohort="K2", reason="halls-taken"),)
        assert answer.timetable.partial == PartialRecord(trainees=50, most=50, left_out=left_out)
        assert check(self.CROWDED, answer.timetable).ok
        assert not check(self.CROWDED, answer.timetable, partial=False).ok
        written = json.loads(dump_timetable(answer.timetable))
        assert parse_timetable(written, self.CROWDED) == answer.timetable

    def test_without_any_time_nobody_is_planned_and_no_more_is_claimed(self) -> None:
        answer = plan(builders.scenario(), partial=True, time_limit=0)
        assert answer.timetable is not None
        assert (answer.status, answer.objective, answer.timetable.cohorts) == ("feasible", 0, ())
        left_out = tuple(LeftOut(cohort=name, reason="not-found") for name in ("K1", "K2"))
        assert answer.timetable.partial == PartialRecord(trainees=0, most=90, left_out=left_out)

    def test_an_ordinary_plan_is_not_partial(self, answer: Plan) -> None:
        assert answer.timetable is not None
        assert answer.timetable.partial is None

    def test_the_same_seed_gives_the_same_partial_plan(self) -> None:
        crowded = instance(0, classes=3, days=6, window_days=25, halls=1)
        assert _same(plan(crowded, partial=True), plan(crowded, partial=True))

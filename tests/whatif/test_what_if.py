"""Variants are planned from the plan of the base, compared with it, and what they cost is attributed."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from benchmarks.years import planted

from classplanner import plan
from classplanner.check import check
from classplanner.deltas import Delta, apply, parse_words
from classplanner.errors import InputError
from classplanner.explaining import explain, record_explanation, tell_explanation
from classplanner.language import LANGUAGES, Language, LanguageCode
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable
from classplanner.whatif import (
    Job,
    Outcome,
    document,
    plan_one,
    render_outcomes,
    results,
    running,
    shares,
    variants,
    what_if,
)
from tests.builders import scenario

_BASE = scenario()
_AWAY = parse_words("away lecturer=binh from=2018-04-09 to=2018-04-20")
_FEES = parse_words("fees percent=20")
_NOBODY = parse_words("leave lecturer=an ; leave lecturer=binh")
_CLASH = parse_words(
    "lock cohort=K1 module=LAW date=2018-04-16 session=morning ; "
    "lock cohort=K1 module=TALK date=2018-04-16 session=afternoon"
)
_MORE = parse_words("add-class id=K3 programme=P size=30")


class Here(Executor):
    """Does the work at once, and counts it."""

    def __init__(self) -> None:
        self.done = 0

    def submit(self, work: Any, /, *args: Any, **keys: Any) -> Future[Any]:
        self.done += 1
        future: Future[Any] = Future()
        future.set_result(work(*args, **keys))
        return future


@pytest.fixture(scope="module")
def base() -> Timetable:
    made = plan(_BASE).timetable
    assert made is not None
    return made


def asked(*deltas: Delta, of: Scenario = _BASE, **options: Any) -> tuple[Outcome, ...]:
    return what_if(of, deltas, **({"time_limit": None} | options))


def test_variants_cost_what_planning_them_anew_costs(base: Timetable) -> None:
    deltas = (_AWAY, _FEES, _MORE)
    outcomes = asked(*deltas, base=base)
    assert [outcome.deltas for outcome in outcomes] == [(), (0,), (1,), (2,)]
    for delta, outcome in zip(deltas, outcomes[1:], strict=True):
        anew = plan(apply(_BASE, delta))
        assert (outcome.status, outcome.cost, outcome.bound) == ("optimal", anew.objective, anew.bound)
        assert outcome.gap == 0
    assert [outcome.trainees for outcome in outcomes] == [90, 90, 90, 120]


def test_what_changes_is_told_against_the_base(base: Timetable) -> None:
    first, away, rich = asked(_AWAY, parse_words("budget year=2018 amount=900_000_000"), base=base)
    assert (first.difference is not None and first.difference.number, first.affected) == (0, 0)
    assert away.difference is not None
    assert away.difference.number > 0
    assert away.affected is not None
    assert away.affected > 0
    assert (rich.difference is not None and rich.difference.number, rich.affected) == (0, 0)
    assert first.spread == rich.spread


def test_the_base_is_planned_where_no_plan_is_given(base: Timetable) -> None:
    (first,) = asked()
    assert first.timetable is not None
    assert first.timetable.meetings == base.meetings


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_variant_without_a_plan_carries_its_explanation(base: Timetable, code: LanguageCode) -> None:
    _, nobody = asked(_NOBODY, base=base)
    assert (nobody.status, nobody.timetable, nobody.trainees) == ("infeasible", None, 0)
    alone = explain(apply(_BASE, _NOBODY), time_limit=None)
    assert alone.conflicts
    told = nobody.why_not(Language(code))
    assert "\n".join(told) == tell_explanation(alone, Language(code))
    record = nobody.document(Language(code))["explanation"]
    assert record == record_explanation(alone, Language(code)).model_dump(mode="json")


def test_where_counting_proves_that_there_is_no_plan_none_is_adapted(
    base: Timetable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too few sessions of lecturers, or of halls: no search is needed to see that."""
    adapted: list[Scenario] = []
    monkeypatch.setattr(variants, "adapt", lambda scenario, *_args, **_options: adapted.append(scenario))
    assert [outcome.status for outcome in asked(_NOBODY, _AWAY, base=base)[1:]] == ["infeasible", "optimal"]
    assert adapted == [apply(_BASE, _AWAY)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_where_nothing_is_explained_the_rules_in_the_way_are_told(
    base: Timetable, code: LanguageCode
) -> None:
    stopped = plan_one(Job("", (0,), apply(_BASE, _CLASH), base, None, 0, None, 0.0, 1), lambda: True)
    told = stopped.why_not(Language(code))
    assert stopped.status == "infeasible"
    assert told[0] == Language(code).text("whatif.unexplained")
    assert any("TALK Giao tiếp" in line for line in told)


def test_combinations_are_planned_and_what_they_cost_is_shared_out(base: Timetable) -> None:
    outcomes = asked(_AWAY, _FEES, _MORE, base=base, combine=True)
    assert [outcome.deltas for outcome in outcomes] == [
        some for size in range(4) for some in itertools.combinations(range(3), size)
    ]
    cost = {outcome.deltas: outcome.cost or 0 for outcome in outcomes}
    found = shares(outcomes)
    assert [share.alone for share in found] == [cost[delta,] - cost[()] for delta in range(3)]
    assert sum(share.share or 0 for share in found) == pytest.approx(cost[0, 1, 2] - cost[()])
    fees = (
        2 * (cost[1,] - cost[()])
        + (cost[0, 1] - cost[0,])
        + (cost[1, 2] - cost[2,])
        + 2 * (cost[0, 1, 2] - cost[0, 2])
    ) / 6
    assert found[1].share == pytest.approx(fees)


def test_shares_that_need_a_combination_without_a_plan_are_not_told(base: Timetable) -> None:
    found = shares(asked(_FEES, _NOBODY, base=base, combine=True))
    assert (found[0].alone, found[0].share, found[1].alone) == (
        asked(_FEES, base=base)[1].cost - asked(base=base)[0].cost,  # type: ignore[operator]
        None,
        None,
    )


def test_an_executor_plans_each_variant_and_each_outcome_is_told_as_it_comes(base: Timetable) -> None:
    executor, told = Here(), list[Outcome]()
    outcomes = asked(_FEES, _AWAY, base=base, executor=executor, on_outcome=told.append)
    assert executor.done == 2
    assert {outcome.deltas for outcome in told} == {(), (0,), (1,)}
    alone = asked(_FEES, _AWAY, base=base)
    assert [one.cost for one in outcomes] == [one.cost for one in alone]


def test_faults_of_all_deltas_are_told_and_nothing_is_planned() -> None:
    with pytest.raises(InputError) as caught:
        asked(parse_words("leave lecturer=x"), _FEES, parse_words("close venue=y"), combine=True)
    assert [fault.key for fault in caught.value.faults] == ["unknown-lecturer", "unknown-venue"]


def test_too_many_to_combine(base: Timetable) -> None:
    with pytest.raises(ValueError, match="at most 5"):
        asked(*[_FEES] * 6, base=base, combine=True)


def test_a_base_that_breaks_a_rule_is_refused(base: Timetable) -> None:
    with pytest.raises(ValueError, match="breaks a rule"):
        asked(_FEES, base=base.model_copy(update={"meetings": base.meetings[1:]}))


def test_what_is_stopped_is_not_begun(base: Timetable) -> None:
    assert [one.deltas for one in asked(_FEES, _AWAY, base=base, stop=lambda: True)] == [()]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_shows_every_variant_and_runs_nothing(code: Any, base: Timetable) -> None:
    outcomes = asked(_FEES, _NOBODY, base=base, combine=True)
    page = render_outcomes(outcomes, Language(code), combined=True)
    assert page.count("<svg") == 3  # what it costs: as planned and dearer; how much dearer
    assert "<script" not in page
    assert all(outcome.title in page for outcome in outcomes)
    made = document(outcomes, Language(code), combined=True)
    assert [variant["cost"] for variant in made["variants"]] == [outcome.cost for outcome in outcomes]
    assert made["variants"][2]["explanation"]["conflicts"]
    assert len(made["effects"]) == 2


def test_a_page_of_nothing_that_can_be_planned_tells_why() -> None:
    outcomes = asked(_FEES, of=apply(_BASE, _NOBODY))
    page = render_outcomes(outcomes, Language("en"), combined=False)
    assert "<svg" not in page
    assert page.count("cannot all hold") >= 2


class Busy(Here):
    """Does the first job at once and does not come to the others."""

    def submit(self, work: Any, /, *args: Any, **keys: Any) -> Future[Any]:
        return Future() if self.done else super().submit(work, *args, **keys)


def test_a_stop_leaves_out_what_is_not_begun_and_waits_for_the_rest_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "_GRACE", 0.1)

    def work(job: int, _: object, /) -> int:
        return job

    found: list[int] = []
    found.extend(results(work, [1, 2, 3], executor=Busy(), stop=lambda: bool(found)))
    assert found == [1]


def wait_for_the_end(job: int, stop: Callable[[], bool] | None, /) -> int:
    while stop is None or not stop():
        time.sleep(0.01)
    return job


def test_processes_come_to_an_end_with_what_they_have_once_asked_to() -> None:
    begun = time.monotonic()
    found = list(results(wait_for_the_end, [1, 2, 3], workers=2, stop=lambda: time.monotonic() - begun > 1))
    assert sorted(found) == [1, 2]


def test_what_is_proven_of_the_base_bounds_a_variant_that_only_restricts(base: Timetable) -> None:
    cost = plan(_BASE).objective
    assert cost is not None
    outcome = plan_one(Job("", (0,), _BASE, base, None, cost, 0.0, None, 1))
    assert (outcome.status, outcome.cost, outcome.bound) == ("optimal", cost, cost)
    (_, away) = asked(_AWAY, base=base.model_copy(update={"objective": None}))
    assert away.status == "optimal"


def test_variants_of_a_year_end_as_close_to_the_best_as_its_plan_is() -> None:
    """A plan from elsewhere says nothing of how good it is; prices do, and variants begin with both."""
    year, plan_at_hand = planted(1, classes=6, days=8)
    who = next(meeting.lecturers[0] for meeting in plan_at_hand.meetings if meeting.lecturers)
    first, *variants = what_if(
        year,
        [parse_words("fees percent=20"), parse_words(f"away lecturer={who} from={year.calendar.first_day}")],
        base=plan_at_hand,
        time_limit=20.0,
    )
    assert first.cost == check(year, plan_at_hand).terms.total
    assert 0 < first.bound <= first.cost
    assert first.gap is not None
    for variant in variants:
        assert variant.timetable is not None
        assert check(variant.scenario, variant.timetable).ok
        assert variant.gap is not None
        assert variant.gap <= first.gap
        assert variant.seconds < 20

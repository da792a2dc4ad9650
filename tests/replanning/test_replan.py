"""A running plan is adapted: what has begun stays, few things change, limits hold, and the price is told."""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.check import check
from classplanner.deltas import apply, parse_words
from classplanner.errors import InputError
from classplanner.replanning import PRICES, Replan, replan, search
from classplanner.scenario import Scenario
from tests.builders import april, partial, scenario, timetable

_BASE = scenario()


def adapted(words: str, base: Scenario = _BASE, **options: Any) -> Replan:
    options = {"from_": april(16), "notice": 0, "time_limit": None, **options}
    return replan(apply(base, parse_words(words)) if words else base, timetable(), **options)


def test_where_nothing_is_different_nothing_changes() -> None:
    found = adapted("")
    assert (found.number, found.fewest, found.status) == (0, 0, "optimal")
    assert found.timetable is not None
    assert found.timetable.meetings == timetable().meetings


def test_a_lecturer_who_is_away_is_replaced_by_one_change() -> None:
    found = adapted("away lecturer=an from=2018-04-19")
    assert (found.number, found.status) == (1, "optimal")
    assert found.difference is not None
    assert found.difference.tiers["lecturer"] == 1
    assert found.verdict is not None
    assert found.verdict.ok
    assert found.cost == found.verdict.terms.total + PRICES["lecturer"]
    assert found.timetable is not None
    assert found.timetable.objective is not None
    assert 0 < found.timetable.objective.bound <= found.timetable.objective.total
    assert found.timetable.status == "feasible"  # of as few changes the cheapest, not the cheapest of all


def test_of_as_few_changes_the_cheapest_is_taken_its_kind_priced() -> None:
    dear = adapted("away lecturer=an from=2018-04-19", prices={"lecturer": 10**7})
    assert dear.difference is not None
    assert (dear.number, dear.difference.tiers["lecturer"]) == (1, 0)
    assert dear.difference.tiers["day"] == 1


@pytest.mark.parametrize(
    ("notice", "first"), [(0, april(18)), (1, april(19)), (3, april(23)), (6, april(27)), (7, april(28))]
)
def test_the_notice_is_counted_in_working_days(notice: int, first: Any) -> None:
    """Wednesday 25 April is a holiday; beyond the calendar nothing can be touched."""
    assert adapted("", from_=april(18), notice=notice).free_from == first


def test_nothing_is_put_before_the_notice_is_over() -> None:
    """TALK of K2 has to leave 20 and 23 April; on the 19th there is time once LAW has made room."""
    words = "disqualify lecturer=an modules=TALK ; away lecturer=binh from=2018-04-20 to=2018-04-23"
    early = adapted(words, from_=april(19))
    assert early.difference is not None
    moved = {change.meeting.module: change.meeting.sessions[0][0] for change in early.difference.meetings}
    assert moved == {"TALK": april(19), "LAW": april(23)}
    assert adapted(words, from_=april(19), notice=1).status == "infeasible"


def test_what_cannot_be_touched_and_cannot_stay_is_told_meeting_by_meeting() -> None:
    with pytest.raises(InputError) as caught:
        adapted("leave lecturer=an", from_=april(20))
    assert [(fault.place, fault.key) for fault in caught.value.faults] == [
        ("meetings[0]", "replan-past"),
        ("meetings[3]", "replan-past"),
    ]
    assert "K1, module LAW is on Mon 16/04/2018, which is before Fri 20/04/2018" in str(caught.value)


def test_a_plan_that_leaves_out_classes_is_refused() -> None:
    with pytest.raises(InputError, match="This plan leaves out classes"):
        replan(_BASE, timetable(partial=partial("K2")), from_=april(16))


def test_no_way_out_is_proven() -> None:
    words = "leave lecturer=an from=2018-04-19 ; leave lecturer=binh from=2018-04-19"
    found = adapted(words, from_=april(19))
    assert (found.status, found.timetable, found.number) == ("infeasible", None, None)


def test_nobody_left_for_a_module_is_proven_at_once() -> None:
    """However many openings there would be to try: the calendar is twenty years long."""
    long = scenario(calendar={"last_day": "2037-12-31"})
    found = adapted("leave lecturer=an ; leave lecturer=binh", base=long, from_=april(9), time_limit=20)
    assert found.status == "infeasible"


def test_too_few_changes_allowed_is_proven_with_how_few_there_could_be() -> None:
    words = "close venue=east from=2018-04-19 to=2018-04-27"
    fewest = adapted(words).number
    assert fewest is not None
    assert fewest > 0
    assert adapted(words, max_changes=fewest - 1).status == "infeasible"
    assert adapted(words, max_changes=fewest).number == fewest


def test_nobody_is_concerned_by_more_changes_than_allowed() -> None:
    words = "away lecturer=an from=2018-04-16 to=2018-04-19"
    one = adapted(words, max_changes_per_person=1)
    two = adapted(words)
    assert two.difference is not None
    assert max(two.difference.by_person.values()) == 2
    assert one.status in ("infeasible", "optimal")
    if one.difference is not None:
        assert max(one.difference.by_person.values()) == 1


def test_more_changes_are_made_where_that_is_cheaper_and_the_curve_shows_it() -> None:
    """East becomes so dear that moving both classes west pays, though nothing has to change."""
    dear = "room room=east/hall daily_cost=50_000_000"
    stays, moves = adapted(dear), adapted(dear, max_changes=2)
    assert (stays.number, moves.number) == (0, 2)
    assert moves.difference is not None
    assert moves.difference.tiers["room"] == 2
    assert (moves.cost, moves.status) == (moves.bound, "optimal")
    curve = adapted(dear, curve=3).curve
    assert [(point.most, point.number) for point in curve] == [(0, 0), (1, 1), (2, 2), (3, 2)]
    costs = [point.cost for point in curve]
    assert costs == sorted(costs, reverse=True)
    assert [point.bound for point in curve] == costs
    assert costs[2] == moves.cost


def test_what_is_too_large_with_all_openings_is_made_cheaper_with_those_that_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With 100 columns at most, there is room for both classes where they are, not for other openings."""
    options: dict[str, Any] = {"max_changes": 2, "prices": {"lecturer": 10**7}}
    whole = adapted("away lecturer=an from=2018-04-19", **options)
    monkeypatch.setattr(search, "_LARGEST", 100)
    part = adapted("away lecturer=an from=2018-04-19", **options)
    assert (part.number, part.cost) == (whole.number, whole.cost)
    assert (whole.bound, part.bound) == (whole.cost, None)


def test_new_classes_are_planned_beside_the_running_ones_and_count_nothing() -> None:
    found = adapted("add-class id=K3 programme=P size=40 opens_from=2018-04-16 ; drop-class cohort=K2")
    assert (found.number, found.status) == (0, "optimal")
    assert found.timetable is not None
    assert {entry.id for entry in found.timetable.cohorts} == {"K1", "K3"}


def test_the_checker_agrees_with_a_late_holiday() -> None:
    words = "holiday from=2018-04-20"
    found = adapted(words, from_=april(18))
    assert found.timetable is not None
    assert check(apply(_BASE, parse_words(words)), found.timetable).ok
    assert found.status == "optimal"


def test_a_search_that_is_stopped_at_once_ends_with_what_it_has() -> None:
    found = adapted("away lecturer=an from=2018-04-19", stop=lambda: True)
    assert found.status in ("unknown", "feasible", "optimal")
    assert found.fewest == 1

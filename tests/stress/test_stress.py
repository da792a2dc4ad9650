"""What is lost is repaired where that can be done, ranked by how much hangs on it; stand-ins are free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from classplanner import plan
from classplanner.check import check
from classplanner.deltas import apply
from classplanner.scenario import Scenario
from classplanner.stress import LOSSES, Loss, losses_of, standbys, stress
from classplanner.timetable import Meeting, Timetable
from tests.builders import april, scenario, timetable
from tests.oracle.scenarios import random_scenario

_BASE = scenario()


def lost(base: Scenario = _BASE, plan: Timetable | None = None, **options: Any) -> dict[str, Loss]:
    found = stress(base, plan or timetable(), **({"time_limit": None, "from_": april(16)} | options))
    return {loss.id: loss for loss in found}


def test_every_lecturer_hall_and_week_that_the_plan_uses_is_lost_once() -> None:
    assert set(lost()) == {"an", "binh", "east/hall", "2018-04-16"}
    assert {loss.kind for loss in lost(kinds=("week",)).values()} == {"week"}
    assert lost()["an"].meetings == 2


def test_what_the_year_hangs_on_stands_first() -> None:
    """Only An may teach LAW, and without a hall for 90 nobody meets: small classes find another one."""
    found = stress(
        scenario(modules={"LAW": {"lecturers": ["an"]}}), timetable(), from_=april(16), time_limit=None
    )
    assert (found[0].id, found[0].status, found[0].changes) == ("an", "infeasible", None)
    assert [loss.rank for loss in found] == sorted((loss.rank for loss in found), reverse=True)
    assert all(loss.status == "optimal" for loss in found[1:])


@pytest.mark.parametrize("seed", range(0, 40, 5))
def test_answers_agree_with_planning_anew(seed: int) -> None:
    """A loss is repaired if and only if there is a plan without it, and never for less than that costs."""
    base = random_scenario(seed)
    made = plan(base)
    if made.timetable is None or made.objective is None:
        return
    found = {(loss.kind, loss.id): loss for loss in stress(base, made.timetable, time_limit=None)}
    for kind, identifier, delta, _ in losses_of(base, made.timetable, LOSSES, base.calendar.first_day):
        anew, loss = plan(apply(base, delta)), found[kind, identifier]
        assert (loss.status == "infeasible") == (anew.objective is None)
        if anew.objective is not None:
            assert loss.price is not None
            assert loss.price >= anew.objective - made.objective


def _stepped_in(plan: Timetable, lecturer: str, base: Scenario) -> Iterator[Meeting]:
    who = {one.meeting: one.lecturer for one in standbys(base, plan, lecturer, time_limit=None)}
    for meeting in plan.meetings:
        name = who.get(meeting)
        yield meeting if name is None else meeting.model_copy(update={"lecturers": (name,)})


def test_stand_ins_keep_every_rule_should_all_have_to_step_in() -> None:
    named = {one.meeting.cohorts[0]: one.lecturer for one in standbys(_BASE, timetable(), "an")}
    assert named == {"K1": "binh", "K2": "binh"}
    (later,) = standbys(_BASE, timetable(), "an", from_=april(17))
    assert later.meeting.cohorts == ("K2",)
    stepped_in = timetable().model_copy(update={"meetings": tuple(_stepped_in(timetable(), "an", _BASE))})
    assert check(_BASE, stepped_in).ok


def test_a_stand_in_is_named_only_where_he_is_free_and_below_his_maxima() -> None:
    few = scenario(lecturers={"binh": {"max_sessions": 4}})
    named = [one.lecturer for one in standbys(few, timetable(), "an")]
    assert sorted(map(str, named)) == ["None", "binh"]
    away = scenario(lecturers={"binh": {"unavailable": [{"from": "2018-04-16"}]}})
    assert [one.lecturer for one in standbys(away, timetable(), "an")] == [None, "binh"]

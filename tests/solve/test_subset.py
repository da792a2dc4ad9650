"""Some classes of a problem are a problem of their own, and what is found for them holds in the whole."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.years import planted

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.encode import LEFT_OUT, Draft, decode, draft_from
from classplanner.scenario import parse
from classplanner.solve.judge import judge
from classplanner.solve.subset import Subset, exchanged, held, nothing_held, without_classes
from classplanner.timetable import Timetable

SCENARIO, HIDDEN = planted(1, classes=4, days=8)
PROBLEM = compile_scenario(SCENARIO)
DRAFT = draft_from(PROBLEM, HIDDEN.cohorts, HIDDEN.meetings)


def same(first: Draft, second: Draft) -> bool:
    return all(np.array_equal(getattr(first, name), getattr(second, name)) for name in vars(first))


@pytest.mark.parametrize("kept", [[0], [1, 3], [0, 1, 2, 3], []], ids=str)
def test_a_plan_of_some_classes_is_one_that_leaves_out_the_others(kept: list[int]) -> None:
    subset = Subset(PROBLEM, np.array(kept, dtype=np.int64))
    judged = judge(subset.problem, subset.narrow(DRAFT))
    assert judged.complete
    cohorts, meetings = decode(judged.model, judged.values)
    assert {one.id for one in cohorts} == {PROBLEM.cohorts[one].cohort.id for one in kept}
    plan = Timetable(cohorts=cohorts, meetings=meetings)
    assert Checker(SCENARIO).accepts(plan, partial=True)
    assert Checker(SCENARIO).judge(plan, rules=()).terms.total == judged.total


def test_drafts_go_there_and_back() -> None:
    subset = Subset(PROBLEM, np.array([0, 2]))
    wide = subset.widen(subset.narrow(DRAFT))
    assert held(wide).tolist() == [True, False, True, False]
    assert same(wide, without_classes(PROBLEM, DRAFT, np.array([1, 3])))
    assert same(subset.narrow(wide), subset.narrow(DRAFT))
    assert not held(nothing_held(PROBLEM)).any()


def test_what_is_settled_for_classes_that_are_gone_is_gone() -> None:
    document = SCENARIO.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    names = [data.cohort.id for data in PROBLEM.cohorts]
    opens = {entry.id: f"{entry.opens}" for entry in HIDDEN.cohorts}
    document["locks"] = [{"cohort": name, "opens": opens[name]} for name in names[:2]]
    locked = compile_scenario(parse(document))
    assert locked.scenario.all_cohorts  # cached: the subset must not inherit it
    subset = Subset(locked, np.array([1, 2])).problem
    assert [lock.cohort for lock in subset.scenario.locks] == names[1:2]
    assert [one.id for one in subset.scenario.all_cohorts] == names[1:3]


def test_classes_change_places() -> None:
    swapped = exchanged(PROBLEM, DRAFT, 0, 3)
    first, last = (PROBLEM.lesson_cohort == one for one in (0, 3))
    assert (swapped.day[0], swapped.day[3]) == (DRAFT.day[3], DRAFT.day[0])
    assert np.array_equal(swapped.start[first], DRAFT.start[last])
    assert np.array_equal(swapped.lecturer[last], DRAFT.lecturer[first])
    assert same(exchanged(PROBLEM, swapped, 3, 0), DRAFT)
    stepped_in = exchanged(PROBLEM, without_classes(PROBLEM, DRAFT, np.array([0])), 0, 3)
    assert held(stepped_in).tolist() == [True, True, True, False]
    assert (stepped_in.start[last] == LEFT_OUT).all()

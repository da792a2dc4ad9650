"""What is proven of how many trainees any plan leaves out, and the pieces of that proof."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from benchmarks.years import Shortage, impossible, year

from classplanner.compile import Problem, compile_scenario
from classplanner.encode import LEFT_OUT, Model, encode_openings
from classplanner.solve import Control, Progress, Result
from classplanner.solve.courses import groups
from classplanner.solve.fullest import Fullest, sum_of_sizes
from classplanner.solve.optional_packing import OptionalPacking
from classplanner.solve.packing import Packing
from classplanner.solve.standing import Standing
from tests.builders import planned, scenario


def packed(problem: Problem, leave_out: int, price: int = 0) -> tuple[Model, OptionalPacking]:
    model = encode_openings(problem)
    cost = model.cost[: model.first_start]
    return model, OptionalPacking(
        problem, model.openings, cost, groups(problem), leave_out=leave_out, price=price
    )


@pytest.mark.parametrize("sizes", [[], [50], [89, 90, 90], [30, 30, 45, 7]], ids=str)
def test_sums_of_class_sizes(sizes: list[int]) -> None:
    sums = {sum(some) for number in range(len(sizes) + 1) for some in itertools.combinations(sizes, number)}
    for least in range(sum(sizes) + 1):
        found = sum_of_sizes(np.array(sizes, dtype=np.int64), least)
        assert found == min(one for one in sums if one >= least)


@pytest.mark.parametrize(
    ("shortage", "tightness"), [("halls", "loose"), ("sessions", "loose"), ("sessions", "tight")]
)
def test_what_falls_short_by_little_is_seen(shortage: Shortage, tightness: str) -> None:
    problem = compile_scenario(impossible(1, shortage, classes=5, days=8, tightness=tightness))
    proven: list[int] = []
    model = encode_openings(problem)
    Fullest(problem, model.openings, groups(problem)).bound(Control(10.0), proven.append, 1)
    assert max(proven) >= problem.cohort_sizes.min()


def test_nobody_is_said_to_stay_out_of_a_year_that_has_a_plan() -> None:
    for seed, tightness in itertools.product(range(2), ("loose", "tight")):
        problem = compile_scenario(year(seed, classes=4, days=8, tightness=tightness))
        proven: list[int] = []
        model = encode_openings(problem)
        Fullest(problem, model.openings, groups(problem)).bound(Control(10.0), proven.append, 1)
        assert set(proven) == {0}


class TestOptionalPacking:
    PROBLEM = compile_scenario(year(2, classes=4, days=8))

    def test_with_nobody_left_out_it_is_the_packing(self) -> None:
        model, optional = packed(self.PROBLEM, 0)
        whole = Packing(self.PROBLEM, model.openings, model.cost[: model.first_start], groups(self.PROBLEM))
        bounds = []
        for packing in (optional, whole):
            relaxation = packing.relax(np.zeros(len(packing.day), dtype=np.int64), 10.0)
            assert relaxation is not None
            bounds.append(relaxation.bound)
        assert bounds[0] == bounds[1] > 0

    def test_with_everyone_left_out_nothing_opens(self) -> None:
        everyone = int(self.PROBLEM.cohort_sizes.sum())
        _, optional = packed(self.PROBLEM, everyone)
        relaxation = optional.relax(np.zeros(len(optional.day), dtype=np.int64), 10.0)
        assert relaxation is not None
        assert relaxation.bound == 0
        day, room = optional.openings(np.zeros(len(optional.day), dtype=np.int64))
        assert set(day) == set(room) == {LEFT_OUT}

    def test_the_cheaper_the_more_may_be_left_out(self) -> None:
        sizes = np.sort(self.PROBLEM.cohort_sizes)
        bounds = []
        for leave_out in np.concatenate([[0], np.cumsum(sizes)]).tolist():
            _, optional = packed(self.PROBLEM, leave_out)
            relaxation = optional.relax(np.zeros(len(optional.day), dtype=np.int64), 10.0)
            assert relaxation is not None
            bounds.append(relaxation.bound)
        assert bounds == sorted(bounds, reverse=True)
        assert len(set(bounds)) == len(bounds)


class TestStanding:
    K1, K2 = planned("K1"), planned("K2")
    """Of 50 and 40 trainees."""

    def standing(self, seen: list[Progress] | None = None) -> Standing:
        return Standing(compile_scenario(scenario()), Control(), None if seen is None else seen.append)

    def test_trainees_come_first_and_costs_second(self) -> None:
        standing = self.standing()
        assert standing.offer(((self.K2,), ()), 10)
        assert standing.offer(((self.K1,), ()), 30)
        assert not standing.offer(((self.K2,), ()), 5)
        assert not standing.offer(((self.K1,), ()), 30)
        assert standing.offer(((self.K1,), ()), 20)
        assert (standing.missed, standing.total) == (40, 20)

    def test_a_bound_holds_for_plans_that_leave_out_as_few(self) -> None:
        standing = self.standing()
        standing.offer(((self.K1,), ()), 30)
        standing.prove(40, 12)
        standing.prove(0, 25)
        assert standing.bound == 12
        standing.prove(90, 15)
        assert standing.bound == 15
        standing.offer(((self.K1, self.K2), ()), 40)
        assert standing.bound == 25

    def test_it_is_proven_by_trainees_and_by_costs(self) -> None:
        standing = self.standing()
        assert not standing.proven
        standing.offer(((self.K1,), ()), 30)
        standing.prove(40, 30)
        assert not standing.proven
        standing.prove_trainees(40)
        assert standing.result == Result("optimal", (self.K1,), (), 30, most=50)

    def test_the_plan_without_anyone_may_be_the_best(self) -> None:
        standing = self.standing()
        standing.prove_trainees(90)
        assert standing.result == Result("optimal", (), (), 0, most=0)

    def test_progress_tells_of_trainees_and_holds_the_plan(self) -> None:
        seen: list[Progress] = []
        standing = self.standing(seen)
        standing.enter("plan")
        standing.offer(((self.K2,), ()), 10)
        assert [(one.trainees, one.most, one.best, one.plan) for one in seen] == [
            (0, 90, None, None),
            (40, 90, 10, ((self.K2,), ())),
        ]


def test_a_clock_that_a_condition_stops() -> None:
    stop: list[bool] = []
    control = Control(60)
    part = control.unless(lambda: bool(stop))
    assert not part.stopped
    stop.append(True)
    assert (part.stopped, control.stopped) == (True, False)
    other = control.unless(lambda: False)
    control.interrupt()
    assert other.stopped

"""What may be left out, and what is made small: the columns and rows that a goal adds, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from classplanner.compile import compile_scenario
from classplanner.encode import EVERY_CLASS, Goal, Model, allowed_openings, encode, encode_openings
from tests.builders import scenario

SIZES = {0: 50, 1: 40}
"""Trainees of the two classes, by position."""


def both(goal: Goal) -> list[Model]:
    """State the whole, and when and where classes open only."""
    problem = compile_scenario(scenario())
    return [encode(problem, goal=goal), encode_openings(problem, goal=goal)]


@pytest.mark.parametrize(
    ("leave_out", "optional", "limited"),
    [
        (0, [], False),
        (39, [], False),
        (40, [1], False),
        (49, [1], False),
        (50, [0, 1], True),
        (89, [0, 1], True),
        (90, [0, 1], False),
        (1_000, [0, 1], False),
    ],
)
def test_a_class_may_be_left_out_if_it_is_small_enough_and_all_together_are(
    leave_out: int, optional: list[int], limited: bool
) -> None:
    for model in both(Goal(leave_out)):
        assert model.optional.tolist() == optional
        quota, *limit = (rows for rows in model.rows if rows.rule == "quota" and len(rows.key))
        assert quota.lower.tolist() == quota.upper.tolist() == [1, 1]
        entered = quota.row[np.isin(quota.column, model.left_out)]
        assert entered.tolist() == optional
        assert len(limit) == limited
        for rows in limit:
            assert (rows.column.tolist(), rows.weight.tolist()) == (model.left_out.tolist(), [50, 40])
            assert rows.upper.tolist() == [leave_out]


def test_every_class_is_planned_unless_the_goal_says_otherwise() -> None:
    for model in both(EVERY_CLASS):
        assert (model.optional.tolist(), model.left_out.tolist()) == ([], [])


def test_only_classes_that_are_asked_for_can_be_left_out() -> None:
    problem = compile_scenario(scenario())
    model = encode(problem, cohorts=np.array([1]), goal=Goal(90))
    assert model.optional.tolist() == [1]


def test_trainees_left_out_are_counted_and_nothing_else() -> None:
    for model in both(Goal(90, "left-out")):
        expected = np.zeros(len(model.upper), dtype=np.int64)
        expected[model.left_out] = [50, 40]
        assert model.cost.tolist() == expected.tolist()


def test_leaving_out_costs_nothing() -> None:
    for model in both(Goal(90)):
        assert model.cost[model.left_out].tolist() == [0, 0]
        assert model.cost[: model.first_extra].any()


def test_no_column_is_added_for_loads_where_trainees_count() -> None:
    asked = scenario(lecturers={"an": {"target_sessions": 1}}, objective={"overload": 7})
    problem = compile_scenario(asked)
    costs, trainees = (encode(problem, goal=goal) for goal in (Goal(90), Goal(90, "left-out")))
    assert len(costs.extra_upper) == len(trainees.extra_upper) + 1


def test_allowed_openings_are_those_of_the_model() -> None:
    asked = scenario(cohorts={"K1": {"opens_from": "2018-04-20", "venue": "west"}, "K2": {"size": 61}})
    problem = compile_scenario(asked)
    everything = encode_openings(compile_scenario(scenario())).openings
    allowed, model = allowed_openings(problem, everything), encode_openings(problem).openings
    assert 0 < len(allowed.day) < len(everything.day)
    for name in ("cohort", "day", "room"):
        assert getattr(allowed, name).tolist() == getattr(model, name).tolist()

"""Costs are computed exactly: a scenario in which a plan could cost 2**53 or more is refused, no other.

A class is taught one module of nine sessions in eight class days, by a lecturer whose fees come to
9 * 10**15. The hall makes up for what is missing to a total.
"""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.compile import compile_scenario
from classplanner.encode import Model, encode, encode_openings
from classplanner.errors import Fault, InputError
from classplanner.rules import RULES
from classplanner.scenario import parse

FEE, WEIGHT, SESSIONS, DAYS = 10**12, 1_000, 9, 8
FEES = FEE * WEIGHT * SESSIONS
LIMIT = 2**53


def _document(total: int) -> dict[str, Any]:
    """Make a scenario with one way to plan it, which costs a total."""
    return {
        "calendar": {"first_day": "2018-03-05", "last_day": "2018-03-14", "country": ""},
        "lecturers": [{"id": "L0"}, {"id": "L1", "fee": FEE}],
        "venues": [{"id": "V", "rooms": [{"id": "r", "capacity": 30, "daily_cost": (total - FEES) // DAYS}]}],
        "programmes": [
            {
                "id": "P",
                "days": DAYS,
                "modules": [{"id": "M", "sessions": SESSIONS, "latest_day": 5, "lecturers": ["L1"]}],
            }
        ],
        "cohorts": [{"id": "K", "programme": "P", "size": 30}],
        "locks": [],
        "objective": {"fees": WEIGHT, "rooms": 1, "order": 0, "delay": 0},
    }


def _encoded(document: dict[str, Any]) -> Model:
    return encode(compile_scenario(parse(document)))


def _is_too_costly(document: dict[str, Any]) -> bool:
    try:
        _encoded(document)
    except InputError as error:
        return error.faults == (Fault("", "objective", "too-costly"),)
    return False


def _out_of_order(document: dict[str, Any]) -> int:
    """Start on the second day: a day off the nominal one."""
    document["programmes"][0]["modules"][0] |= {"earliest_day": 2, "latest_day": 6}
    document["objective"]["order"] = 800
    return 800


def _late(document: dict[str, Any]) -> int:
    """Open two working days later than possible."""
    document["calendar"]["last_day"] = "2018-03-16"
    document["locks"].append({"cohort": "K", "opens": "2018-03-07"})
    document["objective"]["delay"] = 800
    return 2 * 800


def _second_choice(document: dict[str, Any]) -> int:
    """Have the lecturer teach who is second on the list."""
    document["programmes"][0]["modules"][0]["lecturers"] = ["L0", "L1"]
    document["locks"].append({"cohort": "K", "module": "M", "lecturer": "L1"})
    document["objective"]["preference"] = 800
    return 800


def _overloaded(document: dict[str, Any]) -> int:
    """Have the lecturer teach more than aimed at: as far as the bound knows, all sessions are too many."""
    document["lecturers"][1]["target_sessions"] = 4
    document["objective"]["overload"] = 800
    return SESSIONS * 800


@pytest.mark.parametrize("change", [lambda _: 0, _out_of_order, _late, _second_choice, _overloaded])
def test_every_term_counts(change: Any) -> None:
    extra = change(_document(LIMIT))
    least, most = _document(LIMIT - extra - DAYS), _document(LIMIT - extra)
    for document in (least, most):
        change(document)
    assert not _is_too_costly(least)
    assert _is_too_costly(most)


def test_of_several_ways_the_dearest_counts_and_not_their_sum() -> None:
    document = _document(LIMIT - DAYS)
    document["calendar"]["last_day"] = "2018-03-30"
    document["lecturers"].append({"id": "L2", "fee": FEE})
    document["programmes"][0]["modules"][0] |= {"lecturers": ["L1", "L2"], "latest_day": 8}
    document["venues"][0]["rooms"].append(document["venues"][0]["rooms"][0] | {"id": "s"})
    assert not _is_too_costly(document)


def test_classes_and_modules_add_up() -> None:
    two_classes, two_modules = _document(LIMIT - DAYS), _document(LIMIT - DAYS)
    two_classes["cohorts"].append({"id": "K2", "programme": "P", "size": 30})
    two_modules["programmes"][0]["modules"].append({"id": "M2", "sessions": 1, "lecturers": ["L1"]})
    assert _is_too_costly(two_classes)
    assert _is_too_costly(two_modules)


def test_halls_alone_can_cost_too_much() -> None:
    document = _document(0)
    document["venues"][0]["rooms"][0]["daily_cost"] = 10**12
    document["objective"]["rooms"] = 1_000
    document["cohorts"].append({"id": "K2", "programme": "P", "size": 30})
    with pytest.raises(InputError):
        encode_openings(compile_scenario(parse(document)))


def test_without_an_objective_nothing_costs() -> None:
    problem = compile_scenario(parse(_document(LIMIT)))
    assert encode(problem, objective=False).cost.size == 0


def test_sessions_above_a_target_cost_nothing_where_they_have_no_weight() -> None:
    document = _document(FEES)
    document["lecturers"][1]["target_sessions"] = 4
    model = _encoded(document)
    assert model.extra_upper == []
    assert model.cost.tolist() == [0, 0, FEES]
    document["objective"]["overload"] = 7
    model = _encoded(document)
    assert model.extra_upper == [SESSIONS]
    assert model.cost.tolist() == [0, 0, FEES, 7]


def test_no_column_counts_the_sessions_of_lecturers_without_a_target() -> None:
    document = _document(FEES)
    document["objective"]["overload"] = 7
    document["lecturers"][0]["target_sessions"] = 0
    assert _encoded(document).extra_upper == []


def test_the_row_that_counts_sessions_above_a_target_stands_for_no_rule() -> None:
    document = _document(FEES)
    document["objective"]["overload"] = 7
    document["lecturers"][1]["target_sessions"] = SESSIONS - 1
    (rows,) = (rows for rows in _encoded(document).rows if rows.rule not in RULES)
    assert rows.rule == "objective"
    assert rows.upper.tolist() == [SESSIONS - 1]
    with pytest.raises(AssertionError, match=r"^the objective forbids nothing$"):
        rows.name(0)


def test_sessions_that_cannot_exceed_a_target_are_not_counted() -> None:
    document = _document(FEES)
    document["objective"]["overload"] = 7
    document["lecturers"][1]["target_sessions"] = SESSIONS
    (rows,) = (rows for rows in _encoded(document).rows if rows.rule not in RULES)
    assert rows.key.tolist() == []

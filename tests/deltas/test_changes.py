"""Each kind of change does to a scenario what its file says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from classplanner import plan
from classplanner.deltas import KINDS, apply, parse_delta
from classplanner.scenario import Scenario, parse
from tests.documents import DELETED, SOUND, changed
from tests.oracle.scenarios import random_scenario

_AWAY = {"from": "2018-04-02", "to": "2018-04-06", "reason": "đi công tác"}
_CLASS = {"id": "K3", "programme": "cap-xa", "size": 40, "opens_from": "2018-09-03"}
_NEW = {"id": "le-c", "fee": 500_000}
_ROOM = {"id": "hall-2", "capacity": 60, "daily_cost": 9}
_XA = {"programme": "cap-xa", "size": 90, "opens_from": "2018-01-01", "finishes_by": "2018-12-31"}
_XA_1, _XA_2 = {"id": "xa-2018-01", **_XA}, {"id": "xa-2018-02", **_XA}
_NAMED = {"audiences.0.trainees": {}, "cohorts.1": _XA_1, "cohorts.2": _XA_2}

# What a delta file says -> the places of the scenario that differ then.
_CHANGES: list[tuple[dict[str, Any], Mapping[str, Any]]] = [
    ({"kind": "holiday", "from": "2018-04-24"}, {"calendar.closed": [{"from": "2018-04-24"}]}),
    ({"kind": "work-day", "date": "2018-04-28"}, {"calendar.open": [{"date": "2018-04-28"}]}),
    ({"kind": "calendar", "last_day": "2019-01-31"}, {"calendar.last_day": "2019-01-31"}),
    ({"kind": "close", "venue": "van-phu", **_AWAY}, {"venues.0.closed": [_AWAY]}),
    ({"kind": "close", "room": "van-phu/hall"}, {"venues.0.rooms.0.closed": [{}]}),
    ({"kind": "add-venue", "id": "ba-vi", "rooms": [_ROOM]}, {"venues.1": {"id": "ba-vi", "rooms": [_ROOM]}}),
    ({"kind": "add-room", "venue": "van-phu", **_ROOM}, {"venues.0.rooms.1": _ROOM}),
    ({"kind": "room", "room": "van-phu/hall", "capacity": 95}, {"venues.0.rooms.0.capacity": 95}),
    (
        {"kind": "away", "lecturer": "nguyen-van-a", **_AWAY},
        {"lecturers.0.unavailable": [{"from": "2018-03-19"}, _AWAY]},
    ),
    ({"kind": "leave", "lecturer": "tran-thi-b"}, {"lecturers.1.unavailable": [{}]}),
    (
        {"kind": "leave", "lecturer": "tran-thi-b", "from": "2018-06-01"},
        {"lecturers.1.unavailable": [{"from": "2018-06-01", "to": "2018-12-31"}]},
    ),
    (
        {"kind": "free", "lecturer": "nguyen-van-a", "from": "2018-03-19", "sessions": ["morning"]},
        {"lecturers.0.unavailable": [{"from": "2018-03-19", "to": "2018-03-19", "sessions": ["afternoon"]}]},
    ),
    (
        {"kind": "free", "lecturer": "tran-thi-b", "from": "2018-03-20"},
        {"lecturers.1.available.1": {"from": "2018-03-20"}},
    ),
    ({"kind": "load", "lecturer": "tran-thi-b", "max_sessions": 9}, {"lecturers.1.max_sessions": 9}),
    ({"kind": "fees", "percent": 21}, {"lecturers.0.fee": 726_000}),
    ({"kind": "fees", "lecturer": "tran-thi-b", "fee": 7}, {"lecturers.1.fee": 7}),
    (
        {"kind": "add-lecturer", **_NEW, "modules": ["M01"]},
        {"lecturers.2": _NEW, "programmes.0.modules.0.lecturers.2": "le-c"},
    ),
    (
        {"kind": "add-lecturer", **_NEW, "like": "tran-thi-b"},
        {"lecturers.2": _NEW, "programmes.0.modules.0.lecturers.2": "le-c"},
    ),
    (
        {"kind": "qualify", "lecturer": "tran-thi-b", "modules": ["M02"], "programme": "cap-xa"},
        {"programmes.0.modules.1.lecturers": ["tran-thi-b"]},
    ),
    (
        {"kind": "disqualify", "lecturer": "tran-thi-b"},
        {"programmes.0.modules.0.lecturers": ["nguyen-van-a"]},
    ),
    ({"kind": "quota", "audience": "xa", "year": 2018, "more": 200}, {"audiences.0.trainees.2018": 380}),
    ({"kind": "quota", "audience": "xa", "year": 2019, "trainees": 7}, {"audiences.0.trainees.2019": 7}),
    ({"kind": "resize", "audience": "xa", "size": 45}, {"audiences.0.cohort_size": 45}),
    ({"kind": "resize", "cohort": "K2", "size": 45}, {"cohorts.0.size": 45}),
    ({"kind": "resize", "cohort": "xa-2018-02", "size": 45}, _NAMED | {"cohorts.2": _XA_2 | {"size": 45}}),
    ({"kind": "add-class", **_CLASS}, {"cohorts.1": _CLASS}),
    ({"kind": "drop-class", "cohort": "K2"}, {"cohorts": [], "locks": []}),
    ({"kind": "drop-class", "cohort": "xa-2018-01"}, {"audiences.0.trainees": {}, "cohorts.1": _XA_2}),
    (
        {"kind": "window", "cohort": "K2", "opens_from": "2018-04-02", "lift": ["opens"]},
        {"cohorts.0.opens": DELETED, "cohorts.0.opens_from": "2018-04-02"},
    ),
    ({"kind": "programme", "programme": "cap-xa", "days": 4}, {"programmes.0.days": 4}),
    (
        {"kind": "module", "programme": "cap-xa", "module": "M02", "latest_day": 3, "lift": ["after"]},
        {"programmes.0.modules.1.latest_day": 3, "programmes.0.modules.1.after": DELETED},
    ),
    (
        {"kind": "lock", "cohort": "xa-2018-01", "room": "van-phu/hall"},
        {"locks.1": {"cohort": "xa-2018-01", "room": "van-phu/hall"}},
    ),
    ({"kind": "unlock", "cohort": "K2"}, {"locks": []}),
    ({"kind": "weights", "delay": 3}, {"objective.delay": 3}),
    ({"kind": "budget", "year": 2018}, {"budget": {}}),
    ({"kind": "budget", "year": 2018, "amount": 5}, {"budget.2018": 5}),
]
_SCENARIO = parse(SOUND)


def applied(*changes: Mapping[str, Any], to: Scenario = _SCENARIO) -> Scenario:
    return apply(to, parse_delta({"changes": list(changes)}))


@pytest.mark.parametrize(("change", "places"), _CHANGES, ids=[change["kind"] for change, _ in _CHANGES])
def test_a_change_changes_what_it_says(change: dict[str, Any], places: Mapping[str, Any]) -> None:
    assert applied(change) == parse(changed(places))
    assert parse(SOUND) == _SCENARIO


def test_every_kind_is_tried_here() -> None:
    assert {change["kind"] for change, _ in _CHANGES} | {"reopen"} == set(KINDS)


def test_a_venue_that_reopens_is_closed_in_the_rest_of_the_period_only() -> None:
    shut = applied({"kind": "close", "venue": "van-phu", **_AWAY})
    again = applied({"kind": "reopen", "venue": "van-phu", "from": "2018-04-04"}, to=shut)
    assert [(period.from_, period.last) for period in again.venues[0].closed] == [
        (shut.venues[0].closed[0].from_, again.venues[0].closed[0].last),
        (again.venues[0].closed[1].from_, shut.venues[0].closed[0].last),
    ]
    assert [f"{period.from_:%d}-{period.last:%d}" for period in again.venues[0].closed] == ["02-03", "05-06"]


def test_what_reopens_all_the_time_is_not_closed_at_all() -> None:
    shut = applied({"kind": "close", "venue": "van-phu", **_AWAY})
    assert applied({"kind": "reopen", "venue": "van-phu"}, to=shut) == _SCENARIO


def test_a_late_holiday_takes_back_a_make_up_day() -> None:
    worked = applied({"kind": "work-day", "date": "2018-04-28"})
    off = applied({"kind": "holiday", "from": "2018-04-27", "to": "2018-04-29"}, to=worked)
    assert off.calendar.open == ()


def test_an_institution_stands_for_all_its_lecturers() -> None:
    both = parse(changed({"lecturers.0.institution": "Bộ", "lecturers.1.institution": "Bộ"}))
    gone = applied({"kind": "leave", "institution": "Bộ"}, to=both)
    assert [lecturer.unavailable[-1].from_ for lecturer in gone.lecturers] == [None, None]


def test_locks_are_lifted_key_by_key_and_the_place_beside_the_name_too() -> None:
    settled = applied(
        {"kind": "lock", "cohort": "K2", "module": "M02", "date": "2018-03-19", "session": "morning"},
    )
    lifted = applied({"kind": "unlock", "cohort": "K2", "module": "M02", "keys": ["date"]}, to=settled)
    assert [lock.session for lock in lifted.locks] == [None, "morning"]
    assert lifted.locks[1].date is None
    placed = parse(changed({"cohorts.0.venue": "van-phu"}))
    assert applied({"kind": "unlock", "cohort": "K2", "keys": ["venue"]}, to=placed) == _SCENARIO
    listed = parse(changed({"cohorts.0.venues": ["van-phu"]}))
    assert applied({"kind": "unlock", "cohort": "K2", "keys": ["venues"]}, to=listed) == _SCENARIO


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_what_only_restricts_never_makes_a_plan_cheaper(seed: int) -> None:
    """Of any change that says so, the cheapest plan costs at least what it cost before."""
    base = random_scenario(seed)
    before = plan(base).objective
    lecturer, room = base.lecturers[0].id, f"{base.venues[0].id}/{base.venues[0].rooms[0].id}"
    cohort, date = base.all_cohorts[0], base.calendar.first_day
    more = {"programme": cohort.programme, "size": cohort.size}
    for change in (
        {"kind": "close", "room": room, "from": date},
        {"kind": "away", "lecturer": lecturer, "from": date},
        {"kind": "leave", "lecturer": lecturer, "from": date},
        {"kind": "fees", "percent": 30},
        {"kind": "add-class", "id": "more", **more},
        {"kind": "lock", "cohort": cohort.id, "room": room},
    ):
        delta = parse_delta({"changes": [change]})
        assert all(one.restricts for one in delta.changes)
        after = plan(apply(base, delta)).objective
        assert after is None or (before is not None and after >= before)


def test_fees_that_fall_do_not_restrict() -> None:
    fees = parse_delta({"changes": [{"kind": "fees", "percent": -1}, {"kind": "fees", "fee": 7}]})
    assert [change.restricts for change in fees.changes] == [False, False]


def test_changes_are_made_one_after_another() -> None:
    twice = applied({"kind": "add-class", **_CLASS}, {"kind": "resize", "cohort": "K3", "size": 50})
    assert {cohort.id: cohort.size for cohort in twice.cohorts} == {"K2": 90, "K3": 50}

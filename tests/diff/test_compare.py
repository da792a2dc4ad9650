"""What changed is found, counted by its gravest kind, and makes the second timetable out of the first."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from classplanner.diff import Difference, compare, patch
from classplanner.timetable import Meeting, PlannedCohort, Timetable
from tests.builders import april, meeting, planned, timetable

_ROOMS = ("east/hall", "west/hall")


def _drawn(rng: random.Random, base: Timetable) -> Timetable:
    """Change a timetable here and there: times, people, rooms; drop, double and add meetings and classes."""

    def meetings() -> list[Meeting]:
        found = []
        for one in base.meetings:
            keys = {
                "lecturers": rng.choice([(), ("an",), ("binh",), ("an", "binh")]),
                "room": rng.choice((*_ROOMS, None)),
                "sessions": tuple(
                    (april(rng.randint(9, 27)), rng.choice(("morning", "afternoon")))
                    for _ in range(rng.randint(1, 3))
                ),
            }
            changed = one.model_copy(update={key: keys[key] for key in keys if rng.random() < 0.3})
            if rng.random() < 0.3:  # at another time of the same days
                slots = tuple((date, rng.choice(("morning", "afternoon"))) for date, _ in changed.sessions)
                changed = changed.model_copy(update={"sessions": slots})
            found += [changed] * rng.choice((0, 1, 1, 1, 1, 2))
        rng.shuffle(found)
        return found

    def cohorts() -> list[PlannedCohort]:
        entries = [
            planned("K1"),
            planned("K2"),
            planned("K3", room="east/hall", opens="2018-04-09", closes="2018-04-11"),
        ]
        kept = [entry for entry in entries if rng.random() < 0.8]
        return [
            entry.model_copy(update={"room": rng.choice(_ROOMS), "opens": april(rng.randint(9, 19))})
            if rng.random() < 0.4
            else entry
            for entry in kept
        ]

    return Timetable(cohorts=tuple(cohorts()), meetings=tuple(meetings()))


def test_the_changes_between_200_random_pairs_make_the_second_of_the_first() -> None:
    rng = random.Random(3)
    kinds: Counter[str] = Counter()
    for _ in range(200):
        base = timetable()
        first, second = _drawn(rng, base), _drawn(rng, base)
        found = Difference.model_validate_json(compare(first, second).model_dump_json())
        made = patch(first, found)
        assert Counter(made.cohorts) == Counter(second.cohorts)
        assert Counter(made.meetings) == Counter(second.meetings)
        kinds.update(change.tier or "new or dropped" for change in found.meetings)
    assert min(kinds[kind] for kind in ("room", "lecturer", "session", "day", "new or dropped")) > 20


def test_a_timetable_does_not_differ_from_itself() -> None:
    assert compare(timetable(), timetable()) == Difference()


def test_a_patch_for_another_timetable_is_refused() -> None:
    found = compare(timetable(), timetable(meetings={("K1", "TALK"): {"lecturers": ["an"]}}))
    with pytest.raises(ValueError, match="not one from this timetable"):
        patch(timetable(meetings={("K1", "TALK"): None}), found)


@pytest.mark.parametrize(
    ("keys", "tier"),
    [
        ({"room": "west/hall"}, "room"),
        ({"lecturers": ["an"]}, "lecturer"),
        ({"lecturers": ["an"], "room": "west/hall"}, "lecturer"),
        ({"sessions": ["17 pm"], "lecturers": ["an"]}, "session"),
        ({"sessions": ["18 am"], "lecturers": ["an"]}, "day"),
    ],
)
def test_a_meeting_counts_once_by_the_gravest_of_what_changed(keys: dict[str, list[str]], tier: str) -> None:
    found = compare(timetable(), timetable(meetings={("K1", "TALK"): keys}))
    assert {kind: number for kind, number in found.tiers.items() if number} == {tier: 1}
    assert found.number == 1


def test_a_class_that_moves_to_another_hall_is_one_change_whatever_comes_along() -> None:
    moved = {("K1", module): {"room": "west/hall"} for module in ("LAW", "TALK")}
    found = compare(timetable(), timetable({"K1": {"room": "west/hall"}}, moved))
    assert (len(found.meetings), found.number, found.tiers["room"]) == (2, 1, 1)


def test_an_opening_counts_beside_the_meetings_that_move_with_it() -> None:
    later = timetable(
        {"K1": {"opens": "2018-04-17", "closes": "2018-04-19"}},
        {("K1", "LAW"): {"sessions": ["18 am", "18 pm"]}},
    )
    found = compare(timetable(), later)
    assert (found.tiers["opening"], found.tiers["day"], found.number) == (1, 1, 2)


def test_new_and_dropped_classes_do_not_count() -> None:
    without = timetable({"K2": None}, {("K2", module): None for module in ("LAW", "TALK", "VISIT")})
    assert compare(timetable(), without).number == 0
    assert compare(without, timetable()).number == 0
    assert len(compare(without, timetable()).meetings) == 3


def test_lecturers_before_and_after_are_concerned_once_each() -> None:
    found = compare(
        timetable(),
        timetable(
            meetings={("K1", "TALK"): {"lecturers": ["an"]}, ("K1", "LAW"): {"sessions": ["18 am", "18 pm"]}}
        ),
    )
    assert found.by_person == {"an": 2, "binh": 1}
    assert [change.meeting.module for change in found.meetings] == ["LAW", "TALK"]


def test_changes_are_told_in_order_of_time() -> None:
    first = Timetable(cohorts=(), meetings=(meeting("K2", "TALK"), meeting("K1", "TALK")))
    found = compare(first, Timetable(cohorts=(), meetings=()))
    assert [change.meeting.sessions[0][0] for change in found.meetings] == [dt.date(2018, 4, 17), april(20)]

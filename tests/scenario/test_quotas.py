"""Shows how a yearly quota of trainees becomes classes: how many, how large, when, and by which ids."""

from __future__ import annotations

import datetime as dt

import pytest

from classplanner.scenario import Audience, parse
from tests.documents import SOUND, changed


def _sizes(trainees: int, cohort_size: int) -> list[int]:
    audience = Audience(id="xa", programme="P", cohort_size=cohort_size, trainees={2018: trainees})
    return [cohort.size for cohort in audience.cohorts()]


def test_1432_commune_leaders_in_classes_of_90_are_16_classes() -> None:
    assert _sizes(1432, 90) == [90] * 8 + [89] * 8


@pytest.mark.parametrize(
    ("trainees", "cohort_size", "sizes"),
    [
        (0, 90, []),
        (1, 90, [1]),
        (90, 90, [90]),
        (91, 90, [46, 45]),
        (180, 90, [90, 90]),
        (7, 3, [3, 2, 2]),
        (3, 1, [1, 1, 1]),
    ],
)
def test_sizes_differ_by_one_at_most_the_larger_first(
    trainees: int, cohort_size: int, sizes: list[int]
) -> None:
    assert _sizes(trainees, cohort_size) == sizes


def test_classes_are_bound_to_the_venues_of_their_audience() -> None:
    audience = Audience(
        id="xa", programme="P", cohort_size=90, trainees={2018: 100}, venues=("hall-1", "hall-2")
    )
    assert [cohort.venues for cohort in audience.cohorts()] == [("hall-1", "hall-2")] * 2


def test_no_smaller_number_of_classes_would_do_and_nobody_is_left_out() -> None:
    for trainees in range(1, 400):
        sizes = _sizes(trainees, 7)
        assert sum(sizes) == trainees
        assert max(sizes) <= 7 < -(-trainees // (len(sizes) - 1 or 1)) or len(sizes) == 1
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[0] - sizes[-1] <= 1


def test_classes_are_numbered_within_their_year_and_stay_in_it() -> None:
    audience = Audience(id="xa", programme="P", cohort_size=90, trainees={2019: 90, 2017: 0, 2018: 100})
    assert audience.cohorts_a_year() == {2017: 0, 2018: 2, 2019: 1}
    assert [(cohort.id, cohort.opens_from, cohort.finishes_by) for cohort in audience.cohorts()] == [
        ("xa-2018-01", dt.date(2018, 1, 1), dt.date(2018, 12, 31)),
        ("xa-2018-02", dt.date(2018, 1, 1), dt.date(2018, 12, 31)),
        ("xa-2019-01", dt.date(2019, 1, 1), dt.date(2019, 12, 31)),
    ]
    assert {(cohort.programme, cohort.opens, cohort.room) for cohort in audience.cohorts()} == {
        ("P", None, None)
    }


def test_the_hundredth_class_has_three_digits() -> None:
    audience = Audience(id="xa", programme="P", cohort_size=1, trainees={2018: 101})
    ids = [cohort.id for cohort in audience.cohorts()]
    assert [ids[8], ids[9], ids[99], ids[100]] == ["xa-2018-09", "xa-2018-10", "xa-2018-100", "xa-2018-101"]


def test_the_longest_id_of_an_audience_still_makes_sound_classes() -> None:
    audience = Audience(id="x" * 80, programme="P", cohort_size=1, trainees={2018: 20_000})
    assert list(audience.cohorts())[-1].id.endswith("x-2018-20000")


def test_a_scenario_plans_named_classes_first_then_those_of_its_quotas() -> None:
    scenario = parse(SOUND)
    assert [cohort.id for cohort in scenario.all_cohorts] == ["K2", "xa-2018-01", "xa-2018-02"]


def test_a_class_of_a_quota_can_be_locked() -> None:
    scenario = parse(changed({"locks.0.cohort": "xa-2018-02"}))
    assert scenario.locks[0].cohort == "xa-2018-02"


def test_a_scenario_may_ask_for_twenty_thousand_classes() -> None:
    scenario = parse(changed({"audiences.0.cohort_size": 1, "audiences.0.trainees.2018": 19_999}))
    assert len(scenario.all_cohorts) == 20_000

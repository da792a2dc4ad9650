"""The budget of a year: fees of its sessions and rooms of its class days, as paid and not as weighted.

Fees: two classes with two sessions of LAW for 700 and one of TALK for 500. Rooms: six class days for 2,000.
"""

from __future__ import annotations

from classplanner.rules import catalogue
from tests.builders import scenario, timetable
from tests.check.judging import breach, found, judged

FEES = 2 * (2 * 700 + 500)
ROOMS = 6 * 2_000


class TestBudget:
    def test_one_dong_too_much(self) -> None:
        spent = found("spent", fees=FEES, rooms=ROOMS, total=FEES + ROOMS, excess=1)
        assert judged(scenario(budget={2018: FEES + ROOMS - 1}), timetable()).breaches == (
            breach(catalogue.budget(2018, FEES + ROOMS - 1), spent),
        )

    def test_the_whole_budget_may_be_spent_whatever_the_weights(self) -> None:
        weighted = scenario(budget={2018: FEES + ROOMS}, objective={"fees": 10, "rooms": 10})
        assert judged(weighted, timetable()).breaches == ()

    def test_a_year_without_a_budget_is_free(self) -> None:
        assert judged(scenario(budget={2017: 0, 2019: 0}), timetable()).breaches == ()

    def test_each_year_pays_for_its_own_sessions_and_days(self) -> None:
        """The class meets on Mon 31 December 2018 and on the two days after; TALK is in the new year."""
        around = scenario(
            calendar={"first_day": "2018-12-24", "last_day": "2019-01-11", "country": ""},
            cohorts={"K2": None},
            budget={2018: 0, 2019: 0},
        )
        plan = timetable(
            {"K1": {"opens": "2018-12-31", "closes": "2019-01-02"}, "K2": None},
            {
                ("K1", "LAW"): {"sessions": ["2018-12-31 am", "2018-12-31 pm"]},
                ("K1", "TALK"): {"sessions": ["2019-01-01 am"]},
                ("K1", "VISIT"): {"sessions": ["2019-01-02 am"]},
                **{("K2", module): None for module in ("LAW", "TALK", "VISIT")},
            },
        )
        assert judged(around, plan).breaches == (
            breach(
                catalogue.budget(2018, 0), found("spent", fees=1_400, rooms=2_000, total=3_400, excess=3_400)
            ),
            breach(
                catalogue.budget(2019, 0), found("spent", fees=500, rooms=4_000, total=4_500, excess=4_500)
            ),
        )

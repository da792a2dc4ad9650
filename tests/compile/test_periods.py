"""`covered` marks the slots that a reading of the periods date by date, session by session, marks."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Sequence
from typing import Any

import pytest

from classplanner.compile.periods import covered
from classplanner.scenario import WEEKDAYS, Period

FIRST = dt.date(2018, 4, 23)
SESSIONS = ("morning", "afternoon", "evening")


def naive(periods: Sequence[Period], dates: Sequence[dt.date], sessions: Sequence[str]) -> list[bool]:
    """Say of each slot whether some period matches it: all its keys match, an absent key always does."""
    return [
        any(
            (period.from_ is None or period.from_ <= date)
            and (period.last is None or date <= period.last)
            and (period.weekdays is None or WEEKDAYS[date.weekday()] in period.weekdays)
            and (period.sessions is None or session in period.sessions)
            for period in periods
        )
        for date, session in itertools.product(dates, sessions)
    ]


def random_period(chance: random.Random) -> Period:
    """Draw a period with any of its keys."""
    keys: dict[str, Any] = {}
    start, length = chance.randint(-5, 20), chance.randint(0, 8)
    if chance.random() < 0.5:
        keys["from"] = FIRST + dt.timedelta(days=start)
    if chance.random() < 0.5:
        keys["to"] = FIRST + dt.timedelta(days=start + length)
    if chance.random() < 0.4:
        keys["weekdays"] = chance.sample(WEEKDAYS, chance.randint(1, 7))
    if chance.random() < 0.4 or not keys:
        keys["sessions"] = chance.sample(SESSIONS, chance.randint(1, 3))
    return Period.model_validate(keys)


def test_random_periods() -> None:
    chance = random.Random(1)
    marked = 0
    for _ in range(500):
        periods = [random_period(chance) for _ in range(chance.randint(0, 3))]
        dates = sorted(FIRST + dt.timedelta(days=days) for days in chance.sample(range(16), 10))
        sessions = SESSIONS[: chance.randint(1, 3)]
        slots = covered(periods, dates, sessions).tolist()
        assert slots == naive(periods, dates, sessions), periods
        marked += sum(slots)
    assert marked > 1_000


# Monday 23 to Thursday 26 April 2018, mornings and afternoons.
@pytest.mark.parametrize(
    ("keys", "marked"),
    [
        ({"from": "2018-04-24"}, [2, 3]),
        ({"from": "2018-04-24", "to": "2018-04-25"}, [2, 3, 4, 5]),
        ({"to": "2018-04-24"}, [0, 1, 2, 3]),
        ({"from": "2018-04-20", "to": "2018-04-23"}, [0, 1]),
        ({"from": "2018-04-22"}, []),
        ({"weekdays": ["mon", "thu", "sun"]}, [0, 1, 6, 7]),
        ({"sessions": ["afternoon"]}, [1, 3, 5, 7]),
        (
            {"from": "2018-04-24", "to": "2018-05-31", "weekdays": ["mon", "wed"], "sessions": ["morning"]},
            [4],
        ),
    ],
    ids=["a day", "days", "until", "begins before", "outside", "weekdays", "sessions", "all keys"],
)
def test_by_hand(keys: dict[str, Any], marked: list[int]) -> None:
    dates = [FIRST + dt.timedelta(days=days) for days in range(4)]
    slots = covered([Period.model_validate(keys)], dates, SESSIONS[:2])
    assert [slot for slot, truth in enumerate(slots) if truth] == marked


def test_no_periods_and_no_dates() -> None:
    assert covered([], [FIRST], SESSIONS).tolist() == [False] * 3
    assert covered([Period.model_validate({"to": FIRST})], [], SESSIONS).tolist() == []


def test_one_period_is_enough() -> None:
    periods = [Period.model_validate({"from": FIRST}), Period.model_validate({"sessions": ["evening"]})]
    assert covered(periods, [FIRST, FIRST + dt.timedelta(days=1)], SESSIONS).tolist() == [
        *(True, True, True),
        *(False, False, True),
    ]

"""What is left of periods holds exactly the sessions of days that were in them and were not taken out."""

from __future__ import annotations

import datetime as dt
import random

from classplanner.compile.periods import covered
from classplanner.deltas.periods import without
from classplanner.scenario import WEEKDAYS, Calendar, Period

_CALENDAR = Calendar(first_day=dt.date(2018, 3, 1), last_day=dt.date(2018, 3, 21))
_DATES = [_CALENDAR.first_day + dt.timedelta(days=day) for day in range(21)]


def _drawn(rng: random.Random) -> Period:
    first, last = sorted(rng.sample(_DATES, 2))
    ends = rng.choice([{}, {"from": first}, {"from": first, "to": last}, {"to": last}])
    weekdays = rng.choice([None, tuple(rng.sample(WEEKDAYS, rng.randint(1, 6)))])
    sessions = rng.choice([None, ("morning",), ("afternoon",), ("morning", "afternoon")])
    return Period.model_validate({**ends, "weekdays": weekdays, "sessions": sessions, "reason": "nghỉ"})


def test_200_random_periods() -> None:
    rng = random.Random(5)
    partly = 0
    for _ in range(200):
        periods, taken = [_drawn(rng), _drawn(rng)], _drawn(rng)
        left = list(without(periods, taken, _CALENDAR))
        before, out, after = (covered(some, _DATES, _CALENDAR.sessions) for some in (periods, [taken], left))
        assert (after == (before & ~out)).all()
        assert all(period.reason == "nghỉ" for period in left)
        partly += bool(after.any() and (after != before).any())
    assert partly > 50


def test_what_is_not_touched_stays_as_it_is_written() -> None:
    period = Period(from_=dt.date(2018, 3, 5), to=dt.date(2018, 3, 9))
    assert list(without([period], Period(from_=dt.date(2018, 3, 12)), _CALENDAR)) == [period]

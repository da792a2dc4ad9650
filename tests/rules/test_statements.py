"""Shows how periods and weekdays are told, whatever of their keys are given."""

from __future__ import annotations

import datetime as dt

import pytest

from classplanner.language import Language
from classplanner.rules import describe_period
from classplanner.rules.statements import describe_weekdays
from classplanner.scenario import Period

_FIRST, _LAST = dt.date(2018, 4, 9), dt.date(2018, 4, 15)


@pytest.mark.parametrize(
    ("period", "english", "vietnamese"),
    [
        (Period(), "all the time", "toàn bộ thời gian"),
        (Period(from_=_FIRST), "on Mon 09/04/2018", "vào thứ Hai 09/04/2018"),
        (Period(from_=_FIRST, to=_FIRST), "on Mon 09/04/2018", "vào thứ Hai 09/04/2018"),
        (
            Period(from_=_FIRST, to=_LAST),
            "from Mon 09/04/2018 to Sun 15/04/2018",
            "từ thứ Hai 09/04/2018 đến Chủ Nhật 15/04/2018",
        ),
        (Period(to=_LAST), "until Sun 15/04/2018", "đến hết Chủ Nhật 15/04/2018"),
        (Period(weekdays=("fri", "mon")), "every Mon, Fri", "thứ Hai, thứ Sáu hằng tuần"),
        (Period(sessions=("morning",)), "in the morning", "buổi sáng"),
        (Period(sessions=("evening", "night")), "in the evening, night", "buổi tối, night"),
        (Period(reason="họp"), "all the time (họp)", "toàn bộ thời gian (họp)"),
        (
            Period(from_=_FIRST, to=_LAST, weekdays=("sun",), sessions=("afternoon",), reason="họp"),
            "from Mon 09/04/2018 to Sun 15/04/2018, every Sun, in the afternoon (họp)",
            "từ thứ Hai 09/04/2018 đến Chủ Nhật 15/04/2018, Chủ Nhật hằng tuần, buổi chiều (họp)",
        ),
    ],
)
def test_a_period_is_told_by_the_keys_it_has(period: Period, english: str, vietnamese: str) -> None:
    assert describe_period(period, Language("en")) == english
    assert describe_period(period, Language("vi")) == vietnamese


def test_weekdays_are_told_in_the_order_of_the_week() -> None:
    assert describe_weekdays(["sun", "wed", "mon"], Language("en")) == "Mon, Wed, Sun"
    assert describe_weekdays(["sun", "wed", "mon"], Language("vi")) == "thứ Hai, thứ Tư, Chủ Nhật"

"""Shows that working days are Vietnam's, day by day from 2016 to 2027, and which reason wins on a day off."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from classplanner.language import LANGUAGES, LanguageCode
from classplanner.scenario import Calendar, DayStatus, day_statuses, make_up_days, public_holidays
from classplanner.scenario.calendar import known_countries

_FACTS = Path(__file__).parents[1] / "data" / "vn_calendar_2016_2027.csv"


def _facts(kind: str) -> dict[dt.date, str]:
    with _FACTS.open(encoding="utf-8", newline="") as file:
        return {
            dt.date.fromisoformat(row["date"]): row["label"]
            for row in csv.DictReader(file)
            if row["kind"] == kind
        }


def _statuses(first: dt.date, last: dt.date, **keys: Any) -> dict[dt.date, DayStatus]:
    calendar = Calendar(first_day=first, last_day=last, **keys)
    return {status.date: status for status in day_statuses(calendar)}


def test_every_day_of_twelve_years_is_what_vietnam_decreed() -> None:
    off, worked = _facts("off"), _facts("working")
    assert (len(off), len(worked)) == (170, 6)
    holidays = public_holidays("VN", 2016, 2027, "vi")
    make_up = make_up_days("VN", 2016, 2027)
    day = dt.date(2016, 1, 1)
    while day.year < 2028:
        assert (holidays.get(day), day in make_up) == (off.get(day), day in worked), day
        day += dt.timedelta(days=1)
    assert set(holidays) == set(off)
    assert make_up == set(worked)


@pytest.mark.parametrize("year", range(2016, 2028))
def test_a_year_alone_has_the_days_it_has_among_others(year: int) -> None:
    holidays = public_holidays("VN", 2016, 2027)
    assert public_holidays("VN", year, year) == {day: holidays[day] for day in holidays if day.year == year}
    assert make_up_days("VN", year, year) == {
        day for day in make_up_days("VN", 2016, 2027) if day.year == year
    }


def test_a_holiday_moved_into_the_year_before_belongs_to_that_year() -> None:
    assert dt.date(2021, 12, 31) in public_holidays("US", 2021, 2021)
    assert dt.date(2021, 12, 31) not in public_holidays("US", 2022, 2022)


@pytest.mark.parametrize(
    ("day", "language", "name"),
    [
        (dt.date(2018, 4, 25), "en", "Hung Kings' Commemoration Day"),
        (dt.date(2018, 4, 25), "vi", "Ngày Giỗ Tổ Hùng Vương"),
        (dt.date(2026, 1, 2), "en", "Day off (substituted from 10/01/2026)"),
        (dt.date(2026, 1, 2), "vi", "Ngày nghỉ (thay cho ngày 10/01/2026)"),
    ],
)
def test_holidays_are_named_in_the_language_of_the_reader(
    day: dt.date, language: LanguageCode, name: str
) -> None:
    assert public_holidays("VN", day.year, day.year, language)[day] == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_holidays_of_a_country_that_speaks_neither_language_are_named_in_its_own(
    language: LanguageCode,
) -> None:
    assert public_holidays("FR", 2018, 2018, language)[dt.date(2018, 7, 14)]


def test_no_country_has_no_holidays_and_no_make_up_days() -> None:
    assert public_holidays("", 2018, 2018) == {}
    assert make_up_days("", 2018, 2018) == frozenset()
    assert "VN" in known_countries()
    assert "" not in known_countries()


def test_make_up_days_are_worked_only_when_the_calendar_opens_them() -> None:
    saturday = dt.date(2019, 1, 5)
    assert saturday in make_up_days("VN", 2019, 2019)
    assert _statuses(saturday, saturday)[saturday].kind == "weekend"
    opened = _statuses(saturday, saturday, open=[{"date": saturday, "reason": "Làm bù"}])
    assert opened[saturday] == DayStatus(saturday, "make-up", "Làm bù")
    assert opened[saturday].is_working


HOLIDAY, SUNDAY, FRIDAY = dt.date(2018, 4, 30), dt.date(2018, 5, 6), dt.date(2018, 5, 4)


@pytest.mark.parametrize(
    ("day", "closed", "opened", "kind", "reason"),
    [
        (FRIDAY, False, False, "working", ""),
        (FRIDAY, True, False, "closed", "hội nghị"),
        (FRIDAY, True, True, "make-up", "học bù"),
        (SUNDAY, False, False, "weekend", ""),
        (SUNDAY, True, False, "closed", "hội nghị"),
        (SUNDAY, False, True, "make-up", "học bù"),
        (HOLIDAY, False, False, "holiday", "Liberation Day/Reunification Day"),
        (HOLIDAY, True, False, "closed", "hội nghị"),
        (HOLIDAY, False, True, "make-up", "học bù"),
        (HOLIDAY, True, True, "make-up", "học bù"),
    ],
)
def test_opened_wins_over_closed_over_holiday_over_weekend(
    day: dt.date, closed: bool, opened: bool, kind: str, reason: str
) -> None:
    closures = [{"from": dt.date(2018, 4, 29), "to": dt.date(2018, 5, 6), "reason": "hội nghị"}]
    days = [{"date": day, "reason": "học bù"}]
    statuses = _statuses(day, day, closed=closures if closed else (), open=days if opened else ())
    assert [(status.kind, status.reason) for status in statuses.values()] == [(kind, reason)]


def test_a_closure_without_an_end_is_one_day() -> None:
    statuses = _statuses(FRIDAY, FRIDAY + dt.timedelta(days=3), closed=[{"from": FRIDAY}])
    assert [status.kind for status in statuses.values()] == ["closed", "weekend", "weekend", "working"]


def test_the_calendar_has_its_first_and_its_last_day_and_no_other() -> None:
    statuses = _statuses(dt.date(2018, 4, 28), SUNDAY, open=[{"date": dt.date(2018, 5, 12)}])
    assert list(statuses) == [dt.date(2018, 4, 28) + dt.timedelta(days=passed) for passed in range(9)]


def test_saturdays_are_worked_where_the_calendar_says_so() -> None:
    saturday = dt.date(2018, 5, 5)
    assert _statuses(saturday, SUNDAY, weekdays=["sat"])[saturday].kind == "working"


def test_thirty_two_working_days_from_16_march_2018_end_on_3_may() -> None:
    statuses = _statuses(dt.date(2018, 3, 16), dt.date(2018, 6, 29)).values()
    working = (status.date for status in statuses if status.is_working)
    assert next(islice(working, 31, None)) == dt.date(2018, 5, 3)

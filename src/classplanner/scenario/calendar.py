"""Which dates are working days, and why the others are not.

Public holidays come from the package `holidays`, in the reader's language where it speaks it. What the
package lacks stands in `_CORRECTIONS`, each with its source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import holidays

from classplanner.language import LanguageCode
from classplanner.scenario.models import Calendar
from classplanner.scenario.values import Weekday

__all__ = [
    "WEEKDAYS",
    "DayKind",
    "DayStatus",
    "day_statuses",
    "known_countries",
    "make_up_days",
    "public_holidays",
]

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

DayKind = Literal["working", "make-up", "weekend", "holiday", "closed"]


@dataclass(frozen=True)
class _Swap:
    """A day off that is worked on another day instead."""

    off: dt.date
    worked: dt.date
    names: Mapping[LanguageCode, str]


# Vietnam's public sector had Friday 2 January 2026 off and worked Saturday 10 January 2026 instead;
# `holidays` 0.109 does not know it.
_CORRECTIONS: Mapping[str, tuple[_Swap, ...]] = {
    "VN": (
        _Swap(
            off=dt.date(2026, 1, 2),
            worked=dt.date(2026, 1, 10),
            names={
                "vi": "Ngày nghỉ (thay cho ngày 10/01/2026)",
                "en": "Day off (substituted from 10/01/2026)",
            },
        ),
    ),
}


@dataclass(frozen=True)
class DayStatus:
    """What a date of the calendar is, and why.

    Attributes
    ----------
    date
        The date.
    kind
        What it is.
    reason
        The name of the holiday, or what the scenario gives as the reason; may be empty.
    """

    date: dt.date
    kind: DayKind
    reason: str = ""

    @property
    def is_working(self) -> bool:
        """Whether classes may meet on it."""
        return self.kind in ("working", "make-up")


@cache
def known_countries() -> frozenset[str]:
    """Return the codes of the countries whose public holidays are known."""
    return frozenset(holidays.list_supported_countries(include_aliases=False))


@cache
def _country(country: str, first_year: int, last_year: int, language: LanguageCode) -> holidays.HolidayBase:
    # A holiday of one year may be moved into another.
    years = range(first_year - 1, last_year + 2)
    spoken = holidays.country_holidays(country).supported_languages
    wanted = "vi" if language == "vi" else "en_US"
    return holidays.country_holidays(country, years=years, language=wanted if wanted in spoken else None)


def public_holidays(
    country: str, first_year: int, last_year: int, language: LanguageCode = "en"
) -> Mapping[dt.date, str]:
    """Return the public holidays of whole years with their names.

    Parameters
    ----------
    country
        ISO 3166 code, one of `known_countries`; ``""`` for none.
    first_year, last_year
        The years, both included.
    language
        Of the names; they are in the country's own where they are not known in this one.
    """
    if not country:
        return {}
    days = dict(_country(country, first_year, last_year, language).items())
    for swap in _CORRECTIONS.get(country, ()):
        days.setdefault(swap.off, swap.names[language])
    return {day: name for day, name in sorted(days.items()) if first_year <= day.year <= last_year}


def make_up_days(country: str, first_year: int, last_year: int) -> frozenset[dt.date]:
    """Return the days at a weekend that a country works officially, in exchange for a day off.

    They are for information: classes meet on them only when the scenario's calendar opens them.

    Parameters
    ----------
    country
        ISO 3166 code, one of `known_countries`; ``""`` for none.
    first_year, last_year
        The years, both included.
    """
    if not country:
        return frozenset()
    worked = set(getattr(_country(country, first_year, last_year, "en"), "weekend_workdays", ()))
    worked |= {swap.worked for swap in _CORRECTIONS.get(country, ())}
    return frozenset(day for day in worked if first_year <= day.year <= last_year)


def day_statuses(calendar: Calendar, language: LanguageCode = "en") -> Iterator[DayStatus]:
    """Go through all dates of a calendar and say of each what it is.

    An opened day is worked whatever else holds for it; a closure is named before a holiday, a holiday before
    a weekend.

    Parameters
    ----------
    calendar
        The calendar of a scenario.
    language
        Of the names of the holidays.
    """
    off = public_holidays(calendar.country, calendar.first_day.year, calendar.last_day.year, language)
    opened = {day.date: day.reason for day in calendar.open}
    for ordinal in range(calendar.first_day.toordinal(), calendar.last_day.toordinal() + 1):
        day = dt.date.fromordinal(ordinal)
        closure = next((closure for closure in calendar.closed if closure.from_ <= day <= closure.last), None)
        if day in opened:
            yield DayStatus(day, "make-up", opened[day])
        elif closure is not None:
            yield DayStatus(day, "closed", closure.reason)
        elif day in off:
            yield DayStatus(day, "holiday", off[day])
        elif WEEKDAYS[day.weekday()] not in calendar.weekdays:
            yield DayStatus(day, "weekend")
        else:
            yield DayStatus(day, "working")

"""The kinds of value a scenario is made of, with their limits.

The limits are far above any real year. They do not by themselves keep costs small enough to be summed
exactly: where costs are summed, a scenario whose costs are not is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "ONLY_YEARS",
    "Count",
    "Day",
    "DayNumber",
    "Hours",
    "Identifier",
    "Money",
    "Name",
    "RoomReference",
    "ShortIdentifier",
    "Weekday",
    "Weight",
    "Year",
]

FIRST_YEAR, LAST_YEAR = 1990, 2100
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _day(value: Any) -> Any:
    """Accept a date, or its ISO text; a date with a time of day is a mistake."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day", "not a day") from None
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise PydanticCustomError("day", "not a day")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise _no_such_year()
    return value


def _year(value: Any) -> Any:
    """Accept a year, also as text: the keys of TOML and JSON tables are texts."""
    if isinstance(value, str) and _YEAR.fullmatch(value):
        value = int(value)
    if type(value) is not int or not FIRST_YEAR <= value <= LAST_YEAR:
        raise _no_such_year()
    return value


def _no_such_year() -> PydanticCustomError:
    # As texts: a year is not written with its thousands grouped.
    return PydanticCustomError("year", "no such year", {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)})


def _identifier(value: str) -> str:
    if not value or value != value.strip() or "/" in value or not value.isprintable():
        raise PydanticCustomError("identifier", "not an identifier")
    return value


def _hours(value: str) -> str:
    """Accept the time of day at which a session begins and the later one at which it ends."""
    found = _HOURS.fullmatch(value)
    if not found or found[1] >= found[2]:
        raise PydanticCustomError("hours", "not hours")
    return value


def _room_reference(value: str) -> str:
    venue, _, room = value.partition("/")
    if not venue or not room or "/" in room:
        raise PydanticCustomError("room-reference", "not venue/room")
    return value


def _name(value: str) -> str:
    """Accept a text to be read; its white space (line breaks, the fixed spaces of office files) is evened."""
    value = " ".join(value.split())
    if not value.isprintable():
        raise PydanticCustomError("name", "unprintable")
    return value


_IDENTIFIER_SCHEMA: JsonDict = {"pattern": r"^[^/\s]([^/]*[^/\s])?$"}
_ROOM_SCHEMA: JsonDict = {"pattern": "^[^/]+/[^/]+$"}

Identifier = Annotated[
    str, Field(max_length=100, json_schema_extra=_IDENTIFIER_SCHEMA), AfterValidator(_identifier)
]
# The classes of an audience are called by its id and up to 11 characters more.
ShortIdentifier = Annotated[
    str, Field(max_length=80, json_schema_extra=_IDENTIFIER_SCHEMA), AfterValidator(_identifier)
]
RoomReference = Annotated[
    str, Field(max_length=201, json_schema_extra=_ROOM_SCHEMA), AfterValidator(_room_reference)
]
Hours = Annotated[
    str, Field(max_length=11, json_schema_extra={"pattern": r"^\d\d:\d\d-\d\d:\d\d$"}), AfterValidator(_hours)
]
Name = Annotated[str, Field(max_length=500), AfterValidator(_name)]
Day = Annotated[
    dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"}, mode="validation")
]
Year = Annotated[
    int,
    BeforeValidator(_year),
    WithJsonSchema({"type": "string", "pattern": "^(199[0-9]|20[0-9]{2}|2100)$"}, mode="validation"),
]
ONLY_YEARS = Field(json_schema_extra={"additionalProperties": False})
"""Of a table by years: it has no other keys."""
Count = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
DayNumber = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Money = Annotated[int, Field(strict=True, ge=0, le=10**12)]
Weight = Annotated[int, Field(strict=True, ge=0, le=10**9)]

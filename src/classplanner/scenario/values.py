"""The kinds of value a scenario is made of, with their limits.

The limits are far above any real year; they keep every sum of the engine within 53 bits, so that costs stay
exact whole numbers everywhere.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

__all__ = ["Count", "Day", "Identifier", "Money", "Name", "RoomReference", "Weekday", "Weight", "Year"]

_FIRST_YEAR, _LAST_YEAR = 1990, 2100

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _day(value: Any) -> Any:
    """Accept a date, or its ISO text; a date with a time of day is a mistake."""
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day", "not a day") from None
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise PydanticCustomError("day", "not a day")
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise PydanticCustomError(
            "year", "no such year", {"first": str(_FIRST_YEAR), "last": str(_LAST_YEAR)}
        )
    return value


def _year(value: Any) -> Any:
    """Accept a year, also as text: the keys of TOML and JSON tables are texts."""
    text = value if isinstance(value, str) else str(value) if type(value) is int else ""
    if not (text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR):
        raise PydanticCustomError(
            "year", "no such year", {"first": str(_FIRST_YEAR), "last": str(_LAST_YEAR)}
        )
    return int(text)


def _identifier(value: str) -> str:
    if not value or value != value.strip() or "/" in value or not value.isprintable():
        raise PydanticCustomError("identifier", "not an identifier")
    return value


def _room_reference(value: str) -> str:
    venue, _, room = value.partition("/")
    if not venue or not room or "/" in room:
        raise PydanticCustomError("room-reference", "not venue/room")
    return value


def _name(value: str) -> str:
    if not all(character.isprintable() for character in value):
        raise PydanticCustomError("name", "unprintable")
    return value.strip()


Identifier = Annotated[str, Field(max_length=100), AfterValidator(_identifier)]
RoomReference = Annotated[str, Field(max_length=201), AfterValidator(_room_reference)]
Name = Annotated[str, Field(max_length=500), AfterValidator(_name)]
Day = Annotated[
    dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"}, mode="validation")
]
Year = Annotated[int, BeforeValidator(_year)]
Count = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
Money = Annotated[int, Field(strict=True, ge=0, le=10**12, description="VND")]
Weight = Annotated[int, Field(strict=True, ge=0, le=10**9, description="equivalent VND per unit")]

"""Reads the value of a cell as its column is meant, and writes it.

What cannot be read so is handed on as it is, and refused with the words for a value of its kind.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from classplanner.language import Language, Phrase
from classplanner.scenario.calendar import WEEKDAYS
from classplanner.scenario.faults import iso_date
from classplanner.scenario.workbook.layout import Column
from classplanner.scenario.workbook.words import (
    is_none,
    join_items,
    known_word,
    session_id,
    session_word,
    split_hours,
    split_items,
    truth,
    weekday,
)

__all__ = ["UnusableError", "read_value", "write_value"]

_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([. ,\u00a0\u202f])\d{3})(?:\1\d{3}){0,4}", re.ASCII)


class UnusableError(Exception):
    """A cell holds none of the words that it may hold."""

    def __init__(self, value: str, expected: tuple[Phrase, ...]) -> None:
        super().__init__(value)
        self.value, self.expected = value, expected


def read_value(column: Column, content: Any) -> Any:
    """Read a cell.

    Raises
    ------
    UnusableError
        It holds none of the words of its column.
    """
    if column.choices:
        return _choice(column, _text(content))
    match column.kind:
        case "number":
            value = _number(content)
        case "day":
            value = _day(content)
        case "truth":
            value = _truth(content)
        case "text":
            value = _text(content)
        case "hours":
            value = _hours(content)
        case "country":
            value = "" if isinstance(content, str) and is_none(content) else _text(content)
        case _:
            value = _list(column.kind, _text(content))
    return value


def _list(kind: str, content: Any) -> Any:
    if not isinstance(content, str):
        return content
    items = split_items(content)
    if kind == "weekdays":
        return [_weekday(item) for item, _ in items]
    if kind == "items":
        return [item for item, _ in items]
    sessions = [item if quoted else session_id(item) or item for item, quoted in items]
    return sessions if kind == "sessions" else sessions[0] if len(sessions) == 1 else content


def _hours(content: Any) -> dict[str, str]:
    found = split_hours(content) if isinstance(content, str) else None
    if found is None:
        raise UnusableError(str(content), (Phrase("sheet.hours"),))
    return dict(found)


def _text(content: Any) -> Any:
    """Take a number for the text that a planner sees: class 12 is called "12"."""
    return str(content) if isinstance(content, int | float) and not isinstance(content, bool) else content


def _number(content: Any) -> Any:
    if isinstance(content, str):
        if _WHOLE.fullmatch(content):
            return int(content)
        if grouped := _GROUPED.fullmatch(content):
            return int(content.replace(grouped[1], ""))
    return content


def _day(content: Any) -> Any:
    iso = iso_date(content) if isinstance(content, str) else ""
    return dt.date.fromisoformat(iso) if iso else content


def _truth(content: Any) -> Any:
    if isinstance(content, bool):
        return content
    found = truth(str(content))
    if found is None:
        raise UnusableError(str(content), (Phrase("sheet.yes"), Phrase("sheet.no")))
    return found


def _choice(column: Column, content: Any) -> str:
    found = known_word("sheet.choice.", content) if isinstance(content, str) else None
    if found is None or found not in column.choices:
        expected = tuple(Phrase(f"sheet.choice.{choice}") for choice in column.choices)
        raise UnusableError(str(content), expected)
    return found


def _weekday(item: str) -> str:
    found = weekday(item)
    if found is None:
        raise UnusableError(item, tuple(Phrase(f"sheet.weekday.{name}") for name in WEEKDAYS))
    return found


def write_value(column: Column, value: Any, language: Language) -> str | int | dt.date:
    """Write a value of a sound document for a cell; `read_value` reads the same."""
    if column.choices:
        return language.text(f"sheet.choice.{value}")
    match column.kind:
        case "truth":
            written: str | int | dt.date = language.text("sheet.yes" if value else "sheet.no")
        case "country":
            written = value or language.text("sheet.none")
        case "weekdays":
            written = "; ".join(language.text(f"sheet.weekday.{name}") for name in value)
        case "sessions":
            written = "; ".join(session_word(name, language) for name in value)
        case "session":
            written = session_word(value, language)
        case "hours":
            written = "; ".join(f"{session_word(name, language)} {hours}" for name, hours in value.items())
        case "items":
            written = join_items(value)
        case _:
            written = value
    return written

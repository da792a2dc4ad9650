"""A small sound scenario as a raw document, ways to change it, and writers of TOML and JSON."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, Final

__all__ = ["DELETED", "SOUND", "as_json", "as_toml", "changed"]

DELETED: Final = object()
"""As a new value: the key or the entry goes."""

SOUND: Final[dict[str, Any]] = {
    "name": "thử",
    "calendar": {"first_day": dt.date(2018, 3, 1), "last_day": dt.date(2018, 12, 31)},
    "lecturers": [
        {"id": "nguyen-van-a", "fee": 600_000, "unavailable": [{"from": dt.date(2018, 3, 19)}]},
        {"id": "tran-thi-b", "available": [{"weekdays": ["mon"], "sessions": ["morning"]}]},
    ],
    "venues": [{"id": "van-phu", "rooms": [{"id": "hall", "capacity": 90}]}],
    "programmes": [
        {
            "id": "cap-xa",
            "components": [{"id": "theory"}],
            "modules": [
                {"id": "M01", "component": "theory", "lecturers": ["nguyen-van-a", "tran-thi-b"]},
                {"id": "M02", "sessions": 2, "after": ["M01"]},
            ],
        }
    ],
    "audiences": [
        {"id": "xa", "programme": "cap-xa", "cohort_size": 90, "trainees": {"2018": 180}},
    ],
    "cohorts": [{"id": "K2", "programme": "cap-xa", "size": 90, "opens": dt.date(2018, 3, 16)}],
    "locks": [{"cohort": "K2", "module": "M01", "lecturer": "nguyen-van-a"}],
    "objective": {"order": 50_000},
    "budget": {"2018": 2_000_000_000},
}


def changed(changes: Mapping[str, Any], document: Any = SOUND) -> Any:
    """Copy a document with some values set: ``{"cohorts.0.size": 7, "budget": DELETED}``."""
    whole = {"": copy.deepcopy(document)}
    for path, value in changes.items():
        steps = ["", *path.split(".")] if path else [""]
        parent: Any = whole
        for step in steps[:-1]:
            parent = parent[_key(parent, step)]
        key = _key(parent, steps[-1])
        if value is DELETED:
            del parent[key]
        elif isinstance(parent, list):
            parent[key : key + 1] = [value]
        else:
            parent[key] = value
    return whole[""]


def _key(parent: Any, step: str) -> Any:
    return int(step) if isinstance(parent, list) else step


def as_json(document: Any) -> str:
    """Write a document as JSON, dates as texts."""
    return json.dumps(document, ensure_ascii=False, default=dt.date.isoformat)


def as_toml(document: Mapping[str, Any]) -> str:
    """Write a document as TOML, one line a section."""
    return "".join(f"{_quoted(key)} = {_inline(value)}\n" for key, value in document.items())


def _inline(value: Any) -> str:
    match value:
        case str():
            text = _quoted(value)
        case dt.date() | dt.time():
            text = value.isoformat()
        case Mapping():
            text = "{" + ", ".join(f"{_quoted(key)} = {_inline(child)}" for key, child in value.items()) + "}"
        case list():
            text = "[" + ", ".join(map(_inline, value)) + "]"
        case bool():
            text = str(value).lower()
        case int() | float():
            text = str(value)
        case _:
            raise TypeError(f"TOML has no words for {value!r}")
    return text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

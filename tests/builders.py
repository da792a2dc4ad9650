"""A small scenario and a good timetable for it, and a short way to write what a test changes in them.

Two classes take the same three modules in three days each, all in April 2018: K1 from Monday 16 to Wednesday
18, K2 on Thursday 19, Friday 20 and Monday 23; the last day of each is free. ``"16 am"`` is a slot. The
calendar runs from 9 to 27 April; 25 April is a public holiday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from classplanner.scenario import Scenario, parse
from classplanner.timetable import LeftOut, Meeting, PartialRecord, PlannedCohort, Slot, Timetable

__all__ = ["april", "meeting", "partial", "planned", "scenario", "slots", "timetable"]

Table = dict[str, Any]
Changes = Mapping[Any, Mapping[str, Any] | None]
"""By id, the keys to set in an object (a new one too); None removes it."""

_CALENDAR: Table = {"first_day": "2018-04-09", "last_day": "2018-04-27", "country": "VN"}
_LECTURERS: dict[str, Table] = {
    "an": {"name": "Lê An", "fee": 700},
    "binh": {"name": "Võ Bình", "fee": 500},
}
_VENUES: dict[str, Table] = {
    "east": {"name": "Văn Phú", "rooms": [{"id": "hall", "capacity": 90, "daily_cost": 2_000}]},
    "west": {"name": "Ba Vì", "rooms": [{"id": "hall", "capacity": 60, "daily_cost": 1_000}]},
}
_MODULES: dict[str, Table] = {
    "LAW": {"name": "Luật", "sessions": 2, "lecturers": ["an", "binh"]},
    "TALK": {"name": "Giao tiếp", "lecturers": ["binh", "an"]},
    "VISIT": {"name": "Thực tế", "off_site": True},
}
_COHORTS: dict[str, Table] = {
    "K1": {"programme": "P", "size": 50},
    "K2": {"programme": "P", "size": 40},
}
_PLANNED: dict[str, Table] = {
    "K1": {"room": "east/hall", "opens": "2018-04-16", "closes": "2018-04-18"},
    "K2": {"room": "east/hall", "opens": "2018-04-19", "closes": "2018-04-23"},
}
_MEETINGS: dict[tuple[str, str], Table] = {
    ("K1", "LAW"): {"lecturers": ["an"], "room": "east/hall", "sessions": ["16 am", "16 pm"]},
    ("K1", "TALK"): {"lecturers": ["binh"], "room": "east/hall", "sessions": ["17 am"]},
    ("K1", "VISIT"): {"sessions": ["17 pm"]},
    ("K2", "LAW"): {"lecturers": ["an"], "room": "east/hall", "sessions": ["19 am", "19 pm"]},
    ("K2", "TALK"): {"lecturers": ["binh"], "room": "east/hall", "sessions": ["20 am"]},
    ("K2", "VISIT"): {"sessions": ["20 pm"]},
}
_SESSIONS = {"am": "morning", "pm": "afternoon"}


def april(day: int) -> dt.date:
    """Return a day of April 2018."""
    return dt.date(2018, 4, day)


def slots(*written: str) -> tuple[Slot, ...]:
    """Read slots: ``"16 am"`` in April 2018, ``"2019-01-02 pm"`` at any time."""
    pairs = [slot.split() for slot in written]
    return tuple((_date(day), _SESSIONS.get(session, session)) for day, session in pairs)


def _date(day: str) -> dt.date:
    return april(int(day)) if day.isdecimal() else dt.date.fromisoformat(day)


def scenario(
    *,
    calendar: Mapping[str, Any] | None = None,
    lecturers: Changes | None = None,
    venues: Changes | None = None,
    modules: Changes | None = None,
    cohorts: Changes | None = None,
    audiences: Sequence[Mapping[str, Any]] = (),
    locks: Sequence[Mapping[str, Any]] = (),
    objective: Mapping[str, Any] | None = None,
    budget: Mapping[int, int] | None = None,
) -> Scenario:
    """Make the scenario with some changes: ``scenario(lecturers={"an": {"max_sessions": 3}})``."""
    programme = {"id": "P", "name": "Lãnh đạo xã", "days": 3, "modules": _listed(_MODULES, modules)}
    return parse(
        {
            "name": "test",
            "calendar": _CALENDAR | dict(calendar or {}),
            "lecturers": _listed(_LECTURERS, lecturers),
            "venues": _listed(_VENUES, venues),
            "programmes": [programme],
            "cohorts": _listed(_COHORTS, cohorts),
            "audiences": [dict(audience) for audience in audiences],
            "locks": [dict(lock) for lock in locks],
            "objective": dict(objective or {}),
            "budget": dict(budget or {}),
        }
    )


def planned(cohort: str, **keys: Any) -> PlannedCohort:
    """Make an entry for a class, like the one it has with some changes."""
    return PlannedCohort(id=cohort, **(_PLANNED.get(cohort, {}) | keys))


def meeting(cohort: str, module: str, **keys: Any) -> Meeting:
    """Make a meeting, like the one the class has for the module with some changes."""
    table: Table = {"cohorts": [cohort], "module": module} | _MEETINGS.get((cohort, module), {}) | keys
    return Meeting.model_validate(table | {"sessions": slots(*table["sessions"])})


def partial(*left_out: str, **keys: Any) -> PartialRecord:
    """Say that some classes are left out."""
    return PartialRecord(left_out=tuple(LeftOut(cohort=cohort) for cohort in left_out), **keys)


def timetable(
    cohorts: Changes | None = None,
    meetings: Changes | None = None,
    *,
    more_cohorts: Sequence[PlannedCohort] = (),
    more_meetings: Sequence[Meeting] = (),
    **records: Any,
) -> Timetable:
    """Make the timetable with some changes: ``timetable(meetings={("K1", "TALK"): {"room": None}})``."""
    entries = _merged(_PLANNED, cohorts)
    taught = _merged(_MEETINGS, meetings)
    return Timetable(
        cohorts=(*(planned(name, **entry) for name, entry in entries.items()), *more_cohorts),
        meetings=(*(meeting(*pair, **entry) for pair, entry in taught.items()), *more_meetings),
        **records,
    )


def _merged(base: Mapping[Any, Table], changes: Changes | None) -> dict[Any, Table]:
    merged = dict(base)
    for name, change in (changes or {}).items():
        if change is None:
            del merged[name]
        else:
            merged[name] = merged.get(name, {}) | change
    return merged


def _listed(base: Mapping[str, Table], changes: Changes | None) -> list[Table]:
    return [{"id": name} | table for name, table in _merged(base, changes).items()]

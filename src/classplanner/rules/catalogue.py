"""The rules by their public ids, and what each one says of one object.

A rule lives in two files of the same name, its *family*: `encode/<family>.py` states it to the solver,
`check/<family>.py` judges a timetable by it. The functions below only name what is judged: one for each form
that a rule takes, with its sentences under ``rule.<id>.<form>`` in the language catalogues.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from classplanner.rules.statements import Fact, RuleInstance
from classplanner.scenario import Module, Period

__all__ = ["FAMILIES", "RULES"]

FAMILIES: dict[str, tuple[str, ...]] = {
    "cohorts": ("working-days", "consecutive-days", "cohort-window", "cohort-clash", "quota"),
    "modules": ("programme-complete", "module-shape", "module-window", "precedence"),
    "lecturers": (
        "lecturer-clash",
        "lecturer-qualified",
        "lecturer-available",
        "lecturer-load",
        "lecturer-one-venue",
    ),
    "rooms": ("room-clash", "home-room", "room-capacity", "venue-open"),
    "budget": ("budget",),
    "locks": ("lock",),
}

RULES: tuple[str, ...] = tuple(rule for rules in FAMILIES.values() for rule in rules)


def _instance(rule: str, form: str, **facts: Fact) -> RuleInstance:
    return RuleInstance(f"rule.{rule}.{form}", tuple(facts.items()), rule)


# --- cohorts


def holiday(date: dt.date, reason: str) -> RuleInstance:
    """Name `working-days`: a date is a public holiday, told by its name in the reader's language."""
    return _instance("working-days", "holiday", date=date, holiday=reason)


def closed_day(date: dt.date, reason: str) -> RuleInstance:
    """Name `working-days`: a date is closed by the calendar, for a reason or for none given."""
    if not reason:
        return _instance("working-days", "closed-unexplained", date=date)
    return _instance("working-days", "closed", date=date, reason=reason)


def weekend(date: dt.date, weekdays: Sequence[str]) -> RuleInstance:
    """Name `working-days`: a date falls on none of the calendar's weekdays."""
    return _instance("working-days", "weekend", date=date, weekdays=tuple(weekdays))


def closed_period(period: Period) -> RuleInstance:
    """Name `working-days`: the calendar closes all the days of a period."""
    return _instance("working-days", "closed-period", period=period)


def outside_calendar(date: dt.date, first: dt.date, last: dt.date) -> RuleInstance:
    """Name `working-days`: a date lies before or after the calendar."""
    return _instance("working-days", "outside", date=date, first=first, last=last)


def consecutive_days(cohort: str, days: int) -> RuleInstance:
    """Name `consecutive-days`: a class meets on so many consecutive working days."""
    return _instance("consecutive-days", "days", cohort=cohort, days=days)


def cohort_window(
    cohort: str, key: Literal["opens", "opens_from", "finishes_by"], date: dt.date
) -> RuleInstance:
    """Name `cohort-window`: one of the dates a class is bound to."""
    return _instance("cohort-window", key, cohort=cohort, date=date)


def cohort_clash(cohort: str) -> RuleInstance:
    """Name `cohort-clash`: a class does one thing at a time."""
    return _instance("cohort-clash", "once", cohort=cohort)


def quota(cohort: str, size: int) -> RuleInstance:
    """Name `quota`: a class, of so many trainees, is planned."""
    return _instance("quota", "planned", cohort=cohort, size=size)


def left_out(cohort: str) -> RuleInstance:
    """Name `quota`: nothing is planned for a class that a partial plan says it leaves out."""
    return _instance("quota", "left-out", cohort=cohort)


def foreign_cohort(cohort: str) -> RuleInstance:
    """Name `quota`: nothing is planned for a class that the scenario does not have."""
    return _instance("quota", "foreign", cohort=cohort)


# --- modules


def programme_complete(cohort: str, module: str) -> RuleInstance:
    """Name `programme-complete`: a module is taught to a class once, whole, by one lecturer."""
    return _instance("programme-complete", "once", cohort=cohort, module=module)


def foreign_module(cohort: str, module: str) -> RuleInstance:
    """Name `programme-complete`: a module that is not in a class's programme is not taught to it."""
    return _instance("programme-complete", "foreign", cohort=cohort, module=module)


def module_shape(cohort: str, module: Module, sessions_per_day: int) -> RuleInstance:
    """Name `module-shape`: the sessions of a module are consecutive, and lie well in the day."""
    form = "within-day" if module.sessions <= sessions_per_day else "from-first-session"
    return _instance("module-shape", form, cohort=cohort, module=module.id, sessions=module.sessions)


def earliest_day(cohort: str, module: str, day: int) -> RuleInstance:
    """Name `module-window`: a module is taught from a class day on (counted from 1)."""
    return _instance("module-window", "earliest_day", cohort=cohort, module=module, day=day)


def latest_day(cohort: str, module: str, day: int) -> RuleInstance:
    """Name `module-window`: a module is over by the end of a class day (counted from 1)."""
    return _instance("module-window", "latest_day", cohort=cohort, module=module, day=day)


def start_sessions(cohort: str, module: str, sessions: Sequence[str]) -> RuleInstance:
    """Name `module-window`: the sessions of the day in which a module may start."""
    return _instance(
        "module-window", "start_sessions", cohort=cohort, module=module, sessions_of_day=tuple(sessions)
    )


def module_window(
    programme: str,
    module: str,
    key: Literal["earliest_day", "latest_day", "start_sessions"],
    value: int | Sequence[str],
) -> RuleInstance:
    """Name `module-window`: what a programme says of when one of its modules is taught, to any class."""
    form = f"programme-{key}"
    if isinstance(value, int):
        return _instance("module-window", form, programme=programme, module=module, day=value)
    return _instance("module-window", form, programme=programme, module=module, sessions_of_day=tuple(value))


def precedence(cohort: str, module: str, after: str) -> RuleInstance:
    """Name `precedence`: a module begins when another is over."""
    return _instance("precedence", "after", cohort=cohort, module=module, after=after)


def programme_precedence(programme: str, module: str, after: str) -> RuleInstance:
    """Name `precedence`: a programme has a module begin when another is over, for any class."""
    return _instance("precedence", "programme", programme=programme, module=module, after=after)


# --- lecturers


def lecturer_clash(lecturer: str) -> RuleInstance:
    """Name `lecturer-clash`: a lecturer does one thing at a time."""
    return _instance("lecturer-clash", "once", lecturer=lecturer)


def lecturer_qualified(programme: str, module: str, lecturers: Sequence[str]) -> RuleInstance:
    """Name `lecturer-qualified`: who may teach a module; nobody teaches one that needs no lecturer."""
    if not lecturers:
        return _instance("lecturer-qualified", "nobody", programme=programme, module=module)
    return _instance(
        "lecturer-qualified", "one-of", programme=programme, module=module, lecturers=tuple(lecturers)
    )


def lecturer_unavailable(lecturer: str, period: Period) -> RuleInstance:
    """Name `lecturer-available`: a lecturer is away in a period."""
    return _instance("lecturer-available", "unavailable", lecturer=lecturer, period=period)


def lecturer_only_available(lecturer: str) -> RuleInstance:
    """Name `lecturer-available`: a lecturer teaches in the periods of `available` only."""
    return _instance("lecturer-available", "only", lecturer=lecturer)


def lecturer_load(lecturer: str, per: Literal["day", "week", "scenario"], limit: int) -> RuleInstance:
    """Name `lecturer-load`: a lecturer teaches at most so many sessions a day, an ISO week, in all."""
    return _instance("lecturer-load", per, lecturer=lecturer, limit=limit)


def lecturer_one_venue(lecturer: str) -> RuleInstance:
    """Name `lecturer-one-venue`: a lecturer is sent to one venue a day at most."""
    return _instance("lecturer-one-venue", "one", lecturer=lecturer)


# --- rooms


def room_clash(room: str) -> RuleInstance:
    """Name `room-clash`: a room (``venue/room``) belongs to one class on all its class days."""
    return _instance("room-clash", "once", room=room)


def home_room(cohort: str) -> RuleInstance:
    """Name `home-room`: a class has one room for the whole course."""
    return _instance("home-room", "one", cohort=cohort)


def room_capacity(cohort: str, size: int, room: str, capacity: int) -> RuleInstance:
    """Name `room-capacity`: a class fits into its room (``venue/room``)."""
    return _instance("room-capacity", "seats", cohort=cohort, size=size, room=room, capacity=capacity)


def room_seats(room: str, capacity: int) -> RuleInstance:
    """Name `room-capacity`: how many trainees a room (``venue/room``) seats, whatever the class."""
    return _instance("room-capacity", "room", room=room, capacity=capacity)


def venue_open(venue: str, period: Period) -> RuleInstance:
    """Name `venue-open`: a venue is closed in a period."""
    return _instance("venue-open", "closed", venue=venue, period=period)


def room_open(room: str, period: Period) -> RuleInstance:
    """Name `venue-open`: a room (``venue/room``) is closed in a period while its venue is open."""
    return _instance("venue-open", "room", room=room, period=period)


# --- budget, locks


def budget(year: int, amount: int) -> RuleInstance:
    """Name `budget`: fees and rooms of a calendar year cost at most so many VND."""
    return _instance("budget", "year", year=str(year), amount=amount)


def lock(
    cohort: str,
    key: Literal["lecturer", "date", "session", "opens", "room", "venue", "venues"],
    value: str | dt.date | tuple[str, ...],
    module: str | None = None,
) -> RuleInstance:
    """Name `lock`: what is settled for a class or, of `lecturer`, `date` and `session`, for its module."""
    if key in ("opens", "room", "venue", "venues"):
        return _instance("lock", key, cohort=cohort, **{"date" if key == "opens" else key: value})
    return _instance("lock", key, cohort=cohort, module=module or "", **{key: value})

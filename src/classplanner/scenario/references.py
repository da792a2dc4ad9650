"""Checks that what the objects of a scenario say of each other holds: ids, references, cycles.

It reads the raw document, not the models, so that faults of shape and of reference are reported together. An
object that is itself faulty still counts as named; where a whole section is faulty, the references to it are
not judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from classplanner.scenario.calendar import known_countries
from classplanner.scenario.documents import Location, identifiers, items, printable, texts
from classplanner.scenario.faults import At, Finding, unknown
from classplanner.scenario.named import MAX_COHORTS, Named, named

__all__ = ["reference_findings"]


def reference_findings(document: Any) -> list[Finding]:
    """Find all that is wrong with identity and reference in the raw document of a scenario.

    Parameters
    ----------
    document
        Any document, however faulty, of dicts and lists.
    """
    if not isinstance(document, Mapping):
        return []
    known = Named(document)
    return [
        *_duplicates(document, known),
        *_calendar(document, known),
        *_programmes(document, known),
        *_classes(document, known),
        *_locks(document, known),
        *_periods(document, known),
    ]


def _repeated(entries: Iterator[tuple[Location, str]]) -> Iterator[Finding]:
    """Report each text that came before, with the place where it came first."""
    first: dict[str, Location] = {}
    for location, name in entries:
        if name in first:
            values = {"value": printable(name), "first": At(first[name])}
            yield Finding(location, "duplicate", values)
        first.setdefault(name, location)


def _duplicates(document: Mapping[str, Any], known: Named) -> Iterator[Finding]:
    for section in ("lecturers", "venues", "programmes", "audiences"):
        yield from _repeated(identifiers(items(document, section)))
    yield from _repeated((asked.location, asked.cohort) for asked in known.asked)
    for where, venue in items(document, "venues"):
        yield from _repeated(identifiers(items(venue, "rooms", where)))
    for where, programme in items(document, "programmes"):
        yield from _repeated(identifiers(items(programme, "components", where)))
        yield from _repeated(identifiers(items(programme, "modules", where)))
        for inner, module in items(programme, "modules", where):
            for key in ("lecturers", "after"):
                yield from _repeated(texts(module, key, inner))


def _calendar(document: Mapping[str, Any], known: Named) -> Iterator[Finding]:
    calendar = document.get("calendar")
    if not isinstance(calendar, Mapping):
        return
    yield from unknown(
        "country",
        (entry for entry in texts(calendar, "country", ("calendar",)) if entry[1]),
        known_countries(),
    )
    hours = calendar.get("hours")
    if isinstance(hours, Mapping):
        yield from unknown("session", ((("calendar", "hours", name), name) for name in hours), known.sessions)
    for key in ("weekdays", "sessions"):
        yield from _repeated(texts(calendar, key, ("calendar",)))
    days = ((where, day.get("date")) for where, day in items(calendar, "open", ("calendar",)))
    yield from _repeated(
        ((*where, "date"), str(day)) for where, day in days if isinstance(day, str | dt.date)
    )


def _programmes(document: Mapping[str, Any], known: Named) -> Iterator[Finding]:
    for where, programme in items(document, "programmes"):
        components = named(programme, "components")
        modules = named(programme, "modules")
        for inner, module in items(programme, "modules", where):
            yield from unknown("component", texts(module, "component", inner), components)
            yield from unknown("lecturer", texts(module, "lecturers", inner), known.lecturers)
            yield from unknown("module", texts(module, "after", inner), modules)
            yield from unknown("session", texts(module, "start_sessions", inner), known.sessions)
        yield from _cycles(programme, where)


def _cycles(programme: Mapping[str, Any], where: Location) -> Iterator[Finding]:
    """Report modules that wait for one another, each circle once, at its first module."""
    modules = {
        module["id"]: (inner, module)
        for inner, module in items(programme, "modules", where)
        if isinstance(module.get("id"), str)
    }
    waits_for = {
        name: [after for _, after in texts(module, "after", inner) if after in modules]
        for name, (inner, module) in modules.items()
    }
    done: set[str] = set()
    for name in waits_for:
        circle = _circle_from(name, waits_for, done)
        if circle:
            location = (*modules[circle[0]][0], "after")
            yield Finding(location, "cycle", {"modules": " → ".join(map(printable, circle))})


def _circle_from(start: str, waits_for: Mapping[str, list[str]], done: set[str]) -> list[str] | None:
    """Walk depth first from `start`; return a circle through the walk's path, if one is met."""
    path: list[str] = []
    stack: list[tuple[str, Iterator[str]]] = []

    def enter(name: str) -> None:
        done.add(name)
        path.append(name)
        stack.append((name, iter(waits_for[name])))

    if start in done:
        return None
    enter(start)
    circle = None
    while stack:
        following = next(stack[-1][1], None)
        if following is None:
            stack.pop()
            path.pop()
        elif following in path:
            circle = circle or [*path[path.index(following) :], following]
        elif following not in done:
            enter(following)
    return circle


def _rooms(parent: Mapping[str, Any], where: Location) -> Iterator[tuple[Location, str]]:
    """Go through the rooms that are named in the shape of a room, the others being faults of shape."""
    return ((location, room) for location, room in texts(parent, "room", where) if room.count("/") == 1)


def _classes(document: Mapping[str, Any], known: Named) -> Iterator[Finding]:
    for section in ("audiences", "cohorts"):
        for where, asked in items(document, section):
            yield from unknown("programme", texts(asked, "programme", where), known.programmes)
            yield from unknown("venue", texts(asked, "venues", where), known.venues)
            yield from _repeated(texts(asked, "venues", where))
    for where, cohort in items(document, "cohorts"):
        yield from unknown("venue", texts(cohort, "venue", where), known.venues)
        yield from unknown("room", _rooms(cohort, where), known.rooms)
    if known.number_of_cohorts > MAX_COHORTS:
        values = {"number": known.number_of_cohorts, "limit": MAX_COHORTS}
        yield Finding((), "too-many-cohorts", values)
    if known.number_of_cohorts == 0 and known.cohorts is not None:
        yield Finding((), "no-cohorts")


def _locks(document: Mapping[str, Any], known: Named) -> Iterator[Finding]:
    for where, lock in items(document, "locks"):
        yield from unknown("cohort", texts(lock, "cohort", where), known.cohorts)
        yield from unknown("lecturer", texts(lock, "lecturer", where), known.lecturers)
        yield from unknown("session", texts(lock, "session", where), known.sessions)
        yield from unknown("venue", texts(lock, "venue", where), known.venues)
        yield from unknown("room", _rooms(lock, where), known.rooms)
        yield from unknown(
            "module", texts(lock, "module", where), known.modules_of_cohort(lock.get("cohort"))
        )


def _periods(document: Mapping[str, Any], known: Named) -> Iterator[Finding]:
    for where, owner, keys in _owners_of_periods(document):
        for key in keys:
            for inner, period in items(owner, key, where):
                yield from unknown("session", texts(period, "sessions", inner), known.sessions)


def _owners_of_periods(
    document: Mapping[str, Any],
) -> Iterator[tuple[Location, Mapping[str, Any], tuple[str, ...]]]:
    for where, lecturer in items(document, "lecturers"):
        yield where, lecturer, ("unavailable", "available")
    for where, venue in items(document, "venues"):
        yield where, venue, ("closed",)
        for inner, room in items(venue, "rooms", where):
            yield inner, room, ("closed",)

"""Checks that what the objects of a scenario say of each other holds: ids, references, cycles.

It reads the raw document, not the models, so that faults of shape and of reference are reported together: an
object that is itself faulty still counts as named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from classplanner.errors import Fault
from classplanner.scenario.calendar import known_countries
from classplanner.scenario.faults import Location, place, similar

__all__ = ["MAX_COHORTS", "reference_faults"]

MAX_COHORTS = 20_000

Finding = tuple[Location, str, dict[str, object], str | None]
Item = tuple[Location, Mapping[str, Any]]

_DEFAULT_SESSIONS = ("morning", "afternoon")


def reference_faults(document: Any, file: str) -> list[tuple[Location, Fault]]:
    """Find all faults of identity and reference in the raw document of a scenario."""
    if not isinstance(document, Mapping):
        return []
    names = _Names(document)
    findings = [
        *_duplicates(document),
        *_calendar(document),
        *_programmes(names),
        *_classes(names),
        *_locks(names),
        *_periods(names),
    ]
    return [
        (location, Fault(file, place(document, location), key, values, guess))
        for location, key, values, guess in findings
    ]


def _items(parent: Any, key: str, location: Location = ()) -> Iterator[Item]:
    """Go through the tables in the list `key` of a table, with their locations."""
    children = parent.get(key) if isinstance(parent, Mapping) else None
    if isinstance(children, Sequence) and not isinstance(children, str):
        for index, child in enumerate(children):
            if isinstance(child, Mapping):
                yield (*location, key, index), child


def _texts(parent: Mapping[str, Any], key: str, location: Location) -> Iterator[tuple[Location, str]]:
    """Go through the texts in the list `key`, or the one text there, with their locations."""
    value = parent.get(key)
    if isinstance(value, str):
        yield (*location, key), value
    elif isinstance(value, Sequence):
        for index, entry in enumerate(value):
            if isinstance(entry, str):
                yield (*location, key, index), entry


def _ids(items: Iterator[Item]) -> list[str]:
    return [item["id"] for _, item in items if isinstance(item.get("id"), str)]


class _Names:
    """What the document names: the targets of its references."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.lecturers = set(_ids(_items(document, "lecturers")))
        self.programmes = {
            str(item["id"]): set(_ids(_items(item, "modules")))
            for _, item in _items(document, "programmes")
            if isinstance(item.get("id"), str)
        }
        self.venues = set(_ids(_items(document, "venues")))
        self.rooms = {
            f"{venue.get('id')}/{room}"
            for _, venue in _items(document, "venues")
            for room in _ids(_items(venue, "rooms"))
        }
        calendar = document.get("calendar")
        sessions = calendar.get("sessions") if isinstance(calendar, Mapping) else None
        known = (
            sessions
            if isinstance(sessions, Sequence) and not isinstance(sessions, str)
            else _DEFAULT_SESSIONS
        )
        self.sessions = {session for session in known if isinstance(session, str)}
        self.programme_of = dict(self._cohorts())

    def _cohorts(self) -> Iterator[tuple[str, Any]]:
        for _, cohort in _items(self.document, "cohorts"):
            if isinstance(cohort.get("id"), str):
                yield cohort["id"], cohort.get("programme")
        for _, audience in _items(self.document, "audiences"):
            if _number_of_cohorts(audience) <= MAX_COHORTS:
                for year, number in _cohorts_a_year(audience):
                    for index in range(number):
                        yield f"{audience.get('id')}-{year}-{index + 1:02d}", audience.get("programme")

    def unknown(
        self, parent: Mapping[str, Any], key: str, location: Location, known: set[str], kind: str
    ) -> Iterator[Finding]:
        """Report the references below `key` that name nothing known."""
        for where, name in _texts(parent, key, location):
            if name not in known:
                yield where, f"unknown-{kind}", {"value": name}, similar(name, known)


def _cohorts_a_year(audience: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    size, trainees = audience.get("cohort_size"), audience.get("trainees")
    if type(size) is int and size > 0 and isinstance(trainees, Mapping):
        for year, number in trainees.items():
            if type(number) is int and number > 0:
                yield str(year), -(-number // size)


def _number_of_cohorts(audience: Mapping[str, Any]) -> int:
    return sum(number for _, number in _cohorts_a_year(audience))


def _repeated(entries: Iterator[tuple[Location, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for location, name in entries:
        if name in seen:
            yield location, "duplicate", {"value": name}, None
        seen.add(name)


def _identified(items: Iterator[Item]) -> Iterator[tuple[Location, str]]:
    return (((*where, "id"), item["id"]) for where, item in items if isinstance(item.get("id"), str))


def _duplicates(document: Mapping[str, Any]) -> Iterator[Finding]:
    for section in ("lecturers", "venues", "programmes", "audiences", "cohorts"):
        yield from _repeated(_identified(_items(document, section)))
    for where, venue in _items(document, "venues"):
        yield from _repeated(_identified(_items(venue, "rooms", where)))
    for where, programme in _items(document, "programmes"):
        yield from _repeated(_identified(_items(programme, "components", where)))
        yield from _repeated(_identified(_items(programme, "modules", where)))
        for inner, module in _items(programme, "modules", where):
            for key in ("lecturers", "after"):
                yield from _repeated(_texts(module, key, inner))


def _calendar(document: Mapping[str, Any]) -> Iterator[Finding]:
    calendar = document.get("calendar")
    if not isinstance(calendar, Mapping):
        return
    country = calendar.get("country")
    if isinstance(country, str) and country and country not in known_countries():
        yield (
            ("calendar", "country"),
            "unknown-country",
            {"value": country},
            similar(country, known_countries()),
        )
    for key in ("weekdays", "sessions"):
        yield from _repeated(_texts(calendar, key, ("calendar",)))
    yield from _repeated(
        ((*where, "date"), str(day.get("date"))) for where, day in _items(calendar, "open", ("calendar",))
    )


def _programmes(names: _Names) -> Iterator[Finding]:
    for where, programme in _items(names.document, "programmes"):
        components = set(_ids(_items(programme, "components")))
        modules = set(_ids(_items(programme, "modules")))
        for inner, module in _items(programme, "modules", where):
            yield from names.unknown(module, "component", inner, components, "component")
            yield from names.unknown(module, "lecturers", inner, names.lecturers, "lecturer")
            yield from names.unknown(module, "after", inner, modules, "module")
            yield from names.unknown(module, "start_sessions", inner, names.sessions, "session")
        yield from _cycles(programme, where)


def _cycles(programme: Mapping[str, Any], where: Location) -> Iterator[Finding]:
    """Report modules that wait for one another, each circle once, at its first module."""
    modules = {str(item.get("id")): (inner, item) for inner, item in _items(programme, "modules", where)}
    waits_for = {
        name: [after for _, after in _texts(module, "after", inner) if after in modules]
        for name, (inner, module) in modules.items()
    }
    done: set[str] = set()
    for name in waits_for:
        circle = _circle_from(name, waits_for, done)
        if circle:
            yield (*modules[name][0], "after"), "cycle", {"modules": " → ".join(circle)}, None


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


def _classes(names: _Names) -> Iterator[Finding]:
    document = names.document
    for where, audience in _items(document, "audiences"):
        yield from names.unknown(audience, "programme", where, set(names.programmes), "programme")
        if _number_of_cohorts(audience) > MAX_COHORTS:
            number = _number_of_cohorts(audience)
            yield (*where, "trainees"), "too-many-cohorts", {"number": number, "limit": MAX_COHORTS}, None
        yield from _clashing_cohorts(names, where, audience)
    for where, cohort in _items(document, "cohorts"):
        yield from names.unknown(cohort, "programme", where, set(names.programmes), "programme")
        yield from names.unknown(cohort, "venue", where, names.venues, "venue")
        yield from names.unknown(cohort, "room", where, names.rooms, "room")
    if not document.get("cohorts") and not document.get("audiences"):
        yield (), "no-cohorts", {}, None


def _clashing_cohorts(names: _Names, where: Location, audience: Mapping[str, Any]) -> Iterator[Finding]:
    """Report classes named one by one under an id that an audience gives to a class of its own."""
    named = set(_ids(_items(names.document, "cohorts")))
    for year, number in _cohorts_a_year(audience):
        prefix = f"{audience.get('id')}-{year}-"
        for name in sorted(named):
            number_text = name.removeprefix(prefix)
            if number_text != name and number_text.isdecimal() and name == f"{prefix}{int(number_text):02d}":
                if 1 <= int(number_text) <= number:
                    yield where, "duplicate", {"value": name}, None


def _locks(names: _Names) -> Iterator[Finding]:
    for where, lock in _items(names.document, "locks"):
        yield from names.unknown(lock, "cohort", where, set(names.programme_of), "cohort")
        yield from names.unknown(lock, "lecturer", where, names.lecturers, "lecturer")
        yield from names.unknown(lock, "session", where, names.sessions, "session")
        yield from names.unknown(lock, "venue", where, names.venues, "venue")
        yield from names.unknown(lock, "room", where, names.rooms, "room")
        programme = names.programme_of.get(str(lock.get("cohort")))
        if isinstance(programme, str) and programme in names.programmes:
            yield from names.unknown(lock, "module", where, names.programmes[programme], "module")


def _periods(names: _Names) -> Iterator[Finding]:
    for section, keys in (("lecturers", ("unavailable", "available")), ("venues", ("closed",))):
        for where, owner in _items(names.document, section):
            for key in keys:
                for inner, period in _items(owner, key, where):
                    yield from names.unknown(period, "sessions", inner, names.sessions, "session")

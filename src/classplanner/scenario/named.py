"""What the raw document of a scenario names: the targets of its references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from classplanner.scenario.documents import Location, identifiers, items, texts
from classplanner.scenario.models import Audience, Calendar

__all__ = ["MAX_COHORTS", "Named", "named"]

MAX_COHORTS = 20_000


class _Asked(NamedTuple):
    """A class that the document asks for, and the place that does."""

    location: Location
    cohort: str
    programme: object


class Named:
    """The ids in a document by what they name; None stands for what a faulty section leaves open.

    Attributes
    ----------
    lecturers, programmes, venues, rooms, sessions, cohorts
        The ids; of rooms ``venue/room``.
    number_of_cohorts
        How many classes are asked for, as far as that can be told.
    asked
        These classes, those of the quotas first; none when they are far too many.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.lecturers = named(document, "lecturers")
        self.programmes = named(document, "programmes")
        self.venues = named(document, "venues")
        self.rooms = _rooms(document)
        self.sessions = _sessions(document)
        self._modules = {
            programme["id"]: named(programme, "modules")
            for _, programme in items(document, "programmes")
            if isinstance(programme.get("id"), str)
        }
        quotas = _quotas(document)
        self.number_of_cohorts = sum(1 for _ in items(document, "cohorts")) + sum(
            sum(quota.cohorts_a_year().values()) for _, quota in quotas if quota is not None
        )
        few = self.number_of_cohorts <= MAX_COHORTS
        self.asked = list(_asked(document, quotas)) if few else []
        faulty = any(quota is None for _, quota in quotas) or None in (
            named(document, "audiences"),
            named(document, "cohorts"),
        )
        self.cohorts = {asked.cohort for asked in self.asked} if few and not faulty else None
        self._programme_of = {asked.cohort: asked.programme for asked in self.asked}

    def modules_of_cohort(self, cohort: object) -> set[str] | None:
        """Return the ids of the modules that a class is taught."""
        programme = self._programme_of.get(cohort) if isinstance(cohort, str) else None
        return self._modules.get(programme) if isinstance(programme, str) else None


def named(parent: Mapping[str, Any], key: str) -> set[str] | None:
    """Return the ids of the tables in the list `key`; None where that is no list of tables."""
    children = parent.get(key, [])
    if not isinstance(children, list) or not all(isinstance(child, Mapping) for child in children):
        return None
    return {identifier for _, identifier in identifiers(items(parent, key))}


def _rooms(document: Mapping[str, Any]) -> set[str] | None:
    if named(document, "venues") is None:
        return None
    rooms: set[str] = set()
    for _, venue in items(document, "venues"):
        rooms_here = named(venue, "rooms")
        if rooms_here is None:
            return None
        rooms |= {f"{venue.get('id')}/{room}" for room in rooms_here if isinstance(venue.get("id"), str)}
    return rooms


def _sessions(document: Mapping[str, Any]) -> set[str] | None:
    calendar = document.get("calendar")
    if not isinstance(calendar, Mapping):
        return None
    sessions = calendar.get("sessions", Calendar.model_fields["sessions"].default)
    if not isinstance(sessions, list | tuple):
        return None
    return {session for session in sessions if isinstance(session, str)}


def _quotas(document: Mapping[str, Any]) -> list[tuple[Location, Audience | None]]:
    """Read the quotas, each id once; None for a faulty one."""
    found: dict[object, tuple[Location, Audience | None]] = {}
    for location, audience in items(document, "audiences"):
        try:
            quota = Audience.model_validate(audience)
            found.setdefault(quota.id, (location, quota))
        except ValidationError:
            found[location] = (location, None)
    return list(found.values())


def _asked(document: Mapping[str, Any], quotas: list[tuple[Location, Audience | None]]) -> Iterator[_Asked]:
    for location, quota in quotas:
        for cohort in quota.cohorts() if quota is not None else ():
            yield _Asked((*location, "trainees"), cohort.id, cohort.programme)
    for location, named_cohort in items(document, "cohorts"):
        for place_of_id, identifier in texts(named_cohort, "id", location):
            yield _Asked(place_of_id, identifier, named_cohort.get("programme"))

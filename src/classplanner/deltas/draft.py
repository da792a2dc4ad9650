"""A scenario as a raw document that changes are made in, one after another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from classplanner.deltas.periods import without
from classplanner.scenario import Audience, Calendar, Period, Scenario
from classplanner.scenario.documents import Location, normal, printable
from classplanner.scenario.faults import Finding, unknown

__all__ = ["Draft", "Table", "listed"]

Table = dict[str, Any]


def listed(table: Table, key: str) -> list[Any]:
    """Return the list at `key` of a table, which is made where there is none."""
    entries: list[Any] = table.setdefault(key, [])
    return entries


class Draft:
    """A scenario being changed.

    Parameters
    ----------
    scenario
        What it begins with.

    Attributes
    ----------
    document
        The raw document, as readers of files return it.
    findings
        What changes named and the document lacked, at places of the delta's document.
    location
        The place of the change that is being made.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.document: Table = normal(scenario.model_dump(by_alias=True, exclude_defaults=True))
        self.findings: list[Finding] = []
        self.location: Location = ()

    @property
    def calendar(self) -> Table:
        """The calendar."""
        calendar: Table = self.document["calendar"]
        return calendar

    def tables(self, section: str) -> list[Table]:
        """Return the list of a section, to be read or added to."""
        return listed(self.document, section)

    def know(self, kind: str, key: str, words: Iterable[str] | str, known: Collection[str]) -> bool:
        """Record the words at `key` of the change that name nothing known; True where all are known."""
        here = (*self.location, key)
        said: list[tuple[Location, str]] = [(here, words)] if isinstance(words, str) else []
        if not isinstance(words, str):
            said = [((*here, index), word) for index, word in enumerate(words)]
        found = list(unknown(kind, said, known))
        self.findings += found
        return not found

    def fault(self, key: str, *where: str, **values: object) -> None:
        """Record another fault of the change."""
        shown = {name: printable(str(value)) for name, value in values.items()}
        self.findings.append(Finding((*self.location, *where), key, shown))

    def find(self, section: str, identifier: str, key: str) -> list[Table]:
        """Return the table of an object in a list of its own; record it where there is none.

        Parameters
        ----------
        section
            Where to look: ``lecturers``, ``venues``, …
        identifier
            Its id.
        key
            The key of the change that names it, which is also the kind of object.
        """
        tables = {table["id"]: table for table in self.tables(section)}
        known = self.know(key, key, identifier, tables)
        return [tables[identifier]] if known else []

    def find_room(self, room: str) -> list[Table]:
        """Return the table of a room, named venue/room, in a list of its own; record it if there is none."""
        rooms = {
            f"{venue['id']}/{table['id']}": table
            for venue in self.tables("venues")
            for table in venue.get("rooms", ())
        }
        return [rooms[room]] if self.know("room", "room", room, rooms) else []

    def lecturers_of(self, institution: str | None) -> list[Table]:
        """Return the tables of an institution's lecturers, or of all; record an unknown institution."""
        tables = self.tables("lecturers")
        if institution is None:
            return tables
        known = {table["institution"] for table in tables if table.get("institution")}
        self.know("institution", "institution", institution, known)
        return [table for table in tables if table.get("institution") == institution]

    def periods_without(self, periods: list[Table], taken: Table) -> list[Table]:
        """Return raw periods that hold what `periods` hold and `taken` does not."""
        calendar = Calendar.model_validate(self.calendar)
        read = [Period.model_validate(period) for period in periods]
        return [
            normal(period.model_dump(by_alias=True, exclude_defaults=True))
            for period in without(read, Period.model_validate(taken), calendar)
        ]

    def find_class(self, identifier: str) -> list[Table]:
        """Return the table of a class in a list of its own; record it where there is none.

        A class of an audience is named one by one from then on, together with the others of its year, under
        the ids they have.
        """
        named = {cohort["id"] for cohort in self.tables("cohorts")}
        asked = {
            cohort: (table, year) for table in self.tables("audiences") for cohort, year in _classes_of(table)
        }
        if not self.know("cohort", "cohort", identifier, named | set(asked)):
            return []
        if identifier not in named:
            self._name(*asked[identifier])
        return [cohort for cohort in self.tables("cohorts") if cohort["id"] == identifier]

    def _name(self, audience: Table, year: int) -> None:
        """Name the classes of an audience in a year one by one."""
        model = Audience.model_validate(audience)
        only = model.model_copy(update={"trainees": {year: model.trainees[year]}})
        self.tables("cohorts").extend(
            normal(cohort.model_dump(by_alias=True, exclude_defaults=True)) for cohort in only.cohorts()
        )
        audience["trainees"] = {key: value for key, value in audience["trainees"].items() if int(key) != year}


def _classes_of(audience: Table) -> Iterator[tuple[str, int]]:
    """Go through the ids of an audience's classes, with their years."""
    model = Audience.model_validate(audience)
    for year, number in model.cohorts_a_year().items():
        for index in range(number):
            yield f"{model.id}-{year}-{index + 1:02d}", year

"""Sentences about a scenario: a key of the language catalogues, and the facts in its placeholders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from classplanner.language import Language
from classplanner.scenario import WEEKDAYS, Period, Scenario

__all__ = ["Fact", "Names", "RuleInstance", "Statement"]

Fact = str | int | dt.date | Period | tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A sentence with its facts: comparable, hashable, told in either language.

    Attributes
    ----------
    key
        The sentence in the language catalogues.
    facts
        The values of its placeholders. The name of a placeholder says what an id in it stands for:
        ``lecturer``, ``lecturers``, ``cohort``, ``module``, ``after``, ``programme``, ``room``, ``venue``,
        ``session``, ``sessions_of_day``, ``weekdays``, ``period``.
    """

    key: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def __getitem__(self, name: str) -> Fact:
        """Return one fact."""
        return dict(self.facts)[name]

    def describe(self, names: Names, language: Language) -> str:
        """Tell the statement, ids replaced by names."""
        facts = dict(self.facts)
        programme = names.programme_of(facts)
        return language.text(
            self.key, **{name: names.tell(name, fact, programme, language) for name, fact in facts.items()}
        )


@dataclass(frozen=True)
class RuleInstance(Statement):
    """One rule applied to one object: what a plan can breach, and what can stand in the way of any plan.

    A breach found by the checker and a member of an infeasible core are the same rule instance, so that one
    sentence explains both.

    Attributes
    ----------
    rule
        The public id of the rule.
    """

    rule: str = ""


class Names:
    """The names a reader knows the objects of a scenario by."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def _lecturers(self) -> dict[str, str]:
        return {lecturer.id: lecturer.name or lecturer.id for lecturer in self.scenario.lecturers}

    @cached_property
    def _venues(self) -> dict[str, str]:
        return {venue.id: venue.name or venue.id for venue in self.scenario.venues}

    @cached_property
    def _rooms(self) -> dict[str, str]:
        return {
            f"{venue.id}/{room.id}": ", ".join(filter(None, (room.name or room.id, venue.name)))
            for venue in self.scenario.venues
            for room in venue.rooms
        }

    @cached_property
    def _programmes(self) -> dict[str, str]:
        return {programme.id: programme.name or programme.id for programme in self.scenario.programmes}

    @cached_property
    def _modules(self) -> dict[tuple[str, str], str]:
        return {
            (programme.id, module.id): f"{module.id} {module.name}".strip()
            for programme in self.scenario.programmes
            for module in programme.modules
        }

    @cached_property
    def _programme_of_cohort(self) -> dict[str, str]:
        return {cohort.id: cohort.programme for cohort in self.scenario.all_cohorts}

    def lecturer(self, identifier: str) -> str:
        """Return the name of a lecturer."""
        return self._lecturers.get(identifier, identifier)

    def venue(self, identifier: str) -> str:
        """Return the name of a venue."""
        return self._venues.get(identifier, identifier)

    def room(self, reference: str) -> str:
        """Return the name of the room ``venue/room``, with its venue's."""
        return self._rooms.get(reference, reference)

    def programme(self, identifier: str) -> str:
        """Return the name of a programme."""
        return self._programmes.get(identifier, identifier)

    def module(self, programme: str, identifier: str) -> str:
        """Return the id and name of a module of a programme."""
        return self._modules.get((programme, identifier), identifier)

    def module_of_cohort(self, cohort: str, identifier: str) -> str:
        """Return the id and name of a module that a class is taught."""
        return self.module(self._programme_of_cohort.get(cohort, ""), identifier)

    def programme_of(self, facts: dict[str, Fact]) -> str:
        """Say which programme the modules among some facts belong to."""
        if "programme" in facts:
            return str(facts["programme"])
        return self._programme_of_cohort.get(str(facts.get("cohort", "")), "")

    def tell(self, name: str, fact: Fact, programme: str, language: Language) -> str:
        """Write one fact; the name of its placeholder says what it is."""
        match name, fact:
            case "period", Period():
                return describe_period(fact, language)
            case "module" | "after", str():
                return self.module(programme, fact)
            case "lecturer", str():
                return self.lecturer(fact)
            case "lecturers", tuple():
                return ", ".join(self.lecturer(identifier) for identifier in fact)
            case "programme", str():
                return self.programme(fact)
            case "room", str():
                return self.room(fact)
            case "venue", str():
                return self.venue(fact)
            case "session", str():
                return language.session(fact)
            case "sessions_of_day", tuple():
                return ", ".join(language.session(session) for session in fact)
            case "weekdays", tuple():
                return describe_weekdays(fact, language)
            case _:
                return language.value(fact)


def describe_weekdays(weekdays: Sequence[str], language: Language) -> str:
    """Write weekdays in the order of the week."""
    monday = dt.date(2018, 1, 1)
    positions = sorted(WEEKDAYS.index(weekday) for weekday in weekdays)
    return ", ".join(language.weekday(monday + dt.timedelta(days=position)) for position in positions)


def describe_period(period: Period, language: Language) -> str:
    """Write a period: its dates, weekdays, sessions and reason, as far as they are given."""
    parts = []
    if period.from_ is not None and period.last == period.from_:
        parts.append(language.text("period.on", date=period.from_))
    elif period.from_ is not None and period.last is not None:
        parts.append(language.text("period.between", first=period.from_, last=period.last))
    elif period.last is not None:
        parts.append(language.text("period.until", date=period.last))
    if period.weekdays is not None:
        parts.append(language.text("period.weekdays", weekdays=describe_weekdays(period.weekdays, language)))
    if period.sessions is not None:
        parts.append(", ".join(language.session(session) for session in period.sessions))
    text = ", ".join(parts) or language.text("period.always")
    return f"{text} ({period.reason})" if period.reason else text

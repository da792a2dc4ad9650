"""Sentences about a scenario: a key of the language catalogues, and the facts in its placeholders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from classplanner.language import Language
from classplanner.scenario import WEEKDAYS, Period, Scenario, public_holidays

__all__ = ["Fact", "Names", "RuleInstance", "Statement", "describe_period", "describe_weekdays"]

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
        ``lecturer``, ``lecturers``, ``cohort``, ``module``, ``modules``, ``after``, ``programme``, ``room``,
        ``venue``, ``venues``, ``session``, ``sessions_of_day``, ``weekdays``, ``period``; ``holiday`` is that
        of ``date``.
    """

    key: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def __getitem__(self, name: str) -> Fact:
        """Return one fact."""
        return dict(self.facts)[name]

    def describe(self, names: Names, language: Language) -> str:
        """Tell the statement, ids replaced by names."""
        return language.text(self.key, **names.tell(dict(self.facts), language))


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
    """The names a reader knows the objects of a scenario by; what has no name goes by its id.

    Parameters
    ----------
    scenario
        The scenario.
    """

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
            f"{venue.id}/{room.id}": f"{room.name or room.id}, {venue.name or venue.id}"
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

    def holiday(self, date: dt.date, name: str, language: Language) -> str:
        """Return the name of the public holiday on a date, or `name` where the calendar knows none."""
        country = self.scenario.calendar.country
        return public_holidays(country, date.year, date.year, language.code).get(date, name)

    def tell(self, facts: Mapping[str, Any], language: Language) -> dict[str, str]:
        """Write facts; the name of its placeholder says what each one is."""
        writers = self._writers(facts, language)
        return {name: writers.get(name, language.value)(fact) for name, fact in facts.items()}

    def _writers(self, facts: Mapping[str, Any], language: Language) -> Mapping[str, Callable[[Any], str]]:
        programme = facts.get("programme") or self._programme_of_cohort.get(facts.get("cohort", ""), "")
        return {
            "after": partial(self.module, programme),
            "holiday": lambda name: self.holiday(facts["date"], name, language),
            "lecturer": self.lecturer,
            "lecturers": lambda lecturers: ", ".join(map(self.lecturer, lecturers)),
            "module": partial(self.module, programme),
            "modules": lambda modules: ", ".join(self.module(programme, module) for module in modules),
            "period": lambda period: describe_period(period, language),
            "programme": self.programme,
            "room": self.room,
            "session": language.session,
            "sessions_of_day": lambda sessions: ", ".join(map(language.session, sessions)),
            "venue": self.venue,
            "venues": lambda venues: ", ".join(map(self.venue, venues)),
            "weekdays": lambda weekdays: describe_weekdays(weekdays, language),
        }


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
        sessions = ", ".join(map(language.session, period.sessions))
        parts.append(language.text("period.sessions", sessions=sessions))
    text = ", ".join(parts) or language.text("period.always")
    return f"{text} ({period.reason})" if period.reason else text

"""What the page says of one part of a meeting, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from classplanner.language import Language
from classplanner.report.courses import Part, session_names
from classplanner.rules import Names
from classplanner.scenario import WEEKDAYS, Module, Programme, Scenario

__all__ = ["COLOURS", "Entry", "Legend", "Writer", "roman"]

COLOURS = 8
"""How many colours of components the style sheet has."""


@dataclass(frozen=True)
class Legend:
    """A component of a programme: its number in Roman figures, its colour (0 for none), its name."""

    figure: str
    colour: int
    name: str


@dataclass(frozen=True)
class Entry:
    """One part of a meeting, ready to be printed; every text is plain and still to be escaped.

    Attributes
    ----------
    when
        Its sessions of the day, in words.
    share
        Which part of how many it is, when the meeting has more than one.
    notes
        What else one should know: off site, another room, joint classes.
    place
        Where it is, for readers who do not see the class's own room.
    """

    part: Part
    module: str
    title: str
    when: str
    share: str
    lecturers: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    place: str
    off_site: bool
    component: Legend

    @property
    def date(self) -> dt.date:
        """The day it is on."""
        return self.part.date


@dataclass(frozen=True)
class Writer:
    """Puts parts of meetings into words."""

    scenario: Scenario
    language: Language

    @cached_property
    def names(self) -> Names:
        """The names of the scenario's objects."""
        return Names(self.scenario)

    @cached_property
    def programme_of(self) -> Mapping[str, Programme]:
        """The programme of each class."""
        return {
            cohort.id: self.scenario.programme_by_id[cohort.programme] for cohort in self.scenario.all_cohorts
        }

    @cached_property
    def _modules(self) -> Mapping[tuple[str, str], Module]:
        return {
            (programme.id, module.id): module
            for programme in self.scenario.programmes
            for module in programme.modules
        }

    @cached_property
    def _legends(self) -> Mapping[tuple[str, str], Legend]:
        return {
            (programme.id, component.id): Legend(
                roman(number), (number - 1) % COLOURS + 1, component.name or component.id
            )
            for programme in self.scenario.programmes
            for number, component in enumerate(programme.components, start=1)
        }

    @cached_property
    def shown_weekdays(self) -> tuple[int, ...]:
        """The weekdays (Monday is 0) on which classes may meet: the calendar's and those of opened days."""
        calendar = self.scenario.calendar
        usual = {WEEKDAYS.index(weekday) for weekday in calendar.weekdays}
        return tuple(sorted(usual | {day.date.weekday() for day in calendar.open}))

    def component(self, cohort: str, module: str) -> Legend:
        """Return the component that a class's module is part of."""
        programme = self.programme_of[cohort].id
        found = self._modules.get((programme, module))
        return self._legends.get((programme, (found and found.component) or ""), Legend("", 0, ""))

    def legend(self, programme: Programme) -> tuple[Legend, ...]:
        """List the components of a programme, in its order."""
        return tuple(self._legends[programme.id, component.id] for component in programme.components)

    def entry(self, part: Part, cohort: str, home: str | None) -> Entry:
        """Describe a part of a meeting of a class that is at home in the room `home`."""
        meeting, names, language = part.meeting, self.names, self.language
        programme = self.programme_of[cohort]
        title = names.module(programme.id, meeting.module).removeprefix(meeting.module).strip()
        share = language.text("report.part", number=part.number, total=part.total)
        notes = []
        if meeting.room is None:
            notes.append(language.text("report.off-site"))
        elif meeting.room != home:
            notes.append(language.text("report.in-room", room=names.room(meeting.room)))
        others = [other for other in meeting.cohorts if other != cohort]
        if others:
            notes.append(language.text("report.with-classes", cohorts=others))
        return Entry(
            part=part,
            module=meeting.module,
            title=title,
            when=session_names(part, self.scenario.calendar.sessions, language),
            share=share if part.total > 1 else "",
            lecturers=tuple((lecturer, names.lecturer(lecturer)) for lecturer in meeting.lecturers),
            notes=tuple(notes),
            place=names.room(meeting.room) if meeting.room else language.text("report.off-site"),
            off_site=meeting.room is None,
            component=self.component(cohort, meeting.module),
        )

    def entries(self, parts: Sequence[Part], cohort: str, home: str | None) -> tuple[Entry, ...]:
        """Describe several parts."""
        return tuple(self.entry(part, cohort, home) for part in parts)


def roman(number: int) -> str:
    """Write a number in Roman figures, as Vietnamese programmes number their parts."""
    figures = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, figure in figures:
        times, number = divmod(number, value)
        text += figure * times
    return text

"""Answers as documents for programs: the shapes of what ``--json`` prints. Sentences are for people.

The texts below the fields are those of the JSON Schema (``classplanner schema --result``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from classplanner.diff import Difference
from classplanner.scenario import Lock
from classplanner.scenario.base import Model
from classplanner.timetable import Meeting

__all__ = [
    "RESULTS",
    "AnswerRecord",
    "ConflictRecord",
    "ExplanationRecord",
    "MemberRecord",
    "PlannedRecord",
    "RepairRecord",
    "RepairsRecord",
    "ShortageRecord",
    "SuggestionRecord",
    "SuggestionsRecord",
    "WhyRecord",
]


class ShortageRecord(Model):
    """Something of which more is needed than there is."""

    kind: str
    """What is counted: calendar, seats, programme, hall-run, halls, hall-days, lecturers, course, budget."""
    needed: int
    """How much is needed."""
    there: int
    """How much there is at most."""
    cohorts: tuple[str, ...]
    """Ids of the classes that need it."""
    sentence: str
    """Says so."""


class MemberRecord(Model):
    """A fact of a conflict."""

    rule: str
    """Id of the rule."""
    place: tuple[str | int, ...]
    """Where the fact stands in the scenario: section, object, key, position."""
    sentence: str
    """Says it."""


class ConflictRecord(Model):
    """Facts that cannot all hold."""

    minimal: bool
    """Proven that none of them is superfluous."""
    members: tuple[MemberRecord, ...]
    """The facts."""


class ExplanationRecord(Model):
    """Why there is no plan."""

    status: Literal["plannable", "impossible", "unknown"]
    """Whether there is a plan."""
    facts: int
    """How many facts could be part of a conflict."""
    given: tuple[str, ...]
    """Ids of rules that were taken for granted."""
    shortages: tuple[ShortageRecord, ...]
    """What counting alone proves to be too little."""
    conflicts: tuple[ConflictRecord, ...]
    """Conflicts that share no facts but classes to be planned."""


class PlannedRecord(Model):
    """The plan that a repair leads to."""

    status: str
    """Of the plan."""
    total: int | None
    """What it costs, in equivalent VND."""
    bound: int
    """Proven: none costs less."""


class RepairRecord(Model):
    """Changes with which there is a plan."""

    price: int
    """What they cost by the scenario's `repair`, in equivalent VND."""
    bound: int
    """Proven: no other than those before, and what contains them, costs less."""
    cheapest: bool
    """Whether this one is proven to be the cheapest but for those before."""
    sentences: tuple[str, ...]
    """The changes."""
    delta: Mapping[str, Any]
    """The changes as a delta (`classplanner schema --delta`)."""
    plan: PlannedRecord | None = None
    """The plan with them; none where time ran out."""


class RepairsRecord(Model):
    """The cheapest ways out where there is no plan."""

    status: Literal["plannable", "repaired", "impossible", "unknown"]
    """Whether something has to be changed, and ways were found."""
    bound: int
    """Proven: none but these, and what contains them, costs less, in equivalent VND."""
    complete: bool
    """Whether there are proven to be no others."""
    repairs: tuple[RepairRecord, ...]
    """The ways out, the cheapest first."""


class AnswerRecord(Model):
    """What a wish would cost, or why it cannot be."""

    wish: tuple[Lock, ...]
    """What was asked for: one of these."""
    status: Literal["possible", "impossible", "unknown"]
    """Whether it can be."""
    price: int | None
    """How much more the plan would cost, in equivalent VND."""
    least: int | None
    """Proven: it would cost at least so much more."""
    exact: bool
    """Whether the price is proven."""
    terms: Mapping[str, int] | None
    """The price by the terms of the objective."""
    changes: Difference | None
    """Everything that would change."""
    conflict: ConflictRecord | None
    """Facts that clash with the wish."""
    sentences: tuple[str, ...]
    """Say so."""


class WhyRecord(Model):
    """Why a meeting is as it is."""

    meeting: Meeting
    """As planned."""
    answers: tuple[AnswerRecord, ...]
    """What anything else would cost, the cheapest first."""


class SuggestionRecord(Model):
    """Another way to hold a meeting."""

    kind: Literal["lecturer", "time", "swap", "chain"]
    """What it takes."""
    meeting: Meeting
    """The meeting as it would be."""
    sentence: str
    """Says when, by whom and where."""
    price: int
    """How much more the plan would cost, in equivalent VND."""
    terms: Mapping[str, int]
    """The price by the terms of the objective."""
    changes: Difference
    """Everything that would change."""


class SuggestionsRecord(Model):
    """Other ways to hold a meeting."""

    meeting: Meeting
    """As planned."""
    suggestions: tuple[SuggestionRecord, ...]
    """The others, the cheapest first."""


RESULTS: Mapping[str, type[Model]] = {
    "explain": ExplanationRecord,
    "repair": RepairsRecord,
    "why": WhyRecord,
    "why-not": AnswerRecord,
    "suggest": SuggestionsRecord,
}
"""The documents by the commands that print them."""

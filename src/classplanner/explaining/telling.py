"""Tells explanations and ways out in sentences, and as documents for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from classplanner.explaining.changes import document_of
from classplanner.explaining.conflicts import Conflict
from classplanner.explaining.explanation import Explanation
from classplanner.explaining.records import (
    ConflictRecord,
    ExplanationRecord,
    MemberRecord,
    RepairRecord,
    ShortageRecord,
)
from classplanner.explaining.repairs import Repair
from classplanner.language import Language
from classplanner.rules import Fact, Names, Statement
from classplanner.scenario import Scenario

__all__ = [
    "members",
    "record_conflict",
    "record_explanation",
    "record_repair",
    "tell_explanation",
    "tell_repair",
]

_FEW = 3
_BY_DAY = {"remedy.leave_day", "remedy.hall_day", "remedy.hall_day-room", "remedy.work_day"}


def tell_explanation(explanation: Explanation, language: Language) -> str:
    """Tell why there is no plan, one line a fact."""
    return "\n".join(_explanation(explanation, language))


def _explanation(explanation: Explanation, language: Language) -> Iterator[str]:
    names, calendar = Names(explanation.scenario), explanation.scenario.calendar
    yield language.text(f"explain.{explanation.status}")
    if explanation.shortages:
        yield ""
        yield language.text("explain.shortages")
        for shortage in explanation.shortages:
            yield f"  - {shortage.statement.describe(names, language)}"
    for number, conflict in enumerate(explanation.conflicts, 1):
        yield ""
        if not conflict.members:
            yield language.text("explain.background")
            continue
        key = "conflict" if conflict.minimal else "conflict-open"
        yield language.text(f"explain.{key}", number=number)
        yield from (f"  - {line}" for line in members(conflict, names, language))
    if explanation.conflicts:
        yield ""
        first, last = calendar.first_day, calendar.last_day
        yield language.text("explain.given", first=first, last=last)
        if explanation.given:
            rules = [language.text(f"rule.{rule}.title") for rule in explanation.given]
            yield language.text("explain.given-rules", rules=rules)


def members(conflict: Conflict, names: Names, language: Language) -> Iterator[str]:
    """Tell the members of a conflict; many classes in one line."""
    classes = [str(one.place[1]) for one in conflict.members if one.is_class]
    many = len(classes) > _FEW
    if many:
        yield language.text("explain.classes", number=len(classes), cohorts=classes)
    for one in conflict.members:
        if not (many and one.is_class):
            yield one.instance.describe(names, language)


def tell_repair(scenario: Scenario, repair: Repair, number: int, language: Language) -> Iterator[str]:
    """Tell one way out, one line a change."""
    kind = ("cheapest" if number == 1 else "next") if repair.cheapest else "open"
    values = {"number": number, "price": repair.price, "bound": repair.bound}
    yield language.text(f"explain.repair.{kind}", **values)
    yield from (f"  - {line}" for line in _told(scenario, repair.changes, language))


def _told(scenario: Scenario, changes: Iterable[Statement], language: Language) -> list[str]:
    """Tell changes, one line each; the days on which the same gives way in one line."""
    names = Names(scenario)
    days: dict[Statement, list[Fact]] = {}
    for one in changes:
        facts = dict(one.facts)
        date = [facts.pop("date")] if one.key in _BY_DAY else []
        days.setdefault(Statement(one.key, tuple(facts.items())), []).extend(date)
    return [
        language.text(one.key, **names.tell(dict(one.facts) | ({"date": dates} if dates else {}), language))
        for one, dates in days.items()
    ]


def record_explanation(explanation: Explanation, language: Language) -> ExplanationRecord:
    """Return an explanation for programs; sentences are in the language."""
    names = Names(explanation.scenario)
    return ExplanationRecord(
        status=explanation.status,
        facts=explanation.facts,
        given=explanation.given,
        shortages=tuple(
            ShortageRecord(
                kind=one.statement.key.removeprefix("shortage."),
                needed=one.needed,
                there=one.there,
                cohorts=one.cohorts,
                sentence=one.statement.describe(names, language),
            )
            for one in explanation.shortages
        ),
        conflicts=tuple(record_conflict(one, names, language) for one in explanation.conflicts),
    )


def record_conflict(conflict: Conflict, names: Names, language: Language) -> ConflictRecord:
    """Return a conflict for programs; sentences are in the language."""
    members = (
        MemberRecord(rule=one.instance.rule, place=one.place, sentence=one.instance.describe(names, language))
        for one in conflict.members
    )
    return ConflictRecord(minimal=conflict.minimal, members=tuple(members))


def record_repair(scenario: Scenario, repair: Repair, language: Language) -> RepairRecord:
    """Return a way out for programs, without the plan it leads to; sentences are in the language."""
    return RepairRecord(
        price=repair.price,
        bound=repair.bound,
        cheapest=repair.cheapest,
        sentences=tuple(_told(scenario, repair.changes, language)),
        delta=document_of(repair.delta),
    )

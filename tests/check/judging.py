"""How the tests of the checker ask and what they compare with."""

from __future__ import annotations

from classplanner.check import Breach, Checker, Verdict
from classplanner.language import LANGUAGES, Language
from classplanner.rules import Fact, Names, RuleInstance, Statement
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable
from tests.builders import slots

__all__ = ["breach", "found", "judged", "met"]


def judged(scenario: Scenario, timetable: Timetable, *, partial: bool | None = None) -> Verdict:
    """Judge a timetable, and tell the verdict in both languages so that no sentence lacks a word."""
    checker = Checker(scenario)
    verdict = checker.judge(timetable, partial=partial)
    names = Names(scenario)
    for language in map(Language, LANGUAGES):
        texts = [breach.describe(names, language) for breach in verdict.breaches]
        texts += (statement.describe(names, language) for statement in verdict.notes)
        texts += (cost.subject.describe(names, language) for cost in verdict.costs)
        assert all(texts)
    assert checker.accepts(timetable, partial=partial) == verdict.ok
    return verdict


def breach(instance: RuleInstance, *evidence: Statement) -> Breach:
    """Write a breach with its evidence."""
    return Breach(instance, evidence)


def found(sentence: str, **facts: Fact) -> Statement:
    """Write a statement of what was found."""
    return Statement(f"found.{sentence}", tuple(facts.items()))


def met(cohort: str, module: str, *written: str, sentence: str = "meeting", **facts: Fact) -> Statement:
    """Write that a class has a module in some slots of one date: ``met("K1", "LAW", "16 am")``."""
    read = slots(*written)
    (date,) = {date for date, _ in read}
    sessions = tuple(session for _, session in read)
    return found(sentence, cohort=cohort, module=module, date=date, sessions_of_day=sessions, **facts)

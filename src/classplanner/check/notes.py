"""Compares what a timetable says of itself with what the checker finds."""

from __future__ import annotations

from collections.abc import Iterator

from classplanner.rules import Fact, Statement
from classplanner.scenario import Scenario
from classplanner.timetable import ObjectiveRecord, Terms, Timetable

__all__ = ["notes"]


def notes(scenario: Scenario, timetable: Timetable, terms: Terms, *, holds: bool) -> Iterator[Statement]:
    """Say where the record of a timetable differs from what it holds, and what it claims without proof.

    Parameters
    ----------
    terms
        The costs as recomputed.
    holds
        Whether every rule was judged and holds.
    """
    if timetable.scenario is not None and timetable.scenario.sha256 != scenario.sha256:
        yield _note("other-scenario")
    if timetable.objective is not None:
        yield from _objective(timetable.objective, terms, holds=holds)
    if timetable.status == "optimal":
        yield _note("claims-optimal")
    elif timetable.status != "feasible" and (timetable.cohorts or timetable.meetings):
        yield _note(f"claims-{timetable.status}")


def _objective(stated: ObjectiveRecord, terms: Terms, *, holds: bool) -> Iterator[Statement]:
    for term, amount in terms:
        claimed = getattr(stated.terms, term)
        if claimed != amount:
            yield _note(f"other-{term}", stated=claimed, found=amount)
    if stated.total != stated.terms.total:
        yield _note("wrong-sum", stated=stated.total, found=stated.terms.total)
    if holds and stated.bound > terms.total:
        yield _note("wrong-bound", bound=stated.bound, found=terms.total)


def _note(sentence: str, /, **facts: Fact) -> Statement:
    return Statement(f"check.note.{sentence}", tuple(facts.items()))

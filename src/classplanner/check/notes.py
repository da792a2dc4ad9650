"""Compares what a timetable says of itself with what the checker finds."""

from __future__ import annotations

from collections.abc import Iterator

from classplanner.check.view import View
from classplanner.rules import Fact, Statement
from classplanner.timetable import ObjectiveRecord, PartialRecord, Terms

__all__ = ["notes"]


def notes(view: View, terms: Terms, *, holds: bool) -> Iterator[Statement]:
    """Say where the record of a timetable differs from what it holds, and what it claims without proof.

    Parameters
    ----------
    terms
        The costs as recomputed.
    holds
        Whether every rule was judged and holds.
    """
    timetable = view.timetable
    if timetable.scenario is not None and timetable.scenario.sha256 != view.setting.scenario.sha256:
        yield _note("other-scenario")
    if timetable.objective is not None:
        yield from _objective(timetable.objective, terms, holds=holds)
    if timetable.partial is not None:
        yield from _partial(timetable.partial, view, holds=holds)
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


def _partial(stated: PartialRecord, view: View, *, holds: bool) -> Iterator[Statement]:
    trainees = sum(course.cohort.size for course in view.courses.values())
    if stated.trainees not in (None, trainees):
        yield _note("other-trainees", stated=stated.trainees, found=trainees)
    if stated.most is None:
        return
    if holds and stated.most < trainees:
        yield _note("wrong-most", most=stated.most, found=trainees)
    elif stated.most < sum(cohort.size for cohort in view.setting.cohorts.values()):
        yield _note("claims-most", most=stated.most)


def _note(sentence: str, /, **facts: Fact) -> Statement:
    return Statement(f"check.note.{sentence}", tuple(facts.items()))

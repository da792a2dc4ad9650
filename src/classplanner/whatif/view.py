"""Shows the outcomes of variants: tables for the terminal, a document for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from classplanner.language import Language
from classplanner.report import describe_gap, sentence
from classplanner.timetable import Terms
from classplanner.whatif.attribution import Shares, shares
from classplanner.whatif.outcome import Outcome

__all__ = ["COLUMNS", "document", "named_shares", "rows_of", "signed", "title_of", "views"]

COLUMNS = ("variant", "status", "trainees", "cost", "more", "gap", "changes", "lecturers", "sessions")


def views(outcomes: Sequence[Outcome], language: Language, *, combined: bool) -> Iterator[RenderableType]:
    """Go through what the terminal shows: the table, costs by term, effects, and what stands in the way."""
    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(
            language.text(f"whatif.column.{column}"), justify="left" if column in COLUMNS[:2] else "right"
        )
    for row in rows_of(outcomes, language):
        table.add_row(*row)
    yield table
    yield Text()
    yield _terms(outcomes, language)
    if combined:
        yield Text()
        yield _effects(outcomes, language)
    for outcome in outcomes:
        if outcome.timetable is None:
            yield Text()
            yield Text(language.text("whatif.unplannable", title=title_of(outcome, language)), style="bold")
            yield from (Text(f"  {line}") for line in outcome.why_not(language))


def title_of(outcome: Outcome, language: Language) -> str:
    """Return what a variant is called."""
    return outcome.title or language.text("whatif.base")


def rows_of(outcomes: Sequence[Outcome], language: Language) -> Iterator[tuple[str, ...]]:
    """Go through the outcomes as rows of texts, in the order of `COLUMNS`."""
    base = outcomes[0].cost
    for outcome in outcomes:
        more = None if outcome.cost is None or base is None else outcome.cost - base
        spread = "" if outcome.spread is None else "–".join(map(language.number, outcome.spread))
        yield (
            title_of(outcome, language),
            sentence(language.text(f"report.status.{outcome.status}")),
            language.number(outcome.trainees),
            _number(outcome.cost, language),
            "" if not outcome.deltas else signed(more, language),
            "" if outcome.gap is None else describe_gap(outcome.gap, language),
            _number(outcome.difference.number if outcome.difference and outcome.deltas else None, language),
            _number(outcome.affected if outcome.deltas else None, language),
            spread,
        )


def _number(number: int | None, language: Language) -> str:
    return "" if number is None else language.number(number)


def signed(number: float | None, language: Language) -> str:
    """Write a difference with its sign; nothing for None."""
    if number is None:
        return ""
    return f"{'+' if number > 0 else ''}{language.number(round(number))}"


def _terms(outcomes: Sequence[Outcome], language: Language) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(language.text("whatif.column.variant"))
    used = [term for term in Terms.model_fields if any(getattr(one.terms, term, 0) for one in outcomes)]
    for term in used:
        table.add_column(language.text(f"report.term.{term}"), justify="right")
    for outcome in outcomes:
        if outcome.terms is not None:
            amounts = (language.number(getattr(outcome.terms, term)) for term in used)
            table.add_row(title_of(outcome, language), *amounts)
    return table


def _effects(outcomes: Sequence[Outcome], language: Language) -> Table:
    """Lay out what each delta costs alone, and its share of what all cost together."""
    table = Table(box=None, pad_edge=False)
    table.add_column(language.text("whatif.column.variant"))
    for column in ("alone", "share"):
        table.add_column(language.text(f"whatif.column.{column}"), justify="right")
    for title, found in named_shares(outcomes):
        table.add_row(title, signed(found.alone, language), signed(found.share, language))
    return table


def named_shares(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Shares]]:
    """Go through what each delta costs, with its title."""
    titles = {outcome.deltas: outcome.title for outcome in outcomes}
    for found in shares(outcomes):
        yield titles.get((found.delta,), ""), found


def document(outcomes: Sequence[Outcome], language: Language, *, combined: bool) -> dict[str, Any]:
    """Return the outcomes as a document."""
    made: dict[str, Any] = {"variants": [outcome.document(language) for outcome in outcomes]}
    if combined:
        made["effects"] = [{"title": title, **vars(found)} for title, found in named_shares(outcomes)]
    return made

"""Shows the outcomes of variants: a table for the terminal, a page with pictures, a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from classplanner.language import Language
from classplanner.report import describe_gap, environment, sentence
from classplanner.timetable import Terms
from classplanner.whatif.outcome import Outcome
from classplanner.whatif.variants import Shares, shares

__all__ = ["document", "render_outcomes", "views"]

_COLUMNS = ("variant", "status", "trainees", "cost", "more", "gap", "changes", "lecturers", "sessions")
# Of the picture, in its own units.
_WIDTH, _BAR = 600, 18
_DEARER, _CHEAPER = 2, 5


def views(outcomes: Sequence[Outcome], language: Language, *, combined: bool) -> Iterator[RenderableType]:
    """Go through what the terminal shows: the table, costs by term, effects, and what stands in the way."""
    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(
            language.text(f"whatif.column.{column}"), justify="left" if column in _COLUMNS[:2] else "right"
        )
    for row in _rows(outcomes, language):
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
            yield Text(language.text("whatif.unplannable", title=_title(outcome, language)), style="bold")
            yield from (Text(f"  {line}") for line in outcome.why_not(language))


def _title(outcome: Outcome, language: Language) -> str:
    return outcome.title or language.text("whatif.base")


def _rows(outcomes: Sequence[Outcome], language: Language) -> Iterator[tuple[str, ...]]:
    """Go through the outcomes as rows of texts, in the order of `_COLUMNS`."""
    base = outcomes[0].cost
    for outcome in outcomes:
        more = None if outcome.cost is None or base is None else outcome.cost - base
        spread = "" if outcome.spread is None else "–".join(map(language.number, outcome.spread))
        yield (
            _title(outcome, language),
            sentence(language.text(f"report.status.{outcome.status}")),
            language.number(outcome.trainees),
            _number(outcome.cost, language),
            "" if not outcome.deltas else _signed(more, language),
            "" if outcome.gap is None else describe_gap(outcome.gap, language),
            _number(outcome.difference.number if outcome.difference and outcome.deltas else None, language),
            _number(outcome.affected if outcome.deltas else None, language),
            spread,
        )


def _number(number: int | None, language: Language) -> str:
    return "" if number is None else language.number(number)


def _signed(number: float | None, language: Language) -> str:
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
            table.add_row(_title(outcome, language), *amounts)
    return table


def _effects(outcomes: Sequence[Outcome], language: Language) -> Table:
    """Lay out what each delta costs alone, and its share of what all cost together."""
    table = Table(box=None, pad_edge=False)
    table.add_column(language.text("whatif.column.variant"))
    for column in ("alone", "share"):
        table.add_column(language.text(f"whatif.column.{column}"), justify="right")
    for title, found in _shares(outcomes):
        table.add_row(title, _signed(found.alone, language), _signed(found.share, language))
    return table


def _shares(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Shares]]:
    titles = {outcome.deltas: outcome.title for outcome in outcomes}
    for found in shares(outcomes):
        yield titles.get((found.delta,), ""), found


def document(outcomes: Sequence[Outcome], language: Language, *, combined: bool) -> dict[str, Any]:
    """Return the outcomes as a document."""
    made: dict[str, Any] = {"variants": [outcome.document(language) for outcome in outcomes]}
    if combined:
        made["effects"] = [{"title": title, **vars(found)} for title, found in _shares(outcomes)]
    return made


@dataclass(frozen=True)
class _Piece:
    """A piece of a bar: its place and width, the number of its colour, and what it says."""

    x: float
    width: float
    colour: int
    label: str


@dataclass(frozen=True)
class _Bar:
    """A bar with its name before and its sum behind it."""

    name: str
    total: str
    pieces: tuple[_Piece, ...]


def render_outcomes(outcomes: Sequence[Outcome], language: Language, *, combined: bool) -> str:
    """Write the outcomes as a page, with a picture of the costs."""
    most = max((outcome.cost or 0 for outcome in outcomes), default=0)
    return (
        environment()
        .get_template("whatif.html.j2")
        .render(
            language=language,
            text=language.text,
            sentence=sentence,
            title=outcomes[0].scenario.name,
            columns=_COLUMNS,
            rows=list(_rows(outcomes, language)),
            terms=list(enumerate(Terms.model_fields, start=1)),
            bars=[_bar(one, most, language) for one in outcomes if one.terms],
            differences=list(_differences(outcomes, language)),
            width=_WIDTH,
            height=_BAR,
            effects=[
                (title, _signed(found.alone, language), _signed(found.share, language))
                for title, found in (_shares(outcomes) if combined else ())
            ],
            unplannable=[
                (_title(one, language), one.why_not(language)) for one in outcomes if one.timetable is None
            ],
        )
    )


def _bar(outcome: Outcome, most: int, language: Language) -> _Bar:
    """Draw the cost of an outcome term by term, to the scale of the dearest."""
    at, pieces = 0.0, []
    for colour, (term, amount) in enumerate(outcome.terms or (), start=1):
        if amount and most:
            width = _WIDTH * amount / most
            label = f"{language.text(f'report.term.{term}')}: {language.number(amount)}"
            pieces.append(_Piece(round(at, 2), round(width, 2), colour, label))
            at += width
    return _Bar(_title(outcome, language), language.number(outcome.cost or 0), tuple(pieces))


def _differences(outcomes: Sequence[Outcome], language: Language) -> Iterator[_Bar]:
    """Draw how much more, to the right, or less, to the left, each variant costs than the base."""
    base = outcomes[0].cost
    costs = [(one, one.cost - base) for one in outcomes[1:] if one.cost is not None and base is not None]
    most, least = (choose(0, *(more for _, more in costs)) for choose in (max, min))
    for outcome, more in costs:
        scale = _WIDTH / max(most - least, 1)
        x, width = (min(more, 0) - least) * scale, abs(more) * scale
        colour = _DEARER if more > 0 else _CHEAPER
        told = _signed(more, language)
        yield _Bar(_title(outcome, language), told, (_Piece(round(x, 2), round(width, 2), colour, told),))

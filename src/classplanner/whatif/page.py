"""The outcomes of variants as a page with pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classplanner.language import Language
from classplanner.report import environment, sentence
from classplanner.timetable import Terms
from classplanner.whatif.outcome import Outcome
from classplanner.whatif.view import COLUMNS, named_shares, rows_of, signed, title_of

__all__ = ["render_outcomes"]

# Of the pictures, in their own units.
_WIDTH, _BAR = 600, 18
_DEARER, _CHEAPER = 2, 5


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
    """Write the outcomes as a page, with pictures of the costs."""
    most = max((outcome.cost or 0 for outcome in outcomes), default=0)
    return (
        environment()
        .get_template("whatif.html.j2")
        .render(
            language=language,
            text=language.text,
            sentence=sentence,
            title=outcomes[0].scenario.name,
            columns=COLUMNS,
            rows=list(rows_of(outcomes, language)),
            terms=[
                (colour, term)
                for colour, term in enumerate(Terms.model_fields, start=1)
                if any(getattr(one.terms, term, 0) for one in outcomes)
            ],
            bars=[_bar(one, most, language) for one in outcomes if one.terms],
            differences=list(_differences(outcomes, language)),
            width=_WIDTH,
            height=_BAR,
            effects=[
                (title, signed(found.alone, language), signed(found.share, language))
                for title, found in (named_shares(outcomes) if combined else ())
            ],
            unplannable=[
                (title_of(one, language), one.why_not(language)) for one in outcomes if one.timetable is None
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
    return _Bar(title_of(outcome, language), language.number(outcome.cost or 0), tuple(pieces))


def _differences(outcomes: Sequence[Outcome], language: Language) -> Iterator[_Bar]:
    """Draw how much more, to the right, or less, to the left, each variant costs than the base."""
    base = outcomes[0].cost
    costs = [(one, one.cost - base) for one in outcomes[1:] if one.cost is not None and base is not None]
    ends = [0, *(more for _, more in costs)]
    least, scale = min(ends), _WIDTH / max(max(ends) - min(ends), 1)
    for outcome, more in costs:
        x, width = (min(more, 0) - least) * scale, abs(more) * scale
        colour = _DEARER if more > 0 else _CHEAPER
        told = signed(more, language)
        yield _Bar(title_of(outcome, language), told, (_Piece(round(x, 2), round(width, 2), colour, told),))

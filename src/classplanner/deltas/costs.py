"""Changes of what counts against a plan, and of what may be spent."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from classplanner.deltas.base import CalendarYear, Change
from classplanner.deltas.draft import Draft
from classplanner.scenario import Objective
from classplanner.scenario.values import Weight

__all__ = ["Budget", "Weights"]

_Factor = Annotated[int, Field(strict=True, ge=0, le=1_000)]


class Weights(Change):
    """Weights of the objective are other ones."""

    kind: Literal["weights"] = "weights"
    """What the change does."""
    fees: _Factor | None = None
    """Per VND of lecturers' fees."""
    rooms: _Factor | None = None
    """Per VND of the rooms' daily costs."""
    order: Weight | None = None
    """Per working day that a module is taught away from its place in the programme's order."""
    delay: Weight | None = None
    """Per working day that a class opens later than the earliest allowed."""
    preference: Weight | None = None
    """Per rank of the chosen lecturer in the module's list."""
    overload: Weight | None = None
    """Per session above a lecturer's target_sessions."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        self.needs(*Objective.model_fields)
        return self

    def edit(self, draft: Draft) -> None:
        """Set the weights given."""
        draft.document.setdefault("objective", {}).update(self.given(*Objective.model_fields))


class Budget(Change):
    """Another budget of a year; none where no amount is given."""

    kind: Literal["budget"] = "budget"
    """What the change does."""
    year: CalendarYear
    """The calendar year."""
    amount: Annotated[int, Field(strict=True, ge=0, le=10**15)] | None = None
    """The most VND that fees and rooms may cost in that year; any sum when left out."""

    def edit(self, draft: Draft) -> None:
        """Set or lift the budget."""
        budget = draft.document.setdefault("budget", {})
        budget.pop(str(self.year), None)
        if self.amount is not None:
            budget[str(self.year)] = self.amount

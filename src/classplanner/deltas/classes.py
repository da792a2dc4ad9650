"""Changes of classes: how many trainees, which classes, when they are held."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from classplanner.deltas.base import CalendarYear, Change, exactly_one, set_and_lift
from classplanner.deltas.draft import Draft
from classplanner.scenario import Cohort
from classplanner.scenario.values import Count, Day, Identifier

__all__ = ["AddClass", "DropClass", "Quota", "Resize", "Window"]

_MOST = 10_000_000
_WINDOW = ("opens", "opens_from", "finishes_by")


class Quota(Change):
    """Another number of trainees of an audience in a year."""

    kind: Literal["quota"] = "quota"
    """What the change does."""
    audience: Identifier
    """Id of the audience."""
    year: CalendarYear
    """The year."""
    trainees: Annotated[int, Field(strict=True, ge=0, le=_MOST)] | None = None
    """How many trainees there are."""
    more: Annotated[int, Field(strict=True, ge=-_MOST, le=_MOST)] | None = None
    """How many more there are (fewer below 0)."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        exactly_one(self, "trainees", "more")
        return self

    def edit(self, draft: Draft) -> None:
        """Set the number; their classes are split anew."""
        for audience in draft.find("audiences", self.audience, "audience"):
            year, trainees = str(self.year), audience["trainees"]
            before = trainees.get(year, 0)
            after = before + (self.more or 0) if self.trainees is None else self.trainees
            if after < 0:
                draft.fault("below-zero", "more", trainees=before)
            else:
                trainees[year] = after


class Resize(Change):
    """A class, or every class of an audience, has another size."""

    kind: Literal["resize"] = "resize"
    """What the change does."""
    cohort: Identifier | None = None
    """Id of the class."""
    audience: Identifier | None = None
    """Id of the audience, whose `cohort_size` is set."""
    size: Count
    """How many trainees (at most, for an audience)."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        exactly_one(self, "cohort", "audience")
        return self

    def edit(self, draft: Draft) -> None:
        """Set the size."""
        if self.cohort is not None:
            for cohort in draft.find_class(self.cohort):
                cohort["size"] = self.size
        else:
            for audience in draft.find("audiences", self.audience or "", "audience"):
                audience["cohort_size"] = self.size


class AddClass(Change, Cohort):
    """One more class."""

    kind: Literal["add-class"] = "add-class"
    """What the change does."""

    @property
    def restricts(self) -> bool:
        """What the new class takes and costs comes on top."""
        return True

    def edit(self, draft: Draft) -> None:
        """Add the class."""
        draft.tables("cohorts").append(self.part(Cohort))


class DropClass(Change):
    """A class is not held."""

    kind: Literal["drop-class"] = "drop-class"
    """What the change does."""
    cohort: Identifier
    """Id of the class."""

    def edit(self, draft: Draft) -> None:
        """Take the class out, with its locks."""
        for dropped in draft.find_class(self.cohort):
            draft.tables("cohorts").remove(dropped)
            locks = draft.tables("locks")
            locks[:] = [lock for lock in locks if lock["cohort"] != self.cohort]


class Window(Change):
    """A class opens or finishes on other days."""

    kind: Literal["window"] = "window"
    """What the change does."""
    cohort: Identifier
    """Id of the class."""
    opens: Day | None = None
    """It opens on this very day."""
    opens_from: Day | None = None
    """It opens on this day or later."""
    finishes_by: Day | None = None
    """It finishes on this day or earlier."""
    lift: tuple[Literal["opens", "opens_from", "finishes_by"], ...] = ()
    """Keys that do not restrict any more."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        self.needs("lift", *_WINDOW)
        return self

    def edit(self, draft: Draft) -> None:
        """Set and lift the days."""
        for cohort in draft.find_class(self.cohort):
            set_and_lift(cohort, self.given(*_WINDOW), self.lift)

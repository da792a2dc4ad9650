"""Who is taught: classes, the yearly numbers of trainees that make more of them, and what is settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from classplanner.scenario.base import Model, not_before
from classplanner.scenario.values import (
    ONLY_YEARS,
    Count,
    Day,
    Identifier,
    Name,
    RoomReference,
    ShortIdentifier,
    Year,
)

__all__ = ["Audience", "Cohort", "Lock"]


class Audience(Model):
    """Trainees to be taught year by year, in as few classes as possible."""

    id: ShortIdentifier
    """The id; the classes are called id-year-01, id-year-02 and so on."""
    name: Name = ""
    """Shown to the reader."""
    programme: Identifier
    """Id of the programme they are taught."""
    cohort_size: Count
    """Most trainees in a class."""
    trainees: Annotated[Mapping[Year, Annotated[int, Field(strict=True, ge=0, le=10_000_000)]], ONLY_YEARS]
    """How many trainees in each year; their classes open and finish in that year."""
    venues: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    """The classes are held at these venues only; at any when left out."""

    def cohorts_a_year(self) -> dict[int, int]:
        """Return how many classes each year takes, in the order of the years."""
        return {year: -(-trainees // self.cohort_size) for year, trainees in sorted(self.trainees.items())}

    def cohorts(self) -> Iterator[Cohort]:
        """Split each year's trainees into ``ceil(trainees / cohort_size)`` classes.

        Sizes differ by one at most, the larger classes first; a class ``<audience>-<year>-<nn>`` opens from
        1 January and finishes by 31 December of its year.
        """
        for year, number in self.cohorts_a_year().items():
            size, larger = divmod(self.trainees[year], number or 1)
            for index in range(number):
                yield Cohort(
                    id=f"{self.id}-{year}-{index + 1:02d}",
                    programme=self.programme,
                    size=size + (index < larger),
                    opens_from=dt.date(year, 1, 1),
                    finishes_by=dt.date(year, 12, 31),
                    venues=self.venues,
                )


class Cohort(Model):
    """A class: trainees who take one programme together."""

    id: Identifier
    """The id by which locks and timetables refer to the class."""
    programme: Identifier
    """Id of the programme it is taught."""
    size: Count
    """How many trainees it has."""
    opens: Day | None = None
    """It opens on this very day."""
    opens_from: Day | None = None
    """It opens on this day or later."""
    finishes_by: Day | None = None
    """It finishes on this day or earlier."""
    venue: Identifier | None = None
    """It is held at this venue."""
    venues: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    """It is held at one of these venues."""
    room: RoomReference | None = None
    """It is held in this room, written venue/room."""

    _finishes_in_order = field_validator("finishes_by")(
        lambda last, info: not_before(last, info, "opens", "opens_from")
    )


class Lock(Model):
    """What is settled for a class, or for one module of it."""

    cohort: Identifier
    """Id of the class."""
    module: Identifier | None = None
    """Id of the module; lecturer, date and session need one."""
    lecturer: Identifier | None = None
    """Id of the lecturer who teaches it."""
    date: Day | None = None
    """Day of its first session."""
    session: Identifier | None = None
    """Session of the day in which it starts."""
    opens: Day | None = None
    """Day on which the class opens."""
    room: RoomReference | None = None
    """Room of the class, written venue/room."""
    venue: Identifier | None = None
    """Venue of the class."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        of_module = [key for key in ("lecturer", "date", "session") if getattr(self, key) is not None]
        if of_module and self.module is None:
            raise PydanticCustomError("lock-module", "needs a module", {"keys": ", ".join(of_module)})
        if not of_module and self.opens is None and self.room is None and self.venue is None:
            raise PydanticCustomError("lock-empty", "locks nothing")
        return self

"""Changes of programmes and their modules."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from classplanner.deltas.base import Change, set_and_lift
from classplanner.deltas.draft import Draft
from classplanner.scenario.values import DayNumber, Identifier

__all__ = ["ChangeModule", "ChangeProgramme"]

_KEYS = ("sessions", "after", "earliest_day", "latest_day", "start_sessions", "off_site")


class ChangeProgramme(Change):
    """A programme takes more or fewer class days."""

    kind: Literal["programme"] = "programme"
    """What the change does."""
    programme: Identifier
    """Id of the programme."""
    days: DayNumber
    """How many class days it takes."""

    def edit(self, draft: Draft) -> None:
        """Set the days."""
        for programme in draft.find("programmes", self.programme, "programme"):
            programme["days"] = self.days


class ChangeModule(Change):
    """A module is taught in other sessions, on other class days, or after other modules."""

    kind: Literal["module"] = "module"
    """What the change does."""
    programme: Identifier
    """Id of the programme."""
    module: Identifier
    """Id of the module."""
    sessions: Annotated[int, Field(strict=True, ge=1, le=1_000)] | None = None
    """How many sessions it takes."""
    after: tuple[Identifier, ...] | None = None
    """Ids of the modules that must be over before, in place of those so far."""
    earliest_day: DayNumber | None = None
    """First class day on which it may be taught."""
    latest_day: DayNumber | None = None
    """Last class day on which it may be taught."""
    start_sessions: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    """Sessions of the day in which it may start."""
    off_site: Annotated[bool, Field(strict=True)] | None = None
    """Whether it takes no room."""
    lift: tuple[Literal["after", "earliest_day", "latest_day", "start_sessions"], ...] = ()
    """Keys that do not restrict any more."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        self.needs("lift", *_KEYS)
        return self

    def edit(self, draft: Draft) -> None:
        """Set and lift what is given."""
        for programme in draft.find("programmes", self.programme, "programme"):
            modules = {module["id"]: module for module in programme["modules"]}
            if draft.know("module", "module", self.module, modules):
                set_and_lift(modules[self.module], self.given(*_KEYS), self.lift)

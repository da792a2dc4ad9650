"""All kinds of change."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from classplanner.deltas.base import Change
from classplanner.deltas.classes import AddClass, DropClass, Quota, Resize, Window
from classplanner.deltas.costs import Budget, Weights
from classplanner.deltas.days import ChangeCalendar, Holiday, WorkDay
from classplanner.deltas.lecturers import (
    AddLecturer,
    Away,
    ChangeLoad,
    Disqualify,
    Fees,
    Free,
    Leave,
    Qualify,
)
from classplanner.deltas.programmes import ChangeModule, ChangeProgramme
from classplanner.deltas.settled import AddLock, LiftLock
from classplanner.deltas.venues import AddRoom, AddVenue, ChangeRoom, Close, Reopen

__all__ = ["KINDS", "AnyChange"]

AnyChange = Annotated[
    AddClass
    | AddLecturer
    | AddLock
    | AddRoom
    | AddVenue
    | Away
    | Budget
    | ChangeCalendar
    | ChangeLoad
    | ChangeModule
    | ChangeProgramme
    | ChangeRoom
    | Close
    | Disqualify
    | DropClass
    | Fees
    | Free
    | Holiday
    | Leave
    | LiftLock
    | Qualify
    | Quota
    | Reopen
    | Resize
    | Weights
    | Window
    | WorkDay,
    Field(discriminator="kind"),
]

KINDS: dict[str, type[Change]] = {
    model.model_fields["kind"].default: model for model in get_args(get_args(AnyChange)[0])
}
"""The kinds by what files call them."""

"""Changes of venues and rooms."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from classplanner.deltas.base import Change, exactly_one
from classplanner.deltas.draft import Draft, Table, listed
from classplanner.scenario import Period, Room, Venue
from classplanner.scenario.values import Count, Identifier, Money, RoomReference

__all__ = ["AddRoom", "AddVenue", "ChangeRoom", "Close", "Reopen"]


class _Place(Change, Period):
    """A change for a venue or one of its rooms, in a period; all the time when none is given."""

    venue: Identifier | None = None
    """Id of the venue."""
    room: RoomReference | None = None
    """The room, written venue/room."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        exactly_one(self, "venue", "room")
        return self

    def place(self, draft: Draft) -> list[Table]:
        """Return the table of the place."""
        if self.room is not None:
            return draft.find_room(self.room)
        return draft.find("venues", self.venue or "", "venue")


class Close(_Place):
    """A venue or a room is closed."""

    kind: Literal["close"] = "close"
    """What the change does."""

    @property
    def restricts(self) -> bool:
        """Plans are only ruled out."""
        return True

    def edit(self, draft: Draft) -> None:
        """Add the period to those in which it is closed."""
        for place in self.place(draft):
            listed(place, "closed").append(self.part(Period))


class Reopen(_Place):
    """A venue or a room is open after all."""

    kind: Literal["reopen"] = "reopen"
    """What the change does."""

    def edit(self, draft: Draft) -> None:
        """Take the period out of those in which it is closed."""
        for place in self.place(draft):
            place["closed"] = draft.periods_without(listed(place, "closed"), self.part(Period))


class AddVenue(Change, Venue):
    """A new venue with its rooms."""

    kind: Literal["add-venue"] = "add-venue"
    """What the change does."""

    def edit(self, draft: Draft) -> None:
        """Add the venue."""
        draft.tables("venues").append(self.part(Venue))


class AddRoom(Change, Room):
    """A new room at a venue."""

    kind: Literal["add-room"] = "add-room"
    """What the change does."""
    venue: Identifier
    """Id of the venue."""

    def edit(self, draft: Draft) -> None:
        """Add the room."""
        for venue in draft.find("venues", self.venue, "venue"):
            listed(venue, "rooms").append(self.part(Room))


class ChangeRoom(Change):
    """A room seats more or fewer people, or costs another price."""

    kind: Literal["room"] = "room"
    """What the change does."""
    room: RoomReference
    """The room, written venue/room."""
    capacity: Count | None = None
    """How many trainees it seats."""
    daily_cost: Money | None = None
    """VND per class day."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        self.needs("capacity", "daily_cost")
        return self

    def edit(self, draft: Draft) -> None:
        """Set what is given."""
        for room in draft.find_room(self.room):
            room.update(self.given("capacity", "daily_cost"))

"""Locks added and lifted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from classplanner.deltas.base import Change
from classplanner.deltas.draft import Draft, Table
from classplanner.scenario import Lock
from classplanner.scenario.values import Identifier

__all__ = ["AddLock", "LiftLock"]

_KEYS = ("lecturer", "date", "session", "opens", "room", "venue")


class AddLock(Change, Lock):
    """Something of a class is settled."""

    kind: Literal["lock"] = "lock"
    """What the change does."""

    @property
    def restricts(self) -> bool:
        """Plans are only ruled out."""
        return True

    def edit(self, draft: Draft) -> None:
        """Add the lock."""
        draft.tables("locks").append(self.part(Lock))


class LiftLock(Change):
    """Something of a class is settled no longer."""

    kind: Literal["unlock"] = "unlock"
    """What the change does."""
    cohort: Identifier
    """Id of the class."""
    module: Identifier | None = None
    """Only locks of this module."""
    keys: tuple[Literal["lecturer", "date", "session", "opens", "room", "venue", "venues"], ...] = ()
    """Only what is settled by these keys; everything but `venues` when left out."""

    def edit(self, draft: Draft) -> None:
        """Take keys out of the locks of the class, and of the class itself; drop locks left empty."""
        for cohort in draft.find_class(self.cohort):
            lifted = [self._lift(lock) for lock in draft.tables("locks") if self._means(lock)]
            if self.module is None:
                lifted.append(self._lift(cohort, ("room", "venue", "venues")))
            draft.document["locks"] = [lock for lock in draft.tables("locks") if set(lock) & set(_KEYS)]
            if not any(lifted):
                draft.fault("nothing-settled", cohort=self.cohort)

    def _means(self, lock: Table) -> bool:
        return lock["cohort"] == self.cohort and self.module in (None, lock.get("module"))

    def _lift(self, table: Table, keys: Iterable[str] = _KEYS) -> bool:
        """Take the keys out of a table; True where there was one."""
        taken = [table.pop(key, None) for key in keys if key in (self.keys or _KEYS)]
        return any(value is not None for value in taken)

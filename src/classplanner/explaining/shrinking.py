"""Smallest sets that still do not go together: QuickXplain.

Junker, "QUICKXPLAIN: preferred explanations and relaxations for over-constrained problems" (AAAI 2004): parts
of a set are tried in halves, so that a small conflict among many members takes about (its size) * log(number
of members) questions instead of one a member. What comes out is minimal where no answer was "not known" and
fewer members never clash more; whoever needs certainty asks again for each member.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

__all__ = ["shrink"]

Item = TypeVar("Item")


def shrink(items: Sequence[Item], clash: Callable[[list[Item]], bool]) -> list[Item]:
    """Return a minimal part of a set that clashes.

    Parameters
    ----------
    items
        A set that clashes as a whole. What comes first is kept in preference to what comes last.
    clash
        Whether some of the items are proven to clash; False also where that is not known.
    """
    return _shrink([], fresh=False, items=list(items), clash=clash)


def _shrink(
    base: list[Item], *, fresh: bool, items: list[Item], clash: Callable[[list[Item]], bool]
) -> list[Item]:
    """Return a smallest part of `items` that clashes together with `base`; `fresh`: base has grown."""
    if fresh and clash(base):
        return []
    if len(items) == 1:
        return items
    half = (len(items) + 1) // 2
    first, last = items[:half], items[half:]
    from_last = _shrink(base + first, fresh=True, items=last, clash=clash)
    from_first = _shrink(base + from_last, fresh=bool(from_last), items=first, clash=clash)
    return from_first + from_last

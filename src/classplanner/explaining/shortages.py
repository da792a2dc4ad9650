"""A shortage: something of which more is needed than there is."""

from __future__ import annotations

from dataclasses import dataclass

from classplanner.rules import Fact, Statement

__all__ = ["Shortage", "shortage"]


@dataclass(frozen=True)
class Shortage:
    """Something of which more is needed than there is, whatever else is planned.

    Attributes
    ----------
    statement
        Says so, with both numbers.
    needed, there
        How much is needed, and how much there is at most.
    cohorts
        Ids of the classes that need it.
    """

    statement: Statement
    needed: int
    there: int
    cohorts: tuple[str, ...]


def shortage(kind: str, needed: int, there: int, cohorts: tuple[str, ...], /, **facts: Fact) -> Shortage:
    """Make the shortage ``shortage.<kind>``."""
    facts = {"needed": needed, "there": there} | facts
    return Shortage(Statement(f"shortage.{kind}", tuple(facts.items())), needed, there, cohorts)

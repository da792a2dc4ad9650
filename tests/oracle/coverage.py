"""Which rules a scenario puts to the test: those that alone stand against some timetable of it."""

from __future__ import annotations

from dataclasses import dataclass

from classplanner.check import Checker
from classplanner.timetable import Timetable
from tests.oracle.brute_force import Listing
from tests.oracle.keys import key
from tests.oracle.mutations import mutations

__all__ = ["Coverage", "cover"]


@dataclass(frozen=True)
class Coverage:
    """What trying out rejected timetables showed.

    Attributes
    ----------
    feasible
        Whether any timetable is accepted.
    rules
        Rules that are decisive: some timetable breaches this one and no other.
    forms
        The same by the forms of the rules, such as ``rule.lock.date``.
    unlisted
        Mutations that the checker accepts and the listing lacks: brute force would have lost them.
    """

    feasible: bool
    rules: frozenset[str]
    forms: frozenset[str]
    unlisted: tuple[Timetable, ...]


def cover(listing: Listing, seed: int) -> Coverage:
    """Judge mutations of the listed timetables."""
    checker = Checker(listing.scenario)
    rules, forms, unlisted = set(listing.decisive), set(), []
    for mutation in mutations(listing.scenario, list(listing.plans.values()), seed):
        breaches = checker.judge(mutation).breaches
        breached_rules = {breach.instance.rule for breach in breaches}
        breached_forms = {breach.instance.key for breach in breaches}
        if not breaches and key(mutation) not in listing.plans:
            unlisted.append(mutation)
        if len(breached_rules) == 1:
            rules |= breached_rules
        if len(breached_forms) == 1:
            forms |= breached_forms
    return Coverage(bool(listing.plans), frozenset(rules), frozenset(forms), tuple(unlisted))

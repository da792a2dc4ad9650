"""The checks by rule id: each rule is judged by one function, which names itself here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from classplanner.check.view import View
from classplanner.rules import RULES, RuleInstance, Statement

__all__ = ["CHECKS", "Check", "Finding", "checks"]

Finding = tuple[RuleInstance, Iterable[Statement]]
"""What is breached and what shows it; findings on the same rule instance make one breach."""

Check = Callable[[View], Iterable[Finding]]

CHECKS: dict[str, Check] = {}


def checks(rule: str) -> Callable[[Check], Check]:
    """Register a function as the check of a rule."""
    if rule not in RULES or rule in CHECKS:
        raise ValueError(f"no such rule, or checked already: {rule}")

    def register(check: Check) -> Check:
        CHECKS[rule] = check
        return check

    return register

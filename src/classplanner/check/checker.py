"""Judges timetables: every rule, every breach, and the costs from scratch."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

# The families are imported for their checks, which register themselves.
from classplanner.check import budget, cohorts, lecturers, locks, modules, rooms  # noqa: F401
from classplanner.check.notes import notes
from classplanner.check.objective import costs, terms
from classplanner.check.registry import CHECKS, Check
from classplanner.check.setting import Setting
from classplanner.check.verdict import Breach, Verdict
from classplanner.check.view import View
from classplanner.rules import RULES, RuleInstance, Statement
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable

__all__ = ["Checker", "check"]


class Checker:
    """Judges timetables of one scenario; what depends on the scenario alone is worked out once.

    Parameters
    ----------
    scenario
        By whose rules and prices to judge.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._setting = Setting(scenario)

    def judge(
        self, timetable: Timetable, rules: Collection[str] | None = None, *, partial: bool | None = None
    ) -> Verdict:
        """Judge a timetable, faulty or not.

        Parameters
        ----------
        timetable
            What to judge. Ids that the scenario does not know are breaches, too.
        rules
            Only these rules, by their ids; None for all.
        partial
            Whether classes may be left out. True: all that are missing; False: none, whatever the timetable
            says; None: those that the timetable itself says it leaves out.

        Raises
        ------
        ValueError
            There is no such rule.
        """
        view = View(self._setting, timetable, partial=partial)
        found: dict[RuleInstance, dict[Statement, None]] = {}  # dict, not set: the order counts
        for check_rule in _selected(rules):
            for instance, evidence in check_rule(view):
                found.setdefault(instance, {}).update(dict.fromkeys(evidence))
        charged = costs(view)
        sums = terms(charged)
        holds = rules is None and not found
        return Verdict(
            breaches=tuple(Breach(instance, tuple(evidence)) for instance, evidence in found.items()),
            terms=sums,
            costs=charged,
            notes=tuple(notes(view, sums, holds=holds)),
        )

    def accepts(
        self, timetable: Timetable, rules: Collection[str] | None = None, *, partial: bool | None = None
    ) -> bool:
        """Say whether a timetable breaches none of the rules, and stop at the first breach.

        Parameters
        ----------
        timetable, rules, partial
            As for `judge`.
        """
        view = View(self._setting, timetable, partial=partial)
        return not any(True for check_rule in _selected(rules) for _ in check_rule(view))


def check(scenario: Scenario, timetable: Timetable, *, partial: bool | None = None) -> Verdict:
    """Judge one timetable of a scenario by all rules.

    Parameters
    ----------
    partial
        Whether classes may be left out. True: all that are missing; False: none, whatever the timetable says;
        None: those that the timetable itself says it leaves out.
    """
    return Checker(scenario).judge(timetable, partial=partial)


def _selected(rules: Collection[str] | None) -> tuple[Check, ...]:
    return _in_order(RULES if rules is None else frozenset(rules))


@cache
def _in_order(rules: Collection[str]) -> tuple[Check, ...]:
    unknown = set(rules).difference(RULES)
    if unknown:
        raise ValueError(f"no such rule: {', '.join(sorted(unknown))}")
    return tuple(CHECKS[rule] for rule in RULES if rule in rules)

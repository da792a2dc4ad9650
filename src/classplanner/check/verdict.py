"""What the checker says of a timetable."""

from __future__ import annotations

from dataclasses import dataclass

from classplanner.check.objective import Cost
from classplanner.language import Language
from classplanner.rules import Names, RuleInstance, Statement
from classplanner.timetable import Terms

__all__ = ["Breach", "Verdict"]

_MOST_LINES = 8


@dataclass(frozen=True)
class Breach:
    """A rule that a timetable breaches for one object, and what shows it.

    Attributes
    ----------
    instance
        The rule, applied to the object.
    evidence
        Everything found against it: meetings, dates, numbers.
    """

    instance: RuleInstance
    evidence: tuple[Statement, ...]

    def describe(self, names: Names, language: Language) -> str:
        """Tell the rule, then what was found, one line each; a long list is cut short."""
        lines = [self.instance.describe(names, language)]
        lines += (f"  {found.describe(names, language)}" for found in self.evidence[:_MOST_LINES])
        if len(self.evidence) > _MOST_LINES:
            lines.append(f"  {language.text('check.more', number=len(self.evidence) - _MOST_LINES)}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Verdict:
    """The judgement on a timetable.

    Attributes
    ----------
    breaches
        Every breach, in the order of the rules, then of the objects.
    terms
        The cost by objective term, recomputed, in equivalent VND.
    costs
        Which object costs how much of it.
    notes
        What the timetable says of itself and is not so, or cannot be checked.
    """

    breaches: tuple[Breach, ...]
    terms: Terms
    costs: tuple[Cost, ...]
    notes: tuple[Statement, ...]

    @property
    def ok(self) -> bool:
        """Whether every rule holds."""
        return not self.breaches

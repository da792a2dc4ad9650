"""What became of a variant, and what it changes against the base."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from classplanner.check import check
from classplanner.diff import Difference, compare
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Scenario
from classplanner.timetable import Status, Terms, Timetable, gap_of

if TYPE_CHECKING:
    from classplanner.explaining import Explanation

__all__ = ["Outcome"]


@dataclass(frozen=True)
class Outcome:
    """A variant of a scenario and its plan.

    Attributes
    ----------
    title
        What it is called.
    deltas
        Positions of the deltas that make it, among those given; none for the base.
    scenario
        The base with these deltas applied.
    status
        ``optimal`` and ``infeasible`` are proven.
    timetable
        Its plan; None without one.
    bound
        Proven: no plan of it costs less, in equivalent VND.
    terms
        The cost of the plan by term; None without one.
    base
        The plan of the base; None without one.
    seconds
        How long it took.
    explanation
        Why there is no plan; None with a plan.
    """

    title: str
    deltas: tuple[int, ...]
    scenario: Scenario
    status: Status
    timetable: Timetable | None
    bound: int
    terms: Terms | None
    base: Timetable | None
    seconds: float
    explanation: Explanation | None = None

    @property
    def cost(self) -> int | None:
        """What the plan costs, in equivalent VND."""
        return None if self.terms is None else self.terms.total

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None without a plan."""
        return None if self.cost is None else gap_of(self.cost, self.bound)

    @property
    def trainees(self) -> int:
        """How many people the plan trains."""
        planned = {entry.id for entry in self.timetable.cohorts} if self.timetable else set()
        return sum(cohort.size for cohort in self.scenario.all_cohorts if cohort.id in planned)

    @cached_property
    def difference(self) -> Difference | None:
        """What changes against the plan of the base; None where one of both is lacking."""
        if self.timetable is None or self.base is None:
            return None
        return compare(self.base, self.timetable)

    @property
    def affected(self) -> int | None:
        """How many lecturers have to be told."""
        if self.difference is None:
            return None
        return len({person for change in self.difference.meetings for person in change.people})

    @property
    def spread(self) -> tuple[int, int] | None:
        """The sessions of the lecturer with the fewest and of the one with the most, of those who teach."""
        if self.timetable is None:
            return None
        sessions = Counter(
            {
                person: 0
                for programme in self.scenario.programmes
                for module in programme.modules
                for person in module.lecturers
            }
        )
        for meeting in self.timetable.meetings:
            sessions.update(dict.fromkeys(meeting.lecturers, len(meeting.sessions)))
        return (min(sessions.values()), max(sessions.values())) if sessions else (0, 0)

    def why_not(self, language: Language) -> tuple[str, ...]:
        """Say why there is no plan; where that is not known, which rules the plan of the base runs into.

        Returns
        -------
        tuple of str
            Lines; those that belong to the one above are indented.
        """
        if self.timetable is not None:
            return ()
        lines: list[str] = []
        unknown = self.explanation is None or self.explanation.status == "unknown"
        if unknown and self.status == "infeasible":
            lines.append(language.text("whatif.unexplained"))
        elif self.explanation is not None:
            from classplanner.explaining import tell_explanation  # noqa: PLC0415 - half a second

            lines += tell_explanation(self.explanation, language).splitlines()
        if unknown:
            found = self._obstacles(language)
            lines += [language.text("whatif.obstacles"), *(f"  - {line}" for line in found)] if found else []
        return tuple(lines)

    def _obstacles(self, language: Language) -> tuple[str, ...]:
        """Say which rules of the variant the plan of the base breaks."""
        if self.base is None:
            return ()
        names = Names(self.scenario)
        known = {cohort.id for cohort in self.scenario.all_cohorts}
        kept = self.base.model_copy(
            update={
                "cohorts": tuple(entry for entry in self.base.cohorts if entry.id in known),
                "meetings": tuple(one for one in self.base.meetings if known.issuperset(one.cohorts)),
            }
        )
        return tuple(breach.describe(names, language) for breach in check(self.scenario, kept).breaches)

    def _explained(self, language: Language) -> dict[str, Any] | None:
        if self.explanation is None:
            return None
        from classplanner.explaining import record_explanation  # noqa: PLC0415 - half a second

        return record_explanation(self.explanation, language).model_dump(mode="json")

    def document(self, language: Language) -> dict[str, Any]:
        """Return the outcome as a document, without the plan itself."""
        difference = self.difference
        return {
            "title": self.title,
            "deltas": list(self.deltas),
            "status": self.status,
            "trainees": self.trainees,
            "cost": self.cost,
            "terms": None if self.terms is None else self.terms.model_dump(),
            "bound": self.bound,
            "gap": self.gap,
            "changes": None if difference is None else difference.number,
            "tiers": None if difference is None else dict(difference.tiers),
            "lecturers": self.affected,
            "sessions": None if self.spread is None else list(self.spread),
            "explanation": self._explained(language),
            "obstacles": list(self._obstacles(language)) if self.timetable is None else [],
            "seconds": round(self.seconds, 3),
        }

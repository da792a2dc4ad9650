"""Other times and lecturers for one meeting, the cheapest first, with what else moves.

Everything else stays at first: the meeting alone moves, or changes places with another one of its class.
Where neither makes a day or a lecturer possible, the class is planned anew around it, with as few changes as
can be: a chain. Other classes stay as they are throughout.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from classplanner.check import Checker
from classplanner.compile import compile_scenario
from classplanner.diff import Difference, compare
from classplanner.explaining.dropping import working_days
from classplanner.explaining.local import again
from classplanner.explaining.wishes import with_lock
from classplanner.scenario import Lock, Module, Scenario
from classplanner.solve import Control
from classplanner.timetable import Meeting, PlannedCohort, Timetable

__all__ = ["Suggestion", "suggestions"]

# So much a changed meeting counts in a chain: it is a phone call.
_CALL = 100_000


@dataclass(frozen=True)
class Suggestion:
    """Another way to hold a meeting.

    Attributes
    ----------
    kind
        ``lecturer``: somebody else, at the same time; ``time``: another time; ``swap``: it changes places
        with another meeting of the class; ``chain``: more than two meetings change.
    meeting
        The meeting as it would be.
    price
        How much more the plan would cost, in equivalent VND; below 0 where it costs less.
    terms
        The price by the terms of the objective.
    difference
        Everything that would change.
    timetable
        The plan with it; every rule holds.
    """

    kind: Literal["lecturer", "time", "swap", "chain"]
    meeting: Meeting
    price: int
    terms: Mapping[str, int]
    difference: Difference
    timetable: Timetable


def suggestions(
    scenario: Scenario,
    timetable: Timetable,
    cohort: str,
    module: str,
    control: Control,
    *,
    seed: int = 1,
) -> tuple[Suggestion, ...]:
    """Return other ways to hold a meeting, the cheapest first; of equal price, the fewest changes first.

    Parameters
    ----------
    timetable
        A plan in which every rule holds.
    cohort, module
        Ids of the class and the module.
    """
    finder = _Finder(scenario, timetable, cohort, module)
    found = list(finder.simple(control))
    found += finder.chains(found, control, seed)
    return tuple(sorted(found, key=finder.rank))


class _Finder:
    """Looks for other ways to hold one meeting."""

    def __init__(self, scenario: Scenario, timetable: Timetable, cohort: str, module: str) -> None:
        self.scenario, self.timetable = scenario, timetable
        self.checker = Checker(scenario)
        self.base = self.checker.judge(timetable).terms
        self.mine = [one for one in timetable.meetings if cohort in one.cohorts]
        self.meeting = next(one for one in self.mine if one.module == module)
        self.cohort = next(one for one in scenario.all_cohorts if one.id == cohort)
        modules = scenario.programme_by_id[self.cohort.programme].modules
        self.module: Module = next(one for one in modules if one.id == module)
        planned = next(one for one in timetable.cohorts if one.id == cohort)
        self.days = [day for day in working_days(scenario) if planned.opens <= day <= planned.closes]

    def rank(self, one: Suggestion) -> tuple[int, int, dt.date, int, tuple[str, ...]]:
        """Put the cheapest first, then the fewest changes, then the earliest."""
        date, session = one.meeting.sessions[0]
        place = self.scenario.calendar.sessions.index(session)
        return one.price, len(one.difference.meetings), date, place, one.meeting.lecturers

    def simple(self, control: Control) -> Iterator[Suggestion]:
        """Move the meeting, have it change places, or give it to somebody else."""
        for changed, others in self._candidates():
            if control.stopped:
                return
            kind: Literal["lecturer", "time", "swap"] = "swap" if others else "time"
            if changed.sessions == self.meeting.sessions:
                kind = "lecturer"
            found = self._judged(kind, changed, {self.meeting: changed, **others})
            if found is not None:
                yield found

    def _candidates(self) -> Iterator[tuple[Meeting, dict[Meeting, Meeting]]]:
        at = {slot: one for one in self.mine for slot in one.sessions}
        slots = [(day, session) for day in self.days for session in self.scenario.calendar.sessions]
        length = len(self.meeting.sessions)
        for first in range(len(slots) - length + 1):
            sessions = tuple(slots[first : first + length])
            there = {at[slot] for slot in sessions if slot in at} - {self.meeting}
            if len(there) > 1 or any(set(one.sessions) != set(sessions) for one in there):
                continue
            others = {one: one.model_copy(update={"sessions": self.meeting.sessions}) for one in there}
            for lecturer in self.module.lecturers or (None,):
                people = () if lecturer is None else (lecturer,)
                changed = self.meeting.model_copy(update={"sessions": sessions, "lecturers": people})
                if changed != self.meeting:
                    yield changed, others

    def _judged(
        self,
        kind: Literal["lecturer", "time", "swap", "chain"],
        changed: Meeting,
        moved: dict[Meeting, Meeting],
    ) -> Suggestion | None:
        meetings = tuple(moved.get(one, one) for one in self.timetable.meetings)
        return self._suggestion(kind, changed, self.timetable.cohorts, meetings)

    def _suggestion(
        self,
        kind: Literal["lecturer", "time", "swap", "chain"],
        changed: Meeting,
        cohorts: Iterable[PlannedCohort],
        meetings: tuple[Meeting, ...],
    ) -> Suggestion | None:
        after = Timetable.model_construct(
            **{**{name: getattr(self.timetable, name) for name in Timetable.model_fields}, "objective": None}
            | {"cohorts": tuple(cohorts), "meetings": meetings}
        )
        verdict = self.checker.judge(after)
        if not verdict.ok:
            return None
        base = self.base.model_dump()
        terms = {name: number - base[name] for name, number in verdict.terms.model_dump().items()}
        return Suggestion(
            kind,
            changed,
            verdict.terms.total - self.base.total,
            terms,
            compare(self.timetable, after),
            after,
        )

    def chains(self, found: list[Suggestion], control: Control, seed: int) -> Iterator[Suggestion]:
        """Plan the class anew around each day, and each lecturer, that is not possible otherwise."""
        days = {one.meeting.sessions[0][0] for one in found} | {self.meeting.sessions[0][0]}
        people = {name for one in found for name in one.meeting.lecturers} | set(self.meeting.lecturers)
        wishes = [{"lecturer": name} for name in self.module.lecturers if name not in people]
        wishes += [{"date": day.isoformat()} for day in self.days if day not in days]
        for wish in wishes:
            if control.stopped:
                return
            lock = Lock.model_validate({"cohort": self.cohort.id, "module": self.module.id, **wish})
            problem = compile_scenario(with_lock(self.scenario, lock))
            result = again(problem, self.timetable, lock, control, change=_CALL, seed=seed)
            if result is not None:
                changed = next(
                    one
                    for one in result.meetings
                    if self.cohort.id in one.cohorts and one.module == self.module.id
                )
                suggestion = self._suggestion("chain", changed, result.cohorts, result.meetings)
                if suggestion is not None:
                    yield suggestion

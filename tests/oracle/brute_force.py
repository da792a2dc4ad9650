"""Lists every timetable of a small scenario that the checker accepts, by trying them all.

Nothing here knows what a rule means: whether a timetable is good is asked of the checker alone, and nothing
is shared with `compile` and `encode`. What is tried is a superset of all timetables: a class opens and closes
on any two dates from the day before the calendar to the day after it, in any room; each module of its
programme is one meeting in any choice of that many slots of those dates, with any lecturer or none, in any
room or none. (A second meeting for a module, fewer or more sessions, two lecturers at once: the mutations
try those.)

All combinations of that are far too many, so timetables are built in steps, and a step that the checker turns
down is not built upon:

1. class by class, the span of its days, by the rules in `OF_SPANS`, which ask about nothing but those dates;
2. the same with its room, by all `MONOTONE` rules;
3. the slots that a module may use: one by one by `OF_SLOTS`, then as a whole by `OF_LAYOUTS`, with neither
   lecturer nor room, about which these rules do not ask;
4. the meeting: the slots with a lecturer and a room, by all `MONOTONE` rules, and by what
   `programme-complete` says of this very module;
5. the course: its meetings, module after module, by all `MONOTONE` rules after each;
6. the timetable: first the spans and rooms of all classes together, then their courses, class after class, by
   all `MONOTONE` rules; in the end by every rule.

Why no accepted timetable is lost: a rule is *monotone* if what breaches it keeps breaching it, whatever
classes and meetings are added. All rules are, except `quota` (a class may still be added) and
`programme-complete` (so may the meeting of another module), which are asked at the end only. Every step
towards an accepted timetable is a part of it, and so breaches no monotone rule. That the checker's rules are
of this kind is tested, not believed: `test_brute_force` takes accepted timetables apart and compares with a
search that turns nothing down before the end, `test_oracle` looks for accepted mutations that the listing
lacks.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from classplanner.check import Checker
from classplanner.rules import RULES
from classplanner.scenario import Cohort, Module, Scenario
from classplanner.timetable import (
    LeftOut,
    Meeting,
    PartialRecord,
    PlannedCohort,
    Slot,
    Terms,
    Timetable,
)
from tests.oracle.keys import Key, key

__all__ = ["MONOTONE", "Listing", "accepted", "cheapest", "every_candidate", "listing", "timetable"]

MONOTONE = frozenset(RULES) - {"quota", "programme-complete"}
OF_SPANS = frozenset({"working-days", "consecutive-days", "cohort-window"})
OF_SLOTS = frozenset({"working-days", "consecutive-days"})
OF_LAYOUTS = frozenset({"module-shape", "module-window", "cohort-clash"})

_MOST_REJECTED = 50
"""So many rejected timetables are asked for their reasons."""

Course = tuple[PlannedCohort, tuple[Meeting, ...]]


@dataclass
class Listing:
    """What brute force found out about a scenario.

    Attributes
    ----------
    plans
        The accepted timetables.
    decisive
        Rules that alone stood against some timetable that was otherwise complete and good.
    """

    scenario: Scenario
    plans: dict[Key, Timetable] = field(default_factory=dict)
    decisive: set[str] = field(default_factory=set)


def accepted(scenario: Scenario, rules: Collection[str] = RULES) -> frozenset[Key]:
    """Return the keys of all timetables that the checker accepts, as `listing` finds them."""
    return frozenset(listing(scenario, rules).plans)


def cheapest(scenario: Scenario, plans: Iterable[Timetable]) -> frozenset[Terms]:
    """Return the terms of the cheapest of some timetables: several when different ones cost the same."""
    checker = Checker(scenario)
    terms = {checker.judge(plan, rules=()).terms for plan in plans}
    least = min((each.total for each in terms), default=0)
    return frozenset(each for each in terms if each.total == least)


def listing(scenario: Scenario, rules: Collection[str] = RULES, *, partial: bool = False) -> Listing:
    """Try all timetables of a scenario, step by step.

    Parameters
    ----------
    rules
        Only these need hold. Without `quota`, the timetables that leave classes out are tried, too.
    partial
        Try those, too, and judge them as timetables that may leave classes out.
    """
    found = Listing(scenario)
    search = _Search(scenario, frozenset(rules), leave_out=partial or "quota" not in rules)
    rejected = 0
    for built in search.complete():
        candidate = _leaving_out(scenario, built) if partial else built
        if search.checker.accepts(candidate, rules):
            found.plans[key(candidate)] = candidate
        elif rejected < _MOST_REJECTED:
            rejected += 1
            breached = {breach.instance.rule for breach in search.checker.judge(candidate, rules).breaches}
            if len(breached) == 1:
                found.decisive |= breached
    return found


def _leaving_out(scenario: Scenario, plan: Timetable) -> Timetable:
    """Have a timetable say which classes it leaves out."""
    planned = {cohort.id for cohort in plan.cohorts}
    absent = (cohort.id for cohort in scenario.all_cohorts if cohort.id not in planned)
    record = PartialRecord(left_out=tuple(LeftOut(cohort=name) for name in absent))
    return plan.model_copy(update={"partial": record})


def timetable(cohorts: Iterable[PlannedCohort], meetings: Iterable[Meeting]) -> Timetable:
    """Make a timetable without validating its parts again."""
    return Timetable.model_construct(cohorts=tuple(cohorts), meetings=tuple(meetings))


class _Search:
    """The steps of the module's docstring, for one scenario and some of the rules."""

    def __init__(self, scenario: Scenario, rules: frozenset[str], *, leave_out: bool) -> None:
        self.scenario = scenario
        self.rules = rules
        self.leave_out = leave_out
        self.checker = Checker(scenario)
        self.space = _Space(scenario)
        self._layouts: dict[tuple[str, dt.date, dt.date], dict[str, list[tuple[Slot, ...]]]] = {}

    def complete(self) -> Iterator[Timetable]:
        """Yield complete timetables whose every part passed."""
        courses: dict[PlannedCohort, list[Course]] = {}
        for homes in self._homes():
            for home in homes:
                if home not in courses:
                    courses[home] = list(self._courses(home))
            yield from self._combined([courses[home] for home in homes])

    def _accepts(
        self, cohorts: Sequence[PlannedCohort], meetings: Sequence[Meeting], rules: frozenset[str] = MONOTONE
    ) -> bool:
        return self.checker.accepts(timetable(cohorts, meetings), rules & self.rules)

    def _homes(self) -> Iterator[tuple[PlannedCohort, ...]]:
        """Yield the spans and rooms of all classes (steps 1, 2 and the first half of 6)."""
        homes: list[tuple[PlannedCohort, ...]] = [()]
        for cohort in self.scenario.all_cohorts:
            alone = list(self._homes_of(cohort))
            left_out = homes if self.leave_out else []
            homes = [
                (*others, home) for others in homes for home in alone if self._accepts((*others, home), ())
            ]
            homes += left_out
        yield from homes

    def _homes_of(self, cohort: Cohort) -> Iterator[PlannedCohort]:
        for span in self.space.homes(cohort, self.space.rooms[:1]):
            if self._accepts((span,), (), OF_SPANS):
                for room in self.space.rooms:
                    home = span.model_copy(update={"room": room})
                    if self._accepts((home,), ()):
                        yield home

    def _courses(self, home: PlannedCohort) -> Iterator[Course]:
        """Yield all that one class can be taught in its days and room (steps 3 to 5)."""
        modules = self.space.modules(home.id)
        options = [
            [
                meeting
                for slots in self._layouts_of(home)[module.id]
                for meeting in self.space.meetings(home.id, module, slots)
                if self._accepts((home,), (meeting,)) and self._is_whole(home, meeting)
            ]
            for module in modules
        ]
        partial: list[tuple[Meeting, ...]] = [()]
        for meetings in options:
            partial = [
                (*before, meeting)
                for before in partial
                for meeting in meetings
                if not before or self._accepts((home,), (*before, meeting))
            ]
        yield from ((home, meetings) for meetings in partial)

    def _is_whole(self, home: PlannedCohort, meeting: Meeting) -> bool:
        """Ask `programme-complete` about the module of a meeting, and not about those not taught yet."""
        verdict = self.checker.judge(timetable((home,), (meeting,)), {"programme-complete"} & self.rules)
        return all(breach.instance["module"] != meeting.module for breach in verdict.breaches)

    def _layouts_of(self, home: PlannedCohort) -> Mapping[str, list[tuple[Slot, ...]]]:
        """List, module by module, the slots it may use in the days of a class (step 3)."""
        span = (home.id, home.opens, home.closes)
        if span not in self._layouts:
            self._layouts[span] = {
                module.id: self._layouts_of_module(home, module) for module in self.space.modules(home.id)
            }
        return self._layouts[span]

    def _layouts_of_module(self, home: PlannedCohort, module: Module) -> list[tuple[Slot, ...]]:
        def passes(slots: tuple[Slot, ...], rules: frozenset[str]) -> bool:
            return self._accepts((home,), (_meeting(home.id, module, slots, None, None),), rules)

        slots = [slot for slot in self.space.slots if passes((slot,), OF_SLOTS)]
        return [
            layout for layout in itertools.combinations(slots, module.sessions) if passes(layout, OF_LAYOUTS)
        ]

    def _combined(self, courses: Sequence[Sequence[Course]]) -> Iterator[Timetable]:
        """Yield timetables of one course a class (step 6); the last step is left to the judge."""
        partial: list[tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]]] = [((), ())]
        for position, choices in enumerate(courses, start=1):
            last = position == len(courses)
            partial = [
                ((*homes, home), (*meetings, *more))
                for homes, meetings in partial
                for home, more in choices
                if last or self._accepts((*homes, home), (*meetings, *more))
            ]
        yield from (timetable(homes, meetings) for homes, meetings in partial)


class _Space:
    """All values that the parts of a timetable can take."""

    def __init__(self, scenario: Scenario) -> None:
        calendar = scenario.calendar
        length = (calendar.last_day - calendar.first_day).days
        self.scenario = scenario
        self.dates = [calendar.first_day + dt.timedelta(days=days) for days in range(-1, length + 2)]
        self.slots: list[Slot] = list(itertools.product(self.dates, calendar.sessions))
        self.rooms = [f"{venue.id}/{room.id}" for venue in scenario.venues for room in venue.rooms]
        self.lecturers = [lecturer.id for lecturer in scenario.lecturers]
        self._programmes = {cohort.id: cohort.programme for cohort in scenario.all_cohorts}

    def modules(self, cohort: str) -> Sequence[Module]:
        """Return what a class is taught."""
        return self.scenario.programme_by_id[self._programmes[cohort]].modules

    def homes(self, cohort: Cohort, rooms: Iterable[str]) -> Iterator[PlannedCohort]:
        """Yield all spans of a class in some rooms."""
        for opens, closes, room in itertools.product(self.dates, self.dates, rooms):
            yield PlannedCohort.model_construct(id=cohort.id, room=room, opens=opens, closes=closes)

    def meetings(self, cohort: str, module: Module, slots: tuple[Slot, ...]) -> Iterator[Meeting]:
        """Yield all meetings for a module in some slots."""
        for lecturer, room in itertools.product((None, *self.lecturers), (None, *self.rooms)):
            yield _meeting(cohort, module, slots, lecturer, room)

    def courses(self, cohort: Cohort) -> list[Course]:
        """List all spans and rooms of a class with all meetings for its modules."""
        meetings = [
            [
                meeting
                for slots in itertools.combinations(self.slots, module.sessions)
                for meeting in self.meetings(cohort.id, module, slots)
            ]
            for module in self.modules(cohort.id)
        ]
        return list(itertools.product(self.homes(cohort, self.rooms), itertools.product(*meetings)))


def _meeting(
    cohort: str, module: Module, slots: tuple[Slot, ...], lecturer: str | None, room: str | None
) -> Meeting:
    return Meeting.model_construct(
        cohorts=(cohort,),
        module=module.id,
        lecturers=() if lecturer is None else (lecturer,),
        room=room,
        sessions=slots,
    )


def every_candidate(scenario: Scenario) -> Iterator[Timetable]:
    """Yield all timetables, the hopeless ones too: for tiny scenarios, to test `listing` by."""
    space = _Space(scenario)
    for courses in itertools.product(*(space.courses(cohort) for cohort in scenario.all_cohorts)):
        yield timetable(
            (home for home, _ in courses), (meeting for _, meetings in courses for meeting in meetings)
        )

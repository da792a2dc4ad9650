"""Timetables that differ from an accepted one in one respect, good or not.

They show which rules decide something in a scenario, and try what `brute_force` does not: a meeting too many,
halved, shortened, with two lecturers.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator, Sequence

from classplanner.scenario import Scenario, day_statuses
from classplanner.timetable import LeftOut, Meeting, PartialRecord, PlannedCohort, Slot, Timetable
from tests.oracle.brute_force import timetable

__all__ = ["mutations"]

_MOST_OF_A_KIND = 40


def mutations(scenario: Scenario, plans: Sequence[Timetable], seed: int) -> Iterator[Timetable]:
    """Yield some mutations of each kind, of plans chosen at random.

    Parameters
    ----------
    plans
        Accepted timetables; without any there is nothing to mutate.
    """
    rng = random.Random(seed)
    dates = _Dates(scenario)
    for kind in _KINDS:
        found = [
            mutation
            for plan in rng.sample(plans, min(5, len(plans)))
            for mutation in kind(_Mutable(scenario, dates, plan))
        ]
        yield from rng.sample(found, min(_MOST_OF_A_KIND, len(found)))


class _Dates:
    """The dates from the day before the calendar to the day after it."""

    def __init__(self, scenario: Scenario) -> None:
        calendar = scenario.calendar
        statuses = list(day_statuses(calendar))
        around = dt.timedelta(days=1)
        self.working = [status.date for status in statuses if status.is_working]
        self.all = [
            calendar.first_day - around,
            *(status.date for status in statuses),
            calendar.last_day + around,
        ]
        self.slots: list[Slot] = list(itertools.product(self.all, calendar.sessions))


class _Mutable:
    """A plan with what there is to change in it."""

    def __init__(self, scenario: Scenario, dates: _Dates, plan: Timetable) -> None:
        self.plan = plan
        self.dates = dates
        self.sizes = {
            (cohort.id, module.id): module.sessions
            for cohort in scenario.all_cohorts
            for module in scenario.programme_by_id[cohort.programme].modules
        }
        self.lecturers = [lecturer.id for lecturer in scenario.lecturers]
        self.rooms = [f"{venue.id}/{room.id}" for venue in scenario.venues for room in venue.rooms]

    def with_meeting(self, old: Meeting, *new: Meeting) -> Timetable:
        """Put other meetings in the place of one."""
        return timetable(self.plan.cohorts, (*(each for each in self.plan.meetings if each is not old), *new))

    def with_cohort(
        self, old: PlannedCohort, new: PlannedCohort, change: Callable[[Meeting], Meeting] = lambda same: same
    ) -> Timetable:
        """Put another entry in the place of a class's, and change all its meetings."""
        return timetable(
            (new if each is old else each for each in self.plan.cohorts),
            (change(each) if each.cohorts == (old.id,) else each for each in self.plan.meetings),
        )


def _missing(plan: _Mutable) -> Iterator[Timetable]:
    """Leave out a meeting, all meetings of a class, a class with its meetings."""
    for meeting in plan.plan.meetings:
        yield plan.with_meeting(meeting)
    for cohort in plan.plan.cohorts:
        meetings = [meeting for meeting in plan.plan.meetings if meeting.cohorts != (cohort.id,)]
        yield timetable(plan.plan.cohorts, meetings)
        yield timetable((each for each in plan.plan.cohorts if each is not cohort), meetings)


def _not_once(plan: _Mutable) -> Iterator[Timetable]:
    """Hold a meeting twice or in two parts, shorten or lengthen it, name two lecturers."""
    slots = plan.dates.slots
    for meeting in plan.plan.meetings:
        last = slots.index(meeting.sessions[-1])
        for slot in slots:
            yield plan.with_meeting(meeting, meeting, _changed(meeting, sessions=(slot,)))
        yield plan.with_meeting(
            meeting, _changed(meeting, sessions=(*meeting.sessions, *slots[last + 1 : last + 2]))
        )
        if len(meeting.sessions) > 1:
            parts = [
                _changed(meeting, sessions=part) for part in (meeting.sessions[:1], meeting.sessions[1:])
            ]
            yield plan.with_meeting(meeting, *parts)
            yield plan.with_meeting(meeting, parts[0])
        for pair in itertools.combinations(plan.lecturers, 2):
            yield plan.with_meeting(meeting, _changed(meeting, lecturers=pair))


def _other_lecturer(plan: _Mutable) -> Iterator[Timetable]:
    """Let someone else teach, or nobody."""
    for meeting in plan.plan.meetings:
        for lecturers in [(), *((name,) for name in plan.lecturers)]:
            if lecturers != meeting.lecturers:
                yield plan.with_meeting(meeting, _changed(meeting, lecturers=lecturers))


def _one_lecturer(plan: _Mutable) -> Iterator[Timetable]:
    """Let one lecturer teach in the place of another wherever that one does."""
    for old, new in itertools.permutations(plan.lecturers, 2):
        yield timetable(
            plan.plan.cohorts,
            (
                _changed(meeting, lecturers=(new,)) if meeting.lecturers == (old,) else meeting
                for meeting in plan.plan.meetings
            ),
        )


def _other_room(plan: _Mutable) -> Iterator[Timetable]:
    """Hold one meeting in another room, or in none."""
    for meeting in plan.plan.meetings:
        for room in (None, *plan.rooms):
            if room != meeting.room:
                yield plan.with_meeting(meeting, _changed(meeting, room=room))


def _other_home(plan: _Mutable) -> Iterator[Timetable]:
    """Move a class with all its meetings to another room."""
    for cohort in plan.plan.cohorts:
        for room in plan.rooms:

            def moved(meeting: Meeting, room: str = room) -> Meeting:
                return meeting if meeting.room is None else _changed(meeting, room=room)

            if room != cohort.room:
                yield plan.with_cohort(cohort, _placed(cohort, room=room), moved)


def _other_time(plan: _Mutable) -> Iterator[Timetable]:
    """Move a meeting, its sessions side by side."""
    slots = plan.dates.slots
    for meeting in plan.plan.meetings:
        length = len(meeting.sessions)
        for start in range(len(slots) - length + 1):
            yield plan.with_meeting(meeting, _changed(meeting, sessions=tuple(slots[start : start + length])))


def _torn(plan: _Mutable) -> Iterator[Timetable]:
    """Move one session of a longer meeting."""
    for meeting in plan.plan.meetings:
        if len(meeting.sessions) > 1:
            for index, slot in itertools.product(range(len(meeting.sessions)), plan.dates.slots):
                others = [*meeting.sessions[:index], *meeting.sessions[index + 1 :]]
                if slot not in others:
                    sessions = tuple(sorted((*others, slot), key=plan.dates.slots.index))
                    yield plan.with_meeting(meeting, _changed(meeting, sessions=sessions))


def _swapped(plan: _Mutable) -> Iterator[Timetable]:
    """Exchange the times of two meetings, or their lecturers."""
    for one, other in itertools.combinations(plan.plan.meetings, 2):
        for key in ("sessions", "lecturers"):
            ones, others = getattr(one, key), getattr(other, key)
            if len(ones) == len(others):
                meetings = [each for each in plan.plan.meetings if each is not one and each is not other]
                swapped = [_changed(one, **{key: others}), _changed(other, **{key: ones})]
                yield timetable(plan.plan.cohorts, [*meetings, *swapped])


def _other_end(plan: _Mutable) -> Iterator[Timetable]:
    """Let a class open or close on another date, its meetings staying where they are."""
    for cohort, date in itertools.product(plan.plan.cohorts, plan.dates.all):
        yield plan.with_cohort(cohort, _placed(cohort, opens=date))
        yield plan.with_cohort(cohort, _placed(cohort, closes=date))


def _shifted(plan: _Mutable) -> Iterator[Timetable]:
    """Move a class with all its meetings by working days."""
    working = plan.dates.working
    for cohort, days in itertools.product(plan.plan.cohorts, range(-len(working), len(working))):
        moved = {date: working[i + days] for i, date in enumerate(working) if 0 <= i + days < len(working)}
        if days and {cohort.opens, cohort.closes} <= moved.keys():

            def later(meeting: Meeting, moved: dict[dt.date, dt.date] = moved) -> Meeting:
                return _changed(
                    meeting, sessions=tuple((moved[date], name) for date, name in meeting.sessions)
                )

            placed = _placed(cohort, opens=moved[cohort.opens], closes=moved[cohort.closes])
            yield plan.with_cohort(cohort, placed, later)


def _said_left_out(plan: _Mutable) -> Iterator[Timetable]:
    """Say of a class that it is left out."""
    for cohort in plan.plan.cohorts:
        record = PartialRecord(left_out=(LeftOut(cohort=cohort.id),))
        yield plan.plan.model_copy(update={"partial": record})


_KINDS: tuple[Callable[[_Mutable], Iterator[Timetable]], ...] = (
    _missing,
    _not_once,
    _other_lecturer,
    _one_lecturer,
    _other_room,
    _other_home,
    _other_time,
    _torn,
    _swapped,
    _other_end,
    _shifted,
    _said_left_out,
)


def _changed(meeting: Meeting, **values: object) -> Meeting:
    return meeting.model_copy(update=values)


def _placed(cohort: PlannedCohort, **values: object) -> PlannedCohort:
    return cohort.model_copy(update=values)

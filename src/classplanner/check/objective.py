"""Recomputes what a plan costs: the terms of the objective, and which object costs how much of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from classplanner.check.view import Course, View
from classplanner.rules import Fact, Statement
from classplanner.timetable import Terms

__all__ = ["Cost", "Term", "costs", "terms"]

Term = Literal["fees", "rooms", "order", "delay", "preference", "overload"]


@dataclass(frozen=True)
class Cost:
    """What one object adds to one term of the objective.

    Attributes
    ----------
    term
        Which term.
    count
        How many units of it: sessions, class days, days away or late, ranks, sessions too many; above 0.
    amount
        In equivalent VND; 0 if the unit has no weight or price.
    subject
        The object, with the numbers behind `count`.
    """

    term: Term
    count: int
    amount: int
    subject: Statement


def costs(view: View) -> tuple[Cost, ...]:
    """List what each object costs, term by term; the amounts of a term add up to it."""
    return (
        *_fees(view),
        *_rooms(view),
        *_order(view),
        *_delay(view),
        *_preference(view),
        *_overload(view),
    )


def terms(items: Iterable[Cost]) -> Terms:
    """Add up costs to the terms of the objective."""
    sums: Counter[str] = Counter()
    for item in items:
        sums[item.term] += item.amount
    return Terms(**sums)


def _cost(term: Term, count: int, unit: int, /, **facts: Fact) -> Cost:
    return Cost(term, count, count * unit, Statement(f"check.cost.{term}", tuple(facts.items())))


def _fees(view: View) -> Iterator[Cost]:
    weight = view.setting.scenario.objective.fees
    for name, lecturer in view.setting.lecturers.items():
        sessions = _sessions(view, name)
        if sessions:
            yield _cost(
                "fees",
                sessions,
                weight * lecturer.fee,
                lecturer=name,
                sessions=sessions,
                fee=lecturer.fee,
            )


def _rooms(view: View) -> Iterator[Cost]:
    weight = view.setting.scenario.objective.rooms
    used: Counter[str] = Counter()
    for course in view.courses.values():
        used[course.planned.room] += course.end - course.first
    for name, days in sorted(used.items()):
        room = view.setting.rooms.get(name)
        if room is not None and days:
            price = room.daily_cost
            yield _cost("rooms", days, weight * price, room=name, days=days, price=price)


def _order(view: View) -> Iterator[Cost]:
    weight = view.setting.scenario.objective.order
    for course, module, lessons in view.modules:
        if not lessons:
            continue
        begin = min(lesson.positions[0] for lesson in lessons)
        day = begin // view.setting.sessions_per_day - course.first
        nominal = course.curriculum.nominal_days[module.id]
        if day != nominal:
            yield _cost(
                "order",
                abs(day - nominal),
                weight,
                cohort=course.cohort.id,
                module=module.id,
                day=day + 1,
                nominal=nominal + 1,
                days=abs(day - nominal),
            )


def _delay(view: View) -> Iterator[Cost]:
    weight = view.setting.scenario.objective.delay
    for name, course in view.courses.items():
        earliest = _earliest_opening(view, course)
        days = course.first - earliest
        if days > 0:
            date = view.setting.working.dates[earliest]
            yield _cost("delay", days, weight, cohort=name, date=date, days=days)


def _earliest_opening(view: View, course: Course) -> int:
    calendar, cohort = view.setting.scenario.calendar, course.cohort
    bounds = (calendar.first_day, cohort.opens_from, cohort.opens)
    return view.setting.working.index(max(bound for bound in bounds if bound is not None))


def _preference(view: View) -> Iterator[Cost]:
    weight = view.setting.scenario.objective.preference
    for lesson in view.lessons:
        meeting = lesson.meeting
        cohort = view.setting.cohorts.get(meeting.cohorts[0])
        module = view.setting.curriculum(cohort).modules.get(meeting.module) if cohort else None
        if cohort is None or module is None:
            continue
        for lecturer in meeting.lecturers:
            rank = module.lecturers.index(lecturer) if lecturer in module.lecturers else 0
            if rank:
                yield _cost(
                    "preference",
                    rank,
                    weight,
                    cohort=cohort.id,
                    module=module.id,
                    lecturer=lecturer,
                    choice=rank + 1,
                )


def _overload(view: View) -> Iterator[Cost]:
    weight = view.setting.scenario.objective.overload
    for name, lecturer in view.setting.lecturers.items():
        target = lecturer.target_sessions
        sessions = _sessions(view, name)
        if target is not None and sessions > target:
            yield _cost(
                "overload",
                sessions - target,
                weight,
                lecturer=name,
                sessions=sessions,
                target=target,
                above=sessions - target,
            )


def _sessions(view: View, lecturer: str) -> int:
    return sum(len(lesson.slots) for lesson in view.by_lecturer.get(lecturer, ()))

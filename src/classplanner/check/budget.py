"""Judges what a plan spends each year against the budget, in VND and without any weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from classplanner.check.evidence import found
from classplanner.check.registry import Finding, checks
from classplanner.check.view import View
from classplanner.rules import catalogue

__all__ = ["budget"]


@checks("budget")
def budget(view: View) -> Iterator[Finding]:
    """Find years whose fees and rooms cost more than their budget."""
    amounts = view.setting.scenario.budget
    if not amounts:
        return
    fees, rooms = _fees(view), _rooms(view)
    for year, amount in sorted(amounts.items()):
        total = fees[year] + rooms[year]
        if total > amount:
            spent = found("spent", fees=fees[year], rooms=rooms[year], total=total, excess=total - amount)
            yield catalogue.budget(year, amount), [spent]


def _fees(view: View) -> Counter[int]:
    """Sum up the fees by year of the sessions."""
    spent: Counter[int] = Counter()
    for name, lecturer in view.setting.lecturers.items():
        for lesson in view.by_lecturer.get(name, ()):
            for date, _ in lesson.slots:
                spent[date.year] += lecturer.fee
    return spent


def _rooms(view: View) -> Counter[int]:
    """Sum up the costs of the home rooms by year of the class days."""
    spent: Counter[int] = Counter()
    for course in view.courses.values():
        room = view.setting.rooms.get(course.planned.room)
        if room is not None:
            for date in view.class_dates(course):
                spent[date.year] += room.daily_cost
    return spent

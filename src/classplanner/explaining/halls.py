"""Counts halls: class days against days on which halls are open, and classes against runs of such days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Truths
from classplanner.explaining.flows import Flow
from classplanner.explaining.places import rooms_suitable
from classplanner.explaining.shortages import Shortage, shortage
from classplanner.explaining.spans import Span

__all__ = ["hall_shortages"]

_MOST_WINDOWS = 400
_MOST_ARCS = 1_000_000


def hall_shortages(problem: Problem, windows: list[Span]) -> Iterator[Shortage]:
    """Find classes for which there are too few hall days, or too few long enough runs of them.

    Parameters
    ----------
    windows
        The days each class can use.
    """
    halls = _Halls(problem, _open(problem), rooms_suitable(problem))
    alone = [one for span in windows for one in _alone(halls, span)]
    yield from alone
    if alone:
        return
    found = next(_runs(halls, windows), None) or next(_days(halls, windows), None)
    if found is not None:
        yield found


class _Halls(NamedTuple):
    """The halls of a problem.

    Attributes
    ----------
    opened
        Days on which each room is open; shape (rooms, days).
    suitable
        Rooms that each class can have; shape (cohorts, rooms).
    """

    problem: Problem
    opened: Truths
    suitable: Truths


def _open(problem: Problem) -> Truths:
    opened = np.ones((len(problem.room_names), len(problem.days)), dtype=bool)
    for closed in problem.closures:
        opened[np.ix_(problem.closed_rooms(closed), closed.days)] = False
    return opened


def _usable(halls: _Halls, span: Span) -> Truths:
    """Mark the hall days of which a class can make use: in runs as long as it needs; shape (rooms, days)."""
    usable = halls.opened & halls.suitable[span.cohort][:, None]
    usable[:, : span.first] = False
    usable[:, span.last + 1 :] = False
    length = int(halls.problem.cohort_days[span.cohort])
    if usable.shape[1] < length:
        return np.zeros_like(usable)
    runs = np.lib.stride_tricks.sliding_window_view(usable, length, axis=1).all(axis=2)
    covered = np.zeros((usable.shape[0], usable.shape[1] + 1), dtype=np.int64)
    covered[:, : runs.shape[1]] += runs
    covered[:, length : length + runs.shape[1]] -= runs
    marked: Truths = np.cumsum(covered, axis=1)[:, :-1] > 0
    return marked


def _alone(halls: _Halls, span: Span) -> Iterator[Shortage]:
    """See whether any hall that a class can have is open long enough."""
    if _usable(halls, span).any():
        return
    problem = halls.problem
    data = problem.cohorts[span.cohort]
    inside = halls.opened[halls.suitable[span.cohort], span.first : span.last + 1]
    longest = max((_longest(row) for row in inside), default=0)
    yield shortage(
        "hall-run",
        data.programme.days,
        longest,
        (data.cohort.id,),
        cohort=data.cohort.id,
        size=data.cohort.size,
        first=problem.dates[span.first],
        last=problem.dates[span.last],
    )


def _longest(row: Truths) -> int:
    return max(_run_lengths(row), default=0)


def _run_lengths(row: Truths) -> list[int]:
    """Return the lengths of the runs of marked days."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
    lengths: list[int] = (edges[1::2] - edges[::2]).tolist()
    return lengths


def _runs(halls: _Halls, windows: list[Span]) -> Iterator[Shortage]:
    """Compare the classes within a stretch of time with how many fit into the halls one after another."""
    firsts = sorted({span.first for span in windows})
    lasts = sorted({span.last for span in windows})
    for first in firsts if len(firsts) * len(lasts) <= _MOST_WINDOWS else firsts[:1]:
        for last in lasts if len(firsts) * len(lasts) <= _MOST_WINDOWS else lasts[-1:]:
            within = [span.cohort for span in windows if first <= span.first and span.last <= last]
            if within:
                yield from _within(halls, within, first, last)


def _within(halls: _Halls, classes: list[int], first: int, last: int) -> Iterator[Shortage]:
    problem = halls.problem
    length = int(problem.cohort_days[classes].min())
    inside = halls.opened[halls.suitable[classes].any(axis=0), first : last + 1]
    there = sum(run // length for row in inside for run in _run_lengths(row))
    if there < len(classes):
        yield shortage(
            "halls",
            len(classes),
            there,
            _ids(problem, classes),
            days=length,
            first=problem.dates[first],
            last=problem.dates[last],
        )


def _days(halls: _Halls, windows: list[Span]) -> Iterator[Shortage]:
    """Find classes that need more hall days than there are for them: a Hall set over classes and days."""
    problem = halls.problem
    alike: dict[tuple[int, int, int, bytes], list[Span]] = {}
    for span in windows:
        suitable = halls.suitable[span.cohort].tobytes()
        key = int(problem.cohort_days[span.cohort]), span.first, span.last, suitable
        alike.setdefault(key, []).append(span)
    kinds = list(alike.values())
    rooms, days = halls.opened.shape
    if len(kinds) * rooms * days > _MOST_ARCS:
        return
    number = np.array([len(kind) for kind in kinds], dtype=np.int64)
    flow = Flow(number * problem.cohort_days[[kind[0].cohort for kind in kinds]])
    by_day = flow.add_nodes(len(kinds) * days)
    hall_day = flow.add_nodes(rooms * days)
    flow.add_arcs(hall_day + np.arange(rooms * days), -1, 1)
    for index, kind in enumerate(kinds):
        usable = _usable(halls, kind[0])
        room, day = np.nonzero(usable)
        own = by_day + index * days
        flow.add_arcs(own + day, hall_day + room * days + day)
        usable_days = np.flatnonzero(usable.any(axis=0))
        flow.add_arcs(np.full(len(usable_days), index), own + usable_days, int(number[index]))
    unmet = flow.unmet()
    if unmet:
        concerned = [span for kind in unmet for span in kinds[kind]]
        yield shortage(
            "hall-days",
            int(flow.demands[unmet].sum()),
            flow.met(unmet),
            _ids(problem, [span.cohort for span in concerned]),
            number=len(concerned),
            first=problem.dates[min(span.first for span in concerned)],
            last=problem.dates[max(span.last for span in concerned)],
        )


def _ids(problem: Problem, classes: list[int] | Integers) -> tuple[str, ...]:
    return tuple(problem.cohorts[cohort].cohort.id for cohort in classes)

"""Counts halls: class days against days on which halls are open, and classes against runs of such days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Truths
from classplanner.explaining.flows import Flow
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
    opened = _open(problem)
    alone = [one for span in windows for one in _alone(problem, opened, span)]
    yield from alone
    if alone:
        return
    found = next(_runs(problem, opened, windows), None) or next(_days(problem, opened, windows), None)
    if found is not None:
        yield found


def _open(problem: Problem) -> Truths:
    """Mark the days on which each room is open; shape (rooms, days)."""
    opened = np.ones((len(problem.room_names), len(problem.days)), dtype=bool)
    for closed in problem.closures:
        opened[np.ix_(problem.closed_rooms(closed), closed.days)] = False
    return opened


def _usable(problem: Problem, opened: Truths, span: Span) -> Truths:
    """Mark the hall days of which a class can make use: in runs as long as it needs; shape (rooms, days)."""
    data = problem.cohorts[span.cohort]
    usable = opened & (problem.room_capacity >= data.cohort.size)[:, None]
    usable[:, : span.first] = False
    usable[:, span.last + 1 :] = False
    length = data.programme.days
    if usable.shape[1] < length:
        return np.zeros_like(usable)
    runs = np.lib.stride_tricks.sliding_window_view(usable, length, axis=1).all(axis=2)
    covered = np.zeros((usable.shape[0], usable.shape[1] + 1), dtype=np.int64)
    covered[:, : runs.shape[1]] += runs
    covered[:, length : length + runs.shape[1]] -= runs
    marked: Truths = np.cumsum(covered, axis=1)[:, :-1] > 0
    return marked


def _alone(problem: Problem, opened: Truths, span: Span) -> Iterator[Shortage]:
    """See whether any hall with enough seats is open long enough for one class."""
    data = problem.cohorts[span.cohort]
    if _usable(problem, opened, span).any():
        return
    seats = problem.room_capacity >= data.cohort.size
    inside = opened[seats, span.first : span.last + 1]
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


def _runs(problem: Problem, opened: Truths, windows: list[Span]) -> Iterator[Shortage]:
    """Compare the classes within a stretch of time with how many fit into the halls one after another."""
    firsts = sorted({span.first for span in windows})
    lasts = sorted({span.last for span in windows})
    for first in firsts if len(firsts) * len(lasts) <= _MOST_WINDOWS else firsts[:1]:
        for last in lasts if len(firsts) * len(lasts) <= _MOST_WINDOWS else lasts[-1:]:
            within = [span.cohort for span in windows if first <= span.first and span.last <= last]
            if within:
                yield from _within(problem, opened, within, first, last)


def _within(
    problem: Problem, opened: Truths, classes: list[int], first: int, last: int
) -> Iterator[Shortage]:
    length = int(problem.cohort_days[classes].min())
    seats = problem.room_capacity >= problem.cohort_sizes[classes].min()
    inside = opened[seats, first : last + 1]
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


def _days(problem: Problem, opened: Truths, windows: list[Span]) -> Iterator[Shortage]:
    """Find classes that need more hall days than there are for them: a Hall set over classes and days."""
    kinds: dict[tuple[int, int, int, int], list[int]] = {}
    for span in windows:
        size = int(problem.cohort_sizes[span.cohort])
        key = (int(problem.cohort_days[span.cohort]), span.first, span.last, size)
        kinds.setdefault(key, []).append(span.cohort)
    number = np.array([len(members) for members in kinds.values()], dtype=np.int64)
    length = np.array([key[0] for key in kinds], dtype=np.int64)
    rooms, days = len(problem.room_names), len(problem.days)
    if len(kinds) * rooms * days > _MOST_ARCS:
        return
    flow = Flow(number * length)
    by_day = flow.add_nodes(len(kinds) * days)
    hall_day = flow.add_nodes(rooms * days)
    every = np.arange(rooms * days)
    flow.add_arcs(hall_day + every, -1, 1)
    for kind, (_, first, last, _) in enumerate(kinds):
        cohort = next(iter(list(kinds.values())[kind]))
        usable = _usable(problem, opened, Span(cohort, first, last))
        room, day = np.nonzero(usable)
        own = by_day + kind * days
        flow.add_arcs(own + day, hall_day + room * days + day)
        usable_days = np.flatnonzero(usable.any(axis=0))
        flow.add_arcs(np.full(len(usable_days), kind), own + usable_days, int(number[kind]))
    unmet = flow.unmet()
    if unmet:
        members = list(kinds.values())
        keys = list(kinds)
        yield shortage(
            "hall-days",
            int(flow.demands[unmet].sum()),
            flow.met(unmet),
            _ids(problem, [cohort for kind in unmet for cohort in members[kind]]),
            number=int(number[unmet].sum()),
            first=problem.dates[min(keys[kind][1] for kind in unmet)],
            last=problem.dates[max(keys[kind][2] for kind in unmet)],
        )


def _ids(problem: Problem, classes: list[int] | Integers) -> tuple[str, ...]:
    return tuple(problem.cohorts[cohort].cohort.id for cohort in classes)

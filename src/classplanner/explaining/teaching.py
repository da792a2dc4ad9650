"""Counts lecturers: sessions that modules need against those that their lecturers have to give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Truths
from classplanner.explaining.flows import Flow
from classplanner.explaining.shortages import Shortage, shortage
from classplanner.explaining.spans import Span
from classplanner.solve.prices import Capacity

__all__ = ["course_shortages", "teaching_shortages"]

_MOST_ARCS = 2_000_000
# More modules or lecturers than this are not named, but counted.
_FEW = 8


class _Kind(NamedTuple):
    """Classes that take the same programme in the same days."""

    programme: str
    first: int
    last: int


class _Demand(NamedTuple):
    """A module that classes of a kind need."""

    kind: _Kind
    module: int
    sessions: int


def _kinds(problem: Problem, windows: list[Span]) -> dict[_Kind, list[int]]:
    kinds: dict[_Kind, list[int]] = {}
    for span in windows:
        programme = problem.cohorts[span.cohort].cohort.programme
        kinds.setdefault(_Kind(programme, span.first, span.last), []).append(span.cohort)
    return kinds


def teaching_shortages(problem: Problem, windows: list[Span]) -> Iterator[Shortage]:
    """Find modules whose lecturers have too few sessions to give: a Hall set over lecturers and days.

    A lecturer gives so many sessions a day, a week and in all, on days on which he or she is free for a
    module. Modules are drawn together where they share lecturers.
    """
    kinds = _kinds(problem, windows)
    demands = [
        _Demand(kind, int(module), len(members) * int(problem.module_sessions[module]))
        for kind, members in kinds.items()
        for module in problem.cohorts[members[0]].programme.modules
        if len(problem.modules[module].lecturers)
    ]
    flow = _network(problem, demands)
    unmet = flow.unmet() if flow is not None else []
    if flow is None or not unmet:
        return
    chosen = [demands[index] for index in unmet]
    classes = list(dict.fromkeys(cohort for demand in chosen for cohort in kinds[demand.kind]))
    modules = list(dict.fromkeys((demand.kind.programme, demand.module) for demand in chosen))
    lecturers = dict.fromkeys(
        int(lecturer) for _, module in modules for lecturer in problem.modules[module].lecturers
    )
    names = problem.scenario.lecturers
    few = len(modules) <= _FEW and len(lecturers) <= _FEW
    yield shortage(
        "lecturers" if few else "lecturers-many",
        sum(demand.sessions for demand in chosen),
        flow.met(unmet),
        tuple(problem.cohorts[cohort].cohort.id for cohort in classes),
        programme=modules[0][0],
        modules=tuple(problem.modules[module].module.id for _, module in modules),
        lecturers=tuple(names[lecturer].id for lecturer in lecturers),
        people=len(lecturers),
        many=len(modules),
        number=len(classes),
        first=problem.dates[min(demand.kind.first for demand in chosen)],
        last=problem.dates[max(demand.kind.last for demand in chosen)],
    )


def _network(problem: Problem, demands: list[_Demand]) -> Flow | None:
    """Draw the network: demands, then lecturers by day, by week, in all."""
    lecturers, days = len(problem.scenario.lecturers), len(problem.days)
    arcs = sum(
        len(problem.modules[one.module].lecturers) * max(0, one.kind.last - one.kind.first + 1)
        for one in demands
    )
    if not demands or arcs > _MOST_ARCS:
        return None
    capacity = Capacity(problem)
    flow = Flow(np.array([one.sessions for one in demands], dtype=np.int64))
    by_day = flow.add_nodes(lecturers * days)
    by_week = flow.add_nodes(lecturers * capacity.weeks)
    in_all = flow.add_nodes(lecturers)
    free = capacity.free.reshape(lecturers, days, -1)
    who, day = np.divmod(np.arange(lecturers * days), days)
    week = by_week + who * capacity.weeks + capacity.week_of_day[day]
    a_day = np.minimum(capacity.a_day[who], free.sum(axis=2).reshape(-1))
    flow.add_arcs(by_day + np.arange(lecturers * days), week, a_day)
    weeks = np.arange(lecturers * capacity.weeks)
    flow.add_arcs(by_week + weeks, in_all + weeks // capacity.weeks, capacity.a_week[weeks // capacity.weeks])
    flow.add_arcs(in_all + np.arange(lecturers), -1, capacity.in_all)
    for index, one in enumerate(demands):
        able = problem.modules[one.module].lecturers
        fits = _days_for(problem, one.module, free[able])
        fits[:, : one.kind.first] = False
        fits[:, one.kind.last + 1 :] = False
        lecturer, at = np.nonzero(fits)
        flow.add_arcs(np.full(len(at), index), by_day + able[lecturer] * days + at)
    return flow


def _days_for(problem: Problem, module: int, free: Truths) -> Truths:
    """Mark the days on which lecturers are free for (a part of) a module; shape (lecturers, days)."""
    starts = _starts(problem, module)
    sessions, per_day = int(problem.module_sessions[module]), problem.sessions_per_day
    if sessions > per_day:
        return np.asarray(free.any(axis=2))
    fits: Truths = np.zeros(free.shape[:2], dtype=bool)
    for start in starts:
        if start + sessions <= per_day:
            fits[free[:, :, start : start + sessions].all(axis=2)] = True
    return fits


def _starts(problem: Problem, module: int) -> list[int]:
    """Return the sessions of the day, by position, in which a module may start."""
    allowed = problem.modules[module].module.start_sessions
    sessions = problem.scenario.calendar.sessions
    return [index for index, name in enumerate(sessions) if allowed is None or name in allowed]


def course_shortages(problem: Problem, windows: list[Span]) -> Iterator[Shortage]:
    """Find, in classes whose days are fixed, modules for which too few half days come into question.

    A Hall set over the modules of one class and its half days: those on which a lecturer is free for a
    module, in the days that its window leaves.
    """
    lecturers, slots_in_all = len(problem.scenario.lecturers), len(problem.days) * problem.sessions_per_day
    free = Capacity(problem).free if lecturers else np.ones((0, slots_in_all), dtype=bool)
    for span in windows:
        data = problem.cohorts[span.cohort]
        if span.days != data.programme.days:
            continue
        flow = Flow(problem.module_sessions[data.programme.modules])
        slots = flow.add_nodes(span.days * problem.sessions_per_day)
        flow.add_arcs(slots + np.arange(span.days * problem.sessions_per_day), -1, 1)
        for index, module in enumerate(data.programme.modules):
            possible = np.flatnonzero(_slots(problem, free, span, int(module)))
            flow.add_arcs(np.full(len(possible), index), slots + possible, 1)
        unmet = flow.unmet()
        if unmet:
            yield shortage(
                "course",
                int(flow.demands[unmet].sum()),
                flow.met(unmet),
                (data.cohort.id,),
                cohort=data.cohort.id,
                modules=tuple(problem.modules[data.programme.modules[index]].module.id for index in unmet),
                first=problem.dates[span.first],
                last=problem.dates[span.last],
            )


def _slots(problem: Problem, everybody: Truths, span: Span, module: int) -> Truths:
    """Mark the slots of a course that a module can take some session of; shape (slots,)."""
    data, per_day = problem.modules[module], problem.sessions_per_day
    sessions, length = int(problem.module_sessions[module]), span.days * problem.sessions_per_day
    first = span.first * per_day
    if len(data.lecturers):
        free = everybody[data.lecturers, first : first + length]
    else:
        free = np.ones((1, length), dtype=bool)
    begin, end = (data.module.earliest_day - 1) * per_day, (data.module.latest_day or span.days) * per_day
    free = free.copy()
    free[:, :begin] = False
    free[:, end:] = False
    start: Integers = np.arange(length)
    at = start % per_day
    shape = at + sessions <= per_day if sessions <= per_day else at == 0
    possible = np.zeros(length, dtype=bool)
    for slot in start[shape & np.isin(at, _starts(problem, module))]:
        if slot + sessions <= length and free[:, slot : slot + sessions].all(axis=1).any():
            possible[slot : slot + sessions] = True
    return possible

"""What each course costs at least under prices, as an assignment of sessions to slots.

Each session of each module is given a slot of its own, at its share of what the module costs when it starts
accordingly, with the cheapest lecturer. A course keeps all that: no two sessions share a slot. What is left
out is that the sessions of a module must fit together, the order of modules, and loads; so the cheapest
assignment is a lower bound. It takes a tenth of a millisecond (`scipy.optimize.linear_sum_assignment`;
Crouse, "On implementing 2D rectangular assignment algorithms", 2016), and is exact: costs are whole numbers
below 2^53.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from classplanner.compile import Integers, Problem
from classplanner.encode import Openings, encode_starts
from classplanner.solve.prices import Capacity

__all__ = ["Assignments", "Layout", "PricedModules"]

_DEAREST = 10**9
"""What costs more in one module counts as this much: a bound may be lower than it could be."""
_FORBIDDEN = 10**12
"""More than all modules of a course cost together, and small enough for sums to be exact."""


@dataclass(frozen=True)
class Layout:
    """Where the modules of a programme may start in a course, and what that costs.

    Attributes
    ----------
    cost
        Of each module and slot, in VND; `_FORBIDDEN` where it cannot start. Shape (modules, slots).
    module, part
        Of each session: its module, counted from the programme's first, and its number in the module.
    sessions
        Of each module; shape (modules,).
    """

    cost: Integers
    module: Integers
    part: Integers
    sessions: Integers


@dataclass(frozen=True)
class PricedModules:
    """The cheapest lecturer of each module and slot of the calendar; shape (modules, slots) each.

    Attributes
    ----------
    cost
        Fee, rank and prices, in VND; `_FORBIDDEN` where nobody is free.
    lecturer
        The position; -1 for none.
    """

    cost: Integers
    lecturer: Integers


class Assignments:
    """Bounds of the courses of a problem under prices."""

    def __init__(self, problem: Problem, capacity: Capacity) -> None:
        self.problem, self.capacity = problem, capacity
        self._layouts: dict[tuple[str, int], Layout] = {}

    def layout(self, cohort: int, day: int) -> Layout:
        """Return where the modules of a class that opens on a day may start; days mostly share it."""
        programme = self.problem.cohorts[cohort].programme.programme.id
        if (programme, day) not in self._layouts:
            self._find_layouts(cohort)
        return self._layouts[programme, day]

    def _find_layouts(self, cohort: int) -> None:
        """Have the rules of starts stated for all days, and keep what is the same but once."""
        problem = self.problem
        data = problem.cohorts[cohort].programme
        days = np.arange(max(0, len(problem.days) - data.days + 1))
        model = encode_starts(problem, Openings(np.full_like(days, cohort), days, np.zeros_like(days)))
        first, slots = int(data.modules[0]), data.days * problem.sessions_per_day
        start_cost = model.cost[model.first_start : model.first_lecture]
        bounds = np.searchsorted(model.starts.course, np.arange(len(days) + 1))
        known: dict[bytes, Layout] = {}
        for day, begin, end in zip(days.tolist(), bounds[:-1], bounds[1:], strict=True):
            cost = np.full((len(data.modules), slots), _FORBIDDEN)
            cost[model.starts.module[begin:end] - first, model.starts.slot[begin:end]] = _capped(
                start_cost[begin:end]
            )
            key = cost.tobytes()
            if key not in known:
                known[key] = _layout(cost, problem.module_sessions[data.modules])
            self._layouts[data.programme.id, day] = known[key]

    def price(self, modules: Integers, asked: Integers) -> PricedModules:
        """Find the cheapest lecturer of each module and slot.

        Parameters
        ----------
        modules
            Positions.
        asked
            What a session costs beside the fee; shape (lecturers, slots).
        """
        problem = self.problem
        weights, slots = problem.scenario.objective, asked.shape[1]
        fee = weights.fees * np.array([one.fee for one in problem.scenario.lecturers], dtype=np.int64)
        paid = np.where(self.capacity.free, np.minimum(asked, _DEAREST), _FORBIDDEN)
        runs = {1: paid}
        cost = np.zeros((len(modules), slots), dtype=np.int64)
        lecturer = np.full((len(modules), slots), -1)
        for index, position in enumerate(modules):
            data = problem.modules[position]
            if len(data.lecturers) == 0:
                continue
            sessions = data.module.sessions
            if sessions not in runs:
                runs[sessions] = _sums(paid, sessions)
            rank = np.arange(len(data.lecturers))
            own = fee[data.lecturers] * sessions + weights.preference * rank
            each = runs[sessions][data.lecturers] + own[:, None]
            best = each.argmin(axis=0)
            cost[index] = _capped(each[best, np.arange(slots)])
            lecturer[index] = data.lecturers[best]
        return PricedModules(cost, lecturer)

    def cheapest(self, layout: Layout, priced: PricedModules, day: int) -> tuple[int | None, Integers]:
        """Return what a course costs at least, None if it cannot be held, and the slot of each session."""
        slots = layout.cost.shape[1]
        if len(layout.module) > slots:
            return None, np.empty(0, dtype=np.int64)
        first = day * self.capacity.per_day
        cost = layout.cost + priced.cost[:, first : first + slots]
        share, rest = np.divmod(cost, layout.sessions[:, None])
        forbidden = cost >= _FORBIDDEN
        share[forbidden], rest[forbidden] = _FORBIDDEN, 0
        table = np.full((len(layout.module), slots), _FORBIDDEN)
        for part in range(int(layout.sessions.max())):
            session = np.flatnonzero(layout.part == part)
            source = layout.module[session]
            value = share[source] + (rest[source] if part == 0 else 0)
            table[session, part:] = value[:, : slots - part]
        session, slot = linear_sum_assignment(table)
        chosen = table[session, slot]
        return (None if (chosen >= _FORBIDDEN).any() else int(chosen.sum())), slot


def _capped(cost: Integers) -> Integers:
    """Keep what is forbidden apart from what is dear."""
    capped: Integers = np.where(cost >= _FORBIDDEN, _FORBIDDEN, np.minimum(cost, _DEAREST))
    return capped


def _layout(cost: Integers, sessions: Integers) -> Layout:
    module = np.repeat(np.arange(len(sessions)), sessions)
    part = np.arange(len(module)) - np.repeat(np.cumsum(sessions) - sessions, sessions)
    return Layout(cost, module, part, sessions)


def _sums(paid: Integers, sessions: int) -> Integers:
    """Add up runs of sessions from each slot on; runs beyond the calendar are forbidden."""
    slots = paid.shape[1]
    runs = np.full_like(paid, _FORBIDDEN)
    if sessions <= slots:
        total = np.cumsum(np.concatenate([np.zeros((len(paid), 1), dtype=np.int64), paid], axis=1), axis=1)
        runs[:, : slots - sessions + 1] = total[:, sessions:] - total[:, : slots - sessions + 1]
    return np.minimum(runs, _FORBIDDEN)

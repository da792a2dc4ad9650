"""What each course costs at least under prices, as an assignment of sessions to slots.

Each session of each module is given a slot of its own, at its share of what the module costs when it starts
accordingly, with the cheapest lecturer. A course keeps all that: no two sessions share a slot. What is left
out is that the sessions of a module must fit together, the order of modules, and loads; so the cheapest
assignment is a lower bound. It takes some microseconds (`matching`), and is exact: costs are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Openings, encode_starts
from classplanner.solve.courses import IMPOSSIBLE
from classplanner.solve.prices import Capacity

__all__ = ["DEAREST", "FORBIDDEN", "Assignments", "Layouts", "PricedModules"]

DEAREST = 10**9
"""What costs more in one module counts as this much: a bound may be lower than it could be."""
FORBIDDEN = 10**14
"""Twice as much as all modules of a course cost together, ties included (`ties`), at least."""


@dataclass(frozen=True)
class Layouts:
    """Where the modules of a programme may start in its courses, and who may teach them, at which cost.

    Attributes
    ----------
    cost
        Of starts, in VND; `FORBIDDEN` where a module cannot start. Shape (layouts, modules, slots).
    layout
        Of a course that begins on each day, as days mostly share theirs; shape (days,).
    module, part
        Of each session: its module, counted from the programme's first, and its number in the module.
    sessions
        Of each module; shape (modules,).
    first, lecturer, own
        Those who may teach module m are ``lecturer[first[m]:first[m + 1]]``; fee and rank of each, in VND.
    potential, chosen
        For each day: the potentials of slots, and the slot of each session and idle one, as the last prices
        left them; shape (days, slots) each.
    """

    cost: Integers
    layout: Integers
    module: Integers
    part: Integers
    sessions: Integers
    first: Integers
    lecturer: Integers
    own: Integers
    potential: Integers = field(repr=False)
    chosen: Integers = field(repr=False)


@dataclass(frozen=True)
class PricedModules:
    """The cheapest lecturer of each module and slot of the calendar; shape (modules, slots) each.

    Attributes
    ----------
    cost
        Fee, rank and prices, in VND; `FORBIDDEN` where nobody is free.
    lecturer
        The position; -1 for none.
    """

    cost: Integers
    lecturer: Integers


class Assignments:
    """Bounds of the courses of a problem under prices."""

    def __init__(self, problem: Problem, capacity: Capacity) -> None:
        self.problem, self.capacity = problem, capacity
        self._layouts: dict[str, Layouts] = {}

    def layouts(self, cohort: int) -> Layouts:
        """Return where the modules of a class may start; classes of a programme share it."""
        programme = self.problem.cohorts[cohort].programme.programme.id
        if programme not in self._layouts:
            self._layouts[programme] = self._find_layouts(cohort)
            self._compile(self._layouts[programme])
        return self._layouts[programme]

    def _compile(self, layouts: Layouts) -> None:
        """Have compiled what pricing needs, before any clock of a search runs."""
        nothing = np.zeros(self.capacity.free.shape, dtype=np.int64)
        self.cheapest(layouts, self.price(layouts, nothing), np.arange(0))

    def _find_layouts(self, cohort: int) -> Layouts:
        """Have the rules of starts stated for all days, and keep what is the same but once."""
        problem = self.problem
        data = problem.cohorts[cohort].programme
        days = np.arange(max(0, len(problem.days) - data.days + 1))
        model = encode_starts(problem, Openings(np.full_like(days, cohort), days, np.zeros_like(days)))
        first, slots = int(data.modules[0]), data.days * problem.sessions_per_day
        start_cost = model.cost[model.first_start : model.first_lecture]
        bounds = np.searchsorted(model.starts.course, np.arange(len(days) + 1))
        known: dict[bytes, int] = {}
        costs: list[Integers] = []
        layout = np.zeros(len(days), dtype=np.int64)
        for day, begin, end in zip(days.tolist(), bounds[:-1], bounds[1:], strict=True):
            cost = np.full((len(data.modules), slots), FORBIDDEN)
            cost[model.starts.module[begin:end] - first, model.starts.slot[begin:end]] = np.minimum(
                start_cost[begin:end], DEAREST
            )
            layout[day] = known.setdefault(cost.tobytes(), len(known))
            if len(known) > len(costs):
                costs.append(cost)
        sessions = problem.module_sessions[data.modules]
        module = np.repeat(np.arange(len(sessions)), sessions)
        part = np.arange(len(module)) - np.repeat(np.cumsum(sessions) - sessions, sessions)
        potential, chosen = np.zeros((2, len(days), slots), dtype=np.int64)
        stacked = np.array(costs, dtype=np.int64).reshape(len(costs), len(sessions), slots)
        lecturers = self._lecturers(data.modules)
        return Layouts(stacked, layout, module, part, sessions, *lecturers, potential, chosen)

    def _lecturers(self, modules: Integers) -> tuple[Integers, Integers, Integers]:
        """List who may teach each module, and what that costs whatever the slot."""
        problem = self.problem
        fee = np.array([one.fee for one in problem.scenario.lecturers], dtype=np.int64)
        qualified = [problem.modules[position].lecturers for position in modules]
        number = np.array([len(some) for some in qualified], dtype=np.int64)
        first = np.concatenate([[0], np.cumsum(number)])
        lecturer = np.concatenate([*qualified, np.empty(0, dtype=np.int64)])
        rank = np.arange(len(lecturer)) - np.repeat(first[:-1], number)
        sessions = np.repeat(problem.module_sessions[modules], number)
        weights = problem.scenario.objective
        return first, lecturer, weights.fees * fee[lecturer] * sessions + weights.preference * rank

    def price(self, layouts: Layouts, asked: Integers) -> PricedModules:
        """Find the cheapest lecturer of each module and slot.

        Parameters
        ----------
        asked
            What a session costs beside the fee; shape (lecturers, slots).
        """
        from classplanner.solve.matching import cheapest_lecturers  # noqa: PLC0415 - Numba takes half a second

        paid = np.where(self.capacity.free, np.minimum(asked, DEAREST), FORBIDDEN)
        cost = np.zeros((len(layouts.sessions), asked.shape[1]), dtype=np.int64)
        who = np.full_like(cost, -1)
        cheapest_lecturers(layouts.first, layouts.lecturer, layouts.own, layouts.sessions, paid, cost, who)
        return PricedModules(cost, who)

    def cheapest(self, layouts: Layouts, priced: PricedModules, days: Integers) -> tuple[Integers, Integers]:
        """Return what courses that begin on some days cost at least, and the slot of each of their sessions.

        Returns
        -------
        least
            `IMPOSSIBLE` for courses that cannot be held; shape (courses,).
        slots
            Shape (courses, sessions).
        """
        if len(layouts.module) > layouts.cost.shape[2]:
            return np.full(len(days), IMPOSSIBLE), layouts.chosen[days][:, : len(layouts.module)]
        least, layouts.potential[days], layouts.chosen[days] = self._match(layouts, priced, days)
        least[least >= FORBIDDEN // 2] = IMPOSSIBLE
        return least, layouts.chosen[days][:, : len(layouts.module)]

    def _match(
        self, layouts: Layouts, priced: PricedModules, days: Integers
    ) -> tuple[Integers, Integers, Integers]:
        """Return what courses cost at least, potentials and chosen slots; shape (courses, …)."""
        from classplanner.solve.matching import cheapest_courses  # noqa: PLC0415 - Numba takes half a second

        least = np.empty(len(days), dtype=np.int64)
        potential, chosen = layouts.potential[days], layouts.chosen[days]
        first, layout = days * self.capacity.per_day, layouts.layout[days]
        cheapest_courses(layouts.cost, layout, layouts.sessions, priced.cost, first, potential, chosen, least)
        return least, potential, chosen

"""Adapts a plan with as few changes as possible, and at the least cost among plans with so few.

1. Every opening of a class has a bound on the changes of that class: its dates, its room, the lessons that
   cannot stay. The sum of the least of each class bounds the changes of the whole.
2. Openings are admitted in the order of these bounds, in growing numbers, and the changes made as few as
   possible among them: first only lessons that cannot stay are decided anew, then those around them, then
   all. As soon as a plan meets the bound of all openings that are not admitted, it is proven.
3. With the number of changes limited, the cheapest plan is looked for, its changes priced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.diff import Tier
from classplanner.encode import (
    LEFT_OUT,
    Draft,
    Model,
    Openings,
    Part,
    Program,
    Truths,
    decode,
    encode,
    encode_openings,
    program_of,
    reduce_program,
)
from classplanner.replanning.base import Base
from classplanner.replanning.beforehand import NEVER, is_without_lecturers, least_cost
from classplanner.replanning.columns import (
    Changes,
    allowed_openings,
    changes_of,
    limit_people,
    opening_changes,
    with_limit,
)
from classplanner.replanning.surroundings import surroundings
from classplanner.solve import Control
from classplanner.solve.cpsat import decide
from classplanner.solve.relaxation import relax
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["Found", "Search"]

# CP-SAT gets nowhere with more columns than this.
_LARGEST = 400_000
# A class that is new may open on any day; so many openings of it are admitted at first.
_FIRST = 6
# What is so near the cheapest is good enough to begin with.
_NEARLY = 0.001


@dataclass(frozen=True)
class Found:
    """A plan.

    Attributes
    ----------
    cohorts, meetings
        The plan.
    number
        How many changes it takes, as the columns count them.
    cost
        What it costs with its changes, in equivalent VND.
    """

    cohorts: tuple[PlannedCohort, ...]
    meetings: tuple[Meeting, ...]
    number: int
    cost: int


class Search:
    """One run of replanning.

    Parameters
    ----------
    prices
        Of changes by tier, in equivalent VND.
    most_per_person
        Changed lessons that may concern one lecturer; None for no limit.
    on_progress
        Told of each better plan and bound.

    Attributes
    ----------
    best
        The plan with the fewest changes found so far, or the cheapest with so few.
    bound
        Proven: no plan takes fewer changes.
    feasible
        False once there is proven to be no plan.
    least_cost
        Proven: no plan of the scenario, whatever it changes, costs less, in equivalent VND.
    """

    def __init__(
        self,
        problem: Problem,
        base: Base,
        control: Control,
        *,
        prices: Mapping[Tier, int],
        most_per_person: int | None = None,
        seed: int = 1,
        on_progress: Callable[[Search], None] | None = None,
    ) -> None:
        self.problem, self.base, self.control = problem, base, control
        self._prices, self._most_per_person, self._seed = prices, most_per_person, seed
        self._on_progress = on_progress
        self.best: Found | None = None
        self.feasible: bool | None = None
        model = encode_openings(problem)
        table = model.openings
        self.least_cost = least_cost(problem, model)
        self._table = _chosen(table, allowed_openings(problem, base, table))
        least = self._least()
        number = len(problem.cohorts)
        fewest = np.full(number, NEVER, dtype=np.int64)
        np.minimum.at(fewest, self._table.cohort, least)
        self.bound = int(fewest.sum())
        self._extra = least - fewest[self._table.cohort]
        # In the last model: whether a larger one is worth stating is told before that takes its time.
        self._columns_an_opening = 0.0
        self._floor = self.bound
        if self.bound >= NEVER or is_without_lecturers(problem):
            self.feasible, self.bound = False, 0

    @property
    def proven(self) -> bool:
        """Whether no plan takes fewer changes than the one at hand."""
        return self.best is not None and self.best.number <= self.bound

    def _least(self) -> Integers:
        """Bound the changes of a class from below, opening by opening; shape (openings,)."""
        problem, base, table = self.problem, self.base, self._table
        moved, elsewhere = opening_changes(problem, base, table)
        first = problem.days[table.day]
        last = problem.days[table.day + problem.cohort_days[table.cohort] - 1]
        least = moved.astype(np.int64) + elsewhere
        for cohort in np.unique(table.cohort).tolist():
            mine = np.flatnonzero(table.cohort == cohort)
            lessons = slice(int(problem.first_lesson[cohort]), int(problem.first_lesson[cohort + 1]))
            taught = base.taught[lessons]
            lost, begin, end = base.lost[lessons], base.first[lessons], base.last[lessons]
            outside = (begin[None, :] < first[mine][:, None]) | (end[None, :] > last[mine][:, None])
            least[mine] += (taught & (lost | outside)).sum(axis=1)
        return least

    # --- the fewest changes

    def fewest(self, control: Control, most: int | None = None) -> None:
        """Look for the plan with the fewest changes.

        Parameters
        ----------
        most
            Plans with more changes are of no use.
        """
        if self.feasible is False:
            return
        for admitted, elsewhere in self._admissions():
            self._rings(admitted, elsewhere, control)
            limit = NEVER if most is None else most + 1
            if self.proven or control.stopped or self.bound >= limit:
                break
        if self.best is not None:
            self.feasible = True

    def _admissions(self) -> Iterator[tuple[Integers, int | None]]:
        """Go through growing choices of openings, each with what all others take at least (None: none do)."""
        turn = np.arange(len(self._extra)) - np.searchsorted(self._table.cohort, self._table.cohort)
        order = np.lexsort((turn, self._extra))
        per_class = np.zeros(len(self.problem.cohorts), dtype=np.int64)
        wanted = np.zeros(len(order), dtype=bool)
        for position, opening in enumerate(order.tolist()):
            cohort = self._table.cohort[opening]
            wanted[position] = self._extra[opening] == 0 and per_class[cohort] < _FIRST
            per_class[cohort] += 1
        order = np.concatenate([order[wanted], order[~wanted]])
        size = int(wanted.sum())
        while True:
            left = order[size:]
            elsewhere = self._floor + int(self._extra[left].min()) if len(left) else None
            if self.best is not None and elsewhere is not None and elsewhere >= self.best.number:
                # Plans over other openings cannot take fewer changes; what is admitted decides.
                elsewhere = None
            yield np.sort(order[:size]), elsewhere
            if not len(left):
                return
            most = NEVER if self.best is None else self.best.number
            worth = left[self._floor + self._extra[left] < most]
            if not len(worth):
                return
            size += min(len(worth), max(size, len(self.problem.cohorts)))

    def _rings(self, admitted: Integers, elsewhere: int | None, control: Control) -> None:
        """Decide more and more lessons anew over some openings."""
        openings = _chosen(self._table, admitted)
        for free, everything in surroundings(self.problem, self.base, openings):
            if control.stopped:
                return
            model = self._model(openings, free)
            self._columns_an_opening = len(model.upper) / max(1, len(admitted))
            if len(model.upper) > _LARGEST:
                return
            changes = self._changes(model)
            program = replace(program_of(model), cost=changes.number).without(changes.banned)
            most = None if self.best is None else self.best.number - 1
            bound = self._decide(model, changes, program, control, most)
            if everything:
                self._conclude(bound, elsewhere)
            if self.proven:
                return

    def _conclude(self, bound: int | None, elsewhere: int | None) -> None:
        """Draw from a bound over some openings, all lessons free, what it says of the whole."""
        best = NEVER if self.best is None else self.best.number
        here = best if bound is None else min(bound, best)
        whole = here if elsewhere is None else min(here, elsewhere)
        if whole >= NEVER:
            self.feasible = False
        elif whole > self.bound:
            self.bound = whole
            self._tell()

    # --- any plan near the one at hand

    def nearby(self, control: Control) -> None:
        """Look for a plan in the smallest surroundings that have one: the cheapest there, changes priced."""
        for admitted, _ in self._admissions() if self.feasible is not False else ():
            openings = _chosen(self._table, admitted)
            for free, _ in surroundings(self.problem, self.base, openings):
                if control.stopped or self.best is not None:
                    return
                model = self._model(openings, free)
                if len(model.upper) > _LARGEST:
                    return
                changes = self._changes(model)
                program = replace(program_of(model), cost=model.cost + changes.price)
                self._decide(model, changes, program.without(changes.banned), control, None, enough=_NEARLY)

    # --- the least cost

    def cheapest(self, most: int, control: Control) -> int | None:
        """Look for the cheapest plan with so many changes at most; what such plans cost at least.

        Returns
        -------
        int or None
            Proven: no plan with so few changes costs less, in equivalent VND; None where nothing is proven.
        """
        within = np.flatnonzero(self._floor + self._extra <= most)
        stated = self._stated(within, control)
        if stated is None:
            return None
        model, everything = stated
        changes = self._changes(model)
        program = replace(program_of(model), cost=model.cost + changes.price).without(changes.banned)
        program = with_limit(program, changes.number, most)
        before = None if self.best is None or self.best.number > most else self.best.cost - 1
        bound = self._decide(model, changes, program, control, before)
        best = None if self.best is None or self.best.number > most else self.best.cost
        if not everything:
            return None
        return best if bound is None else bound if best is None else min(bound, best)

    def _stated(self, admitted: Integers, control: Control) -> tuple[Model, bool] | None:
        """State the largest part that is not too large, and whether it is all; None where there is no time.

        Where that takes too many openings, those that ask for no change of their own come first.
        """
        fewer = admitted[self._extra[admitted] == 0]
        for choice in (admitted, fewer) if len(fewer) < len(admitted) else (fewer,):
            if len(choice) * self._columns_an_opening > _LARGEST:
                continue
            openings = _chosen(self._table, choice)
            rings = list(surroundings(self.problem, self.base, openings))
            for free, everything in reversed(rings if choice is fewer else rings[-1:]):
                if control.stopped:
                    return None
                model = self._model(openings, free)
                if len(model.upper) <= _LARGEST:
                    return model, everything and len(choice) == len(admitted)
        return None

    # --- both

    def _model(self, openings: Openings, free: Truths) -> Model:
        """State the rules, lessons that are not free staying as they are."""
        draft = self._draft(openings)
        slots = int(self.problem.cohort_days.max(initial=0)) * self.problem.sessions_per_day
        everywhere = np.ones((len(draft.day), slots), dtype=bool)
        return encode(self.problem, openings, part=Part(draft, free, everywhere))

    def _draft(self, openings: Openings) -> Draft:
        """Return the plan as a draft; of classes whose opening may move only what is free is looked at."""
        problem, base = self.problem, self.base
        day = np.searchsorted(problem.days, base.opens)
        begin = np.searchsorted(problem.days, base.first)
        sessions = {session: index for index, session in enumerate(problem.scenario.calendar.sessions)}
        session = np.array([sessions.get(slots[0][1], 0) if slots else 0 for slots in base.slots])
        start = (begin - day[problem.lesson_cohort]) * problem.sessions_per_day + session
        return Draft(day, base.room, np.where(base.taught, start, LEFT_OUT), base.lecturer)

    def _changes(self, model: Model) -> Changes:
        changes = changes_of(model, self.base, self._prices)
        if self._most_per_person is not None:
            limit_people(model, self.base, changes, self._most_per_person)
        return changes

    def _decide(
        self,
        model: Model,
        changes: Changes,
        program: Program,
        control: Control,
        most: int | None,
        *,
        enough: float = 0.0,
    ) -> int | None:
        """Look for a solution; what solutions cost at least, None where there is none (that costs `most`)."""
        reduced = reduce_program(program)
        if not reduced.possible:
            return None
        small = reduced.program
        limit = None if most is None else most - reduced.cost
        relaxation = relax(small, control.remaining)
        if relaxation is not None and limit is not None:
            if relaxation.bound > limit:
                return None
            small = small.without(relaxation.bound + relaxation.reduced > limit)
        outcome = decide(
            small,
            control,
            seed=self._seed,
            most=limit,
            enough=enough,
            on_solution=lambda values, _: self._offer(model, changes, reduced.expand(values)),
        )
        if outcome.values is not None:
            self._offer(model, changes, reduced.expand(outcome.values))
        if outcome.status == "infeasible":
            return None
        proven = outcome.bound if relaxation is None else max(outcome.bound, relaxation.bound)
        return proven + reduced.cost

    def _offer(self, model: Model, changes: Changes, values: Integers) -> None:
        """Take a plan with fewer changes, or a cheaper one with no more changes than are asked for."""
        number, cost = int(changes.number @ values), int((model.cost + changes.price) @ values)
        self.best = Found(*decode(model, values), number, cost)
        self._tell()

    def _tell(self) -> None:
        if self._on_progress is not None:
            self._on_progress(self)


def _chosen(openings: Openings, which: Integers | Truths) -> Openings:
    return Openings(*(column[which] for column in vars(openings).values()))

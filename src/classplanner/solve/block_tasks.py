"""What is done for one block at a time, in whatever process, with one thread: it is priced, it is planned.

Arguments and results are plain data that pass between processes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import LEFT_OUT, NOBODY, Draft, Truths, decode, ragged
from classplanner.solve.annealing import CHEAPER, SURE, Annealing, Heats
from classplanner.solve.blocks import Block
from classplanner.solve.choice import Choice, Choices, whole_openings
from classplanner.solve.control import Control
from classplanner.solve.improvement import Improvement
from classplanner.solve.judge import Judged, judge
from classplanner.solve.multipliers import Priced, Stride
from classplanner.solve.operator_set import operators_for
from classplanner.solve.prices import Prices, free_prices
from classplanner.solve.tightening import Tightening
from classplanner.solve.workshop import Surroundings, workshop_of
from classplanner.solve.year import dearest_session, only_openings
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["PlannedBlock", "PricedBlock", "plan_block", "price_block", "teaching"]

# Of the time that is left: so much may go into the choice of openings, and so much into annealing.
_OPENINGS, _ANNEALING = 0.3, 0.5
_ROUNDS, _OTHERS = 12, 2
# There are few rounds at a time, so steps have to get shorter sooner.
_PATIENCE, _LEAST_STEP = 2, 1e-5
_CLOSE = 2e-4


@dataclass(frozen=True)
class PricedBlock:
    """What a block comes to at prices on shared lecturers.

    Attributes
    ----------
    bound
        No plan of the block costs less, sessions of shared lecturers paid for at these prices, and their
        overloads not counted; None where there is proven to be no plan.
    prices
        The block's own prices, with which that is proven.
    step
        How far to move them next.
    used
        The sessions that shared lecturers give in the cheapest priced plans, as shares; shape (shared
        lecturers, slots).
    """

    bound: int | None
    prices: Prices
    step: float
    used: np.ndarray


@dataclass(frozen=True)
class PlannedBlock:
    """A draft of a block.

    Attributes
    ----------
    draft
        The best one found.
    lacking
        How many lessons it lacks.
    cost
        What it costs, in equivalent VND, overloads of shared lecturers not counted; of a draft that lacks
        lessons, their price counts.
    bound
        As in `PricedBlock`, at the prices that were asked.
    sessions, on_site
        What it has shared lecturers do (`teaching`); shape (shared lecturers, …).
    plan
        The draft as a timetable.
    courses
        Bounds of the courses under the prices, for the next time (`CourseBounds.bound` and `level`).
    annealed
        Whether it was made cheaper by annealing: once is enough.
    """

    draft: Draft
    lacking: int
    cost: int
    bound: int
    sessions: Truths
    on_site: Truths
    plan: tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]]
    courses: tuple[Integers, Integers]
    annealed: bool = False


def price_block(
    block: Block, asked: Integers, before: PricedBlock | None, *, rounds: int, seconds: float
) -> PricedBlock | None:
    """Raise the bound of a block for some rounds; None where time was too short to prove anything.

    Parameters
    ----------
    asked
        Prices of the sessions of shared lecturers, in VND; shape (shared lecturers, slots).
    before
        What it came to at other prices; its own prices are gone on from.
    """
    control, workshop = Control(seconds), workshop_of(block)
    multipliers = workshop.multipliers(asked)
    used, stride = multipliers.used, Stride(patience=_PATIENCE)
    if before is not None:
        stride.length = max(before.step, _LEAST_STEP)
    priced = multipliers.raise_bound(
        rounds,
        lambda: bool(used) and control.stopped,
        prices=None if before is None else before.prices,
        stride=stride,
    )
    if priced is not None:
        return PricedBlock(priced.bound, priced.prices, stride.length, np.mean(used, axis=0))
    free = free_prices(workshop.alone)
    if whole_openings(workshop.packing, multipliers.sessions(free), control, 1)[0] == "infeasible":
        return PricedBlock(None, free, stride.length, np.zeros(asked.shape))
    return None


def plan_block(
    block: Block,
    around: Surroundings,
    prices: Prices,
    *,
    before: PlannedBlock | None = None,
    start: Draft | None = None,
    anew: bool = False,
    until_whole: bool = False,
    seconds: float,
    seed: int,
) -> PlannedBlock | None:
    """Plan a block beside the others, or make its plan better; None where no openings were found in time.

    Parameters
    ----------
    prices
        The block's own prices.
    before
        What was found with the same prices before; its draft is gone on from.
    start
        A draft to begin with, the first time.
    anew
        Try other openings where the draft lacks lessons.
    until_whole
        Be content with a draft that lacks none.
    """
    draft = start if before is None else before.draft
    planning = _Planning(block, around, Control(seconds), seed, until_whole=until_whole)
    return planning.run(prices, before, draft, anew=anew)


def teaching(problem: Problem, draft: Draft) -> tuple[Truths, Truths]:
    """Return when lecturers teach, and on which days at the venue of a class.

    Shape (lecturers, slots) and (lecturers, days).
    """
    lecturers, per_day = len(problem.scenario.lecturers), problem.sessions_per_day
    sessions = np.zeros((lecturers, len(problem.days) * per_day), dtype=bool)
    on_site = np.zeros((lecturers, len(problem.days)), dtype=bool)
    lessons = np.flatnonzero((draft.start != LEFT_OUT) & (draft.lecturer != NOBODY))
    module = problem.lesson_module[lessons]
    lesson, part = ragged(np.zeros_like(module), problem.module_sessions[module])
    slot = draft.day[problem.lesson_cohort[lessons]] * per_day + draft.start[lessons]
    slot = slot[lesson] + part
    lecturer, at_venue = draft.lecturer[lessons][lesson], ~problem.module_off_site[module][lesson]
    sessions[lecturer, slot] = True
    on_site[lecturer[at_venue], slot[at_venue] // per_day] = True
    return sessions, on_site


class _Planning:
    """One run of `plan_block`."""

    def __init__(
        self, block: Block, around: Surroundings, control: Control, seed: int, *, until_whole: bool
    ) -> None:
        self.workshop, self.control, self.seed = workshop_of(block), control, seed
        self.block, self.around, self.until_whole = block, around, until_whole
        self.problem = self.workshop.beside(around)
        self.multipliers = self.workshop.multipliers(around.asked)
        self.bound = 0
        self.price = dearest_session(self.problem)
        self.best: Draft | None = None
        self.close = self.annealed = False

    def run(
        self, prices: Prices, before: PlannedBlock | None, draft: Draft | None, *, anew: bool
    ) -> PlannedBlock | None:
        """Plan."""
        outcome = self.multipliers.bound(prices)
        if outcome is None:
            return None
        priced = outcome[0]
        self._prove(priced.bound)
        self.tightening = Tightening(
            self.multipliers, priced, self.control, seed=self.seed, prove=self._prove
        )
        if before is not None:
            self._prove(before.bound)
            bounds = self.tightening.bounds
            bounds.bound[:], bounds.level[:] = before.courses
        if draft is not None:
            self.annealed = before is not None and before.annealed
            if not (self.annealed or self.until_whole):
                draft = self._annealed(draft, CHEAPER)
                self.annealed = True
            self._improve(priced, draft, prices)
        choices = Choices(self.multipliers, self.workshop.packing, lambda: self.control.stopped)
        choice = self._choose(choices, priced) if draft is None or (anew and self._lacks) else None
        for attempt in range(_OTHERS + 1 if anew else 1):
            if choice is None or (attempt and not self._lacks):
                break
            draft = self._annealed(only_openings(self.problem, choice), SURE)
            self._improve(priced, draft, choice.prices)
            choice = choices.other(choice, self.seed + attempt)
        return None if self.best is None else self._result(self.best)

    @property
    def _lacks(self) -> bool:
        """Whether there is time to try other openings, and cause."""
        return not self.control.stopped and (self.best is None or len(self.best.left_out) > 0)

    def _choose(self, choices: Choices, priced: Priced) -> Choice | None:
        """Return good openings; None where none were found."""
        part = self.control.within(_OPENINGS * self.control.remaining)

        def look(now: Priced) -> None:
            self._prove(now.bound)
            choices.look(now)

        self.multipliers.raise_bound(_ROUNDS, lambda: part.stopped, prices=priced.prices, look=look)
        choice = choices.best(lambda: part.stopped)
        if choice is None:
            _, values = whole_openings(self.workshop.packing, priced.sessions, self.control, self.seed)
            choice = None if values is None else choices.weigh(priced, values)
        return None if choice is None else choices.improve(choice, lambda: part.stopped, self.seed)

    def _annealed(self, draft: Draft, schedule: Sequence[Heats]) -> Draft:
        """Anneal a draft, if that can be done; as long as it lacks lessons, at the prices of the others."""
        asked = self.workshop.spread(self.around.asked + self.around.dear) if len(draft.left_out) else None
        annealing = Annealing(self.problem, draft, self.control, price=self.price, asked=asked)
        if not annealing.possible:
            return draft
        found = annealing.run(schedule, self.control.within(_ANNEALING * self.control.remaining), self.seed)
        return min(found, draft, key=lambda one: len(one.left_out))

    def _improve(self, priced: Priced, draft: Draft, prices: Prices) -> None:
        capacity, packing = self.multipliers.capacity, self.workshop.packing
        improvement = Improvement(
            self.problem,
            draft,
            self.control,
            price=self.price,
            asked=capacity.asked(prices) + self.workshop.spread(self.around.dear),
            operators=operators_for(self.problem, self.workshop.model, packing, priced),
            seed=self.seed,
            on_draft=self._look,
        )

        def beside() -> Callable[[], None] | None:
            return None if len(improvement.draft.left_out) else self.tightening.next()

        def done() -> bool:
            content = self.until_whole and not len(improvement.draft.left_out)
            return content or self.close or improvement.stuck

        improvement.run(1, done, beside)
        if self.best is None or len(improvement.draft.left_out) < len(self.best.left_out):
            self.best = improvement.draft

    def _look(self, judged: Judged) -> None:
        """See whether a plan is so close to the bound that others need the time more."""
        model, cells = judged.model, judged.model.lecture_cells()
        given = judged.values[model.first_lecture : model.first_extra][cells.of] > 0
        asked = self.workshop.spread(self.around.asked)
        paid = int(asked[model.lectures.lecturer[cells.of[given]], cells.slot[given]].sum())
        self.close = judged.total + paid - self.bound <= _CLOSE * judged.total

    def _prove(self, bound: int) -> None:
        self.bound = max(self.bound, bound)

    def _result(self, draft: Draft) -> PlannedBlock:
        judged = judge(self.workshop.alone, draft, self.price)
        sessions, on_site = teaching(self.problem, draft)
        return PlannedBlock(
            draft=draft,
            lacking=len(draft.left_out),
            cost=judged.total,
            bound=self.bound,
            sessions=sessions[self.block.shared],
            on_site=on_site[self.block.shared],
            plan=decode(judged.model, judged.values),
            courses=(self.tightening.bounds.bound, self.tightening.bounds.level),
            annealed=self.annealed,
        )

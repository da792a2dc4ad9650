"""Plans a year block by block; blocks share lecturers, whose sessions have prices that tie them together.

**The bound.** Ask a price of at least 0 for the sessions of shared lecturers, by slot, day, week and in all.
Let *B(b)* be a lower bound on what a plan of block *b* alone costs, its sessions of shared lecturers paid for
and their overloads not counted. A plan of the whole costs

    sum of the blocks' costs  +  overloads of shared lecturers
      =  sum over blocks (cost + what is paid)  -  (what is paid in all  -  overloads)
      >=  sum of B(b)  -  refund

as each block's part of the plan is a plan of the block (who keeps the rules for all classes keeps them for
some), and what all blocks together pay, less overloads, is at most what the lecturers have to give fetches
(`Capacity.refund`): no more sessions are given than allowed, and prices are not negative. So the right-hand
side is a bound on the whole for any prices; it is Lagrangian relaxation once more, as within a block
(`prices`), and the prices are found in the same way. Blocks may find their *B(b)* as they like, each for
itself.

**The plan.** Blocks are planned one after another, as many at a time as there are workers, each beside what
the others have shared lecturers do (`Sharing`), at the prices found. As long as some lack lessons, a visit
ends once its block lacks none. Those that lack some come again, one after another: with all that is free of
shared lecturers; then the others make way; then with other openings. Once all are whole, those that are
furthest from their bound have their turn, until the clock stops.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from classplanner.compile import Problem
from classplanner.encode import LEFT_OUT, Draft, Truths
from classplanner.solve.block_state import BlockState
from classplanner.solve.block_tasks import (
    PlannedBlock,
    PricedBlock,
    plan_block,
    price_block,
    teaching,
)
from classplanner.solve.blocks import Block
from classplanner.solve.control import Control, Progress
from classplanner.solve.crew import Crew
from classplanner.solve.incumbent import Incumbent
from classplanner.solve.judge import judge
from classplanner.solve.making_way import without_weeks
from classplanner.solve.multipliers import Ascent, Stride, ascend
from classplanner.solve.prices import Prices, free_prices
from classplanner.solve.result import Result, result_of
from classplanner.solve.sharing import Sharing, lecturers_shared
from classplanner.solve.workshop import Surroundings
from classplanner.solve.year import dearest_session
from classplanner.timetable import Meeting, PlannedCohort

__all__ = ["search_blocks"]

# Of the time limit: so much may go into prices; half of what is left then, into a first plan of each block.
_PRICES, _HALF = 0.12, 0.5
_MASTER_ROUNDS, _STEP, _PATIENCE = 60, 0.0005, 2
# Rounds within a block: for its own prices to begin with, and after each change of the shared ones.
_FIRST_ROUNDS, _ROUNDS = 15, 4
_LONGEST, _SHORTEST, _LATER = 60.0, 2.0, 20.0
# Seconds: how often to look around; how early the last tasks end, and how long their results are waited for.
_LOOK, _MARGIN, _GRACE = 0.1, 1.0, 1.0
_CLOSE = 2e-4
_PATIENT = 2
"""After more visits in vain, a block that lacks lessons is given other openings."""
_DEAR = 20
"""To take one session from another block is this much cheaper, at first, than to lack it."""
_TRIES = 3
"""A block for which so many visits find no openings at all is given up, and the search with it."""


def search_blocks(
    problem: Problem,
    blocks: Sequence[Block],
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
    executor: Executor | None = None,
    start: Draft | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Find a cheap plan of a year that falls into blocks, and prove how far from the cheapest it can be.

    Parameters
    ----------
    blocks
        As `find_blocks` returns them.
    workers
        Blocks to be planned at a time.
    executor
        Who plans them; by default processes of this machine.
    seed, start, on_progress
        As for `search_year`.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    """
    incumbent = Incumbent(control, on_progress)
    crew = Crew(workers, executor)
    try:
        feasible = _Search(problem, blocks, incumbent, crew, seed).run(start)
    finally:
        crew.close()
    return result_of(incumbent, feasible=feasible)


@dataclass(frozen=True)
class _Priced:
    """What shared prices prove, and what each block comes to at them."""

    bound: int
    prices: Prices
    blocks: list[PricedBlock]


class _Search:
    """One run."""

    def __init__(
        self, problem: Problem, blocks: Sequence[Block], incumbent: Incumbent, crew: Crew, seed: int
    ) -> None:
        self.problem, self.blocks, self.incumbent, self.crew = problem, blocks, incumbent, crew
        self.control, self.seed = incumbent.control, seed
        self.lecturers = lecturers_shared(problem, blocks)
        self.sharing = Sharing(blocks, self.lecturers)
        self.impossible = False
        self.asked = self.sharing.capacity.asked(free_prices(self.lecturers))
        self.refund = 0
        self.prices: list[Prices] = []
        self.states: list[BlockState] = []
        self._price = dearest_session(self.lecturers) // _DEAR

    def run(self, start: Draft | None) -> bool | None:
        """Search; False: there is proven to be no plan; None: not known."""
        if start is not None and not self._offer(start):
            start = None
        self.incumbent.enter("prices")
        capacity = self.sharing.capacity
        self._ends = self.control.within(_PRICES * self.control.remaining)
        self._own: list[PricedBlock | None] = [None] * len(self.blocks)
        ascent = Ascent(self._bound, capacity, free_prices(self.lecturers), Stride(_STEP, _PATIENCE))
        priced = ascend(ascent, rounds=_MASTER_ROUNDS, stopped=lambda: self._ends.stopped)
        if priced is None:
            return False if self.impossible else None
        self.asked = capacity.asked(priced.prices)
        self.refund = capacity.refund(priced.prices)
        self.prices = [one.prices for one in priced.blocks]
        self.states = [BlockState(one.bound or 0) for one in priced.blocks]
        if start is not None:
            self._hand_out(start)
        self._plan()
        return None

    # --- prices

    def _bound(self, prices: Prices) -> tuple[_Priced, list[np.ndarray]] | None:
        """Have all blocks priced; None where there is no time for that, or no plan of a block."""
        asked, first = self.sharing.capacity.asked(prices), self._own[0] is None
        seconds = self._ends.remaining * self.crew.size / len(self.blocks)
        found: dict[int, PricedBlock] = {}
        waiting = list(range(len(self.blocks)))
        while len(found) < len(self.blocks):
            while waiting and self.crew.idle:
                block = waiting.pop(0)
                self.crew.start(
                    (price_block, block),
                    price_block,
                    self.blocks[block],
                    asked[self.sharing.rows[block]],
                    self._own[block],
                    rounds=_FIRST_ROUNDS if first else _ROUNDS,
                    seconds=seconds,
                )
            for (_, block), priced in self.crew.wait(_LOOK):
                if priced is None or priced.bound is None:
                    self.impossible = priced is not None
                    return None
                found[block] = priced
            if self.control.stopped or (self._ends.stopped and not first):
                return None
        blocks = [found[block] for block in range(len(self.blocks))]
        self._own = list(blocks)
        used = np.zeros(asked.shape)
        for rows, one in zip(self.sharing.rows, blocks, strict=True):
            used[rows] += one.used
        bound = sum(one.bound or 0 for one in blocks) - self.sharing.capacity.refund(prices)
        self.incumbent.prove(bound)
        return _Priced(bound, prices, blocks), self.sharing.capacity.excess(prices, used)

    # --- plans

    def _offer(self, start: Draft) -> bool:
        """Take a plan to begin with; whether it is one."""
        judged = judge(self.problem, start)
        if judged.complete:
            self.incumbent.offer(judged.model, judged.values)
        return judged.complete

    def _hand_out(self, start: Draft) -> None:
        """Give each block its part of a plan of the whole; what that costs is known once it was visited."""
        for position, block in enumerate(self.blocks):
            lessons = np.full_like(start.start, LEFT_OUT)
            mine = block.lessons(self.problem)
            lessons[mine] = start.start[mine]
            sessions, on_site = teaching(self.problem, replace(start, start=lessons))
            shared = block.lecturers[block.shared]
            self.sharing.use(position, sessions[shared], on_site[shared])
            self.states[position].start = block.cut(self.problem, start)

    def _plan(self) -> None:
        """Plan blocks until the clock stops, or each is close to its bound."""
        self.incumbent.enter("plan")
        self._first = self._slice(len(self.blocks), _LONGEST)
        while not self.control.stopped:
            while self.crew.idle and (block := self._next()) is not None:
                self._start(block)
            if not self.crew.busy:
                break
            self._take_what_is_done()
        self._take_the_last()

    def _take_what_is_done(self) -> None:
        for (function, block), planned in self.crew.wait(_LOOK):
            if function is plan_block:  # else it is of a round of prices that did not come to an end
                self._take(block, planned)

    def _take_the_last(self) -> None:
        """Wait a moment for results that are due, where it is the time limit that ends the search."""
        ends = time.monotonic() + _GRACE
        while self.control.remaining <= 0 and time.monotonic() < ends and self.crew.busy:
            self._take_what_is_done()

    def _slice(self, blocks: int, longest: float) -> float:
        """Return the seconds of a block if so many get an equal part of half of the time left."""
        part = _HALF * self.control.remaining * self.crew.size / max(blocks, 1)
        return min(max(part, _SHORTEST), longest)

    def _next(self) -> int | None:
        """Choose the block to be planned next, if any is worth it."""
        idle = [block for block, state in enumerate(self.states) if not state.busy]
        lacking = [
            block
            for block in idle
            if not self.states[block].whole and (self.states[block].visits == 0 or not self.sharing.lent)
        ]
        if lacking:
            least = min(lacking, key=lambda block: self.states[block].visits)
            state = self.states[least]
            return None if state.best is None and state.visits >= _TRIES else least
        worth = {
            block: self._gap(block) / (1 + self.states[block].in_vain)
            for block in idle
            if self.states[block].whole
        }
        best = max(worth, key=lambda block: worth[block], default=None)
        if best is None or self._gap(best) <= _CLOSE * self.states[best].cost:
            return None
        return best

    def _gap(self, block: int) -> int:
        state = self.states[block]
        return state.cost + self.sharing.paid(block, self.asked) - state.bound

    def _start(self, block: int) -> None:
        state = self.states[block]
        lacking = sum(not one.whole for one in self.states)
        seconds = self._first
        if state.visits > 0:
            seconds = self._slice(len(self.blocks) if state.whole else lacking, _LATER)
        self.crew.start(
            (plan_block, block),
            plan_block,
            self.blocks[block],
            self._around(block, lacking),
            self.prices[block],
            before=None if state.best is None else replace(state.best, plan=((), ())),
            start=state.start,
            anew=state.in_vain > _PATIENT,
            until_whole=not state.whole,
            seconds=max(0.1, min(seconds, self.control.remaining - _MARGIN)),
            seed=(self.seed + 1000 * state.visits) % 2**31,
        )
        state.visits += 1
        state.busy, state.barred = True, None

    def _around(self, block: int, lacking: int) -> Surroundings:
        """Give a block weeks of shared lecturers: for its first visit a share, later all or none.

        As long as blocks lack lessons, only these get any; where a visit was in vain, others make way.
        """
        state = self.states[block]
        if not lacking:
            return self.sharing.lend(block, self.asked, self.crew.size)
        if state.whole:
            return self.sharing.lend(block, self.asked, 0)
        if state.visits == 0:
            return self.sharing.lend(block, self.asked, min(self.crew.size, lacking))
        others = self._others(block) if state.in_vain else []
        return self.sharing.lend(block, self.asked, 1, make_way=others, price=self._price)

    def _others(self, block: int) -> list[int]:
        """Return who can make way for a block."""
        return [other for other, state in enumerate(self.states) if other != block and state.best is not None]

    def _take(self, block: int, planned: PlannedBlock | None) -> None:
        """Take what was found for a block, if it is better than what is at hand."""
        state = self.states[block]
        state.busy = False
        self.sharing.give_back(block)
        if planned is None:
            return
        if state.barred is not None:
            planned = without_weeks(self.blocks[block], planned, state.barred)
        state.bound = max(state.bound, planned.bound)
        self.incumbent.prove(sum(one.bound for one in self.states) - self.refund)
        before, overload = state.best, self.sharing.overload()
        kept = self.sharing.use(block, planned.sessions, planned.on_site)
        clashes = self.sharing.clashes(block, self._others(block))
        state.in_vain += 1
        better = before is None or (planned.lacking, planned.cost + self.sharing.overload()) < (
            before.lacking,
            before.cost + overload,
        )
        if not better or (clashes and self.incumbent.total is not None):  # no plan is torn again
            self.sharing.use(block, *kept)
            if before is not None:
                state.best = replace(
                    before, bound=state.bound, courses=planned.courses, annealed=planned.annealed
                )
            return
        state.best, state.in_vain = planned, 0
        for other, weeks in clashes:
            self._make_way(other, weeks)
        if all(one.whole for one in self.states):
            self.incumbent.take(sum(one.cost for one in self.states) + self.sharing.overload(), self._whole)
            self.incumbent.enter("improve")
        elif self.incumbent.total is None:
            self._count()

    def _count(self) -> None:
        """Tell how many classes are in blocks that lack nothing."""
        classes = [len(block.cohorts) for block in self.blocks]
        whole = [number for number, state in zip(classes, self.states, strict=True) if state.whole]
        self.incumbent.count(sum(whole), sum(classes))

    def _make_way(self, block: int, weeks: Truths) -> None:
        """Take from a block what shared lecturers do for it in some weeks; it has to be planned again."""
        state = self.states[block]
        assert state.best is not None
        state.best = without_weeks(self.blocks[block], state.best, weeks)
        state.barred = weeks if state.barred is None else state.barred | weeks
        self.sharing.use(block, state.best.sessions, state.best.on_site)

    def _whole(self) -> tuple[tuple[PlannedCohort, ...], tuple[Meeting, ...]]:
        """Put the plans of the blocks together, in the order of the scenario."""
        position = self.problem.cohort_position
        cohorts = [entry for state in self.states for entry in state.plan[0]]
        meetings = [meeting for state in self.states for meeting in state.plan[1]]
        return (
            tuple(sorted(cohorts, key=lambda entry: position[entry.id])),
            tuple(sorted(meetings, key=lambda meeting: position[meeting.cohorts[0]])),
        )

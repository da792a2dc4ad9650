"""Fills the gaps of a draft and makes it cheaper, neighbourhood by neighbourhood, several at a time.

Adaptive large-neighbourhood search (Ropke and Pisinger, 2006): operators that helped lately are tried more
often. A lesson may be left out at a price above all others, so that there is a draft from the start; the
search for a first plan and the search for a better one are the same.

With one worker, the same seed gives the same drafts, as efforts are counted and not timed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from classplanner.compile import Integers, Problem
from classplanner.encode import NOBODY, Draft, ragged
from classplanner.solve.control import Control
from classplanner.solve.judge import Judged, judge
from classplanner.solve.neighbourhood import Better, Decision, Neighbourhood, decide_anew
from classplanner.solve.operators import Operator, View, class_again

__all__ = ["Improvement"]

Numbers = npt.NDArray[np.float64]

_EFFORT, _EFFORT_FOR_GAPS = 0.3, 0.6
_ENOUGH = 0.01
_LOOK = 0.05
_PATIENCE, _PATIENCE_A_CLASS = 60, 2
_SIZE, _SMALLEST, _LARGEST = 45.0, 10.0, 400.0
_GROW, _SHRINK, _EASY = 1.04, 0.9, 0.1
_FORGET, _LEAST_SHARE, _OVERHEAD = 0.95, 0.1, 0.05


@dataclass
class _Task:
    """A neighbourhood that is being decided."""

    operator: str
    classes: Integers
    version: int
    first: bool


@dataclass
class _Record:
    """How an operator has done lately: what it gained for what effort, and how many lessons it frees."""

    gain: float = 0.0
    effort: float = 0.0
    size: float = _SIZE

    @property
    def worth(self) -> float:
        """Gain for effort; infinite before it was tried."""
        return self.gain / self.effort if self.effort else float("inf")

    def learn(self, gain: int, decision: Decision) -> None:
        """Remember what a neighbourhood came to; larger ones are tried as long as they are easy to decide."""
        self.gain = _FORGET * self.gain + gain
        self.effort = _FORGET * self.effort + decision.effort + _OVERHEAD
        if not decision.settled:
            self.size = max(_SMALLEST, self.size * _SHRINK)
        elif decision.effort < _EASY:
            self.size = min(_LARGEST, self.size * _GROW)


class Improvement:
    """A draft that gets better.

    Parameters
    ----------
    price
        Of a lesson that is left out, in equivalent VND per session.
    asked
        What sessions of lecturers are worth beyond their fees, in VND; shape (lecturers, slots). As long as
        there are gaps, drafts are compared at these prices, so that classes leave to others what they need.
    operators
        By name.
    on_draft
        Told of each draft without gaps that is better than those before.
    """

    def __init__(
        self,
        problem: Problem,
        draft: Draft,
        control: Control,
        *,
        price: int,
        asked: Integers,
        operators: Mapping[str, Operator],
        seed: int,
        on_draft: Callable[[Judged], None],
    ) -> None:
        self.problem, self.draft, self.control = problem, draft, control
        self._price, self._on_draft = price, on_draft
        self._asked: Integers | None = asked if len(draft.left_out) else None
        self._operators = dict(operators)
        self._records = {name: _Record() for name in operators}
        self._random = np.random.default_rng(seed)
        self._seed, self._number, self._version = seed, 0, 0
        self._total = judge(problem, draft, price).total + self._paid(draft)
        self._in_vain = 0
        unplanned = np.unique(problem.lesson_cohort[draft.left_out])
        self._unplanned: list[int] = unplanned[np.argsort(draft.day[unplanned], kind="stable")].tolist()

    @property
    def stuck(self) -> bool:
        """Whether lessons are left out, and many neighbourhoods in turn did not change how many."""
        patience = _PATIENCE + _PATIENCE_A_CLASS * len(self.draft.day)
        return bool(self._in_vain >= patience and len(self.draft.left_out))

    def run(
        self, workers: int, done: Callable[[], bool], beside: Callable[[], Callable[[], None] | None]
    ) -> None:
        """Improve the draft until the clock stops or `done` says so.

        Parameters
        ----------
        workers
            Neighbourhoods at a time, one thread each: the solvers let other threads run.
        beside
            Asked for other work, of which one piece at a time is done by a worker, every second piece if
            there is only one; None where there is none.
        """
        running: dict[Future[Decision], _Task] = {}
        other: Future[None] | None = None
        turn = 0
        with ThreadPoolExecutor(workers) as pool:
            while not (self.control.stopped or done()):
                if other is None and (workers > 1 or turn % 2):
                    work = beside()
                    other = None if work is None else pool.submit(work)
                while len(running) + (other is not None) < workers:
                    task = self._next(running.values())
                    if task is None:
                        break
                    running[self._start(pool, *task)] = task[0]
                    turn += 1
                if not running and other is None:
                    break
                waiting: list[Future[Any]] = [*running, *([other] if other else [])]
                wait(waiting, _LOOK, FIRST_COMPLETED)
                if other is not None and other.done():
                    other.result()
                    other, turn = None, turn + 1 if workers == 1 else turn
                for future in [future for future in running if future.done()]:
                    self._take(running.pop(future), future.result())

    # --- tasks

    def _next(self, running: Iterable[_Task]) -> tuple[_Task, Neighbourhood] | None:
        """Choose what is decided next: classes that nobody has planned yet, then by what helped lately."""
        busy = np.zeros(len(self.draft.day), dtype=bool)
        for task in running:
            busy[task.classes] = True
        view = View(self.problem, self.draft, busy)
        if self._unplanned:
            # One that nobody is at work beside, if there is one: what overlaps seldom fits together.
            alone = (one for one in self._unplanned if not busy[view.near(one, everyone=True)].any())
            cohort = next(alone, self._unplanned[0])
            self._unplanned.remove(cohort)
            chosen = class_again(view, self._random, 0, cohort)
            assert chosen is not None
            return self._task("class", chosen, first=True), chosen
        names = list(self._operators)
        # While there are gaps, what closes one tells little of what closes the next.
        even = np.full(len(names), 1 / len(names))
        shares = even if self._asked is not None else _shares([self._records[name].worth for name in names])
        for _ in range(len(names)):
            name = str(self._random.choice(names, p=shares))
            found = self._operators[name](view, self._random, round(self._records[name].size))
            if found is not None and len(found.lessons):
                return self._task(name, found, first=False), found
        return None

    def _task(self, name: str, chosen: Neighbourhood, *, first: bool) -> _Task:
        classes = np.unique(self.problem.lesson_cohort[chosen.lessons])
        return _Task(name, classes, self._version, first)

    def _start(self, pool: ThreadPoolExecutor, task: _Task, chosen: Neighbourhood) -> Future[Decision]:
        self._number += 1
        return pool.submit(
            decide_anew,
            self.problem,
            self.draft,
            chosen,
            self.control,
            price=self._price,
            effort=_EFFORT if self._asked is None else _EFFORT_FOR_GAPS,
            seed=(self._seed + self._number) % 2**31,
            asked=self._asked,
            enough=_ENOUGH if task.first else 0.0,
        )

    # --- results

    def _take(self, task: _Task, decision: Decision) -> None:
        """Take a better draft, put onto what others have changed meanwhile."""
        before, gaps, lacking = self._total, self._asked is not None, len(self.draft.left_out)
        if decision.better is not None:
            self._accept(task, decision.better)
        if gaps and self._asked is None:  # what helped to close gaps need not help now
            self._records = {name: _Record() for name in self._operators}
        elif not task.first:
            self._in_vain = 0 if len(self.draft.left_out) < lacking else self._in_vain + 1
            self._records[task.operator].learn(before - self._total, decision)

    def _accept(self, task: _Task, better: Better) -> None:
        merged = better.draft
        if task.version != self._version:
            day, room = self.draft.day.copy(), self.draft.room.copy()
            day[better.cohorts], room[better.cohorts] = (
                merged.day[better.cohorts],
                merged.room[better.cohorts],
            )
            merged = replace(self.draft, day=day, room=room).with_lessons(merged, better.lessons)
        judged = judge(self.problem, merged, self._price)
        total = judged.total + self._paid(merged)
        if not judged.holds or total >= self._total:
            return
        self.draft, self._total = merged, total
        self._version += 1
        if judged.complete:
            self._asked, self._total = None, judged.total
            self._on_draft(judged)

    def _paid(self, draft: Draft) -> int:
        """Return what the sessions of a draft cost beyond their fees, at the prices that still count."""
        if self._asked is None:
            return 0
        taught = np.flatnonzero(draft.lecturer != NOBODY)
        module = self.problem.lesson_module[taught]
        begin = draft.day[self.problem.lesson_cohort[taught]] * self.problem.sessions_per_day
        lesson, slot = ragged(begin + draft.start[taught], self.problem.module_sessions[module])
        return int(self._asked[draft.lecturer[taught][lesson], slot].sum())


def _shares(worth: list[float]) -> Numbers:
    """Return how often each operator is to be tried: by its worth, and each now and then."""
    known = np.array(worth)
    untried = np.isinf(known)
    if untried.any():
        known = untried.astype(float)
    floor = 0.0 if untried.any() else _LEAST_SHARE
    share = known / known.sum() if known.sum() > 0 else np.full(len(known), 1 / len(known))
    shares: Numbers = (1 - floor * len(known)) * share + floor
    return shares

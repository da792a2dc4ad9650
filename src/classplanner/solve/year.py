"""Plans years of dozens or hundreds of classes: prices, openings, annealing, then neighbourhoods.

1. Prices on the sessions of lecturers split the year by class and prove a bound on the whole (`prices`,
   `multipliers`).
2. They lead to openings that are good for all classes together (`packing`, `choice`).
3. With these, lessons are annealed (`annealing`); the first plan comes early, with openings not so good.
4. Neighbourhoods are decided anew until the clock stops (`improvement`), while the bound is raised course by
   course (`tightening`).

There is a draft at any time, and every plan that is better than those before is kept at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import LEFT_OUT, NOBODY, Draft, Model, Openings, encode_openings
from classplanner.solve.annealing import FIRST, LONG, SCARCE, THOROUGH, Annealing, Heats
from classplanner.solve.choice import Choice, Choices, whole_openings
from classplanner.solve.control import Control, Progress
from classplanner.solve.courses import IMPOSSIBLE, groups
from classplanner.solve.improvement import Improvement
from classplanner.solve.incumbent import Incumbent
from classplanner.solve.judge import Judged, judge
from classplanner.solve.multipliers import ROUNDS, Multipliers, Priced
from classplanner.solve.operators import (
    Operator,
    chain_of_lecturers,
    class_again,
    days_of_classes,
    free_lecturers,
    open_elsewhere,
    window,
)
from classplanner.solve.packing import Packing
from classplanner.solve.prices import Prices, free_prices
from classplanner.solve.result import Result, result_of
from classplanner.solve.tightening import Tightening

__all__ = [
    "dearest_session",
    "least_sessions",
    "only_openings",
    "operators_for",
    "operators_of",
    "search_year",
]

# Of the time that is left: so much may go into prices, into the choice of openings, and into annealing.
_PRICES, _OPENINGS, _ANNEALING = 0.08, 0.1, 0.7
# A plan to begin with keeps its openings if its gap is no larger, or others promise to save no more.
_FAR, _SAVING = 0.01, 0.006
# Prices that suit a similar year need fewer rounds.
_ROUNDS_AGAIN = 30


def search_year(
    problem: Problem,
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
    start: Draft | None = None,
    prices: Prices | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_gaps: Callable[[Draft, Prices], None] | None = None,
    attempts: float = float("inf"),
) -> Result:
    """Find a cheap plan of a large year, and prove how far from the cheapest it can be at most.

    Parameters
    ----------
    seed
        With one worker, the same seed and problem give the same plans in the same order.
    workers
        Neighbourhoods decided at a time, a core each.
    start
        A plan to begin with.
    prices
        Such as suit a similar year, to begin with.
    on_progress
        Told of each improvement; it may be called from another thread.
    on_gaps
        Shown the draft and its prices now and then as long as there is no plan.
    attempts
        Give up where gaps have resisted in so many choices of openings.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    """
    incumbent = Incumbent(control, on_progress)
    if start is not None and not _offer(problem, incumbent, start):
        start = None
    feasible = _Year(problem, incumbent, seed, on_gaps, attempts).run(workers, start, prices)
    return result_of(incumbent, feasible=feasible)


def _offer(problem: Problem, incumbent: Incumbent, start: Draft) -> bool:
    """Take a plan to begin with; whether it is one."""
    judged = judge(problem, start)
    if judged.complete:
        incumbent.offer(judged.model, judged.values)
    return judged.complete


class _Year:
    """One run."""

    def __init__(
        self,
        problem: Problem,
        incumbent: Incumbent,
        seed: int,
        on_gaps: Callable[[Draft, Prices], None] | None,
        attempts: float,
    ) -> None:
        self.problem, self.incumbent, self.control = problem, incumbent, incumbent.control
        self.seed, self.on_gaps, self.attempts = seed, on_gaps, attempts
        self.scarce = False
        self.model = encode_openings(problem)
        self.group = groups(problem)
        cost = self.model.cost[: self.model.first_start]
        self.packing = Packing(problem, self.model.openings, cost, self.group)

    def run(self, workers: int, start: Draft | None, prices: Prices | None) -> bool | None:
        """Search; False: there is proven to be no plan; None: not known."""
        self.incumbent.enter("prices")
        multipliers = Multipliers(self.problem, self.packing)
        choices = Choices(multipliers, self.packing, lambda: self.control.stopped)

        def look(priced: Priced) -> None:
            self.incumbent.prove(priced.bound)
            choices.look(priced)

        rounds = ROUNDS if prices is None else _ROUNDS_AGAIN
        priced = multipliers.raise_bound(rounds, self._until(_PRICES), prices=prices, look=look)
        if priced is None:
            return self._without_prices(multipliers)
        tightening = self._tightening(multipliers, priced)
        choice, draft = None, start
        if self._is_far(priced.bound):
            choice = self._choose(choices, priced)
        if choice is not None:
            choice, draft = self._better(choices, choice, start, tightening, workers)
        if start is not None and not self._promises(choice):
            improvement = self._improvement(multipliers, priced, start, priced.prices)
            self._improve(improvement, priced.prices, tightening, workers)
            return None
        attempt = 0
        while choice is not None and attempt < self.attempts:
            if self.control.stopped or self.incumbent.proven:
                break
            self.incumbent.enter("plan")
            draft = self._thorough(choice, draft, tightening, workers)
            self._tell_gaps(draft, choice.prices)
            improvement = self._improvement(multipliers, priced, draft, choice.prices)
            self._improve(improvement, choice.prices, tightening, workers)
            draft = improvement.draft
            attempt += 1
            choice = choices.other(choice, self.seed + attempt)
        return None

    def _better(
        self, choices: Choices, choice: Choice, start: Draft | None, tightening: Tightening, workers: int
    ) -> tuple[Choice, Draft]:
        """Make a draft with openings, unless there is one, then improve the openings; return both."""
        draft = start
        if draft is None:
            draft = self._run(self._annealing(choice, None), choice, FIRST, self.seed, workers)
        self.scarce = len(draft.left_out) > 0
        self.incumbent.enter("openings")
        with _beside(tightening.next, workers):
            better = choices.improve(choice, self._until(_OPENINGS), self.seed)
        return better, draft

    def _thorough(self, choice: Choice, before: Draft | None, tightening: Tightening, workers: int) -> Draft:
        """Anneal on all cores, then, where there is a plan, for long, while the bound is raised."""
        annealing = self._annealing(choice, before)
        if self.scarce and workers > 1:
            draft = self._either(annealing, choice)
        else:
            draft = self._run(annealing, choice, SCARCE if self.scarce else THOROUGH, self.seed, workers)
        if len(draft.left_out):
            return draft
        annealing.go_on_from(draft)
        with _beside(tightening.next, workers):
            longer = self._run(annealing, choice, LONG, self.seed)
        return draft if len(longer.left_out) else longer

    def _either(self, annealing: Annealing, choice: Choice) -> Draft:
        """Anneal with two seeds at a time, as either may find no plan where lecturers are few."""
        with ThreadPoolExecutor(2) as pool:
            seeds = (self.seed, self.seed + 1)
            drafts = list(pool.map(lambda seed: self._run(annealing, choice, SCARCE, seed), seeds))
        price = dearest_session(self.problem)
        return min(drafts, key=lambda draft: (len(draft.left_out), judge(self.problem, draft, price).total))

    def _annealing(self, choice: Choice, before: Draft | None) -> Annealing:
        """Prepare annealing with some openings, from the times of another draft."""
        start = only_openings(self.problem, choice)
        if before is not None:
            start = replace(before, day=choice.day, room=choice.room)
        return Annealing(self.problem, start, self.control, price=dearest_session(self.problem))

    def _run(
        self, annealing: Annealing, choice: Choice, schedule: Sequence[Heats], seed: int, workers: int = 1
    ) -> Draft:
        """Anneal a draft, and keep it if it is a plan."""
        if not annealing.possible:
            return only_openings(self.problem, choice)
        clock = self.control.within(_ANNEALING * self.control.remaining)
        draft = annealing.run(schedule, clock, seed, self._offer, workers=workers)
        self._offer(draft)
        return draft

    def _tell_gaps(self, draft: Draft, prices: Prices) -> None:
        if self.on_gaps is not None and self.incumbent.total is None:
            self.on_gaps(draft, prices)

    def _offer(self, draft: Draft) -> None:
        _offer(self.problem, self.incumbent, draft)

    def _until(self, share: float) -> Callable[[], bool]:
        """Return whether a share of the time that is left now has passed, each time it is asked."""
        part = self.control.within(share * self.control.remaining)
        return lambda: part.stopped

    def _without_prices(self, multipliers: Multipliers) -> bool | None:
        """Say whether there are no openings at which each class can be held; the relaxation had none."""
        sessions = multipliers.sessions(free_prices(self.problem))
        status, _ = whole_openings(self.packing, sessions, self.control, self.seed)
        return False if status == "infeasible" else None

    def _choose(self, choices: Choices, priced: Priced) -> Choice | None:
        """Return good openings; None where none were found."""
        self.incumbent.enter("openings")
        choice = choices.best(self._until(_OPENINGS))
        if choice is None:
            _, values = whole_openings(self.packing, priced.sessions, self.control, self.seed)
            choice = None if values is None else choices.weigh(priced, values)
        return choice

    def _is_far(self, bound: int) -> bool:
        """Whether there is no plan yet, or one so much above a bound that other openings may be better."""
        total = self.incumbent.total
        return total is None or total - bound > _FAR * total

    def _promises(self, choice: Choice | None) -> bool:
        """Whether plans with such openings may well be cheaper than the one to begin with."""
        total = self.incumbent.total
        return choice is not None and (total is None or total - choice.bound > _SAVING * total)

    def _improvement(
        self, multipliers: Multipliers, priced: Priced, draft: Draft, prices: Prices
    ) -> Improvement:
        return Improvement(
            self.problem,
            draft,
            self.control,
            price=dearest_session(self.problem),
            asked=multipliers.capacity.asked(prices),
            operators=operators_for(self.problem, self.model, self.packing, priced),
            seed=self.seed,
            on_draft=self._take,
        )

    def _tightening(self, multipliers: Multipliers, priced: Priced) -> Tightening:
        return Tightening(
            self.problem,
            self.packing,
            multipliers.capacity,
            priced,
            self.control,
            seed=self.seed,
            prove=self.incumbent.prove,
        )

    def _improve(
        self, improvement: Improvement, prices: Prices, tightening: Tightening, workers: int
    ) -> None:
        """Improve a draft until the clock stops, or until its gaps resist."""

        def beside() -> Callable[[], None] | None:
            return tightening.next() if not len(improvement.draft.left_out) else None

        if self.incumbent.total is not None:
            self.incumbent.enter("improve")

        def done() -> bool:
            self._tell_gaps(improvement.draft, prices)
            return self.incumbent.proven or improvement.stuck

        improvement.run(workers, done, beside)

    def _take(self, judged: Judged) -> None:
        if self.incumbent.total is None:
            self.incumbent.enter("improve")
        self.incumbent.offer(judged.model, judged.values)


def only_openings(problem: Problem, choice: Choice) -> Draft:
    """Return a draft that lacks all lessons."""
    lessons = int(problem.first_lesson[-1])
    return Draft(choice.day, choice.room, np.full(lessons, LEFT_OUT), np.full(lessons, NOBODY))


def operators_for(problem: Problem, model: Model, packing: Packing, priced: Priced) -> Mapping[str, Operator]:
    """Return the operators of a year, by name.

    Parameters
    ----------
    model
        Of the openings (`encode_openings`).
    priced
        What openings cost at least.
    """
    openings = model.openings
    least = least_sessions(packing, priced.sessions, groups(problem), openings)
    return operators_of(openings, model.cost[: model.first_start] + least)


def least_sessions(packing: Packing, sessions: Integers, group: Integers, openings: Openings) -> Integers:
    """Return what the sessions of classes that open so cost at least; shape (openings,).

    Parameters
    ----------
    sessions
        What they cost in each column of the packing.
    group
        Of each class, with those alike in it.
    """
    least = np.full((int(group.max(initial=0)) + 1, len(packing.problem.days)), IMPOSSIBLE)
    least[group[packing.cohort], packing.day] = sessions
    found: Integers = least[group[openings.cohort], openings.day]
    return found


def operators_of(openings: Openings, cost: Integers) -> Mapping[str, Operator]:
    """Return the operators by name.

    Parameters
    ----------
    openings, cost
        All that classes may have, and what a class that opens so costs at least.
    """
    return {
        "chain": chain_of_lecturers,
        "class": class_again,
        "days": days_of_classes,
        "window": window,
        "lecturers": free_lecturers,
        "openings": partial(open_elsewhere, openings=openings, cost=cost),
    }


@contextlib.contextmanager
def _beside(next_piece: Callable[[], Callable[[], None] | None], workers: int) -> Iterator[None]:
    """Do pieces of other work on a core that would be idle meanwhile, if there is one."""
    over = False

    def work() -> None:
        piece = next_piece()
        while piece is not None:
            piece()
            piece = None if over else next_piece()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work) if workers > 1 else None
        try:
            yield
        finally:
            over = True
        if running is not None:
            running.result()


def dearest_session(problem: Problem) -> int:
    """Return a price above what a session, or moving others for it, may cost."""
    weights, lecturers = problem.scenario.objective, problem.scenario.lecturers
    fee = max((lecturer.fee for lecturer in lecturers), default=0)
    ranks = max((len(data.lecturers) for data in problem.modules), default=0)
    dearest = (
        weights.fees * fee
        + weights.preference * ranks
        + weights.order * int(problem.cohort_days.max(initial=0))
        + weights.overload
    )
    return 10 * dearest + 10**6

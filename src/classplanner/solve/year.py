"""Plans years of dozens or hundreds of classes: prices, openings, annealing, then neighbourhoods.

1. Prices on the sessions of lecturers split the year by class and prove a bound on the whole (`prices`,
   `multipliers`).
2. They lead to openings that are good for all classes together (`packing`, `choice`).
3. With these, lessons are annealed (`annealing`), and gaps closed by neighbourhoods; the first plan comes
   early, with openings not so good.
4. Neighbourhoods are decided anew until the clock stops (`improvement`), while the bound is raised course by
   course (`tightening`).

There is a draft at any time, and every plan that is better than those before is kept at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from classplanner.compile import Problem
from classplanner.encode import LEFT_OUT, NOBODY, Draft, encode_openings
from classplanner.solve.annealing import CHEAPER, CLOSING, FEW, FIRST, LONG, THOROUGH, Annealing, Heats
from classplanner.solve.choice import Choice, Choices, whole_openings
from classplanner.solve.control import Control, Progress
from classplanner.solve.courses import groups
from classplanner.solve.improvement import Improvement
from classplanner.solve.incumbent import Incumbent
from classplanner.solve.judge import Judged, judge
from classplanner.solve.multipliers import ROUNDS, Multipliers, Priced, Stride
from classplanner.solve.operator_set import operators_for
from classplanner.solve.packing import Packing
from classplanner.solve.prices import Prices, free_prices
from classplanner.solve.result import Result, result_of
from classplanner.solve.ties import TIED_ROUNDS, TIED_STEP, TiedAssignments
from classplanner.solve.tightening import Tightening

__all__ = ["dearest_session", "only_openings", "search_year"]

# Of the time that is left, so much may go into prices; into openings for a plan soon, for a cheap one; into
# annealing; into gaps of a draft.
_PRICES, _SOON, _OPENINGS, _ANNEALING, _GAPS = 0.08, 0.02, 0.1, 0.7, 0.04
# A plan to begin with keeps its openings if its gap is no larger.
_FAR = 0.01


def search_year(
    problem: Problem,
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
    start: Draft | None = None,
    near: Draft | None = None,
    prices: Prices | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_gaps: Callable[[Draft, Prices], None] | None = None,
    attempts: float = float("inf"),
) -> Result:
    """Find a cheap plan of a large year, and prove how far from the cheapest it can be at most.

    Parameters
    ----------
    seed
        With one worker, the same seed and problem give the same plans in the same order, unless a clock
        ends parts of the search.
    workers
        Neighbourhoods decided at a time, a core each.
    start
        A plan to begin with.
    near
        Without one: a plan of a similar year, which need not open all classes (`Footing.draft_for`).
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
    if start is not None:
        judged = judge(problem, start)
        if judged.complete:
            incumbent.offer(judged.model, judged.values)
        else:
            start = None
    feasible = _Year(problem, incumbent, seed, workers, on_gaps).run(start, near, prices, attempts)
    return result_of(incumbent, feasible=feasible)


class _Year:
    """One run."""

    def __init__(
        self,
        problem: Problem,
        incumbent: Incumbent,
        seed: int,
        workers: int,
        on_gaps: Callable[[Draft, Prices], None] | None,
    ) -> None:
        self.problem, self.incumbent, self.control = problem, incumbent, incumbent.control
        self.seed, self.workers, self.on_gaps = seed, workers, on_gaps
        self.model = encode_openings(problem)
        cost = self.model.cost[: self.model.first_start]
        self.packing = Packing(problem, self.model.openings, cost, groups(problem))
        self.multipliers = Multipliers(problem, self.packing)
        self.ties = TiedAssignments(self.multipliers.assignments)
        self.tied = Multipliers(problem, self.packing, self.ties)
        self.choices = Choices(self.multipliers, self.packing, lambda: self.control.stopped)
        self._latest: Annealing | None = None
        self._best: tuple[Choice, Draft] | None = None

    def run(
        self, start: Draft | None, near: Draft | None, prices: Prices | None, attempts: float
    ) -> bool | None:
        """Search; False: there is proven to be no plan; None: not known."""
        self.incumbent.enter("prices")
        priced = self._price(prices)
        if priced is None:
            return self._without_prices()
        self.priced = priced
        self.tightening = self._tightening(priced, TIED_ROUNDS if prices is None else 0)
        before = near if start is None else start
        own = None if before is None else self.choices.own(before, priced.prices)
        if start is not None:
            own = own or Choice(start.day, start.room, priced.bound, priced.prices)
            self._best = own, start
            if not self._is_far:
                self._improve(own, start)
                return None
        near = None if own is None or start is not None else near
        choice = self._begin(own) if near is None else own
        if choice is not None:
            self._plan(choice, near, attempts)
        return None

    def _price(self, prices: Prices | None) -> Priced | None:
        """Find prices that prove much; from such as suit a similar year, with ties at once."""
        tied = prices is not None
        multipliers, stride = (self.tied, Stride(TIED_STEP)) if tied else (self.multipliers, Stride())
        until = self._until(_PRICES)
        return multipliers.raise_bound(ROUNDS, until, prices=prices, look=self._look, stride=stride)

    def _look(self, priced: Priced) -> None:
        self.incumbent.prove(priced.bound)
        self.choices.look(priced)

    def _begin(self, own: Choice | None) -> Choice | None:
        """Return good openings, those of a plan to begin with or others."""
        found = (own, self._choose())
        best = min((one for one in found if one is not None), key=lambda one: one.bound, default=None)
        return None if best is None else self._better(best, _SOON)

    def _plan(self, choice: Choice, near: Draft | None, attempts: float) -> None:
        """Look for a plan, with other openings where gaps resist; anneal it for long, and improve it."""
        draft = self._first(choice, near) if self._best is None else self._best[1]
        choice = self._better(self._with_ties(choice), _OPENINGS)
        attempt = 0
        while self._best is None and attempt < attempts and not self._over:
            if attempt:
                choice = self._better(self.choices.other(choice, self.seed + attempt), _OPENINGS)
            attempt += 1
            self._close(choice, draft, *_effort(attempt, attempts))
        if self._best is not None and not self._over:
            self._thorough(choice, near)
            self._improve(*self._best)

    def _close(self, choice: Choice, before: Draft, share: float, most: float) -> None:
        """Look for a plan with some openings; close `most` gaps in a share of the time that is left."""
        self.incumbent.enter("plan")
        self._closed(self._annealed(choice, before, CLOSING), choice, share, most)

    def _first(self, choice: Choice, near: Draft | None) -> Draft:
        """Make a draft soon, without gaps if these can be closed soon."""
        self.incumbent.enter("plan")
        draft = self._annealed(choice, near, FIRST if near is None else CHEAPER)
        return self._closed(draft, choice, _GAPS, most=FEW)

    def _better(self, choice: Choice, share: float) -> Choice:
        """Improve openings for a share of the time that is left, while another core raises the bound.

        Where annealing has not led to a plan, all cores improve openings.
        """
        self.incumbent.enter("openings")
        until = self._until(share)
        if self._latest is not None and self._best is None:
            return self.choices.improve(choice, until, self.seed, self.workers)
        with self._bound_raised():
            return self.choices.improve(choice, until, self.seed)

    def _with_ties(self, choice: Choice) -> Choice:
        """Judge openings by bounds with ties, as far as these are known; else find out about them now."""
        until = self._until(_PRICES)
        while self.workers == 1 and self.tightening.pricing and not until():
            self.tightening.price()
        closer = Multipliers(self.problem, self.packing, self.ties.at_rest())
        return self.choices.weigh_closer(closer, choice)

    def _thorough(self, choice: Choice, near: Draft | None) -> None:
        """Anneal a plan on all cores, with better openings if possible, then go on with one.

        The other raises the bound then.
        """
        assert self._best is not None
        self.incumbent.enter("improve")
        schedule = THOROUGH if near is None else CHEAPER
        self._closed(self._annealed(choice, self._best[1], schedule), choice, _GAPS)
        if near is None and not self._over:
            with self._bound_raised():
                self._annealed(*self._best, LONG, workers=1)

    def _annealed(
        self, choice: Choice, before: Draft | None, schedule: Sequence[Heats], workers: int | None = None
    ) -> Draft:
        """Anneal a draft with some openings, from the times of another one, and keep it if it is a plan."""
        annealing = self._annealing(choice, before)
        if not annealing.possible:
            return only_openings(self.problem, choice)
        clock = self.control.within(_ANNEALING * self.control.remaining)

        def look(draft: Draft) -> None:
            self._offer(choice, judge(self.problem, draft))

        draft = annealing.run(schedule, clock, self.seed, look, workers=workers or self.workers)
        look(draft)
        return draft

    def _annealing(self, choice: Choice, before: Draft | None) -> Annealing:
        """Set up annealing with some openings, or go on with it."""
        latest, complete = self._latest, before is not None and not len(before.left_out)
        if latest is not None and before is not None and complete and _alike(latest.draft, choice):
            latest.go_on_from(before)
            return latest
        start = only_openings(self.problem, choice)
        if before is not None:
            start = replace(before, day=choice.day, room=choice.room)
        annealing = Annealing(self.problem, start, self.control, price=dearest_session(self.problem))
        self._latest = annealing
        return annealing

    def _closed(self, draft: Draft, choice: Choice, share: float, most: float = float("inf")) -> Draft:
        """Close the gaps of a draft, `most` at most, if a share of the time that is left is enough."""
        if not len(draft.left_out):
            return draft
        self._tell_gaps(draft, choice)
        if len(draft.left_out) > most:
            return draft
        part = self.control.within(share * self.control.remaining)
        improvement = self._improvement(draft, choice, part)

        def done() -> bool:
            self._tell_gaps(improvement.draft, choice)
            return improvement.stuck or not len(improvement.draft.left_out)

        improvement.run(self.workers, done, lambda: None)
        return improvement.draft

    def _tell_gaps(self, draft: Draft, choice: Choice) -> None:
        if self.on_gaps is not None and self.incumbent.total is None:
            self.on_gaps(draft, choice.prices)

    def _offer(self, choice: Choice, judged: Judged) -> None:
        """Keep a draft that is a plan, and the best so far, and the openings that it came from."""
        first = self._best is None
        if judged.complete and self.incumbent.offer(judged.model, judged.values):
            self._best = _with_openings_of(choice, judged.draft), judged.draft
            if first:
                self.incumbent.enter("improve")

    @property
    def _over(self) -> bool:
        return self.control.stopped or self.incumbent.proven

    def _until(self, share: float) -> Callable[[], bool]:
        """Return whether a share of the time that is left now has passed, each time it is asked."""
        part = self.control.within(share * self.control.remaining)
        return lambda: part.stopped

    def _without_prices(self) -> bool | None:
        """Say whether there are no openings at which each class can be held; the relaxation had none."""
        sessions = self.multipliers.sessions(free_prices(self.problem))
        status, _ = whole_openings(self.packing, sessions, self.control, self.seed)
        return False if status == "infeasible" else None

    def _choose(self) -> Choice | None:
        """Return good openings; None where none were found."""
        self.incumbent.enter("openings")
        choice = self.choices.best(self._until(_OPENINGS))
        if choice is None:
            _, values = whole_openings(self.packing, self.priced.sessions, self.control, self.seed)
            choice = None if values is None else self.choices.weigh(self.priced, values)
        return choice

    @property
    def _is_far(self) -> bool:
        """Whether there is no plan yet, or one so far above the bound that other openings may be better."""
        total = self.incumbent.total
        return total is None or total - self.priced.bound > _FAR * total

    def _improvement(self, draft: Draft, choice: Choice, control: Control) -> Improvement:
        return Improvement(
            self.problem,
            draft,
            control,
            price=dearest_session(self.problem),
            asked=self.multipliers.capacity.asked(choice.prices),
            operators=operators_for(self.problem, self.model, self.packing, self.priced),
            seed=self.seed,
            on_draft=partial(self._offer, choice),
        )

    def _tightening(self, priced: Priced, rounds: int) -> Tightening:
        prove = self.incumbent.prove
        return Tightening(self.tied, priced, self.control, seed=self.seed, prove=prove, rounds=rounds)

    def _improve(self, choice: Choice, draft: Draft) -> None:
        """Improve a plan until the clock stops, while the bound is raised."""
        self.incumbent.enter("improve")
        self._latest = None
        improvement = self._improvement(draft, choice, self.control)
        improvement.run(self.workers, lambda: self.incumbent.proven, self.tightening.next)

    @contextlib.contextmanager
    def _bound_raised(self) -> Iterator[None]:
        """Raise the bound meanwhile, on a core that would be idle, if there is one."""
        over = False

        def work() -> None:
            piece = self.tightening.next()
            while piece is not None:
                piece()
                piece = None if over else self.tightening.next()

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(work) if self.workers > 1 else None
            try:
                yield
            finally:
                over = True
            if running is not None:
                running.result()


def _effort(attempt: int, attempts: float) -> tuple[float, float]:
    """Return the share of the time for gaps that annealing leaves in an attempt, from 1 on, and how many.

    At first, other openings lead further; but these may be as bad, and then neighbourhoods have to do it.
    """
    if attempt >= attempts:
        return 1.0, float("inf")
    return min(1.0, _GAPS * 2 ** (attempt - 1)), FEW if attempt == 1 else float("inf")


def _with_openings_of(choice: Choice, draft: Draft) -> Choice:
    """Return the openings of a draft, some of which may have been moved since they were chosen."""
    return choice if _alike(draft, choice) else replace(choice, day=draft.day, room=draft.room, bound=0)


def _alike(draft: Draft, choice: Choice) -> bool:
    """Whether all classes open as chosen."""
    return np.array_equal(draft.day, choice.day) and np.array_equal(draft.room, choice.room)


def only_openings(problem: Problem, choice: Choice) -> Draft:
    """Return a draft that lacks all lessons."""
    lessons = int(problem.first_lesson[-1])
    return Draft(choice.day, choice.room, np.full(lessons, LEFT_OUT), np.full(lessons, NOBODY))


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

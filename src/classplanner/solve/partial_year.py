"""Plans as many trainees as possible in years too large to be decided exactly, and those at low cost.

1. A bound on trainees (`fullest`): no plan leaves out fewer than so many.
2. As many classes as it, halls and dates allow, cheap ones under prices (`optional_packing`), are searched as
   a year of which every class is to be planned (`search_year`). Where these are all classes, and there is a
   plan, that is all.
3. A draft with gaps is made complete by giving up classes: it is improved until that leads no further, then
   the classes that lack most for their size are given up, which frees halls and lecturers for the others.
4. Classes that were given up are tried again, one by one, in what halls are free by then.
5. The classes that are held are planned anew for less, neighbourhood by neighbourhood, while a bound is
   raised on all plans that train as many people, whichever classes they hold.

At any time, the classes of a draft that lack nothing are a plan: leaving out a class breaks no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Draft, decode, draft_from, encode_openings
from classplanner.solve.control import Control, Progress
from classplanner.solve.courses import groups
from classplanner.solve.fullest import Fullest, sum_of_sizes
from classplanner.solve.improvement import Improvement
from classplanner.solve.judge import Judged, judge
from classplanner.solve.mixed_integer import branch_and_cut
from classplanner.solve.multipliers import Multipliers, Priced
from classplanner.solve.operator_set import least_sessions, operators_of
from classplanner.solve.optional_packing import OptionalPacking
from classplanner.solve.patience import Patience
from classplanner.solve.prices import Prices, free_prices
from classplanner.solve.result import Result
from classplanner.solve.standing import Standing
from classplanner.solve.subset import (
    Subset,
    exchanged,
    held,
    lacking_sessions,
    nothing_held,
    spending,
    without_classes,
)
from classplanner.solve.ties import TIED_ROUNDS, TiedAssignments
from classplanner.solve.tightening import Tightening
from classplanner.solve.year import dearest_session, search_year

__all__ = ["search_partial_year"]

# Of the time that is left when each begins, at most so much goes into: the bound on trainees, openings,
# prices for the choice of classes, a plan of all of these, giving up some, trying others, prices before costs
# are cut.
_MOST, _OPENINGS, _CLASSES, _PLAN, _COMPLETE, _MORE, _PRICES = 0.08, 0.06, 0.04, 0.5, 0.5, 0.3, 0.15
# Openings this much dearer than the cheapest will do, as a share: prices tell no better what they cost.
_CLOSE = 0.01
# Seconds; without a time limit, no step but the last takes longer.
_LONGEST = 600.0
_ROUNDS = 250
# Of the classes that lack something, so many are given up at a time.
_GIVEN_UP = 1 / 4
_ATTEMPTS = 3


def search_partial_year(
    problem: Problem,
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Find a plan for as many trainees as possible, at low cost, and prove how good it is.

    Parameters
    ----------
    seed
        Decides all that is drawn by lot.
    workers
        Neighbourhoods decided at a time, a core each.
    on_progress
        Told of each improvement; it may be called from another thread.

    Raises
    ------
    InputError
        A plan could cost more than is computed exactly.
    """
    return _PartialYear(problem, control, seed, workers, on_progress).run()


class _PartialYear:
    """One run.

    Attributes
    ----------
    draft
        The plan at hand, in positions.
    prices
        Those that suited the last draft; gaps are closed at these.
    """

    def __init__(
        self,
        problem: Problem,
        control: Control,
        seed: int,
        workers: int,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self.problem, self.control, self.seed, self.workers = problem, control, seed, workers
        self.standing = Standing(problem, control, on_progress)
        model = encode_openings(problem)
        self.openings, self.cost = model.openings, model.cost[: model.first_start]
        self.group = groups(problem)
        self.packing = self._packing(self.standing.everyone)
        self.multipliers = Multipliers(problem, self.packing)
        self.prices = free_prices(problem)
        self.draft = nothing_held(problem)

    def run(self) -> Result:
        """Search until the clock stops or nothing is left to do."""
        self.standing.enter("prices")
        draft = self._hold(Subset(self.problem, self._classes()))
        if not self.standing.fullest:
            self.standing.enter("plan")
            self._complete(draft, self._part(_COMPLETE), give_up=True)
            self._train_more(self._part(_MORE))
        self._cut_costs()
        while not self.standing.fullest and not self.control.stopped and self._train_more(self.control):
            self._cut_costs()
        return self.standing.result

    # --- the classes that the bound allows

    def _classes(self) -> Integers:
        """Prove how many trainees have to be left out, and choose classes for all others.

        As many as halls and dates allow, but no more than the bound says; the cheapest under prices.
        """
        sizes, fullest = self.problem.cohort_sizes, Fullest(self.problem, self.openings, self.group)
        fullest.bound(self._part(_MOST), self.standing.prove_trainees, self.seed)
        classes = fullest.classes(self._part(_OPENINGS), self.seed)
        missed = 0 if classes is None else self.standing.everyone - int(sizes[classes].sum())
        missed = max(missed, self.standing.least)
        if not missed:
            return np.arange(len(sizes))
        cheapest = self._cheapest(missed)
        found = cheapest if cheapest is not None else classes
        return np.empty(0, dtype=np.int64) if found is None else found

    def _cheapest(self, leave_out: int) -> Integers | None:
        """Choose classes that leave out no more trainees, at little cost under prices for them."""
        priced = self._price(leave_out, _CLASSES)
        if priced is None:
            return None
        packing = self._packing(leave_out)
        values = branch_and_cut(packing.priced(priced.sessions), self._part(_OPENINGS), enough=_CLOSE)
        return None if values is None else packing.classes(values)

    def _packing(self, leave_out: int) -> OptionalPacking:
        return OptionalPacking(self.problem, self.openings, self.cost, self.group, leave_out=leave_out)

    def _price(self, leave_out: int, share: float) -> Priced | None:
        """Find prices for plans that leave out no more than so many trainees, and prove a bound on them."""
        multipliers = Multipliers(self.problem, self._packing(leave_out), self.multipliers.assignments)
        part, starts = self._part(share), (self.prices, free_prices(self.problem))
        found = [outcome[0] for prices in starts if (outcome := multipliers.bound(prices)) is not None]
        if not found:
            return None
        priced = multipliers.raise_bound(
            _ROUNDS,
            lambda: part.stopped,
            prices=max(found, key=lambda one: one.bound).prices,
            look=lambda priced: self.standing.prove(leave_out, priced.bound),
        )
        if priced is not None:
            self.prices = priced.prices
        return priced

    def _hold(self, subset: Subset) -> Draft:
        """Search some classes as a year of which all are to be planned; return the fullest draft with gaps.

        If these are all classes, a plan is made cheaper until the clock stops; else the search for it ends.
        """
        everyone = len(subset.classes) == len(self.problem.cohorts)
        if not len(subset.classes):
            return nothing_held(self.problem)
        clock, best = self._part(_PLAN), nothing_held(self.problem)
        last, least, found = best, np.inf, False

        def watch(draft: Draft, prices: Prices) -> None:
            nonlocal last, best, least
            if draft is not last:
                last, wide = draft, subset.widen(draft)
                lacking = lacking_sessions(self.problem, wide).sum()
                self._keep(wide)
                if lacking < least:
                    best, least, self.prices = wide, lacking, prices

        def told(progress: Progress) -> None:
            nonlocal found
            if everyone:
                self.standing.prove(0, progress.bound)
            if progress.plan is not None and progress.best is not None:
                found = True
                if self.standing.offer(progress.plan, progress.best):
                    self.draft = subset.widen(draft_from(subset.problem, *progress.plan))
            self.standing.enter(progress.stage)

        result = search_year(
            subset.problem,
            self.control.unless(lambda: not everyone if found else clock.stopped),
            seed=self.seed,
            workers=self.workers,
            on_progress=told,
            on_gaps=watch,
        )
        if everyone and result.status == "infeasible":
            self.standing.prove_trainees(sum_of_sizes(self.problem.cohort_sizes, 1))
        return best

    # --- as many classes as possible

    def _complete(self, draft: Draft, clock: Control, *, give_up: bool) -> None:
        """Improve a draft until it lacks nothing or leads no further; then give up classes, if allowed to."""
        while held(draft).any() and not clock.stopped:
            draft = self._improved(draft, clock)
            lacking = lacking_sessions(self.problem, draft)
            if not give_up or not lacking.any():
                return
            order = np.argsort(-lacking / np.maximum(self.problem.cohort_sizes, 1), kind="stable")
            number = max(1, int(np.count_nonzero(lacking) * _GIVEN_UP))
            draft = without_classes(self.problem, draft, order[:number])

    def _improved(self, draft: Draft, clock: Control) -> Draft:
        """Fill the gaps of a draft, as long as that leads on; plans that come up are kept."""
        subset = Subset(self.problem, np.flatnonzero(held(draft)))
        improvement = self._improvement(subset, draft, clock)
        patience = Patience(clock)

        def done() -> bool:
            if improvement.draft is patience.seen:
                return patience.over or improvement.stuck
            now = subset.widen(improvement.draft)
            lacking = lacking_sessions(self.problem, now)
            patience.look(improvement.draft, lacking)
            self._keep(now)
            return not lacking.any()

        improvement.run(self.workers, done, lambda: None)
        return subset.widen(improvement.draft)

    def _improvement(
        self, subset: Subset, draft: Draft, clock: Control, on_draft: Callable[[Judged], None] | None = None
    ) -> Improvement:
        """Set up the improvement of the classes that a draft holds."""
        openings, mine = subset.openings(self.openings)
        sessions = self.multipliers.sessions(self.prices)
        cost = self.cost + least_sessions(self.packing, sessions, self.group, self.openings)
        return Improvement(
            subset.problem,
            subset.narrow(draft),
            clock,
            price=dearest_session(self.problem),
            asked=self.multipliers.capacity.asked(self.prices),
            operators=operators_of(openings, cost[mine]),
            seed=self.seed,
            on_draft=on_draft or (lambda _: None),
        )

    def _keep(self, draft: Draft) -> None:
        """Take what a draft holds without gaps as a plan, if it trains more people than the one at hand."""
        draft = without_classes(self.problem, draft, np.flatnonzero(lacking_sessions(self.problem, draft)))
        while self._missed(draft) < self.standing.missed:
            subset = Subset(self.problem, np.flatnonzero(held(draft)))
            judged = judge(subset.problem, subset.narrow(draft))
            if judged.complete:
                self._take(subset, judged, subset.narrow(draft))
                return
            # Without gaps, nothing but a budget can be in the way.
            dear = int(np.argmax(spending(self.problem, draft) / np.maximum(self.problem.cohort_sizes, 1)))
            draft = without_classes(self.problem, draft, np.array([dear]))

    def _missed(self, draft: Draft) -> int:
        return int(self.problem.cohort_sizes[~held(draft)].sum())

    def _take(self, subset: Subset, judged: Judged, draft: Draft) -> None:
        """Take a plan if it is better than the one at hand."""
        total = int(judged.model.cost @ judged.values)
        if self.standing.offer(decode(judged.model, judged.values), total):
            self.draft = subset.widen(draft)

    def _train_more(self, clock: Control) -> bool:
        """Try to hold classes that the plan at hand leaves out; whether it worked."""
        missed = self.standing.missed
        self._exchange()
        for attempt in range(_ATTEMPTS):
            sizes = self.problem.cohort_sizes
            for cohort in sorted(np.flatnonzero(~held(self.draft)).tolist(), key=lambda one: -sizes[one]):
                possible = self.standing.missed - int(sizes[cohort]) >= self.standing.least
                draft = self._beside(cohort, attempt) if possible and not clock.stopped else None
                if draft is not None:
                    self._complete(draft, clock, give_up=False)
        return self.standing.missed < missed

    def _exchange(self) -> None:
        """Give the places of classes to larger ones that are planned under the same rules."""
        sizes = self.problem.cohort_sizes
        for cohort in np.flatnonzero(~held(self.draft)).tolist():
            allowed = self.openings.cohort == cohort
            places = set(zip(self.openings.day[allowed], self.openings.room[allowed], strict=True))
            alike = held(self.draft) & (self.group == self.group[cohort]) & (sizes < sizes[cohort])
            smaller = [
                other
                for other in np.flatnonzero(alike).tolist()
                if (self.draft.day[other], self.draft.room[other]) in places
            ]
            if smaller:
                self._keep(exchanged(self.problem, self.draft, cohort, min(smaller, key=sizes.__getitem__)))

    def _beside(self, cohort: int, attempt: int) -> Draft | None:
        """Open a class where the plan at hand leaves a hall free, if it does, the cheapest first."""
        mine = np.flatnonzero(self.openings.cohort == cohort)
        taken = np.zeros((len(self.problem.room_names), len(self.problem.days) + 1), dtype=np.int64)
        for other in np.flatnonzero(held(self.draft)):
            first = self.draft.day[other] + 1
            taken[self.draft.room[other], first : first + self.problem.cohort_days[other]] = 1
        until = taken.cumsum(axis=1)
        room, day = self.openings.room[mine], self.openings.day[mine]
        mine = mine[until[room, day + self.problem.cohort_days[cohort]] == until[room, day]]
        if not len(mine):
            return None
        chosen = mine[np.argsort(self.cost[mine], kind="stable")][len(mine) * attempt // _ATTEMPTS]
        draft = without_classes(self.problem, self.draft, np.empty(0, dtype=np.int64))
        draft.day[cohort], draft.room[cohort] = self.openings.day[chosen], self.openings.room[chosen]
        return draft

    # --- costs

    def _cut_costs(self) -> None:
        """Improve the plan at hand and the bound on plans that train as many, until they meet."""
        leave_out = self.standing.missed
        if self.control.stopped or self.standing.proven or not held(self.draft).any():
            return
        self.standing.enter("prices")
        priced = self._price(leave_out, _PRICES)
        if priced is None:
            return
        self.standing.enter("improve")
        subset = Subset(self.problem, np.flatnonzero(held(self.draft)))
        improvement = self._improvement(
            subset, self.draft, self.control, lambda judged: self._take(subset, judged, improvement.draft)
        )
        assignments = TiedAssignments(self.multipliers.assignments)
        tightening = Tightening(
            Multipliers(self.problem, self._packing(leave_out), assignments),
            priced,
            self.control,
            seed=self.seed,
            prove=partial(self.standing.prove, leave_out),
            rounds=TIED_ROUNDS,
        )
        improvement.run(self.workers, lambda: self.standing.bound >= self.standing.total, tightening.next)

    # --- clocks

    def _part(self, share: float) -> Control:
        """Return a clock for a share of the time that is left now."""
        return self.control.within(min(share * self.control.remaining, _LONGEST))

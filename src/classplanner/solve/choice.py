"""Chooses openings for a year: those with the least bound of their own, found by moving classes about.

The openings that are cheapest under the best prices need not be the best ones: many are nearly as cheap, and
in some of them lecturers are wanted by more classes at a time than prices for all openings tell. So openings
are judged by prices of their own: the best bound that these prove (`multipliers`) is what plans with such
openings cost at least, and nearly what the best of them does. A few classes at a time are taken out and put
back where they are cheapest under the prices at hand. As these prices prove a bound for the changed openings,
too, it is known early which changes are in vain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import LEFT_OUT, Draft
from classplanner.solve.control import Control
from classplanner.solve.courses import IMPOSSIBLE
from classplanner.solve.cpsat import decide
from classplanner.solve.multipliers import Multipliers, Priced
from classplanner.solve.packing import Arrangement, Packing
from classplanner.solve.prices import Prices

__all__ = ["Choice", "Choices", "whole_openings"]

_ROUNDS, _ROUNDS_A_MOVE, _ROUNDS_AT_LAST = 40, 15, 200
_TRIED = 3
_MOST_MOVED = 3
_MOVES_A_CLASS, _DRAWS_A_MOVE, _SHAKES = 20, 50, 3
_SPREAD = 300_000.0
"""VND: so much dearer openings are still tried now and then."""
_WHOLE, _CLOSE = 1e-6, 1e-4
_EFFORT = 5.0


@dataclass(frozen=True)
class Choice:
    """Openings of all classes, and the prices that suit them.

    Attributes
    ----------
    day, room
        Of each class; shape (classes,).
    bound
        No plan with these openings costs less.
    """

    day: Integers
    room: Integers
    bound: int
    prices: Prices


class Choices:
    """The openings that rounds of prices led to, and what moving classes about makes of the best.

    Parameters
    ----------
    stopped
        Whether the run has to end.
    """

    def __init__(self, multipliers: Multipliers, packing: Packing, stopped: Callable[[], bool]) -> None:
        self._multipliers, self._packing, self._stopped = multipliers, packing, stopped
        self._seen: dict[bytes, Priced] = {}

    def look(self, priced: Priced) -> None:
        """Remember the openings of a round if they are whole; the better the bound, the better they are."""
        rounded = np.rint(priced.values)
        if np.abs(priced.values - rounded).max(initial=0) < _WHOLE:
            key = rounded.astype(np.int8).tobytes()
            if key not in self._seen or priced.bound > self._seen[key].bound:
                self._seen[key] = priced

    def best(self, stopped: Callable[[], bool]) -> Choice | None:
        """Return the best of the openings that were seen last; None where none were whole."""
        promising = sorted(self._seen.values(), key=lambda priced: -priced.bound)[:_TRIED]
        weighed: list[Choice] = []
        for priced in promising:
            if weighed and stopped():
                break
            weighed.append(self.weigh(priced, np.rint(priced.values).astype(np.int64)))
        return min(weighed, key=lambda choice: choice.bound, default=None)

    def weigh(self, priced: Priced, values: Integers) -> Choice:
        """Find prices for the openings that are chosen in a solution of the packing."""
        day, room = self._packing.openings(values)
        found = self._own_prices(day, room, priced.prices)
        return found or Choice(day, room, priced.bound, priced.prices)

    def weigh_closer(self, multipliers: Multipliers, choice: Choice) -> Choice:
        """Judge openings by other bounds from now on; return a choice as they see it."""
        self._multipliers = multipliers
        return self._own_prices(choice.day, choice.room, choice.prices) or choice

    def own(self, draft: Draft, prices: Prices) -> Choice | None:
        """Find prices for the openings of a draft; classes that cannot open so open where it is cheap.

        None where there is no room for these, or proven to be no plan.
        """
        packing, diary, day, room = self._packing, _Diary(self._packing), draft.day.copy(), draft.room.copy()
        column_of, new = packing.column_of(day, room), []
        for cohort in range(len(day)):
            if day[cohort] != LEFT_OUT and column_of[cohort] in diary.free(cohort):
                diary.book(cohort, int(day[cohort]), int(room[cohort]))
            else:
                new.append(cohort)
        cost = self._costs(prices)
        for cohort in new:
            columns = diary.free(cohort)
            if not len(columns):
                return None
            column = columns[np.argmin(cost[columns])]
            day[cohort], room[cohort] = packing.day[column], packing.room[column]
            diary.book(cohort, int(day[cohort]), int(room[cohort]))
        return self._own_prices(day, room, prices)

    def improve(self, choice: Choice, stopped: Callable[[], bool], seed: int, workers: int = 1) -> Choice:
        """Move a few classes at a time to better openings, so many times, or until the clock says so.

        Parameters
        ----------
        workers
            So many moves are judged at a time, a core each; the best of them is made.
        """
        random, moves = np.random.default_rng(seed), _MOVES_A_CLASS * len(choice.day)
        cost = self._costs(choice.prices)
        with ThreadPoolExecutor(workers) as pool:
            for _ in range(0, moves, workers):
                drawn = list(islice(self._moves(choice, cost, random), workers))
                if not drawn or stopped():
                    break
                better = min(pool.map(partial(self._judged, choice), drawn), key=lambda one: one.bound)
                if better.bound < choice.bound:
                    choice, cost = better, self._costs(better.prices)
        return self._own_prices(choice.day, choice.room, choice.prices, _ROUNDS_AT_LAST) or choice

    def _moves(
        self, choice: Choice, cost: Integers, random: np.random.Generator
    ) -> Iterator[tuple[Integers, Integers]]:
        """Draw openings that are cheaper under the prices at hand, until that is in vain too often."""
        in_vain = 0
        while in_vain < _DRAWS_A_MOVE:
            moved = self._moved(choice, cost, random)
            in_vain = in_vain + 1 if moved is None else 0
            if moved is not None:
                yield moved

    def _judged(self, choice: Choice, moved: tuple[Integers, Integers]) -> Choice:
        """Return moved openings with prices of their own; what they were moved from where that is better."""
        return self._own_prices(*moved, choice.prices, _ROUNDS_A_MOVE, choice.bound) or choice

    def other(self, choice: Choice, seed: int) -> Choice:
        """Return openings of which some differ, good or not."""
        random = np.random.default_rng(seed)
        nothing = np.zeros(len(self._packing.day), dtype=np.int64)
        for _ in range(_SHAKES):
            day, room = self._moved(choice, nothing, random, worse=True) or (choice.day, choice.room)
            choice = replace(choice, day=day, room=room)
        return self._own_prices(choice.day, choice.room, choice.prices) or choice

    def _own_prices(
        self,
        day: Integers,
        room: Integers,
        prices: Prices,
        rounds: int = _ROUNDS,
        below: int = IMPOSSIBLE,
    ) -> Choice | None:
        """Find prices for openings, as long as the bound stays below another; None where there is no plan."""
        columns = self._packing.column_of(day, room)
        arrangement = Arrangement(day, room, self._packing.cost[columns])
        own = Multipliers(self._multipliers.problem, arrangement, self._multipliers.assignments)
        proven = [0]
        found = own.raise_bound(
            rounds,
            lambda: proven[-1] >= below or self._stopped(),
            prices=prices,
            look=lambda priced: proven.append(max(proven[-1], priced.bound)),
        )
        return None if found is None else Choice(day, room, found.bound, found.prices)

    def _costs(self, prices: Prices) -> Integers:
        """Return what each column costs under prices, openings and sessions."""
        costs: Integers = self._packing.cost + self._multipliers.sessions(prices)
        return costs

    def _moved(
        self, choice: Choice, cost: Integers, random: np.random.Generator, *, worse: bool = False
    ) -> tuple[Integers, Integers] | None:
        """Take out some classes and put them back where they are cheap; None where that leads nowhere."""
        packing = self._packing
        taken_out = _some_classes(choice, random)
        day, room, diary = choice.day.copy(), choice.room.copy(), _Diary(packing)
        for cohort in np.setdiff1d(np.arange(len(day)), taken_out).tolist():
            diary.book(cohort, int(day[cohort]), int(room[cohort]))
        before = packing.column_of(day, room)[taken_out]
        after = []
        for cohort in taken_out.tolist():
            columns = diary.free(cohort)
            if len(columns) == 0:
                return None
            column = columns[np.argmin(cost[columns] + random.exponential(_SPREAD, len(columns)))]
            day[cohort], room[cohort] = packing.day[column], packing.room[column]
            diary.book(cohort, int(day[cohort]), int(room[cohort]))
            after.append(column)
        return (day, room) if worse or cost[after].sum() < cost[before].sum() else None


def _some_classes(choice: Choice, random: np.random.Generator) -> Integers:
    """Pick up to three classes; half of the times such as open at about the same time."""
    number = int(random.integers(1, _MOST_MOVED + 1))
    order = random.permutation(len(choice.day))
    if random.random() < 0.5:
        away = np.abs(choice.day - choice.day[order[0]])[order]
        order = order[np.argsort(away, kind="stable")]
    return order[:number]


class _Diary:
    """Which rooms are taken on which days."""

    def __init__(self, packing: Packing) -> None:
        self._packing, problem = packing, packing.problem
        self._days = problem.cohort_days
        self._taken = np.zeros((len(problem.room_names), len(problem.days) + 1), dtype=np.int64)

    def book(self, cohort: int, day: int, room: int) -> None:
        """Give a room to a class for its class days."""
        self._taken[room, day + 1 : day + self._days[cohort] + 1] = 1

    def free(self, cohort: int) -> Integers:
        """Return the columns of a class for which the room is free."""
        packing, until = self._packing, self._taken.cumsum(axis=1)
        columns = np.flatnonzero(packing.kind == packing.kind_of[cohort])
        room, day = packing.room[columns], packing.day[columns]
        free: Integers = columns[until[room, day + self._days[cohort]] == until[room, day]]
        return free


def whole_openings(
    packing: Packing, sessions: Integers, control: Control, seed: int
) -> tuple[str, Integers | None]:
    """Decide the openings at given costs of sessions; return how that went, and the values of the columns."""
    outcome = decide(packing.priced(sessions), control, seed=seed, effort=_EFFORT, enough=_CLOSE)
    return outcome.status, outcome.values

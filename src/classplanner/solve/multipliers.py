"""Finds prices that prove much: subgradient steps on the bound that they give (`prices`).

Held, Wolfe and Crowder, "Validation of subgradient optimization" (1974): raise the price of what the cheapest
priced plan uses too much of, lower the price of what it leaves; the step shrinks where the bound no longer
rises. Directions are smoothed over the rounds, as the volume algorithm does (Barahona and Anbil, 2000).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.solve.assignments import Assignments, PricedModules
from classplanner.solve.packing import Openable
from classplanner.solve.prices import Capacity, Prices, free_prices

__all__ = ["ROUNDS", "Ascent", "Multipliers", "Priced", "Stride", "ascend"]

# Prices of longer spans move in smaller steps, as more sessions fall into them: by slot, day, week, in all.
_SCALE = (1.0, 0.5, 0.5, 0.05)
_STEP, _SMOOTHING, _PATIENCE, _SHRINK = 0.004, 0.3, 6, 0.7
_LARGEST = 10.0**8

ROUNDS = 130
"""After so many rounds, prices of a year hardly get better."""


@dataclass
class Stride:
    """How far prices move in a round.

    Attributes
    ----------
    length
        By so much would the bound rise, as a share, if it were linear; it gets shorter on the way.
    patience
        After so many rounds in turn without a better bound.
    """

    length: float = _STEP
    patience: int = _PATIENCE


@dataclass(frozen=True)
class Priced:
    """What prices prove.

    Attributes
    ----------
    bound
        No plan costs less, in equivalent VND.
    prices
        The prices.
    sessions
        What the sessions of each column of the packing cost at least under the prices.
    values
        The cheapest openings under the prices, as the linear program has them; shape (columns,).
    """

    bound: int
    prices: Prices
    sessions: Integers
    values: np.ndarray


@dataclass(frozen=True)
class _Courses:
    """What each course costs at least, the slots of its sessions by kind, and the lecturers of each kind."""

    least: Integers
    slots: list[Integers]
    lecturers: list[PricedModules]


class Multipliers:
    """Raises the bound of a problem by better and better prices."""

    def __init__(self, problem: Problem, packing: Openable, assignments: Assignments | None = None) -> None:
        self.problem, self.packing = problem, packing
        self.assignments = assignments or Assignments(problem, Capacity(problem))
        self.capacity = self.assignments.capacity
        self._courses, self._course = np.unique(
            np.stack([_programme(problem)[packing.cohort], packing.day]), axis=1, return_inverse=True
        )
        self._course = self._course.reshape(-1)
        self._layouts = [self.assignments.layouts(cohort) for cohort in _first_of_each(_programme(problem))]
        self._of_kind = [np.flatnonzero(self._courses[0] == kind) for kind in range(len(self._layouts))]

    def raise_bound(
        self,
        rounds: int,
        stopped: Callable[[], bool],
        *,
        prices: Prices | None = None,
        look: Callable[[Priced], None] = lambda _: None,
        stride: Stride | None = None,
    ) -> Priced | None:
        """Improve prices for some rounds; return the best.

        None where the linear program of openings had no solution in the first round.

        Parameters
        ----------
        prices
            To start from; 0 by default.
        look
            Shown what each round proves.
        stride
            To go on with from earlier rounds.
        """
        start = prices or free_prices(self.problem)
        ascent = Ascent(self.bound, self.capacity, start, stride or Stride())
        return ascend(ascent, rounds=rounds, stopped=stopped, look=look)

    def bound(self, prices: Prices) -> tuple[Priced, list[np.ndarray]] | None:
        """Return what prices prove, and what the cheapest priced plan uses beyond what there is."""
        courses = self._price(prices)
        sessions = courses.least[self._course]
        relaxation = self.packing.relax(sessions, float("inf"))
        if relaxation is None or relaxation.values is None:
            return None
        bound = relaxation.bound - self.capacity.refund(prices)
        given = self._given(relaxation.values, courses)
        return Priced(bound, prices, sessions, relaxation.values), self.capacity.excess(prices, given)

    def sessions(self, prices: Prices) -> Integers:
        """Return what the sessions of each column of the packing cost at least under prices."""
        return self._price(prices).least[self._course]

    def _price(self, prices: Prices) -> _Courses:
        asked = self.capacity.asked(prices)
        least = np.empty(self._courses.shape[1], dtype=np.int64)
        slots, lecturers = [], []
        for layouts, own in zip(self._layouts, self._of_kind, strict=True):
            priced = self.assignments.price(layouts, asked)
            least[own], slot = self.assignments.cheapest(layouts, priced, self._courses[1, own])
            slots.append(slot)
            lecturers.append(priced)
        return _Courses(least, slots, lecturers)

    def _given(self, values: np.ndarray, courses: _Courses) -> np.ndarray:
        """Count the sessions that each lecturer gives in each slot, in the openings that `values` choose."""
        used = np.bincount(self._course, values, minlength=self._courses.shape[1])
        given = np.zeros(self.capacity.free.shape)
        for kind, (layouts, own) in enumerate(zip(self._layouts, self._of_kind, strict=True)):
            some = used[own] > 1e-9
            at = self._courses[1, own][some, None] * self.capacity.per_day + courses.slots[kind][some]
            lecturer = courses.lecturers[kind].lecturer[layouts.module, at - layouts.part]
            share = np.broadcast_to(used[own][some, None], at.shape)
            taught = lecturer >= 0
            np.add.at(given, (lecturer[taught], at[taught]), share[taught])
        return given


_UNBOUNDED = 10**6


class _Bound(Protocol):
    """What some prices prove."""

    @property
    def bound(self) -> int: ...

    @property
    def prices(self) -> Prices: ...


_Some = TypeVar("_Some", bound=_Bound)


class Ascent(Generic[_Some]):
    """Improves prices round by round.

    Parameters
    ----------
    bound
        Says what prices prove, and how many sessions are given beyond those allowed (`Capacity.excess`).
    prices
        To start from.
    stride
        How far to go; it is changed.

    Attributes
    ----------
    best
        What the best prices so far prove; None where the first proved nothing.
    """

    def __init__(
        self,
        bound: Callable[[Prices], tuple[_Some, list[np.ndarray]] | None],
        capacity: Capacity,
        prices: Prices,
        stride: Stride,
    ) -> None:
        self.best: _Some | None = None
        self._bound, self._capacity, self._prices, self._stride = bound, capacity, prices, stride
        self._in_vain = 0
        self._smooth: list[np.ndarray] | None = None

    def step(self) -> _Some | None:
        """Do a round; return what its prices prove, None where that is nothing."""
        outcome = self._bound(self._prices)
        if outcome is None:
            return None
        now, excess = outcome
        if self.best is None or now.bound > self.best.bound:
            self.best, self._in_vain = now, 0
        else:
            self._in_vain += 1
        if self._in_vain >= self._stride.patience:
            self._stride.length *= _SHRINK
            self._in_vain, self._prices, self._smooth = 0, self.best.prices, None
        self._smooth = (
            excess
            if self._smooth is None
            else [
                _SMOOTHING * old + (1 - _SMOOTHING) * new
                for old, new in zip(self._smooth, excess, strict=True)
            ]
        )
        target = self._stride.length * max(self.best.bound, 10**6)
        self._prices = _moved(self._capacity, self._prices, self._smooth, target)
        return now


def ascend(
    ascent: Ascent[_Some],
    *,
    rounds: int,
    stopped: Callable[[], bool],
    look: Callable[[_Some], None] = lambda _: None,
) -> _Some | None:
    """Improve prices for some rounds; return what the best ones prove, None where the first proved nothing.

    Parameters
    ----------
    look
        Shown what each round proves.
    """
    for _ in range(rounds):
        now = None if stopped() else ascent.step()
        if now is None:
            break
        look(now)
    return ascent.best


def _moved(capacity: Capacity, prices: Prices, direction: list[np.ndarray], target: float) -> Prices:
    """Step along a direction, so far that the bound would rise to the target if it were linear."""
    now = (prices.slot, prices.day, prices.week, prices.total)
    # A price of 0 that would fall does not count for the length of the step.
    moves = [np.where((price <= 0) & (way < 0), 0.0, way) for price, way in zip(now, direction, strict=True)]
    length = sum(scale * float((way * way).sum()) for scale, way in zip(_SCALE, moves, strict=True))
    step = target / max(length, 1e-9)
    slot, day, week, total = (
        np.clip(np.rint(price + step * scale * way), 0, _LARGEST).astype(np.int64)
        for price, scale, way in zip(now, _SCALE, moves, strict=True)
    )
    bounded = capacity.in_all < _UNBOUNDED
    total = np.where(bounded, total, np.minimum(total, capacity.overload))
    return Prices(slot, day, week, np.where(capacity.limited_in_all, total, 0))


def _programme(problem: Problem) -> Integers:
    """Give each class the number of its programme."""
    ids = [data.programme.programme.id for data in problem.cohorts]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(ids))}
    return np.array([numbers[name] for name in ids], dtype=np.int64)


def _first_of_each(number: Integers) -> list[int]:
    return [int(np.flatnonzero(number == value)[0]) for value in range(int(number.max(initial=-1)) + 1)]

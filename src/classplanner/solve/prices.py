"""Prices on what classes share: the sessions of lecturers. They split a year by class, and prove bounds.

A *price* is asked for each session that a lecturer gives: by slot, day, week, and in all. Paying prices for
sessions, and getting back what all that lecturers have to give would fetch, changes the cost of a plan by

    sum over rules of   price * (sessions given - sessions allowed)   <=  0

where no rule is broken and prices are not negative. So the cheapest *priced* plan, whether or not it keeps
the rules of lecturers, costs at most as much as the cheapest plan: with any prices, its cost is a lower bound
(Lagrangian relaxation; Geoffrion, "Lagrangean relaxation for integer programming", 1974). Without those rules
each class can be priced alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode import Model, Truths

__all__ = ["Capacity", "Prices", "ask", "free_prices"]

_UNLIMITED = 10**6


@dataclass(frozen=True)
class Prices:
    """Prices in whole VND a session; never negative.

    Attributes
    ----------
    slot, day, week
        Of each lecturer and slot, working day, ISO week of the calendar; shape (lecturers, …).
    total
        Of each lecturer, in the whole scenario; shape (lecturers,).
    """

    slot: Integers
    day: Integers
    week: Integers
    total: Integers


def free_prices(problem: Problem) -> Prices:
    """Return prices of 0."""
    capacity = Capacity(problem)
    lecturers, days = len(problem.scenario.lecturers), len(problem.days)

    def zeros(*shape: int) -> Integers:
        return np.zeros(shape, dtype=np.int64)

    return Prices(
        slot=zeros(lecturers, days * problem.sessions_per_day),
        day=zeros(lecturers, days),
        week=zeros(lecturers, capacity.weeks),
        total=zeros(lecturers),
    )


class Capacity:
    """How many sessions each lecturer may give, and how prices are asked for them.

    Parameters
    ----------
    outside
        What is asked for sessions from outside of the problem, beside its own prices, in VND; shape
        (lecturers, slots).
    """

    def __init__(self, problem: Problem, outside: Integers | None = None) -> None:
        self._outside = outside
        lecturers = problem.scenario.lecturers
        self.per_day = problem.sessions_per_day
        self.week_of_day = np.unique(problem.week, return_inverse=True)[1].reshape(-1)
        self.weeks = int(self.week_of_day.max(initial=-1)) + 1

        def limits(values: list[int | None]) -> Integers:
            return np.array([_UNLIMITED if value is None else value for value in values], dtype=np.int64)

        self.a_day = limits([one.max_sessions_per_day for one in lecturers])
        self.a_week = limits([one.max_sessions_per_week for one in lecturers])
        self.in_all = limits([one.max_sessions for one in lecturers])
        self.target = np.minimum(limits([one.target_sessions for one in lecturers]), self.in_all)
        self.overload = problem.scenario.objective.overload
        free = np.ones(len(lecturers) * len(problem.days) * self.per_day, dtype=bool)
        free[problem.absences.key] = False
        self.free: Truths = free.reshape(len(lecturers), len(problem.days) * self.per_day)
        """Whether a lecturer is free at a slot, as far as leave goes."""

    def asked(self, prices: Prices) -> Integers:
        """Return what a session costs beside the fee; shape (lecturers, slots)."""
        by_day = prices.day + prices.week[:, self.week_of_day] + prices.total[:, None]
        own: Integers = prices.slot + np.repeat(by_day, self.per_day, axis=1)
        return own if self._outside is None else own + self._outside

    def refund(self, prices: Prices) -> int:
        """Return what all that lecturers have to give fetches; overloads paid for come off."""
        given = self.worth_giving(prices)
        over = self.overload * np.maximum(given - self.target, 0)
        return (
            int(prices.slot.sum())
            + int(self.a_day @ prices.day.sum(axis=1))
            + int(self.a_week @ prices.week.sum(axis=1))
            + int(prices.total @ given - over.sum())
        )

    def worth_giving(self, prices: Prices) -> Integers:
        """Return the sessions in all at which price less overload is most: the target or the maximum.

        What a lecturer fetches in all, ``total * sessions - overload * max(0, sessions - target)``, is
        concave in the sessions and bends at the target only.
        """
        return np.where(prices.total > self.overload, self.in_all, self.target)

    @cached_property
    def limited_in_all(self) -> Truths:
        """Which lecturers have a maximum in all, or a target that counts."""
        return (self.in_all < _UNLIMITED) | ((self.target < _UNLIMITED) & (self.overload > 0))

    def excess(self, prices: Prices, given: np.ndarray) -> list[np.ndarray]:
        """Return sessions given less sessions allowed, by slot, day, week and in all: a subgradient.

        Parameters
        ----------
        given
            Sessions by lecturer and slot in the cheapest priced plan, as shares; shape (lecturers, slots).
        """
        by_day = given.reshape(len(given), given.shape[1] // self.per_day, self.per_day).sum(axis=2)
        by_week = np.zeros((len(given), self.weeks))
        np.add.at(by_week.T, self.week_of_day, by_day.T)
        in_all = np.where(self.limited_in_all, given.sum(axis=1) - self.worth_giving(prices), 0)
        return [given - 1, by_day - self.a_day[:, None], by_week - self.a_week[:, None], in_all]


def ask(model: Model, asked: Integers) -> None:
    """Add what sessions of lecturers cost beside their fees to the costs of a model's lectures.

    Parameters
    ----------
    asked
        In VND; shape (lecturers, slots).
    """
    cells = model.lecture_cells()
    further = np.zeros(len(model.lectures.start), dtype=np.int64)
    np.add.at(further, cells.of, asked[model.lectures.lecturer[cells.of], cells.slot])
    model.cost[model.first_lecture : model.first_extra] += further

"""The linear model that all rules are stated in: Boolean columns, and rows over them.

Everything a rule speaks of is decided by one column: a start knows its date and its distance from the
nominal day, a lecture its date and its lecturer. So every rule is linear, and the relaxation is as tight as
the one with all openings given. A large window makes many courses; `solve` leaves out those that cannot be
part of a better plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from classplanner.compile import Integers, Problem
from classplanner.encode.columns import (
    Courses,
    Lectures,
    Openings,
    Starts,
    Truths,
    courses_of,
    possible_lectures,
    possible_starts,
    ragged,
)
from classplanner.encode.goal import EVERY_CLASS, Goal
from classplanner.encode.part import Part
from classplanner.rules import RuleInstance

__all__ = ["NO_LIMIT", "Bans", "Cells", "Entries", "Model", "Naming", "Rows", "TableName"]

TableName = Literal["openings", "starts", "lectures"]

Naming = Callable[[int], RuleInstance]
"""Says which rule instance the row or ban with this key stands for."""

NO_LIMIT = 2**62

_NONE: Integers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Entries:
    """Coefficients of rows: `weight` of `column` in the row with `key`; shape (entries,) each."""

    key: Integers
    column: Integers
    weight: Integers | int = 1


@dataclass(frozen=True)
class Rows:
    """Rows ``lower <= sum(weight * column) <= upper`` that state one rule.

    Attributes
    ----------
    key
        Shape (rows,): what `name` makes a rule instance of.
    row, column, weight
        Shape (entries,): the coefficients, sorted by row and column; `row` counts from 0.
    lower, upper
        Shape (rows,): the limits; ``-NO_LIMIT`` and ``NO_LIMIT`` for none.
    """

    rule: str
    key: Integers
    row: Integers
    column: Integers
    weight: Integers
    lower: Integers
    upper: Integers
    name: Naming


@dataclass(frozen=True)
class Bans:
    """Columns that a rule forbids outright, kept only in a guarded model; shape (bans,) each."""

    rule: str
    key: Integers
    column: Integers
    name: Naming


@dataclass(frozen=True)
class Cells:
    """The sessions of starts or of lectures, one by one; shape (cells,) each.

    Attributes
    ----------
    of
        Position of the start or the lecture in its table.
    course_slot, slot
        Counted from the first slot of the course, and from the first of the calendar.
    """

    of: Integers
    course_slot: Integers
    slot: Integers


@dataclass
class Model:
    """All columns and rows of a problem; `encode` fills it.

    Attributes
    ----------
    cohorts
        Positions of the classes to plan.
    goal
        Which of them may be left out, and what is to be made small.
    guarded
        Keep forbidden columns together with their bans, so that each rule instance can be switched off; for
        explanations. Otherwise forbidden columns are left out.
    part
        What is decided already; None for nothing.
    extra_upper, extra_cost
        Further whole-number columns, from 0 to these, stand behind the three tables.
    gaps
        The columns that say what a draft still lacks (`Goal.lessons`).
    left_out
        The columns that say of the `optional` classes that they are left out; none before the rows.
    cost
        Of each column, in equivalent VND or in trainees, as the goal is; empty where no objective is stated.
    """

    problem: Problem
    openings: Openings
    cohorts: Integers
    goal: Goal = EVERY_CLASS
    guarded: bool = False
    part: Part | None = None
    starts: Starts = field(default_factory=lambda: Starts(_NONE, _NONE, _NONE))
    lectures: Lectures = field(default_factory=lambda: Lectures(_NONE, _NONE))
    rows: list[Rows] = field(default_factory=list)
    bans: list[Bans] = field(default_factory=list)
    extra_upper: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    left_out: Integers = field(default_factory=lambda: _NONE)
    extra_cost: list[int] = field(default_factory=list)
    cost: Integers = field(default_factory=lambda: _NONE)

    # --- columns

    def fill_starts(self) -> None:
        """Make the starts of the openings that are left."""
        self.starts = possible_starts(self.problem, self.courses)
        if self.part is not None:
            self.starts = self.part.starts(self.problem, self.start_cohort, self.starts)

    def fill_lectures(self) -> None:
        """Make the lectures of the starts that are left."""
        self.lectures = possible_lectures(self.problem, self.starts)
        if self.part is not None:
            self.lectures = self.part.lectures(self.problem, self.start_cohort, self.starts, self.lectures)

    @cached_property
    def courses(self) -> Courses:
        """The courses of the openings that are left."""
        return courses_of(self.openings)[0]

    @cached_property
    def course_of_opening(self) -> Integers:
        """The course of each opening."""
        return courses_of(self.openings)[1]

    @property
    def first_start(self) -> int:
        """The column of the first start."""
        return len(self.openings.room)

    @property
    def first_lecture(self) -> int:
        """The column of the first lecture."""
        return self.first_start + len(self.starts.slot)

    @property
    def first_extra(self) -> int:
        """The column behind the last lecture."""
        return self.first_lecture + len(self.lectures.start)

    @property
    def upper(self) -> Integers:
        """The largest value of each column; the smallest is 0."""
        ones = np.ones(self.first_extra, dtype=np.int64)
        return np.concatenate([ones, np.array(self.extra_upper, dtype=np.int64)])

    def add_columns(self, upper: Sequence[int], cost: Sequence[int] | None = None) -> Integers:
        """Add whole-number columns behind all others; return their positions."""
        first = self.first_extra + len(self.extra_upper)
        self.extra_upper.extend(upper)
        self.extra_cost.extend([0] * len(upper) if cost is None else cost)
        return np.arange(first, first + len(upper))

    def add_gaps(self, upper: Sequence[int], price: Sequence[int]) -> Integers:
        """Add columns that say what is lacking, at these prices; return their positions."""
        columns = self.add_columns(upper, price)
        self.gaps.extend(columns.tolist())
        return columns

    def ban(
        self,
        rule: str,
        table: TableName,
        position: Integers,
        key: Integers,
        name: Naming,
    ) -> None:
        """Forbid the columns at some positions of a table, each under the key of its rule instance."""
        if self.guarded:
            self.bans.append(Bans(rule, key, self.first_column(table) + position, name))
        elif len(position):
            columns = getattr(self, table)
            kept = np.ones(len(next(iter(vars(columns).values()))), dtype=bool)
            kept[position] = False
            setattr(
                self, table, type(columns)(**{name: values[kept] for name, values in vars(columns).items()})
            )

    def ban_starts(self, rule: str, banned: Truths, name: Callable[[int, int], RuleInstance]) -> None:
        """Forbid the starts that are marked; `name` makes a rule instance of a class and a module."""
        modules = len(self.problem.modules)
        key = (self.start_cohort * modules + self.starts.module)[banned]
        self.ban(rule, "starts", np.flatnonzero(banned), key, lambda key: name(*divmod(key, modules)))

    def first_column(self, table: TableName) -> int:
        """Return the column at which a table begins."""
        if table == "openings":
            return 0
        return self.first_start if table == "starts" else self.first_lecture

    # --- rows

    def add_rows(
        self,
        rule: str,
        entries: Iterable[Entries],
        name: Naming,
        *,
        keys: Integers | None = None,
        lower: int = -NO_LIMIT,
        upper: int | Callable[[Integers], Integers] = NO_LIMIT,
    ) -> None:
        """State ``lower <= sum of entries <= upper`` for each key; rows that always hold are left out.

        Parameters
        ----------
        keys
            All keys, where some may have no entries; else those among the entries.
        upper
            One limit, or the limits as a function of the keys.
        """
        parts = list(entries)
        key = np.concatenate([part.key for part in parts])
        column = np.concatenate([part.column for part in parts])
        weight = np.concatenate([np.broadcast_to(part.weight, part.key.shape) for part in parts])
        keys = np.unique(key) if keys is None else keys
        row, column, weight = _merged(np.searchsorted(keys, key), column, weight)
        limit = upper(keys) if callable(upper) else np.full(len(keys), upper)
        most = np.bincount(row, np.maximum(weight, 0) * self.upper[column], minlength=len(keys))
        needed = (most > limit) if lower == -NO_LIMIT else np.ones(len(keys), dtype=bool)
        kept = needed[row]
        self.rows.append(
            Rows(
                rule=rule,
                key=keys[needed],
                row=(np.cumsum(needed) - 1)[row[kept]],
                column=column[kept],
                weight=weight[kept],
                lower=np.full(int(needed.sum()), lower),
                upper=limit[needed],
                name=name,
            )
        )

    # --- what rules look at

    @property
    def start_cohort(self) -> Integers:
        """The class of each start."""
        return self.courses.cohort[self.starts.course]

    @property
    def start_class_day(self) -> Integers:
        """The class day of each start's first session, from 0."""
        return self.starts.slot // self.problem.sessions_per_day

    @property
    def start_day(self) -> Integers:
        """The working day of each start's first session."""
        return self.courses.day[self.starts.course] + self.start_class_day

    @property
    def start_sessions(self) -> Integers:
        """How many sessions each start's module has."""
        return self.problem.module_sessions[self.starts.module]

    @property
    def optional(self) -> Integers:
        """The classes that may be left out, as far as each alone goes."""
        return self.cohorts[self.problem.cohort_sizes[self.cohorts] <= self.goal.leave_out]

    @property
    def opening_columns(self) -> Integers:
        """The columns of the openings."""
        return np.arange(self.first_start)

    @property
    def start_columns(self) -> Integers:
        """The columns of the starts."""
        return np.arange(self.first_start, self.first_lecture)

    @property
    def lecture_columns(self) -> Integers:
        """The columns of the lectures."""
        return np.arange(self.first_lecture, self.first_extra)

    def start_cells(self) -> Cells:
        """List the sessions of all starts."""
        return self._cells(np.arange(len(self.starts.slot)))

    def lecture_cells(self) -> Cells:
        """List the sessions of all lectures."""
        return self._cells(self.lectures.start)

    def _cells(self, start: Integers) -> Cells:
        of, slot = ragged(self.starts.slot[start], self.start_sessions[start])
        first = self.courses.day[self.starts.course[start[of]]] * self.problem.sessions_per_day
        return Cells(of, slot, first + slot)

    def held(self, key: Integers, course: Integers, weight: int = -1) -> Entries:
        """Enter, in the row of each key, the openings of a course: their sum says whether it is held."""
        first = np.searchsorted(self.course_of_opening, course)
        count = np.searchsorted(self.course_of_opening, course, side="right") - first
        index, opening = ragged(first, count)
        return Entries(key[index], opening, weight)

    def cohort_id(self, cohort: int) -> str:
        """Return the id of a class."""
        return self.problem.cohorts[cohort].cohort.id


def _merged(row: Integers, column: Integers, weight: Integers) -> tuple[Integers, Integers, Integers]:
    """Sort entries by row and column, and add up those that meet."""
    order = np.lexsort((column, row))
    row, column, weight = row[order], column[order], weight[order]
    new = np.ones(len(row), dtype=bool)
    new[1:] = (np.diff(row) != 0) | (np.diff(column) != 0)
    first = np.flatnonzero(new)
    return row[first], column[first], np.add.reduceat(weight, first) if len(first) else weight

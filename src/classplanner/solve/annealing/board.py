"""Tables for local search: what each way to hold a lesson changes in the rows of the encoded rules.

The rows are those of the model with all openings given, so every rule is in them, and a change of a few
lessons touches a few rows. Four steps make them quick to keep up with:

- A *way* to hold a lesson is a start together with a lecture, so that each lesson has one at any time.
  Besides those that the rules allow there is one without a lecturer for each start, at the price of a gap.
- The rows that say that a lesson is held once and has its lecturer hold by that, and are left out.
- Whether a column stands behind the three tables is decided by others: an overload, which is worth its cost,
  makes its row soft; a visit to a venue is made where any lecture needs it.
- The rows of a precedence, one for each slot, are summed up for each class: of two whole lessons in the wrong
  order, as many are broken as there are slots between the one's start and the other's end, each by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from classplanner.compile import Integers, Problem
from classplanner.encode import NO_LIMIT, NOBODY, Model, Openings, Program, Truths, encode, program_of
from classplanner.solve.prices import ask

__all__ = ["Board", "Records", "board_of"]

Records = npt.NDArray[np.void]

_NEVER = 2**40
_BREACH = 16
"""What breaks a rule costs so many times what the ways to hold a lesson differ by."""


def _records(**columns: Integers) -> Records:
    """Put columns of one length side by side."""
    table = np.empty(len(next(iter(columns.values()))), dtype=[(name, np.int64) for name in columns])
    for name, values in columns.items():
        table[name] = values
    return table


@dataclass(frozen=True)
class Board:
    """The tables of a year whose openings are given; those of lessons, rows and visits change with a search.

    Attributes
    ----------
    scale
        By how much the ways to hold a lesson usually differ, in equivalent VND; at least 1.
    price
        Of what breaks a rule, and of each session without a lecturer, in equivalent VND.
    first_way
        The ways to hold lesson l from slot s are ``first_way[l * width + s]`` up to the next; the first is
        the one without a lecturer.
    ways
        `start` and `lecture`: its columns, a lecture of -1 for none; `slot`; `lecturer`: -1 for none;
        `lacking`: sessions that need a lecturer and have none; its `price`.
    least
        The least price of those ways, `_NEVER` where there is none; as `first_way`, but for its last entry.
    lessons
        `way`: how it is held, -1 for not; `length`: sessions; `cohort`.
    classes
        `slots`: how many; `first_slot`: counted from the first of the calendar.
    first_entry, entries
        Of each column: `weight`, what it adds to a row, `target`, or, if that is negative, to visit
        ``-1 - target``.
    rows
        `total`, `upper` and `lower` limit, and the `price` of each unit beyond.
    visits
        `count`: lectures that ask for it; `row`: in which it counts.
    soft
        The rows that state no rule, but what is worth its cost.
    """

    problem: Problem
    scale: float
    price: int
    first_way: Integers
    ways: Records
    least: Integers
    lessons: Records
    classes: Records
    first_entry: Integers
    entries: Records
    rows: Records
    visits: Records
    soft: Integers

    @property
    def width(self) -> int:
        """How many entries of `first_way` a lesson has."""
        return (len(self.first_way) - 1) // len(self.lessons)

    def ways_of(self, lesson: int, slot: int) -> range:
        """Return the ways to hold a lesson from a slot of its course."""
        at = lesson * self.width + slot
        return range(int(self.first_way[at]), int(self.first_way[at + 1]))


def board_of(problem: Problem, day: Integers, room: Integers, asked: Integers | None = None) -> Board:
    """Make the tables of classes that open on some days, in some rooms.

    Parameters
    ----------
    day, room
        Shape (classes,).
    asked
        Further costs of sessions, by lecturer and slot, in VND; shape (lecturers, slots).
    """
    model = encode(problem, Openings(np.arange(len(day)), day, room))
    if asked is not None:
        ask(model, asked)
    program = program_of(model)
    number = len(problem.lesson_module)
    width = int(problem.cohort_days.max(initial=0)) * problem.sessions_per_day + 1
    key, ways = _ways(model, width)
    scale = _scale(ways, key // width)
    price = int(_BREACH * scale) + 1
    ways["price"] += price * ways["lacking"]
    least = np.full(number * width, _NEVER)
    np.minimum.at(least, key, ways["price"])
    return Board(
        problem,
        scale,
        price,
        first_way=np.searchsorted(key, np.arange(number * width + 1)),
        ways=ways,
        least=least,
        lessons=_records(
            way=np.full(number, -1),
            length=problem.module_sessions[problem.lesson_module],
            cohort=problem.lesson_cohort,
        ),
        classes=_records(
            slots=problem.cohort_days * problem.sessions_per_day, first_slot=day * problem.sessions_per_day
        ),
        **_rows(model, program, price),
    )


def _ways(model: Model, width: int) -> tuple[Integers, Records]:
    """List the ways by lesson, slot and lecturer, and where those of a lesson and slot are looked up."""
    problem, starts, lectures = model.problem, model.starts, model.lectures
    everything = np.arange(len(starts.slot))
    start = np.concatenate([lectures.start, everything])
    lecture = np.concatenate([model.lecture_columns, np.full(len(everything), -1)])
    lecturer = np.concatenate([lectures.lecturer, np.full(len(everything), NOBODY)])
    given = np.concatenate([model.cost[model.lecture_columns], np.zeros_like(everything)])
    module = starts.module[start]
    needy = np.array([len(data.lecturers) > 0 for data in problem.modules], dtype=bool)[module]
    key = problem.lesson(model.start_cohort[start], module) * width + starts.slot[start]
    order = np.lexsort((lecture, key))
    ways = _records(
        start=model.first_start + start,
        lecture=lecture,
        slot=starts.slot[start],
        lecturer=lecturer,
        lacking=np.where(needy & (lecturer == NOBODY), problem.module_sessions[module], 0),
        price=given + model.cost[model.first_start + start],
    )
    return key[order], ways[order]


def _scale(ways: Records, lesson: Integers) -> float:
    """Return the standard deviation of what ways with a lecturer cost, within lessons."""
    taught = ways["lecture"] >= 0
    price, lesson = ways["price"][taught], lesson[taught]
    count = np.maximum(np.bincount(lesson), 1)
    away = price - (np.bincount(lesson, price) / count)[lesson]
    return max(float(np.sqrt(np.mean(away**2))), 1.0) if len(price) else 1.0


def _rows(model: Model, program: Program, price: int) -> dict[str, Any]:
    """Put the rows into the form that the module's docstring describes."""
    row, column, weight = _with_summed_precedences(model, program)
    complete = _complete(model)
    upper = np.where(program.row_upper >= NO_LIMIT, _NEVER, program.row_upper)
    lower = np.where(program.row_lower <= -NO_LIMIT, -_NEVER, program.row_lower)
    opened = column < model.first_start
    given = np.bincount(row[opened], weight[opened], minlength=len(upper)).astype(np.int64)
    upper, lower = upper - given, lower - given

    extra = column >= model.first_extra
    costs = extra & (program.cost[column] > 0)
    unit = np.zeros(len(upper), dtype=np.int64)
    np.gcd.at(unit, row[~opened & ~extra], np.abs(weight[~opened & ~extra]))
    unit = np.maximum(unit, 1)  # totals are multiples of it, and so limits may be
    prices = -(-price // unit)
    prices[row[costs]] = program.cost[column[costs]]
    soft = np.zeros(len(upper), dtype=bool)
    soft[row[costs]] = True
    upper = np.where(soft, upper, upper // unit * unit)

    visited, counted = (extra & ~costs & (sign * weight > 0) for sign in (-1, 1))
    row_of_visit = np.full(len(program.cost) - model.first_extra + 1, -1)  # one more: there may be none
    row_of_visit[column[counted] - model.first_extra] = row[counted]
    visit = np.full(len(upper), -1)
    visit[row[visited]] = column[visited] - model.first_extra
    kept = ~opened & ~extra & ~complete[row]
    target = np.where(visit[row] >= 0, -1 - visit[row], row)
    key = column * (2 * len(upper) + 1) + target + len(upper)
    _, first = np.unique(key[kept], return_index=True)  # several sessions ask for one visit
    column, target = column[kept][first], target[kept][first]
    weight = np.where(target < 0, 1, weight[kept][first])
    nothing = np.zeros_like(upper)
    return {
        "first_entry": np.searchsorted(column, np.arange(model.first_extra + 1)),
        "entries": _records(target=target, weight=weight),
        "rows": _records(total=nothing, upper=upper, lower=np.where(complete, -_NEVER, lower), price=prices),
        "visits": _records(count=np.zeros_like(row_of_visit), row=row_of_visit),
        "soft": np.flatnonzero(soft),
    }


def _complete(model: Model) -> Truths:
    """Mark the rows that hold as each lesson is held in one way."""
    return np.concatenate(
        [np.full(len(rows.key), rows.rule in ("programme-complete", "quota")) for rows in model.rows]
    )


def _with_summed_precedences(model: Model, program: Program) -> tuple[Integers, Integers, Integers]:
    """Return the entries of all rows, those of a precedence and a class summed into its first row.

    Their limits are all 0, and so is that of the sum.
    """
    row, column = program.row.copy(), program.column
    first = 0
    for rows in model.rows:
        if rows.rule == "precedence" and len(rows.key):
            of_start = (rows.column >= model.first_start) & (rows.column < model.first_lecture)
            cohort = np.zeros(len(rows.key), dtype=np.int64)
            cohort[rows.row[of_start]] = model.start_cohort[rows.column[of_start] - model.first_start]
            _, head, summed = np.unique(cohort, return_index=True, return_inverse=True)
            entries = slice(int(program.first[first]), int(program.first[first + len(rows.key)]))
            row[entries] = first + head[summed][row[entries] - first]
        first += len(rows.key)
    pairs, place = np.unique(row * len(program.cost) + column, return_inverse=True)
    weight = np.bincount(place, program.weight).astype(np.int64)
    return pairs // len(program.cost), pairs % len(program.cost), weight

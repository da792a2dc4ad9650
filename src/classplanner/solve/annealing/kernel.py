"""The moves of local search, compiled: a million a second, while other threads go on.

A move takes a few lessons out of the rows and puts them back elsewhere. Which lecturers give them is decided
one lesson after the other, by what the rows then cost. Moves are of two kinds: two spans of a class exchange
their lessons, or a lesson is given to another lecturer, who may be taken from another class. Either keeps
each class whole: all of its lessons are held, one at a time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import Truths
from classplanner.solve.annealing.board import Records
from classplanner.solve.compiled import compiled

__all__ = ["MOST_MOVED", "Tables", "adopt", "anneal", "excess", "hold", "put", "take"]

MOST_MOVED = 64
_RELECTURE, _DOUBLE, _ADJACENT = 0.3, 0.05, 0.35
"""Shares: of moves that change lecturers only; of the others, two days with two, and spans side by side."""
_LONGEST = 4


class Tables(NamedTuple):
    """The tables of a board (`Board`), and what a search adds to them.

    Attributes
    ----------
    held
        The lesson that a class has in a slot of its course, -1 for none; shape (classes, slots).
    taught
        A lesson that a lecturer gives in a slot of the calendar, -1 for none; shape (lecturers, slots).
    move
        `lesson`, `slot` it goes to, and `way`, -1 for not chosen yet, of each lesson of the move at hand.
    loose
        The lessons that moves may change; shape (lessons,).
    best, cost
        The way of each lesson when all cost least; what all costs now, and least.
    """

    first_way: Integers
    ways: Records
    least: Integers
    lessons: Records
    classes: Records
    first_entry: Integers
    entries: Records
    rows: Records
    visits: Records
    held: Integers
    taught: Integers
    move: Records
    loose: Truths
    best: Integers
    cost: Integers


# --- columns and rows


@compiled
def _beyond(row: Any, total: int) -> int:
    """Return what a row costs with a total."""
    if total > row.upper:
        return (total - row.upper) * row.price
    if total < row.lower:
        return (row.lower - total) * row.price
    return 0


@compiled
def _flip(tables: Tables, column: int, sign: int) -> int:
    """Add a column to its rows, or take it out; return how that changes what they cost."""
    change = 0
    if column < 0:
        return change
    for entry in range(tables.first_entry[column], tables.first_entry[column + 1]):
        target, add = tables.entries[entry].target, sign * tables.entries[entry].weight
        if target < 0:
            visit = -1 - target
            before = tables.visits[visit].count
            tables.visits[visit].count = before + sign
            if (before > 0) == (before + sign > 0):
                continue
            target, add = tables.visits[visit].row, sign
        total = tables.rows[target].total
        tables.rows[target].total = total + add
        change += _beyond(tables.rows[target], total + add) - _beyond(tables.rows[target], total)
    return change


@compiled
def _asked(tables: Tables, column: int) -> int:
    """Return how adding a column would change what its rows cost."""
    change = 0
    if column < 0:
        return change
    for entry in range(tables.first_entry[column], tables.first_entry[column + 1]):
        target, add = tables.entries[entry].target, tables.entries[entry].weight
        if target < 0:
            visit = -1 - target
            if tables.visits[visit].count > 0:
                continue
            target, add = tables.visits[visit].row, 1
        total = tables.rows[target].total
        change += _beyond(tables.rows[target], total + add) - _beyond(tables.rows[target], total)
    return change


@compiled
def excess(tables: Tables) -> int:
    """Return what all rows cost together."""
    cost = 0
    for row in range(len(tables.rows)):
        cost += _beyond(tables.rows[row], tables.rows[row].total)
    return cost


# --- lessons


@compiled
def _remember(tables: Tables, lesson: int, way: int) -> None:
    tables.lessons[lesson].way = way
    cohort, slot, lecturer = tables.lessons[lesson].cohort, tables.ways[way].slot, tables.ways[way].lecturer
    first = tables.classes[cohort].first_slot + slot
    for step in range(tables.lessons[lesson].length):
        tables.held[cohort, slot + step] = lesson
        if lecturer >= 0:
            tables.taught[lecturer, first + step] = lesson


@compiled
def _forget(tables: Tables, lesson: int) -> None:
    way, cohort = tables.lessons[lesson].way, tables.lessons[lesson].cohort
    slot, lecturer = tables.ways[way].slot, tables.ways[way].lecturer
    first = tables.classes[cohort].first_slot + slot
    for step in range(tables.lessons[lesson].length):
        if tables.held[cohort, slot + step] == lesson:
            tables.held[cohort, slot + step] = -1
        if lecturer >= 0 and tables.taught[lecturer, first + step] == lesson:
            tables.taught[lecturer, first + step] = -1
    tables.lessons[lesson].way = -1


@compiled
def put(tables: Tables, lesson: int, way: int) -> int:
    """Hold a lesson; return how that changes what rows cost."""
    _remember(tables, lesson, way)
    change = _flip(tables, tables.ways[way].start, 1)
    return change + _flip(tables, tables.ways[way].lecture, 1)


@compiled
def hold(tables: Tables, ways: Any) -> None:
    """Hold all lessons."""
    for lesson in range(len(ways)):
        put(tables, lesson, ways[lesson])


@compiled
def take(tables: Tables, lesson: int) -> int:
    """Take a lesson out; return how that changes what rows cost."""
    way = tables.lessons[lesson].way
    _forget(tables, lesson)
    change = _flip(tables, tables.ways[way].start, -1)
    return change + _flip(tables, tables.ways[way].lecture, -1)


# --- moves


@compiled
def _note(tables: Tables, index: int, lesson: int, slot: int, way: int) -> None:
    tables.move[index].lesson, tables.move[index].slot, tables.move[index].way = lesson, slot, way


@compiled
def _relecture(tables: Tables, lesson: int) -> int:
    """Give a lesson to another lecturer; return how many lessons that moves, 0 if it cannot be."""
    way, width = tables.lessons[lesson].way, (len(tables.first_way) - 1) // len(tables.lessons)
    slot = tables.ways[way].slot
    first, behind = tables.first_way[lesson * width + slot], tables.first_way[lesson * width + slot + 1]
    other = np.random.randint(first, behind)
    if other == way:
        return 0
    _note(tables, 0, lesson, slot, other)
    lecturer = tables.ways[other].lecturer
    at = tables.classes[tables.lessons[lesson].cohort].first_slot + slot
    if lecturer >= 0:
        for step in range(tables.lessons[lesson].length):
            rival = tables.taught[lecturer, at + step]
            if rival >= 0 and not tables.loose[rival]:
                return 0
            if rival >= 0 and rival != lesson:
                _note(tables, 1, rival, tables.ways[tables.lessons[rival].way].slot, -1)
                return 2
    return 1


@compiled
def _exchange(tables: Tables, lesson: int, per_day: int) -> int:
    """Exchange two spans of a class; return how many lessons that moves, 0 or less if it cannot be.

    They are as long as each other, or beside each other.
    """
    cohort, span = tables.lessons[lesson].cohort, tables.lessons[lesson].length
    here, slots = tables.ways[tables.lessons[lesson].way].slot, tables.classes[cohort].slots
    kind, unit = np.random.random(), 1
    if kind > 0.5 or span > per_day:
        unit, here = per_day, here - here % per_day
        span = per_day * max((span + per_day - 1) // per_day, 2 if kind > 1 - _DOUBLE else 1)
    if np.random.random() < _ADJACENT:
        other = unit * np.random.randint(1, _LONGEST + 1)
        before = np.random.random() < 0.5
        there = here - other if before else here + span
        by, back = (-other, span) if before else (other, -span)
    else:
        other, there = span, unit * np.random.randint(0, slots // unit)
        by, back = there - here, here - there
        if abs(by) < span:
            return 0
    if min(here, there) < 0 or max(here + span, there + other) > slots:
        return 0
    moved = _shift(tables, cohort, here, by, span, 0)
    return moved if moved < 0 else _shift(tables, cohort, there, back, other, moved)


@compiled
def _shift(tables: Tables, cohort: int, first: int, by: int, span: int, moved: int) -> int:
    """Move what a class has in a span; return how many lessons are moved then, -1 if it cannot be."""
    width = (len(tables.first_way) - 1) // len(tables.lessons)
    slot = first
    while slot < first + span:
        lesson = tables.held[cohort, slot]
        if lesson < 0:
            slot += 1
            continue
        length, at = tables.lessons[lesson].length, lesson * width + slot + by
        whole = tables.ways[tables.lessons[lesson].way].slot == slot and slot + length <= first + span
        if not whole or tables.first_way[at] == tables.first_way[at + 1] or moved == MOST_MOVED:
            return -1
        _note(tables, moved, lesson, slot + by, -1)
        moved += 1
        slot += length
    return moved


@compiled
def _at_least(tables: Tables, moved: int) -> int:
    """Return by how much the prices of the ways of a move change at least, whatever its lecturers."""
    width, change = (len(tables.first_way) - 1) // len(tables.lessons), 0
    for index in range(moved):
        lesson, way = tables.move[index].lesson, tables.move[index].way
        change -= tables.ways[tables.lessons[lesson].way].price
        if way < 0:
            change += tables.least[lesson * width + tables.move[index].slot]
        else:
            change += tables.ways[way].price
    return change


@compiled
def _turn_starts(tables: Tables, moved: int, sign: int) -> int:
    """Let the lessons of a move start where they go to, or back; return how that changes what rows cost."""
    width, change = (len(tables.first_way) - 1) // len(tables.lessons), 0
    for index in range(moved):
        lesson = tables.move[index].lesson
        old, new = (
            tables.ways[tables.lessons[lesson].way],
            tables.ways[tables.first_way[lesson * width + tables.move[index].slot]],
        )
        change += _flip(tables, old.start, -sign)
        change += _flip(tables, new.start, sign)
    return change


@compiled
def _cheapest(tables: Tables, at: int, heat: float) -> int:
    """Return which way to hold a lesson from a slot costs least, give or take some heat."""
    chosen, least = tables.first_way[at], np.inf
    for way in range(tables.first_way[at], tables.first_way[at + 1]):
        asked = tables.ways[way].price + _asked(tables, tables.ways[way].lecture)
        asked += 0.5 * heat * np.random.standard_exponential()
        if asked < least:
            chosen, least = way, asked
    return chosen


@compiled
def _turn_lectures(tables: Tables, moved: int, sign: int, chosen: bool) -> int:
    """Give the lessons of a move by the lecturers chosen or as before, or by none; return as `_flip`."""
    change = 0
    for index in range(moved):
        way = tables.move[index].way if chosen else tables.lessons[tables.move[index].lesson].way
        change += _flip(tables, tables.ways[way].lecture, sign)
    return change


@compiled
def _choose_lectures(tables: Tables, moved: int, heat: float) -> int:
    """Choose the lecturers of a move; return how that changes what rows and ways cost."""
    width, change = (len(tables.first_way) - 1) // len(tables.lessons), 0
    for index in range(moved):
        change -= tables.ways[tables.lessons[tables.move[index].lesson].way].price
        if tables.move[index].way < 0:
            at = tables.move[index].lesson * width + tables.move[index].slot
            tables.move[index].way = _cheapest(tables, at, heat)
        new = tables.ways[tables.move[index].way]
        change += _flip(tables, new.lecture, 1) + new.price
    return change


@compiled
def _try(
    tables: Tables, moved: int, prices: int, new_times: bool, bearable: float, heat: float, hopeless: int
) -> int:
    """Change the rows as a move asks for, and back unless that is borne; return what it adds to the cost.

    Where `prices`, by which those of its ways change at least, make it too much, what it adds at least.
    """
    change, chosen = _turn_starts(tables, moved, 1) if new_times else 0, False
    fair = change <= bearable + hopeless
    if fair:
        change += _turn_lectures(tables, moved, -1, chosen=False)
        chosen = change + prices <= bearable
        change += _choose_lectures(tables, moved, heat) if chosen else prices
    if change > bearable:
        if chosen:
            _turn_lectures(tables, moved, -1, chosen=True)
        if fair:
            _turn_lectures(tables, moved, 1, chosen=False)
        if new_times:
            _turn_starts(tables, moved, -1)
    return change


@compiled
def _settle(tables: Tables, moved: int, change: int) -> None:
    """Take a move whose columns are in the rows already."""
    for index in range(moved):
        _forget(tables, tables.move[index].lesson)
    for index in range(moved):
        _remember(tables, tables.move[index].lesson, tables.move[index].way)
    tables.cost[0] += change
    if tables.cost[0] < tables.cost[1]:
        tables.cost[1] = tables.cost[0]
        for lesson in range(len(tables.lessons)):
            tables.best[lesson] = tables.lessons[lesson].way


@compiled
def adopt(tables: Tables, ways: Any) -> None:
    """Hold lessons in other ways; what is held in the same way stays."""
    for lesson in range(len(ways)):
        old, new = tables.lessons[lesson].way, ways[lesson]
        if old != new:
            tables.cost[0] += take(tables, lesson) - tables.ways[old].price
    for lesson in range(len(ways)):
        if tables.lessons[lesson].way < 0:
            tables.cost[0] += put(tables, lesson, ways[lesson]) + tables.ways[ways[lesson]].price


@compiled
def anneal(
    tables: Tables, moves: int, heat: float, relief: int, hopeless: int, per_day: int, seed: int
) -> None:
    """Try so many moves; take those that add to the cost no more than what is borne at this heat.

    Parameters
    ----------
    heat
        In equivalent VND: what is borne is drawn from an exponential distribution with this mean.
    relief
        What a move may save in the rows of lecturers: those whose prices alone cost more are not tried.
    hopeless
        Lecturers are not looked for where starts alone cost so much more.
    per_day
        Slots of a day.
    seed
        Of the random numbers, which are this thread's own.
    """
    np.random.seed(seed)
    for _ in range(moves):
        lesson = np.random.randint(0, len(tables.lessons))
        while not tables.loose[lesson]:
            lesson = np.random.randint(0, len(tables.lessons))
        new_times = np.random.random() >= _RELECTURE
        moved = _exchange(tables, lesson, per_day) if new_times else _relecture(tables, lesson)
        bearable = heat * np.random.standard_exponential()
        prices = _at_least(tables, moved)
        if moved > 0 and prices <= bearable + relief:
            change = _try(tables, moved, prices, new_times, bearable, heat, hopeless)
            if change <= bearable:
                _settle(tables, moved, change)

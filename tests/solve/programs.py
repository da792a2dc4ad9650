"""Small programs, written by hand or drawn at random, and all their solutions by trying every one."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from classplanner.compile import Integers
from classplanner.encode import NO_LIMIT, Program

__all__ = ["Row", "cover", "optimum", "program", "random_program", "solutions", "split"]

Row = tuple[int, Mapping[int, int], int]
"""The lower limit, the weights by column, the upper limit."""

_WEIGHTS = (-3, -1, 1, 1, 1, 2, 5)


def program(cost: Sequence[int], upper: Sequence[int], *rows: Row) -> Program:
    """Write a program: ``program([3, 5], [1, 1], (1, {0: 1, 1: 1}, NO_LIMIT))``."""
    entries = [weights.items() for _, weights, _ in rows]
    return Program(
        cost=_integers(cost),
        upper=_integers(upper),
        first=_integers([0, *itertools.accumulate(map(len, entries))]),
        column=_integers([column for row in entries for column, _ in row]),
        weight=_integers([weight for row in entries for _, weight in row]),
        row_lower=_integers([lower for lower, _, _ in rows]),
        row_upper=_integers([upper for _, _, upper in rows]),
    )


def random_program(seed: int) -> Program:
    """Draw a program of at most six columns; about a quarter of them have no solution."""
    chance = random.Random(seed)
    columns = chance.randint(1, 6)
    upper = [chance.choice((0, 1, 1, 1, 1, 2, 3)) for _ in range(columns)]
    cost = [chance.choice((0, 1, 2, 7, 10, 13, 1_000_003)) for _ in range(columns)]
    point = [chance.randint(0, most) for most in upper]
    return program(cost, upper, *(_random_row(chance, point) for _ in range(chance.randint(1, 4))))


def _random_row(chance: random.Random, point: Sequence[int]) -> Row:
    """Draw a row: of the kinds that CP-SAT is told as what they are, or any other that holds for a point."""
    columns = range(len(point))
    chosen = sorted(chance.sample(columns, chance.randint(0 if chance.random() < 0.1 else 1, len(point))))
    if chance.random() < 0.5:
        lower, upper = chance.choice(((1, 1), (0, 1), (-NO_LIMIT, 1), (1, NO_LIMIT), (1, NO_LIMIT)))
        return lower, dict.fromkeys(chosen, 1), upper
    weights = {column: chance.choice(_WEIGHTS) for column in chosen}
    value = sum(weight * point[column] for column, weight in weights.items())
    lower = chance.choice((-NO_LIMIT, value - 1, value, value))
    upper = chance.choice((NO_LIMIT, value + 1, value, value))
    return lower, weights, upper


def cover(columns: int, rows: int) -> Program:
    """Take one of five columns for each row: one solution is easily found, the cheapest is not."""
    chance = random.Random(1)
    chosen = [sorted(chance.sample(range(columns), 5)) for _ in range(rows)]
    cost = [chance.randint(50, 100) for _ in range(columns)]
    return program(cost, [1] * columns, *((1, dict.fromkeys(row, 1), NO_LIMIT) for row in chosen))


def split(columns: int = 40) -> Program:
    """Split goods so that each of four shares is halved: next to nothing can be proven about that."""
    chance = random.Random(1)
    shares = [[chance.randint(0, 99) for _ in range(columns)] for _ in range(4)]
    rows = [(sum(share) // 2, dict(enumerate(share)), sum(share) // 2) for share in shares]
    return program([1] * columns, [1] * columns, *rows)


def solutions(program: Program) -> Iterator[Integers]:
    """Yield every solution."""
    for values in itertools.product(*(range(upper + 1) for upper in program.upper.tolist())):
        if _holds(program, values):
            yield _integers(values)


def optimum(program: Program) -> int | None:
    """Return what the cheapest solution costs; None where there is none."""
    costs = program.cost.tolist()
    return min((sum(map(int.__mul__, costs, values.tolist())) for values in solutions(program)), default=None)


def _holds(program: Program, values: Sequence[int]) -> bool:
    for row, (lower, upper) in enumerate(zip(program.row_lower, program.row_upper, strict=True)):
        entries = range(program.first[row], program.first[row + 1])
        if not lower <= sum(program.weight[i] * values[program.column[i]] for i in entries) <= upper:
            return False
    return True


def _integers(values: Sequence[int]) -> Integers:
    return np.array(values, dtype=np.int64)

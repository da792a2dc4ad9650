"""A reduced program has the solutions of the whole one, at the same costs; an impossible one is found out."""

from __future__ import annotations

import pytest

from classplanner.encode import reduce_program
from tests.solve.programs import optimum, program, random_program, solutions


@pytest.mark.parametrize("seed", range(400))
def test_the_solutions_are_the_same(seed: int) -> None:
    whole = random_program(seed)
    reduced = reduce_program(whole)
    expected = {tuple(values.tolist()) for values in solutions(whole)}
    if not reduced.possible:
        assert expected == set()
        return
    found = [reduced.expand(values) for values in solutions(reduced.program)]
    assert {tuple(values.tolist()) for values in found} == expected
    least = optimum(reduced.program)
    assert (None if least is None else least + reduced.cost) == optimum(whole)


def test_what_follows_from_an_equation_is_put_in() -> None:
    whole = program([5, 7, 9], [1, 1, 1], (1, {0: 1}, 1), (0, {0: -1, 1: 1}, 0), (-5, {0: 1, 1: 1, 2: 1}, 2))
    reduced = reduce_program(whole)
    assert len(reduced.columns) == 0
    assert reduced.settled.tolist() == [1, 1, 0]
    assert reduced.cost == 12


def test_rows_that_always_hold_are_left_out() -> None:
    whole = program([1, 1], [1, 1], (0, {0: 1, 1: 1}, 2), (0, {0: 1, 1: 1}, 1))
    assert len(reduce_program(whole).program.row_lower) == 1

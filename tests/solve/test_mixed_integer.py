"""Branch and cut finds the cheapest solutions, gives out none that breaks a row, and ends when told to."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from benchmarks.mip import mip_optimum
from ortools.math_opt.python import mathopt

from classplanner.encode import NO_LIMIT, holds
from classplanner.solve import Control, mixed_integer
from classplanner.solve.mixed_integer import branch_and_cut
from tests.solve.programs import cover, optimum, program, random_program, split


def test_random_programs() -> None:
    lacking = 0
    for seed in range(100):
        drawn = random_program(seed)
        least, values = optimum(drawn), branch_and_cut(drawn, Control(), enough=0.0)
        if values is None:
            assert least is None, seed
            lacking += 1
        else:
            assert holds(drawn, values)
            assert drawn.total(values) == least, seed
    assert 0 < lacking < 50


def test_what_is_good_enough_is_no_dearer_than_asked_for() -> None:
    drawn = cover(40, 60)
    least, values = mip_optimum(drawn, 60.0), branch_and_cut(drawn, Control(60.0), enough=0.2)
    assert least is not None
    assert values is not None
    assert least <= drawn.total(values) <= 1.25 * least


def test_what_breaks_a_row_in_whole_numbers_is_not_given_out() -> None:
    """A tolerance of a millionth is more than one in sums of tens of millions."""
    large = 2**40
    broken = program([1, 0], [large, large], (large + 1, {0: 2, 1: 2}, large + 1))
    values = branch_and_cut(broken, Control(10.0))
    assert values is None


@pytest.mark.parametrize("stopped", [False, True])
def test_it_ends_with_the_clock_or_when_told_to(stopped: bool) -> None:
    started = time.monotonic()
    control = Control(60.0, lambda: time.monotonic() > started + 0.2) if stopped else Control(0.2)
    branch_and_cut(split(), control)
    assert time.monotonic() - started < 5


def test_a_solver_that_fails_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("internal error")

    monkeypatch.setattr(mathopt, "solve", fails)
    assert branch_and_cut(program([1], [1], (1, {0: 1}, NO_LIMIT)), Control()) is None


def test_a_solver_that_does_not_end_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    monkeypatch.setattr(mathopt, "solve", lambda *_, **__: go.wait(60.0))
    monkeypatch.setattr(mixed_integer, "_GRACE", 0.1)
    control = Control(60.0, lambda: True)
    assert branch_and_cut(program([1], [1]), control) is None
    assert not go.is_set()
    go.set()

"""Sends a problem to the search that suits its size."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

from classplanner.compile import Problem
from classplanner.encode import Draft
from classplanner.solve.blocks import Block, find_blocks
from classplanner.solve.blockwise import search_blocks
from classplanner.solve.control import Control, Progress
from classplanner.solve.footing import Footing
from classplanner.solve.partial import search_partial
from classplanner.solve.partial_year import search_partial_year
from classplanner.solve.result import Result
from classplanner.solve.search import search
from classplanner.solve.year import search_year

__all__ = [
    "BLOCK_CLASSES",
    "EXACT_CLASSES",
    "cores",
    "default_workers",
    "find",
    "find_partial",
    "uses_footing",
]

EXACT_CLASSES = 4
"""Up to so many classes are decided exactly; more by prices and neighbourhoods (docs/engine.md)."""

PROVABLE_CLASSES = 12
"""Up to so many classes it may be decided exactly that there is no plan, where gaps have resisted."""

BLOCK_CLASSES = 60
"""Years of more classes are split into blocks, if they have any."""


def default_workers(problem: Problem) -> int:
    """Return how many workers suit a problem: one where it is decided exactly, else one a core."""
    return 1 if len(problem.cohorts) <= EXACT_CLASSES else cores()


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def uses_footing(problem: Problem) -> bool:
    """Whether the search that suits a problem begins with what is known of a similar one."""
    return len(problem.cohorts) > EXACT_CLASSES and not _blocks(problem)


def _blocks(problem: Problem) -> list[Block]:
    return find_blocks(problem) if len(problem.cohorts) > BLOCK_CLASSES else []


def find(
    problem: Problem,
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
    start: Draft | None = None,
    footing: Footing | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Find the cheapest plan, or as good a one as the clock allows.

    Parameters and errors are those of `search` and `search_year`.

    Parameters
    ----------
    footing
        Prices and a plan of a similar year, to begin with, where they are of use (`uses_footing`).
    executor
        Who plans the blocks of a year that falls into blocks; by default processes of this machine.
    """
    blocks = _blocks(problem)
    if blocks:
        return search_blocks(
            problem,
            blocks,
            control,
            seed=seed,
            workers=workers,
            executor=executor,
            start=start,
            on_progress=on_progress,
        )
    exactly = partial(search, problem, control, seed=seed, on_progress=on_progress)
    if len(problem.cohorts) <= EXACT_CLASSES:
        return exactly(workers=workers, start=start)
    small = len(problem.cohorts) <= PROVABLE_CLASSES
    found = search_year(
        problem,
        control,
        seed=seed,
        workers=workers,
        start=start,
        prices=None if footing is None else footing.prices_for(problem),
        near=None if footing is None else footing.draft_for(problem),
        on_progress=on_progress,
        attempts=1 if small else float("inf"),
    )
    if found.status == "unknown" and small and not control.stopped:
        decided = exactly()
        return replace(decided, bound=max(decided.bound, found.bound))
    return found


def find_partial(
    problem: Problem,
    control: Control,
    *,
    seed: int = 1,
    workers: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Find a plan for as many trainees as possible, and the cheapest of these, as far as the clock allows.

    Parameters and errors are those of `search_partial` and `search_partial_year`.
    """
    if len(problem.cohorts) <= EXACT_CLASSES:
        engine = partial(search, seed=seed, workers=workers)
        return search_partial(problem, control, engine, on_progress=on_progress)
    return search_partial_year(problem, control, seed=seed, workers=workers, on_progress=on_progress)

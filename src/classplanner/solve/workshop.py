"""What is made of the scenario of a block; a worker keeps it, as its next task is likely for the same one."""

from __future__ import annotations

import copy
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

import numpy as np

from classplanner.compile import Engagements, Integers, Problem, compile_scenario
from classplanner.encode import Truths, encode_openings
from classplanner.solve.assignments import Assignments
from classplanner.solve.beside import more_absences
from classplanner.solve.blocks import Block
from classplanner.solve.courses import groups
from classplanner.solve.multipliers import Multipliers, Priced
from classplanner.solve.packing import Packing
from classplanner.solve.prices import Capacity, Prices

__all__ = ["Surroundings", "Workshop", "workshop_of"]

_KEPT = 80
"""Blocks of which a worker keeps what it has made."""


@dataclass(frozen=True)
class Surroundings:
    """What a block has to know of the others; the shape of all is (shared lecturers, …).

    Attributes
    ----------
    asked
        Prices of the sessions of shared lecturers, in VND, by slot.
    sessions, on_site, kept
        What they do elsewhere (`Engagements`).
    away
        Slots that are kept for blocks that are planned at the same time.
    dear
        Prices of sessions on top, as long as lessons are lacking: others would have to make way for them.
    """

    asked: Integers
    sessions: Truths
    on_site: Truths
    kept: Integers
    away: Truths
    dear: Integers


class BlockMultipliers(Multipliers):
    """Those of a block, which remember how shared lecturers are used round by round."""

    def __init__(self, block: Block, problem: Problem, packing: Packing, assignments: Assignments) -> None:
        super().__init__(problem, packing, assignments)
        self._shared = block.shared
        self.used: list[np.ndarray] = []

    def bound(self, prices: Prices) -> tuple[Priced, list[np.ndarray]] | None:
        """Do what `Multipliers.bound` does."""
        outcome = super().bound(prices)
        if outcome is not None:
            self.used.append(outcome[1][0][self._shared] + 1)  # sessions less the one that is allowed
        return outcome


class Workshop:
    """What is made of a block once: its problem, and the packing of its openings."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.problem = compile_scenario(block.scenario)
        # Overloads of shared lecturers count for all blocks together, so they are no cost of this one.
        lecturers = tuple(
            one.model_copy(update={"target_sessions": None}) if shared else one
            for one, shared in zip(block.scenario.lecturers, block.shared, strict=True)
        )
        self.alone = replace(
            self.problem, scenario=block.scenario.model_copy(update={"lecturers": lecturers})
        )
        self.model = encode_openings(self.alone)
        cost = self.model.cost[: self.model.first_start]
        self.packing = Packing(self.alone, self.model.openings, cost, groups(self.alone))
        self._assignments = Assignments(self.alone, Capacity(self.alone))

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Turn what is said of shared lecturers into what is said of all lecturers of the block."""
        whole = np.zeros((len(self.block.shared), *values.shape[1:]), dtype=values.dtype)
        whole[self.block.shared] = values
        return whole

    def multipliers(self, asked: Integers) -> BlockMultipliers:
        """Return what raises the bound at prices of shared lecturers."""
        assignments = copy.copy(self._assignments)  # the layouts are the same at any price
        assignments.capacity = Capacity(self.alone, self.spread(asked))
        return BlockMultipliers(self.block, self.alone, self.packing, assignments)

    def beside(self, around: Surroundings) -> Problem:
        """Return the problem with what shared lecturers do elsewhere."""
        engaged = Engagements(
            self.spread(around.sessions), self.spread(around.on_site), self.spread(around.kept)
        )
        away = self.spread(around.away).reshape(
            len(self.block.shared), len(self.problem.days), self.problem.sessions_per_day
        )
        return replace(self.problem, engaged=engaged, absences=more_absences(self.problem, away))


_workshops: OrderedDict[str, Workshop] = OrderedDict()
_lock = threading.Lock()


def workshop_of(block: Block) -> Workshop:
    """Return the workshop of a block, from before if it is still there."""
    with _lock:
        made = _workshops.pop(block.key, None)
    made = made or Workshop(block)
    with _lock:
        _workshops[block.key] = made
        while len(_workshops) > _KEPT:
            _workshops.popitem(last=False)
    return made

"""Keeps account of shared lecturers: what each block has them do, and what blocks may use at a time.

Blocks that are planned at the same time do not know of each other's choices. So that what they find always
fits together, the weeks of each shared lecturer are given out: in a week that it was given, a block may use
whatever others, as far as known, leave of the lecturer; in any other week it can only keep, or give up, what
it has. Limits by slot, day and week and the rule of one venue a day are thereby kept. What is left of a
maximum in all is split between the blocks.

A block that lacks lessons may need what others use, though they could do without. Then they *make way*: in
the weeks that the block is given, their sessions do not count but are dear, and what it takes is taken from
them (`clashes`). Each time a week is taken, it gets dearer, so that none is passed to and fro for ever (like
the ejections of Nagata and Bräysy, "A powerful route minimization heuristic", 2009).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from classplanner.compile import Integers, Problem, compile_scenario
from classplanner.encode import Truths
from classplanner.scenario import Scenario
from classplanner.solve.blocks import Block
from classplanner.solve.prices import Capacity
from classplanner.solve.workshop import Surroundings

__all__ = ["Sharing", "lecturers_shared"]

_NONE = -1


def lecturers_shared(problem: Problem, blocks: Sequence[Block]) -> Problem:
    """Return a problem of the lecturers that blocks share, without any class."""
    shared = np.unique(np.concatenate([block.lecturers[block.shared] for block in blocks]))
    return compile_scenario(
        Scenario(
            calendar=problem.scenario.calendar,
            lecturers=tuple(problem.scenario.lecturers[position] for position in shared),
            objective=problem.scenario.objective,
        )
    )


class Sharing:
    """Who uses shared lecturers when.

    Parameters
    ----------
    blocks
        All blocks; they are spoken of by position.
    lecturers
        The shared lecturers, as `lecturers_shared` returns them.
    """

    def __init__(self, blocks: Sequence[Block], lecturers: Problem) -> None:
        self.blocks, self.capacity = blocks, Capacity(lecturers)
        number, days = len(lecturers.scenario.lecturers), len(lecturers.days)
        slots, weeks = days * lecturers.sessions_per_day, self.capacity.weeks
        position = lecturers.lecturer_position
        self.rows = [
            np.array(
                [
                    position[one.id]
                    for one, shared in zip(block.scenario.lecturers, block.shared, strict=True)
                    if shared
                ],
                dtype=np.int64,
            )
            for block in blocks
        ]
        """Of each block: its shared lecturers, as positions among all shared ones."""
        self._sessions = np.zeros((len(blocks), number, slots), dtype=bool)
        self._on_site = np.zeros((len(blocks), number, days), dtype=bool)
        self._week = np.repeat(self.capacity.week_of_day, self.capacity.per_day)
        self._owner = np.full((number, weeks), _NONE)
        self._more = np.zeros((len(blocks), number), dtype=np.int64)
        self._turn = 0
        self._taken = np.zeros((number, weeks), dtype=np.int64)

    def lend(
        self, block: int, asked: Integers, among: int, *, make_way: Sequence[int] = (), price: int = 0
    ) -> Surroundings:
        """Give a block, until it is back, its weeks of shared lecturers; say what it has to know of others.

        Parameters
        ----------
        asked
            Prices of the sessions of shared lecturers; shape (shared lecturers, slots).
        among
            So many blocks share what nobody has been given; others each time. 0: the block gets none of it.
        make_way
            Blocks that make way.
        price
            Of a session in a week of which they would lose something for the first time, in VND.
        """
        rows = self.rows[block]
        shares = np.add.outer(np.arange(len(self._owner)), np.arange(self._owner.shape[1]))
        mine = (shares + self._turn) % max(among, 1) == 0
        mine &= among > 0
        self._turn += 1
        mine &= self._owner == _NONE
        mine[np.setdiff1d(np.arange(len(mine)), rows)] = False
        self._owner[mine] = block
        given = self._sessions.sum(axis=(0, 2))
        free = np.maximum(self.capacity.in_all - given - self._more.sum(axis=0), 0)
        self._more[block] = -(-free // among) if among else 0
        own, of_all = self._sessions[block], self._sessions.sum(axis=0)
        loose = self._sessions[list(make_way)].sum(axis=0) * mine[:, self._week]
        others = of_all - own - loose > 0
        away = ~(mine[:, self._week] | own)
        kept = self.capacity.in_all - others.sum(axis=1) - own.sum(axis=1) - self._more[block]
        kept -= loose.sum(axis=1)
        on_site = self._on_site.sum(axis=0) - self._on_site[block]
        on_site -= self._on_site[list(make_way)].sum(axis=0) * mine[:, self.capacity.week_of_day]
        return Surroundings(
            asked[rows],
            others[rows],
            on_site[rows] > 0,
            np.maximum(kept, 0)[rows],
            away[rows],
            (price * (1 + self._taken) * (self._by_week(loose) > 0))[:, self._week][rows],
        )

    def _by_week(self, sessions: np.ndarray) -> np.ndarray:
        """Add up what is given by slot; shape (shared lecturers, weeks)."""
        given = np.zeros(self._owner.shape, dtype=np.int64)
        np.add.at(given.T, self._week, sessions.T)
        return given

    @property
    def lent(self) -> bool:
        """Whether any block has been given weeks."""
        return bool((self._owner != _NONE).any())

    def give_back(self, block: int) -> None:
        """Take back the weeks that a block was given."""
        self._owner[self._owner == block] = _NONE
        self._more[block] = 0

    def use(self, block: int, sessions: Truths, on_site: Truths) -> tuple[Truths, Truths]:
        """Note what a block has its shared lecturers do, as `teaching` says of them; return what it was."""
        rows = self.rows[block]
        before = self._sessions[block, rows], self._on_site[block, rows]
        self._sessions[block, rows] = sessions
        self._on_site[block, rows] = on_site
        return before

    def clashes(self, block: int, others: Sequence[int]) -> list[tuple[int, Truths]]:
        """Return who has to give up what for a block that was made way for, and take note that they do.

        Parameters
        ----------
        others
            Blocks that can.

        Returns
        -------
        list of tuple
            Blocks, and the weeks in which each may no longer use its shared lecturers; shape (shared
            lecturers, weeks).
        """
        weeks = self._overused() & (self._by_week(self._sessions[block]) > 0)
        theirs = self._by_week(self._sessions[list(others)].sum(axis=0))
        over = self._sessions.sum(axis=(0, 2)) - (theirs * weeks).sum(axis=1) - self.capacity.in_all
        for lecturer in np.flatnonzero(over > 0):
            rest = np.where(weeks[lecturer], 0, theirs[lecturer])
            order = np.lexsort((-rest, self._taken[lecturer]))
            before = np.cumsum(rest[order]) - rest[order]
            weeks[lecturer, order[(before < over[lecturer]) & (rest[order] > 0)]] = True
        self._taken += weeks
        return [
            (other, weeks[self.rows[other]])
            for other in others
            if self._sessions[other][weeks[:, self._week]].any()
        ]

    def _overused(self) -> Truths:
        """Mark the weeks in which lecturers do more than they may; shape (shared lecturers, weeks)."""
        capacity, given = self.capacity, self._sessions.sum(axis=0)
        a_day = given.reshape(len(given), self._on_site.shape[2], capacity.per_day).sum(axis=2)
        days = (a_day > capacity.a_day[:, None]) | (self._on_site.sum(axis=0) > 1)
        slots = np.repeat(days, capacity.per_day, axis=1) | (given > 1)
        return (self._by_week(slots) > 0) | (self._by_week(given) > capacity.a_week[:, None])

    def overload(self) -> int:
        """Return what sessions above fair shares cost, in equivalent VND."""
        over = np.maximum(self._sessions.sum(axis=(0, 2)) - self.capacity.target, 0)
        return int(self.capacity.overload * over.sum())

    def paid(self, block: int, asked: Integers) -> int:
        """Return what a block's sessions of shared lecturers come to at some prices."""
        return int(asked[self._sessions[block]].sum())

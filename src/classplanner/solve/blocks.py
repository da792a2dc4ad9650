"""Splits a year into blocks: parts, such as provinces, that share nothing but a few lecturers.

Classes that may use the same venue belong together, as halls cannot be shared by prices alone without much
loss. What is left in common are lecturers. Those who can teach in one part only are its own; the others are
*shared*. Where much of what a part needs could be taught by shared lecturers, there is not much to be gained
by splitting it off, and it is joined to the part with which it shares most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from classplanner.compile import Integers, Problem
from classplanner.encode import Draft, Truths
from classplanner.scenario import Cohort, Lock, Scenario

__all__ = ["Block", "find_blocks"]

SHARED = 0.3
"""Parts stay apart where shared lecturers could teach at most this share of their sessions."""


@dataclass(frozen=True)
class Block:
    """A part of a scenario, and where its objects stand in the whole.

    Attributes
    ----------
    key
        Tells blocks apart, also those of other scenarios.
    scenario
        The classes of the part, what they are taught, by whom and where; it can be planned alone.
    cohorts, rooms, lecturers
        Positions in the whole of its classes, rooms and lecturers; shape (classes,), (rooms,), (lecturers,).
    shared
        Which of its lecturers other blocks have, too; shape (lecturers,).
    """

    key: str
    scenario: Scenario
    cohorts: Integers
    rooms: Integers
    lecturers: Integers
    shared: Truths

    def lessons(self, problem: Problem) -> Integers:
        """Return the lessons of the block among those of the whole problem."""
        first = problem.first_lesson
        return np.concatenate([np.arange(first[cohort], first[cohort + 1]) for cohort in self.cohorts])

    def cut(self, problem: Problem, draft: Draft) -> Draft:
        """Return the part of a draft of the whole problem that is the block's."""
        lessons = self.lessons(problem)
        place = np.full(len(problem.room_names), -1)
        place[self.rooms] = np.arange(len(self.rooms))
        who = np.full(len(problem.scenario.lecturers) + 1, -1)  # NOBODY, -1, stays what it is
        who[self.lecturers] = np.arange(len(self.lecturers))
        return Draft(
            draft.day[self.cohorts],
            place[draft.room[self.cohorts]],
            draft.start[lessons],
            who[draft.lecturer[lessons]],
        )


def find_blocks(problem: Problem) -> list[Block]:
    """Split a problem; one block, or none, where there is nothing to be split.

    Budgets are for all classes together: a scenario that has one is not split.
    """
    if problem.scenario.budget or len(problem.cohorts) == 0:
        return []
    at, needs = _venues_of(problem), _needs(problem)
    if not at.any(axis=1).all():
        return []
    part = _join(_parts(at), needs)
    if part.max() == 0:
        return []
    members = [part == number for number in range(part.max() + 1)]
    wanted = np.stack([needs[mine].any(axis=0) for mine in members])
    shared = wanted.sum(axis=0) > 1
    return [
        _block(
            problem,
            number,
            np.flatnonzero(mine),
            at=at[mine].any(axis=0),
            wanted=wanted[number],
            shared=shared,
        )
        for number, mine in enumerate(members)
    ]


def _venues_of(problem: Problem) -> Truths:
    """Mark the venues at which each class may be held, as far as room and settled places go.

    Dates are left aside, so there may be some too many; a class at home in more venues is split less.
    """
    rooms, venues = np.array(problem.room_names), np.array([venue.id for venue in problem.scenario.venues])
    fits = problem.cohort_sizes[:, None] <= problem.room_capacity[None, :]
    settled: list[tuple[int, Cohort | Lock]] = [
        *((position, data.cohort) for position, data in enumerate(problem.cohorts)),
        *((problem.cohort_position[lock.cohort], lock) for lock in problem.scenario.locks),
    ]
    for position, one in settled:
        if one.room is not None:
            fits[position] &= rooms == one.room
        if one.venue is not None:
            fits[position] &= (venues == one.venue)[problem.room_venue]
        if isinstance(one, Cohort) and one.venues is not None:
            fits[position] &= np.isin(venues, one.venues)[problem.room_venue]
    marked = np.zeros((len(fits), len(venues)), dtype=bool)
    position_, room = np.nonzero(fits)
    marked[position_, problem.room_venue[room]] = True
    return marked


def _parts(at: Truths) -> Integers:
    """Give each class a number, the same to two that may use the same venue."""
    position, venue = np.nonzero(at)
    classes, venues = at.shape
    graph = coo_matrix(
        (np.ones(len(position)), (position, classes + venue)), shape=(classes + venues, classes + venues)
    )
    number = connected_components(graph, directed=False)[1][:classes]
    return np.unique(number, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _needs(problem: Problem) -> np.ndarray:
    """Return how many sessions of each class each lecturer may be wanted for; shape (classes, lecturers).

    The sessions of a module are shared out among the lecturers on its list.
    """
    by_programme: dict[str, np.ndarray] = {}
    needs = np.zeros((len(problem.cohorts), len(problem.scenario.lecturers)))
    for position, data in enumerate(problem.cohorts):
        name = data.programme.programme.id
        if name not in by_programme:
            wanted = np.zeros(needs.shape[1])
            for module in data.programme.modules:
                listed = problem.modules[module].lecturers
                wanted[listed] += problem.module_sessions[module] / max(1, len(listed))
            by_programme[name] = wanted
        needs[position] = by_programme[name]
    for lock in problem.scenario.locks:
        if lock.lecturer is not None:
            needs[problem.cohort_position[lock.cohort], problem.lecturer_position[lock.lecturer]] += 1e-6
    return needs


def _join(part: Integers, needs: np.ndarray) -> Integers:
    """Join parts until none wants much of lecturers whom it shares."""
    while (parts := int(part.max()) + 1) > 1:
        wanted = np.stack([needs[part == number].sum(axis=0) for number in range(parts)])
        shared = (wanted > 0).sum(axis=0) > 1
        share = wanted[:, shared].sum(axis=1) / np.maximum(wanted.sum(axis=1), 1e-9)
        worst = int(share.argmax())
        if share[worst] <= SHARED:
            break
        common = np.minimum(wanted[:, shared], wanted[worst, shared]).sum(axis=1)
        common[worst] = -1
        part = np.where(part == worst, int(common.argmax()), part)
        part = np.unique(part, return_inverse=True)[1].reshape(-1)
    return part


def _block(
    problem: Problem, number: int, cohorts: Integers, *, at: Truths, wanted: Truths, shared: Truths
) -> Block:
    """Make a block of some classes, of the venues `at` which they may be and the lecturers they may want."""
    scenario = problem.scenario
    classes = tuple(problem.cohorts[position].cohort for position in cohorts)
    programmes = {cohort.programme for cohort in classes}
    names = {cohort.id for cohort in classes}
    lecturers, venues = np.flatnonzero(wanted), np.flatnonzero(at)
    part = Scenario(
        name=scenario.name,
        calendar=scenario.calendar,
        lecturers=tuple(scenario.lecturers[position] for position in lecturers),
        venues=tuple(scenario.venues[position] for position in venues),
        programmes=tuple(programme for programme in scenario.programmes if programme.id in programmes),
        cohorts=classes,
        locks=tuple(lock for lock in scenario.locks if lock.cohort in names),
        objective=scenario.objective,
    )
    rooms = np.flatnonzero(np.isin(problem.room_venue, venues))
    return Block(f"{scenario.sha256} {number}", part, cohorts, rooms, lecturers, shared[lecturers])

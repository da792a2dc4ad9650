"""Rules of rooms: one for the whole course, large enough, open, and one class at a time."""

from __future__ import annotations

import numpy as np

from classplanner.compile import Closed, Problem
from classplanner.encode.columns import ragged
from classplanner.encode.model import Entries, Model, Naming
from classplanner.encode.registry import encodes
from classplanner.rules import RuleInstance, catalogue

__all__: list[str] = []


@encodes("home-room", "openings")
def home_room(model: Model) -> None:
    """State nothing: every opening has one room, which the course keeps."""


@encodes("room-capacity", "openings")
def capacity(model: Model) -> None:
    """Ban openings in a room that is too small for the class."""
    problem, openings = model.problem, model.openings
    cohorts = [data.cohort for data in problem.cohorts]
    rooms = max(len(problem.room_names), 1)
    size = np.array([cohort.size for cohort in cohorts], dtype=np.int64)
    banned = np.flatnonzero(size[openings.cohort] > problem.room_capacity[openings.room])
    model.ban(
        "room-capacity",
        "openings",
        banned,
        (openings.cohort * rooms + openings.room)[banned],
        lambda key: catalogue.room_capacity(
            cohorts[key // rooms].id,
            cohorts[key // rooms].size,
            problem.room_names[key % rooms],
            int(problem.room_capacity[key % rooms]),
        ),
    )


@encodes("venue-open", "openings")
def venue_open(model: Model) -> None:
    """Ban openings with a class day on which the venue or the room is closed, in one session or more."""
    problem = model.problem
    for closed in problem.closures:
        openings = model.openings
        first = np.searchsorted(closed.days, openings.day)
        behind = np.searchsorted(closed.days, openings.day + problem.cohort_days[openings.cohort])
        banned = np.flatnonzero((behind > first) & problem.closed_rooms(closed)[openings.room])
        instance = _closed(problem, closed)
        model.ban("venue-open", "openings", banned, banned, _always(instance))


def _closed(problem: Problem, closed: Closed) -> RuleInstance:
    if closed.room is not None:
        return catalogue.room_open(problem.room_names[closed.room], closed.period)
    return catalogue.venue_open(problem.scenario.venues[closed.venue].id, closed.period)


def _always(instance: RuleInstance) -> Naming:
    return lambda _: instance


@encodes("room-clash", "rows")
def one_class_at_a_time(model: Model) -> None:
    """Give a room to one class on a day at most."""
    problem, openings = model.problem, model.openings
    opening, day = ragged(openings.day, problem.cohort_days[openings.cohort])
    model.add_rows(
        "room-clash",
        [Entries(openings.room[opening] * len(problem.days) + day, opening)],
        lambda key: catalogue.room_clash(problem.room_names[key // len(problem.days)]),
        upper=1,
    )

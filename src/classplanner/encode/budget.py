"""The rule of yearly budgets."""

from __future__ import annotations

import numpy as np

from classplanner.encode.columns import ragged
from classplanner.encode.model import Entries, Model
from classplanner.encode.registry import encodes
from classplanner.rules import catalogue

__all__: list[str] = []

_MOST = 10**12


@encodes("budget", "rows")
def budget(model: Model) -> None:
    """Limit fees and hall costs of the class days in a calendar year, in VND."""
    problem, openings = model.problem, model.openings
    limits = problem.scenario.budget
    if not limits:
        return
    fee = np.array([lecturer.fee for lecturer in problem.scenario.lecturers], dtype=np.int64)
    cells = model.lecture_cells()
    taught = problem.year[cells.slot // problem.sessions_per_day]
    opening, day = ragged(openings.day, problem.cohort_days[openings.cohort])
    held = problem.year[day]
    for year, limit in limits.items():
        lecture, count = np.unique(cells.of[taught == year], return_counts=True)
        # A draft may spend too much, at ten times what it costs.
        over = model.add_gaps([_MOST], [10]) if model.goal.lessons else np.empty(0, dtype=np.int64)
        booked, days = np.unique(opening[held == year], return_counts=True)
        model.add_rows(
            "budget",
            [
                Entries(
                    np.full(len(lecture), year),
                    model.first_lecture + lecture,
                    count * fee[model.lectures.lecturer[lecture]],
                ),
                Entries(np.full(len(booked), year), booked, days * problem.room_cost[openings.room[booked]]),
                Entries(np.full(len(over), year), over, -1),
            ],
            lambda key: catalogue.budget(key, limits[key]),
            upper=limit,
        )

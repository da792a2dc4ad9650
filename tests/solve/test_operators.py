"""A chain of lecturers closes a gap that no neighbourhood of classes held at the same time could close."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.years import planted

from classplanner.compile import compile_scenario
from classplanner.encode import LEFT_OUT, NOBODY, Draft, draft_from
from classplanner.scenario import parse
from classplanner.solve import Control
from classplanner.solve.neighbourhood import decide_anew
from classplanner.solve.operators import View, chain_of_lecturers, free_lecturers

MAY = {
    "calendar": {"first_day": "2018-04-02", "last_day": "2018-04-27"},
    "lecturers": [{"id": "an", "max_sessions": 1}, {"id": "binh"}],
    "venues": [{"id": "hall", "rooms": [{"id": "a", "capacity": 50}]}],
    "programmes": [
        {"id": "first", "days": 1, "modules": [{"id": "x", "lecturers": ["an", "binh"]}]},
        {"id": "second", "days": 1, "modules": [{"id": "y", "lecturers": ["an"]}]},
    ],
    "cohorts": [
        {"id": "K1", "programme": "first", "size": 20, "opens": "2018-04-04"},
        {"id": "K2", "programme": "second", "size": 20, "opens": "2018-04-18"},
    ],
}
"""An may give one session in all; K1 has him in the first week, K2 could have nobody else in the third."""


def test_a_lecturer_steps_in_weeks_away() -> None:
    problem = compile_scenario(parse(MAY))
    day = np.array([problem.dates.index(data.cohort.opens) for data in problem.cohorts])  # type: ignore[arg-type]
    draft = Draft(day, np.zeros(2, dtype=np.int64), np.array([0, LEFT_OUT]), np.array([0, NOBODY]))
    closed = []
    for operator in (chain_of_lecturers, free_lecturers):
        rng = np.random.default_rng(1)
        # Seldom a class that lacks nothing is chosen.
        found = [operator(View(problem, draft, np.zeros(2, dtype=bool)), rng, 20) for _ in range(5)]
        drafts = [
            decision.better.draft
            for one in found
            if one is not None
            for decision in [decide_anew(problem, draft, one, Control(), price=10**9, effort=1.0)]
            if decision.better is not None
        ]
        closed.append(any(len(one.left_out) == 0 for one in drafts))
    assert closed == [True, False]


def test_a_chain_leaves_alone_who_is_busy_and_frees_lessons_where_they_are() -> None:
    scenario, hidden = planted(1, classes=6, days=8)
    problem = compile_scenario(scenario)
    draft = draft_from(problem, hidden.cohorts, hidden.meetings)
    start = draft.start.copy()
    start[np.flatnonzero(draft.lecturer >= 0)[0]] = LEFT_OUT
    busy = np.array([False, False, False, True, False, False])
    view = View(problem, replace(draft, start=start), busy)
    others = 0
    for seed in range(20):
        found = chain_of_lecturers(view, np.random.default_rng(seed), 45)
        assert found is not None
        assert not busy[view.cohort[found.lessons]].any()
        taught = found.lessons[view.taught[found.lessons]]
        begin = view.draft.start[taught]
        assert found.slots[view.cohort[taught], begin].all()
        assert found.slots[view.cohort[taught], begin + view.sessions[taught] - 1].all()
        others += len(np.unique(view.cohort[found.lessons])) - 1
    assert others > 20

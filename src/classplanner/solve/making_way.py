"""Takes from the draft of a block what another block needs more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from classplanner.compile import compile_scenario
from classplanner.encode import LEFT_OUT, NOBODY, Draft, Truths
from classplanner.solve.block_tasks import PlannedBlock, teaching
from classplanner.solve.blocks import Block
from classplanner.solve.prices import Capacity
from classplanner.solve.year import dearest_session

__all__ = ["without_weeks"]


def without_weeks(block: Block, planned: PlannedBlock, weeks: Truths) -> PlannedBlock:
    """Leave out the lessons that shared lecturers give in some weeks.

    Parameters
    ----------
    weeks
        Shape (shared lecturers of the block, weeks).

    Returns
    -------
    PlannedBlock
        It costs at most what is said.
    """
    problem, draft = compile_scenario(block.scenario), planned.draft
    barred = np.zeros((len(block.lecturers), weeks.shape[1]), dtype=bool)
    barred[block.shared] = weeks
    lessons = np.flatnonzero(draft.lecturer != NOBODY)
    sessions = problem.module_sessions[problem.lesson_module[lessons]]
    first = draft.day[problem.lesson_cohort[lessons]] * problem.sessions_per_day + draft.start[lessons]
    week, lecturer = Capacity(problem).week_of_day, draft.lecturer[lessons]
    ends = week[np.stack([first, first + sessions - 1]) // problem.sessions_per_day]
    lost = barred[lecturer, ends].any(axis=0)
    start, who = draft.start.copy(), draft.lecturer.copy()
    start[lessons[lost]], who[lessons[lost]] = LEFT_OUT, NOBODY
    left = Draft(draft.day, draft.room, start, who)
    used, on_site = teaching(problem, left)
    return replace(
        planned,
        draft=left,
        lacking=len(left.left_out),
        cost=planned.cost + dearest_session(problem) * int(sessions[lost].sum()),
        sessions=used[block.shared],
        on_site=on_site[block.shared],
        plan=((), ()),
    )

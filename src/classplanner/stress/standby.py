"""Names, for each meeting of a lecturer, somebody who can step in: all of them, should all have to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classplanner.deltas import Delta, Leave, apply
from classplanner.scenario import Scenario
from classplanner.timetable import Meeting, Timetable

if TYPE_CHECKING:
    from classplanner.compile import Integers, Problem
    from classplanner.encode import Draft, Model, Truths

__all__ = ["Standby", "standbys"]

# Of a meeting without a stand-in, in equivalent VND a session: above all fees.
_PRICE = 10**9


@dataclass(frozen=True)
class Standby:
    """Who steps in for a meeting.

    Attributes
    ----------
    meeting
        The meeting as it is planned.
    lecturer
        Who is qualified and guaranteed free; None where nobody is.
    """

    meeting: Meeting
    lecturer: str | None


def standbys(
    scenario: Scenario,
    timetable: Timetable,
    lecturer: str,
    *,
    from_: dt.date | None = None,
    time_limit: float | None = 20.0,
    seed: int = 1,
) -> tuple[Standby, ...]:
    """Name a stand-in for every meeting of a lecturer.

    Each is qualified and, with the plan as it is, free at that time, at no other venue that day, and below
    his or her maxima; that holds for all of them together, should the lecturer not come at all. As many
    meetings as possible are covered, at the least cost.

    Parameters
    ----------
    timetable
        The plan, in which every rule holds.
    lecturer
        The id of who may be lost.
    from_
        Meetings before this day are over; by default none is.
    time_limit
        Seconds; None for none.

    Raises
    ------
    InputError
        There is no such lecturer.
    """
    import numpy as np  # noqa: PLC0415

    from classplanner.compile import compile_scenario  # noqa: PLC0415
    from classplanner.encode import NOBODY, draft_from  # noqa: PLC0415

    problem = compile_scenario(scenario)
    draft = draft_from(problem, timetable.cohorts, timetable.meetings)
    without = compile_scenario(apply(scenario, Delta(changes=(Leave(lecturer=lecturer),))))
    mine = np.flatnonzero(draft.lecturer == problem.lecturer_position[lecturer])
    chosen = _assigned(without, draft, mine, time_limit, seed)
    meetings = {(meeting.cohorts[0], meeting.module): meeting for meeting in timetable.meetings}
    found = []
    for lesson in mine.tolist():
        cohort = problem.cohorts[problem.lesson_cohort[lesson]].cohort.id
        module = problem.modules[problem.lesson_module[lesson]].module.id
        who = chosen.get(lesson, NOBODY)
        name = None if who == NOBODY else scenario.lecturers[who].id
        found.append(Standby(meetings[cohort, module], name))
    ahead = [one for one in found if from_ is None or one.meeting.sessions[0][0] >= from_]
    return tuple(sorted(ahead, key=lambda standby: standby.meeting.sessions[0][0]))


def _assigned(
    problem: Problem, draft: Draft, mine: Integers, time_limit: float | None, seed: int
) -> Mapping[int, int]:
    """Give lessons to other lecturers at the times they have; lessons nobody can give are missing."""
    import numpy as np  # noqa: PLC0415

    from classplanner.encode import Goal, Openings, Part, encode, program_of, reduce_program  # noqa: PLC0415
    from classplanner.solve import Control  # noqa: PLC0415
    from classplanner.solve.cpsat import decide  # noqa: PLC0415

    free = np.zeros(len(draft.start), dtype=bool)
    free[mine] = True
    slots = int(problem.cohort_days.max(initial=0)) * problem.sessions_per_day
    part = Part(draft, free, np.ones((len(draft.day), slots), dtype=bool))
    openings = Openings(np.arange(len(draft.day)), draft.day, draft.room)
    model = encode(problem, openings, part=part, goal=Goal(lessons=_PRICE))
    program = program_of(model).without(_elsewhen(problem, model, draft))
    reduced = reduce_program(program)
    outcome = decide(reduced.program, Control(time_limit), seed=seed)
    if outcome.values is None:
        return {}
    values = reduced.expand(outcome.values)
    given = np.flatnonzero(values[model.first_lecture : model.first_extra])
    lesson = problem.lesson(model.start_cohort, model.starts.module)[model.lectures.start[given]]
    return dict(zip(lesson.tolist(), model.lectures.lecturer[given].tolist(), strict=True))


def _elsewhen(problem: Problem, model: Model, draft: Draft) -> Truths:
    """Mark the starts at other times than planned."""
    import numpy as np  # noqa: PLC0415

    marked = np.zeros(len(model.upper), dtype=bool)
    lesson = problem.lesson(model.start_cohort, model.starts.module)
    marked[model.first_start : model.first_lecture] = draft.start[lesson] != model.starts.slot
    return marked

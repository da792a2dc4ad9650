"""What a plan hangs on: every lecturer, hall and week is lost in turn, and the plan adapted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal, get_args

from classplanner.api import check
from classplanner.deltas import Close, Delta, Holiday, Leave, apply
from classplanner.errors import InputError
from classplanner.replanning import replan
from classplanner.scenario import Scenario
from classplanner.timetable import Status, Timetable
from classplanner.whatif import results

__all__ = ["LOSSES", "Job", "Loss", "LossKind", "losses_of", "repair", "stress"]

LossKind = Literal["lecturer", "hall", "week"]
LOSSES: tuple[LossKind, ...] = get_args(LossKind)
_WEEK = dt.timedelta(days=6)


@dataclass(frozen=True)
class Loss:
    """What happens to a plan when something is lost.

    Attributes
    ----------
    kind, id
        What is lost: the id of a lecturer or a room (``venue/room``), or the Monday of a week.
    meetings
        How many meetings of the plan it concerns.
    status
        ``optimal``: repaired with the fewest changes; ``feasible``: repaired, maybe with more than needed;
        ``infeasible``: proven that nothing repairs it; ``unknown``: not found out.
    fewest
        Proven: no repair takes fewer changes.
    changes
        Of the repair; None without one.
    price
        What the repaired plan costs more than the plan, in equivalent VND; None without one.
    """

    kind: LossKind
    id: str
    meetings: int
    status: Status
    fewest: int
    changes: int | None
    price: int | None

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """Sort by this, the gravest last: repaired or not, proven or not, changes, price."""
        return (
            self.status == "infeasible",
            self.status == "unknown",
            self.fewest if self.changes is None else self.changes,
            self.price or 0,
        )


def losses_of(
    scenario: Scenario, timetable: Timetable, kinds: Sequence[LossKind], first: dt.date
) -> Iterator[tuple[LossKind, str, Delta, int]]:
    """Go through what can be lost of what a plan uses from a day on.

    Yields
    ------
    tuple
        The kind, the id, the delta that loses it, and how many meetings it concerns.
    """
    later = [meeting for meeting in timetable.meetings if meeting.sessions[0][0] >= first]
    if "lecturer" in kinds:
        for lecturer in scenario.lecturers:
            number = sum(lecturer.id in meeting.lecturers for meeting in later)
            if number:
                leave = Leave.model_validate({"lecturer": lecturer.id, "from": first})
                yield "lecturer", lecturer.id, Delta(changes=(leave,)), number
    if "hall" in kinds:
        period = {"from": first, "to": max(first, scenario.calendar.last_day)}
        for room in dict.fromkeys(entry.room for entry in timetable.cohorts):
            number = sum(meeting.room == room for meeting in later)
            if number:
                yield "hall", room, Delta(changes=(Close.model_validate({"room": room, **period}),)), number
    if "week" in kinds:
        dates = {date for meeting in later for date, _ in meeting.sessions}
        for monday in sorted({date - dt.timedelta(days=date.weekday()) for date in dates}):
            begin, end = max(monday, first), monday + _WEEK
            number = sum(any(begin <= date <= end for date, _ in meeting.sessions) for meeting in later)
            off = Holiday.model_validate({"from": begin, "to": end})
            yield "week", monday.isoformat(), Delta(changes=(off,)), number


def stress(
    scenario: Scenario,
    timetable: Timetable,
    *,
    from_: dt.date | None = None,
    kinds: Sequence[LossKind] = LOSSES,
    time_limit: float | None = 20.0,
    seed: int = 1,
    workers: int = 1,
    executor: Executor | None = None,
    on_loss: Callable[[Loss, int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[Loss, ...]:
    """Lose every lecturer, hall and week of a plan in turn, and repair it with as few changes as possible.

    Parameters
    ----------
    timetable
        The plan, in which every rule holds.
    from_
        What is lost is lost from this day on, and nothing before it is touched; by default the first day.
    kinds
        What is lost.
    time_limit
        Seconds for each repair; None for none.
    seed
        Of the solver.
    workers, executor
        So many repairs at a time, and who does them; as for `what_if`.
    on_loss
        Told of each loss as it is done, how many are done by then, and of how many.
    stop
        Asked now and then; what has not been looked at by then is missing.

    Returns
    -------
    tuple of Loss
        What the plan hangs on most, first.
    """
    first = from_ or scenario.calendar.first_day
    found: list[Loss] = []
    jobs = [
        Job(*lost, scenario, timetable, first, time_limit, seed)
        for lost in losses_of(scenario, timetable, kinds, first)
    ]
    for loss in results(repair, jobs, workers=workers, executor=executor, stop=stop):
        found.append(loss)
        if on_loss is not None:
            on_loss(loss, len(found), len(jobs))
    return tuple(sorted(found, key=lambda loss: loss.rank, reverse=True))


@dataclass(frozen=True)
class Job:
    """A loss to be repaired: what is lost, of which plan, from which day on, in how many seconds."""

    kind: LossKind
    id: str
    delta: Delta
    meetings: int
    scenario: Scenario
    timetable: Timetable
    first: dt.date
    time_limit: float | None
    seed: int


def repair(job: Job, stop: Callable[[], bool] | None = None) -> Loss:
    """Lose one thing and repair the plan."""
    try:
        found = replan(
            apply(job.scenario, job.delta),
            job.timetable,
            from_=job.first,
            notice=0,
            time_limit=job.time_limit,
            seed=job.seed,
            stop=stop,
        )
    except InputError:  # what is running by then cannot stay, and cannot be moved either
        return Loss(job.kind, job.id, job.meetings, "infeasible", 0, None, None)
    price = None
    if found.verdict is not None:
        price = found.verdict.terms.total - check(job.scenario, job.timetable).terms.total
    return Loss(job.kind, job.id, job.meetings, found.status, found.fewest, found.number, price)

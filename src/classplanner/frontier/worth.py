"""What more room is worth: a closed hall opened, or one more half day of a lecturer who is rarely free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from classplanner.check.calendar import matches
from classplanner.deltas import Delta, Free, Reopen
from classplanner.scenario import Lecturer, Period, Scenario
from classplanner.timetable import Meeting, Slot, Timetable
from classplanner.whatif import Outcome, what_if

__all__ = ["Worth", "candidates", "worth"]


@dataclass(frozen=True)
class Worth:
    """What one more of something saves.

    Attributes
    ----------
    delta
        What there would be more.
    least, most
        Proven: so much at least and so much at most, in equivalent VND.
    """

    delta: Delta
    least: int
    most: int


def worth(
    scenario: Scenario,
    base: Timetable,
    *,
    number: int = 5,
    time_limit: float | None = 60.0,
    seed: int = 1,
    workers: int = 1,
    executor: Executor | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[Worth, ...]:
    """Say what opening halls when they are closed, and the most wanted half days, would save.

    A plan and a bound of both, with and without it, say between which sums the value lies.

    Parameters
    ----------
    base
        The plan of the scenario.
    number
        So many half days of lecturers are tried: those that promise most if nothing else is moved.
    time_limit, seed, workers, executor, stop
        As for `what_if`.

    Returns
    -------
    tuple of Worth
        What surely saves most, first.
    """
    deltas = list(candidates(scenario, base, number))
    first, *others = what_if(
        scenario,
        deltas,
        base=base,
        gap=0.0,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        executor=executor,
        stop=stop,
    )
    found = [_worth(deltas[one.deltas[0]], first, one) for one in others if one.cost is not None]
    return tuple(sorted(found, key=lambda one: (-one.least, -one.most)))


def _worth(delta: Delta, before: Outcome, after: Outcome) -> Worth:
    assert before.cost is not None
    assert after.cost is not None
    return Worth(delta, max(0, before.bound - after.cost), max(0, before.cost - after.bound))


def candidates(scenario: Scenario, base: Timetable, number: int) -> Iterator[Delta]:
    """Go through what could be had more: closed periods of halls, then half days of lecturers."""
    for venue in scenario.venues:
        for period in venue.closed:
            yield Delta(changes=(Reopen(venue=venue.id, **_keys(period)),))
        for room in venue.rooms:
            for period in room.closed:
                yield Delta(changes=(Reopen(room=f"{venue.id}/{room.id}", **_keys(period)),))
    best: defaultdict[tuple[str, Slot], int] = defaultdict(int)
    for lecturer, slot, saved in _swaps(scenario, base):
        best[lecturer, slot] = max(best[lecturer, slot], saved)
    for (lecturer, (date, session)), saved in sorted(best.items(), key=lambda item: (-item[1], item[0]))[
        :number
    ]:
        if saved > 0:
            free = {"lecturer": lecturer, "from": date, "sessions": (session,)}
            yield Delta(changes=(Free.model_validate(free),))


def _keys(period: Period) -> dict[str, object]:
    return {name: getattr(period, name) for name in ("from_", "to", "weekdays", "sessions")}


def _swaps(scenario: Scenario, base: Timetable) -> Iterator[tuple[str, Slot, int]]:
    """Go through half days when somebody better is away: who, when, and what he or she would save."""
    programme_of = {cohort.id: cohort.programme for cohort in scenario.all_cohorts}
    modules = {
        (programme.id, module.id): module for programme in scenario.programmes for module in programme.modules
    }
    lecturers = {lecturer.id: lecturer for lecturer in scenario.lecturers}
    for meeting in base.meetings:
        module = modules[programme_of[meeting.cohorts[0]], meeting.module]
        if len(meeting.sessions) > 1 or not meeting.lecturers:
            continue
        for name in module.lecturers:
            if _away(lecturers[name], meeting.sessions[0]):
                saved = _cost(scenario, lecturers, module.lecturers, meeting, meeting.lecturers[0])
                saved -= _cost(scenario, lecturers, module.lecturers, meeting, name)
                yield name, meeting.sessions[0], saved


def _cost(
    scenario: Scenario,
    lecturers: dict[str, Lecturer],
    ranks: Sequence[str],
    meeting: Meeting,
    name: str,
) -> int:
    """Return what a lecturer costs who gives a meeting: the fee, and the rank on the list."""
    weights = scenario.objective
    return weights.fees * lecturers[name].fee * len(meeting.sessions) + weights.preference * ranks.index(name)


def _away(lecturer: Lecturer, slot: Slot) -> bool:
    return any(matches(period, *slot) for period in lecturer.unavailable) or (
        lecturer.available is not None and not any(matches(period, *slot) for period in lecturer.available)
    )

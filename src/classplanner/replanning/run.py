"""Adapts a running plan to a changed scenario, and has the checker judge what comes out."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from classplanner._version import __version__
from classplanner.check import Verdict, check
from classplanner.diff import Difference, Tier, compare
from classplanner.errors import ContradictionError, Fault, InputError
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Scenario
from classplanner.timetable import (
    ObjectiveRecord,
    RunRecord,
    ScenarioRecord,
    Status,
    Timetable,
    dump_timetable,
    gap_of,
)

if TYPE_CHECKING:
    from classplanner.compile import Problem
    from classplanner.replanning.base import Base
    from classplanner.replanning.search import Found, Search
    from classplanner.solve import Control

__all__ = ["PRICES", "Point", "Replan", "adapt", "replan"]

PRICES: Mapping[Tier, int] = {
    "room": 50_000,
    "lecturer": 100_000,
    "session": 150_000,
    "day": 200_000,
    "opening": 1_000_000,
}
"""What a change of each kind counts, in equivalent VND."""

# Of the time: so much may go into the fewest changes while a plan with them is not proven.
_FEWEST = 0.6


@dataclass(frozen=True)
class Point:
    """The cheapest plan with a number of changes at most.

    Attributes
    ----------
    most
        So many changes at most.
    number, cost
        Of the plan found: its changes, and its cost with them, in equivalent VND.
    bound
        Proven: no plan with so many changes at most costs less; None where nothing is proven.
    """

    most: int
    number: int
    cost: int
    bound: int | None


@dataclass(frozen=True)
class Replan:
    """The answer to a running plan and what has become different.

    Attributes
    ----------
    scenario
        The scenario that the plan is adapted to.
    status
        ``optimal``: proven that no plan takes fewer changes or, where more are allowed, costs less;
        ``infeasible``: proven that there is none with so few; ``unknown``: neither a plan nor a proof.
    timetable, difference, verdict
        The adapted plan, what it changes, and what the checker says of it; None without one.
    fewest
        Proven: no plan takes fewer changes.
    cost, bound
        What it costs with its changes, in equivalent VND, and what no plan with so many changes at most
        costs less than; None where that is not known.
    free_from
        The first date that could be touched.
    curve
        The cheapest plans with growing numbers of changes, where asked for.
    """

    scenario: Scenario
    status: Status
    timetable: Timetable | None
    difference: Difference | None
    verdict: Verdict | None
    fewest: int
    cost: int | None
    bound: int | None
    free_from: dt.date
    curve: tuple[Point, ...] = ()

    @property
    def number(self) -> int | None:
        """How many changes the plan takes; None without one."""
        return None if self.difference is None else self.difference.number


def replan(
    scenario: Scenario,
    timetable: Timetable,
    *,
    from_: dt.date,
    notice: int = 5,
    max_changes: int | None = None,
    max_changes_per_person: int | None = None,
    prices: Mapping[Tier, int] | None = None,
    curve: int = 0,
    time_limit: float | None = 60.0,
    seed: int = 1,
    on_progress: Callable[[int | None, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Replan:
    """Adapt a running plan to a scenario with as few changes as possible.

    What has begun before the notice is over stays as it is, and nothing is put there. A meeting that is
    moved, given by another lecturer or both is one change; so are another opening day and another room of a
    class. Classes that are new or dropped do not count. Ctrl-C and SIGTERM end the search with the best plan
    so far.

    Parameters
    ----------
    scenario
        What holds now, such as `deltas.apply` makes of the scenario that was planned.
    timetable
        The running plan.
    from_, notice
        Nothing is touched before so many working days after this day.
    max_changes
        Take so many changes if that is cheaper; by default as few as possible. Plans with more are refused.
    max_changes_per_person
        Changed meetings that may concern one lecturer, before or after.
    prices
        What a change counts by its kind, in equivalent VND; `PRICES` where left out.
    curve
        Also find the cheapest plan with one change more than the fewest, two more, and so on, so many.
    time_limit
        Seconds of wall clock; None for none.
    seed
        Of the solver.
    on_progress
        Told the fewest changes so far (None without a plan), and proven; maybe from another thread.
    stop
        Asked now and then; the search ends with the best plan so far once it returns True.

    Raises
    ------
    InputError
        The plan leaves out classes, or what cannot be touched any more cannot stay either.
    ContradictionError
        The checker contradicts the solver: a bug in classplanner.
    """
    if timetable.partial is not None:
        raise InputError([Fault("", "partial", "replan-partial")])
    from classplanner.solve import Control  # noqa: PLC0415 - the solver takes half a second

    control = Control(time_limit, stop)
    search = _search(
        scenario,
        timetable,
        control,
        from_=from_,
        notice=notice,
        prices={**PRICES, **(prices or {})},
        most_per_person=max_changes_per_person,
        seed=seed,
        on_progress=None if on_progress is None else functools.partial(_tell, on_progress),
    )
    _make_sure_of_the_past(search.problem, search.base, timetable)
    with control.on_signals():
        points = _run(search, control, max_changes, curve)
    answer = _answer(search, timetable, points, max_changes, _record(control, seed, time_limit))
    return replace(answer, curve=tuple(point for point, _ in points)) if curve else answer


def adapt(
    scenario: Scenario,
    timetable: Timetable,
    *,
    time_limit: float | None = 20.0,
    seed: int = 1,
    stop: Callable[[], bool] | None = None,
) -> Timetable | None:
    """Adapt a plan to a scenario soon: with few changes and at little cost, nothing proven.

    Parameters
    ----------
    scenario, timetable, time_limit, seed, stop
        As for `replan`; anything may be changed.

    Returns
    -------
    Timetable or None
        A plan in which every rule holds, as the checker confirms; None where none was found in time.

    Raises
    ------
    ContradictionError
        The checker contradicts the solver: a bug in classplanner.
    """
    from classplanner.solve import Control  # noqa: PLC0415 - the solver takes half a second

    control = Control(time_limit, stop)
    first = scenario.calendar.first_day
    search = _search(scenario, timetable, control, from_=first, notice=0, prices=PRICES, seed=seed)
    with control.on_signals():
        search.nearby(control)
    if search.best is None:
        return None
    run = _record(control, seed, time_limit)
    return _checked(scenario, timetable, search.best, search, run)[0]


def _search(
    scenario: Scenario, timetable: Timetable, control: Control, *, from_: dt.date, notice: int, **options: Any
) -> Search:
    """Prepare a search."""
    from classplanner.compile import compile_scenario  # noqa: PLC0415
    from classplanner.replanning.base import base_of, first_free_day  # noqa: PLC0415
    from classplanner.replanning.search import Search  # noqa: PLC0415

    problem = compile_scenario(scenario)
    base = base_of(problem, timetable, first_free_day(problem, from_, notice))
    return Search(problem, base, control, **options)


def _record(control: Control, seed: int, time_limit: float | None) -> RunRecord:
    seconds = round(control.seconds, 3)
    return RunRecord(version=__version__, seed=seed, time_limit=time_limit, seconds=seconds, workers=1)


def _tell(on_progress: Callable[[int | None, int], None], search: Search) -> None:
    """Tell the caller how far the search has come."""
    on_progress(None if search.best is None else search.best.number, search.bound)


def _answer(
    search: Search,
    before: Timetable,
    points: list[tuple[Point, Found]],
    max_changes: int | None,
    run: RunRecord,
) -> Replan:
    """Answer with the plan that takes as many changes as were asked for, checked; or without one."""
    scenario, day = search.problem.scenario, _day(search.base)
    wanted = [pair for pair in points if max_changes is None or pair[0].most == max_changes]
    if not wanted:
        status = _status_without(search, max_changes)
        return Replan(scenario, status, None, None, None, search.bound, None, None, day)
    point, found = wanted[0]
    made, difference, verdict = _checked(scenario, before, found, search, run)
    cheapest = max_changes is not None and point.bound is not None and point.bound >= point.cost
    status = "optimal" if cheapest or difference.number == search.bound else "feasible"
    return Replan(scenario, status, made, difference, verdict, search.bound, point.cost, point.bound, day)


def _status_without(search: Search, max_changes: int | None) -> Status:
    """Say whether it is proven that there is no plan with so few changes."""
    too_many = max_changes is not None and search.bound > max_changes
    return "infeasible" if search.feasible is False or too_many else "unknown"


def _checked(
    scenario: Scenario, before: Timetable, found: Found, search: Search, run: RunRecord
) -> tuple[Timetable, Difference, Verdict]:
    """Have the checker judge a plan, and count its changes anew."""
    made = Timetable(
        scenario=ScenarioRecord(name=scenario.name, sha256=scenario.sha256),
        status="feasible",
        run=run,
        cohorts=found.cohorts,
        meetings=found.meetings,
    )
    verdict, difference = check(scenario, made), compare(before, made)
    findings = [breach.describe(Names(scenario), Language("en")) for breach in verdict.breaches]
    total, bound = verdict.terms.total, search.least_cost
    if difference.number < search.bound or total < bound:
        findings.append(
            f"proven: {search.bound} changes and {bound} VND at least; "
            f"counted: {difference.number} changes and {total} VND"
        )
    if findings:
        raise ContradictionError(findings, dump_timetable(made))
    objective = ObjectiveRecord(total=total, bound=bound, gap=gap_of(total, bound), terms=verdict.terms)
    return made.model_copy(update={"objective": objective}), difference, verdict


def _make_sure_of_the_past(problem: Problem, base: Base, timetable: Timetable) -> None:
    """Refuse a scenario that makes impossible what cannot be touched any more."""
    faults = []
    for lesson in (base.frozen & base.lost).nonzero()[0].tolist():
        cohort = problem.cohorts[problem.lesson_cohort[lesson]].cohort.id
        module = problem.modules[problem.lesson_module[lesson]].module.id
        index = next(
            index
            for index, meeting in enumerate(timetable.meetings)
            if (meeting.cohorts[0], meeting.module) == (cohort, module)
        )
        values = {"cohort": cohort, "module": module, "date": base.slots[lesson][0][0], "free": _day(base)}
        faults.append(Fault("", f"meetings[{index}]", "replan-past", values))
    if faults:
        raise InputError(faults)


def _day(base: Base) -> dt.date:
    day: dt.date = base.free_from.astype(dt.date)
    return day


def _run(search: Search, control: Control, max_changes: int | None, curve: int) -> list[tuple[Point, Found]]:
    """Find the fewest changes, then the cheapest plans with so few, and with more."""
    search.fewest(control.within(_FEWEST * control.remaining), max_changes)
    if search.best is None or (max_changes is not None and search.best.number > max_changes):
        return []
    fewest = search.best.number
    wanted = fewest if max_changes is None else max_changes
    limits = sorted({wanted, *(range(fewest, fewest + curve + 1) if curve else ())})
    points = []
    for turn, most in enumerate(limits):
        share = control.within(control.remaining / (len(limits) - turn))
        bound = None if share.stopped else search.cheapest(most, share)
        points.append((Point(most, search.best.number, search.best.cost, bound), search.best))
    return points

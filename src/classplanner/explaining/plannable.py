"""Whether a scenario has any plan at all, whatever it costs.

What proves most for the least effort comes first: counting; openings and sessions of each class alone; prices
on lecturers' sessions; then the search for a plan.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from classplanner.compile import Problem, compile_scenario
from classplanner.encode import Openings, decode, encode, encode_openings, program_of
from classplanner.explaining.counting import first_shortage
from classplanner.explaining.layouts import can_be_laid_out
from classplanner.explaining.settled import settle
from classplanner.scenario import Objective, Scenario
from classplanner.solve import EXACT_CLASSES, Control, Progress, find
from classplanner.solve.choice import whole_openings
from classplanner.solve.courses import IMPOSSIBLE, groups
from classplanner.solve.cpsat import decide
from classplanner.solve.multipliers import Multipliers, Priced
from classplanner.solve.operator_set import least_sessions
from classplanner.solve.packing import Packing
from classplanner.solve.prices import free_prices
from classplanner.timetable import Timetable

__all__ = ["Answer", "plannable"]

# Up to so many columns are decided at once.
_WHOLE = 60_000
# So many are decided first, where there are more.
_SAMPLE = 3_000
# Rounds of prices between two attempts at a plan, and the effort for one, in CP-SAT's deterministic time.
_ROUNDS = (1, 8, 20, 40)
_EFFORT = 1.0
# Up to so many classes are planned jointly in these attempts.
_FEW = 8
# Seconds that looking for a plan of a year may take.
_YEAR = 30.0
_NOTHING = Objective(fees=0, rooms=0, order=0, delay=0, preference=0, overload=0)


class Answer(NamedTuple):
    """Whether there is a plan; one, if there is. None: it is not known."""

    plannable: bool | None
    timetable: Timetable | None = None


_NO, _NOT_KNOWN = Answer(plannable=False), Answer(plannable=None)


def plannable(scenario: Scenario, control: Control, *, seed: int = 1, workers: int = 1) -> Answer:
    """Say whether a scenario has a plan.

    Parameters
    ----------
    scenario
        The scenario, all of whose classes are named one by one; what a plan costs is not looked at.
    control
        When to stop; the answer is then not known.
    """
    if not scenario.cohorts:
        return Answer(plannable=True, timetable=Timetable(cohorts=(), meetings=()))
    settled = settle(scenario)
    if settled is None:
        return _NO
    fields = {name: getattr(settled, name) for name in Scenario.model_fields}
    problem = compile_scenario(Scenario.model_construct(**fields | {"objective": _NOTHING}))
    if control.stopped:
        return _NOT_KNOWN
    if first_shortage(problem) is not None or not _laid_out(settled):
        return _NO
    return _decided(problem, control, seed, workers)


def _laid_out(scenario: Scenario) -> bool:
    """Whether every programme that is taught can be laid out."""
    taught = {cohort.programme for cohort in scenario.cohorts}
    sessions = scenario.calendar.sessions
    return all(can_be_laid_out(one, sessions) for one in scenario.programmes if one.id in taught)


def _decided(problem: Problem, control: Control, seed: int, workers: int) -> Answer:
    openings = _possible(problem)
    if openings is None:
        return _NO
    columns = _columns(problem, openings)
    if columns > _SAMPLE:
        some = _some(problem, openings, _SAMPLE / columns)
        answer = _whole(problem, some, control, seed, effort=_EFFORT) if len(some.day) else _NOT_KNOWN
        if answer.plannable:
            return answer
    if columns <= _WHOLE:
        return _whole(problem, openings, control, seed)
    answer = _by_prices(problem, openings, control, seed) if problem.scenario.lecturers else _NOT_KNOWN
    return _search(problem, control, seed, workers) if answer.plannable is None else answer


def _possible(problem: Problem) -> Openings | None:
    """Return the openings that leave each class alone a place for every session; None if some has none."""
    model = encode_openings(problem)
    table = model.openings
    if not problem.scenario.lecturers:
        return table if len(np.unique(table.cohort)) == len(problem.cohorts) else None
    group = groups(problem)
    packing = Packing(problem, table, model.cost[: model.first_start], group)
    sessions = Multipliers(problem, packing).sessions(free_prices(problem))
    kept = least_sessions(packing, sessions, group, table) < IMPOSSIBLE
    left = np.unique(table.cohort[kept])
    return (
        Openings(table.cohort[kept], table.day[kept], table.room[kept])
        if len(left) == len(problem.cohorts)
        else None
    )


def _columns(problem: Problem, openings: Openings) -> int:
    """Estimate the columns of the model over some openings."""
    courses = np.unique(np.stack([openings.cohort, openings.day]), axis=1)
    a_course = np.array(
        [
            data.programme.days
            * problem.sessions_per_day
            * sum(1 + len(problem.modules[module].lecturers) for module in data.programme.modules)
            for data in problem.cohorts
        ],
        dtype=np.int64,
    )
    return int(a_course[courses[0]].sum())


def _some(problem: Problem, openings: Openings, share: float) -> Openings:
    """Return a share of the openings of each class, spread over time; none if a class would have none."""
    days = [np.unique(openings.day[openings.cohort == cohort]) for cohort in range(len(problem.cohorts))]
    chosen = np.zeros(len(openings.day), dtype=bool)
    for cohort, its_days in enumerate(days):
        number = int(share * len(its_days))
        spread = its_days[np.linspace(0, len(its_days) - 1, number).astype(np.int64)]
        chosen |= (openings.cohort == cohort) & np.isin(openings.day, spread)
    if len(np.unique(openings.cohort[chosen])) < len(problem.cohorts):
        chosen[:] = False
    return Openings(openings.cohort[chosen], openings.day[chosen], openings.room[chosen])


def _whole(
    problem: Problem, openings: Openings, control: Control, seed: int, effort: float = float("inf")
) -> Answer:
    """Decide some openings at once."""
    model = encode(problem, openings, objective=False)
    outcome = decide(program_of(model), control, seed=seed, effort=effort)
    if outcome.values is None:
        return _NO if outcome.status == "infeasible" else _NOT_KNOWN
    cohorts, meetings = decode(model, outcome.values)
    return Answer(plannable=True, timetable=Timetable(cohorts=cohorts, meetings=meetings))


def _by_prices(problem: Problem, openings: Openings, control: Control, seed: int) -> Answer:
    """Raise prices on lecturers' sessions, and plan the openings they lead to, in turns.

    Halls alone, or a bound above 0, prove that there is no plan: every plan costs 0 here.
    """
    packing = Packing(problem, openings, np.zeros(len(openings.day), dtype=np.int64), groups(problem))
    multipliers = Multipliers(problem, packing)
    priced: Priced | None = None
    highest = _Highest()
    for rounds in _ROUNDS if len(problem.cohorts) > 1 else _ROUNDS[:1]:
        start = None if priced is None else priced.prices
        priced = multipliers.raise_bound(
            rounds, lambda: highest.bound > 0 or control.stopped, prices=start, look=highest.look
        )
        sessions = np.zeros(len(packing.day), dtype=np.int64) if priced is None else priced.sessions
        status, values = whole_openings(packing, sessions, control, seed)
        if highest.bound > 0 or status == "infeasible":
            return _NO
        if priced is None or values is None or len(problem.cohorts) > _FEW:
            break
        day, room = packing.openings(values)
        chosen = Openings(np.arange(len(day)), day, room)
        answer = _whole(problem, chosen, control, seed, effort=_EFFORT)
        if answer.plannable:
            return answer
    return _NOT_KNOWN


class _Highest:
    """The highest bound that prices have proven."""

    def __init__(self) -> None:
        self.bound = 0

    def look(self, priced: Priced) -> None:
        self.bound = max(self.bound, priced.bound)


def _search(problem: Problem, control: Control, seed: int, workers: int) -> Answer:
    """Look for any plan; a bound above 0 proves that there is none, as every plan costs 0 here."""
    decided = False

    def told(progress: Progress) -> None:
        nonlocal decided
        decided = decided or progress.best is not None or progress.bound > 0

    # Years are planned around a clock: what goes into prices first is a share of the time there is.
    several = len(problem.cohorts) > EXACT_CLASSES
    part = control.within(_YEAR if several else float("inf"))
    watched = Control(part.remaining, lambda: decided or part.stopped)
    result = find(problem, watched, seed=seed, workers=workers, on_progress=told)
    if result.cohorts:
        timetable = Timetable(cohorts=result.cohorts, meetings=result.meetings)
        return Answer(plannable=True, timetable=timetable)
    return _NO if result.status == "infeasible" or result.bound > 0 else _NOT_KNOWN

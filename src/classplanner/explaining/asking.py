"""The questions that can be asked: why there is no plan, why a plan is so, what would cost how much."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from classplanner.check import check
from classplanner.errors import Fault, InputError
from classplanner.explaining.conditions import named
from classplanner.explaining.dropping import dropping, working_days
from classplanner.explaining.explanation import Explanation, explain_scenario
from classplanner.explaining.suggestions import Suggestion, suggestions
from classplanner.explaining.wishes import Answer, answer
from classplanner.rules import RULES
from classplanner.scenario import Lock, Scenario
from classplanner.solve import Control
from classplanner.timetable import Meeting, Timetable

__all__ = ["Why", "clock", "explain", "known_rules", "suggest", "why", "why_not"]


def explain(
    scenario: Scenario,
    *,
    time_limit: float | None = 120.0,
    given: Collection[str] = (),
    most: int = 5,
    seed: int = 1,
    workers: int = 1,
    stop: Callable[[], bool] | None = None,
) -> Explanation:
    """Say why a scenario has no plan: what there is too little of, and which few facts clash.

    Parameters
    ----------
    time_limit
        Seconds of wall clock; None for none.
    given
        Ids of rules whose facts cannot be changed; they are taken for granted and not named.
    most
        So many conflicts at most.
    seed, workers
        As for `plan`.
    stop
        Asked now and then; the search ends with what it has found once it returns True.

    Raises
    ------
    ValueError
        There are no such rules, or there cannot be such a time limit.
    """
    known_rules(given)
    with clock(time_limit, stop) as control:
        return explain_scenario(scenario, control, given=given, most=most, seed=seed, workers=workers)


def why_not(
    scenario: Scenario,
    timetable: Timetable,
    wish: Lock,
    *,
    until: dt.date | None = None,
    time_limit: float | None = 60.0,
    seed: int = 1,
    workers: int = 1,
    stop: Callable[[], bool] | None = None,
) -> Answer:
    """Say what it would cost if something else held, or which facts forbid it.

    Parameters
    ----------
    timetable
        A plan in which every rule holds; classes that it leaves out are not looked at.
    wish
        What is asked for.
    until
        The module is to begin on `wish.date`, on this day, or on one in between.
    time_limit, seed, workers, stop
        As for `explain`.

    Raises
    ------
    InputError
        The wish speaks of something that is not in the scenario, or there is no working day on which it asks
        the module to begin.
    ValueError
        A rule does not hold in the timetable.
    """
    scenario = _planned(scenario, timetable)
    with clock(time_limit, stop) as control:
        return answer(scenario, timetable, _locks(scenario, wish, until), control, seed=seed, workers=workers)


@dataclass(frozen=True)
class Why:
    """Why a meeting is when it is, and by whom: what anything else would cost.

    Attributes
    ----------
    meeting
        As planned.
    answers
        For each other lecturer; for earlier and later days; the cheapest first.
    """

    meeting: Meeting
    answers: tuple[Answer, ...]


def why(
    scenario: Scenario,
    timetable: Timetable,
    cohort: str,
    module: str,
    *,
    time_limit: float | None = 60.0,
    seed: int = 1,
    workers: int = 1,
    stop: Callable[[], bool] | None = None,
) -> Why:
    """Say why a module is taught to a class when it is, and by whom.

    Parameters
    ----------
    timetable
        A plan in which every rule holds.
    cohort, module
        Ids of the class and the module.
    time_limit, seed, workers, stop
        As for `explain`.

    Raises
    ------
    InputError
        The timetable has no such meeting.
    ValueError
        A rule does not hold in the timetable.
    """
    scenario = _planned(scenario, timetable)
    meeting = _meeting(timetable, cohort, module)
    answers = []
    wishes = list(_others(scenario, timetable, meeting, cohort))
    with clock(time_limit, stop) as control:
        for left, wish in zip(range(len(wishes), 0, -1), wishes, strict=True):
            part = control.within(control.remaining / left)
            answers.append(answer(scenario, timetable, wish, part, seed=seed, workers=workers))
    return Why(meeting, tuple(sorted(answers, key=lambda one: math.inf if one.price is None else one.price)))


def suggest(
    scenario: Scenario,
    timetable: Timetable,
    cohort: str,
    module: str,
    *,
    time_limit: float | None = 60.0,
    seed: int = 1,
    stop: Callable[[], bool] | None = None,
) -> tuple[Suggestion, ...]:
    """Return other ways to hold a meeting, the cheapest first, with everything that would change.

    Parameters
    ----------
    timetable
        A plan in which every rule holds.
    cohort, module
        Ids of the class and the module.
    time_limit, seed, stop
        As for `explain`.

    Raises
    ------
    InputError
        The timetable has no such meeting.
    ValueError
        A rule does not hold in the timetable.
    """
    scenario = _planned(scenario, timetable)
    _meeting(timetable, cohort, module)
    with clock(time_limit, stop) as control:
        return suggestions(scenario, timetable, cohort, module, control, seed=seed)


@contextmanager
def clock(time_limit: float | None, stop: Callable[[], bool] | None) -> Iterator[Control]:
    """Start the clock of one question; Ctrl-C and SIGTERM end it.

    Raises
    ------
    ValueError
        There cannot be such a time limit.
    """
    if time_limit is not None and not time_limit >= 0:
        raise ValueError("time_limit must be a number of seconds, or None")
    control = Control(None if time_limit == math.inf else time_limit, stop)
    with control.on_signals():
        yield control


def known_rules(rules: Collection[str]) -> None:
    """Refuse ids that are none of rules."""
    unknown = set(rules) - set(RULES)
    if unknown:
        raise ValueError(f"no rules: {', '.join(sorted(unknown))}")


def _planned(scenario: Scenario, timetable: Timetable) -> Scenario:
    """Return the scenario with the classes that a plan does not leave out."""
    if not check(scenario, timetable).ok:
        raise ValueError("a rule does not hold in the timetable")
    if timetable.partial is None or not timetable.partial.left_out:
        return scenario
    return dropping(named(scenario), {("cohorts", one.cohort) for one in timetable.partial.left_out}, {})


def _meeting(timetable: Timetable, cohort: str, module: str) -> Meeting:
    """Return the meeting of a class for a module."""
    for one in timetable.meetings:
        if cohort in one.cohorts and one.module == module:
            return one
    raise InputError([Fault("", "", "no-meeting", {"cohort": cohort, "module": module})])


def _locks(scenario: Scenario, wish: Lock, until: dt.date | None) -> list[Lock]:
    if until is None or wish.date is None:
        return [wish]
    days = [day for day in working_days(scenario) if wish.date <= day <= until]
    if not days:
        raise InputError([Fault("", "", "no-working-day", {"first": wish.date, "last": until})])
    return [wish.model_copy(update={"date": day}) for day in days]


def _others(
    scenario: Scenario, timetable: Timetable, meeting: Meeting, cohort: str
) -> Iterator[Sequence[Lock]]:
    """Go through what else could be: each other lecturer, then earlier days, then later ones."""
    programme = next(one.programme for one in scenario.all_cohorts if one.id == cohort)
    modules = scenario.programme_by_id[programme].modules
    module = next(one for one in modules if one.id == meeting.module)
    for lecturer in module.lecturers:
        if lecturer not in meeting.lecturers:
            yield [Lock(cohort=cohort, module=module.id, lecturer=lecturer)]
    planned = next(one for one in timetable.cohorts if one.id == cohort)
    days = [day for day in working_days(scenario) if planned.opens <= day <= planned.closes]
    here = meeting.sessions[0][0]
    for some in ([day for day in days if day < here], [day for day in days if day > here]):
        if some:
            yield [Lock(cohort=cohort, module=module.id, date=day) for day in some]

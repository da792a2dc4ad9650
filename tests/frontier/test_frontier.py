"""The most classes and the fewest halls, lecturers and days are those that plain planning finds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from classplanner import plan
from classplanner.deltas import ChangeCalendar, Close, Delta, Leave, apply, parse_words
from classplanner.frontier import (
    Answer,
    Prober,
    candidates,
    fewest_days,
    fewest_halls,
    fewest_lecturers,
    least,
    most_classes,
    with_classes,
    worth,
)
from classplanner.scenario import Scenario, day_statuses
from tests.builders import scenario
from tests.oracle.scenarios import random_scenario

_BASE = scenario()
_ALWAYS = Prober(None)


def possible(one: Scenario) -> bool:
    return plan(one, time_limit=None).timetable is not None


def _only(names: tuple[str, ...], one: Scenario) -> Scenario:
    gone = tuple(Leave(lecturer=lecturer.id) for lecturer in one.lecturers if lecturer.id not in names)
    return apply(one, Delta(changes=gone)) if gone else one


def _scenarios() -> Iterator[Scenario]:
    yield _BASE
    yield scenario(modules={"TALK": {"lecturers": ["an"]}}, lecturers={"an": {"max_sessions": 3}})
    yield from (random_scenario(seed) for seed in (3, 11, 26, 47))


SCENARIOS = list(_scenarios())


@pytest.mark.parametrize("number", range(len(SCENARIOS)))
def test_the_fewest_lecturers_are_as_few_as_all_choices_tried_give(number: int) -> None:
    one = SCENARIOS[number]
    names = [lecturer.id for lecturer in one.lecturers]
    tried = (
        size
        for size in range(len(names) + 1)
        if any(possible(_only(some, one)) for some in itertools.combinations(names, size))
    )
    found = fewest_lecturers(one, _ALWAYS)
    assert found.found == next(tried, None)
    if found.found is not None:
        assert found.proven
        assert possible(_only(found.names, one))


@pytest.mark.parametrize("number", range(len(SCENARIOS)))
def test_the_fewest_halls_are_as_few_as_all_choices_tried_give(number: int) -> None:
    one = SCENARIOS[number]
    names = [f"{venue.id}/{room.id}" for venue in one.venues for room in venue.rooms]

    def kept(some: tuple[str, ...]) -> Scenario:
        closed = tuple(Close(room=name) for name in names if name not in some)
        return apply(one, Delta(changes=closed)) if closed else one

    tried = (
        size
        for size in range(1, len(names) + 1)
        if any(possible(kept(some)) for some in itertools.combinations(names, size))
    )
    found = fewest_halls(one, _ALWAYS)
    assert found.found == next(tried, None)
    if found.found is not None:
        assert found.proven
        assert possible(kept(found.names))


@pytest.mark.parametrize("number", range(len(SCENARIOS)))
def test_the_fewest_days_are_as_few_as_all_calendars_tried_give(number: int) -> None:
    one = SCENARIOS[number]
    dates = [status.date for status in day_statuses(one.calendar) if status.is_working]
    tried = (
        days
        for days in range(1, len(dates) + 1)
        if possible(apply(one, Delta(changes=(ChangeCalendar(last_day=dates[days - 1]),))))
    )
    found = fewest_days(one, _ALWAYS)
    assert found.found == next(tried, None)
    assert found.found is None or found.proven


def test_the_most_classes_fit_and_one_more_does_not() -> None:
    """Seven working days are enough for two classes of three days in each of two halls."""
    calendar = {"first_day": "2018-04-09", "last_day": "2018-04-17"}

    def having(number: int) -> Scenario:
        more = {f"M{index}": {"programme": "P", "size": 50} for index in range(number - 2)}
        return scenario(calendar=calendar, cohorts=more)

    found = most_classes(having(2), having(2).cohorts[0], _ALWAYS)
    assert found == Answer(4, 4)
    assert possible(having(4))
    assert _ALWAYS(having(5)) is False


@pytest.mark.parametrize("number", [1, 2, 3])
def test_so_many_classes_need_as_many_days_as_planning_them_takes(number: int) -> None:
    wanted = with_classes(_BASE, _BASE.all_cohorts[0], number)
    assert [cohort.size for cohort in wanted.all_cohorts] == [50, 40, 50][:number]
    found = fewest_days(wanted, _ALWAYS)
    assert found.proven
    assert found.found is not None
    days = [status.date for status in day_statuses(wanted.calendar) if status.is_working]
    ends = [
        possible(apply(wanted, Delta(changes=(ChangeCalendar(last_day=days[some - 1]),))))
        for some in (found.found, found.found - 1)
    ]
    assert ends == [True, False]


def test_lecturers_bound_the_most_classes_where_halls_do_not() -> None:
    few = scenario(lecturers={"an": {"max_sessions": 5}, "binh": {"max_sessions": 5}})
    assert most_classes(few, few.cohorts[0], _ALWAYS) == Answer(3, 3)


def test_a_scenario_without_a_plan_has_no_most() -> None:
    shut = apply(_BASE, parse_words("close venue=east ; close venue=west"))
    assert most_classes(shut, shut.cohorts[0], _ALWAYS) == Answer(None, 1)


@pytest.mark.parametrize(("known", "answer"), [((7, 7), (7, 7)), ((7, 5), (7, 5)), ((None, 9), (None, 9))])
def test_the_least_of_what_is_known(known: tuple[int | None, int], answer: tuple[int | None, int]) -> None:
    """Below the first number all is proven impossible, from the second on all is possible."""
    possible_from, impossible_below = known

    def probe(number: int) -> bool | None:
        if possible_from is not None and number >= possible_from:
            return True
        return False if number < impossible_below else None

    found = least(2, 8, probe)
    assert found.found == answer[0]
    assert found.bound <= answer[1]
    assert found.bound >= 2


def test_what_more_is_worth_is_what_planning_anew_saves() -> None:
    dear = scenario(
        lecturers={
            "binh": {"fee": 500_000, "unavailable": [{"from": "2018-04-01", "to": "2018-04-30"}]},
            "an": {"fee": 10**6},
        },
        venues={"west": {"closed": [{"from": "2018-04-09", "to": "2018-04-27"}]}},
    )
    base = plan(dear)
    assert base.timetable is not None
    assert base.objective is not None
    found = worth(dear, base.timetable, time_limit=None)
    assert len(found) == len(list(candidates(dear, base.timetable, 5))) >= 3
    for one in found:
        anew = plan(apply(dear, one.delta)).objective
        assert anew is not None
        assert one.least == one.most == base.objective - anew
    assert found[0].least >= 500_000

"""The engine is given the days, positions, earliest openings, absences and closures that a scenario means."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from classplanner.compile import Problem, compile_scenario
from classplanner.scenario import Period
from tests.builders import april, scenario
from tests.oracle.scenarios import random_scenario


def compiled(**changes: Any) -> Problem:
    return compile_scenario(scenario(**changes))


class TestDays:
    def test_working_days_only(self) -> None:
        """From 9 to 27 April 2018 there are three weeks of five days, less the holiday on Wednesday 25."""
        dates = [april(day) for day in (*range(9, 14), *range(16, 21), 23, 24, 26, 27)]
        problem = compiled()
        assert problem.dates == dates
        assert [problem.date(day) for day in range(len(dates))] == dates

    def test_closed_and_made_up_days(self) -> None:
        calendar = {"closed": [{"from": "2018-04-12", "to": "2018-04-16"}], "open": [{"date": "2018-04-14"}]}
        assert [date.day for date in compiled(calendar=calendar).dates[:5]] == [9, 10, 11, 14, 17]

    def test_weeks_are_iso_weeks_and_years_calendar_years(self) -> None:
        turn = {"first_day": "2018-12-27", "last_day": "2019-01-08", "country": ""}
        problem = compiled(calendar=turn, cohorts={"K2": None})
        assert [date.day for date in problem.dates] == [27, 28, 31, 1, 2, 3, 4, 7, 8]
        assert problem.year.tolist() == [2018] * 3 + [2019] * 6
        weeks = [week - problem.week[0] for week in problem.week]
        assert [week // 7 for week in weeks] == [0, 0, 1, 1, 1, 1, 1, 2, 2]

    def test_a_sunday_belongs_to_the_week_before_it(self) -> None:
        problem = compiled(calendar={"weekdays": ["sat", "sun", "mon"]})
        weeks = dict(zip(problem.dates, problem.week.tolist(), strict=True))
        assert weeks[april(14)] == weeks[april(15)] == weeks[april(9)] != weeks[april(16)]

    @pytest.mark.parametrize("seed", range(40))
    def test_weeks_of_random_scenarios_are_those_of_the_calendar(self, seed: int) -> None:
        problem = compile_scenario(random_scenario(seed))
        for number, date in zip(problem.week, problem.dates, strict=True):
            same = [other.isocalendar()[:2] == date.isocalendar()[:2] for other in problem.dates]
            assert (problem.week == number).tolist() == same


class TestPositions:
    def test_follow_the_scenario(self) -> None:
        problem = compiled()
        assert problem.lecturer_position == {"an": 0, "binh": 1}
        assert problem.venue_position == {"east": 0, "west": 1}
        assert problem.cohort_position == {"K1": 0, "K2": 1}
        assert [data.cohort.id for data in problem.cohorts] == ["K1", "K2"]
        assert [data.module.id for data in problem.modules] == ["LAW", "TALK", "VISIT"]
        assert [problem.module_position(1, module) for module in ("LAW", "TALK", "VISIT")] == [0, 1, 2]

    def test_rooms(self) -> None:
        side = {"id": "side", "capacity": 20, "daily_cost": 300}
        problem = compiled(venues={"east": {"rooms": [side, {"id": "hall", "capacity": 90}]}})
        assert problem.room_names == ("east/side", "east/hall", "west/hall")
        assert problem.room_venue.tolist() == [0, 0, 1]
        assert problem.room_capacity.tolist() == [20, 90, 60]
        assert problem.room_cost.tolist() == [300, 0, 1_000]

    def test_modules(self) -> None:
        problem = compiled(modules={"TALK": {"after": ["VISIT", "LAW"]}})
        law, talk, visit = problem.modules
        assert [data.lecturers.tolist() for data in problem.modules] == [[0, 1], [1, 0], []]
        assert (law.after, set(talk.after), visit.after) == ((), {0, 2}, ())
        assert problem.module_sessions.tolist() == [2, 1, 1]
        assert problem.module_off_site.tolist() == [False, False, True]
        assert {data.programme for data in problem.modules} == {"P"}

    def test_classes_of_a_quota_come_after_those_named(self) -> None:
        quota = {"id": "Q", "programme": "P", "cohort_size": 40, "trainees": {2018: 61}}
        problem = compiled(audiences=[quota])
        assert [data.cohort.id for data in problem.cohorts] == [
            cohort.id for cohort in problem.scenario.all_cohorts
        ]
        assert [data.cohort.size for data in problem.cohorts] == [50, 40, 31, 30]
        assert problem.cohort_days.tolist() == [3] * 4

    def test_modules_are_counted_on_over_programmes(self) -> None:
        for seed in range(300):
            drawn = random_scenario(seed)
            if len({cohort.programme for cohort in drawn.all_cohorts}) < 2:
                continue
            problem = compile_scenario(drawn)
            for position, data in enumerate(problem.cohorts):
                modules = [problem.modules[index] for index in data.programme.modules]
                assert [one.module for one in modules] == list(data.programme.programme.modules)
                assert {one.programme for one in modules} == {data.cohort.programme}
                for index, one in zip(data.programme.modules, modules, strict=True):
                    assert problem.module_position(position, one.module.id) == index
                    assert tuple(problem.modules[after].module.id for after in one.after) == one.module.after
            return
        raise AssertionError("no scenario with two programmes")


class TestEarliest:
    """The first working day on or after the calendar's first day, `opens_from` or `opens`."""

    @pytest.mark.parametrize(
        ("keys", "earliest"),
        [
            ({}, april(9)),
            ({"opens_from": "2018-04-11"}, april(11)),
            ({"opens_from": "2018-03-01"}, april(9)),
            ({"opens_from": "2018-04-14"}, april(16)),
            ({"opens_from": "2018-04-25"}, april(26)),
            ({"opens": "2018-04-17"}, april(17)),
            ({"opens": "2018-04-21"}, april(23)),
        ],
        ids=["calendar", "from", "long ago", "a Saturday", "a holiday", "opens", "opens on a Saturday"],
    )
    def test_by_hand(self, keys: dict[str, str], earliest: dt.date) -> None:
        problem = compiled(cohorts={"K1": keys})
        assert problem.date(problem.cohorts[0].earliest) == earliest
        assert problem.cohorts[1].earliest == 0

    def test_a_calendar_that_begins_on_a_weekend(self) -> None:
        problem = compiled(calendar={"first_day": "2018-04-07"})
        assert (problem.cohorts[0].earliest, problem.date(0)) == (0, april(9))

    def test_after_the_last_working_day_there_is_none(self) -> None:
        problem = compiled(calendar={"last_day": "2018-04-29"}, cohorts={"K1": {"opens_from": "2018-04-28"}})
        assert problem.cohorts[0].earliest == len(problem.days) == 14


class TestNominalDays:
    def test_are_counted_by_the_sessions_before(self) -> None:
        assert [data.nominal_day for data in compiled().modules] == [0, 1, 1]

    def test_round_down(self) -> None:
        """Before LAW, TALK and VISIT there are 0, 3 and 4 sessions of two a day, or of three."""
        assert [data.nominal_day for data in compiled(modules={"LAW": {"sessions": 3}}).modules] == [0, 1, 2]
        three = compiled(
            calendar={"sessions": ["morning", "afternoon", "evening"]}, modules={"LAW": {"sessions": 3}}
        )
        assert [data.nominal_day for data in three.modules] == [0, 1, 1]

    def test_start_anew_in_each_programme(self) -> None:
        two_programmes = 0
        for seed in range(100):
            problem = compile_scenario(random_scenario(seed))
            two_programmes += len({data.cohort.programme for data in problem.cohorts}) > 1
            for data in problem.cohorts:
                modules = data.programme.programme.modules
                before = [sum(module.sessions for module in modules[:index]) for index in range(len(modules))]
                nominal = [problem.modules[position].nominal_day for position in data.programme.modules]
                assert nominal == [sessions // problem.sessions_per_day for sessions in before]
        assert two_programmes > 0


class TestAbsences:
    def away(self, **binh: Any) -> dict[tuple[int, int], set[Period | None]]:
        """Return, by lecturer and slot, the causes of absence."""
        problem = compiled(lecturers={"binh": binh})
        absences, slots = problem.absences, len(problem.days) * problem.sessions_per_day
        assert (np.diff(absences.key) >= 0).all()
        causes: dict[tuple[int, int], set[Period | None]] = {}
        for key, cause in zip(absences.key.tolist(), absences.cause.tolist(), strict=True):
            lecturer, period = absences.causes[cause]
            assert lecturer == key // slots
            causes.setdefault((lecturer, key % slots), set()).add(period)
        return causes

    def test_nobody_is_away(self) -> None:
        assert self.away() == {}

    def test_in_a_period(self) -> None:
        """10 April is the second working day: slots 2 and 3."""
        away = {"from": "2018-04-10", "sessions": ["afternoon"]}
        assert self.away(unavailable=[away]) == {(1, 3): {Period.model_validate(away)}}

    def test_for_several_reasons_at_once(self) -> None:
        first, second = {"from": "2018-04-10", "to": "2018-04-11"}, {"to": "2018-04-10"}
        one, other = Period.model_validate(first), Period.model_validate(second)
        assert self.away(unavailable=[first, second]) == {
            **{(1, slot): {other} for slot in (0, 1)},
            **{(1, slot): {one, other} for slot in (2, 3)},
            **{(1, slot): {one} for slot in (4, 5)},
        }

    def test_outside_what_is_available(self) -> None:
        available = [{"from": "2018-04-09"}, {"from": "2018-04-11", "sessions": ["morning"]}]
        assert self.away(available=available) == {
            (1, slot): {None} for slot in range(28) if slot not in (0, 1, 4)
        }

    def test_never_available(self) -> None:
        assert self.away(available=[{"from": "2018-04-25"}]) == {(1, slot): {None} for slot in range(28)}

    def test_both_ways(self) -> None:
        period = {"from": "2018-04-09", "sessions": ["afternoon"]}
        causes = self.away(available=[{"from": "2018-04-09"}], unavailable=[period])
        assert causes[1, 1] == {Period.model_validate(period)}
        assert (1, 0) not in causes
        assert causes[1, 2] == {None}


class TestClosures:
    def days(self, *closed: dict[str, Any]) -> list[list[int]]:
        problem = compiled(venues={"west": {"closed": list(closed)}})
        assert [closure.venue for closure in problem.closures] == [1] * len(closed)
        assert [closure.period for closure in problem.closures] == [
            Period.model_validate(period) for period in closed
        ]
        return [closure.days.tolist() for closure in problem.closures]

    def test_days_by_period(self) -> None:
        assert self.days({"from": "2018-04-10", "to": "2018-04-11"}, {"from": "2018-04-27"}) == [[1, 2], [13]]

    def test_closed_in_a_session_is_closed_for_the_day(self) -> None:
        assert self.days({"weekdays": ["mon"], "sessions": ["afternoon"]}) == [[0, 5, 10]]

    def test_closed_when_nobody_works(self) -> None:
        assert self.days({"from": "2018-04-25"}, {"weekdays": ["sun"]}) == [[], []]

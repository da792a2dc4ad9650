"""Prices of wishes are those of independent searches: of all timetables there are, listed by brute force."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest

from classplanner import InputError, check, plan, suggest, why, why_not
from classplanner.check import Checker
from classplanner.deltas import AddLock, Delta, apply
from classplanner.explaining import tell_answer, tell_suggestions, tell_why
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Lock, Scenario
from classplanner.timetable import LeftOut, PartialRecord, Timetable
from tests.builders import april, scenario
from tests.oracle.brute_force import listing
from tests.oracle.scenarios import random_scenario

_QUESTIONS, _A_SCENARIO = 30, 5


def settled(asked: Scenario, lock: Lock) -> Scenario:
    change = AddLock.model_validate(lock.model_dump(by_alias=True, exclude_defaults=True))
    return apply(asked, Delta(changes=(change,)))


def questions() -> Iterator[tuple[Scenario, Timetable, Lock, int | None]]:
    """Draw questions about optimal plans of small scenarios, with the price by brute force; None for none."""
    drawn = 0
    for seed in itertools.count(1):
        rng, asked = random.Random(seed), random_scenario(seed)
        plans = list(listing(asked).plans.values())
        if len(plans) < 2:
            continue
        checker = Checker(asked)
        cost = [checker.judge(one, rules=()).terms.total for one in plans]
        best = plans[cost.index(min(cost))]
        for _ in range(_A_SCENARIO):
            lock = _question(rng, asked, best)
            judge = Checker(settled(asked, lock))
            left = [number for number, one in zip(cost, plans, strict=True) if judge.accepts(one, {"lock"})]
            yield asked, best, lock, min(left) - min(cost) if left else None
            drawn += 1
        if drawn >= _QUESTIONS:
            return


def _question(rng: random.Random, asked: Scenario, best: Timetable) -> Lock:
    """Ask about a meeting, or about the room or the opening of a class."""
    entry, meeting = rng.choice(best.cohorts), rng.choice(best.meetings)
    rooms = [f"{venue.id}/{room.id}" for venue in asked.venues for room in venue.rooms]
    dates = sorted({slot[0] for one in best.meetings for slot in one.sessions})
    lecturers = [one.id for one in asked.lecturers]
    of_module = {"cohort": meeting.cohorts[0], "module": meeting.module}
    return Lock.model_validate(
        rng.choice(
            [
                {**of_module, "lecturer": rng.choice(lecturers)},
                {**of_module, "date": rng.choice(dates)},
                {**of_module, "session": rng.choice(asked.calendar.sessions)},
                {"cohort": entry.id, "room": rng.choice(rooms)},
                {"cohort": entry.id, "opens": rng.choice(dates)},
            ]
        )
    )


def test_prices_are_the_differences_of_the_cheapest_timetables_there_are() -> None:
    answers = []
    for asked, best, lock, price in questions():
        found = why_not(asked, best, lock)
        answers.append(found.status)
        assert found.status == ("impossible" if price is None else "possible"), lock
        assert (found.price, found.least, found.exact) == (price, price, price is not None), lock
        if found.timetable is not None and found.terms is not None:
            assert check(settled(asked, lock), found.timetable).ok
            assert sum(found.terms.values()) == price
    assert answers.count("impossible") >= 3
    assert answers.count("possible") >= 10


ASKED = scenario(lecturers={"an": {"unavailable": [{"from": "2018-04-16", "to": "2018-04-18"}]}})


@pytest.fixture(scope="module")
def best() -> Timetable:
    found = plan(ASKED).timetable
    assert found is not None
    return found


class TestSmallScenario:
    def test_a_conflict_forbids_what_is_impossible(self, best: Timetable) -> None:
        wish = Lock(cohort="K1", module="LAW", lecturer="an", date=april(17))
        found = why_not(ASKED, best, wish)
        assert found.conflict is not None
        assert found.conflict.minimal
        rules = [one.instance.rule for one in found.conflict.members]
        assert rules == ["quota", "lecturer-available"]
        text = tell_answer(found, Names(ASKED), Language("vi"))
        assert text.splitlines()[0] == "Nếu bắt đầu vào thứ Ba 17/04/2018, do Lê An dạy:"

    def test_one_of_several_days_is_enough(self, best: Timetable) -> None:
        wish = Lock(cohort="K1", module="LAW", lecturer="an", date=april(16))
        found = why_not(ASKED, best, wish, until=april(19))
        assert found.timetable is not None
        (law,) = (one for one in found.timetable.meetings if one.cohorts == ("K1",) and one.module == "LAW")
        assert (law.lecturers, law.sessions[0][0]) == (("an",), april(19))
        assert found.exact
        told = tell_answer(found, Names(ASKED), Language("en")).splitlines()
        assert told[0].startswith(
            "If it begins on a day from Mon 16/04/2018 to Thu 19/04/2018, taught by Lê An"
        )
        assert "  Then: Thu 19/04/2018, morning–afternoon; Lê An." in told

    def test_what_is_not_in_the_scenario_is_refused(self, best: Timetable) -> None:
        with pytest.raises(InputError, match="nobody"):
            why_not(ASKED, best, Lock(cohort="K1", module="LAW", lecturer="nobody"))
        with pytest.raises(InputError, match="There is no working day"):
            why_not(ASKED, best, Lock(cohort="K1", module="LAW", date=april(21)), until=april(22))
        with pytest.raises(InputError, match="The timetable has no meeting"):
            why(ASKED, best, "K1", "NONE")

    def test_a_plan_with_breaches_is_refused(self, best: Timetable) -> None:
        broken = best.model_copy(update={"meetings": best.meetings[1:]})
        with pytest.raises(ValueError, match="rule"):
            suggest(ASKED, broken, "K1", "TALK")

    def test_why_asks_about_every_other_lecturer_and_day(self, best: Timetable) -> None:
        found = why(ASKED, best, "K1", "TALK")
        asked = {tuple((lock.lecturer, lock.date) for lock in one.wish) for one in found.answers}
        assert asked == {(("binh", None),), ((None, april(9)),), ((None, april(11)),)}
        prices = [one.price for one in found.answers if one.price is not None]
        assert prices == sorted(prices)
        assert min(prices) >= 0
        assert tell_why(found, Names(ASKED), Language("vi")).startswith("Lớp K1, TALK Giao tiếp: ")

    def test_classes_left_out_are_not_looked_at(self, best: Timetable) -> None:
        only = best.model_copy(
            update={
                "cohorts": tuple(one for one in best.cohorts if one.id == "K1"),
                "meetings": tuple(one for one in best.meetings if one.cohorts == ("K1",)),
                "partial": PartialRecord(left_out=(LeftOut(cohort="K2"),)),
            }
        )
        found = why_not(ASKED, only, Lock(cohort="K1", module="LAW", lecturer="an"))
        assert found.timetable is not None
        assert [one.id for one in found.timetable.cohorts] == ["K1"]


class TestLargeYears:
    """Of more classes than are planned exactly, the class asked about alone is planned anew."""

    @pytest.mark.parametrize(
        "keys", [{"module": "LAW", "date": april(10)}, {"room": "west/hall"}, {"opens": april(12)}]
    )
    def test_other_classes_stay_and_the_price_is_at_most_that(
        self, keys: dict[str, Any], best: Timetable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cohort = min(best.cohorts, key=lambda one: one.opens).id
        wish = Lock(cohort=cohort, **keys)
        exact = why_not(ASKED, best, wish)
        monkeypatch.setattr("classplanner.explaining.wishes.EXACT_CLASSES", 1)
        found = why_not(ASKED, best, wish)
        assert found.status == exact.status == "possible"
        assert found.timetable is not None
        assert (found.least, found.exact) == (None, False)
        assert found.price is not None
        assert exact.price is not None
        assert found.price >= exact.price
        assert check(settled(ASKED, wish), found.timetable).ok
        others = [one for one in best.meetings if one.cohorts != (cohort,)]
        assert set(others) <= set(found.timetable.meetings)
        assert tell_answer(found, Names(ASKED), Language("en")).count(f"only class {cohort}") == 1

    def test_what_is_not_found_is_not_called_impossible(
        self, best: Timetable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("classplanner.explaining.wishes.EXACT_CLASSES", 1)
        found = why_not(ASKED, best, Lock(cohort="K1", module="LAW", date=april(19)))
        assert (found.status, found.alone) == ("unknown", True)
        assert "days of class K1" in tell_answer(found, Names(ASKED), Language("en"))


class TestSuggestions:
    ASKED = scenario(
        modules={"TALK": {"after": ["LAW"]}},
        lecturers={"binh": {"unavailable": [{"from": "2018-04-17", "sessions": ["afternoon"]}]}},
        cohorts={"K1": {"opens": "2018-04-16"}, "K2": {"opens": "2018-04-19"}},
    )

    def test_each_keeps_every_rule_and_costs_what_it_says(self) -> None:
        best = plan(self.ASKED).timetable
        assert best is not None
        base = check(self.ASKED, best).terms.total
        found = suggest(self.ASKED, best, "K1", "TALK")
        assert {one.kind for one in found} >= {"lecturer", "time", "swap"}
        for one in found:
            verdict = check(self.ASKED, one.timetable)
            assert verdict.ok
            assert verdict.terms.total - base == one.price == sum(one.terms.values())
            assert one.meeting in one.timetable.meetings
            others = [meeting for meeting in best.meetings if meeting.cohorts == ("K2",)]
            assert set(others) <= set(one.timetable.meetings)
        assert [one.price for one in found] == sorted(one.price for one in found)
        told = tell_suggestions(found[0].meeting, found, Names(self.ASKED), Language("vi"))
        title, *lines = told.splitlines()
        assert len(lines) > min(len(found), 10)
        assert any("chuyển sang" in line for line in lines)  # what changes places with it
        assert "Ba Vì" in title
        assert not any("Ba Vì" in line for line in lines)  # where it stays

    def test_a_chain_moves_what_is_in_the_way(self) -> None:
        """On the first day only the whole-day module fits, unless it moves, and what comes after it, too."""
        best = plan(self.ASKED).timetable
        assert best is not None
        found = suggest(self.ASKED, best, "K1", "LAW")
        chains = [one for one in found if one.kind == "chain"]
        assert chains
        for one in chains:
            assert len(one.difference.meetings) > 1
            assert check(self.ASKED, one.timetable).ok

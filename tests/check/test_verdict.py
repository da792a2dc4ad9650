"""The verdict: every breach in order, only the rules asked for, what the timetable claims, all in words."""

from __future__ import annotations

from typing import Any

import pytest

from classplanner.check import Breach, Checker, check
from classplanner.language import Language
from classplanner.rules import RULES, Names, Statement, catalogue
from classplanner.timetable import ObjectiveRecord, ScenarioRecord, Terms
from tests.builders import partial, scenario, timetable
from tests.check.judging import judged

TERMS = Terms(fees=3_800, rooms=12_000, delay=260_000)


def note(sentence: str, **facts: int) -> Statement:
    return Statement(f"check.note.{sentence}", tuple(facts.items()))


def notes(**records: Any) -> tuple[Statement, ...]:
    return judged(scenario(), timetable(**records)).notes


def objective(terms: Terms = TERMS, **keys: Any) -> ObjectiveRecord:
    return ObjectiveRecord(**({"total": terms.total, "bound": 0, "gap": 1.0, "terms": terms} | keys))


class TestBreaches:
    def test_all_of_them_in_the_order_of_the_rules(self) -> None:
        plan = timetable(
            {"K2": {"room": "east/hall", "opens": "2018-04-18"}},
            {
                ("K1", "TALK"): {"lecturers": []},
                ("K1", "VISIT"): {"sessions": ["14 am"]},
                ("K2", "VISIT"): {"room": "east/hall", "lecturers": ["an"]},
            },
        )
        found = [breach.instance.rule for breach in judged(scenario(budget={2018: 1}), plan).breaches]
        assert found == [
            "working-days",
            "consecutive-days",
            "programme-complete",
            "lecturer-qualified",
            "room-clash",
            "home-room",
            "budget",
        ]
        assert found == sorted(found, key=RULES.index)

    def test_only_the_rules_asked_for(self) -> None:
        plan = timetable(meetings={("K1", "TALK"): {"lecturers": [], "room": None}})
        checker = Checker(scenario())
        (only,) = checker.judge(plan, rules={"home-room", "lock"}).breaches
        assert only.instance == catalogue.home_room("K1")
        assert checker.accepts(plan, rules={"lock"})
        assert not checker.accepts(plan, rules={"home-room"})
        assert not checker.accepts(plan)

    def test_a_rule_that_does_not_exist(self) -> None:
        with pytest.raises(ValueError, match="no such rule: lecturer_clash"):
            Checker(scenario()).judge(timetable(), rules={"lecturer_clash"})

    def test_one_checker_judges_many_timetables_alike(self) -> None:
        checker = Checker(scenario())
        faulty = timetable({"K2": None})
        assert checker.judge(faulty) == check(scenario(), faulty)
        assert checker.judge(timetable()) == check(scenario(), timetable())
        assert checker.judge(faulty) == check(scenario(), faulty)


class TestNotes:
    def test_a_record_that_agrees_needs_none(self) -> None:
        record = ScenarioRecord(sha256=scenario().sha256)
        assert notes(scenario=record, objective=objective(bound=TERMS.total)) == ()

    def test_another_scenario(self) -> None:
        assert notes(scenario=ScenarioRecord(sha256="0" * 64)) == (note("other-scenario"),)

    def test_other_terms(self) -> None:
        stated = Terms(fees=1, rooms=2, order=3, delay=4, preference=5, overload=6)
        assert notes(objective=objective(stated)) == (
            note("other-fees", stated=1, found=3_800),
            note("other-rooms", stated=2, found=12_000),
            note("other-order", stated=3, found=0),
            note("other-delay", stated=4, found=260_000),
            note("other-preference", stated=5, found=0),
            note("other-overload", stated=6, found=0),
        )

    def test_a_total_that_is_no_sum(self) -> None:
        assert notes(objective=objective(total=5)) == (note("wrong-sum", stated=5, found=TERMS.total),)

    def test_a_bound_above_a_good_plan(self) -> None:
        bound = TERMS.total + 1
        assert notes(objective=objective(bound=bound)) == (
            note("wrong-bound", bound=bound, found=TERMS.total),
        )

    def test_a_bound_above_a_plan_that_breaches_rules_may_be_right(self) -> None:
        plan = timetable({"K1": {"closes": "2018-04-19"}}, objective=objective(bound=TERMS.total + 1))
        assert judged(scenario(), plan).notes == ()

    @pytest.mark.parametrize(
        ("stated", "told"),
        [
            ({}, ()),
            ({"trainees": 90, "most": 90}, ()),
            ({"trainees": 89}, (note("other-trainees", stated=89, found=90),)),
            ({"most": 89}, (note("wrong-most", most=89, found=90),)),
        ],
        ids=str,
    )
    def test_how_many_people_a_partial_plan_trains(
        self, stated: dict[str, int], told: tuple[Statement, ...]
    ) -> None:
        assert notes(partial=partial(**stated)) == told

    @pytest.mark.parametrize(("most", "told"), [(50, (note("claims-most", most=50),)), (90, ())])
    def test_that_no_plan_trains_more_people_is_not_checked(
        self, most: int, told: tuple[Statement, ...]
    ) -> None:
        meetings = {("K2", module): None for module in ("LAW", "TALK", "VISIT")}
        plan = timetable({"K2": None}, meetings, partial=partial("K2", trainees=50, most=most))
        assert judged(scenario(), plan).notes == told

    def test_fewer_people_than_a_plan_that_breaches_rules_may_be_right(self) -> None:
        plan = timetable({"K1": {"closes": "2018-04-19"}}, partial=partial(most=50))
        assert judged(scenario(), plan).notes == (note("claims-most", most=50),)

    def test_classes_without_meetings_are_a_plan_too(self) -> None:
        plan = timetable(status="infeasible").model_copy(update={"meetings": ()})
        assert judged(scenario(), plan).notes == (note("claims-infeasible"),)

    def test_no_plan_where_there_is_none_is_no_contradiction(self) -> None:
        nothing = timetable(status="infeasible").model_copy(update={"cohorts": (), "meetings": ()})
        assert judged(scenario(), nothing).notes == ()

    @pytest.mark.parametrize("status", ["optimal", "infeasible", "unknown"])
    def test_a_claim_that_is_not_checked_or_not_so(self, status: str) -> None:
        assert notes(status=status) == (note(f"claims-{status}"),)


class TestTold:
    @pytest.fixture
    def clash(self) -> tuple[Any, Names]:
        plan = timetable(meetings={("K1", "LAW"): {"sessions": ["17 am", "17 pm"]}})
        asked = scenario()
        return judged(asked, plan).breaches[0], Names(asked)

    def test_in_english(self, clash: tuple[Any, Names]) -> None:
        breach, names = clash
        assert breach.describe(names, Language("en")).split("\n") == [
            "Class K1 has one module at a time.",
            "  Class K1, LAW Luật: Tue 17/04/2018, morning.",
            "  Class K1, TALK Giao tiếp: Tue 17/04/2018, morning.",
            "  Class K1, LAW Luật: Tue 17/04/2018, afternoon.",
            "  Class K1, VISIT Thực tế: Tue 17/04/2018, afternoon.",
        ]

    def test_in_vietnamese(self, clash: tuple[Any, Names]) -> None:
        breach, names = clash
        assert breach.describe(names, Language("vi")).split("\n")[:2] == [
            "Lớp K1 mỗi buổi chỉ học một chuyên đề.",
            "  Lớp K1, LAW Luật: thứ Ba 17/04/2018, buổi sáng.",
        ]

    @pytest.mark.parametrize(
        ("evidence", "last"), [(8, "  Sessions: 7 instead of 7."), (9, "  … and 1 more.")]
    )
    def test_a_long_list_is_cut_short(self, evidence: int, last: str) -> None:
        lines = tuple(
            Statement("found.session-count", (("number", n), ("wanted", n))) for n in range(evidence)
        )
        breach = Breach(catalogue.cohort_clash("K1"), lines)
        told = breach.describe(Names(scenario()), Language("en")).split("\n")
        assert len(told) == 1 + 8 + (evidence > 8)
        assert told[-1] == last

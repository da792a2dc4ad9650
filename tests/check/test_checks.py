"""The checker as a whole: a check for every rule, no idle sentence, nothing shared, no timetable too odd."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pytest

from classplanner.check import CHECKS, checker
from classplanner.check.registry import checks
from classplanner.language import catalogue as texts
from classplanner.rules import FAMILIES, RULES
from classplanner.timetable import Meeting, Timetable
from tests.builders import april, planned, scenario
from tests.check.judging import judged

FILES = sorted(Path(checker.__file__).parent.glob("*.py"))
ALLOWED = {"check", "errors", "language", "rules", "scenario", "timetable"}


def test_every_rule_has_a_check_in_the_file_of_its_family() -> None:
    assert sorted(CHECKS) == sorted(RULES)
    for family, rules in FAMILIES.items():
        assert {CHECKS[rule].__module__ for rule in rules} == {f"classplanner.check.{family}"}


@pytest.mark.parametrize("rule", ["budget", "no-such-rule"])
def test_a_rule_is_checked_by_one_function(rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        checks(rule)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_checker_imports_nothing_of_the_solver(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            assert not {"numpy", "ortools"} & {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            package, *rest = (node.module or "").split(".")
            assert package not in {"numpy", "ortools"}
            assert package != "classplanner" or rest[0] in ALLOWED
            assert "day_statuses" not in {name.name for name in node.names}


def test_every_sentence_is_used() -> None:
    source = "\n".join(file.read_text("utf-8") for file in FILES)
    unused = [
        key
        for key in texts("en")
        if key.startswith("found.") and f'"{key.removeprefix("found.")}"' not in source
    ]
    assert unused == []


@pytest.mark.parametrize("seed", range(150))
def test_any_timetable_is_judged(seed: int) -> None:
    """Random entries with ids, dates and sessions that may be unknown: judged and told without a failure."""
    rng = random.Random(seed)
    cohorts, rooms = ["K1", "K2", "K9"], ["east/hall", "west/hall", "north/hall", "oddly"]
    lecturers, modules = ["an", "binh", "nobody"], ["LAW", "TALK", "VISIT", "SWIM"]

    def some(names: list[str], least: int = 0) -> tuple[str, ...]:
        return tuple(rng.choices(names, k=rng.randint(least, 3)))

    def odd_meeting() -> Meeting:
        days, sessions = rng.choices(range(1, 31), k=3), ["morning", "afternoon", "evening"]
        slots = tuple((april(day), rng.choice(sessions)) for day in days[: rng.randint(1, 3)])
        return Meeting(
            cohorts=some(cohorts, 1),
            module=rng.choice(modules),
            lecturers=some(lecturers),
            room=rng.choice([*rooms, None]),
            sessions=slots,
        )

    entries = (
        planned(
            rng.choice(cohorts),
            room=rng.choice(rooms),
            opens=april(rng.randint(1, 30)),
            closes=april(rng.randint(1, 30)),
        )
        for _ in range(rng.randint(0, 4))
    )
    strict = scenario(
        lecturers={
            "an": {
                "max_sessions_per_day": 1,
                "max_sessions_per_week": 1,
                "unavailable": [{"weekdays": ["mon"]}],
            }
        },
        venues={"west": {"closed": [{"weekdays": ["fri"]}]}},
        modules={"VISIT": {"after": ["LAW"], "earliest_day": 2}},
        locks=[{"cohort": "K1", "module": "LAW", "lecturer": "binh", "opens": "2018-04-16"}],
        budget={2018: 1},
    )
    meetings = tuple(odd_meeting() for _ in range(rng.randint(0, 8)))
    verdict = judged(strict, Timetable(cohorts=tuple(entries), meetings=meetings))
    instances = [breach.instance for breach in verdict.breaches]
    assert len(set(instances)) == len(instances)
    assert all(breach.evidence for breach in verdict.breaches)
    assert sum(cost.amount for cost in verdict.costs) == verdict.terms.total

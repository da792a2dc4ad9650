"""Shows that every rule has all its parts, wherever they are kept: encoder, check, sentences, tests, docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from classplanner.check import CHECKS
from classplanner.encode import ENCODERS
from classplanner.language import LANGUAGES, catalogue
from classplanner.rules import FAMILIES, RULES
from tests.oracle.features import DETAILS, STRUCTURE

ROOT = Path(__file__).parents[1]
TESTS_OF_CHECKS = ROOT / "tests" / "check"
REFERENCE = ROOT / "docs" / "scenario.md"


def missing(rule: str, family: str) -> Iterator[str]:
    """Name the parts that a rule lacks."""
    encoders = {encoder.__module__ for _, encoder in ENCODERS.get(rule, ())}
    if f"classplanner.encode.{family}" not in encoders:
        yield f"an encoder in encode/{family}.py"
    if rule not in CHECKS or CHECKS[rule].__module__ != f"classplanner.check.{family}":
        yield f"a check in check/{family}.py"
    for language in LANGUAGES:
        yield from _missing_texts(rule, language, catalogue(language))
    test_class = "Test" + rule.title().replace("-", "")
    file = TESTS_OF_CHECKS / f"test_{family}.py"
    if not _has_tests(file.read_text("utf-8") if file.exists() else "", test_class):
        yield f"{test_class} in tests/check/test_{family}.py"
    if not STRUCTURE.get(rule) and not DETAILS.get(rule):
        yield "a feature in tests/oracle/features.py"
    if not _has_row(REFERENCE.read_text("utf-8"), rule):
        yield "a row in docs/scenario.md"


def _missing_texts(rule: str, language: str, keys: Iterable[str]) -> Iterator[str]:
    forms = {key.removeprefix(f"rule.{rule}.") for key in keys if key.startswith(f"rule.{rule}.")}
    if "title" not in forms:
        yield f"a title in language/{language}/rule.toml"
    if not forms - {"title"}:
        yield f"a sentence in language/{language}/rule.toml"


def _has_tests(source: str, test_class: str) -> bool:
    """Whether a file has a class of that name with at least one test in it."""
    return any(
        isinstance(node, ast.ClassDef)
        and node.name == test_class
        and any(isinstance(inner, ast.FunctionDef) and inner.name.startswith("test_") for inner in node.body)
        for node in ast.parse(source).body
    )


def _has_row(text: str, rule: str) -> bool:
    """Whether a table has a row that begins with the rule and says something of it."""
    return re.search(rf"^\| *`{re.escape(rule)}` *\| *\w", text, re.MULTILINE) is not None


@pytest.mark.parametrize(
    ("family", "rule"), [(family, rule) for family in FAMILIES for rule in FAMILIES[family]]
)
def test_every_rule_has_all_its_parts(family: str, rule: str) -> None:
    assert list(missing(rule, family)) == []


def test_what_is_registered_is_a_rule() -> None:
    assert set(ENCODERS) == set(CHECKS) == set(RULES)
    assert set(STRUCTURE) | set(DETAILS) == set(RULES)


def test_every_rule_of_the_reference_is_one() -> None:
    rules = REFERENCE.read_text("utf-8").split("| id | meaning |", 1)[1]
    assert re.findall(r"^\| `([a-z-]+)` \|", rules, re.MULTILINE) == list(RULES)


class TestThisTestCanFail:
    @pytest.mark.parametrize("family", ["cohorts", "made-up-family"])
    def test_a_made_up_rule_lacks_everything(self, family: str) -> None:
        assert list(missing("made-up-rule", family)) == [
            f"an encoder in encode/{family}.py",
            f"a check in check/{family}.py",
            "a title in language/en/rule.toml",
            "a sentence in language/en/rule.toml",
            "a title in language/vi/rule.toml",
            "a sentence in language/vi/rule.toml",
            f"TestMadeUpRule in tests/check/test_{family}.py",
            "a feature in tests/oracle/features.py",
            "a row in docs/scenario.md",
        ]

    def test_a_rule_in_the_files_of_another_family(self) -> None:
        assert list(missing("quota", "rooms")) == [
            "an encoder in encode/rooms.py",
            "a check in check/rooms.py",
            "TestQuota in tests/check/test_rooms.py",
        ]

    def test_a_part_that_is_taken_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(ENCODERS, "quota", [])
        monkeypatch.delitem(CHECKS, "quota")
        monkeypatch.setattr("tests.test_catalogue.STRUCTURE", {**STRUCTURE, "quota": ()})
        assert list(missing("quota", "cohorts")) == [
            "an encoder in encode/cohorts.py",
            "a check in check/cohorts.py",
            "a feature in tests/oracle/features.py",
        ]

    def test_texts(self) -> None:
        told = {"rule.quota.title", "rule.quota.planned", "rule.budget.title", "rule.lock.date"}
        assert list(_missing_texts("quota", "vi", told)) == []
        assert list(_missing_texts("budget", "vi", told)) == ["a sentence in language/vi/rule.toml"]
        assert list(_missing_texts("lock", "vi", told)) == ["a title in language/vi/rule.toml"]

    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ("class TestQuota:\n    def test_it(self): ...", True),
            ("class TestQuota:\n    def helper(self): ...", False),
            ("class TestQuotas:\n    def test_it(self): ...", False),
            ("def test_quota(): ...", False),
            ("", False),
        ],
    )
    def test_tests(self, source: str, found: bool) -> None:
        assert _has_tests(source, "TestQuota") == found

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("| `quota` | Every class is planned. |", True),
            ("| `quota` | |", False),
            ("| `quotas` | Every class. |", False),
            ("The rule `quota` is explained elsewhere.", False),
        ],
    )
    def test_rows(self, text: str, found: bool) -> None:
        assert _has_row(f"# Rules\n\n{text}\n", "quota") == found

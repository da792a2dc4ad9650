"""Shows that the JSON Schema of a scenario describes every field and agrees with what `load` accepts."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from classplanner.scenario import Scenario
from tests.documents import DELETED, SOUND, as_json, changed

_SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))
_SCHEMA = Scenario.model_json_schema(by_alias=True)
_VALIDATOR = Draft202012Validator(_SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _errors(document: Any) -> list[str]:
    """Check a document as JSON has it: dates as texts."""
    return [error.message for error in _VALIDATOR.iter_errors(json.loads(as_json(document)))]


def _objects() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Scenario", _SCHEMA
    yield from _SCHEMA["$defs"].items()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(_SCHEMA)


@pytest.mark.parametrize("path", _SCENARIOS, ids=lambda path: path.stem)
def test_shipped_scenarios_agree_with_the_schema(path: Path) -> None:
    assert _errors(tomllib.loads(path.read_text("utf-8"))) == []


def test_the_sound_scenario_agrees_with_the_schema() -> None:
    assert _errors(SOUND) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"calendar": DELETED},
        {"calendar.last_day": "2018-02-30"},
        {"calendar.weekdays.0": "monday"},
        {"lecturers.0.unavailable.0.from_": "2018-03-19"},
        {"lecturers.0.fee": -1},
        {"lecturers.0.id": "a/b"},
        {"lecturers.0.id": " a"},
        {"lecturers.0.id": ""},
        {"cohorts.0.size": "90"},
        {"cohorts.0.room": "hall"},
        {"audiences.0.trainees.1989": 1},
        {"budget.2101": 1},
        {"budget.02018": 1},
        {"unknown": 1},
    ],
    ids=",".join,
)
def test_what_load_refuses_the_schema_refuses(changes: dict[str, Any]) -> None:
    document = changed({"calendar.weekdays": ["mon"]})
    assert _errors(document) == []
    assert _errors(changed(changes, document))


def test_every_table_and_every_field_is_described() -> None:
    for name, schema in _objects():
        assert schema["description"], name
        for key, field in schema["properties"].items():
            assert field["description"].endswith("."), f"{name}.{key}"


def test_descriptions_are_written_for_planners() -> None:
    jargon = ("`", "None", "pydantic", "dict", "tuple", "Parameters", "Attributes", "\n")
    texts = [schema["description"] for _, schema in _objects()]
    texts += [field["description"] for _, schema in _objects() for field in schema["properties"].values()]
    assert not [text for text in texts for word in jargon if word in text]


def test_no_table_takes_other_keys() -> None:
    assert {name: schema["additionalProperties"] for name, schema in _objects()} == dict.fromkeys(
        [name for name, _ in _objects()], False
    )

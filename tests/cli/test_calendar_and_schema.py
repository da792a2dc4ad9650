"""Shows that ``calendar`` names the days off and ``schema`` prints a JSON Schema that scenarios obey."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.running import ROOT, TWO_CLASSES, run

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", ["April 2018", "Hung Kings' Commemoration Day", "17 working days", "34 sessions"]),
        ("vi", ["Tháng 4 2018", "Giỗ Tổ Hùng Vương", "17 ngày làm việc", "34 buổi"]),
    ],
)
def test_the_calendar_names_the_days_off(code: str, told: list[str], capsys: Capture) -> None:
    done = run(capsys, "calendar", TWO_CLASSES, "--lang", code)
    assert (done.code, done.err) == (0, "")
    assert [text for text in told if text not in done.out] == []


def test_the_calendar_of_a_faulty_scenario_is_not_shown(folder: Path, capsys: Capture) -> None:
    Path("faulty.toml").write_text('nam = "x"\n', "utf-8")
    done = run(capsys, "calendar", "faulty.toml")
    assert (done.code, done.out) == (2, "")
    assert 'faulty.toml: nam: "nam" is not known here. Did you mean "name"?' in done.err.splitlines()


def _schema(capsys: Capture) -> Any:
    done = run(capsys, "schema")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_the_schema_is_one_and_scenarios_obey_it(capsys: Capture) -> None:
    schema = _schema(capsys)
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(json.dumps(tomllib.loads(TWO_CLASSES.read_text("utf-8")), default=str))
    jsonschema.validate(document, schema)


def test_deltas_obey_their_schema(capsys: Capture) -> None:
    schema = json.loads(run(capsys, "schema", "--delta").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    for file in sorted((ROOT / "scenarios" / "what-if").glob("*.toml")):
        delta = json.loads(json.dumps(tomllib.loads(file.read_text("utf-8")), default=str))
        jsonschema.validate(delta, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"changes": [{"kind": "close", "venu": "van-phu"}]}, schema)


def test_a_misspelt_key_disobeys_the_schema(capsys: Capture) -> None:
    document = json.loads(json.dumps(tomllib.loads(TWO_CLASSES.read_text("utf-8")), default=str))
    document["cohorts"][0]["sise"] = 1
    with pytest.raises(jsonschema.ValidationError, match="sise"):
        jsonschema.validate(document, _schema(capsys))

"""The shipped deltas apply to the scenarios that their first line names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from classplanner import load
from classplanner.deltas import apply, load_delta
from classplanner.scenario import Scenario

_SCENARIOS = Path(__file__).parents[2] / "scenarios"
_FILES = sorted(_SCENARIOS.joinpath("what-if").glob("*.toml"))


@cache
def scenario(name: str) -> Scenario:
    return load(_SCENARIOS / f"{name}.toml")


def test_there_are_at_least_eight() -> None:
    assert len(_FILES) >= 8


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_a_delta_changes_its_bases(file: Path) -> None:
    delta = load_delta(file)
    first = file.read_text("utf-8").splitlines()[0]
    assert first.startswith("# Base: ")
    names = re.findall(r"([\w-]+)\.toml", first) or ["hanoi-2018", "hanoi-commune-leaders", "hanoi-scheme"]
    assert delta.name
    for name in names:
        assert apply(scenario(name), delta) != scenario(name)

"""`explain`, `repair`, `why`, `why-not` and `suggest` tell what they find, and exit with the right code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from classplanner import load
from classplanner.deltas import apply, load_delta
from tests.cli.running import ROOT, run
from tests.test_documentation import block

PAGE = ROOT.joinpath("docs", "explain.md").read_text("utf-8")


@pytest.fixture
def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the scenario of the page, without a plan."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "crowded.toml"
    file.write_text(block(PAGE, "toml", "[calendar]"), "utf-8")
    return file


@pytest.fixture
def planned(crowded: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    """Lift the maximum that is in the way, and plan."""
    text = crowded.read_text("utf-8").replace("max_sessions = 2\n", "")
    year = crowded.with_name("year.toml")
    year.write_text(text, "utf-8")
    assert run(capsys, "plan", year, "-o", "out", "--quiet").code == 0
    return year, Path("out") / "timetable.json"


def shown(example: str) -> Iterator[str]:
    """Return the lines below a command on the page; those that go on are joined."""
    lines = example.splitlines()[1:]
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if not line.startswith("    An,"):
            yield f"{line} {following.strip()}" if following.startswith("    An,") else line


def valid(document: Any, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(run(capsys, "schema", "--result", command).out)
    jsonschema.validate(document, schema)


class TestExplain:
    def test_tells_what_the_page_says(self, crowded: Path, capsys: pytest.CaptureFixture[str]) -> None:
        done = run(capsys, "explain", crowded.name)
        assert done.code == 1
        expected = list(shown(block(PAGE, "", "$ classplanner explain")))
        assert done.out.splitlines()[: len(expected)] == expected

    def test_json(self, crowded: Path, capsys: pytest.CaptureFixture[str]) -> None:
        document = json.loads(run(capsys, "explain", crowded, "--json", "--given", "quota").out)
        valid(document, "explain", capsys)
        assert document["given"] == ["quota"]
        (conflict,) = document["conflicts"]
        assert conflict["minimal"]
        assert "quota" not in [one["rule"] for one in conflict["members"]]

    def test_a_scenario_with_a_plan(
        self, planned: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = run(capsys, "explain", planned[0], "--lang", "vi")
        assert (done.code, done.out) == (0, "Có phương án: mọi điều trong dữ liệu cùng thỏa mãn được.\n")

    def test_no_such_rule(self, crowded: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, "explain", crowded, "--given", "weather").code == 2


class TestRepair:
    def test_tells_what_the_page_says(self, crowded: Path, capsys: pytest.CaptureFixture[str]) -> None:
        done = run(capsys, "repair", crowded.name, "-o", "ways")
        assert done.code == 0
        expected = block(PAGE, "", "$ classplanner repair").splitlines()[1:4]
        assert done.out.splitlines()[:3] == expected
        delta = load_delta("ways/way-1.json")
        assert apply(load(crowded), delta).lecturers[1].max_sessions == 3
        assert run(capsys, "check", "ways-1.toml", "ways/way-1/timetable.json").code == 2  # no such scenario
        assert Path("ways/way-3/timetable.html").exists()

    def test_json(self, crowded: Path, capsys: pytest.CaptureFixture[str]) -> None:
        document = json.loads(run(capsys, "repair", crowded, "--json", "--number", "1").out)
        valid(document, "repair", capsys)
        (only,) = document["repairs"]
        assert (only["price"], only["cheapest"], only["plan"]["status"]) == (300_000, True, "optimal")

    def test_nothing_may_be_changed(self, crowded: Path, capsys: pytest.CaptureFixture[str]) -> None:
        keep = 'keep = ["leave_day", "session", "window_day", "trainee", "qualify"]'
        text = crowded.read_text("utf-8") + f"\n[repair]\n{keep}\n"
        crowded.write_text(text, "utf-8")
        done = run(capsys, "repair", crowded)
        assert (done.code, done.out) == (
            1,
            "No change that the scenario allows leads to a plan.\n",
        )


class TestPlans:
    def test_why_not_tells_what_the_page_says(
        self, planned: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        question = ("--cohort", "K1", "--module", "LAW", "--lecturer", "an")
        done = run(capsys, "why-not", *planned, *question)
        assert done.code == 1
        assert done.out.splitlines() == block(PAGE, "", "$ classplanner why-not").splitlines()[1:]
        valid(json.loads(run(capsys, "why-not", *planned, *question, "--json").out), "why-not", capsys)

    def test_why_and_suggest(self, planned: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
        for command in ("why", "suggest"):
            words = (command, *planned, "--cohort", "K1", "--module", "TALK")
            done = run(capsys, *words, "--lang", "vi")
            assert done.code == 0
            assert "TALK Giao tiếp" in done.out
            valid(json.loads(run(capsys, *words, "--json").out), command, capsys)

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--module", "LAW"], "Nothing is asked for"),
            (["--lecturer", "an"], "module"),
            (["--module", "LAW", "--lecturer", "x"], "no lecturer"),
            (["--module", "LAW", "--date", "2018-04-17", "--until", "2018-04-16"], "--until needs --date"),
            (["--module", "LAW", "--date", "17/4"], "not a date"),
        ],
    )
    def test_faulty_questions(
        self, planned: tuple[Path, Path], words: list[str], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = run(capsys, "why-not", *planned, "--cohort", "K1", *words)
        assert done.code == 2
        assert told in done.err

    def test_a_plan_with_a_breach(
        self, planned: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        year, file = planned
        file.write_text(file.read_text("utf-8").replace('"binh"', '"an"'), "utf-8")
        done = run(capsys, "why", year, file, "--cohort", "K1", "--module", "LAW")
        assert done.code == 2
        assert "A rule does not hold in this timetable" in done.err

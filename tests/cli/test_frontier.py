"""``frontier`` answers each question in a sentence, with what is proven, and says what more would save."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.builders import scenario
from tests.cli.running import Run, run, write

Capture = pytest.CaptureFixture[str]
_BASE = scenario(calendar={"last_day": "2018-04-17"}, venues={"west": {"closed": [{"from": "2018-04-10"}]}})


def asked(folder: Path, capsys: Capture, *words: object) -> Run:
    file = write(_BASE, folder / "base.json")
    return run(capsys, "frontier", file, "--workers", 1, "--lang", "en", *words)


def test_every_question_is_answered(tmp_path: Path, capsys: Capture) -> None:
    done = asked(tmp_path, capsys)
    assert done.code == 0
    for sentence in (
        "Most classes that fit: 3; proven.",
        "Fewest halls: 1; proven.",
        "Fewest lecturers: 1; proven.",
        "Ba Vì open on Tue 10/04/2018",
    ):
        assert sentence in done.out
    assert done.out.count("proven") == 4


def test_the_json_holds_what_was_asked_for(tmp_path: Path, capsys: Capture) -> None:
    document = json.loads(asked(tmp_path, capsys, "--ask", "classes", "--like", "K2", "--json").out)
    assert document == {
        "classes": {"found": 3, "bound": 3, "names": [], "proven": True},
        "worth": [],
    }


def test_an_unknown_class_is_told(tmp_path: Path, capsys: Capture) -> None:
    done = asked(tmp_path, capsys, "--like", "K9")
    assert (done.code, done.err) == (2, '--like: There is no class "K9".\n')


def test_the_day_on_which_all_is_over_is_written_as_a_planner_writes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = run(
        capsys, "frontier", write(scenario(), tmp_path / "year.json"), "--lang", "vi", "--time-limit", "10"
    )
    assert re.search(r"^  thứ \S+ \d\d/04/2018$", done.out, re.MULTILINE)
    assert "2018-04" not in done.out

"""``stress`` ranks what a plan hangs on, and names stand-ins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classplanner.timetable import dump_timetable
from tests.builders import scenario, timetable
from tests.cli.running import Run, run, write

Capture = pytest.CaptureFixture[str]


def stressed(folder: Path, capsys: Capture, *words: object) -> Run:
    plan = folder / "plan.json"
    plan.write_text(dump_timetable(timetable()), "utf-8")
    file = write(scenario(modules={"LAW": {"lecturers": ["an"]}}), folder / "base.json")
    return run(capsys, "stress", file, plan, "--from", "2018-04-16", "--workers", 1, "--lang", "en", *words)


def test_what_cannot_be_repaired_stands_first(tmp_path: Path, capsys: Capture) -> None:
    done = stressed(tmp_path, capsys, "--lose", "lecturer", "--standby", "an")
    assert done.code == 0
    lines = [line.split("  ") for line in done.out.splitlines()]
    assert [line[0] for line in lines[1:3]] == ["Lê An", "Võ Bình"]
    assert "proven: impossible" in done.out
    assert "class K1, LAW Luật; Mon 16/04/2018, morning–afternoon; hall, Văn Phú: nobody is free" in done.out


def test_the_json_holds_every_loss_and_every_stand_in(tmp_path: Path, capsys: Capture) -> None:
    document = json.loads(stressed(tmp_path, capsys, "--standby", "binh", "--json").out)
    assert document["losses"][0]["kind"] == "lecturer"
    assert {loss["kind"] for loss in document["losses"]} == {"lecturer", "hall", "week"}
    assert [one["lecturer"] for one in document["standbys"]["binh"]] == ["an", "an"]


def test_an_unknown_stand_in_is_told(tmp_path: Path, capsys: Capture) -> None:
    done = stressed(tmp_path, capsys, "--standby", "x")
    assert (done.code, done.err) == (2, '--standby: There is no lecturer "x".\n')

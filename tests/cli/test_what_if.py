"""``what-if`` compares variants in one table, keeps every plan as it comes, tells faults of all deltas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classplanner import load
from classplanner.check import check
from classplanner.timetable import load_timetable
from tests.builders import scenario
from tests.cli.running import run, write

Capture = pytest.CaptureFixture[str]


def _file(folder: Path) -> Path:
    return write(scenario(), folder / "base.json")


def test_variants_stand_in_one_table_and_their_plans_are_written(tmp_path: Path, capsys: Capture) -> None:
    delta = tmp_path / "fees.toml"
    delta.write_text('name = "dearer"\n[[changes]]\nkind = "fees"\npercent = 20\n', "utf-8")
    out = tmp_path / "out"
    nobody = "leave lecturer=an ; leave lecturer=binh"
    words = (_file(tmp_path), delta, "--set", nobody, "-o", out, "--workers", 1, "--lang", "en")
    done = run(capsys, "what-if", *words)
    assert done.code == 0
    lines = {line.split("  ")[0]: line for line in reversed(done.out.splitlines())}
    assert "Proven optimal" in lines["as planned"]
    assert "Proven optimal" in lines["dearer"]
    assert f"{nobody}: no plan.\n" in done.out
    assert "cannot all hold" in done.out
    assert sorted(file.name for file in out.iterdir()) == [
        "base.json",
        "variant-1.json",
        "what-if.html",
        "what-if.json",
    ]
    planned = load(tmp_path / "base.json")
    assert check(planned, load_timetable(out / "variant-1.json", planned)).ok
    variants = json.loads((out / "what-if.json").read_text("utf-8"))["variants"]
    assert [variant["status"] for variant in variants] == ["optimal", "optimal", "infeasible"]


def test_a_plan_at_hand_is_begun_with_and_two_variants_are_planned_at_a_time(
    tmp_path: Path, capsys: Capture
) -> None:
    file = _file(tmp_path)
    assert run(capsys, "plan", file, "-o", tmp_path / "base", "--quiet").code == 0
    plan = tmp_path / "base" / "timetable.json"
    changes = ("--set", "fees percent=20", "--set", "away lecturer=an from=2018-04-16")
    done = run(capsys, "what-if", file, *changes, "--base", plan, "--workers", 2, "--json")
    assert done.code == 0
    variants = json.loads(done.out)["variants"]
    assert [variant["deltas"] for variant in variants] == [[], [0], [1]]
    assert [variant["status"] for variant in variants] == ["optimal"] * 3


def test_faults_of_all_deltas_are_told(tmp_path: Path, capsys: Capture) -> None:
    file = _file(tmp_path)
    done = run(capsys, "what-if", file, "--set", "leave lecturer=x", "--set", "fees", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "Give exactly one of: fee, percent." in done.err
    done = run(capsys, "what-if", file, "--lang", "en")
    assert (done.code, done.err) == (2, "Name at least one variant: a DELTA file, or --set.\n")
    many = [word for _ in range(6) for word in ("--set", "fees percent=1")]
    done = run(capsys, "what-if", file, *many, "--combine", "--lang", "en")
    assert (done.code, done.err) == (2, "--combine: At most 5 allowed here, 6 given.\n")

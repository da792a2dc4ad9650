"""``replan`` writes the adapted plan and what changes, says what is proven, and tells faults by file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from classplanner import load
from classplanner.check import check
from classplanner.deltas import apply, load_delta
from classplanner.timetable import dump_timetable, load_timetable
from tests.builders import scenario, timetable
from tests.cli.running import Run, run, write
from tests.export.samples import edited, workbook

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    plan = tmp_path / "plan.json"
    plan.write_text(dump_timetable(timetable()), "utf-8")
    return write(scenario(), tmp_path / "base.json"), plan


def replanned(capsys: Capture, files: tuple[Path, Path], *words: Any) -> Run:
    return run(capsys, "replan", *files, "--from", "2018-04-16", "--notice", 0, "--lang", "en", *words)


def test_the_adapted_plan_and_its_changes_are_shown_and_written(
    tmp_path: Path, capsys: Capture, files: tuple[Path, Path]
) -> None:
    delta = tmp_path / "away.toml"
    delta.write_text('[[changes]]\nkind = "away"\nlecturer = "an"\nfrom = 2018-04-19\n', "utf-8")
    done = replanned(capsys, files, delta, "-o", tmp_path / "new")
    assert done.code == 0
    assert done.out.startswith("Changes: 1\n")
    assert "Proven: no plan takes fewer changes than 1. Nothing before Mon 16/04/2018 is touched." in done.out
    names = ["timetable.json", "scenario.json", "timetable.html", "changes.json", "changes.html"]
    assert done.err.splitlines() == [f"Written: {tmp_path / 'new' / name}" for name in names]
    made = load_timetable(tmp_path / "new" / "timetable.json", load(files[0]))
    assert not check(load(files[0]), made).breaches
    assert json.loads((tmp_path / "new" / "changes.json").read_text("utf-8"))["number"] == 1
    assert "To Lê An" in (tmp_path / "new" / "changes.html").read_text("utf-8")
    page = (tmp_path / "new" / "timetable.html").read_text("utf-8")
    assert '<section id="changes">' in page
    assert "changed" in page.partition("<main>")[2]
    assert load(tmp_path / "new" / "scenario.json") == apply(load(files[0]), load_delta(delta))


def test_an_edited_workbook_is_a_running_plan(
    tmp_path: Path, capsys: Capture, files: tuple[Path, Path]
) -> None:
    book = tmp_path / "running.xlsx"
    book.write_bytes(workbook(scenario(), timetable()))
    away = ("--set", "away lecturer=an from=2018-04-19", "--json")
    of_json = replanned(capsys, files, *away)
    of_book = replanned(capsys, (files[0], book), *away)
    assert of_book.code == 0
    assert json.loads(of_book.out) == json.loads(of_json.out) | {"breaches": []}


def test_the_json_holds_what_is_proven_the_changes_and_the_curve(
    capsys: Capture, files: tuple[Path, Path]
) -> None:
    done = replanned(capsys, files, "--set", "away lecturer=an from=2018-04-19", "--curve", 1, "--json")
    document = json.loads(done.out)
    assert (document["status"], document["fewest"], document["changes"]["number"]) == ("optimal", 1, 1)
    assert [point["most"] for point in document["curve"]] == [1, 2]
    assert document["free_from"] == "2018-04-16"


def test_no_way_out_ends_with_1_and_says_how_few_changes_there_could_be(
    tmp_path: Path, capsys: Capture, files: tuple[Path, Path]
) -> None:
    words = ("--set", "away lecturer=an from=2018-04-19", "--max-changes", 0, "-o", tmp_path / "new")
    done = replanned(capsys, files, *words)
    assert (done.code, done.out, (tmp_path / "new").exists()) == (1, "", False)
    assert "It is proven" in done.err
    assert "1 changes or more" in done.err


def test_faults_name_their_files_and_nothing_is_written(
    tmp_path: Path, capsys: Capture, files: tuple[Path, Path]
) -> None:
    faulty = ("--set", "away lecturer=anh from=2018-04-19", tmp_path / "none.toml", "-o", tmp_path / "new")
    done = replanned(capsys, files, *faulty)
    assert (done.code, done.out, (tmp_path / "new").exists()) == (2, "", False)
    assert str(tmp_path / "none.toml") in done.err
    done = replanned(capsys, files, "--set", "away lecturer=anh from=2018-04-19")
    assert done.err.startswith('--set "away lecturer=anh from=2018-04-19": changes[0].lecturer: There is no')
    done = run(capsys, "replan", *files, "--from", "2018-04-27", "--set", "leave lecturer=an", "--lang", "en")
    assert done.err.splitlines()[0].startswith(f"{files[1]}: meetings[0]: Class K1, module LAW is on")
    assert "is not a date" in run(capsys, "replan", *files, "--from", "soon", "--lang", "en").err


def test_each_breach_of_a_workbook_edited_by_hand_is_told_with_its_cell_and_put_right(
    tmp_path: Path, capsys: Capture, files: tuple[Path, Path]
) -> None:
    changes = {"Class K2": {"E11": "Lê An", "F8": "hall, Ba Vì"}}
    book = edited(workbook(scenario(), timetable(), "en"), tmp_path / "edited.xlsx", changes)
    done = replanned(capsys, (files[0], book), "-o", tmp_path / "new")
    assert done.code == 0
    assert done.err.startswith("Breaches in this workbook: ")
    cells = {cell for line in done.err.splitlines() if "Cells: " in line for cell in line[9:].split(", ")}
    assert cells >= {"Class K2!E11", "Class K2!F8"}
    made = load_timetable(tmp_path / "new" / "timetable.json", load(files[0]))
    assert not check(load(files[0]), made).breaches
    record = json.loads(replanned(capsys, (files[0], book), "--json").out)
    assert {breach["rule"] for breach in record["breaches"]} >= {"lecturer-qualified", "home-room"}
    assert {cell for breach in record["breaches"] for cell in breach["cells"]} == cells


def test_what_a_workbook_can_no_longer_change_is_told_by_its_cells(
    tmp_path: Path, capsys: Capture, files: tuple[Path, Path]
) -> None:
    book = edited(workbook(scenario(), timetable(), "en"), tmp_path / "x.xlsx", {})
    done = run(
        capsys,
        *("replan", files[0], book, "--from", "2018-04-27", "--set", "leave lecturer=an"),
        "--lang",
        "en",
    )
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{book}: Class K1!D8, Class K1!D9: Class K1, module LAW is on")

"""Shows that the examples in README.md and docs/ do what is said of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classplanner import InputError, Plan, load, plan
from classplanner.compile import compile_scenario
from classplanner.deltas import KINDS
from classplanner.encode import draft_from
from classplanner.language import Language
from classplanner.scenario import Cohort, Lecturer, Lock, Objective, Period, Room, Venue
from classplanner.solve.neighbourhood import Neighbourhood
from classplanner.solve.operators import View
from classplanner.timetable import parse_timetable
from tests.export.samples import workbook
from tests.report.samples import plan as laid_out

ROOT = Path(__file__).parents[1]
README = ROOT.joinpath("README.md").read_text("utf-8")


def block(text: str, kind: str, of: str) -> str:
    """Return the one block of a kind that holds some text."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (found,) = [content for its_kind, content in blocks if its_kind == kind and of in content]
    return str(found)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Return the plan of the scenario in README.md."""
    file = tmp_path_factory.mktemp("readme") / "example.toml"
    file.write_text(block(README, "toml", "One-stop desk"), "utf-8")
    return plan(load(file))


def test_the_scenario_in_the_readme_costs_what_it_says(planned: Plan) -> None:
    (cost,) = re.findall(r"the plan costs ([\d,]+) VND", README)
    assert (planned.status, planned.objective) == ("optimal", int(cost.replace(",", "")))
    assert planned.timetable is not None
    first, second = sorted(planned.timetable.cohorts, key=lambda entry: entry.opens)
    assert (first.id, second.id, f"{second.opens:%d %B}") == ("desk-2018-02", "desk-2018-01", "19 April")
    assert "desk-2018-02 comes first because the lock sends\ndesk-2018-01 to 19 April" in README


def test_faults_are_told_as_in_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = block(README, "toml", "One-stop desk").replace("closed =", "closd =").replace("600_000", "-1")
    tmp_path.joinpath("bad.toml").write_text(faulty, "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        load("bad.toml")
    told = [fault.describe(Language("en")) for fault in caught.value.faults]
    assert told == block(README, "", "bad.toml").splitlines()


def test_the_program_in_the_readme_prints_what_it_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    program = block(README, "python", "plan(scenario")
    exec(compile(program, "README.md", "exec"), {})
    assert capsys.readouterr().out == program.splitlines()[-1].removeprefix("# ") + "\n"


def test_the_program_on_variants_prints_what_it_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    program = block(ROOT.joinpath("docs", "what-if.md").read_text("utf-8"), "python", "replan(")
    exec(compile(program, "what-if.md", "exec"), {})
    assert capsys.readouterr().out == program.splitlines()[-1].removeprefix("# ") + "\n"


def test_every_kind_of_change_is_in_the_reference_with_its_keys() -> None:
    """Of changes that carry a whole lecturer, room, class and so on, the keys stand with these."""
    reference = ROOT.joinpath("docs", "what-if.md").read_text("utf-8")
    lines = {
        kind: line
        for line in reference.splitlines()
        if line.startswith("| `")
        for kind in re.findall(r"`([\w-]+)`", line.split(" | ")[0])
    }
    assert set(KINDS) <= set(lines)
    carried = {
        name
        for model in (Cohort, Lecturer, Lock, Objective, Period, Room, Venue)
        for name in model.model_fields
    }
    for kind, model in KINDS.items():
        own = {field.alias or name for name, field in model.model_fields.items()} - carried - {"kind", "from"}
        shared = {"lecturer", "institution"} if "*whom*" in lines[kind] else set()
        assert own - shared <= set(re.findall(r"`(\w+)`", lines[kind])), kind


def test_the_sums_in_the_readme_are_those_of_hanoi() -> None:
    expected = json.loads(ROOT.joinpath("scenarios", "hanoi-2018.expected.json").read_text("utf-8"))
    shown = block(README, "", "Item  ")
    assert re.findall(r"^Total +([\d,]+)$", shown, re.MULTILINE) == [f"{expected['total']:,}"]
    assert re.findall(r"^No plan costs less than +([\d,]+)$", shown, re.MULTILINE) == [
        f"{expected['total']:,}"
    ]


def test_the_timetable_in_the_reference_is_a_part_of_that_plan(planned: Plan) -> None:
    reference = ROOT.joinpath("docs", "timetable.md").read_text("utf-8")
    document: dict[str, Any] = json.loads(block(reference, "json", "One-stop desk"))
    digest = document["scenario"].pop("sha256").removesuffix("…")
    document["scenario"]["sha256"] = planned.scenario.sha256
    shown, whole = parse_timetable(document, planned.scenario), planned.timetable
    assert whole is not None
    assert planned.scenario.sha256.startswith(digest)
    assert (shown.status, shown.objective) == (whole.status, whole.objective)
    assert set(shown.cohorts) <= set(whole.cohorts)
    assert set(shown.meetings) <= set(whole.meetings)


def test_the_operator_to_follow_frees_what_one_lecturer_gives(planned: Plan) -> None:
    text = ROOT.joinpath("CONTRIBUTING.md").read_text("utf-8")
    names: dict[str, Any] = {"np": np, "View": View, "Neighbourhood": Neighbourhood}
    exec(compile(block(text, "python", "def lessons_of_lecturer"), "CONTRIBUTING.md", "exec"), names)
    problem, timetable = compile_scenario(planned.scenario), planned.timetable
    assert timetable is not None
    draft = draft_from(problem, timetable.cohorts, timetable.meetings)
    view = View(problem, draft, np.zeros(len(problem.cohorts), dtype=bool))
    for seed in range(5):
        found = names["lessons_of_lecturer"](view, np.random.default_rng(seed), 45)
        (lecturer,) = set(draft.lecturer[found.lessons].tolist())
        assert set(found.lessons) == set(np.flatnonzero(draft.lecturer == lecturer))
        assert found.slots.sum() == view.sessions[found.lessons].sum()
    assert (
        names["lessons_of_lecturer"](View(problem, draft, ~view.busy), np.random.default_rng(1), 45) is None
    )


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "README.vi.md",
        "CONTRIBUTING.md",
        *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / page).parent.joinpath(link).exists(), link


def test_the_breach_in_the_vietnamese_guide_is_told_as_it_says(tmp_path: Path) -> None:
    shown = block(ROOT.joinpath("README.vi.md").read_text("utf-8"), "", "Ô: Lớp K2").splitlines()
    scenario = load(ROOT / "scenarios" / "hanoi-2018.toml")
    path = tmp_path / "timetable.xlsx"
    path.write_bytes(workbook(scenario, laid_out(scenario)))
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "classplanner",
        "check",
        ROOT / "scenarios" / "hanoi-2018.toml",
        path,
    ]
    told = subprocess.run([*command, "--lang", "vi"], capture_output=True, encoding="utf-8", check=False)
    assert set(shown[1:3]) <= set(told.stdout.splitlines())
    assert shown[3] in told.stdout

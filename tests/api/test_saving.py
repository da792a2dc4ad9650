"""Shows how a plan is saved, and shown in a notebook."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from classplanner import OutputError, Plan, check, load, load_timetable, plan
from tests import builders

_NAME = 'Lê "An" & <script>alert(1)</script>'


@pytest.fixture(scope="module")
def answer() -> Plan:
    return plan(builders.scenario(lecturers={"an": {"name": _NAME}}))


@pytest.fixture(scope="module")
def nothing() -> Plan:
    return plan(builders.scenario(cohorts={"K1": {"size": 500}}))


def test_a_plan_is_saved_as_data_and_as_a_page(answer: Plan, tmp_path: Path) -> None:
    written = answer.save(tmp_path / "a" / "b", "vi")
    names = ("timetable.json", "scenario.json", "timetable.html")
    assert written == tuple(tmp_path / "a" / "b" / name for name in names)
    assert sorted(written[0].parent.iterdir()) == sorted(written)
    timetable = load_timetable(written[0], answer.scenario)
    assert timetable == answer.timetable
    assert check(answer.scenario, timetable).ok
    assert load(written[1]) == answer.scenario
    assert written[2].read_text("utf-8") == answer.html("vi")
    assert '<html lang="vi"' in answer.html("vi")
    assert '<html lang="en"' in answer.html()


def test_saving_replaces_what_was_saved_before(answer: Plan, tmp_path: Path) -> None:
    for _ in range(2):
        (data, _scenario, _page) = answer.save(str(tmp_path))
        assert json.loads(data.read_text("utf-8"))["status"] == "optimal"
        data.write_text("old", "utf-8")


def test_a_file_of_the_planners_own_stays_as_it_is(answer: Plan, tmp_path: Path) -> None:
    own = tmp_path / "scenario.json"
    for said, kept in ((answer.scenario, True), (builders.scenario(), False)):
        content = json.dumps(said.model_dump(mode="json", by_alias=True), indent=7)
        own.write_text(content, "utf-8")
        answer.save(tmp_path)
        assert (own.read_text("utf-8") == content) == kept
        assert load(own) == answer.scenario
    own.write_text("no scenario", "utf-8")
    answer.save(tmp_path)
    assert load(own) == answer.scenario


def test_without_a_plan_nothing_is_saved_or_shown(nothing: Plan, tmp_path: Path) -> None:
    assert nothing.save(tmp_path / "a") == ()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="no plan"):
        nothing.html()
    assert nothing._repr_html_() == "<p>classplanner: infeasible</p>"


def test_what_cannot_be_saved_is_told(answer: Plan, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"timetable\.json cannot be written: a part of the path is a file"):
        answer.save(tmp_path / "file")


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(answer: Plan) -> None:
    shown = answer._repr_html_()
    frame = re.fullmatch(r'<iframe srcdoc="([^"]*)" style="[^"<>]*"></iframe>', shown)
    assert frame
    assert html.unescape(frame[1]) == answer.html()
    assert "<script>alert" not in answer.html()
    assert html.escape(_NAME, quote=False) in answer.html().replace("&#34;", '"')

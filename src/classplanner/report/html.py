"""Writes a timetable as one HTML file: no network, made to be searched, printed and hung on a wall."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from markupsafe import Markup

from classplanner.diff import compare
from classplanner.language import Language
from classplanner.report.anchors import Anchors
from classplanner.report.board import year_board
from classplanner.report.changes import Change, changes
from classplanner.report.costs import bound_label, cost_rows, describe_gap, describe_status
from classplanner.report.courses import make_courses, missing_cohorts
from classplanner.report.entries import Writer
from classplanner.report.environment import environment
from classplanner.report.grids import class_grid
from classplanner.report.lanes import lane_blocks, used_halls
from classplanner.report.left_out import describe_trainees, left_out_rows
from classplanner.report.loads import lecturer_loads
from classplanner.report.words import count, sentence
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable

__all__ = ["render_html"]


def render_html(
    scenario: Scenario, timetable: Timetable, language: Language, *, base: Timetable | None = None
) -> str:
    """Write the timetable as a page: costs, the year board, halls, one grid a class, lecturers.

    The same input gives the same page. Its only script is its own, allowed by its hash; without it, the page
    shows the same, but cannot be filtered.

    Parameters
    ----------
    scenario
        What was planned.
    timetable
        Its ids must be those of `scenario`, as `load_timetable` proves.
    language
        The reader's language.
    base
        Another timetable of the same scenario; what is planned otherwise is marked and listed.
    """
    writer = Writer(scenario, language)
    courses = make_courses(scenario, timetable, language)
    halls = used_halls(courses, writer)
    differences = changes(compare(base, timetable), writer.names, language) if base is not None else ()
    script = _script()
    loads = lecturer_loads(timetable, writer)
    anchors = Anchors(courses, halls, timetable, scenario)
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            scenario=scenario,
            timetable=timetable,
            language=language,
            names=writer.names,
            text=language.text,
            number=language.number,
            count=count,
            sentence=sentence,
            **_summary(scenario, timetable, language),
            board=year_board(courses, writer),
            compared=base is not None,
            changes=differences,
            changed=_places(timetable, differences),
            script=Markup(script),
            script_hash=_digest(script),
            most_sessions=max((load.sessions for load in loads), default=0) or 1,
            grids=[class_grid(course, writer) for course in courses],
            loads=loads,
            halls=halls,
            blocks=lane_blocks(courses, halls, timetable, writer),
            **anchors.words(),
        )
    )


def _places(timetable: Timetable, differences: Iterable[Change]) -> set[int]:
    """Return the places of the meetings that are planned otherwise."""
    changed = {change.meeting for change in differences}
    return {place for place, meeting in enumerate(timetable.meetings) if meeting in changed}


def _summary(scenario: Scenario, timetable: Timetable, language: Language) -> dict[str, Any]:
    """Say what stands above the timetable: how good it is, what it costs, whom it leaves out."""
    objective = timetable.objective
    return {
        "status": sentence(describe_status(timetable, language)),
        "costs": cost_rows(timetable, language),
        "bound_label": bound_label(timetable, language),
        "gap": describe_gap(objective.gap, language) if objective else "",
        "stale": bool(timetable.scenario and timetable.scenario.sha256 != scenario.sha256),
        "trainees": describe_trainees(scenario, timetable, language),
        "left_out": left_out_rows(scenario, timetable, language),
        "missing": [cohort.id for cohort in missing_cohorts(scenario, timetable)],
    }


@cache
def _script() -> str:
    file = resources.files("classplanner.report").joinpath("templates", "report.js")
    return "\n" + file.read_text("utf-8")


def _digest(script: str) -> str:
    """Hash a script as a content security policy names it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

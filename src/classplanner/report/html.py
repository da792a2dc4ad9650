"""Writes a timetable as one HTML file: no network, no script, made to be printed and hung on a wall."""

from __future__ import annotations

from classplanner.language import Language
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


def render_html(scenario: Scenario, timetable: Timetable, language: Language) -> str:
    """Write the timetable as a page: costs, then halls, then one grid a class, then lecturers.

    The same input gives the same page.

    Parameters
    ----------
    scenario
        What was planned.
    timetable
        Its ids must be those of `scenario`, as `load_timetable` proves.
    language
        The reader's language.
    """
    writer = Writer(scenario, language)
    courses = make_courses(scenario, timetable, language)
    halls = used_halls(courses, writer)
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
            status=sentence(describe_status(timetable, language)),
            costs=cost_rows(timetable, language),
            bound_label=bound_label(timetable, language),
            gap=describe_gap(timetable.objective.gap, language) if timetable.objective else "",
            stale=bool(timetable.scenario and timetable.scenario.sha256 != scenario.sha256),
            trainees=describe_trainees(scenario, timetable, language),
            left_out=left_out_rows(scenario, timetable, language),
            missing=[cohort.id for cohort in missing_cohorts(scenario, timetable)],
            grids=[class_grid(course, writer) for course in courses],
            loads=lecturer_loads(timetable, writer),
            halls=halls,
            blocks=lane_blocks(courses, halls, timetable, writer),
            class_anchors={course.cohort.id: f"class-{n}" for n, course in enumerate(courses, start=1)},
            lecturer_anchors={
                lecturer.id: f"lecturer-{n}" for n, lecturer in enumerate(scenario.lecturers, start=1)
            },
        )
    )

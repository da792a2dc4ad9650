"""Reports: timetables, costs and calendars in the terminal, and a page to print."""

from classplanner.report.calendar import calendar_view
from classplanner.report.costs import describe_gap
from classplanner.report.diff import difference_view, numbers_by_kind, render_difference, sections_of
from classplanner.report.environment import environment
from classplanner.report.html import render_html
from classplanner.report.left_out import left_out_rows, left_out_table
from classplanner.report.terminal import objective_table, timetable_table
from classplanner.report.words import sentence

__all__ = [
    "calendar_view",
    "describe_gap",
    "difference_view",
    "environment",
    "left_out_rows",
    "left_out_table",
    "numbers_by_kind",
    "objective_table",
    "render_difference",
    "render_html",
    "sections_of",
    "sentence",
    "timetable_table",
]

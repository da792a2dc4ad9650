"""Reports: timetables, costs and calendars in the terminal, and a page to print."""

from classplanner.report.calendar import calendar_view
from classplanner.report.diff import difference_view, render_difference
from classplanner.report.html import render_html
from classplanner.report.left_out import left_out_rows, left_out_table
from classplanner.report.terminal import objective_table, timetable_table

__all__ = [
    "calendar_view",
    "difference_view",
    "left_out_rows",
    "left_out_table",
    "objective_table",
    "render_difference",
    "render_html",
    "timetable_table",
]

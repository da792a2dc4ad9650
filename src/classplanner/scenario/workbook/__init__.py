"""A scenario as an Excel workbook: sheets to fill in, read with every fault named by its cell."""

from classplanner.scenario.workbook.writing import dump_workbook, template

__all__ = ["dump_workbook", "template"]

"""What an office hands out: Excel, Word, calendars, tables, and all of it in one folder."""

from classplanner.export.changes import changes_workbook
from classplanner.export.lines import Edition
from classplanner.export.pack import KINDS, WAIVERS_FILE, Pack, write_pack
from classplanner.export.waivers import Waiver, load_waivers

__all__ = [
    "KINDS",
    "WAIVERS_FILE",
    "Edition",
    "Pack",
    "Waiver",
    "changes_workbook",
    "load_waivers",
    "write_pack",
]

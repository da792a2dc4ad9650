"""A thin cover over the writer of Excel files: our styles, texts that stay texts, repeatable bytes."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from classplanner.errors import Fault, InputError

__all__ = ["Page", "Spreadsheet", "looks_like_formula"]

_FONT: Mapping[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_LINED = {"border": 1, "border_color": "#7a8794"}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "heading": {"bold": True, "font_size": 16},
    "title": {"bold": True},
    "centred": {"align": "center"},
    "sheet-heading": {"align": "center", "bold": True, "font_size": 14},
    "note-centred": {"align": "center", "italic": True, "font_color": "#46525f", "font_size": 10},
    "fact": {"align": "left"},
    "small": {**_LINED, "num_format": "@", "text_wrap": True, "valign": "top", "font_size": 10},
    "text-link": {**_LINED, "num_format": "@", "font_color": "#174a7c", "underline": 1},
    "header": {**_LINED, "bold": True, "bg_color": "#d9e2ec", "align": "center", "text_wrap": True},
    "label": {**_LINED, "bold": True},
    "note": {"font_color": "#46525f", "text_wrap": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#174a7c", "underline": 1, "valign": "top"},
    "example": {**_LINED, "italic": True, "font_color": "#7a8794", "bg_color": "#f4f5f6"},
    "number": {**_LINED, "align": "center"},
    "text": {**_LINED, "num_format": "@", "text_wrap": True},
    "middle": {**_LINED, "text_wrap": True, "align": "center"},
    "amount": {**_LINED, "num_format": "#,##0"},
    "total": {**_LINED, "num_format": "#,##0", "bold": True},
    "total-text": {**_LINED, "bold": True},
    "day": {**_LINED, "num_format": "dd/mm/yyyy", "align": "center"},
    "computed": {**_LINED, "font_color": "#46525f", "bg_color": "#f4f5f6"},
    "off": {**_LINED, "italic": True, "font_color": "#46525f", "bg_color": "#eef1f4", "text_wrap": True},
}
_LONGEST = 32_767
_LONGEST_OFFER = 255
_LINE = 15.75
_PADDING = 3
# How much of a cell texts can fill in every program, and how much longer they get by lines not filled.
_USABLE, _RAGGED = 0.89, 1.08
_USUAL_WIDTH = 8.4
# A4, without margins, in inches; and how much of a page to fill, since programs measure a little differently.
_LONG, _SHORT = 11.69 - 1.0, 8.27 - 1.0
_FITTING = 0.95
_CREATED = dt.datetime(2018, 3, 16)  # noqa: DTZ001 - the file format has no time zone; the date is always the same


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula when it is typed in."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r"))


def _pixels(width: float) -> int:
    """Return the width of a column, from that in characters."""
    return round(7 * width) + 5


def _length(text: str, look: Mapping[str, Any]) -> float:
    """Estimate how wide a text is, in pixels: within 3 % for Vietnamese in Times New Roman."""
    size = float(look["font_size"]) / 12 * (1.1 if look.get("bold") else 1)
    return size * (6.3 * len(text) + 4.3 * sum(map(str.isupper, text)))


class Spreadsheet:
    """An Excel file in the making.

    Parameters
    ----------
    title
        Its title, among its properties.

    Raises
    ------
    InputError
        The package that writes such files is not installed.
    """

    def __init__(self, title: str) -> None:
        try:
            import xlsxwriter  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise InputError([Fault("", "", "no-office")]) from error
        self._buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # Widths are counted in digits of the default font: one that every office has.
            "default_format_properties": {"font_name": _FONT["font_name"], "font_size": 12},
            "default_column_width": 72,
            "default_row_height": 21,
        }
        self._book = xlsxwriter.Workbook(self._buffer, options)
        self._book.set_properties({"title": title, "created": _CREATED})
        self._book.set_size(2400, 1400)
        self._formats: dict[tuple[str, bool, tuple[tuple[str, Any], ...]], Any] = {}

    def sheet(self, title: str, color: str = "") -> Page:
        """Append a sheet; its title is shortened and numbered where Excel needs that."""
        sheet = self._book.add_worksheet(self._free(title))
        if color:
            sheet.set_tab_color(color)
        return Page(self, sheet)

    def _free(self, title: str) -> str:
        """Make a title that Excel takes: short, without some signs, not there yet."""
        plain = "".join(" " if character in "[]:*?/\\" else character for character in title).strip(" '")[:31]
        plain, taken = plain or "-", {sheet.name.lower() for sheet in self._book.worksheets()}
        number, free = 1, plain
        while free.lower() in taken or free.lower() == "history":
            number += 1
            ending = f" ({number})"
            free = plain[: 31 - len(ending)] + ending
        return free

    def style(self, name: str, *, quoted: bool = False, **more: Any) -> Any:
        """Return a style by its name, with more of its own."""
        key = (name, quoted, tuple(sorted(more.items())))
        if key not in self._formats:
            made = {**_FONT, **STYLES[name], **more}
            self._formats[key] = self._book.add_format({**made, "quote_prefix": True} if quoted else made)
        return self._formats[key]

    def content(self) -> bytes:
        """Close the file and return it."""
        self._book.close()
        return self._buffer.getvalue()


class Page:
    """A sheet in the making; rows and columns are counted from 0."""

    def __init__(self, file: Spreadsheet, sheet: Any) -> None:
        self._file, self._sheet = file, sheet
        sheet.set_default_row(_LINE + _PADDING)
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}

    @property
    def title(self) -> str:
        """What the sheet is called."""
        return str(self._sheet.name)

    @staticmethod
    def fits(text: str) -> bool:
        """Whether a cell can hold a text."""
        return len(text) <= _LONGEST

    def write(
        self, row: int, column: int, value: str | int | dt.date | None, style: str = "text", **more: Any
    ) -> None:
        """Write a cell."""
        if isinstance(value, str):
            self._make_room(row, value, style, [column])
        self._put(row, column, value, style, **more)

    def _put(self, row: int, column: int, value: str | int | dt.date | None, style: str, **more: Any) -> None:
        quoted = isinstance(value, str) and looks_like_formula(value)
        made = self._file.style(style, quoted=quoted, **more)
        match value:
            case None | "":
                self._sheet.write_blank(row, column, None, made)
            case str():
                self._sheet.write_string(row, column, value[:_LONGEST], made)
            case dt.date():
                made = self._file.style(style, **{"num_format": "dd/mm/yyyy", **more})
                self._sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), made)
            case _:
                self._sheet.write_number(row, column, value, made)

    def _make_room(self, row: int, text: str, style: str, columns: Iterable[int]) -> None:
        """Make a row high enough for a text that is wrapped; not every program does so by itself."""
        look = {**_FONT, **STYLES[style]}
        if not look.get("text_wrap"):
            return
        inside = _USABLE * sum(_pixels(self._widths.get(column, _USUAL_WIDTH)) for column in columns)
        parts = [_length(part, look) / inside for part in text.split("\n")]
        lines = sum(1 if part <= 1 else math.ceil(_RAGGED * part) for part in parts)
        height = lines * _LINE * look["font_size"] / _FONT["font_size"]
        if height > self._heights.get(row, _LINE):
            self._heights[row] = height
            self._sheet.set_row(row, self._height(row))

    def _height(self, row: int) -> float:
        """Return the height of a row in points."""
        return self._heights.get(row, _LINE) + _PADDING

    def formula(self, row: int, column: int, formula: str, value: str | int, style: str = "computed") -> None:
        """Write a formula of ours, with the value it has now."""
        self._sheet.write_formula(row, column, formula, self._file.style(style), value)

    def merge(
        self, first: tuple[int, int], last: tuple[int, int], text: str, style: str, **more: Any
    ) -> None:
        """Write a text into cells that become one."""
        if first == last:
            self.write(*first, text, style, **more)
            return
        made = self._file.style(style, quoted=looks_like_formula(text), **more)
        if first[0] == last[0]:
            self._make_room(first[0], text, style, range(first[1], last[1] + 1))
        self._sheet.merge_range(*first, *last, "", made)
        self._put(*first, text, style, **more)

    def merge_value(
        self,
        first: tuple[int, int],
        last: tuple[int, int],
        value: str | int | dt.date | None,
        style: str,
        **more: Any,
    ) -> None:
        """Write a value into cells that become one, and are of one column."""
        if first != last:
            self._sheet.merge_range(*first, *last, "", self._file.style(style, **more))
        self.write(*first, value, style, **more)

    def link(self, row: int, column: int, title: str, text: str = "", style: str = "link") -> None:
        """Write a link to another sheet."""
        target = "internal:'" + title.replace("'", "''") + "'!A1"
        made = self._file.style(style, quoted=looks_like_formula(text))
        self._sheet.write_url(row, column, target, made, text or title)

    def comment(self, row: int, column: int, text: str) -> None:
        """Attach a note to a cell."""
        self._sheet.write_comment(row, column, text, {"x_scale": 1.6, "author": "classplanner"})

    def validate(self, rows: tuple[int, int], column: int, rule: Mapping[str, Any]) -> None:
        """Attach a rule for what may be typed."""
        self._sheet.data_validation(rows[0], column, rows[1], column, dict(rule))

    def suggest(self, rows: tuple[int, int], column: int, source: str | Sequence[str]) -> None:
        """Offer values, and take others; more than Excel can offer are not offered."""
        if not isinstance(source, str) and len(",".join(source)) > _LONGEST_OFFER:
            return
        words = source if isinstance(source, str) else list(source)
        rule = {"validate": "list", "source": words, "error_type": "information", "show_error": False}
        self.validate(rows, column, rule)

    def widths(self, widths: Sequence[float], first: int = 0) -> None:
        """Set the widths of columns, in characters of a narrow font."""
        for column, width in enumerate(widths, start=first):
            self._widths[column] = width
            self._sheet.set_column_pixels(column, column, _pixels(width))

    def freeze(self, rows: int, columns: int) -> None:
        """Keep the first rows and columns in sight."""
        self._sheet.freeze_panes(rows, columns)

    def filter(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Offer to filter by the columns of a table."""
        self._sheet.autofilter(first_row, first_column, last_row, last_column)

    def print_setup(self, *, landscape: bool, repeat: int | None = None, footer: str = "&C&P/&N") -> None:
        """Print on A4, as wide as the page, with page numbers; the header row again on each page."""
        self._sheet.set_paper(9)
        if landscape:
            self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        self._sheet.set_footer(footer)
        if repeat is not None:
            self._sheet.repeat_rows(repeat)

    def break_between(self, starts: Sequence[int], end: int, *, repeat: int) -> None:
        """Print blocks of rows, such as days, each on one page, across and no wider than the page.

        Parameters
        ----------
        starts
            The first row of each block.
        end
            The row behind the last block.
        repeat
            The row that is printed at the head of each page.
        """
        width = sum(map(_pixels, self._widths.values()))
        scale = min(100, int(100 * _FITTING * _LONG * 96 / width))
        self._sheet.set_print_scale(scale)  # Excel heeds no breaks where it fits pages by itself
        room = _FITTING * (_SHORT - 0.2) * 72 / (scale / 100)
        used = sum(self._height(row) for row in range(starts[0] if starts else 0))
        breaks = []
        for first, after in pairwise((*starts, end)):
            height = sum(self._height(row) for row in range(first, after))
            if used + height > room:
                breaks.append(first)
                used = self._height(repeat)
            used += height
        self._sheet.set_h_pagebreaks(breaks)

    def print_rows(self, last_row: int, last_column: int) -> None:
        """Print no more than the first rows and columns."""
        self._sheet.print_area(0, 0, last_row, last_column)

"""The table of a class's Word document, as XML: made cell by cell, a year's documents would take a minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from classplanner.export.lines import Edition, Line
from classplanner.report.courses import Course
from classplanner.report.words import sentence

__all__ = ["table_xml"]

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWIPS = 56.7
_WIDTHS = (10, 27, 15, 54, 34, 20)
_COLUMNS = ("number", "date", "session", "content", "lecturer", "note")
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table_xml(course: Course, edition: Edition) -> str:
    """Lay out the sessions of a class, the cells of one day merged, the titles repeated on each page."""
    rows = [
        _row(
            [_cell(i, edition.text(f"column.{key}"), bold=True) for i, key in enumerate(_COLUMNS)], head=True
        )
    ]
    off = edition.off_days(course)
    last = dt.date.min
    lines_of_class = edition.by_class[course.cohort.id]
    for date, lines in groupby(lines_of_class, key=lambda line: line.date):
        rows += [
            _row([_cell(0, ""), _cell(1, told, span=5, italic=True)])
            for start, told in off.items()
            if last < start < date
        ]
        rows += _day(list(lines), course, edition, closing=date == lines_of_class[-1].date)
        last = date
    grid = "".join(f'<w:gridCol w:w="{round(width * _TWIPS)}"/>' for width in _WIDTHS)
    return (
        f'<w:tbl xmlns:w="{_NAMESPACE}"><w:tblPr><w:tblW w:w="{round(sum(_WIDTHS) * _TWIPS)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _day(lines: list[Line], course: Course, edition: Edition, *, closing: bool) -> list[str]:
    """Lay out a day, on one page; the closing day together with what follows the table."""
    day = lines[0]
    date = f"{sentence(edition.language.weekday(day.date))}, {day.date:%d/%m/%Y}"
    rows: list[str] = []
    for _, group in groupby(lines, key=lambda line: (line.module, line.lecturers, line.room)):
        run = list(group)
        told = (edition.content(run[0]), edition.lecturer(run[0]), _note(run, course, edition))
        for place, line in enumerate(run):
            keep = closing or len(rows) < len(lines) - 1
            of_day = _merged([str(day.number or ""), date], len(rows), len(lines))
            of_run = _merged(told, place, len(run))
            texts = [*of_day, (edition.session(line), ""), *of_run]
            rows.append(
                _row([_cell(i, text, merge=merge, keep=keep) for i, (text, merge) in enumerate(texts)])
            )
    return rows


def _merged(texts: Sequence[str], place: int, number: int) -> list[tuple[str, str]]:
    """Return cells of one of so many rows that have them in common, each with how it is merged."""
    if number == 1:
        return [(text, "") for text in texts]
    return [(text, "restart") if place == 0 else ("", "continue") for text in texts]


def _note(run: Sequence[Line], course: Course, edition: Edition) -> str:
    """Say where sessions are if not in the class's hall, and which parts of their module, if not all."""
    line = run[0]
    place = edition.place(line) if line.module is not None and line.room != course.room else ""
    (first, total), last = line.part, run[-1].part[0]
    number = str(first) if first == last else f"{first}–{last}"
    whole = last - first + 1 == total
    part = "" if whole else edition.language.text("report.part", number=number, total=total)
    return "; ".join(text for text in (place, part) if text)


def _row(cells: list[str], *, head: bool = False) -> str:
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    column: int,
    text: str,
    *,
    span: int = 1,
    merge: str = "",
    bold: bool = False,
    italic: bool = False,
    keep: bool = False,
) -> str:
    width = round(sum(_WIDTHS[column : column + span]) * _TWIPS)
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    centred = "" if column in (3, 4, 5) and not bold else '<w:jc w:val="center"/>'
    together = "<w:keepNext/>" if keep else ""
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{down}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{together}<w:spacing w:before="30" w:after="30"/>{centred}</w:pPr>'
        f'<w:r><w:rPr>{marks}<w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        "</w:p></w:tc>"
    )

"""The timetable as CSV tables, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from classplanner.check import Verdict
from classplanner.export.lines import Edition
from classplanner.scenario.workbook.spreadsheet import looks_like_formula

__all__ = ["csv_tables", "neutralised"]

Value = str | int | None


def neutralised(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if looks_like_formula(text.lstrip(" ")) else text


def csv_tables(edition: Edition, verdict: Verdict) -> Mapping[str, bytes]:
    """Write sessions, classes, lecturers and costs, each as a table; names of files with their content.

    The tables are in UTF-8 with a mark by which spreadsheets know it; dates are ISO dates, columns are called
    by the keys of scenario and timetable.
    """
    return {
        "sessions.csv": _table(
            (
                "class",
                "date",
                "weekday",
                "session",
                "module",
                "title",
                "lecturers",
                "names",
                "room",
                "place",
                "part",
                "parts",
            ),
            _sessions(edition),
        ),
        "classes.csv": _table(
            ("class", "programme", "trainees", "opens", "closes", "days", "room", "place"), _classes(edition)
        ),
        "lecturers.csv": _table(
            ("lecturer", "name", "institution", "sessions", "target_sessions", "days", "fee", "fees"),
            _lecturers(edition),
        ),
        "costs.csv": _table(
            ("term", "subject", "count", "amount"),
            (
                (cost.term, cost.subject.describe(edition.names, edition.language), cost.count, cost.amount)
                for cost in verdict.costs
            ),
        ),
    }


def _table(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutralised(value) if isinstance(value, str) else value for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def _sessions(edition: Edition) -> Iterable[Sequence[Value]]:
    for lines in edition.by_class.values():
        for line in lines:
            if line.module is not None:
                yield (
                    line.cohort,
                    line.date.isoformat(),
                    edition.language.weekday(line.date),
                    line.session,
                    line.module,
                    edition.title(line),
                    "; ".join(line.lecturers),
                    edition.lecturer(line),
                    line.room,
                    edition.place(line),
                    *line.part,
                )


def _classes(edition: Edition) -> Iterable[Sequence[Value]]:
    for course in edition.courses:
        cohort = course.cohort
        yield (
            cohort.id,
            cohort.programme,
            cohort.size,
            course.opens.isoformat(),
            course.closes.isoformat(),
            course.class_days,
            course.room,
            edition.labels.rooms.get(course.room or "", ""),
        )


def _lecturers(edition: Edition) -> Iterable[Sequence[Value]]:
    for lecturer in edition.lecturers:
        lines = edition.by_lecturer.get(lecturer.id, ())
        yield (
            lecturer.id,
            lecturer.name,
            lecturer.institution,
            len(lines),
            lecturer.target_sessions,
            len({line.date for line in lines}),
            lecturer.fee,
            lecturer.fee * len(lines),
        )
